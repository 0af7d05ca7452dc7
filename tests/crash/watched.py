"""A watcher in a process of its own that is in a hurry, so that many can be killed: it waits a twentieth second."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from docgen.deliver.status_page import PAGE
from docgen.run import executor
from docgen.run.build import Builder, build
from docgen.run.lock import WATCHING, builder_lock
from docgen.run.workspace import find
from docgen.watch.bell import Bell
from docgen.watch.loop import watch
from docgen.watch.pace import Pace
from docgen.watch.watcher import Listener, Watcher
from tests.crash.killing import Child
from tests.crash.secretariat import Secretariat
from tests.crash.truths import documents, state
from tests.storm.desk import DANCES

QUIET = 0.05
SOON = 30.0

ROUTINES = 30
"""So many guidelines are changed each round where a pool is to be at work."""

ROUTINE = (
    "type: retningslinje\nnummer: {at}\ntittel: Rutine {at}\nkapitler: [{{tittel: Formål, tekst: Runde {turn}.}}]\n"
)


class Busy(Secretariat):
    """A secretariat whose files are saved by many programs, in a workspace where few or many documents are made."""

    def __init__(self, root: Path, chance: random.Random, *, pool: bool) -> None:
        self._chance, self.pool = chance, pool
        super().__init__(root)

    def drop(self, name: str, text: str) -> Path:
        file = self.root / (name if name.startswith("mandates/") else f"inputs/{name}")
        file.parent.mkdir(parents=True, exist_ok=True)
        self._chance.choice(DANCES)(file, text.lstrip("\n").encode())
        return file

    def advance(self) -> None:
        super().advance()
        for at in range(2, 2 + ROUTINES if self.pool else 2):
            (self.root / f"inputs/{at}.yaml").write_text(ROUTINE.format(at=at, turn=self.turn), "utf-8")


class Watching(Child):
    """A watcher of a workspace. It never ends by itself."""

    def __init__(self, office: Busy, *, by_events: bool) -> None:
        self.complaints = office.root.with_suffix(".complaints")

        def complain(text: str) -> None:
            with self.complaints.open("a") as file:
                print(text, file=file)

        def work() -> None:
            if office.pool:
                executor.PATIENCE = 0.0
            pace = Pace(QUIET, 0.02, by_events)
            with builder_lock(office.root, WATCHING):
                bell = Bell()
                with bell.rung_by_signals():
                    heard = Listener(lambda _report: None, complain)
                    watch(Watcher(Builder(find(office.root), watching=True), heard, bell, pace), bell)

        self._office, self._begun = office, time.time_ns()
        super().__init__(work, office.root.with_suffix(".said"))

    def wait_for_some_beats(self, count: int, seconds: float) -> None:
        """Return when it has come that far, at the latest after so long."""
        until = time.monotonic() + seconds
        while count > 0 and select.select([self.beats], [], [], max(0.0, until - time.monotonic()))[0]:
            count -= len(os.read(self.beats, count)) or count

    def workers(self) -> list[psutil.Process]:
        """Return the processes that make documents for it."""
        with suppress(psutil.NoSuchProcess):
            return [one for one in psutil.Process(self.pid).children() if "spawn_main" in " ".join(_command(one))]
        return []

    def is_done(self) -> bool:
        """Return whether it has built, and a build would now find nothing to do, with the cache as it has left it."""
        page = self._office.output / PAGE
        if not page.exists() or page.stat().st_mtime_ns < self._begun:
            return False
        report = build(self._office.workspace, dry_run=True)
        return report.is_whole and all(made.state == "unchanged" for made in report.documents)

    def stop(self) -> None:
        os.kill(self.pid, signal.SIGTERM)


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


def soon(happened: Callable[[], object]) -> bool:
    until = time.monotonic() + SOON
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def left_unfinished(office: Secretariat) -> list[str]:
    """Return what a killed program left and nobody took away, anywhere in the workspace."""
    return sorted(
        file.relative_to(office.root).as_posix()
        for file in office.root.rglob("*")
        if file.name.endswith((".tmp", "-journal"))
    )


def unlike_made_anew(office: Secretariat) -> list[str]:
    """Return the documents that are other than those that the inputs and the register make in an empty output/.

    Documents that no input has any more, drafts of what is approved now, stay where they are.
    """
    before = state(office)
    place = office.root.with_name(f"{office.root.name} anew")
    shutil.rmtree(place, ignore_errors=True)
    copy = office.copy(place)
    shutil.rmtree(copy.output)
    build(copy.workspace)
    anew = {name: (copy.output / name).read_bytes() for name in documents(copy)}
    assert state(office) == before
    return [name for name, data in anew.items() if (office.output / name).read_bytes() != data]
