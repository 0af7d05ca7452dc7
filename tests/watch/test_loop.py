"""The watch goes on through faults, with real files, real events and real time."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from docgen.problems import Problem, Where, WorkspaceError
from docgen.run.report import Made
from docgen.watch import loop, watcher
from docgen.watch.bell import Bell
from docgen.watch.loop import watch
from docgen.watch.pace import Pace
from docgen.watch.watcher import Listener, Watcher
from tests.watch.ground import Ground
from tests.watch.live import EVENTS, POLLING, QUICKEST, Stoppable, soon, watched, word_saves


@pytest.mark.parametrize("pace", [EVENTS, POLLING], ids=["events", "polling"])
def test_a_saved_file_is_built_within_seconds(ground: Ground, pace: Pace):
    with watched(ground.scribe, ground, pace):
        assert soon(lambda: ground.builds)
        ground.drop("inputs/møte.yaml", "ny")

        assert soon(lambda: ground.builds[-1].get("inputs/møte.yaml") == "ny")

    assert len(ground.builds) == 2


@pytest.mark.parametrize("pace", [EVENTS, POLLING], ids=["events", "polling"])
def test_rename_dances_lose_nothing_and_build_nothing_half(ground: Ground, pace: Pace):
    names = [f"inputs/{at}/møte.yaml" for at in range(20)]
    for name in names:
        ground.drop(name, "gammel")

    with watched(ground.scribe, ground, pace):
        assert soon(lambda: ground.builds)
        for name in names:
            word_saves(ground.root / name, "ny")
        assert soon(lambda: all(ground.builds[-1].get(name) == "ny" for name in names))

    assert all(names[0] in build for build in ground.builds)


@pytest.mark.parametrize("pace", [EVENTS, POLLING], ids=["events", "polling"])
def test_a_workspace_that_was_away_is_watched_when_it_is_back(ground: Ground, pace: Pace, monkeypatch):
    monkeypatch.setattr(watcher, "RESCAN", 0.5)  # no event tells that the folder itself was moved
    away = ground.root.with_name("borte")
    with watched(ground.scribe, ground, replace(pace, interval=0.2)):
        assert soon(lambda: ground.builds)
        ground.root.rename(away)
        assert soon(lambda: ground.said)
        away.rename(ground.root)
        assert soon(lambda: ground.said[-1].endswith("er tilbake."))
        ground.drop("inputs/møte.yaml", "ny")

        assert soon(lambda: ground.builds[-1].get("inputs/møte.yaml") == "ny")


def test_a_fault_is_told_once_logged_whole_and_tried_again(ground: Ground, monkeypatch, caplog):
    monkeypatch.setattr(loop, "rest", lambda _faults: 0.05)
    faults = [KeyError("hemmelig navn")] * 3

    def fail() -> None:
        if faults:
            raise faults.pop()

    ground.scribe.during = fail
    with caplog.at_level(logging.ERROR), watched(ground.scribe, ground, POLLING):
        assert soon(lambda: ground.builds)

    assert ground.said == ["Noe gikk galt i docgen selv (KeyError). Det prøver igjen av seg selv."]
    assert caplog.text.count("Traceback") == 3


def test_a_problem_that_stops_the_build_is_told_and_tried_again(ground: Ground, monkeypatch):
    monkeypatch.setattr(loop, "rest", lambda _faults: 0.05)
    problem = Problem("Registeret er låst.", "Vent litt.", Where("register.db"))
    faults = [WorkspaceError(problem)] * 2

    def fail() -> None:
        if faults:
            raise faults.pop()

    ground.scribe.during = fail
    with watched(ground.scribe, ground, POLLING):
        assert soon(lambda: ground.builds)

    assert ground.said == ["register.db: Registeret er låst. Vent litt."]


def test_after_each_fault_the_watch_rests_longer(ground: Ground, monkeypatch):
    rests = []
    monkeypatch.setattr(loop, "rest", lambda faults: rests.append(faults) or 0.01)

    def fail() -> None:
        raise KeyError

    ground.scribe.during = fail
    with watched(ground.scribe, ground, POLLING):
        assert soon(lambda: len(rests) >= 4)

    assert rests[:4] == [0, 1, 2, 3]


def test_out_of_memory_ends_the_watch(ground: Ground, monkeypatch):
    monkeypatch.setattr(loop, "rest", lambda _faults: pytest.fail("it went on"))

    def fail() -> None:
        raise MemoryError

    ground.watcher.turn = fail  # type: ignore[method-assign]

    with pytest.raises(MemoryError):
        watch(ground.watcher, Bell())


def test_a_signal_stops_after_the_document_that_is_under_way(ground: Ground):
    ground.scribe.documents = [Made(f"output/{at}.docx", "protokoll", "inputs/møte.yaml", "made") for at in range(5)]
    bell = Stoppable()
    one = Watcher(ground.scribe, Listener(ground.reports.append, ground.said.append), bell, QUICKEST)  # type: ignore[arg-type]

    def stop() -> None:
        bell.stopped = True

    ground.scribe.during = stop
    watch(one, bell)

    assert ground.scribe.made == ["output/0.docx"]
    assert ground.reports == []
    assert ground.said == []


def test_once_builds_once_and_ends(ground: Ground):
    ground.drop("inputs/møte.yaml", "nå")
    one = Watcher(ground.scribe, Listener(ground.reports.append, ground.said.append), Bell(), QUICKEST)  # type: ignore[arg-type]

    report = one.once()

    assert [report] == ground.reports
    assert [build["inputs/møte.yaml"] for build in ground.builds] == ["nå"]


def test_once_builds_nothing_when_the_inputs_are_away(ground: Ground):
    ground.drop("inputs/møte.yaml")
    ground.started()
    (ground.root / "inputs").rename(ground.root / "borte")

    assert ground.new_watcher().once() is None

    assert len(ground.builds) == 1
