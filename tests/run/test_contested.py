"""A file that is copied and then changed itself: the copy is not taken for the meeting before that is answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.register import opened
from tests.run.office import MEETING, Office


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    office = Office(tmp_path / "arbeid")
    office.built("møte.yaml", MEETING)
    office.drop("kopi.yaml", MEETING)
    office.drop("møte.yaml", MEETING.replace("2026-03-12", "2025-03-13"))
    return office


def sources(office: Office) -> list[str]:
    """The inputs of the meetings, as the register's rows tell of them."""
    with opened(office.workspace.register, office.workspace.marker) as register:
        return [row.facts["source"] for row in register.rows() if row.event == "meeting"]


def test_the_question_stands_until_it_is_answered(office: Office):
    first, again = office.build(), office.build()

    for report in (first, again):
        assert report.refused == ["inputs/møte.yaml"]
        (asked,) = office.problems(report)
        assert asked.startswith("inputs/møte.yaml, linje 3, dato: Til nå var dette møtet i SSU 12.03.2026")
        assert "Nå er inputs/kopi.yaml også det møtet. Ta bort inputs/kopi.yaml" in asked
        assert "flyttet fra: ikke 01/26" in asked
    assert sources(office) == ["inputs/møte"]


def test_an_answer_makes_the_copy_the_meeting_and_the_file_another(office: Office):
    office.build()
    changed = MEETING.replace("2026-03-12", "2025-03-13")
    office.drop("møte.yaml", f"{changed}flyttet fra: ikke 01/26\n")

    reports = office.build(), office.build()

    assert [report.is_whole for report in reports] == [True, True]
    assert sorted(set(sources(office))) == ["inputs/kopi", "inputs/møte"]
    assert "01/25" in office.text("2025-03-13 SSU innkalling")
    assert "01/26" in office.text("2026-03-12 SSU innkalling")


def test_without_the_copy_the_file_is_the_meeting_with_its_new_date(office: Office):
    office.build()
    (office.root / "inputs/kopi.yaml").unlink()
    changed = MEETING.replace("2026-03-12", "2025-03-13")
    office.drop("møte.yaml", f"{changed}flyttet fra: 12.03.2026\n")

    report = office.build()

    assert report.is_whole
    assert "01/26" in office.text("2025-03-13 SSU innkalling")
