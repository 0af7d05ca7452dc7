"""What the watcher looks at: the files of the workspace that documents are made of, and a digest of their content."""

from __future__ import annotations

import contextlib
import os
import time
from hashlib import blake2b
from pathlib import Path
from pathlib import PurePosixPath as Pure

from docgen.deliver.status_page import PAGE
from docgen.read import SUFFIXES
from docgen.run.answers import SUFFIX
from docgen.run.root import TOML
from docgen.run.scan import Scan, Stamp, scan, stamp
from docgen.run.workspace import Workspace
from docgen.watch.settle import Content

_MOST = 1 << 20
_SECONDS = 1_000_000_000
_OLD = 60 * _SECONDS

_THERE: Stamp = (0, 0, 0, 0)
"""The stamp of the status page, which docgen itself writes again and again."""


def input_folders(workspace: Workspace) -> list[str]:
    """Return the names of the folders that inputs lie in."""
    return [workspace.name(folder) for folder in workspace.input_folders]


def watched_folders(workspace: Workspace) -> list[str]:
    """Return the names of all folders that are looked through: those of the inputs, and the templates."""
    return [*input_folders(workspace), workspace.name(workspace.templates)]


def look(workspace: Workspace) -> Scan:
    """Return what documents are made of: all of these folders but docgen's own answers, and docgen.toml."""
    found = scan(workspace.root, watched_folders(workspace))
    for name in [name for name in found.files if name.endswith(SUFFIX)]:
        del found.files[name]
    with contextlib.suppress(OSError):
        found.files[TOML] = stamp(os.stat(workspace.root / TOML))
    if (workspace.output / PAGE).exists():
        found.files[status_name(workspace)] = _THERE
    return found


def status_name(workspace: Workspace) -> str:
    """Return the name of the status page. That it is gone tells that a person has deleted what docgen made."""
    return workspace.name(workspace.output / PAGE)


_OLDEST = 0.05
"""Seconds that an event may have taken to be heard of."""


def age(stamp: Stamp, at: int) -> float:
    """Return for how many seconds a file on a disk of this machine had been as it is `at` a time; clocks may be set.

    The time is in nanoseconds since 1970.
    """
    return min(max((at - max(stamp[1], stamp[2])) / 1e9, 0.0), _OLDEST)


def is_input(workspace: Workspace, name: str) -> bool:
    """Return whether documents are made of this file by itself: not a template, a picture or an attachment."""
    if Pure(name).suffix.lower() not in SUFFIXES or name == TOML:
        return False
    return any(name.startswith(f"{folder}/") for folder in input_folders(workspace))


def content_of(root: Path) -> Content:
    """Return what gives the digest of a file below `root`: of all of a small one, of a large one's two ends.

    Nothing for one that has not been touched for a minute: whoever writes it now changes its stamp in the quiet time.
    Nothing too for one that can't be read: the build says so.
    """

    def content(name: str, known: Stamp) -> bytes:
        if time.time_ns() - max(known[1], known[2]) > _OLD:
            return b""
        digest = blake2b(digest_size=16)
        try:
            if not (root / name).is_file():  # a pipe would be waited for without end
                return b""
            with (root / name).open("rb") as file:
                digest.update(file.read(_MOST))
                if known[0] > _MOST:
                    file.seek(max(known[0] - _MOST, _MOST))
                    digest.update(file.read(_MOST))
        except OSError:
            return b""
        return digest.digest()

    return content
