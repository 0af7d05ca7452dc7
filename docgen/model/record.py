"""What the register knows, as values: the rows of its log, and the cases, meetings and editions that they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from docgen.model.case_number import CaseNumber

T = TypeVar("T")

Facts = dict[str, Any]
"""What a row of the log tells, as JSON: text, whole numbers, true and false, lists and objects. Never a fraction."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of the log. `at` is when it was written, in UTC to the second; no rule depends on it."""

    number: int
    at: str
    event: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case with a fixed number. `key` is what it was first known by in its body and year."""

    sequence: str
    number: CaseNumber
    key: str
    title: str
    id: str = ""
    public_title: str = ""
    """The title that the public sees, when the case is exempt from public access."""
    exempt: str = ""
    """The legal ground of an exempt case."""
    outcome: str = ""
    follows: str = ""
    """The case that it continues, or that it was postponed from, as written."""
    late: bool = False

    @property
    def shown(self) -> str:
        """The title that anybody may read."""
        return self.public_title if self.exempt else self.title


@dataclass(frozen=True, slots=True)
class KnownMeeting:
    """A meeting with fixed numbers. `number` counts the meetings of the register; `source` is its input, no suffix."""

    number: int
    body: str
    date: str
    start: str
    source: str
    meeting_number: str
    cases: tuple[KnownCase, ...]
    row: int = 0
    """The row of the log that fixed its last numbers."""


@dataclass(frozen=True, slots=True)
class Approved:
    """Who approved an edition: as body, date (`2024-09-26`, `2018-11`) and case, or as the text that was written."""

    body: str = ""
    date: str = ""
    case: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """An approved version of a document. `digest` is empty when docgen never saw its content."""

    document: str
    position: int
    version: str
    description: str
    approved: Approved
    digest: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    """Each chapter, and the digest of its text."""
    inputs: tuple[tuple[str, str], ...] = ()
    """The input, then the other inputs that it took facts from: name in the workspace, and digest of the bytes."""
    pictures: tuple[tuple[str, str], ...] = ()
    """As written in the input, and digest of the bytes."""
    made: tuple[tuple[str, str], ...] = ()
    """Path from output/, and digest of the bytes."""
    title: str = ""
    source: str = ""
    meeting: int = 0
    """For minutes, the meeting's number in the register."""
    row: int = 0
    at: str = ""


About = Literal["meeting", "body", "source", "sequence", "document", "minutes"]
"""What the record is asked about: a meeting or its minutes by number, the others by name."""


