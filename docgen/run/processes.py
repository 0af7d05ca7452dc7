"""Processes that docgen's work can be sent to: started clean, deaf to Ctrl-C, and gone when docgen is gone."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import Any

from docgen.messages import speak, spoken

PATIENCE = 0.5
"""How many seconds a pool with no processes may take to end, until it is helped."""


class _Process(SpawnProcess):
    def start(self) -> None:
        with _without_main(), _without_interrupts():
            super().start()


class _Spawn(SpawnContext):
    """Spawn and never fork: the watcher has threads, and a fork of a process with threads can hang."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[_Process] = []

    def Process(self, *args: Any, **more: Any) -> _Process:  # type: ignore[override]  # noqa: N802
        process = _Process(*args, **more)
        self.started.append(process)
        return process


class Processes(ProcessPoolExecutor):
    """Up to so many processes, each started when there is work for it.

    Where the system gives no processes, this or the first task raises OSError, ImportError or NotImplementedError.
    """

    def __init__(self, most: int) -> None:
        self._spawn = _Spawn()
        super().__init__(most, self._spawn, initializer=_begin, initargs=(spoken(),))

    def stop(self) -> None:
        """Stop the processes: what they are at is done first, the rest is dropped."""
        self.shutdown(wait=True, cancel_futures=True)

    def kill(self) -> None:
        """End the processes, after one of them has ended: none that is overlooked may be waited for."""
        for process in self._spawn.started:
            if process.pid is not None:
                process.kill()
        # Python before 3.11.5 waits for ever for a thread that writes to a pipe which nobody reads any more, for docgen
        # itself holds the reader open (https://github.com/python/cpython/issues/94777): without one the writing fails.
        manager, queue = getattr(self, "_executor_manager_thread", None), getattr(self, "_call_queue", None)
        if manager is not None and queue is not None:
            manager.join(PATIENCE)
            if manager.is_alive():
                with suppress(OSError):
                    queue._reader.close()
        self.stop()


@contextmanager
def _without_main() -> Iterator[None]:
    """Let a new process not run the program that docgen was started by: the command line is slow to load."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let a new process inherit that Ctrl-C is not for it; one that comes meanwhile is met afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(language: str) -> None:
    """Make ready a new process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Each process has both ends of the queue that it reads, so it would wait for more for ever when docgen is killed.
    threading.Thread(target=_end_with_docgen, daemon=True).start()
    speak(language)
    # As in `docgen build`: to look for rings of garbage often takes a fifth of the time.
    gc.freeze()
    gc.set_threshold(50_000)


def _end_with_docgen() -> None:
    docgen = parent_process()
    if docgen is not None:
        docgen.join()
        os._exit(1)
