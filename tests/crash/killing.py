"""A build in a process of its own, which dies at a moment of somebody else's choosing."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.register.store import Register
from tests.crash.truths import Known, say_what_is_kept

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")

DIED, FAILED = -signal.SIGKILL, 3


class Child:
    """A forked process that does some work. What it says is heard when it is over, also when it was killed.

    `beats` is a pipe in which it ticks when it comes to something that must not be cut in two.
    """

    def __init__(self, work: Callable[[], object], said: Path) -> None:
        self._said = said
        self.beats, theirs = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(theirs)
            return
        code = FAILED
        try:
            # A file, not a pipe: what is in it stays, however the process ends.
            say_what_is_kept(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND))
            _tick(theirs)
            work()
            code = 0
        except BaseException:  # noqa: BLE001 - whatever it is, the parent shall see it, and this process must end
            traceback.print_exc()
        finally:
            os._exit(code)

    def wait_for_beats(self, count: int) -> None:
        """Return when the process has come that far, or is done."""
        while count > 0 and (told := os.read(self.beats, count)):
            count -= len(told)

    def wait(self, seconds: float) -> None:
        """Return after so long, or when the process is done."""
        poll = select.poll()
        poll.register(self.beats, select.POLLHUP)
        poll.poll(seconds * 1000)

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def end(self, known: Known) -> int:
        """Wait for the end, hear what was said, and return the exit code: DIED when it was killed."""
        _pid, status = os.waitpid(self.pid, 0)
        os.close(self.beats)
        known.published.clear()
        if self._said.exists():
            for line in self._said.read_bytes().splitlines(keepends=True):
                known.hear(line)
            self._said.unlink()
        return os.waitstatus_to_exitcode(status)


def _tick(to: int) -> None:
    """Make this process tick before and after each command of a transaction, and at each name that is changed."""
    control, replace = Register._control, os.replace

    def controlled(register, command):
        os.write(to, b".")
        control(register, command)
        os.write(to, b".")

    def replaced(source, target):
        os.write(to, b".")
        replace(source, target)
        os.write(to, b".")

    Register._control, os.replace = controlled, replaced
