"""Looking through a whole register: what is damaged, changed or missing, each as a problem that names the case."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.messages import _, many
from docgen.model.projection import Projection, projection
from docgen.model.record import LogRow, Record
from docgen.problems import Problem
from docgen.register import connect, schema
from docgen.register.canonical import FIRST
from docgen.register.chain import COLUMNS, BrokenLink, Head, check_writing, link
from docgen.register.errors import DamagedError, RegisterError, damaged, told
from docgen.register.store import not_ours, unpacked

Values = tuple[Any, ...]

_MOST_FAULTS = 100
"""SQLite itself stops its check after so many."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look through the register found. `head` and `id` are of what could be read."""

    head: Head | None = None
    id: str = ""
    rows: int = 0
    cases: int = 0
    editions: int = 0
    files: int = 0
    problems: tuple[Problem, ...] = ()
    is_damaged: bool = False
    """Else a register with problems may be sound, but can't be looked into: newer than this docgen, in use …"""

    @property
    def is_sound(self) -> bool:
        return not self.problems


def verify(file: Path) -> Verified:
    """Return what is in the register and everything that is wrong with it. Changes nothing, and raises nothing."""
    try:
        with told(file):
            return connect.read_still(file, lambda connection: _Look(file, connection).through())
    except RegisterError as error:
        return Verified(problems=error.problems, is_damaged=isinstance(error, DamagedError))


class _Look:
    """One look through a register, and what it has found so far."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self._file = file
        self._connection = connection
        self._problems: list[Problem] = []
        self._rows: list[LogRow] = []
        self._projected: list[tuple[LogRow, Projection]] = []
        self._head: Head | None = None
        self._is_damaged = False
        self._is_whole = True  # else nothing can be said of what the log does not tell
        self._counts = {"case_number": 0, "edition": 0, "file": 0}

    def _found(self) -> Verified:
        first = self._rows[0].facts.get("id", "") if self._rows else ""
        return Verified(
            self._head,
            str(first),
            len(self._rows),
            self._counts["case_number"],
            self._counts["edition"],
            self._counts["file"],
            tuple(dict.fromkeys(self._problems)),
            self._is_damaged,
        )

    def through(self) -> Verified:
        """Look at every part, and return what was found."""
        # In one transaction: somebody may be writing, and numbers and log must be of the same moment.
        self._connection.execute("BEGIN")
        if problem := not_ours(self._file, self._connection):
            self._problems.append(problem)
            return self._found()
        for part in (self._pages, self._shape, self._chain, self._meaning, self._numbers, self._editions, self._files):
            self._tried(part)
        return self._found()

    def _tried(self, part: Callable[[], None]) -> None:
        """Look at one part. That it can't be read is what is wrong with it, and the other parts are looked at too."""
        try:
            with told(self._file):
                part()
        except RegisterError as error:
            self._problems += error.problems
            self._is_damaged |= isinstance(error, DamagedError)

    def _damage(self, detail: str) -> None:
        self._is_damaged = True
        self._problems.append(damaged(self._file, detail))

    def _pages(self) -> None:
        faults = [text for (text,) in self._connection.execute(f"PRAGMA integrity_check({_MOST_FAULTS})")]
        faults += [f"foreign key of {table}" for table, *_rest in self._connection.execute("PRAGMA foreign_key_check")]
        if faults != ["ok"]:
            text = many(
                "{count} fault in the database, {first}",
                "{count} faults in the database, the first {first}",
                len(faults),
                first=str(faults[0]).replace("\n", " "),
            )
            self._damage(text)

    def _shape(self) -> None:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        right, now = schema.right_shape(schema.STEPS[:version]), schema.shape_of(self._connection)
        for _kind, name, _table, _sql in sorted(right ^ now, key=repr):
            self._damage(_("the part {name} of the database is not as docgen makes it", name=name))

    def _chain(self) -> None:
        previous = FIRST
        for due, raw in enumerate(self._connection.execute(f"SELECT {COLUMNS} FROM log ORDER BY row"), 1):
            try:
                row = link(raw, due, previous)
                check_writing(row, raw[3])
            except BrokenLink as broken:
                self._damage(str(broken))
                self._is_whole = False
                return
            self._rows.append(row)
            previous = raw[-1]
            self._head = Head(due, previous)
        if not self._rows:
            self._damage(_("the log is empty"))

    def _meaning(self) -> None:
        record = Record()
        for row in self._rows:
            try:
                self._projected.append((row, projection(row)))
                record.add([row])
            except (LookupError, TypeError, ValueError, AttributeError):
                self._damage(_("the facts of row {row} of the log don't mean anything to docgen", row=row.number))
                self._is_whole = False
                return

    def _numbers(self) -> None:
        def name(row: Values) -> str:
            sequence, year, number, suffix = row[:4]
            return _(
                "the case number {number}/{year} of {sequence}",
                number=f"{number}{suffix}",
                year=year,
                sequence=sequence,
            )

        due = ((row, one) for row, projected in self._projected for one in projected.case_numbers)
        self._counts["case_number"] = self._compare("case_number", 4, due, name)

    def _editions(self) -> None:
        def name(row: Values) -> str:
            return _("version {version} of {document}", version=row[2], document=row[0])

        due = ((row, one) for row, projected in self._projected for one in projected.editions)
        self._counts["edition"] = self._compare("edition", 2, due, name)

    def _compare(
        self, table: str, width: int, due: Iterable[tuple[LogRow, Values]], name: Callable[[Values], str]
    ) -> int:
        """Say where a table is not what the log makes it; its first `width` columns are its key. Return its length."""
        told_by_log: dict[Values, Values] = {}
        for row, values in due:
            if values[:width] in told_by_log:
                self._damage(_("row {row} of the log gives {name} once more", row=row.number, name=name(values)))
            told_by_log[values[:width]] = values
        there = {values[:width]: values for values in self._connection.execute(f"SELECT * FROM {table}")}
        for key, values in told_by_log.items():
            if key not in there:
                self._damage(
                    _("{name}, which row {row} of the log gave, is missing", name=name(values), row=values[-1])
                )
            elif there[key] != values:
                self._damage(_("{name} is not as row {row} of the log gave it", name=name(values), row=values[-1]))
        for key, values in there.items():
            if self._is_whole and key not in told_by_log:
                self._damage(_("{name} is there, but the log never gave it", name=name(values)))
        return len(there)

    def _files(self) -> None:
        named = {digest: row for row, projected in self._projected for digest in projected.files}
        there = set()
        for digest, data in self._connection.execute("SELECT digest, data FROM file"):
            there.add(digest)
            if self._is_whole and digest not in named:
                self._damage(_("the frozen file {digest} is there, but the log never named it", digest=digest))
            try:
                unpacked(self._file, digest, data)
            except DamagedError as error:
                self._problems += error.problems
                self._is_damaged = True
        for digest in named.keys() - there:
            document = named[digest].facts["document"]
            self._damage(_("the frozen file {digest} of {document} is missing", digest=digest, document=document))
        self._counts["file"] = len(there)
