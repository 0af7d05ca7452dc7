"""Where the work of many documents is done: here, or in a pool of processes when there is enough of it.

The one place that chooses. Either way it is the same code (work.outcome), and one bad document never stops the others.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from itertools import chain, islice
from time import perf_counter
from typing import TypeVar

from docgen.run.work import Job, Outcome, outcome

Key = TypeVar("Key")

PATIENCE = 0.5
"""Seconds of work that are done here in any case. To start a pool takes nearly as much (benchmarks/executor.py)."""

MOST_PROCESSES = 32
"""More would only wait for the one that publishes."""


def outcomes(
    jobs: Iterable[tuple[Key, Job]], processes: int | None = None
) -> Generator[tuple[Key, Outcome], None, None]:
    """Give what came of each job under its key, as they are done; in a pool that is not their order.

    A pool takes over when the work has lasted a while, and as much again is waiting. How long a document takes nobody
    knows beforehand: half a millisecond, or a second with its changes tracked.

    The jobs are asked for as they can be taken, so they may be made on the way. `processes` is how many may be used;
    one works here. Closing the iterator stops the work.
    """
    most = min(cores(), MOST_PROCESSES) if processes is None else processes
    left = iter(jobs)
    count, spent = 0, 0.0
    for key, job in left:
        start = perf_counter()
        made = outcome(job)
        spent += perf_counter() - start
        count += 1
        yield key, made
        if spent >= PATIENCE and most > 1:
            break
    waiting = list(islice(left, count))
    if waiting and len(waiting) == count:
        from docgen.run.pool import pooled  # what it needs is slow to load, and most builds do without

        yield from pooled(chain(waiting, left), most)
        return
    for key, job in waiting:
        yield key, outcome(job)


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
