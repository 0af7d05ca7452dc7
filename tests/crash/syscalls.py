"""What a program asks the operating system to do with the files of a workspace, as strace writes it down."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

import pytest

from tests.crash.disk import Disk

CHANGES = (
    "open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,fsync,fdatasync,sync_file_range,"
    "rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,fallocate,copy_file_range,"
    "sendfile"
)

_LINE = re.compile(r"(?P<name>\w+)\((?P<arguments>.*)\) = (?P<result>-?\d+)(?:<[^>]*>)?(?P<error> E[A-Z]+ .*)?")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_HANDLE = re.compile(r"(\d+)<((?:\\x[0-9a-f]{2})*)>")


def _may_trace() -> bool:
    if not shutil.which("strace"):
        return False
    tried = subprocess.run(  # a container may forbid it
        ["strace", "-y", "-xx", "-e", "trace=openat", sys.executable, "-c", ""], capture_output=True, check=False
    )
    return tried.returncode == 0


needs_strace = pytest.mark.skipif(not _may_trace(), reason="strace is not here, or may not look at a program")


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its name, the file, and what goes with it. `path` is absolute; `number` is a place or a length."""

    name: str
    path: PurePath
    to: PurePath | None = None
    handle: int = -1
    number: int = 0
    data: bytes = b""
    flags: str = ""

    @property
    def is_flush(self) -> bool:
        return self.name in ("fsync", "fdatasync")

    @property
    def is_rename(self) -> bool:
        return self.name.startswith("rename")

    @property
    def is_write(self) -> bool:
        return self.name in ("write", "pwrite64")


def traced(log: Path, *command: str, inject: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command under strace, which writes `log`; `inject` is what strace shall make go wrong."""
    options = ["-y", "-xx", "-s", "10000000", "-e", "signal=none", "-e", f"trace={CHANGES}", "-o", str(log)]
    options += ["-e", f"inject={inject}"] if inject else []
    repository = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(repository), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        ["strace", *options, sys.executable, *command],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment,
    )


def calls(log: Path, root: Path) -> Iterator[Call]:
    """Give the calls that were done on the files below `root`, in their order."""
    for line in log.read_text("ascii").splitlines():
        found = _LINE.fullmatch(line.strip())
        if found is None or found["error"] or int(found["result"]) < 0:
            continue
        call = _call(found["name"], found["arguments"], int(found["result"]))
        if call.path.is_relative_to(root) and not call.path.name.endswith("-shm"):
            yield call


def _call(name: str, arguments: str, result: int) -> Call:
    texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments)]
    handle = _HANDLE.match(arguments)
    number, path = (int(handle[1]), _path(bytes.fromhex(handle[2].replace("\\x", "")))) if handle else (-1, PurePath())
    last = arguments.rpartition(", ")[2]
    match name:
        case "open" | "openat" | "creat":
            return Call(name, _path(texts[0]), handle=result, flags=arguments)
        case "write":
            return Call(name, path, handle=number, data=texts[0][:result] if texts else b"")
        case "pwrite64":
            return Call(name, path, handle=number, number=int(last), data=texts[0][:result])
        case "ftruncate":
            return Call(name, path, number=int(last))
        case "rename" | "renameat" | "renameat2":
            return Call(name, _path(texts[0]), _path(texts[1]))
        case "unlink" | "unlinkat" | "mkdir" | "mkdirat":
            return Call(name, _path(texts[0]))
    return Call(name, path, handle=number)


def _path(name: bytes) -> PurePath:
    return PurePath(os.fsdecode(name))


class Replay:
    """Does on a Disk what was done on the real one."""

    def __init__(self, disk: Disk, root: Path) -> None:
        self.disk, self._root = disk, root
        self._places: dict[int, int] = {}

    def do(self, call: Call) -> None:
        path = call.path.relative_to(self._root)
        match call.name:
            case "open" | "openat" | "creat":
                self._places[call.handle] = 0
                if "O_CREAT" in call.flags or "O_TRUNC" in call.flags:
                    self.disk.created(path, emptied="O_TRUNC" in call.flags)
            case "write":
                self.disk.wrote(path, self._places[call.handle], call.data)
                self._places[call.handle] += len(call.data)
            case "pwrite64":
                self.disk.wrote(path, call.number, call.data)
            case "ftruncate":
                self.disk.cut(path, call.number)
            case "fsync" | "fdatasync":
                self.disk.flushed(path)
            case "rename" | "renameat" | "renameat2":
                assert call.to
                self.disk.renamed(path, call.to.relative_to(self._root))
            case "unlink" | "unlinkat":
                self.disk.removed(path)
            case "mkdir" | "mkdirat":
                self.disk.made_folder(path)
            case _:
                raise NotImplementedError(call.name)
