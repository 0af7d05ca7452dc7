"""Many programs give numbers at once, and each number is given once, with no gap."""

from __future__ import annotations

import multiprocessing
import random
from collections import defaultdict
from multiprocessing.connection import Connection
from pathlib import Path

from docgen.model.record import Record
from docgen.register import create_or_open, open_to_read, opened, verify
from tests.register.filling import allocate, numbers

PROCESSES = 8
EACH = 1000
BODIES = ("SSU", "FSU", "Partnerskapet")
YEARS = (2024, 2025)

# spawn: a fork would share the connections and locks of this process.
_context = multiprocessing.get_context("spawn")


def give_numbers(file: Path, seed: int, times: int, answer: Connection) -> None:
    """Give so many numbers, and answer with those that were given."""
    chosen, record, given = random.Random(seed), Record(), []
    with create_or_open(file) as register:
        for _time in range(times):
            body, year = chosen.choice(BODIES), chosen.choice(YEARS)
            with register.writing() as writing:
                number = allocate(writing, record, body, year)
            given.append((body.casefold(), year, number))
    answer.send(given)


def in_processes(target, *arguments) -> list:
    """Return what so many programs answer that do the same at once; an error ends one before it answers."""
    running = []
    for seed in range(PROCESSES):
        ours, theirs = _context.Pipe(duplex=False)
        process = _context.Process(
            target=target, args=(*(one(seed) if callable(one) else one for one in arguments), theirs)
        )
        process.start()
        theirs.close()
        running.append((process, ours))
    answers = [ours.recv() for _process, ours in running]
    for process, _ours in running:
        process.join()
        assert process.exitcode == 0
    return answers


def test_no_number_is_given_twice_or_passed_over_by_eight_programs_at_once(file):
    create_or_open(file).close()

    answers = in_processes(give_numbers, file, lambda seed: seed, EACH)

    given = [one for answer in answers for one in answer]
    by_year = defaultdict(list)
    for body, year, number in given:
        by_year[body, year].append(number)
    with open_to_read(file) as register:
        kept = numbers(register.rows())
    assert len(given) == PROCESSES * EACH
    assert sorted(kept) == sorted(given)
    assert len(by_year) == len(BODIES) * len(YEARS)
    assert all(sorted(there) == list(range(1, len(there) + 1)) for there in by_year.values())
    found = verify(file)
    assert (found.is_sound, found.rows, found.cases) == (True, len(given) + 1, len(given))


def open_it(file: Path, answer: Connection) -> None:
    with opened(file, file.with_name("register.id")) as register:
        answer.send((register.id, register.head.row))


def test_programs_that_open_a_new_register_at_once_make_one(file):
    answers = in_processes(open_it, file)

    assert len(set(answers)) == 1
    assert answers[0][1] == 1
    assert verify(file).rows == 1
