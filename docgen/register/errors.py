"""What can be wrong with the register's file, told to people: nothing of SQLite goes out of this package."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docgen.messages import _
from docgen.problems import DocgenError, Problem, Where, reason

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR)
"""The last is what SQLite says where a table or a column is not there."""


class RegisterError(DocgenError):
    """The register can't be used: nothing is numbered or approved, and what it holds is as it was."""


class DamagedError(RegisterError):
    """The register's file is not as docgen wrote it: a backup may take its place."""


@contextmanager
def told(file: Path) -> Iterator[None]:
    """Raise as RegisterError whatever SQLite or the disk says while `file` is used."""
    try:
        yield
    except sqlite3.Error as error:
        if _meaning(error) in _DAMAGE:
            raise DamagedError(damaged(file, _unreadable(error))) from error
        raise RegisterError(_sqlite_problem(file, error)) from error
    except UnicodeError as error:  # SQLite names parts of a damaged database in its errors, in what is no text
        raise DamagedError(damaged(file, _("parts of it can't be read ({detail})", detail=error))) from error
    except OSError as error:
        raise RegisterError(_disk_problem(file, error)) from error


def _meaning(error: sqlite3.Error) -> int:
    """Return the error's code, without in which of its many ways it came about.

    Python itself raises without a code: for text that is no UTF-8, or when it is called wrongly.
    """
    without = sqlite3.SQLITE_MISUSE if isinstance(error, sqlite3.ProgrammingError) else sqlite3.SQLITE_ERROR
    return getattr(error, "sqlite_errorcode", without) & 0xFF


def _unreadable(error: sqlite3.Error) -> str:
    if _meaning(error) == sqlite3.SQLITE_NOTADB:
        return _("the file is no database")
    return _("parts of it can't be read ({detail})", detail=error)


def _sqlite_problem(file: Path, error: sqlite3.Error) -> Problem:
    """Return what SQLite says about the register, as people say it."""
    match _meaning(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            what = _("Another program holds the register.")
            fix = _("Wait until the other docgen is done, or close it, and try again.")
        case sqlite3.SQLITE_FULL:
            what = _("The disk is full, so the register can't be written.")
            fix = _("Make room on the disk, and try again. Nothing of what was under way is registered.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            what = _("The register can't be opened or written in.")
            fix = _("See that you may read and write in its folder, and that the disk is not write-protected.")
        case sqlite3.SQLITE_CONSTRAINT:
            what = _("The register refuses what contradicts what it holds: {detail}.", detail=error)
            fix = _("Nothing was registered. Run docgen verify, and send what it says to those who look after docgen.")
        case _:
            what = _("The disk did not do what the register asked for: {detail}.", detail=error)
            fix = _("See that the disk is in order and has room, and try again.")
    return Problem(what, fix, Where(str(file)))


def _disk_problem(file: Path, error: OSError) -> Problem:
    return Problem(
        _("The register can't be used: {reason}.", reason=reason(error)),
        _("See that the disk is there and has room, and that you may write in the folder."),
        Where(str(file)),
    )


def damaged(file: Path, detail: str) -> Problem:
    """Return the problem of a register whose file is not as docgen wrote it."""
    return Problem(
        _("The register is damaged: {detail}.", detail=detail.rstrip(".")),
        _("Take a copy of the file, run docgen verify to see what is hurt, and docgen restore to take in a backup."),
        Where(str(file)),
    )
