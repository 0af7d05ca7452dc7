"""Rows that are to be added to the register: numbered, timed and chained as they will be, and not written yet."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.model.record import Facts, LogRow
from docgen.register.canonical import moment
from docgen.register.chain import Head, following
from docgen.register.store import Clock, Register


class Foreseen:
    """What will follow the row `since`, if nothing else does."""

    def __init__(self, since: Head, clock: Clock) -> None:
        self.since = self.head = since
        self.added: list[LogRow] = []
        self._clock = clock
        self._written: list[tuple[LogRow, str, Head]] = []

    def rows(self, _after: int) -> list[LogRow]:
        """Return what others have written: nothing, or nothing will come of this."""
        return []

    def add(self, event: str, facts: Facts, files: Iterable[bytes] = ()) -> LogRow:
        """Add a row that names no files; return it as it will be kept. Raises ValueError."""
        if any(files):
            raise ValueError("a row with files can't be foreseen")
        row, text, self.head = following(self.head, moment(self._clock()), event, facts)
        self._written.append((row, text, self.head))
        self.added.append(row)
        return row

    def hash_of(self, row: int) -> str | None:
        """Return the hash of a row that was foreseen."""
        return next((head.hash for one, _text, head in self._written if one.number == row), None)

    def write(self, register: Register) -> bool:
        """Add the rows to the register, all or none; return False when it is not as it was when they were foreseen.

        Raises RegisterError.
        """
        with register.writing() as writing:
            if writing.head != self.since:
                return False
            for row, text, head in self._written:
                writing.put(row, text, head)
        return True
