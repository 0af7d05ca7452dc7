"""What wakes the watcher: an event in a folder, or a signal to stop."""

from __future__ import annotations

import contextlib
import select
import signal
import socket
from collections.abc import Callable, Iterator
from types import FrameType

_END = 0.02

Handler = Callable[[int, FrameType | None], object] | int | None


class Stopped(BaseException):
    """The watcher was asked to stop. No Exception, so that nothing on the way takes it for a fault."""


class Bell:
    """Rung from other threads and by signals; `wait` sleeps until it rings.

    Sockets, because a lock is not safe to take in a signal's handler, and Windows can only wait for sockets.
    """

    def __init__(self) -> None:
        self._ear, self._rope = socket.socketpair()
        self._ear.setblocking(False)
        self._rope.setblocking(False)
        self._signals: list[int] = []

    def ring(self) -> None:
        """Wake whoever waits, now or next time."""
        with contextlib.suppress(OSError):  # full: it rings already; closed: nobody waits
            self._rope.send(b"\0")

    def wait(self, seconds: float) -> bool:
        """Sleep until it rings, at most `seconds`; return whether it rang. Raises as `check` does."""
        self.check()
        # Linux wakes whoever sleeps long a thousandth of that time too late, so the end is slept by itself.
        rang = (seconds > _END and self._rings_within(seconds - _END)) or self._rings_within(min(seconds, _END))
        if rang:
            with contextlib.suppress(BlockingIOError):
                while self._ear.recv(4096):
                    pass
        self.check()
        return rang

    def _rings_within(self, seconds: float) -> bool:
        return bool(select.select([self._ear], [], [], max(seconds, 0.0))[0])

    def check(self) -> None:
        """Raise Stopped, or KeyboardInterrupt after Ctrl-C, when there was a signal to stop."""
        if signal.SIGINT in self._signals:
            raise KeyboardInterrupt
        if self._signals:
            raise Stopped

    @contextlib.contextmanager
    def rung_by_signals(self) -> Iterator[None]:
        """Take Ctrl-C, SIGTERM and the closing of the window as a wish to stop when what is under way is done.

        A second Ctrl-C stops at once. Only the main thread can do this.
        """
        awaited = [signal.SIGINT, signal.SIGTERM]
        if hasattr(signal, "SIGBREAK"):  # Windows: Ctrl-Break, and the window is closed
            awaited.append(signal.SIGBREAK)
        before: dict[int, Handler] = {one: signal.signal(one, self._take) for one in awaited}
        rope = signal.set_wakeup_fd(self._rope.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(rope)
            for one, handler in before.items():
                signal.signal(one, handler)

    def close(self) -> None:
        """Let go of the sockets."""
        self._ear.close()
        self._rope.close()

    def _take(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGINT and number in self._signals:
            raise KeyboardInterrupt
        self._signals.append(number)
