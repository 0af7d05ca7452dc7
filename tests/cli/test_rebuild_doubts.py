"""`docgen rebuild-register` of documents that are lost, edited or do not agree: told, and never guessed."""

from __future__ import annotations

import shutil

import pytest

from tests.cli.secretariat import LATER, MINUTES, NOTICE, Secretariat, wrong
from tests.run.office import APPROVED, MEETING


@pytest.fixture
def office(tmp_path) -> Secretariat:
    return Secretariat(tmp_path / "arbeidsrom")


@pytest.fixture
def filled(office) -> Secretariat:
    office.registered()
    return office


def test_one_document_of_each_meeting_is_enough(filled):
    before = filled.numbers()
    filled.lose_the_register()
    shutil.copytree(filled.output, filled.root / "gamle")
    for file in (filled.root / "gamle").rglob("*.docx"):
        if "SSU innkalling" not in file.name and "Utskrivning" not in file.name:
            file.unlink()

    done = filled.docgen("rebuild-register", "gamle")

    assert done.returncode == 0
    assert filled.numbers() == before
    assert (
        "protokoll SSU 2026-03-12: Merk: Innholdet i versjon 1 ble ikke funnet i noe dokument. "
        "Neste bygging tar filen for det som ble godkjent" in done.stderr
    )
    assert wrong(filled.build()) == []
    assert filled.record().minutes(1)[-1].digest


def test_numbers_that_no_document_has_are_told_and_never_given_again(filled):
    filled.lose_the_register()
    shutil.rmtree(filled.output / "SSU/2026-03-12")

    done = filled.docgen("rebuild-register", "output")

    assert "SSU: Merk: Ingen dokumenter har disse saksnumrene fra 2026: 01/26–02/26." in done.stderr
    assert (
        "inputs/m.yaml: Merk: Møtet er kalt inn, og ingen dokumenter forteller numrene på alle sakene. "
        "Neste bygging gir resten 05/26, 06/26." in done.stderr
    )


def test_numbers_on_paper_are_written_in_by_hand_after_it(filled):
    filled.lose_the_register()
    shutil.rmtree(filled.output / "SSU/2026-03-12")
    filled.docgen("rebuild-register", "output")

    named = APPROVED.replace("innkalling\n", "innkalling\n    nr: 01/26\n").replace(
        "Budsjett\n", "Budsjett\n    nr: 02/26\n"
    )
    filled.built("m.yaml", named)

    assert filled.numbers()["SSU 02/26"] == "Budsjett"


def test_a_number_that_two_meetings_have_stays_with_both_and_is_told(filled, tmp_path):
    other = Secretariat(tmp_path / "annet")
    other.built("x.yaml", LATER.replace("2026-06-04", "2026-09-03"))
    shutil.copytree(other.output / "SSU/2026-09-03", filled.output / "SSU/2026-09-03")
    filled.lose_the_register()

    done = filled.docgen("rebuild-register", "output")

    assert done.returncode == 1
    told = [line for line in done.stderr.splitlines() if "Saksnummer 02/26 er «Regnskap» her og «Budsjett» i" in line]
    assert len(told) == 1
    report = filled.build()
    assert wrong(report) == []
    assert filled.numbers()["SSU 03/26"] == "Godkjenning av innkalling"
    assert filled.facts(NOTICE)["sak 02/26"] == "Budsjett"
    verified = filled.docgen("verify")
    assert verified.returncode == 0
    assert "Saksnummer 02/26 er i flere møter: SSU 12.03.2026, SSU 03.09.2026." in verified.stderr


def test_documents_that_do_not_agree_on_a_title_leave_the_question_to_a_person(office, tmp_path):
    office.built("m.yaml", MEETING)
    other = Secretariat(tmp_path / "annet")
    other.built("m.yaml", MEETING.replace("Budsjett\n", "Bytte av lege\n"))
    shutil.copy(other.output / NOTICE, office.output / "annen innkalling.docx")
    office.lose_the_register()

    done = office.docgen("rebuild-register", "output")

    assert done.returncode == 1
    assert "Sak 02/26 er «Budsjett» her og «Bytte av lege» i output/annen innkalling.docx." in done.stderr
    assert "skriv nr: 02/26 på den" in "\n".join(office.problems(office.build()))
    report = office.built("m.yaml", MEETING.replace("Budsjett\n", "Budsjett\n    nr: 02/26\n"))
    assert report.fixed == []


def test_an_edited_document_tells_its_numbers_but_is_not_kept_as_approved(filled):
    before = filled.numbers()
    filled.edit(MINUTES)
    filled.edit(NOTICE)
    filled.lose_the_register()

    done = filled.docgen("rebuild-register", "output")

    assert done.returncode == 0
    assert f"output/{MINUTES}: Merk: Dokumentet er endret av et menneske." in done.stderr
    assert filled.numbers() == before
    made = dict(filled.record().minutes(1)[-1].made)
    assert MINUTES not in made
    assert any("særutskrift" in name for name in made)


def test_documents_without_facts_and_damaged_ones_are_named(filled):
    filled.lose_the_register()
    (filled.output / "skadd.docx").write_bytes(b"PK\x03\x04 ikke mer")
    shutil.copy(filled.root / "templates/protokoll.docx", filled.output / "mal.docx")

    done = filled.docgen("rebuild-register", "output")

    assert done.returncode == 0
    assert "output/skadd.docx: Merk: Dokumentet er skadet og lar seg ikke lese. Det ble hoppet over." in done.stderr
    assert "output/mal.docx: Merk: Dokumentet har ingen opplysninger fra docgen i seg." in done.stderr


def test_a_folder_without_documents_makes_no_register(filled):
    filled.lose_the_register()

    done = filled.docgen("rebuild-register", "inputs")

    assert done.returncode == 2
    assert done.stderr.startswith(
        "inputs: Ingen dokumenter der forteller om faste saksnumre eller godkjente versjoner."
    )
    assert not filled.database.exists()


def test_a_folder_that_is_not_there_is_told(filled):
    filled.lose_the_register()

    done = filled.docgen("rebuild-register", "utdata")

    assert (done.returncode, done.stderr.partition(" Nevn")[0]) == (2, "utdata: Filen eller mappen finnes ikke.")
