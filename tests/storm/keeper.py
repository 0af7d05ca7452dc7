"""A watcher as a process of its own: what it prints, the memory it takes, and the processes that it starts."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.conftest import NOT_TAKEN_OVER

SOON = 60.0
"""Seconds within which all must be right after the last write."""

_MADE = re.compile(r"^\S+  Laget: (.*)$", re.MULTILINE)


class Keeper:
    """Runs `docgen watch` on a workspace. Its words go to a file beside it, so that it never waits for a reader."""

    def __init__(self, root: Path, *options: str) -> None:
        self._told = root.with_name(f"{root.name}.told")
        environment = {key: value for key, value in os.environ.items() if key not in NOT_TAKEN_OVER}
        with self._told.open("ab") as told:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "docgen", "watch", "--workspace", str(root), *options],
                cwd=Path(__file__).parents[2],
                env=environment,
                stdout=told,
                stderr=told,
            )
        self.pid = self._process.pid

    @property
    def told(self) -> str:
        """All that it has printed, also on stderr."""
        return self._told.read_text("utf-8")

    @property
    def made(self) -> Counter[str]:
        """How often it said that it made each document."""
        return Counter(_MADE.findall(self.told))

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    @property
    def memory(self) -> float:
        """The resident memory of the process, in megabytes (Linux)."""
        return _of_status(self.pid, "VmRSS") / 1024

    def send(self, number: int) -> None:
        os.kill(self.pid, number)

    def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        self.send(signal.SIGTERM)
        return self._process.wait(SOON)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(SOON)


@contextmanager
def kept(root: Path, *options: str) -> Iterator[Keeper]:
    """A watcher that has looked once, and that ends cleanly with the block."""
    keeper = Keeper(root, *options)
    try:
        assert soon(lambda: (root / "output/Status.html").exists() or not keeper.is_alive)
        yield keeper
        assert keeper.is_alive, keeper.told
        assert keeper.stop() == 0, keeper.told
    finally:
        keeper.kill()


def soon(happened: Callable[[], object], within: float = SOON) -> bool:
    until = time.monotonic() + within
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _of_status(pid: int, name: str) -> int:
    found = re.search(rf"^{name}:\s+([0-9]+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1])
