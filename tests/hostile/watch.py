"""Sees what docgen does to the machine while it builds: files opened, written and moved, programs and connections."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}
_OUTWARD = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")


@dataclass
class Seen:
    """What was done, with whole paths."""

    read: set[Path] = field(default_factory=set)
    changed: set[Path] = field(default_factory=set)
    outward: list[str] = field(default_factory=list)


_now: list[Seen] = []


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if not _now:
        return
    seen = _now[-1]
    if event == "open" and isinstance(args[0], str | bytes | os.PathLike):
        path = Path(os.path.abspath(os.fsdecode(args[0])))
        (seen.changed if (args[2] or 0) & _WRITING else seen.read).add(path)
    elif event in _CHANGES:
        seen.changed |= {Path(os.path.abspath(os.fsdecode(one))) for one in args if isinstance(one, str | bytes)}
    elif event.startswith(_OUTWARD):
        seen.outward.append(f"{event} {args}")


sys.addaudithook(_hook)


@contextmanager
def watched() -> Iterator[Seen]:
    """Give what is seen until the end of the block."""
    seen = Seen()
    _now.append(seen)
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield seen
    finally:
        sys.dont_write_bytecode = bytecode
        _now.pop()
