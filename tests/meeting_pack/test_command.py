"""`docgen pack` as a secretary sees it: what is printed, and the exit codes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from docgen.run.lock import HOLDER
from tests.cli.conftest import Docgen
from tests.meeting_pack.word_file import word_file
from tests.pack.samples import plain
from tests.run.office import MEETING, Office

ATTACHED = MEETING.replace("    forslag", "    vedlegg: [notat.pdf, arkiv.zip]\n    forslag")


@pytest.fixture
def office(tmp_path, monkeypatch) -> Office:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    made = Office(tmp_path / "arbeid")
    made.drop("m.yaml", MEETING)
    made.build()
    return made


@pytest.fixture
def docgen(office) -> Docgen:
    return Docgen(office.root)


def test_it_prints_where_the_pack_is_and_what_is_in_it(office, docgen):
    done = docgen("pack", "SSU", "12.03.2026")

    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "output/SSU/2026-03-12/2026-03-12 SSU sakspakke.pdf",
        "  1  Innkalling",
        "     Sak 02/26 Budsjett",
        "  2    Saksframlegg",
    ]
    assert done.stderr.splitlines() == ["2 sider. Arkivet og skjermlesere kan bruke den: PDF/A-2a og PDF/UA-1."]


def test_what_is_left_out_is_told_and_the_exit_code_is_1(office, docgen):
    (office.root / "inputs" / "notat.pdf").write_bytes(plain("Notatet"))
    (office.root / "inputs" / "arkiv.zip").write_bytes(b"PK")
    office.drop("m.yaml", ATTACHED)

    done = docgen("pack", "SSU", "12.03.2026")
    told = json.loads(docgen("pack", "SSU", "12.03.2026", "--json").stdout)

    assert done.returncode == 1
    assert done.stdout.splitlines()[1:] == [
        "  1  Innkalling",
        "  2  Ikke tatt med",
        "     Sak 02/26 Budsjett",
        "  3    Saksframlegg",
        "  4    Vedlegg 1 notat (kan ikke leses opp i riktig rekkefølge, ikke laget for arkivet)",
        "  –    Vedlegg 2 arkiv (ikke med: det kunne ikke lages PDF av den)",
    ]
    assert "arkiv.zip: Av denne filtypen blir det ikke laget PDF." in done.stderr
    assert "4 sider. Ikke alt er laget for arkivet. Ikke alt er laget for skjermlesere. " in done.stderr
    assert "1 fil er ikke med, og står på en liste etter sakslisten." in done.stderr
    assert told["left_out"] == [
        {"case": "Sak 02/26 Budsjett", "title": "Vedlegg 2 arkiv", "source": "arkiv.zip", "why": "unmade"}
    ]
    assert [part["page"] for part in told["parts"]] == [1, 2, 3, 4]
    assert told["state"] == "unchanged"


def test_a_refused_public_pack_has_exit_code_1_and_tells_why_in_json_too(office, docgen):
    (office.root / "inputs" / "notat.docx").write_bytes(word_file("Fnr. 151086 95088"))
    office.drop("m.yaml", ATTACHED.replace("notat.pdf, arkiv.zip", "notat.docx"))

    done = docgen("pack", "SSU", "12.03.2026", "--offentlig", "--json")

    assert done.returncode == 1
    (problem,) = json.loads(done.stdout)["problems"]
    assert problem["file"] == "notat.docx"
    assert "fødselsnummer" in problem["what"]


def test_what_is_wrong_with_an_input_that_cannot_be_read_is_told_when_it_is_named(office, docgen):
    office.drop("m.yaml", "type: møte\n  organ: SSU\n")

    done = docgen("pack", "inputs/m.yaml")

    assert done.returncode == 1
    assert "inputs/m.yaml, linje 2" in done.stderr


def test_a_meeting_that_is_not_there_has_exit_code_2(docgen):
    done = docgen("pack", "SSU", "13.03.2026")

    assert done.returncode == 2
    assert "Mente du SSU 12.03.2026?" in done.stderr


def test_the_help_is_in_norwegian(docgen):
    done = docgen("pack", "--help")

    assert done.stdout.startswith("Bruk: docgen pack MØTE… [VALG]")
    assert "--offentlig, --public" in done.stdout
    assert "--tosidig, --duplex" in done.stdout


def test_a_pack_is_made_while_docgen_watches_and_the_watcher_goes_on(office, docgen):
    command = [sys.executable, "-m", "docgen", "--workspace", str(office.root), "watch"]
    watching = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=office.root)
    try:
        wait_for(lambda: is_watched(office))

        done = docgen.process("pack", "SSU", "2026-03-12")

        assert done.returncode == 0, done.stderr
        assert watching.poll() is None
        office.drop("ny.yaml", MEETING.replace("2026-03-12", "2026-05-07"))
        wait_for((office.output / "SSU/2026-05-07/2026-05-07 SSU innkalling.docx").exists)
    finally:
        watching.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        watching.communicate(timeout=30)
    assert (office.output / "SSU/2026-03-12/2026-03-12 SSU sakspakke.pdf").exists()


def is_watched(office: Office) -> bool:
    """Return whether the watcher holds the builder's lock."""
    told = office.root / HOLDER
    return told.exists() and "docgen watch" in told.read_text("utf-8")


def wait_for(done, seconds: float = 30) -> None:
    ends = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < ends
        time.sleep(0.05)
