"""The work of many documents in a pool of processes. What ends a process ends no more than one document."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

from docgen.messages import _
from docgen.problems import Problem, Where
from docgen.run.processes import Processes
from docgen.run.work import Job, Outcome, outcome, weight

log = logging.getLogger(__name__)

Key = TypeVar("Key")

TASK_WEIGHT = 24
"""Of the jobs that are sent together: some fifty milliseconds of work, beside which the sending is nothing."""

TASK_BYTES = 4_000_000
"""Of the pictures that are sent together."""

MOST_TRIES = 2
"""In company. A job whose process has ended so often is given a process of its own, once."""


KNOCK = 2.0
"""Seconds without an answer after which a pool is asked whether its processes are there."""


@dataclass(frozen=True, slots=True)
class Task(Generic[Key]):
    """Jobs that are sent together. `tries` is how often their process ended before they were done."""

    jobs: Sequence[tuple[Key, Job]]
    tries: int = 0


class NoProcessesError(Exception):
    """The system gives no processes, or they end before they have begun."""


def pooled(jobs: Iterable[tuple[Key, Job]], processes: int) -> Iterator[tuple[Key, Outcome]]:
    """Give what came of each job under its key, as they are done.

    Few are on their way at once, so memory does not grow with their number. Where no processes can be started, the
    work is done here; but never a job that a process may have ended over.
    """
    pool = Pool(tasks(jobs), processes)
    try:
        yield from pool.outcomes()
    except NoProcessesError:
        log.warning("no processes can be started, documents are made in this one")
        yield from pool.here()
    finally:
        pool.close()


def tasks(jobs: Iterable[tuple[Key, Job]]) -> Iterator[Task[Key]]:
    """Put the jobs together, each task about as much work as the next."""
    together: list[tuple[Key, Job]] = []
    work = size = 0
    for key, job in jobs:
        together.append((key, job))
        work += weight(job)
        size += sum(map(len, job.pictures.values()))
        if work >= TASK_WEIGHT or size >= TASK_BYTES:
            yield Task(together)
            together, work, size = [], 0, 0
    if together:
        yield Task(together)


class Pool(Generic[Key]):
    """Processes, the tasks on their way to and from them, and those that must be sent again."""

    def __init__(self, given: Iterator[Task[Key]], processes: int) -> None:
        self._given = given
        self._processes = processes
        self._again: deque[Task[Key]] = deque()
        self._sent: dict[Future[list[Outcome]], Task[Key]] = {}
        self._executor: Processes | None = None
        self._answered = False
        """Whether any process has ever done so."""

    def outcomes(self) -> Iterator[tuple[Key, Outcome]]:
        """Give the outcomes as they come. Raises NoProcessesError."""
        self._executor = _started(self._processes)
        while self._send():
            lost: list[Task[Key]] = []
            for future in answered(self._executor, self._sent):
                yield from self._received(future, lost)
            if not lost:
                continue
            # A process ended. All that was on its way is lost with it, and nobody knows over what it ended.
            for future in list(self._sent):
                yield from self._received(future, lost)
            log.warning("a process ended before its work was done; %d tasks are sent again", len(lost))
            self._again += [Task([job], task.tries + 1) for task in lost for job in task.jobs]
            self._renew()
            yield from self._alone()

    def here(self) -> Iterator[tuple[Key, Outcome]]:
        """Give the rest, done in this process."""
        self.close()
        for task in chain(self._sent.values(), self._again, self._given):
            for key, job in task.jobs:
                yield key, ended(job) if task.tries and self._answered else outcome(job)

    def close(self) -> None:
        """Stop the processes: what they are at is done first, the rest is dropped."""
        if self._executor:
            self._executor.stop()
            self._executor = None

    def _send(self) -> bool:
        """Send so much that no process waits for more; return whether anything is on its way."""
        assert self._executor
        while len(self._sent) < 2 * self._processes:
            task = self._again.popleft() if self._again else next(self._given, None)
            if task is None:
                break
            try:
                future = self._executor.submit(done, [job for _key, job in task.jobs])
            except BrokenProcessPool:
                # A process ended just now, and not over this task. If others are on their way, they tell.
                self._again.appendleft(task)
                if self._sent:
                    break
                self._renew()
            except OSError as error:
                self._again.appendleft(task)
                raise NoProcessesError from error
            else:
                self._sent[future] = task
        return bool(self._sent)

    def _received(self, future: Future[list[Outcome]], lost: list[Task[Key]]) -> Iterator[tuple[Key, Outcome]]:
        task = self._sent.pop(future)
        try:
            found = future.result(timeout=0)
        except (BrokenProcessPool, TimeoutError):
            lost.append(task)
            return
        self._answered = True
        for (key, _job), one in zip(task.jobs, found, strict=True):
            yield key, one

    def _renew(self) -> None:
        if self._executor:
            self._executor.kill()
        self._executor = _started(self._processes)
        try:
            (probe,) = answered(self._executor, [self._executor.submit(done, [])])
            probe.result(timeout=0)
        except (BrokenProcessPool, OSError) as error:
            raise NoProcessesError from error
        self._answered = True

    def _alone(self) -> Iterator[tuple[Key, Outcome]]:
        """Give each job that was lost too often a process of its own: the others were lost only in its company."""
        alone = [task for task in self._again if task.tries >= MOST_TRIES]
        self._again = deque(task for task in self._again if task.tries < MOST_TRIES)
        for task in alone:
            for key, job in task.jobs:
                yield key, done_alone(job)


def _started(processes: int) -> Processes:
    try:
        return Processes(processes)
    except (OSError, ImportError, NotImplementedError) as error:
        raise NoProcessesError from error


def answered(pool: Processes, sent: Iterable[Future[list[Outcome]]]) -> Iterable[Future[list[Outcome]]]:
    """Wait, and return the futures that have something to tell; all of them when a process has ended.

    A pool can miss that a process ended just as another was started, and would wait for ever. It looks again at each
    task it is given, so one with no jobs wakes it up.
    """
    while not (found := wait(sent, timeout=KNOCK, return_when=FIRST_COMPLETED).done):
        try:
            pool.submit(done, [])
        except BrokenProcessPool:
            return list(sent)
    return found


def done(jobs: Sequence[Job]) -> list[Outcome]:
    """Return what came of each job: this is what the processes do."""
    return [outcome(job) for job in jobs]


def done_alone(job: Job) -> Outcome:
    """Return what came of a job in a process of its own."""
    try:
        own = _started(1)
    except NoProcessesError:
        return ended(job)
    try:
        (future,) = answered(own, [own.submit(done, [job])])
        return future.result(timeout=0)[0]
    except (BrokenProcessPool, OSError):
        log.warning("a process ended over %s", job.name)
        return ended(job)
    finally:
        own.stop()


def ended(job: Job) -> Outcome:
    """Return the outcome of a job that no process lives through."""
    what = _("The document could not be made: the work on it was cut off again and again.")
    fix = _("See that the machine has memory to spare, and that large pictures are made smaller. Then build again.")
    return Outcome(None, (Problem(what, fix, Where(job.name)),))
