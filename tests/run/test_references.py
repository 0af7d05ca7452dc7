"""What an input says of a case that the register knows: a warning when it is not so."""

from __future__ import annotations

import pytest

from tests.run.office import APPROVED, MEETING, SSU, TOML


@pytest.fixture
def called(office):
    office.built("m.yaml", MEETING)
    return office


def warnings(office, name: str, text: str) -> list[str]:
    office.drop(name, text)
    return [line for line in office.problems(office.build()) if "Det står ikke noe om" not in line]


def later(case: str) -> str:
    return MEETING.replace("03-12", "06-04").replace("Budsjett\n", f"Regnskap\n    {case}\n")


def test_a_case_that_comes_back_must_have_been_postponed(called):
    (told,) = warnings(called, "n.yaml", later("utsatt fra: 02/26"))

    assert "Merk: Sak 02/26 er ikke utsatt i møtet 12.03.2026. Skriv utfall: utsatt på den der" in told


def test_a_case_that_is_postponed_comes_back_without_a_word(called):
    called.built("m.yaml", MEETING.replace("Budsjett\n", "Budsjett\n    utfall: utsatt\n"))

    assert warnings(called, "n.yaml", later("utsatt fra: 02/26")) == []


def test_a_case_that_does_not_exist_can_not_come_back(called):
    (told,) = warnings(called, "n.yaml", later("fra: 07/26"))

    assert "inputs/n.yaml, linje 10, saker[2].fra: Merk: Det er ingen sak 07/26 fra SSU i registeret." in told


def test_numbers_of_years_that_are_only_on_paper_are_left_alone(called):
    assert warnings(called, "n.yaml", later("fra: 07/19")) == []


def test_the_case_that_approved_the_minutes_must_be_of_that_day(called):
    (told,) = warnings(called, "n.yaml", APPROVED.replace("03-12", "02-12").replace("04/26", "02/26"))

    assert "Sak 02/26 står i møtet 12.03.2026, men godkjenningen har datoen 04.06.2026." in told


def test_the_case_that_approved_a_version_must_exist(called):
    log = "versjonslogg:\n  - {versjon: 1, godkjent: {organ: SSU, dato: 2026-03-12, sak: 9/26}}\n"

    (told,) = warnings(called, "r.yaml", f"type: retningslinje\nnummer: 2\ntittel: A\n{log}")

    assert "versjonslogg[1].godkjent.sak: Merk: Det er ingen sak 9/26 fra SSU i registeret." in told


@pytest.mark.parametrize("rule", ["mandat", "mandat SSU"])
def test_who_may_approve_a_mandate_can_be_ruled(office, rule):
    office.write("docgen.toml", f'{TOML}[godkjenning]\n"{rule}" = "Partnerskapet"\n')
    office.drop("mandates/SSU.yaml", f"{SSU}versjonslogg:\n  - {{versjon: 1, godkjent: FSU mai 2024}}\n")

    (told,) = office.problems(office.build())

    assert "FSU kan ikke godkjenne mandat SSU. Etter docgen.toml og mandatene godkjennes det av Partnerskapet." in told


def test_a_case_that_is_fixed_in_the_same_build_is_known(called):
    called.drop("a.yaml", APPROVED.replace("03-12", "02-12").replace("04/26", "05/26").replace("06-04", "05-05"))

    assert warnings(called, "n.yaml", MEETING.replace("03-12", "05-05")) == []


def test_numbers_below_those_that_the_register_has_are_on_paper(office):
    office.built("m.yaml", MEETING.replace("innkalling\n", "innkalling\n    nr: 10/26\n"))

    assert warnings(office, "n.yaml", later("fra: 02/26")) == []
