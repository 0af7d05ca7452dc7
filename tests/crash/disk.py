"""A disk as a power cut finds it: what was written is there for certain only when it, and its name, were flushed.

POSIX promises no more: the content of a file is kept by fsync of the file, and names by fsync of their folder. Real
file systems keep more than that, each in its own way, so three ways to lose the rest are tried.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Literal

Loss = Literal["all", "data", "half"]
LOSSES: tuple[Loss, ...] = ("all", "data", "half")
"""Lost is all that was not flushed; only what was in the files, not their names; or half of what was in them."""


@dataclass(slots=True)
class _File:
    """What is written in a file, what is flushed of it, and the changes after that."""

    data: bytearray = field(default_factory=bytearray)
    flushed: bytes = b""
    changes: list[tuple[int, bytes] | int] = field(default_factory=list)
    """Bytes written at a place, or a length that it was cut to."""

    def left(self, loss: Loss) -> bytes:
        if loss != "half":
            return self.flushed
        data = bytearray(self.flushed)
        some = self.changes[: (len(self.changes) + 1) // 2]
        for at, change in enumerate(some):
            is_last = at == len(some) - 1
            _change(
                data, (change[0], change[1][: len(change[1]) // 2]) if is_last and isinstance(change, tuple) else change
            )
        return bytes(data)


def _change(data: bytearray, change: tuple[int, bytes] | int) -> None:
    if isinstance(change, int):
        del data[change:]
        data.extend(bytes(change - len(data)))
        return
    at, written = change
    data.extend(bytes(max(0, at - len(data))))
    data[at : at + len(written)] = written


class Disk:
    """The files below a folder, as they are and as a power cut would leave them. Paths are relative to the folder."""

    def __init__(self, root: Path, passed_over: tuple[str, ...] = ()) -> None:
        self._files: dict[PurePath, _File] = {}
        self._folders: set[PurePath] = {PurePath()}
        for path in root.rglob("*"):
            name = path.relative_to(root)
            if name.parts[0] in passed_over:
                continue
            if path.is_dir():
                self._folders.add(name)
            else:
                data = path.read_bytes()
                self._files[name] = _File(bytearray(data), data)
        self._kept_files, self._kept_folders = dict(self._files), set(self._folders)

    def created(self, path: PurePath, *, emptied: bool = False) -> None:
        """A file was opened, and made if it was not there."""
        file = self._files.setdefault(path, _File())
        if emptied and file.data:
            self.cut(path, 0)

    def wrote(self, path: PurePath, at: int, data: bytes) -> None:
        self._changed(path, (at, data))

    def cut(self, path: PurePath, length: int) -> None:
        self._changed(path, length)

    def _changed(self, path: PurePath, change: tuple[int, bytes] | int) -> None:
        file = self._files[path]
        _change(file.data, change)
        file.changes.append(change)

    def flushed(self, path: PurePath) -> None:
        """A file or a folder was flushed."""
        if path in self._files:
            file = self._files[path]
            file.flushed = bytes(file.data)
            file.changes.clear()
            return
        self._kept_files = {name: file for name, file in self._kept_files.items() if name.parent != path} | {
            name: file for name, file in self._files.items() if name.parent == path
        }
        self._kept_folders = {name for name in self._kept_folders if name.parent != path or name == path} | {
            name for name in self._folders if name.parent == path
        }

    def renamed(self, path: PurePath, to: PurePath) -> None:
        self._files[to] = self._files.pop(path)

    def removed(self, path: PurePath) -> None:
        self._files.pop(path, None)

    def made_folder(self, path: PurePath) -> None:
        self._folders.add(path)

    def left(self, loss: Loss) -> dict[PurePath, bytes]:
        """Return what a power cut now would leave."""
        if loss != "all":
            return {name: file.left(loss) for name, file in self._files.items()}
        return {
            name: file.left(loss)
            for name, file in self._kept_files.items()
            if all(folder in self._kept_folders for folder in name.parents)
        }


def put(left: dict[PurePath, bytes], root: Path, folder: str, spared: str = "") -> None:
    """Make a folder of `root` hold what a power cut has left, and nothing else but what begins with `spared`."""
    for file in list((root / folder).rglob("*")):
        if file.is_file() and not (spared and file.name.startswith(spared)):
            file.unlink()
    for name, data in left.items():
        if name.parts[0] == folder and not (spared and name.name.startswith(spared)):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
