"""Watchers and their processes killed at any moment while people save: the next watcher puts all right by itself.

DOCGEN_KILLS says how many.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.crash.killing import DIED, needs_fork
from tests.crash.truths import Known, faults, heal, idle
from tests.crash.watched import Busy, Watching, left_unfinished, soon, unlike_made_anew

KILLS = int(os.environ.get("DOCGEN_KILLS", "200" if os.environ.get("CI") else "25"))
SEED = int(os.environ.get("DOCGEN_SEED", "0")) or random.randrange(1, 1_000_000)
ROUNDS = 4

pytestmark = [needs_fork, pytest.mark.skipif(sys.platform != "linux", reason="ends processes as on Linux")]


class Killer:
    """Kills the watchers of one workspace after another, and looks at what is left of each."""

    def __init__(self, quick: Path, slow: Path) -> None:
        self.random = random.Random(SEED)
        self.kills = self.workers_killed = self.workspaces = 0
        self._folders = (quick, slow)

    def one_workspace(self) -> None:
        self.workspaces += 1
        folder = self._folders[self.workspaces % len(self._folders)]
        office = Busy(folder / str(self.workspaces), self.random, pool=self.workspaces % 3 == 0)
        known = Known()
        while office.turn + 1 < ROUNDS and self.kills < KILLS:
            self._killed(office, known, advances=True)
            while self.random.random() < 0.5 and self.kills < KILLS:
                self._killed(office, known, advances=False)  # once more, while it heals
            self._left_alone(office, known)
        shutil.rmtree(office.root)

    def _killed(self, office: Busy, known: Known, *, advances: bool) -> None:
        """Let a watcher begin, save files while it is at work, kill it, and look."""
        watcher = Watching(office, by_events=self.random.random() < 0.5)
        if advances:
            time.sleep(self.random.random() * 0.2)
            office.advance()
        if self.random.random() < 0.5:
            watcher.wait_for_some_beats(self.random.randrange(1, 60), seconds=2.0)
            time.sleep(self.random.choice((0.0, self.random.random() * 0.002)))
        else:
            time.sleep(self.random.random() * (2.0 if office.pool else 0.4))
        workers = watcher.workers() if office.pool else []
        if workers and self.random.random() < 0.5:
            self.random.choice(workers).kill()
            self.kills += 1
            self.workers_killed += 1
            time.sleep(self.random.random() * 0.2)
        watcher.kill()
        self.kills += 1
        assert watcher.end(known) == DIED
        _gone, alive = psutil.wait_procs(workers, timeout=10)
        assert alive == []
        known.published.clear()  # it may have been made anew, and that not been said
        assert faults(office, known) == []

    def _left_alone(self, office: Busy, known: Known) -> None:
        """Let a watcher do its work in peace: then all is right, and nothing is left to do or to clear away."""
        watcher = Watching(office, by_events=self.random.random() < 0.5)
        assert soon(watcher.is_done), left_unfinished(office)
        watcher.stop()
        assert watcher.end(known) == 0
        known.published.clear()
        assert left_unfinished(office) == []
        assert idle(office) == []
        assert heal(office, known) == []
        assert unlike_made_anew(office) == []


def test_the_next_watcher_puts_right_what_a_killed_one_left(quick_folder: Path, tmp_path: Path):
    killer = Killer(quick_folder, tmp_path)
    print(f"DOCGEN_SEED={SEED}")

    begun = time.monotonic()
    while killer.kills < KILLS:
        killer.one_workspace()

    seconds = time.monotonic() - begun
    print(f"{killer.kills} kills, {killer.workers_killed} of workers, {killer.workspaces} workspaces, {seconds:.0f} s")


def test_a_watcher_whose_worker_is_killed_goes_on_and_makes_all(quick_folder: Path):
    office, known = Busy(quick_folder / "w", random.Random(SEED), pool=True), Known()
    watcher = Watching(office, by_events=True)
    for _round in range(2):
        office.advance()
        assert soon(watcher.workers)
        watcher.workers()[0].kill()
        assert soon(watcher.is_done)
        assert soon(lambda: not watcher.workers())

    watcher.stop()

    assert watcher.end(known) == 0
    assert not watcher.complaints.exists()
    known.published.clear()
    assert left_unfinished(office) == []
    assert idle(office) == []
    assert heal(office, known) == []
