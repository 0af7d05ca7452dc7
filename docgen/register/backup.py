"""A copy of the register that is whole while others write, and the way back from it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import file_digest
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from docgen.disk import make_folder, move
from docgen.messages import _, many
from docgen.problems import Problem, Where
from docgen.register import connect
from docgen.register.errors import RegisterError, told
from docgen.register.marker import Mark, read, set_marker
from docgen.register.store import Clock, create_or_open, open_to_read, utc_now
from docgen.register.verify import Verified, verify


def backup(register_file: Path, target: Path, clock: Clock = utc_now) -> Path:
    """Write a copy of the register to `target`, or with the date in its name to the folder `target`; return its file.

    The copy is looked through before it gets its name. Raises RegisterError when it is not sound, or when another file
    has the name: only an older copy of the same register is written over.
    """
    if target.is_dir():
        target = target / f"register {clock().astimezone():%Y-%m-%d}.db"
    with _copied(register_file) as copy:
        sound = _sound(copy, register_file)
        if target.exists() and not _is_older(target, copy, sound):
            raise RegisterError(_taken(target))
        with told(target):
            make_folder(target.parent)
            with _placed_beside(copy, target) as placed:
                move(placed, target)
    return target


def restore(
    backup_file: Path, register_file: Path, marker: Path, *, force: bool = False, clock: Clock = utc_now
) -> Path | None:
    """Put a backup in the register's place, and return where the register that was there is kept, or None.

    Without `force`, refuses what would lose numbers that were given, and a backup of another register. Nobody else may
    have the register open. Raises RegisterError.
    """
    with _copied(backup_file) as copy:
        sound = _sound(copy, backup_file)
        if not force:
            _refuse_another(backup_file, sound, read(marker))
            _refuse_to_lose(register_file, copy, sound)
        with told(register_file):
            make_folder(register_file.parent)
            with _placed_beside(copy, register_file) as placed:
                aside = move_aside(register_file, clock)
                move(placed, register_file)
    with create_or_open(register_file, clock) as register:
        set_marker(marker, register, clock)
    return aside


def move_aside(register_file: Path, clock: Clock = utc_now) -> Path | None:
    """Give the register a name with the time in it, and return that, or None when there was none.

    It goes with its `-wal`: a new database would take that for its own. Raises RegisterError when a sound one is in
    use. A damaged one is left byte for byte as it is.
    """
    at = f"{clock().astimezone():%Y-%m-%d %H.%M.%S}"
    names = (f"{register_file.stem} {at}{f' {n}' if n > 1 else ''}{register_file.suffix}" for n in count(1))
    aside = next(file for name in names if not (file := register_file.with_name(name)).exists())
    with told(register_file):
        was_there = register_file.exists()
        if verify(register_file).is_sound:
            _let_go(register_file)
        # The database first: without its -wal it would still look like a register, only with fewer numbers.
        for end in ("", "-wal", "-shm"):
            part = register_file.with_name(register_file.name + end)
            if part.exists():
                move(part, aside.with_name(aside.name + end))
    return aside if was_there else None


def _let_go(register_file: Path) -> None:
    """Move all of the `-wal` into the database, which SQLite does only when nobody else has it open."""
    with closing(connect.to_write(register_file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def _copied(file: Path) -> Iterator[Path]:
    """Give a copy of a database as of one moment, in a folder of its own on this machine's disk.

    Not at the target at once: that is often a network share, on which SQLite does not work safely.
    """
    with TemporaryDirectory(prefix="docgen-") as folder:
        copy = Path(folder, "register.db")
        with told(file):
            connect.read_still(file, lambda connection: _copy(connection, copy))
        yield copy


def _copy(connection: sqlite3.Connection, to: Path) -> None:
    to.unlink(missing_ok=True)
    with closing(sqlite3.connect(to)) as target:
        connection.backup(target)


def _sound(copy: Path, file: Path) -> Verified:
    """Return what is in a copy of `file`. Raises RegisterError when it is not sound."""
    found = verify(copy)
    if not found.is_sound:
        raise RegisterError(*(Problem(one.what, one.fix, Where(str(file))) for one in found.problems))
    return found


@contextmanager
def _placed_beside(copy: Path, target: Path) -> Iterator[Path]:
    """Give a file in the target's folder that holds what `copy` does, flushed to the disk and read back."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with copy.open("rb") as source, temporary.open("wb") as file:
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        with copy.open("rb") as source, temporary.open("rb") as file:
            if file_digest(source, "sha256").digest() != file_digest(file, "sha256").digest():
                raise OSError(_("the file was not written as it should"))
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _is_older(file: Path, copy: Path, sound: Verified) -> bool:
    """Return whether `file` holds the same register as `copy`, at the same time or before."""
    found = verify(file)
    return found.is_sound and found.id == sound.id and _is_within(found, copy, sound)


def _is_within(part: Verified, whole_file: Path, whole: Verified) -> bool:
    """Return whether every row of `part` is in the register of `whole_file` too: the hash of its last tells of all."""
    if part.head is None or part.rows > whole.rows:
        return False
    register = open_to_read(whole_file)
    if register is None:
        return False
    with register:
        return register.hash_of(part.rows) == part.head.hash


def _refuse_another(backup_file: Path, sound: Verified, mark: Mark | None) -> None:
    if mark and mark.id and mark.id != sound.id:
        raise RegisterError(
            Problem(
                _("The backup is of another register than the one of this workspace."),
                _("Choose a backup of this one. If you are sure that the other shall take its place, add --force."),
                Where(str(backup_file)),
            )
        )


def _refuse_to_lose(register_file: Path, copy: Path, sound: Verified) -> None:
    """Raise RegisterError when the register that is there knows of more than the backup. A damaged one may go."""
    if not register_file.exists():
        return
    there = verify(register_file)
    if there.is_damaged or _is_within(there, copy, sound):
        return
    if not there.is_sound or there.head is None:
        raise RegisterError(*there.problems)
    if there.id == sound.id and _is_within(sound, register_file, there):
        what = many(
            "The register that is there is sound, and has {count} row that the backup lacks. "
            "Its last row is {row}, with the hash {hash}.",
            "The register that is there is sound, and has {count} rows that the backup lacks. "
            "Its last row is {row}, with the hash {hash}.",
            there.rows - sound.rows,
            row=there.head.row,
            hash=there.head.hash,
        )
    else:
        what = _("The register that is there is sound, and holds other numbers than the backup.")
    fix = _(
        "Keep it: the numbers in it stand on documents, and would be given once more. "
        "If you are sure that the backup shall take its place, add --force. The register is then moved aside."
    )
    raise RegisterError(Problem(what, fix, Where(str(register_file))))


def _taken(target: Path) -> Problem:
    return Problem(
        _("There is a file of that name already, and it is not an older backup of this register."),
        _("Choose another name or folder for the backup."),
        Where(str(target)),
    )
