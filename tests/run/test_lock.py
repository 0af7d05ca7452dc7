"""One builder at a time: a second one is told who is at work, and a holder that dies lets go."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from docgen.messages import _, speak
from docgen.problems import BusyError, WorkspaceError
from docgen.run.lock import HOLDER, LOCK, builder_lock
from tests.cli.conftest import Docgen
from tests.run.office import Office

HOLDING = """
import sys, time
from pathlib import Path
from docgen.run.lock import builder_lock

with builder_lock(Path(sys.argv[1]), sys.argv[2]):
    print("holds", flush=True)
    sys.stdin.read(1)
"""
"""Holds the lock until something comes on its standard input, or that is closed."""


class Holding:
    """A process of its own that holds the lock."""

    def __init__(self, root: Path, doing: str = "docgen build") -> None:
        command = [sys.executable, "-c", HOLDING, str(root), doing]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        assert self.process.stdout.readline() == "holds\n"

    def let_go(self) -> None:
        self.process.communicate("x", timeout=10)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        self.process.communicate(timeout=10)


@pytest.fixture(autouse=True)
def _bokmål() -> None:
    speak("nb")


@pytest.fixture
def holding(tmp_path) -> Iterator[Holding]:
    held = Holding(tmp_path)
    yield held
    held.kill()


def is_free(root: Path) -> bool:
    try:
        with builder_lock(root, "docgen build"):
            return True
    except BusyError:
        return False


def test_the_folder_of_the_lock_is_made(tmp_path):
    with builder_lock(tmp_path, "docgen build"):
        assert (tmp_path / LOCK).exists()

    assert not (tmp_path / HOLDER).exists()


def test_a_second_builder_is_told_who_is_at_work_and_since_when(tmp_path, holding):
    with pytest.raises(BusyError) as refused, builder_lock(tmp_path, "docgen build"):
        pass

    (problem,) = refused.value.problems
    assert problem.what.startswith("docgen build har vært i gang i dette arbeidsområdet siden ")
    assert problem.what.endswith(f"(prosess {holding.process.pid} på {platform.node()}).")
    assert problem.fix == "Vent til den er ferdig, og prøv igjen. Henger den, kan du avslutte prosessen."
    assert problem.where.file == LOCK


def test_the_time_is_that_of_this_machine_in_words_that_people_use(tmp_path):
    began = datetime(2026, 11, 22, 9, 12, 3, tzinfo=timezone(timedelta(hours=1)))
    here = f"{began.astimezone():%d.%m.%Y kl. %H.%M}"

    with builder_lock(tmp_path, "docgen build", lambda: began):
        with pytest.raises(BusyError) as refused, builder_lock(tmp_path, "docgen restore"):
            pass
        told = (tmp_path / HOLDER).read_text("utf-8")

    assert f"siden {here} (" in str(refused.value)
    assert told == (
        f"kommando: docgen build\nprosess: {os.getpid()}\nmaskin: {platform.node()}\n"
        f"siden: {began.astimezone().isoformat()}\n"
    )


def test_whoever_meets_the_watcher_is_told_that_it_builds_by_itself(tmp_path):
    watching = Holding(tmp_path, "docgen watch")

    with pytest.raises(BusyError) as refused, builder_lock(tmp_path, "docgen build"):
        pass

    watching.kill()
    assert refused.value.problems[0].fix == (
        "Den lager dokumentene av seg selv. Skal du bruke denne kommandoen nå, må du først stoppe docgen watch: "
        "med Ctrl-C der den kjører, eller ved å avslutte prosessen."
    )


def test_in_nynorsk_it_is_told_in_nynorsk(tmp_path, holding):
    speak("nn")

    with pytest.raises(BusyError, match="har vore i gang i dette arbeidsområdet sidan"), builder_lock(tmp_path, "x"):
        pass


def test_a_holder_that_is_done_lets_the_next_one_in(tmp_path, holding):
    holding.let_go()

    assert is_free(tmp_path)
    assert not (tmp_path / HOLDER).exists()


def test_a_holder_that_was_killed_lets_the_next_one_in_at_once(tmp_path, holding):
    assert not is_free(tmp_path)

    holding.kill()

    assert (tmp_path / HOLDER).exists()
    assert is_free(tmp_path)


def test_the_lock_is_freed_when_the_work_fails(tmp_path):
    with pytest.raises(ValueError, match="galt"), builder_lock(tmp_path, "docgen build"):
        raise ValueError("galt")

    assert is_free(tmp_path)


def test_an_error_of_the_work_itself_is_not_taken_for_one_of_the_lock(tmp_path):
    with pytest.raises(FileNotFoundError), builder_lock(tmp_path, "docgen build"):
        (tmp_path / "borte").read_bytes()


def test_what_is_left_of_an_older_holder_does_not_lock(tmp_path):
    (tmp_path / ".docgen").mkdir()
    (tmp_path / LOCK).write_bytes(b"")
    (tmp_path / HOLDER).write_bytes(b"kommando: docgen watch\nprosess: 1\n")

    assert is_free(tmp_path)


@pytest.mark.parametrize(
    "written", [None, b"", b"\xff\xfe", b"kommando: docgen build\nprosess: 1\nmaskin: x\nsiden: y\n"]
)
def test_a_holder_that_can_not_be_read_is_still_a_holder(tmp_path, holding, written):
    (tmp_path / HOLDER).unlink()
    if written is not None:
        (tmp_path / HOLDER).write_bytes(written)

    with pytest.raises(BusyError) as refused, builder_lock(tmp_path, "docgen build"):
        pass

    assert str(refused.value) == (
        ".docgen/builder.lock: En annen kjøring av docgen er i gang i dette arbeidsområdet. "
        "Vent til den er ferdig, og prøv igjen."
    )


def test_whoever_has_patience_waits_for_a_short_work(tmp_path, holding):
    holding.process.stdin.write("x")
    holding.process.stdin.flush()

    with builder_lock(tmp_path, "docgen build", patience=10):
        assert (tmp_path / HOLDER).exists()


def test_that_the_holder_can_not_be_written_down_stops_nothing(tmp_path):
    (tmp_path / HOLDER).mkdir(parents=True)

    assert is_free(tmp_path)


def test_a_workspace_that_can_not_be_written_in_is_told_of(tmp_path):
    (tmp_path / ".docgen").write_bytes(b"")

    with pytest.raises(WorkspaceError) as refused, builder_lock(tmp_path, "docgen build"):
        pass

    assert str(refused.value) == (
        ".docgen/builder.lock: Arbeidsområdet kan ikke låses for dette arbeidet: en fil har samme navn som mappen. "
        "Se etter at du har lov til å skrive i mappen til arbeidsområdet, og at disken verken er full eller "
        "skrivebeskyttet."
    )


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become somebody who may not write")
def test_one_who_may_not_write_in_the_workspace_is_told_so(tmp_path):
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    _("This loads the words, which somebody else may not read.")
    os.seteuid(65534)

    with pytest.raises(WorkspaceError) as refused, builder_lock(tmp_path, "docgen build"):
        pass

    os.seteuid(0)
    assert refused.value.problems[0].what == (
        "Arbeidsområdet kan ikke låses for dette arbeidet: ingen tilgang, eller åpen i et annet program."
    )


@pytest.mark.parametrize("command", [("restore", "kopi.db"), ("rebuild-register", "output")])
def test_what_writes_the_register_waits_its_turn(tmp_path, command):
    office = Office(tmp_path / "w")
    office.build()
    (office.root / "kopi.db").write_bytes(b"")
    held = Holding(office.root)

    done = Docgen(office.root)(*command)

    held.kill()
    assert done.returncode == 2
    assert "docgen build har vært i gang i dette arbeidsområdet siden" in done.stderr


def test_a_dry_run_needs_no_turn(tmp_path):
    office = Office(tmp_path / "w")
    office.build()
    held = Holding(office.root)

    done = Docgen(office.root)("rebuild-register", "output", "--dry-run")

    held.kill()
    assert "har vært i gang" not in done.stderr
