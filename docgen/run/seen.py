"""What a build sees on disk before it reads anything: the inputs, and the stamps of all that documents are made of."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from docgen.model.library import Entry
from docgen.problems import InputError, Problem
from docgen.run.known import KnownInput
from docgen.run.scan import Scan, Stamp, scan, stamp
from docgen.run.untouched import Glimpse
from docgen.run.workspace import Workspace, input_contents, input_names, is_unicode

FRESH: list[int] = []
"""Stands for the stamp of a file that was changed just now: no file has it, so that the file is looked at again."""

_FRESH = 2_000_000_000
"""Nanoseconds within which a file may change again without its stamp telling: FAT counts in steps of two seconds."""


class Unsettled(Exception):
    """An input was written while it was being read; its args are its name."""


@dataclass(slots=True)
class Seen:
    """The disk at one moment.

    `found` lies in the folders of inputs and templates, `made` in the folder `output`. `inputs` are the names of all
    inputs, `data` the bytes of those that were read since and are not typed yet.
    """

    workspace: Workspace
    at: int
    found: Scan
    made: Scan
    inputs: list[str]
    output: str
    is_hasty: bool = False
    """Whether output/ was not looked through: then a document is looked for when it is asked about."""
    is_strict: bool = False
    """Whether a file that is being written is to be passed over, and not read as it is."""
    data: dict[str, bytes] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    typed: dict[str, tuple[Entry, tuple[Problem, ...]]] = field(default_factory=dict)
    """The inputs that were read, with what each by itself has that is wrong."""

    def is_fresh(self, file: Stamp) -> bool:
        """Return whether the file was changed so shortly before that its stamp does not yet vouch for it."""
        return is_fresh(file, self.at)

    def stamp(self, name: str) -> Stamp | None:
        """Return the stamp by which an input can be known again, or None when it is too fresh or gone."""
        there = self.found.files.get(name)
        return None if there is None or self.is_fresh(there) else there

    def read(self, name: str) -> bytes:
        """Return the bytes of an input, read once. Raises InputError, and Unsettled for one written meanwhile."""
        if name not in self.data:
            data = input_contents(self.workspace, self.workspace.root / name)
            if stamp_of(self.workspace.root, name) != self.found.files.get(name):
                if self.is_strict:
                    raise Unsettled(name)
                self.found.files.pop(name, None)  # no stamp vouches for what was read
            self.data[name] = data
            self.digests[name] = sha256(data).hexdigest()
        return self.data[name]

    def is_changed(self, known: KnownInput) -> bool:
        """Return whether an input has another content than the one that is known."""
        if known.stamp is not None and known.stamp == self.found.files.get(known.file):
            return False
        try:
            self.read(known.file)
        except InputError:
            return known.standing != "unread" or bool(known.digest)
        if self.digests[known.file] != known.digest:
            return True
        del self.data[known.file]  # nobody asks for what is as it was
        return False

    def is_as_made(self, name: str, known: Stamp | None) -> bool:
        """Return whether a document lies in output/ as docgen left it."""
        return known is not None and self._made(name) == known

    def _made(self, name: str) -> Stamp | None:
        path = f"{self.output}/{name}"
        return stamp_of(self.workspace.root, path) if self.is_hasty else self.made.files.get(path)

    def lies_in_output(self, name: str) -> bool:
        """Return whether there is a document of this path from output/."""
        return self._made(name) is not None

    def left_by_a_crash(self) -> list[str]:
        """Return what a build that was killed may have left half written."""
        here = (entry for folder in (".", ".docgen") for entry in _names(self.workspace.root, folder))
        return [
            *self.found.left,
            *(name for name in (*self.made.files, *here) if name.endswith(".tmp")),
        ]

    @property
    def templates(self) -> list[str]:
        """The names of the Word templates."""
        folder = f"{self.workspace.name(self.workspace.templates)}/"
        return sorted(name for name in self.found.files if name.startswith(folder) and name.endswith(".docx"))


def is_fresh(file: Stamp, at: int) -> bool:
    """Return whether a file was changed so shortly before `at` (ns) that its stamp does not yet vouch for it."""
    return max(file[1], file[2]) > at - _FRESH


def seen(workspace: Workspace, *, is_hasty: bool = False, glimpse: Glimpse | None = None) -> Seen:
    """Look at the workspace's folders; not at output/ in haste. What was seen just now is not looked at again."""
    folders = [workspace.name(folder) for folder in (*workspace.input_folders, workspace.templates)]
    output = workspace.name(workspace.output)
    if glimpse and glimpse.is_of(workspace.root, folders, output):
        at, found = glimpse.at, glimpse.found
    else:
        at, found = time.time_ns(), scan(workspace.root, folders)
    made = Scan() if is_hasty else scan(workspace.root, [output], with_hidden=True)
    return Seen(workspace, at, found, made, input_names(workspace, found), output, is_hasty)


def _names(root: Path, folder: str) -> list[str]:
    try:
        return [f"{folder}/{name}" for name in os.listdir(root / folder)]
    except OSError:
        return []


def watched(workspace: Workspace, source: str, named: Iterable[str]) -> list[tuple[str, Stamp | None]]:
    """Return where the files that an input names are looked for, and what lies there."""
    found = {}
    for name in named:
        plain = name.replace("\\", "/")
        if plain and not plain.startswith("/") and ":" not in plain and "\0" not in plain and is_unicode(plain):
            for folder in (os.path.dirname(source), ""):
                place = os.path.normpath(os.path.join(folder, plain)).replace("\\", "/")
                found[place] = stamp_of(workspace.root, place)
    return sorted(found.items())


def stamp_of(root: Path, name: str) -> Stamp | None:
    """Return the stamp of a file, or None when it is not there."""
    try:
        return stamp(os.stat(os.path.join(root, name)))
    except OSError:
        return None


def are_as_watched(known: KnownInput, there: Seen, looked: dict[str, Stamp | None]) -> bool:
    """Return whether the files that an input names are as they were; `looked` remembers those looked at."""
    for name, was in known.watched:
        if name not in looked:
            looked[name] = there.found.files.get(name) or stamp_of(there.workspace.root, name)
        if looked[name] != (tuple(was) if was is not None else None):
            return False
    return True
