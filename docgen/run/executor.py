"""Where the work of many documents is done: here, or in a pool of processes when there is enough of it.

The one place that chooses. Either way it is the same code (work.outcome), and one bad document never stops the others.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeVar

from docgen.run.work import Job, Outcome, outcome, weight

Key = TypeVar("Key")

PAYS = 1000
"""Weight from which a pool is worth its start (benchmarks/executor.py)."""

MOST_PROCESSES = 32
"""More would only wait for the one that publishes."""


def outcomes(jobs: Iterable[tuple[Key, Job]], processes: int | None = None) -> Iterator[tuple[Key, Outcome]]:
    """Give what came of each job under its key, as they are done; in a pool that is not their order.

    The jobs are asked for as they can be taken, so they may be made on the way. `processes` is how many may be used;
    one works here. Closing the iterator stops the work.
    """
    most = min(cores(), MOST_PROCESSES) if processes is None else processes
    left = iter(jobs)
    first = _until_it_pays(left) if most > 1 else []
    if sum(weight(job) for _key, job in first) >= PAYS:
        from docgen.run.pool import pooled  # what it needs is slow to load, and most builds do without

        yield from pooled(chain(first, left), most)
        return
    for key, job in chain(first, left):
        yield key, outcome(job)


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _until_it_pays(jobs: Iterator[tuple[Key, Job]]) -> list[tuple[Key, Job]]:
    """Take jobs until there is enough work for a pool, or no more of them."""
    taken, total = [], 0
    for key, job in jobs:
        taken.append((key, job))
        total += weight(job)
        if total >= PAYS:
            break
    return taken
