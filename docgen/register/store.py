"""The register: a log to which rows are added and in which nothing is ever changed."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal
from uuid import uuid4

from docgen import __version__
from docgen.disk import make_folder, sync_folder
from docgen.messages import _
from docgen.model.outlined import Outline
from docgen.model.projection import projection
from docgen.model.record import Facts, LogRow
from docgen.problems import Problem, Where
from docgen.register import connect, schema
from docgen.register.canonical import FIRST, canonical, digest_of, moment, row_hash
from docgen.register.chain import COLUMNS, BrokenLink, Head, following, link
from docgen.register.errors import DamagedError, RegisterError, damaged, told
from docgen.register.outline import Ask, drawing, outline, some_rows

Clock = Callable[[], datetime]
"""Gives the time now, with its zone."""

MADE = "register"
"""The event of the first row, which gives the register its id."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Writing:
    """One transaction: what is added in it is kept whole, or not at all."""

    def __init__(self, connection: sqlite3.Connection, file: Path, clock: Clock) -> None:
        self._connection = connection
        self._file = file
        self._clock = clock
        self.head = _head(file, self._ask)
        self.has_added = False
        self.is_broken = False
        """That a row failed half-way. Whoever passes over that must not have the half of it kept."""

    def rows(self, after: int = 0) -> list[LogRow]:
        """Return the rows after row `after` as nobody else can change them now. Raises RegisterError."""
        with told(self._file):
            return _rows(self._file, self._ask, after)

    def add(self, event: str, facts: Facts, files: Iterable[bytes] = ()) -> LogRow:
        """Add a row, what it means for numbers and editions, and the files that it names; return it as it is kept.

        Raises RegisterError when it contradicts what the register holds, and ValueError for facts that are not right
        or files that are not those which they name.
        """
        row, text, head = following(self.head, moment(self._clock()), event, facts)
        self.put(row, text, head, files)
        return row

    def put(self, row: LogRow, text: str, head: Head, files: Iterable[bytes] = ()) -> None:
        """Add what chain.following gave for the present head. Raises as `add`."""
        if self.is_broken or not self._connection.in_transaction:
            raise ValueError("nothing can be added after the block has ended, or a row in it has failed")
        projected = projection(row)
        self.is_broken = True
        with told(self._file):
            self._insert("log", (row.number, row.at, row.event, text, self.head.hash, head.hash))
            self._insert("case_number", *projected.case_numbers)
            self._insert("edition", *projected.editions)
            self._keep(projected.files, files)
        self.head, self.has_added, self.is_broken = head, True, False

    def _keep(self, named: Iterable[str], files: Iterable[bytes]) -> None:
        given = {digest_of(data): data for data in files}
        for digest in named:
            data = given.pop(digest, None)
            if not self._ask("SELECT 1 FROM file WHERE digest = ?", digest):
                if data is None:
                    raise ValueError(f"no file with the digest {digest} was given")
                self._insert("file", (digest, zlib.compress(data)))
        if given:
            raise ValueError(f"the row does not name the files {', '.join(given)}")

    def _insert(self, table: str, *rows: tuple[object, ...]) -> None:
        if rows:
            self._connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    def _ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()


class Register:
    """An open register. Made by `create_or_open`, `open_to_read` and their like, not by itself."""

    def __init__(self, file: Path, reading: connect.Reading, clock: Clock = utc_now) -> None:
        self.path = file
        self._reading = reading
        self._clock = clock

    @property
    def id(self) -> str:
        """The register's own id, which it was given when it was made."""
        first = self.rows(0, 1)
        if not first or first[0].event != MADE:
            raise DamagedError(damaged(self.path, _("the first row of the log is missing")))
        return str(first[0].facts["id"])

    @property
    def head(self) -> Head:
        return _head(self.path, self._ask)

    def hash_of(self, row: int) -> str:
        """Return the hash of a row of the log. Raises RegisterError when there is no such row."""
        return _hash_of(self.path, self._ask, row)

    def rows(self, after: int = 0, most: int = -1) -> list[LogRow]:
        """Return the rows after row `after`, each checked against its hash and the one before. Raises RegisterError."""
        return _rows(self.path, self._ask, after, most)

    def outline(self) -> Outline:
        """Return what each row is about. The rows themselves are not looked at. Raises RegisterError."""
        return outline(self._ask)

    def some_rows(self, numbers: Sequence[int]) -> list[LogRow]:
        """Return the rows of these numbers, each checked against its own hash. Raises RegisterError."""
        return some_rows(self.path, self._ask, numbers)

    def drawing(self, sequence: str) -> set[int]:
        """Return the meetings that have a number of a sequence. Raises RegisterError."""
        return drawing(self._ask, sequence)

    def file(self, digest: str) -> bytes:
        """Return a frozen file. Raises RegisterError when it is not there or not as it was."""
        found = self._ask("SELECT data FROM file WHERE digest = ?", digest)
        if not found:
            raise DamagedError(damaged(self.path, _("the frozen file {digest} is not there", digest=digest)))
        return unpacked(self.path, digest, found[0][0])

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Hold the register for writing, and keep what was added when the block ends without an exception.

        Raises RegisterError when another program holds it too long, or when it can't be kept.
        """
        self._control("BEGIN IMMEDIATE")
        try:
            with told(self.path):
                writing = Writing(self._reading.connection, self.path, self._clock)
            yield writing
            if writing.is_broken:
                raise ValueError("a row has failed, so nothing of its block can be kept")
            self._control("COMMIT" if writing.has_added else "ROLLBACK")
        finally:
            # SQLite has rolled back by itself after some errors of the disk.
            if self._reading.connection.in_transaction:
                self._control("ROLLBACK")

    def close(self) -> None:
        """Let go of the file. Whoever is the last moves what the `-wal` holds into the database."""
        with told(self.path):
            self._reading.close()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _control(self, command: Literal["BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"]) -> None:
        """Begin and end transactions: the only place that does."""
        connection = self._reading.connection
        with told(self.path):
            if command == "BEGIN IMMEDIATE":
                connect.patiently(connection, command)
            else:
                connection.execute(command)

    def _ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a question; asked again when somebody wrote under a reading that can't see it."""
        with told(self.path):
            for _try in range(connect.TRIES):
                try:
                    found = self._reading.connection.execute(sql, values).fetchall()
                except sqlite3.DatabaseError:
                    if not self._reading.stale():
                        raise
                else:
                    if not self._reading.stale():
                        return found
                self._reading.close()
                self._reading = connect.to_read(self.path)
            raise connect.always_changing()

    def _migrate(self) -> None:
        """Bring the database up to this docgen, a step a transaction. The first one makes it."""
        connection = self._reading.connection
        while (version := _version(connection)) < len(schema.STEPS):
            self._control("BEGIN IMMEDIATE")
            try:
                # Another program may have taken the step while this one waited.
                if _version(connection) == version:
                    _take_step(connection, version, self._clock)
                self._control("COMMIT")
            finally:
                if connection.in_transaction:
                    self._control("ROLLBACK")


