"""Which meeting is meant, and what is said when it is not found."""

from __future__ import annotations

import pytest

from docgen.run.history import UnknownError
from docgen.run.inputs import read_inputs
from docgen.run.pack.asked import meeting_named
from docgen.run.report import Report
from tests.run.office import MEETING, OU, Office


@pytest.fixture
def office(tmp_path, monkeypatch) -> Office:
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    made = Office(tmp_path / "arbeid")
    made.drop("SSU/mars.yaml", MEETING)
    return made


def found(office: Office, written: str) -> str:
    library = read_inputs(office.workspace, Report()).library
    return meeting_named(office.workspace, library, written, office.root / "inputs")[0].file


def said(office: Office, written: str) -> str:
    with pytest.raises(UnknownError) as unknown:
        found(office, written)
    return str(unknown.value)


@pytest.mark.parametrize(
    "written",
    [
        "SSU 2026-03-12",
        "ssu 12.03.2026",
        "12. mars 2026 SSU",
        "Strategisk samarbeidsutvalg 12.3.26",
        "SSU 12.3.2026 kl. 9.00",
        "mars.yaml",
        "SSU/mars.yaml",
        "inputs/SSU/mars.yaml",
    ],
)
def test_a_meeting_is_known_by_body_and_date_or_by_its_input(office, written):
    assert found(office, written) == "inputs/SSU/mars.yaml"


def test_a_draft_is_found_too(office):
    office.drop("SSU/mai.yaml", MEETING.replace("2026-03-12", "2026-05-07").replace("innkalt", "utkast"))

    assert found(office, "SSU 2026-05-07") == "inputs/SSU/mai.yaml"


def test_a_meeting_that_is_wrong_is_found_so_that_its_problems_can_be_told(office):
    office.drop("SSU/mars.yaml", MEETING.replace("sted:", "stedd:"))

    assert found(office, "SSU 2026-03-12") == "inputs/SSU/mars.yaml"


def test_an_unknown_body_is_told_with_the_nearest_one(office):
    assert "Det finnes ikke noe mandat for et organ SSA. Mente du SSU?" in said(office, "SSA 2026-03-12")


def test_a_body_with_no_meeting_that_day_is_told_with_the_nearest_day(office):
    office.drop("mandates/OU.yaml", OU)

    assert "SSU har ikke noe møte 13.03.2026. Mente du SSU 12.03.2026?" in said(office, "SSU 2026-03-13")
    assert "OU har ingen møter blant inndatafilene." in said(office, "OU 2026-03-13")


def test_two_meetings_of_a_day_are_asked_about(office):
    office.drop("SSU/etter.yaml", MEETING.replace("9-11", "13-15"))

    told = said(office, "SSU 2026-03-12")
    assert "SSU har flere møter 12.03.2026. Skriv når møtet begynner, etter datoen: 09:00, 13:00." in told
    assert found(office, "SSU 2026-03-12 13.00") == "inputs/SSU/etter.yaml"


def test_what_is_no_meeting_is_told_with_an_example(office):
    assert "docgen finner ikke noe møte «SSU». Skriv organet og datoen, for eksempel SSU 2026-03-12." in said(
        office, "SSU"
    )
