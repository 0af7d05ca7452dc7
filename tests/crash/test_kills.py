"""Builds that fix numbers and freeze versions, killed at any moment: what was acknowledged is there, the rest is made.

DOCGEN_KILLS says how many.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

from docgen.run.build import build
from tests.crash.killing import DIED, FAILED, Child, needs_fork
from tests.crash.secretariat import Secretariat
from tests.crash.truths import Known, faults, heal, idle

KILLS = int(os.environ.get("DOCGEN_KILLS", "100"))
SEED = int(os.environ.get("DOCGEN_SEED", "0")) or random.randrange(1, 1_000_000)
ROUNDS = 4
"""So many rounds in one workspace: each makes it larger, and the first makes the register."""


class Killer:
    """Kills builds of one workspace after another, and looks at what is left of each."""

    def __init__(self, quick: Path, slow: Path) -> None:
        self.random = random.Random(SEED)
        self.kills = self.finished = self.late_kills = self.workspaces = 0
        self._folders = (quick, quick, quick, slow)
        self._length = dict.fromkeys(self._folders, 0.1)

    def one_workspace(self) -> None:
        self.workspaces += 1
        # On a disk that flushes slowly most kills come while it does; in memory, while docgen thinks.
        folder = self._folders[self.workspaces % len(self._folders)]
        office, known = Secretariat(folder / str(self.workspaces)), Known()
        while office.turn + 1 < ROUNDS and self.kills < KILLS:
            office.advance()
            while self._killed(office, known) and self.kills < KILLS and self.random.random() < 0.5:
                pass  # killed once more, while it heals
            if office.turn + 1 < ROUNDS and self.random.random() < 0.2:
                continue  # nobody builds again before more is to be fixed and frozen
            assert heal(office, known) == []
            assert idle(office) == []

    def _killed(self, office: Secretariat, known: Known) -> bool:
        """Let a build begin, kill it, and look. Return whether it was killed before it was done."""
        begun = time.monotonic()
        child = Child(lambda: build(office.workspace), office.root.with_suffix(".said"))
        if self.random.random() < 0.5:
            child.wait_for_beats(self.random.randrange(1, 30))
            time.sleep(self.random.random() * 0.002)
        else:
            child.wait(self.random.random() * self._length[office.root.parent])
        child.kill()
        code = child.end(known)
        assert code != FAILED
        if code == DIED:
            self.kills += 1
            self.late_kills += bool(known.published)
        else:
            self.finished += 1
            self._length[office.root.parent] = time.monotonic() - begun
        assert faults(office, known) == []
        return code == DIED


@needs_fork
def test_what_a_killed_build_has_said_is_kept_and_the_next_build_makes_the_rest(quick_folder, tmp_path):
    killer = Killer(quick_folder, tmp_path)
    print(f"DOCGEN_SEED={SEED}")

    begun = time.monotonic()
    while killer.kills < KILLS:
        killer.one_workspace()

    print(f"{killer.kills} kills, {killer.finished} came too late, in {time.monotonic() - begun:.0f} s")
    assert killer.workspaces > KILLS / 20
    assert 0 < killer.late_kills < KILLS
