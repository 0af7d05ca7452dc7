"""The mark beside docgen.toml that a workspace has a register, and which: without it a lost one would begin at 1."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from docgen.disk import write_whole
from docgen.messages import _
from docgen.problems import Problem, Where
from docgen.register.canonical import moment
from docgen.register.errors import RegisterError, told
from docgen.register.store import Clock, Register, create_or_open, open_to_read, utc_now

_ID = re.compile(r"^id: ([0-9a-f]{32})$", re.MULTILINE)
_MACHINE = re.compile(r"^maskin: (.*)$", re.MULTILINE)
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Mark:
    """What the marker tells: the register's id, and the machine that it was made on. Empty where it does not."""

    id: str
    machine: str


def opened(file: Path, marker: Path, clock: Clock = utc_now) -> Register:
    """Return the workspace's register for writing, made with its marker when the workspace has none yet.

    Raises RegisterError when the register that the marker tells of is gone, or is not this one.
    """
    mark = read(marker)
    if mark is None:
        register = create_or_open(file, clock)
        with _closed_on_error(register):
            set_marker(marker, register, clock)
        return register
    # Looked at before anything would make a new one in the place of one that is gone.
    _of_the_mark(open_to_read(file), file, marker, mark).close()
    return _of_the_mark(create_or_open(file, clock), file, marker, mark)


def opened_to_read(file: Path, marker: Path) -> Register | None:
    """Return the workspace's register for reading, or None when it has none yet. Raises RegisterError as `opened`."""
    mark = read(marker)
    register = open_to_read(file)
    return register if mark is None else _of_the_mark(register, file, marker, mark)


def _of_the_mark(register: Register | None, file: Path, marker: Path, mark: Mark) -> Register:
    """Return the register if it is the one of the mark. Raises RegisterError."""
    if register is None:
        raise RegisterError(_gone(file, mark))
    with _closed_on_error(register):
        if not mark.id:
            raise RegisterError(_tells_nothing(marker))
        if register.id != mark.id:
            raise RegisterError(_other(file, mark))
    return register


@contextmanager
def _closed_on_error(register: Register) -> Iterator[None]:
    try:
        yield
    except BaseException:
        register.close()
        raise


def read(marker: Path) -> Mark | None:
    """Return what the marker tells, or None when there is none. Raises RegisterError when it can't be read."""
    with told(marker):
        try:
            with marker.open("rb") as opened_file:
                text = opened_file.read(_MOST).decode("utf-8", "replace")
        except FileNotFoundError:
            return None
    found, machine = _ID.search(text), _MACHINE.search(text)
    return Mark(found[1] if found else "", machine[1] if machine else "")


def set_marker(marker: Path, register: Register, clock: Clock = utc_now) -> None:
    """Write the marker of `register`, so that a power cut after this does not lose it. Raises RegisterError."""
    lines = (
        _("docgen made this file. It says which register holds the case numbers and approved versions of this folder."),
        _("Leave it here: without it, docgen would not notice that the register is lost, and would begin at 1 again."),
        "",
        f"id: {register.id}",
        f"fil: {register.path}",
        f"maskin: {platform.node()}",
        f"skrevet: {moment(clock())}",
        "",
    )
    with told(marker):
        write_whole(marker, "\n".join(lines).encode("utf-8", "replace"))


def _gone(file: Path, mark: Mark) -> Problem:
    machine = mark.machine or "?"
    return Problem(
        _("The register of this workspace is gone. It was made on the machine {machine}.", machine=machine),
        _(
            "If it lies on that machine, work there. Otherwise take in a backup with docgen restore, "
            "or make it again from the documents with docgen rebuild-register. "
            "docgen does not make an empty one, because then the case numbers would begin at 1 again."
        ),
        Where(str(file)),
    )


def _other(file: Path, mark: Mark) -> Problem:
    machine = mark.machine or "?"
    return Problem(
        _(
            "This is the register of another workspace. The right one was made on the machine {machine}.",
            machine=machine,
        ),
        _("See that [mapper] register in docgen.toml names the right folder, or take in a backup with docgen restore."),
        Where(str(file)),
    )


def _tells_nothing(marker: Path) -> Problem:
    return Problem(
        _("The file should tell which register belongs to this workspace, but it does not."),
        _("Take in a backup of the workspace's register with docgen restore, which writes this file anew."),
        Where(str(marker)),
    )
