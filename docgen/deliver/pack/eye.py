"""PDFium in a process of its own, which is ended when a file keeps it busy for ever, or ends it."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from threading import Timer
from types import TracebackType
from typing import Any

from docgen.deliver.pack.links import Place
from docgen.deliver.pack.looking import Job, Looked, look
from docgen.deliver.pack.room import Spot

PATIENCE = 20.0
"""Seconds that a file may take, and besides them:"""
A_PAGE = 0.5
_MOST_MEMORY = 4 << 30


class BlindedError(Exception):
    """A file could not be looked at: it took for ever, or all memory there is, or PDFium stumbled over it."""


class Eye:
    """Looks at files one after the other, with a process that is started at once, while the asker goes on."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = ThreadPoolExecutor(1, "eye")
        self._asked: list[Future[Looked]] = []

    def __enter__(self) -> Eye:
        self._process = _started()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.forget()
        if self._process is not None:
            self._process.kill()  # what it is at is of no use to anybody
        self._thread.shutdown()
        self._end()

    def ask(self, job: Job) -> Future[Looked]:
        """Return what will hold what is seen of a file, or BlindedError."""
        self._asked.append(self._thread.submit(self.look, job))
        return self._asked[-1]

    def forget(self) -> None:
        """Leave out what was asked for and has not been begun."""
        for one in self._asked:
            one.cancel()
        self._asked.clear()

    def look(self, job: Job) -> Looked:
        """Return what is seen of a file. Raises BlindedError."""
        process = self._process = self._process or _started()
        assert process.stdin is not None
        assert process.stdout is not None
        timer = Timer(PATIENCE + A_PAGE * len(job.pages), process.kill)
        timer.start()
        try:
            pickle.dump(job, process.stdin)
            process.stdin.flush()
            # JSON, for what comes back is from a process that has read someone else's file
            said = process.stdout.readline()
        except BrokenPipeError:
            said = b""
        finally:
            timer.cancel()
        if not said.endswith(b"\n"):
            self._end()
            raise BlindedError
        return _looked(json.loads(said))

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _started() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "docgen.deliver.pack.eye"]
    path = os.pathsep.join(place for place in sys.path if place)
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
    )


def _looked(said: dict[str, Any]) -> Looked:
    return Looked(
        [Spot(**spot) for spot in said["spots"]],
        said["has_text"],
        [
            [Place(one["page"], tuple(tuple(box) for box in one["boxes"]), tuple(one["marks"])) for one in found]
            for found in said["places"]
        ],
    )


def main() -> None:
    """Look at the files that come in, as pickles, and say what is seen of each in a line of JSON."""
    _limit_memory()
    while True:
        try:
            job = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        sys.stdout.write(json.dumps(asdict(look(job))) + "\n")
        sys.stdout.flush()


def _limit_memory() -> None:
    if os.name == "posix":
        import resource  # Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


if __name__ == "__main__":
    main()
