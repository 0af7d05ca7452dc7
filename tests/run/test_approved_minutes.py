"""Approved minutes: frozen with the case that approved them; what is corrected later is printed in them."""

from __future__ import annotations

import shutil

import pytest

from tests.run.office import APPROVED, HELD, MEETING_FOLDER, SSU

MINUTES = f"{MEETING_FOLDER}/2026-03-12 SSU protokoll"
CHANGED = APPROVED.replace("Budsjettet er vedtatt.", "Budsjettet er utsatt.")
NOTE = "rettelser:\n  - {dato: 2026-07-01, tekst: Vedtaket i sak 02/26 er rettet.}\n"


@pytest.fixture
def approved(office):
    """An office whose minutes are approved in case 04/26 and frozen."""
    office.built("m.yaml", APPROVED)
    return office


def told(office, text: str) -> str:
    office.drop("m.yaml", text)
    return " ".join(office.problems(office.build()))


def test_minutes_are_frozen_with_the_case_that_approved_them(office):
    office.built("m.yaml", HELD)

    report = office.built("m.yaml", APPROVED)

    ((document, approval),) = [(one.document, one.approved) for one in report.frozen]
    assert (document, approval.case, approval.date) == ("protokoll SSU 2026-03-12", "04/26", "2026-06-04")


def test_minutes_that_are_held_may_still_change(office):
    office.built("m.yaml", HELD)

    report = office.built("m.yaml", HELD.replace("Budsjettet er vedtatt.", "Budsjettet er utsatt."))

    assert "Budsjettet er utsatt." in office.text(MINUTES)
    assert report.frozen == []


def test_approved_minutes_do_not_change_without_a_note(approved):
    before = approved.content()

    problem = told(approved, CHANGED)

    assert (
        "inputs/m.yaml, linje 1, rettelser: Protokollen ble godkjent (SSU 04.06.2026 sak 04/26), og er endret etter "
        "det: «02/26 Budsjett». Skriv det slik det var, eller legg dette til under rettelser, som trykkes i "
        'protokollen: {dato: …, tekst: "Rettet «02/26 Budsjett»."}'
    ) in problem
    assert approved.content() == before


def test_a_correction_is_printed_and_frozen(approved):
    report = approved.built("m.yaml", CHANGED + NOTE)

    assert [one.version for one in report.frozen] == ["2"]
    assert "# Rettelser\n• 1. juli 2026: Vedtaket i sak 02/26 er rettet." in approved.text(MINUTES)
    assert "Budsjettet er utsatt." in approved.text(MINUTES)
    assert "Vedtaket i sak 02/26 er rettet." in approved.text("særutskrift 02-26 Budsjett")


def test_a_correction_can_not_be_taken_out_again(approved):
    approved.built("m.yaml", CHANGED + NOTE)

    assert "Protokollen er godkjent («2 | Vedtaket i sak 02/26 er rettet." in told(approved, CHANGED)


def test_an_approval_can_not_be_taken_back(approved):
    assert "Protokollen er godkjent («1 | SSU 04.06.2026 sak 04/26»), men det står ikke" in told(approved, HELD)


def test_an_approval_can_not_be_changed(approved):
    problem = told(approved, APPROVED.replace("04/26", "05/26"))

    assert "Det som står om godkjenningen av protokollen, er endret: Det var «1 | SSU 04.06.2026 sak 04/26»" in problem


def test_a_new_case_in_approved_minutes_gets_no_number(approved):
    problem = told(approved, APPROVED.replace("  - tittel: Eventuelt", "  - tittel: Ny sak\n  - tittel: Eventuelt"))

    assert "og er endret etter det: «03/26 Ny sak» (ny)" in problem
    assert approved.build().fixed == []


def test_minutes_keep_the_members_that_were_there(approved):
    before = approved.text(MINUTES)

    approved.drop("mandates/SSU.yaml", SSU.replace("Per Dal", "Siv Berg"))
    shutil.rmtree(approved.output)
    approved.build()

    assert "Per Dal" in before
    assert approved.text(MINUTES) == before


def test_a_new_look_makes_approved_minutes_again_as_the_same_version(approved):
    approved.write("docgen.toml", '[eier]\nnavn = "Helsefellesskapet Sørvik"\n')

    report = approved.build()

    assert (report.frozen, report.refused) == ([], [])
    assert "Helsefellesskapet Sørvik" in approved.text(MINUTES)


def test_how_far_the_work_has_come_is_told_elsewhere(office):
    action = "    oppfølging: [{hva: Regne, status: pågår}]\n    konsensus: ja\n"
    text = APPROVED.replace("    konsensus: ja\n", action)
    office.built("m.yaml", text)

    report = office.built("m.yaml", text.replace("pågår", "ferdig"))

    assert report.frozen == []
    assert "Pågår" in office.text(MINUTES)


def test_minutes_carry_the_hash_of_the_row_that_fixed_their_numbers(approved):
    first = approved.paper(MINUTES).properties["register"]

    approved.built("n.yaml", APPROVED.replace("03-12", "05-12").replace("2026-06-04", "2026-07-04"))
    approved.build()

    assert approved.paper(MINUTES).properties["register"] == first
    assert first != approved.paper("2026-05-12 SSU protokoll").properties["register"]


def test_two_meetings_on_one_day_have_minutes_of_their_own(approved):
    report = approved.built("n.yaml", APPROVED.replace("tid: 9-11", "tid: 12-14"))
    again = approved.build()

    assert [one.document for one in report.frozen] == ["protokoll SSU 2026-03-12 12:00"]
    assert (again.frozen, again.refused, again.count("made")) == ([], [], 0)
