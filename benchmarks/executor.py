"""The work of many documents in this process, in a pool of them, and where docgen chooses: when does a pool pay?

    python benchmarks/executor.py [--counts 200 1000 3000] [--rounds 3]

The documents are those of the example workspace, again and again; the text of each is made on the way, as in a build.
Nothing is written to disk.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from docgen.model.check import check
from docgen.model.documents import Plan, documents
from docgen.model.library import Library, entry
from docgen.run.executor import cores, outcomes
from docgen.run.pool import pooled
from docgen.run.templates import Templates
from docgen.run.work import Job
from docgen.run.workspace import find, input_files, read_input


def plans() -> list[Plan]:
    """Return every document of the example workspace."""
    workspace = find(Path(__file__).parents[1])
    entries = [entry(read_input(workspace, file)) for file in input_files(workspace)]
    library = Library(entries, workspace.settings.house)
    return documents(library, check(library, lambda _source, _named: True))


def jobs(of: list[Plan], templates: Templates, number: int) -> Iterator[tuple[int, Job]]:
    made = (Job(templates.of(plan), plan.view(), plan.facts, plan.language, {}, plan.file) for plan in cycle(of))
    return zip(count(), islice(made, number), strict=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[200, 1000, 3000])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    every, templates = plans(), Templates(find(Path(__file__).parents[1]))
    for plan in every:
        templates.of(plan)
    ways = {
        "here": lambda work: outcomes(work, 1),
        "pool": lambda work: pooled(work, cores()),
        "chosen": outcomes,
    }
    figures: dict[str, dict[str, float]] = {}
    for number in given.counts:
        times: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(given.rounds):
            for way, run in ways.items():
                start = perf_counter()
                made = [one for _key, one in run(jobs(every, templates, number)) if one.data]
                times[way].append(perf_counter() - start)
                assert len(made) == number
        figures[str(number)] = {way: round(median(taken), 2) for way, taken in times.items()}
        print(
            f"{number:6} documents  " + "  ".join(f"{way} {taken:.2f} s" for way, taken in figures[str(number)].items())
        )
    print(json.dumps({"cores": cores(), "executor": figures}))


if __name__ == "__main__":
    main()
