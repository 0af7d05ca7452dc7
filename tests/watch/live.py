"""A watcher in a thread of its own, with real files, real events and real time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from docgen.run.report import Report
from docgen.watch.bell import Bell, Stopped
from docgen.watch.loop import watch
from docgen.watch.pace import Pace
from docgen.watch.watcher import Listener, Watcher

SOON = 20.0
QUICK = 0.3
EVENTS = Pace(quiet=QUICK, interval=60.0)
POLLING = Pace(quiet=QUICK, interval=0.1, by_events=False)
QUICKEST = Pace(quiet=0.02, interval=0.01, by_events=False)


def soon(happened: Callable[[], object]) -> bool:
    until = time.monotonic() + SOON
    while time.monotonic() < until:
        if happened():
            return True
        time.sleep(0.01)
    return False


class Stoppable(Bell):
    """A bell that another thread can stop as a signal would."""

    stopped = False

    def check(self) -> None:
        if self.stopped:
            raise Stopped


class Heard(Protocol):
    """What keeps the reports of the builds and what was said."""

    reports: list[Report]
    said: list[str]


@contextmanager
def watched(builder: Any, heard: Heard, pace: Pace) -> Iterator[None]:
    bell = Stoppable()
    one = Watcher(builder, Listener(heard.reports.append, heard.said.append), bell, pace)
    thread = threading.Thread(target=watch, args=(one, bell))
    thread.start()
    try:
        yield
    finally:
        bell.stopped = True
        bell.ring()
        thread.join(SOON)
        assert not thread.is_alive()
        bell.close()


def word_saves(file: Path, text: str) -> None:
    temporary, old = file.with_name("~WRD0001.tmp"), file.with_name("~WRL0002.tmp")
    temporary.write_text(text[:1], "utf-8")
    temporary.write_text(text, "utf-8")
    file.rename(old)
    temporary.rename(file)
    old.unlink()
