"""Which docgen is at work: its code, and what is installed with it. Light, for builds with nothing to do."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

from docgen import __version__

_CODE = (".py", ".toml", ".mo", ".css", ".js")


@cache
def program() -> str:
    """Return a digest that is another after every change of docgen's code, of Python or of an installed package.

    Files are told by size and times and not by their content: to read them all would take longer than the build. A
    file's own time may be that of its making, far away, but that of its entry on this disk is always new.
    """
    told = blake2b(f"{__version__} {sys.version}".encode(), digest_size=16)
    for name in _code(Path(__file__).parent):
        told.update(name.encode())
    for folder in sys.path:
        if folder.endswith("site-packages") and os.path.isdir(folder):
            told.update(str(os.stat(folder).st_mtime_ns).encode())
    return told.hexdigest()


def _code(folder: Path) -> list[str]:
    found, folders = [], [str(folder)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        folders.append(entry.path)
                elif entry.name.endswith(_CODE):
                    there = entry.stat()
                    name = os.path.relpath(entry.path, folder)
                    found.append(f"{name} {there.st_size} {there.st_mtime_ns} {there.st_ctime_ns}")
    return sorted(found)
