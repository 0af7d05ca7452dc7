"""Where events can't be trusted, the watcher looks for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.register.place import Mount, is_network
from docgen.watch import pace as module
from docgen.watch.pace import Pace, pace, rest, until_next_try
from tests.watch.ground import Ground

MOUNTS = (Mount("/", "ext4"), Mount("/mnt/felles", "cifs"), Mount("/mnt/felles/lokal", "xfs"), Mount("/c", "drvfs"))


@pytest.mark.parametrize(
    ("folder", "away"),
    [("/home/kari", False), ("/mnt/felles/SSU", True), ("/mnt/felles/lokal", False), ("/c/arbeid", True)],
)
def test_a_share_is_known(folder: str, away: bool):
    assert is_network(Path(folder), lambda _folder: MOUNTS) is away


def test_on_the_own_disk_events_are_trusted(ground: Ground):
    assert pace(ground.scribe.workspace) == Pace(quiet=2.0, interval=2.0, by_events=True)


def test_a_share_is_looked_at_and_given_more_time(ground: Ground, monkeypatch):
    monkeypatch.setattr(module, "is_network", lambda folder: folder.name == "inputs")

    assert pace(ground.scribe.workspace) == Pace(quiet=5.0, interval=2.0, by_events=False)


def test_one_may_choose_to_look_and_how_often(ground: Ground):
    assert pace(ground.scribe.workspace, poll=True, interval=10.0) == Pace(quiet=2.0, interval=10.0, by_events=False)


def test_tries_and_rests_become_more_seldom_but_never_end():
    assert [until_next_try(tries) for tries in range(6)] == [5, 10, 20, 30, 30, 30]
    assert [rest(faults) for faults in range(6)] == [5, 15, 30, 60, 60, 60]
