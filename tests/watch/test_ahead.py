"""What the watcher lets be made ready while files come to rest, and what it looks at when they do."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from docgen.run.ahead import FEW
from docgen.run.seen import stamp_of
from docgen.watch import watcher
from docgen.watch.pace import Pace
from tests.watch.ground import TOML, Ground

MEETING = "inputs/møte.yaml"


@pytest.fixture
def by_events(tmp_path) -> Iterator[Ground]:
    ground = Ground(tmp_path / "arbeid", Pace())
    yield ground
    ground.watcher.close()


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many files were found, each time that all folders were looked through."""
    found: list[int] = []
    real = watcher.look

    def looked(workspace):
        there = real(workspace)
        found.append(len(there.files))
        return there

    monkeypatch.setattr(watcher, "look", looked)
    return found


def test_a_build_is_made_ready_once_when_the_file_has_been_quiet_for_half_the_time(ground: Ground):
    ground.started()
    ground.drop(MEETING, "v1")
    ground.after(0.1)
    assert ground.scribe.prepared == []

    ground.after(1.0)
    ground.after(0.3)
    ground.after(0.3)

    (at_rest,) = ground.scribe.prepared
    assert "mandates/SSU.yaml" in at_rest
    assert at_rest[MEETING] == stamp_of(ground.root, MEETING)


def test_a_file_that_is_written_again_is_made_ready_again(ground: Ground):
    ground.started()
    ground.drop(MEETING, "v1")
    ground.after(0.1)
    ground.after(1.0)

    ground.drop(MEETING, "v12")
    ground.after(0.1)
    ground.after(1.0)

    assert [one[MEETING][0] for one in ground.scribe.prepared] == [2, 3]


@pytest.mark.parametrize("name", ["templates/protokoll.docx", "docgen.toml", "inputs/kart.png"])
def test_nothing_is_made_ready_while_what_others_are_made_of_is_written(ground: Ground, name: str):
    ground.started()
    ground.drop(MEETING)
    ground.after(0.1)
    ground.drop(name, TOML if name == "docgen.toml" else "ny")

    ground.after(0.1)
    ground.after(1.5)

    assert ground.scribe.prepared == []


def test_nothing_is_made_ready_where_a_great_many_files_are_written(ground: Ground):
    ground.started()
    for at in range(FEW + 1):
        ground.drop(f"inputs/{at}.yaml")

    ground.after(0.1)
    ground.after(1.5)

    assert ground.scribe.prepared == []


def test_a_build_that_could_not_be_made_ready_is_built(ground: Ground, monkeypatch):
    def fault(_at_rest):
        raise RuntimeError

    ground.started()
    monkeypatch.setattr(ground.scribe, "prepare", fault)
    ground.drop(MEETING, "v1")
    ground.after(0.1)
    with pytest.raises(RuntimeError):
        ground.after(1.0)

    ground.after(1.0)

    assert ground.builds[1][MEETING] == "v1"


def test_all_is_looked_through_shortly_before_the_file_may_be_at_rest(by_events: Ground):
    by_events.started()
    by_events.drop(MEETING)
    by_events.after(0.1)

    before, last = by_events.after(1.0), by_events.after(0.9)

    assert 0.9 < before < 1.0
    assert last == pytest.approx(0.1, abs=0.06)


def test_only_what_is_to_be_at_rest_is_looked_at_again_then(by_events: Ground, looks: list[int]):
    by_events.started()
    by_events.drop(MEETING)
    by_events.after(0.1)
    by_events.after(1.0)
    by_events.after(0.98)
    looks.clear()

    by_events.after(0.02)

    assert looks == []
    assert MEETING in by_events.builds[1]


def test_what_is_written_in_the_last_moment_is_looked_at_next(by_events: Ground):
    by_events.started()
    by_events.drop(MEETING)
    by_events.after(0.1)
    by_events.after(1.0)
    by_events.after(0.98)
    by_events.drop("inputs/ny.yaml")

    pause = by_events.after(0.02)
    assert len(by_events.builds) == 2
    by_events.after(pause)
    by_events.after(2.0)

    assert pause < 0.1
    assert len(by_events.builds) == 3


def test_a_file_that_is_written_in_the_last_moment_is_not_built_yet(by_events: Ground):
    by_events.started()
    by_events.drop(MEETING, "v1")
    by_events.after(0.1)
    by_events.after(1.0)
    by_events.after(0.98)
    by_events.drop(MEETING, "v12")

    by_events.after(0.02)

    assert len(by_events.builds) == 1


def test_a_file_that_goes_in_the_last_moment_is_not_built(by_events: Ground):
    by_events.started()
    by_events.drop(MEETING)
    by_events.after(0.1)
    by_events.after(1.0)
    by_events.after(0.98)
    by_events.remove(MEETING)

    by_events.after(0.02)

    assert len(by_events.builds) == 1


def test_the_time_that_a_look_takes_is_no_part_of_the_quiet_time(by_events: Ground, monkeypatch):
    by_events.started()
    real = watcher.look
    monkeypatch.setattr(watcher, "look", lambda workspace: (real(workspace), time.sleep(0.04))[0])
    dropped = time.time()
    by_events.drop(MEETING)
    by_events.clock.now += 0.1
    waited = time.time() - dropped

    by_events.turn()

    tick = 0.011
    assert by_events.watcher._settling.due() >= by_events.clock.now + 2.0 - waited - tick
