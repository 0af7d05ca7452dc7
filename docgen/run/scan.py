"""What lies in the folders of a workspace, and when each file was changed. Light, for builds with nothing to do."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

Stamp = tuple[int, int, int, int]
"""A file's size in bytes, when its content and its entry were changed in nanoseconds, and its number on the disk."""

IGNORED = ("~$", ".~lock", ".")
"""How the names begin of files that editors and systems leave: they are no inputs."""

_LEFT = (".tmp", "~", ".bak", ".swp", ".part", ".crdownload")
_NAMED = ("thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r")


@dataclass(frozen=True, slots=True)
class Scan:
    """Every file below some folders: its name from the workspace with `/`, and its stamp.

    `missing` are the folders that are not there or can't be listed, `links` those that are no plain files,
    and `left` hidden files of the kind that a program leaves which was killed while it wrote.
    """

    files: dict[str, Stamp] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)


def is_ignored(name: str) -> bool:
    """Return whether a file or folder of this name is none of a person's: a lock, a backup, a temporary file."""
    folded = name.casefold()
    return name.startswith(IGNORED) or folded.endswith(_LEFT) or folded in _NAMED


def stamp(there: os.stat_result) -> Stamp:
    """Return the stamp of a file from what the system says of it."""
    # Windows does not tell the number when it lists a folder; others go beyond what a database takes as a number.
    node = 0 if os.name == "nt" else there.st_ino & 0x7FFF_FFFF_FFFF_FFFF
    return there.st_size, there.st_mtime_ns, there.st_ctime_ns, node


def scan(root: Path, folders: Iterable[str], *, with_hidden: bool = False) -> Scan:
    """Return what lies in the folders, which are named from `root`, and in those below them.

    A link to a file is told as the file that it leads to; a link to a folder is not followed.
    """
    found = Scan()
    for folder in folders:
        _into(found, os.path.join(root, folder), folder, with_hidden=with_hidden)
    return found


def _into(found: Scan, path: str, name: str, *, with_hidden: bool) -> None:
    try:
        with os.scandir(path) as entries:
            there = list(entries)
    except OSError:
        found.missing.append(name)
        return
    for entry in there:
        if not with_hidden and is_ignored(entry.name):
            if entry.name.startswith(".") and entry.name.endswith(".tmp"):
                found.left.append(f"{name}/{entry.name}")
            continue
        inner = f"{name}/{entry.name}"
        try:
            if entry.is_dir(follow_symlinks=False):
                _into(found, entry.path, inner, with_hidden=with_hidden)
                continue
            if not entry.is_file(follow_symlinks=False):
                found.links.add(inner)
            found.files[inner] = _stamp_of(entry)
        except OSError:
            # It went while we looked: what is not there is no file.
            continue


def _stamp_of(entry: os.DirEntry[str]) -> Stamp:
    try:
        return stamp(entry.stat())
    except OSError:
        # A link to nothing is still a file that somebody put there, and is to be told that it can't be read.
        return stamp(entry.stat(follow_symlinks=False))
