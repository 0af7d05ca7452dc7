"""The system's own news of changed files, only a hint to look: watchdog, watched over and started again."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

log = logging.getLogger(__name__)

EVENTS: list[type[FileSystemEvent]] = [
    *(DirCreatedEvent, DirDeletedEvent, DirMovedEvent),
    *(FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent),
]
"""Not that a file was opened or closed unchanged: docgen reads the files, and would wake itself for ever."""

AGAIN = 300.0
"""After how many seconds events are tried again when the system has no room for more of them."""

PROBE = 30.0
"""How often, in seconds, it is seen whether there is room for more."""

_PATIENCE = 5.0

Identity = tuple[tuple[int, int] | None, ...]


class _Rings(FileSystemEventHandler):
    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._ring()


class Hints:
    """Rings at each event in the folders. `check` keeps it going, and tells whether it can be trusted to ring."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._rings = _Rings(ring)
        self._observer: BaseObserver | None = None
        self._identity: Identity = ()
        self._failed: float | None = None
        self._probed = 0.0

    def check(self, folders: Sequence[Path], root: Path, now: float) -> bool:
        """Start again what has stopped, and return whether events are coming.

        `folders` are followed with all below them, of `root` only the files in it. A folder that was put in another's
        place (a share that is back) is a new one.
        """
        identity = tuple(map(_identity, (*folders, root)))
        if self._observer and identity == self._identity and self._is_sound(self._observer, root, now):
            return True
        if self._failed is not None and identity == self._identity and now - self._failed < AGAIN:
            return False
        self.stop()
        self._identity = identity
        self._failed = None
        try:
            self._start(folders, root, now)
        except (OSError, RuntimeError) as error:  # no room for more watches, or for a thread
            log.warning("no events: %s", error)
            self._failed = now
            self.stop()
        return self._failed is None

    def stop(self) -> None:
        """Let go of the folders, and of the threads that followed them."""
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.stop()
            if observer.is_alive():
                observer.join(_PATIENCE)

    def _start(self, folders: Sequence[Path], root: Path, now: float) -> None:
        self._observer = observer = Observer()
        observer.start()
        for folder in folders:
            if folder.is_dir():
                observer.schedule(self._rings, str(folder), recursive=True, event_filter=EVENTS)
        observer.schedule(self._rings, str(root), recursive=False, event_filter=EVENTS)
        self._probe(observer, root, now)
        log.info("events from %d folders", len(folders))

    def _is_sound(self, observer: BaseObserver, root: Path, now: float) -> bool:
        """Return whether all its threads run (one of a folder that is deleted ends by itself), and none is left out."""
        alive = observer.is_alive() and all(emitter.is_alive() for emitter in observer.emitters)
        return alive and self._has_room(observer, root, now)

    def _has_room(self, observer: BaseObserver, root: Path, now: float) -> bool:
        if now - self._probed < PROBE:
            return True
        try:
            self._probe(observer, root, now)
        except OSError:
            return False
        return True

    def _probe(self, observer: BaseObserver, root: Path, now: float) -> None:
        """Follow one folder more for a moment. Raises OSError when there is no room for it.

        watchdog passes over the folders within a folder that there is no room for, without a word.
        """
        self._probed = now
        spare = root / ".docgen"
        if sys.platform == "linux" and spare.is_dir():
            observer.unschedule(observer.schedule(self._rings, str(spare), recursive=False, event_filter=EVENTS))


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        there = os.stat(folder)
    except OSError:
        return None
    return there.st_dev, there.st_ino
