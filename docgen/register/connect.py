"""The two ways to open the database: to write, as safely as SQLite can, and to read without leaving a trace."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from urllib.parse import quote

from docgen.messages import _

BUSY_SECONDS = 30.0
"""How long a program waits for another that is writing."""

_LOOK_SECONDS = 0.002

PRAGMAS = (
    "synchronous = FULL",  # in WAL, the weaker NORMAL does not flush at COMMIT: a power cut could take given numbers
    "fullfsync = ON",  # macOS: a plain fsync stops in the disk's own memory
    "checkpoint_fullfsync = ON",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
)


def to_write(file: Path) -> sqlite3.Connection:
    """Return a connection that commits only when told to, to a new database where there is none. Raises sqlite3.Error.

    The journal is not set yet, because that would write in a database that may not be ours.
    """
    connection = sqlite3.connect(_uri(file, "mode=rwc"), timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    _prepare(connection)
    return connection


def use_wal(connection: sqlite3.Connection) -> None:
    """Let readers read while somebody writes. Raises sqlite3.Error, and OSError where the disk can't do it."""
    (mode,) = patiently(connection, "PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise OSError(_("several programs can't use one register on this disk"))


def patiently(connection: sqlite3.Connection, command: str) -> sqlite3.Cursor:
    """Run a command that needs the register for itself, as soon as others let go of it. Raises sqlite3.Error.

    SQLite's own waiting looks ten times a second: of many that wait, one may never find the register free. And it does
    not wait at all when several programs open a new database at once.
    """
    until = time.monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                return connection.execute(command)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
            time.sleep(_LOOK_SECONDS)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


T = TypeVar("T")

TRIES = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """A connection that only reads. When `stale`, what was read through it since is not to be trusted."""

    connection: sqlite3.Connection
    stale: Callable[[], bool]
    close: Callable[[], None]


def to_read(file: Path) -> Reading:
    """Return a connection that makes and changes no file beside the database. Raises sqlite3.Error, OSError.

    SQLite's own read-only mode leaves the files `-wal` and `-shm` behind where they were not. So it is used only where
    they are there already; with no `-wal`, all is in the database itself; and a `-wal` that nobody has open, left by a
    program that was killed, is read in a copy.
    """
    wal, shared = _beside(file)
    for _try in range(TRIES):
        if wal.exists() and shared.exists():
            connection = _read_only(file, "mode=ro")
            return Reading(connection, lambda: False, connection.close)
        state = _state(file)
        if not state[1]:
            connection = _read_only(file, "mode=ro&immutable=1")
            return Reading(connection, _changed(file, state), connection.close)
        try:
            return _copied(file, state)
        except FileNotFoundError:  # the -wal went meanwhile, into the database
            if not file.exists():
                raise
    raise always_changing()


def settled(file: Path, look: Callable[[sqlite3.Connection], T]) -> tuple[Reading, T]:
    """Return an open reading and what `look` makes of it, tried anew when somebody wrote meanwhile.

    Raises sqlite3.Error, OSError.
    """
    for _try in range(TRIES):
        reading = to_read(file)
        try:
            made = look(reading.connection)
            if not reading.stale():
                return reading, made
        except BaseException as error:
            is_torn = isinstance(error, sqlite3.DatabaseError) and reading.stale()
            reading.close()
            if not is_torn:
                raise
        else:
            reading.close()
    raise always_changing()


def read_still(file: Path, look: Callable[[sqlite3.Connection], T]) -> T:
    """Return what `look` makes of the database. Raises as `settled`."""
    reading, made = settled(file, look)
    reading.close()
    return made


def always_changing() -> OSError:
    return OSError(_("other programs write in it all the time"))


def _copied(file: Path, state: tuple[object, ...]) -> Reading:
    folder = TemporaryDirectory(prefix="docgen-")
    try:
        copy = Path(folder.name, file.name)
        for one, to in zip((file, _beside(file)[0]), (copy, _beside(copy)[0]), strict=True):
            shutil.copyfile(one, to)
        connection = _read_only(copy, "mode=rw")
    except BaseException:
        folder.cleanup()
        raise

    def close() -> None:
        connection.close()
        folder.cleanup()

    return Reading(connection, _changed(file, state), close)


def _read_only(file: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(_uri(file, mode), timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    _prepare(connection)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise


def _changed(file: Path, state: tuple[object, ...]) -> Callable[[], bool]:
    return lambda: _state(file) != state


def _state(file: Path) -> tuple[object, ...]:
    """Return by what one sees that somebody has written. Only asked of the file system.

    Opening and closing the database here would drop the locks that this very process may have on it (POSIX).
    """
    wal, shared = _beside(file)
    now = file.stat()
    try:
        left = wal.stat()
        pending = (left.st_size, left.st_mtime_ns) if left.st_size else None
    except FileNotFoundError:
        pending = None
    return (now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns), pending, shared.exists()


def _beside(file: Path) -> tuple[Path, Path]:
    return file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")


def _uri(file: Path, parameters: str) -> str:
    path = quote(file.absolute().as_posix())
    return f"file://{'' if path.startswith('/') else '/'}{path}?{parameters}"
