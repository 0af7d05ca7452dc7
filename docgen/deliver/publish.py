"""Files appear whole, and nothing that a person wrote is overwritten."""

from __future__ import annotations

import re
import stat
import time
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from docgen.deliver.facts import carried, is_untouched
from docgen.disk import HeldError, move, write_beside, write_whole
from docgen.model.fingerprint import SOURCE

State = Literal["made", "unchanged", "beside", "held"]

PAUSES = (0.05, 0.1, 0.25, 0.6)
"""Seconds between the tries to replace a document that another program has open: a virus scanner soon lets go."""

_LEFT = re.compile(r"\..+\.(docx|pdf|xlsx|txt|html|id)\.[0-9]+\.tmp", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Published:
    """Where a document was put, and what came of it.

    `beside`: `file` stands beside one that a person has edited. `held`: it stands beside one that another program has
    open, and takes its place when it is published again after that.
    """

    file: Path
    state: State


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that lies whole beside its place, under a temporary name."""

    file: Path
    stamp: tuple[int, int, int]
    made: tuple[Path, ...]
    """The folders that were made for it, the innermost first."""

    @property
    def is_whole(self) -> bool:
        """Whether the file is as it was written."""
        try:
            return _stamp(self.file) == self.stamp
        except OSError:
            return False

    def drop(self) -> None:
        """Remove what still waits, and the folders that were made for it and have nothing in them."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)
            for folder in self.made:
                folder.rmdir()


def put_by(target: Path, data: bytes, within: Path | None = None) -> Waiting:
    """Write a document that is soon to be published, so that only the last step is left. Raises OSError."""
    folders = tuple(folder for folder in target.parents if not folder.exists())
    file = write_beside(target, data, within)
    return Waiting(file, _stamp(file), folders)


def _stamp(file: Path) -> tuple[int, int, int]:
    found = file.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def publish(
    target: Path,
    data: bytes,
    others: Container[Path] = (),
    within: Path | None = None,
    sleep: Callable[[float], object] = time.sleep,
    waiting: Waiting | None = None,
) -> Published:
    """Write `data` to `target`, or beside it when a person has edited what stands there, or has it open.

    Writes to a temporary file in the same folder, flushes it to disk, reads it back and replaces the target, so that a
    crash leaves the old file or the new one. `others` are the names of all documents, which none takes from another.
    Tries for a second to replace what is open, but only once when the new document stands beside it already.
    Its folder is made when it is not there, but not the folder `within` (disk.make_folder).
    With `waiting`, which put_by gave for the same target and data, it is written already.
    Raises OSError when the document can't be written.
    """
    state = _put(target, data, within, waiting)
    if state == "held" and content(_beside(target, data, others)) != data:
        for pause in PAUSES:
            sleep(pause)
            if (state := _put(target, data, within)) != "held":
                break
    if state in ("made", "unchanged"):
        _drop_beside(target, data, others)
        return Published(target, state)
    beside = _beside(target, data, others)
    if content(beside) != data:
        write_whole(beside, data, within)
    return Published(beside, state)


def _put(target: Path, data: bytes, within: Path | None, waiting: Waiting | None = None) -> State:
    """Put the document in its place, unless the one there is edited or held; return what came of it."""
    try:
        old = content(target)
        if old is not None and old != data and not is_untouched(old):
            return "beside"
        if old != data and waiting and waiting.is_whole:
            move(waiting.file, target)
        elif old != data:
            write_whole(target, data, within)
        return "unchanged" if old == data else "made"
    except HeldError:
        return "held"


def _beside(target: Path, data: bytes, others: Container[Path]) -> Path:
    """Return the name of a new document beside one that can't be replaced: ` (ny)`, ` (ny 2)` …

    What a person has edited too is passed by, and so is the document of another input.
    """
    for name in names_beside(target):
        there = content(name)
        if name not in others and (there is None or there == data or _is_older(there, data)):
            break
    return name


def _drop_beside(target: Path, data: bytes, others: Container[Path]) -> None:
    """Remove the new documents that stood beside the target, which has what they had; not those that were edited."""
    for name in names_beside(target):
        try:
            there = content(name)
            if there is None:
                return
            if name not in others and (there == data or _is_older(there, data)):
                name.unlink()
        except OSError:
            # It is open, so it is left for docgen clean: the document itself is in its place, and that is no failure.
            return


def names_beside(target: Path) -> Iterator[Path]:
    """Give what a new document beside `target` is called: ` (ny)`, ` (ny 2)` … without end."""
    for at in count(1):
        yield target.with_name(f"{target.stem} (ny{f' {at}' if at > 1 else ''}){target.suffix}")


def _is_older(document: bytes, data: bytes) -> bool:
    """Return whether nobody has edited `document`, and it was made from the same input as `data`."""
    if not is_untouched(document):
        return False
    # The input of a document that can't be made now is not among the others, but it is still another's.
    was, now = carried(document), carried(data)
    return was is not None and now is not None and was.facts.get(SOURCE) == now.facts.get(SOURCE)


def content(file: Path) -> bytes | None:
    """Return what stands there, or None. Raises OSError, HeldError when another program keeps it from being read."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except PermissionError as error:
        if file.is_file():
            raise HeldError(error.errno, error.strerror, str(file)) from error
        raise


def sweep(files: Iterable[Path]) -> int:
    """Remove what a build that was killed left unfinished among `files`, and return how many there were.

    Only what bears the name that docgen gives such a file; a build must be alone, since it looks like another's too.
    """
    found = 0
    for file in files:
        if not _LEFT.fullmatch(file.name):
            continue
        # One that can't be removed now is met again at the next start, and is in nobody's way till then.
        with suppress(OSError):
            if stat.S_ISREG(file.lstat().st_mode):
                file.unlink()
                found += 1
    return found
