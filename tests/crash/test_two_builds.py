"""Two builds of one workspace at once: one is asked to wait; and where no lock holds, each number is given once."""

from __future__ import annotations

import time
from contextlib import nullcontext
from pathlib import Path

import pytest

import docgen.run.build
from docgen.problems import BusyError
from docgen.register.store import Writing
from docgen.run.build import build
from tests.crash.broken import transaction_deferred
from tests.crash.dying import Mutation, no_mutation
from tests.crash.killing import Child, needs_fork
from tests.crash.secretariat import Secretariat
from tests.crash.truths import Known, faults, heal

PAUSE = 0.5
"""So long one build waits in its transaction: the other has read all its inputs by then."""


def no_lock() -> None:
    """As on a network share whose locks do not hold from one machine to the other."""
    docgen.run.build.builder_lock = lambda *_asked: nullcontext()


def wrong_with_two(folder: Path, mutation: Mutation = no_mutation) -> list[str]:
    """Let a build begin while another has looked at the register and has not yet written, and return what is wrong."""
    office, known = Secretariat(folder / "w"), Known()
    office.advance()
    (office.root / "inputs/retningslinje.yaml").unlink()  # two may not freeze the same version
    looked, begun, found = folder / "looked", Writing.__init__, []

    def first() -> None:
        def pausing(writing, *arguments):
            begun(writing, *arguments)
            if not looked.exists():
                looked.touch()
                time.sleep(PAUSE)

        no_lock()
        mutation()
        Writing.__init__ = pausing
        assert build(office.workspace).is_whole

    def second() -> None:
        no_lock()
        mutation()
        assert build(office.workspace).is_whole

    one = Child(first, folder / "one")
    while not looked.exists():
        time.sleep(0.005)
    other = Child(second, folder / "other")
    for name, child in (("first", one), ("second", other)):
        if code := child.end(known):
            found.append(f"the {name} build ended with {code}")
    known.published.clear()
    return found + faults(office, known) + heal(office, known)


@needs_fork
def test_a_build_that_meets_another_is_refused_and_takes_nothing_from_it(quick_folder):
    office, known = Secretariat(quick_folder / "w"), Known()
    office.advance()
    begun, go_on = quick_folder / "begun", quick_folder / "go on"
    writing = Writing.__init__

    def first() -> None:
        def pausing(*arguments):
            writing(*arguments)
            begun.touch()
            while not go_on.exists():
                time.sleep(0.005)

        Writing.__init__ = pausing
        assert build(office.workspace).is_whole

    child = Child(first, quick_folder / "said")
    while not begun.exists():
        time.sleep(0.005)

    with pytest.raises(BusyError, match=f"prosess {child.pid} "):
        build(office.workspace)

    go_on.touch()
    assert child.end(known) == 0
    assert faults(office, known) == []
    assert heal(office, known) == []


@needs_fork
def test_without_a_lock_two_builds_at_once_are_both_whole_and_give_each_number_once(quick_folder):
    assert wrong_with_two(quick_folder) == []


@needs_fork
def test_it_is_noticed_when_a_transaction_looks_before_it_holds_the_register(quick_folder, capfd):
    assert "the first build ended with 3" in wrong_with_two(quick_folder, transaction_deferred)