def create_or_open(file: Path, clock: Clock = utc_now) -> Register:
    """Return the register of `file` for writing, made when there is none. Raises RegisterError.

    Whatever a crash leaves of a register that was being made, the next call makes whole.
    """
    with told(file):
        make_folder(file.parent)
        if _has_only_wal(file):
            raise DamagedError(damaged(file, _("only its -wal file is left")))
        connection = connect.to_write(file)
        try:
            if problem := not_ours(file, connection):
                raise RegisterError(problem)
            connect.use_wal(connection)
            register = Register(file, connect.Reading(connection, lambda: False, connection.close), clock)
            register._migrate()
            sync_folder(file.parent)
        except BaseException:
            connection.close()
            raise
    return register


def open_to_read(file: Path) -> Register | None:
    """Return the register of `file` for reading, or None where there is none yet. Raises RegisterError.

    Makes and changes no file beside it, and works where nothing may be written.
    """
    if not file.exists():
        return None
    with told(file):
        reading, (problem, version) = connect.settled(file, lambda found: (not_ours(file, found), _version(found)))
        if problem or not version:
            reading.close()
    if problem:
        raise RegisterError(problem)
    return Register(file, reading) if version else None


def unpacked(file: Path, digest: str, data: bytes) -> bytes:
    """Return a frozen file from how it is kept. Raises RegisterError when it is not the one of that digest."""
    try:
        plain = zlib.decompress(data)
    except (zlib.error, TypeError):
        plain = b""
    if digest_of(plain) != digest:
        raise DamagedError(damaged(file, _("the frozen file {digest} is not as it was", digest=digest)))
    return plain


def _take_step(connection: sqlite3.Connection, version: int, clock: Clock) -> None:
    for statement in schema.STEPS[version]:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {version + 1}")
    if version:
        return
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
    at, text = moment(clock()), canonical({"id": uuid4().hex, "made_by": __version__})
    row = (1, at, MADE, text, FIRST, row_hash(1, at, MADE, text, FIRST))
    connection.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)", row)


def not_ours(file: Path, connection: sqlite3.Connection) -> Problem | None:
    """Return why this docgen must not use the database, or None. A new and empty one is ours."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    version = _version(connection)
    if application == 0 and version == 0 and not schema.shape_of(connection):
        return None
    if application != schema.APPLICATION or version < 1:
        return Problem(
            _("The file is not a register of docgen."),
            _("Move it away, and take in a backup with docgen restore, or see that [mapper] register names another."),
            Where(str(file)),
        )
    if version > len(schema.STEPS):
        return Problem(
            _("The register was written by a newer docgen."),
            _("Install the newest docgen on this machine. The register is left as it is."),
            Where(str(file)),
        )
    return None


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _has_only_wal(file: Path) -> bool:
    """Return whether the database is lost but not its `-wal`, which SQLite would throw away with what it holds."""
    wal = file.with_name(f"{file.name}-wal")
    return not (file.exists() and file.stat().st_size) and wal.exists() and wal.stat().st_size > 0


def _head(file: Path, ask: Ask) -> Head:
    found = ask("SELECT row, hash FROM log ORDER BY row DESC LIMIT 1")
    if not found:
        raise DamagedError(damaged(file, _("the log is empty")))
    return Head(*found[0])


def _hash_of(file: Path, ask: Ask, row: int) -> str:
    found = ask("SELECT hash FROM log WHERE row = ?", row)
    if not found:
        raise DamagedError(damaged(file, _("row {row} of the log is not there", row=row)))
    return str(found[0][0])


def _rows(file: Path, ask: Ask, after: int, most: int = -1) -> list[LogRow]:
    """Return the rows after `after`, the chain checked on the way: what is not as it was written is not believed."""
    previous = _hash_of(file, ask, after) if after else FIRST
    found = []
    sql = f"SELECT {COLUMNS} FROM log WHERE row > ? ORDER BY row LIMIT ?"
    for due, raw in enumerate(ask(sql, after, most), after + 1):
        try:
            found.append(link(raw, due, previous))
        except BrokenLink as broken:
            raise DamagedError(damaged(file, str(broken))) from None
        previous = raw[-1]
    return found