@dataclass(slots=True)
class Record:
    """All that the register knows, added up row by row."""

    last: int = 0
    """The last row of the log that is in here."""
    _meetings: dict[int, KnownMeeting] = field(default_factory=dict)
    _editions: dict[str, tuple[Edition, ...]] = field(default_factory=dict)
    _holders: dict[tuple[str, CaseNumber], int] = field(default_factory=dict)
    _bodies: dict[str, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    _sources: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """By input, the meetings that it ever was; so `_documents`, by input, what its documents were ever called."""
    _documents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _minutes: dict[int, tuple[int, str]] = field(default_factory=dict)
    """By meeting, the last row of the log that tells of its minutes, and what they are called."""
    _lowest: dict[tuple[str, int], int] = field(default_factory=dict)
    _highest: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    @staticmethod
    def of(rows: Iterable[LogRow]) -> Record:
        record = Record()
        record.add(rows)
        return record

    def copy(self) -> Record:
        """Return a record of its own that knows the same."""
        made = copy(self)
        for name in Record.__slots__:
            setattr(made, name, copy(getattr(self, name)))
        made._bodies = defaultdict(dict, ((body, there.copy()) for body, there in self._bodies.items()))
        return made

    def add(self, rows: Iterable[LogRow]) -> None:
        """Take in the rows that came after those that are here."""
        for row in rows:
            self._take_in(row)
            self.last = row.number

    def read_all(self) -> None:
        """See that all rows are here. They are, but where less was read."""

    @property
    def meetings(self) -> Mapping[int, KnownMeeting]:
        """Every meeting, by its number."""
        return self._meetings

    @property
    def editions(self) -> Mapping[str, tuple[Edition, ...]]:
        """The approved editions of every document, oldest first, by the document's name in small letters."""
        return self._editions

    @property
    def holders(self) -> Mapping[tuple[str, CaseNumber], int]:
        """By sequence and number, the meeting that has it."""
        return self._holders

    @property
    def last_meeting(self) -> int:
        """The number of the last meeting, 0 when there is none."""
        return max(self._numbers(), default=0)

    def missing(self, present: Collection[int]) -> list[KnownMeeting]:
        """Return the meetings that are not among those, by number."""
        return [self.meeting(number) for number in sorted(self._numbers() - set(present))]

    def meeting(self, number: int) -> KnownMeeting:
        """Return a meeting. Raises KeyError where there is none."""
        self._ask("meeting", number)
        return self._meetings[number]

    def meetings_from(self, source: str) -> list[KnownMeeting]:
        """Return the meetings whose input is this one now, by number."""
        self._ask("source", source)
        found = (self._meetings[number] for number in sorted(self._sources.get(source, ())))
        return [one for one in found if one.source == source]

    def edition_from(self, source: str) -> Edition | None:
        """Return the newest edition that came from this input, if it is its document's last one."""
        self._ask("source", source)
        last = (self._editions[name][-1] for name in self._documents.get(source, ()))
        return max((one for one in last if one.source == source), key=lambda one: one.row, default=None)

    def highest(self, sequence: str, year: int) -> int:
        """Return the highest number given in a sequence and year, 0 when there is none."""
        self._ask("sequence", sequence)
        return self._highest.get((sequence, year), 0)

    def lowest(self, sequence: str, year: int) -> int:
        """Return the lowest number given in a sequence and year, 0 when there is none."""
        self._ask("sequence", sequence)
        return self._lowest.get((sequence, year), 0)

    def holder(self, sequence: str, number: CaseNumber) -> tuple[KnownMeeting, KnownCase] | None:
        """Return the meeting and case that have a number, or None when it is free."""
        self._ask("sequence", sequence)
        meeting = self._meetings.get(self._holders.get((sequence, number), 0))
        if meeting is None:
            return None
        return meeting, next(case for case in meeting.cases if (case.sequence, case.number) == (sequence, number))

    def editions_of(self, document: str) -> tuple[Edition, ...]:
        """Return the approved editions of a document, oldest first."""
        self._ask("document", document.casefold())
        return self._editions.get(document.casefold(), ())

    def seen(self, document: str) -> Edition | None:
        """Return the newest edition whose input docgen has, or None."""
        return next((one for one in reversed(self.editions_of(document)) if one.inputs), None)

    def of_body(self, body: str) -> list[KnownMeeting]:
        """Return the body's meetings, oldest first."""
        self._ask("body", body.casefold())
        found = (self._meetings[number] for number in self._bodies.get(body.casefold(), ()))
        return sorted(found, key=lambda one: (one.date, one.start, one.number))

    def minutes(self, meeting: int) -> tuple[Edition, ...]:
        """Return the editions of a meeting's minutes: as approved, then as corrected."""
        self._ask("minutes", meeting)
        _row, name = self._minutes.get(meeting, (0, ""))
        return self._editions.get(name, ())

    def _ask(self, about: About, value: str | int) -> None:
        """See that what is asked about is here. All of it is, but where less was read."""

    def _numbers(self) -> AbstractSet[int]:
        """Return the numbers of all meetings."""
        return set(self._meetings)

    def _take_in(self, row: LogRow) -> None:
        if row.event == "meeting":
            self._add_meeting(row)
        elif row.event == "edition":
            self._add_edition(_edition(row))
        elif row.event == "content":
            self._add_content(_edition(row))

    def _add_edition(self, edition: Edition) -> None:
        name = edition.document.casefold()
        self._editions[name] = (*self._editions.get(name, ()), edition)
        _note(self._documents, edition.source, name)
        if edition.meeting:
            self._minutes[edition.meeting] = max(self._minutes.get(edition.meeting, (0, "")), (edition.row, name))

    def _add_content(self, seen: Edition) -> None:
        """Take in the content of an edition that was known by its row only."""
        name = seen.document.casefold()
        self._editions[name] = tuple(
            seen if one.position == seen.position and not one.inputs else one for one in self._editions.get(name, ())
        )
        _note(self._documents, seen.source, name)

    def _add_meeting(self, row: LogRow) -> None:
        facts = row.facts
        number: int = facts["meeting"]
        old = self._meetings.get(number)
        cases = {(case.sequence, case.number): case for case in (old.cases if old else ())}
        for told in facts["cases"]:
            case = _case(told)
            cases[case.sequence, case.number] = case
            self._holders[case.sequence, case.number] = number
            of = (case.sequence, case.number.year)
            self._highest[of] = max(self._highest[of], case.number.number)
            self._lowest[of] = min(self._lowest.get(of, case.number.number), case.number.number)
        self._bodies[facts["body"].casefold()][number] = None
        _note(self._sources, facts["source"], number)
        self._meetings[number] = KnownMeeting(
            number,
            facts["body"],
            facts["date"],
            facts["start"],
            facts["source"],
            facts["meeting_number"],
            tuple(cases.values()),
            row.number if old is None or any(told["given"] for told in facts["cases"]) else old.row,
        )


def _note(found: dict[str, tuple[T, ...]], name: str, one: T) -> None:
    if one not in found.get(name, ()):
        found[name] = (*found.get(name, ()), one)


def _case(told: Facts) -> KnownCase:
    return KnownCase(
        told["sequence"],
        CaseNumber(told["year"], told["number"], told["suffix"]),
        told["key"],
        told["title"],
        told["id"],
        told["public_title"],
        told["exempt"],
        told["outcome"],
        told["follows"],
        told["late"],
    )


def _edition(row: LogRow) -> Edition:
    told = row.facts
    return Edition(
        told["document"],
        told["position"],
        told["version"],
        told["description"],
        Approved(**told["approved"]),
        told["digest"],
        _pairs(told["parts"]),
        _pairs(told["inputs"]),
        _pairs(told["pictures"]),
        _pairs(told["made"]),
        told["title"],
        told["source"],
        told["meeting"],
        row.number,
        row.at,
    )


def _pairs(listed: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, digest) for name, digest in listed)
