"""What a power cut must not take: folders, names and small files, flushed to the disk."""

from __future__ import annotations

import os
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that a power cut after this does not lose them. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def write(file: Path, data: bytes) -> None:
    """Write a small file whole: beside, flushed, then in its place. Raises OSError."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        move(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)


def move(file: Path, to: Path) -> None:
    """Move a file within its folder, over one that has the name already. Raises OSError."""
    os.replace(file, to)
    sync_folder(to.parent)


def sync_folder(folder: Path) -> None:
    """Flush a folder, without which a power cut may forget the names in it. Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
