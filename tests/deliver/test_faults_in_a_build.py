"""Whatever the disk does to a build, the last good documents stay, it is told, and the next build mends it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.run.office import MEETING, Office

FULL, READ_ONLY, DENIED, GONE = errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOENT
TOLD = {
    FULL: "disken er full",
    READ_ONLY: "disken er skrivebeskyttet",
    DENIED: "ingen tilgang, eller åpen i et annet program",
    GONE: "den finnes ikke",
}

CHANGED = 2
"""So many documents print where the meeting is."""

Fault = Callable[[object], None]


def at_open(monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    opened = Path.open

    def broken(file: Path, mode: str = "r", *rest: object, **named: object):
        if mode == "wb":
            fault(file)
        return opened(file, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", broken)


def at_flush(monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    flush = os.fsync

    def broken(handle: int) -> None:
        fault(os.readlink(f"/proc/self/fd/{handle}"))
        flush(handle)

    monkeypatch.setattr(os, "fsync", broken)


def at_check(monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    read = Path.read_bytes

    def broken(file: Path) -> bytes:
        fault(file)
        return read(file)

    monkeypatch.setattr(Path, "read_bytes", broken)


def at_replace(monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    replace = os.replace

    def broken(source: object, target: object) -> None:
        fault(source)
        replace(source, target)

    monkeypatch.setattr(os, "replace", broken)


STEPS = [at_open, at_flush, at_check, at_replace]


def unfinished(number: int) -> Fault:
    """Fail whatever is done with an unfinished document."""

    def fault(file: object) -> None:
        if ".docx." in str(file) and str(file).endswith(".tmp"):
            raise OSError(number, os.strerror(number))

    return fault


@pytest.fixture
def office(tmp_path, monkeypatch) -> Office:
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    monkeypatch.setattr("docgen.deliver.publish.time.sleep", lambda _seconds: None)
    office = Office(tmp_path / "arbeidsrom")
    office.built("m.yaml", MEETING)
    office.drop("m.yaml", MEETING.replace("Rådhuset", "Kirken"))
    return office


def documents(office: Office) -> dict[str, bytes]:
    return {name: data for name, data in office.content().items() if name.endswith((".docx", ".tmp"))}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="which file a handle is of can't be asked here")
@pytest.mark.parametrize("number", TOLD)
@pytest.mark.parametrize("step", STEPS)
def test_what_fails_is_told_and_made_when_the_cause_is_gone(office, monkeypatch, step, number):
    before = documents(office)
    with monkeypatch.context() as broken:
        step(broken, unfinished(number))

        report = office.build()

    assert documents(office) == before
    assert report.count("failed") == CHANGED
    assert len(report.problems) == CHANGED
    assert all(f"Dokumentet kan ikke skrives: {TOLD[number]}." in problem for problem in office.problems(report))

    report = office.build()

    assert (report.is_whole, report.count("made")) == (True, CHANGED)
    assert "Kirken" in office.text("innkalling")
    assert documents(office).keys() == before.keys()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_one_may_not_write_in_is_told_of_and_mended(office):
    """As on a share whose rights were changed: everything is there, and nothing can be written."""
    before = documents(office)
    folder = office.output / "SSU/2026-03-12"
    folder.chmod(0o500)

    report = office.build()

    folder.chmod(0o700)
    assert documents(office) == before
    assert report.count("failed") == CHANGED
    assert f"Dokumentet kan ikke skrives: {TOLD[DENIED]}." in office.problems(report)[0]
    assert office.build().count("made") == CHANGED


def test_an_output_folder_that_vanishes_is_made_again_whole(office):
    office.build()
    before = documents(office)
    shutil.rmtree(office.output)

    report = office.build()

    assert report.is_whole
    assert documents(office) == before
