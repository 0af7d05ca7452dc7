"""Whether the watched folders are there: one that is suddenly gone or empty is a share that is away, not emptied."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from docgen.disk import write_whole
from docgen.messages import _
from docgen.run.scan import Scan

log = logging.getLogger(__name__)

MARKER = ".docgen-mappe"
"""What the watcher leaves in each folder. An empty folder that has it was emptied by a person."""

REMEMBERED = ".docgen/folders.txt"
"""The folders that once were there, so that one that is away when the watcher starts is missed."""

_HIDDEN = 2
"""What Windows calls a file that is not shown."""


class Presence:
    """Knows which folders of the workspace were there, also before the watcher was started."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known = _read(root / REMEMBERED)

    def away(self, folders: Iterable[str], found: Scan) -> list[str]:
        """Return those of the folders that were there before, and now are gone or empty without their marker."""
        if not self._root.is_dir():
            return list(folders)
        return [folder for folder in folders if folder in self._known and not self._is_here(folder, found)]

    def mark(self, folders: Iterable[str], found: Scan) -> None:
        """Take note of the folders that are there, and leave a marker in each. What can't be written is passed over."""
        for folder in folders:
            if folder not in found.missing:
                with contextlib.suppress(OSError):
                    _leave(self._root / folder / MARKER)
                if folder not in self._known:
                    self._known.add(folder)
                    self._remember()

    def _is_here(self, folder: str, found: Scan) -> bool:
        if folder in found.missing:
            return False
        return any(name.startswith(f"{folder}/") for name in found.files) or (self._root / folder / MARKER).exists()

    def _remember(self) -> None:
        try:
            write_whole(
                self._root / REMEMBERED, "".join(f"{name}\n" for name in sorted(self._known)).encode(), self._root
            )
        except OSError as error:
            log.warning("folders not remembered: %s", error)


def _read(file: Path) -> set[str]:
    try:
        return set(file.read_text("utf-8").splitlines())
    except (OSError, UnicodeDecodeError):
        return set()


def _leave(marker: Path) -> None:
    if marker.exists():
        return
    text = _("This file tells docgen that the folder is in its place. Let it be.")
    with marker.open("x", encoding="utf-8") as file:
        file.write(f"{text}\n")
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetFileAttributesW(os.fspath(marker), _HIDDEN)
