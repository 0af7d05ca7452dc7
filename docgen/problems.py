"""A problem tells a secretary what is wrong, where, and what to write instead."""

from __future__ import annotations

import errno
from dataclasses import dataclass

from docgen.messages import _

Path = tuple[str | int, ...]
"""The way to a value in an input: keys as the user wrote them, and positions in lists counted from 0."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file, named from the workspace with `/`; `line` counts from 1, `cell` is like `Saker!B7`."""

    file: str
    path: Path = ()
    line: int | None = None
    cell: str | None = None

    def __str__(self) -> str:
        place = self.cell or (_("line {line}", line=self.line) if self.line else "")
        return ", ".join(part for part in (self.file, place, field(self.path)) if part)


def field(path: Path) -> str:
    """Return `path` as people read it: `saker[3].tittel`, the positions in lists counted from 1."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong (or, as a warning, worth a look). `what` and `fix` are whole sentences."""

    what: str
    fix: str
    where: Where
    warning: bool = False

    def __str__(self) -> str:
        note = _("Note:") + " " if self.warning else ""
        return f"{self.where}: {note}{self.what} {self.fix}".rstrip()


class DocgenError(Exception):
    """Something that a person must mend. Its args are its problems and nothing else, so that it pickles."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.args

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class InputError(DocgenError):
    """An input file can't be used: its documents stay as they were, the rest are made."""


class TemplateError(DocgenError):
    """A Word template can't be used: what is made from it stays as it was."""


class WorkspaceError(DocgenError):
    """docgen.toml or the workspace itself can't be used: nothing is built."""


class BusyError(DocgenError):
    """Another docgen is at work in the workspace: nothing is built, and nothing is wrong."""


def reason(error: OSError) -> str:
    """Return why a file can't be used, without a full stop; what is rare is said as the system says it."""
    match error.errno:
        case errno.EACCES | errno.EPERM | errno.EBUSY:  # Windows gives the first for a file that Word has open too
            return _("no access, or open in another program")
        case errno.EROFS:
            return _("the disk can't be written on")
        case errno.ENOSPC | errno.EDQUOT:
            return _("the disk is full")
        case errno.ENOENT:
            return _("it is not there")
        case errno.EISDIR:
            return _("a folder has that name")
        case errno.EEXIST | errno.ENOTDIR:
            return _("a file has the name of the folder")
        case errno.ELOOP:
            return _("it is a link that leads back to itself")
        case errno.ENAMETOOLONG:
            return _("the name is too long")
        case errno.EIO:
            return _("the disk reports an error")
    return error.strerror or str(error)
