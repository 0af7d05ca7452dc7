"""A record of which only the outline is read: the rows of the log are taken in when something is asked about them.

For a build in which one file has changed, and that knows the register to be as the last build left it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from docgen.model.case_number import CaseNumber
from docgen.model.record import About, Edition, KnownMeeting, LogRow, Record

Outline = Sequence[tuple[int, int, str, str, str]]
"""Of each row of the log: its number, the meeting that it tells of, its body, its input, and the document; 0 or empty
where it tells of none."""

Read = Callable[[Sequence[int] | None], list[LogRow]]
"""Gives the rows of these numbers; with None all up to the last one, the whole chain checked."""

Drawing = Callable[[str], Collection[int]]
"""Gives the meetings that have a number of a sequence."""

_Part = int | str
"""What rows add up to by themselves: a meeting by its number, or a document by its name in small letters."""


class Outlined(Record):
    """A record that reads what it is asked about. Who goes through all of something has all rows read."""

    def __init__(self, last: int, outline: Outline, read: Read, drawing: Drawing) -> None:
        super().__init__(last)
        self._outline = [about for about in outline if about[0] <= last]
        self._read, self._drawing = read, drawing
        self._rows: dict[_Part, list[int]] = defaultdict(list)
        for row, meeting, _body, _source, document in self._outline:
            self._rows[document.casefold() or meeting].append(row)
        self._parts: dict[About, dict[str | int, list[_Part]]] = {}
        self._asked: set[tuple[About, str | int]] = set()
        self._here: set[_Part] = set()
        self._is_whole = False

    def copy(self) -> Record:
        made = super().copy()
        assert isinstance(made, Outlined)
        made._asked, made._here = self._asked.copy(), self._here.copy()
        return made

    @property
    def meetings(self) -> Mapping[int, KnownMeeting]:
        self.read_all()
        return self._meetings

    @property
    def editions(self) -> Mapping[str, tuple[Edition, ...]]:
        self.read_all()
        return self._editions

    @property
    def holders(self) -> Mapping[tuple[str, CaseNumber], int]:
        self.read_all()
        return self._holders

    def read_all(self) -> None:
        if not self._is_whole:
            whole = Record.of(self._read(None))
            for name in Record.__slots__:
                setattr(self, name, getattr(whole, name))
            self._is_whole = True

    def add(self, rows: Iterable[LogRow]) -> None:
        for row in rows:
            self._bring([_part(row)])
            super().add([row])

    def _numbers(self) -> AbstractSet[int]:
        if self._is_whole:
            return super()._numbers()
        return super()._numbers() | {part for part in self._rows if isinstance(part, int) and part}

    def _ask(self, about: About, value: str | int) -> None:
        if self._is_whole or (about, value) in self._asked:
            return
        self._asked.add((about, value))
        match about:
            case "meeting" | "document":
                self._bring([value])
            case "sequence":
                self._bring(self._drawing(str(value)))
            case _:
                self._bring(self._by(about).get(value, ()))

    def _by(self, about: About) -> dict[str | int, list[_Part]]:
        """Return the parts by their body or input, the minutes by their meeting; some of them more than once."""
        if about not in self._parts:
            found = self._parts[about] = defaultdict(list)
            for _row, meeting, body, source, document in self._outline:
                part = document.casefold() or meeting
                if about == "source":
                    found[source].append(part)
                elif about == "body" and body:
                    found[body.casefold()].append(part)
                elif about == "minutes" and document:
                    found[meeting].append(part)
        return self._parts[about]

    def _bring(self, parts: Iterable[_Part]) -> None:
        """Take in the rows of these parts that are not here yet."""
        new = set(parts) - self._here
        if self._is_whole or not new:
            return
        self._here |= new
        rows = sorted(row for part in new for row in self._rows.get(part, ()))
        for row in self._read(rows) if rows else ():
            self._take_in(row)


def _part(row: LogRow) -> _Part:
    """Return the meeting or the document that a row tells of."""
    document: str = row.facts.get("document", "")
    meeting: int = row.facts.get("meeting", 0)
    return document.casefold() or meeting
