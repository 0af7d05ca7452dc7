"""What can't be written is told in Norwegian beside its document, and all the others are made."""

from __future__ import annotations

import errno
import os

import pytest

from docgen.deliver.facts import is_untouched
from tests.deliver.conftest import edit
from tests.run.office import MEETING, Office

FOLDER = "SSU/2026-03-12"
NOTICE = f"{FOLDER}/2026-03-12 SSU innkalling.docx"
BESIDE = f"{FOLDER}/2026-03-12 SSU innkalling (ny).docx"


@pytest.fixture
def office(tmp_path, monkeypatch) -> Office:
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    made = Office(tmp_path / "arbeidsrom")
    made.drop("m.yaml", MEETING)
    return made


def states(report) -> dict[str, str]:
    return {document.file.removeprefix("output/"): document.state for document in report.documents}


def test_docgen_knows_every_document_that_it_made(office):
    office.build()

    assert [name for name, content in office.content().items() if not is_untouched(content)] == []


def test_a_document_that_changed_is_made_again_in_its_place(office):
    office.build()
    office.drop("m.yaml", MEETING.replace("Rådhuset", "Kirken"))

    report = office.build()

    assert states(report)[NOTICE] == "made"
    assert BESIDE not in office.names()
    assert "Kirken" in office.text("innkalling")


def test_an_edited_document_is_kept_and_the_report_says_where_the_new_one_is(office):
    office.build()
    edited = edit(office.output / NOTICE, "Husk kake.")
    office.drop("m.yaml", MEETING.replace("Rådhuset", "Kirken"))

    report = office.build()

    assert (office.output / NOTICE).read_bytes() == edited
    assert "Kirken" in office.text("innkalling (ny)")
    assert states(report)[BESIDE] == "beside"
    (problem,) = report.problems
    assert problem.warning
    assert str(problem) == (
        f"output/{NOTICE}: Merk: Dokumentet er endret etter at docgen laget det, og er derfor beholdt."
        " Det nye heter «2026-03-12 SSU innkalling (ny).docx». Flytt endringene dine til inputs/m.yaml, og slett det"
        " endrede dokumentet."
    )


def test_an_edited_document_is_told_of_at_every_build_until_it_is_gone(office):
    office.build()
    edit(office.output / NOTICE, "Husk kake.")

    assert [problem.warning for problem in office.build().problems] == [True]
    assert [problem.warning for problem in office.build().problems] == [True]

    (office.output / NOTICE).unlink()
    assert office.build().problems == []


def test_a_folder_where_the_document_should_be_is_a_problem_and_the_rest_is_made(office):
    (office.output / NOTICE).mkdir(parents=True)

    report = office.build()

    assert states(report)[NOTICE] == "failed"
    assert report.count("made") == len(report.documents) - 1
    (problem,) = office.problems(report)
    assert problem.startswith(f"output/{NOTICE}: Dokumentet kan ikke skrives: ")


def test_a_file_where_a_folder_should_be_is_a_problem_and_the_rest_is_made(office):
    office.output.mkdir()
    (office.output / "SSU").write_bytes(b"")

    report = office.build()

    assert report.count("failed") == 3
    assert office.names() == ["SSU", "mandater/Mandat SSU.docx"]


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.ENOENT])
def test_a_document_that_can_not_be_written_is_a_problem_and_the_rest_is_made(office, monkeypatch, reason):
    office.build()
    before = office.content()
    office.drop("m.yaml", MEETING.replace("Rådhuset", "Kirken"))
    replace = os.replace

    def refuse(source, target):
        if os.fspath(target).endswith("innkalling.docx"):
            raise OSError(reason, os.strerror(reason))
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)

    report = office.build()

    assert states(report)[NOTICE] == "failed"
    assert office.content()[NOTICE] == before[NOTICE]
    assert "Kirken" in office.text("protokoll (utkast)")
    assert not [name for name in office.names() if name.endswith(".tmp")]
    assert not report.is_whole


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_is_a_problem(office):
    folder = office.output / FOLDER
    folder.mkdir(parents=True)
    folder.chmod(0o500)

    report = office.build()

    folder.chmod(0o700)
    assert report.count("failed") == 3
    assert "mandater/Mandat SSU.docx" in office.names()
