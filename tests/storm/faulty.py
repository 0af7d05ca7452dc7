"""A disk that fails at one step of whatever is written below a folder, till it is mended: in this process."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from docgen import disk

FULL, READ_ONLY, DENIED, GONE, BROKEN = errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOENT, errno.EIO

Refuse = Callable[[object], None]
"""Raises the disk's error when the file is one that it fails for."""


class Disk:
    """`fails` is when it does. `count` tells how often it has."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, step: Step, number: int, spares: Callable[[str], bool]) -> None:
        self.is_failing, self.count = False, 0
        self._number, self._spares = number, spares
        step(monkeypatch, self._refuse)

    @contextmanager
    def fails(self) -> Iterator[None]:
        self.is_failing = True
        try:
            yield
        finally:
            self.is_failing = False

    def _refuse(self, file: object) -> None:
        if self.is_failing and not self._spares(os.fspath(str(file))):
            self.count += 1
            raise OSError(self._number, os.strerror(self._number), str(file))


def at_open(monkeypatch: pytest.MonkeyPatch, refuse: Refuse) -> None:
    opened = io.open

    def broken(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if set(mode) & set("wxa+"):
            refuse(file)
        return opened(file, mode, *rest, **named)

    monkeypatch.setattr(io, "open", broken)


def at_write(monkeypatch: pytest.MonkeyPatch, refuse: Refuse) -> None:
    """The file is there, and empty: so a disk that is full is met."""
    opened = io.open

    class Broken(io.FileIO):
        def write(self, data: Any) -> int:
            refuse(self.name)
            return super().write(data)

    def broken(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if mode == "wb":
            return io.BufferedWriter(Broken(file, "w"))
        return opened(file, mode, *rest, **named)

    monkeypatch.setattr(io, "open", broken)


def at_flush(monkeypatch: pytest.MonkeyPatch, refuse: Refuse) -> None:
    flush = os.fsync

    def broken(handle: int) -> None:
        refuse(os.readlink(f"/proc/self/fd/{handle}"))
        flush(handle)

    monkeypatch.setattr(os, "fsync", broken)


def at_check(monkeypatch: pytest.MonkeyPatch, refuse: Refuse) -> None:
    """What was written is not what is read, as of a disk that loses it without a word."""
    read = Path.read_bytes

    def broken(file: Path) -> bytes:
        if file.name.endswith(".tmp"):
            refuse(file)
        return read(file)

    monkeypatch.setattr(Path, "read_bytes", broken)


def at_replace(monkeypatch: pytest.MonkeyPatch, refuse: Refuse) -> None:
    replace = os.replace

    def broken(source: Any, target: Any, **named: Any) -> None:
        refuse(target)
        replace(source, target, **named)

    monkeypatch.setattr(os, "replace", broken)


def at_folder(monkeypatch: pytest.MonkeyPatch, refuse: Refuse) -> None:
    """The folder can't be flushed after the name in it was changed."""
    sync = disk.sync_folder

    def broken(folder: Path) -> None:
        refuse(folder)
        sync(folder)

    monkeypatch.setattr(disk, "sync_folder", broken)


Step = Callable[[pytest.MonkeyPatch, Refuse], None]
STEPS: tuple[Step, ...] = (at_open, at_write, at_flush, at_check, at_replace, at_folder)
