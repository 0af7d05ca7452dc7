"""Storms of files: none is lost, none is made twice, all is right within a minute of the last write, in little memory.

DOCGEN_STORM says how many are dropped at once, DOCGEN_DANCES how many are saved again and again, in DOCGEN_SECONDS.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.storm.archive import Archive, Awaited, Clean, digests
from tests.storm.desk import DANCES
from tests.storm.keeper import SOON, Keeper, kept, soon

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is asked of /proc, and signals as on Linux")

DROPPED = int(os.environ.get("DOCGEN_STORM", "300"))
SAVED = int(os.environ.get("DOCGEN_DANCES", "60"))
SECONDS = float(os.environ.get("DOCGEN_SECONDS", "10"))
SEED = int(os.environ.get("DOCGEN_SEED", "0")) or random.randrange(1, 1_000_000)

GROWTH = 50.0
"""Megabytes that the watcher may grow by."""

STILL = 3.0
"""Seconds without a build after which there is none to come: it is longer than the quiet time."""

HOW = pytest.mark.parametrize("how", [(), ("--poll", "--interval", "0.5")], ids=["events", "polling"])


class Storm:
    """A watched workspace whose inputs are written, and what must come of them in the end."""

    def __init__(self, folder: Path, count: int, *, told: str = "Rådhuset") -> None:
        self.office = Archive(folder / "arbeidsrom")
        self.texts = {at: self.office.text(at, told) for at in range(count)}
        self._clean = Clean(folder / "rent", self.texts)

    @contextmanager
    def watched(self, *how: str) -> Iterator[Keeper]:
        """Let the block write; then all that must hold is looked at."""
        with kept(self.office.root, *how) as keeper:
            time.sleep(STILL)
            before = keeper.memory
            yield keeper
            seconds = Awaited(self.office.output, self._clean.documents).wait(SOON)
            time.sleep(STILL)
            grown = keeper.memory - before
        print(f"right after {seconds:.1f} s, {before:.0f} MB and then {grown:+.1f} MB, seed {SEED}")
        assert digests(self.office.output) == self._clean.documents
        assert grown < GROWTH
        assert "Avvist" not in keeper.told

    @property
    def files(self) -> set[str]:
        return {f"output/{name}" for name in self._clean.documents}

    def drop(self, some: range) -> None:
        for at in some:
            self.office.file(at).write_bytes(self.texts[at])


@HOW
def test_files_dropped_at_once_are_each_made_once(tmp_path: Path, how: tuple[str, ...]):
    storm = Storm(tmp_path, DROPPED)

    with storm.watched(*how) as keeper:
        storm.drop(range(DROPPED))

    assert keeper.made == dict.fromkeys(storm.files, 1)


@HOW
def test_what_many_programs_save_is_made_while_they_go_on_and_never_without_need(tmp_path: Path, how: tuple[str, ...]):
    """Each file is made, then saved three times more, once with nothing changed; in any order, by any program."""
    chance = random.Random(SEED)
    storm = Storm(tmp_path, SAVED, told="Kirken")
    contents = ("Rådhuset", "Skolen", "Skolen", "Kirken")
    saves = sorted((chance.random() * SECONDS, at) for at in range(SAVED) for _told in contents)
    turns = {at: iter(contents) for at in range(SAVED)}
    early = 0

    with storm.watched(*how) as keeper:
        begun = time.monotonic()
        for when, at in saves:
            time.sleep(max(0.0, begun + when - time.monotonic()))
            chance.choice(DANCES)(storm.office.file(at), storm.office.text(at, next(turns[at])))
            if when > SECONDS * 0.8 and not early:
                early = len(keeper.made)
                print(f"{early} of {len(storm.files)} documents are there after {time.monotonic() - begun:.0f} s")

    assert keeper.made.keys() == storm.files
    assert max(keeper.made.values()) <= len(set(contents))
    assert early > SAVED / 10  # a build waits for those who save, but not for ever


@HOW
def test_a_watcher_that_stood_still_in_the_storm_misses_nothing(tmp_path: Path, how: tuple[str, ...]):
    storm = Storm(tmp_path, 90)

    with storm.watched(*how) as keeper:
        storm.drop(range(30))
        assert soon(lambda: keeper.made)
        keeper.send(signal.SIGSTOP)
        storm.drop(range(30, 60))
        time.sleep(3)
        keeper.send(signal.SIGCONT)
        storm.drop(range(60, 90))

    assert keeper.made == dict.fromkeys(storm.files, 1)


@HOW
def test_a_workspace_that_is_moved_away_in_the_storm_and_back_misses_nothing(tmp_path: Path, how: tuple[str, ...]):
    """Meanwhile others go on writing: it is only from here that the share is gone."""
    storm = Storm(tmp_path, 400)
    root, away = storm.office.root, tmp_path / "borte"

    with storm.watched(*how) as keeper:
        storm.drop(range(300))
        assert soon(lambda: len(list(storm.office.output.rglob("*.docx"))) > 100)
        root.rename(away)
        storm.office.root = away
        written = {file.relative_to(away): file.stat().st_ino for file in storm.office.output.rglob("[!.]*.docx")}
        storm.drop(range(300, 350))
        time.sleep(3)
        assert not root.exists()
        away.rename(root)
        storm.office.root = root
        storm.drop(range(350, 400))

    assert max(keeper.made.values()) == 1
    assert written == {name: (root / name).stat().st_ino for name in written}
