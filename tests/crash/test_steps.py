"""A build in which any one step fails, is the last, or is where the power goes: the next build mends what is left.

DOCGEN_STEPS=all tries every way at every step; otherwise each step gets one way after the other.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import count

import pytest

from tests.crash.disk import LOSSES
from tests.crash.dying import Ending, Scene, errors
from tests.crash.killing import DIED, needs_fork
from tests.crash.secretariat import Secretariat
from tests.crash.steps import Step, before_the_page
from tests.crash.truths import Known, faults, heal, idle

pytestmark = needs_fork

ALL = os.environ.get("DOCGEN_STEPS") == "all"

NORWEGIAN = re.compile(r"\b(kan ikke|er full|gjorde ikke|ble ikke|lar seg ikke)\b")


@pytest.fixture(params=["first", "later"])
def scene(request, quick_folder) -> Scene:
    """A secretariat before its very first build, or after some, when there are good documents to lose."""
    office, known = Secretariat(quick_folder / "w"), Known()
    office.advance()
    if request.param == "later":
        office.advance()
        before = Scene(office, known).played(office, lambda _step: None)
        assert (before.code, before.told) == (0, [])
        known = before.known
        office.advance()
    return Scene(office, known)


def chosen(steps: list[Step], ways: int) -> Iterator[tuple[Step, int]]:
    """Give each step with one of so many ways in turn, or with all of them."""
    turn = count()
    for step in steps:
        for way in range(ways) if ALL else [next(turn) % ways]:
            yield step, way


def wrong_after(office: Secretariat, ending: Ending, *, look_twice: bool) -> list[str]:
    """Return what is wrong when a build has ended so, and after the next one."""
    found = faults(office, ending.known)
    return found + heal(office, ending.known) + (idle(office) if look_twice else [])


def test_there_are_steps_of_every_kind(scene):
    steps = scene.steps()

    whats = {step.what.split()[0] for step in steps}

    assert whats >= {"open", "write", "fsync", "replace", "BEGIN", "INSERT", "COMMIT"}
    assert len(steps) > 60


def test_an_error_at_any_step_is_told_and_the_next_build_mends_it(scene):
    wrong, steps = {}, scene.steps()
    needed = before_the_page(steps)
    for step, way in chosen(steps, 4):
        if step.what.startswith(("BEGIN", "mkdir")) and way % 2:
            continue  # SQLite does not begin, and say that it did not; and a folder that is there is what was wanted
        office = scene.copy()

        ending = scene.fails(office, step, errors(step)[way // 2], done=way % 2 == 1)

        found = wrong_after(office, ending, look_twice=ALL or step.number % 4 == 0)
        found += [f"ended with {ending.code}"] * (ending.code != 0)
        found += ["nobody was told"] * (step in needed and not ending.told)
        found += [f"not told in Norwegian: {one}" for one in ending.told if not NORWEGIAN.search(one)]
        if found:
            wrong[str(step), way] = found

    assert wrong == {}


def test_a_build_that_is_killed_at_any_step_is_finished_by_the_next(scene):
    wrong = {}
    for step, _way in chosen(scene.steps(), 1):
        office = scene.copy()

        ending = scene.is_killed(office, step)

        found = wrong_after(office, ending, look_twice=ALL or step.number % 4 == 0)
        if found or ending.code != DIED:
            wrong[str(step)] = found

    assert wrong == {}


def test_a_power_cut_at_any_step_takes_nothing_that_was_said_to_be_kept(scene):
    steps = scene.steps()
    wrong = {}
    for at, way in chosen([*steps, Step(len(steps), "end", "")], len(LOSSES)):
        office = scene.copy()

        ending = scene.loses_power(office, at.number, LOSSES[way])

        found = wrong_after(office, ending, look_twice=False)
        if found or ending.code != DIED:
            wrong[str(at), LOSSES[way]] = found

    assert wrong == {}


def test_what_a_worn_disk_writes_wrong_is_not_published(scene):
    wrong = {}
    for step in before_the_page(scene.steps()):
        if step.what != "write" or not step.file.startswith("output/"):
            continue
        office = scene.copy()

        ending = scene.is_lied_to(office, step)

        found = wrong_after(office, ending, look_twice=False)
        if found or not any("kan ikke skrives: filen ble ikke" in one for one in ending.told):
            wrong[str(step)] = found

    assert wrong == {}
