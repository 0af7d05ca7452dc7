"""Finding a workspace, its settings and its inputs on disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from docgen.messages import _, speak
from docgen.model.documents import SUFFIX
from docgen.problems import InputError, Problem, Where, WorkspaceError, reason
from docgen.read import MOST_BYTES, SUFFIXES, read, too_large
from docgen.run.root import TOML, root
from docgen.run.scan import IGNORED, Scan, scan
from docgen.settings import Settings, settings
from docgen.source import Source


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace on disk: its folder, and what its docgen.toml says."""

    root: Path
    settings: Settings
    warnings: tuple[Problem, ...] = ()
    """What the reader warned of in docgen.toml."""
    digest: str = ""
    """SHA-256 of docgen.toml."""

    @property
    def templates(self) -> Path:
        return self.root / self.settings.folders.templates

    @property
    def output(self) -> Path:
        return self.root / self.settings.folders.output

    @property
    def input_folders(self) -> tuple[Path, ...]:
        folders = self.settings.folders
        return self.root / folders.mandates, self.root / folders.inputs

    @property
    def register(self) -> Path:
        """The database of the register: in the workspace's .docgen, or where docgen.toml says."""
        return self.root / Path(self.settings.folders.ledger).expanduser() / "register.db"

    @property
    def marker(self) -> Path:
        """The file that tells which register is this workspace's, wherever that lies."""
        return self.root / ".docgen" / "register.id"

    def name(self, file: Path) -> str:
        """Return what messages call a file: its path from the workspace, with `/`."""
        return file.relative_to(self.root).as_posix()


def find(given: Path | None = None, start: Path | None = None) -> Workspace:
    """Return the workspace at `given` or DOCGEN_WORKSPACE, else the nearest one from the current folder upwards.

    Raises WorkspaceError when there is none, or when its docgen.toml is not right.
    """
    folder, is_there = root(given, start)
    if not is_there:
        raise WorkspaceError(_no_workspace(str(folder)))
    return _opened(folder)


def _no_workspace(place: str) -> Problem:
    return Problem(
        _("There is no docgen.toml here or in a folder above."),
        _("Go to the folder of your documents, name it with --workspace, or make a new one with docgen init."),
        Where(place),
    )


def _opened(folder: Path) -> Workspace:
    try:
        data = contents(folder / TOML, MOST_BYTES)
        source = read(TOML, data)
    except OSError as error:
        raise WorkspaceError(_unreadable(TOML, error)) from None
    except InputError as error:
        raise WorkspaceError(*error.problems) from None
    found = settings(source)
    speak("nn" if found.house.language == "nn" else "nb")
    return Workspace(folder, found, source.warnings, sha256(data).hexdigest())


def again(workspace: Workspace) -> Workspace:
    """Return the workspace as its docgen.toml says now. Raises WorkspaceError when that is not right."""
    try:
        data = contents(workspace.root / TOML, MOST_BYTES)
    except OSError as error:
        raise WorkspaceError(_unreadable(TOML, error)) from None
    return workspace if sha256(data).hexdigest() == workspace.digest else _opened(workspace.root)


def _unreadable(file: str, error: OSError) -> Problem:
    return Problem(
        _("The file can't be read: {reason}.", reason=reason(error)),
        _("See that it is not open in another program, and that you may read it."),
        Where(file),
    )


def input_files(workspace: Workspace) -> list[Path]:
    """Return every input file of the workspace, sorted. Links that lead out of the workspace are passed over."""
    found = scan(workspace.root, map(workspace.name, workspace.input_folders))
    return [workspace.root / name for name in input_names(workspace, found)]


def input_names(workspace: Workspace, found: Scan) -> list[str]:
    """Return the inputs among the files of a scan, sorted."""
    top = real(workspace.root)
    folders = tuple(f"{workspace.name(folder)}/" for folder in workspace.input_folders)
    named = (name for name in found.files if name.lower().endswith(SUFFIXES) and name.startswith(folders))
    return sorted(name for name in named if name not in found.links or real(workspace.root / name).is_relative_to(top))


def word_files(folder: Path) -> Iterator[Path]:
    """Give every Word document below a folder, without what editors and systems leave."""
    return files_in(folder, SUFFIX)


def files_in(folder: Path, suffix: str) -> Iterator[Path]:
    """Give every file below a folder whose name ends so, without what editors and systems leave."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(IGNORED))
        for name in sorted(names):
            if name.casefold().endswith(suffix) and not name.startswith(IGNORED):
                yield Path(place, name)


def read_input(workspace: Workspace, file: Path) -> Source:
    """Return the input, read. Raises InputError."""
    return read(workspace.name(file), input_contents(workspace, file))


def input_contents(workspace: Workspace, file: Path) -> bytes:
    """Return the bytes of an input. Raises InputError."""
    name = workspace.name(file)
    if not is_unicode(name):
        what = _("The name of the file can't be read.")
        raise InputError(Problem(what, _("Give the file and its folders names of ordinary letters."), Where(name)))
    try:
        data = contents(file, MOST_BYTES)
        if len(data) > MOST_BYTES:
            raise InputError(too_large(name, file.stat().st_size))
    except OSError as error:
        raise InputError(_unreadable(name, error)) from None
    return data


def contents(file: Path, most: int) -> bytes:
    """Return the bytes of an ordinary file, but no more than one above `most`. Raises OSError.

    A pipe would be waited for without end, and a file of many gigabytes fill the memory.
    """
    if not stat.S_ISREG(file.stat().st_mode):
        raise OSError(_("it is not an ordinary file"))
    with file.open("rb") as opened:
        return opened.read(most + 1)


def real(path: Path) -> Path:
    """Return the path without links. Unlike Path.resolve it takes a link that leads back to itself for a file."""
    return Path(os.path.realpath(path))


def is_unicode(name: str) -> bool:
    """Return whether a file's name is text: a disk may hold others, and no document could print them."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def inside(workspace: Workspace, source: str, named: str) -> Path | None:
    """Return the file that an input (its name in the workspace) names: beside it, or from the workspace's folder.

    None when there is no such file, or when it lies outside the workspace, also through a link.
    """
    top = real(workspace.root)
    plain = named.replace("\\", "/")
    if not plain or plain.startswith("/") or ":" in plain or "\0" in plain:
        return None
    for folder in ((workspace.root / source).parent, workspace.root):
        file = real(folder / plain)
        if file.is_file() and file.is_relative_to(top):
            return file
    return None
