"""`docgen watch` as a person or the system runs it: a process of its own, real files, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import NOT_TAKEN_OVER
from tests.run.office import MEETING, Office

SOON = 30.0

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as on Linux and macOS")


def start(root: Path, *options: str) -> subprocess.Popen[str]:
    environment = {key: value for key, value in os.environ.items() if key not in NOT_TAKEN_OVER}
    return subprocess.Popen(
        [sys.executable, "-m", "docgen", "watch", "--workspace", str(root), *options],
        cwd=Path(__file__).parents[2],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@contextmanager
def watching(root: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    process = start(root, *options)
    try:
        assert process.stdout is not None
        assert "docgen" in process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.communicate()


def heard(process: subprocess.Popen[str]) -> Iterator[str]:
    """What it prints, line by line as it does; it ends when the process has been silent too long."""
    alarm = threading.Timer(SOON, process.kill)
    alarm.start()
    assert process.stdout is not None
    try:
        for line in process.stdout:  # noqa: UP028 - `yield from` would close it
            yield line
    finally:
        alarm.cancel()


def soon(happened: Callable[[], object]) -> bool:
    until = time.monotonic() + SOON
    while time.monotonic() < until:
        if happened():
            return True
        time.sleep(0.02)
    return False


def test_a_dropped_meeting_is_made_and_sigterm_ends_the_watch(office: Office):
    with watching(office.root) as process:
        office.drop("møte.yaml", MEETING)
        assert any("Laget: output/SSU/2026-03-12/2026-03-12 SSU innkalling" in line for line in heard(process))
        process.send_signal(signal.SIGTERM)
        told, wrong = process.communicate(timeout=SOON)

    assert process.returncode == 0
    assert wrong == ""
    assert any("innkalling" in name for name in office.names())
    assert told.splitlines()[-1].endswith("Stoppet.")


def test_ctrl_c_ends_the_watch_with_130(office: Office):
    with watching(office.root) as process:
        process.send_signal(signal.SIGINT)
        _told, wrong = process.communicate(timeout=SOON)

    assert process.returncode == 130
    assert wrong == "Avbrutt. Det som er laget til nå, er helt.\n"


def test_only_one_can_watch(office: Office):
    with watching(office.root):
        second = start(office.root)
        told, wrong = second.communicate(timeout=SOON)

    assert second.returncode == 2
    assert told == ""
    assert "docgen watch har vært i gang i dette arbeidsområdet siden" in wrong


def test_a_refused_file_is_told_and_made_when_it_is_right(office: Office):
    with watching(office.root, "--poll", "--interval", "0.2") as process:
        file = office.drop("møte.yaml", MEETING.replace("organ: SSU", "organ: OU"))
        assert soon(file.with_name("møte.yaml.FEIL.txt").exists)
        office.drop("møte.yaml", MEETING)
        assert soon(lambda: not file.with_name("møte.yaml.FEIL.txt").exists())
        process.send_signal(signal.SIGTERM)
        told, _wrong = process.communicate(timeout=SOON)

    assert "Avvist: inputs/møte.yaml" in told
    assert "Riktig igjen, eller borte: inputs/møte.yaml" in told


def test_a_broken_docgen_toml_keeps_the_last_good_one(office: Office):
    with watching(office.root) as process:
        assert soon((office.output / "Status.html").exists)
        good = (office.root / "docgen.toml").read_text("utf-8")
        office.write("docgen.toml", "dette er ikke [toml")
        assert soon((office.root / "docgen.toml.FEIL.txt").exists)
        office.write("docgen.toml", good)
        assert soon(lambda: not (office.root / "docgen.toml.FEIL.txt").exists())
        assert process.poll() is None


def test_once_makes_what_is_there_and_ends(office: Office):
    office.drop("møte.yaml", MEETING)

    process = start(office.root, "--once")
    process.communicate(timeout=SOON)

    assert process.returncode == 0
    assert any("innkalling" in name for name in office.names())


def test_once_with_a_refused_file_ends_with_1(office: Office):
    office.drop("møte.yaml", MEETING.replace("organ: SSU", "organ: OU"))

    process = start(office.root, "--once")
    told, _wrong = process.communicate(timeout=SOON)

    assert process.returncode == 1
    assert "Avvist: inputs/møte.yaml" in told


@pytest.mark.parametrize("seconds", ["0", "-1", "1e9", "nan"])
def test_an_interval_that_makes_no_sense_is_a_wrong_call(office: Office, seconds: str):
    process = start(office.root, "--interval", seconds)
    _told, wrong = process.communicate(timeout=SOON)

    assert process.returncode == 2
    assert wrong == "--interval: Så mange sekunder kan det ikke gå mellom hver gang. Skriv et tall fra 0.1 til 3600.\n"
