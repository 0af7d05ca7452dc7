"""What the machines have found once, each as the steps that a secretary would take."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.rules.archive import Archive, Printed
from tests.rules.desk import Desk
from tests.rules.documents import Paper
from tests.rules.secretary import BODIES

SSU = BODIES[0]


def meeting(date: str, *cases: str, status: str = "innkalt", start: str = "09:00", more: str = "") -> str:
    head = f"type: møte\norgan: SSU\ndato: {date}\ntid: '{start}'\nsted: Rådhuset\nstatus: {status}\n{more}saker:\n"
    return head + "".join(f"- {{{case}}}\n" for case in cases)


@pytest.fixture
def desk() -> Iterator[Desk]:
    found = Desk()
    found.files["mandates/SSU.yaml"] = SSU.mandate
    yield found
    found.close()


@pytest.fixture
def archive() -> Iterator[Archive]:
    found = Archive()
    yield found
    found.close()


@pytest.fixture
def printed() -> Iterator[Printed]:
    found = Printed()
    yield found
    found.close()


def fixed(desk: Desk, asked: list[str] | None = None) -> dict[str, list[tuple[str, str]]]:
    return {one.input: list(one.cases) for one in desk.build(asked).fixed}


def test_a_number_does_not_go_to_another_case_when_its_own_is_still_there(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Budsjett")
    desk.build()

    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Budsjett", "tittel: Klima, nr: 01/26")
    problem = desk.build().problems["inputs/a.yaml"]

    assert "Sak 01/26 er «Budsjett» i registeret. Her har «Klima» det nummeret, og «Budsjett» har ikke noe." in problem
    assert desk.ledger.record.highest("ssu", 2026) == 1


def test_a_new_case_may_have_the_title_that_a_fixed_one_had_when_it_is_said_not_to_be_that(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Budsjett")
    desk.build()

    desk.files["inputs/a.yaml"] = meeting(
        "2026-03-01", "tittel: Budsjett, nr: ikke 01/26", "tittel: Budsjett 2026, nr: 01/26"
    )

    assert fixed(desk) == {"inputs/a.yaml": [("02/26", "Budsjett")]}


def test_an_id_of_its_own_does_not_take_the_number_from_a_case_of_that_title(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Budsjett")
    desk.build()

    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Budsjett, id: ny", "tittel: Klima, nr: 01/26")

    assert "skriv nr: ikke 01/26 på den." in desk.build().problems["inputs/a.yaml"]


def test_a_case_that_came_back_from_another_does_not_lose_its_number_to_a_new_one(desk):
    back = "tittel: Budsjett, utsatt fra: 05/25"
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", back)
    desk.build()

    desk.files["inputs/a.yaml"] = meeting("2026-03-01", back, "tittel: Klima, nr: 01/26")

    assert "Sak 01/26 er «Budsjett» i registeret." in desk.build().problems["inputs/a.yaml"]


def test_an_id_that_is_as_it_was_is_not_told_as_another(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Budsjett, id: b")
    desk.build()

    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Budsjett, id: b, nummerert: nei")
    problem = desk.build().problems["inputs/a.yaml"]

    assert "Ta bort nummerert: nei." in problem
    assert "har id" not in problem


def test_another_meeting_on_the_day_of_one_whose_file_is_gone_can_be_said_to_be_another(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Budsjett")
    desk.build()
    del desk.files["inputs/a.yaml"]
    more = "flyttet fra: ikke 01/26\n"
    desk.files["inputs/b.yaml"] = meeting("2026-03-01", "tittel: Klima", start="13:00", more=more)

    assert fixed(desk) == {"inputs/b.yaml": [("02/26", "Klima")]}


def test_a_meeting_with_a_number_is_asked_for_when_it_moves_into_another_year(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-12-01", "tittel: Budsjett", more="møtenummer: 4/2026\n")
    desk.build()

    desk.files["inputs/a.yaml"] = meeting("2027-01-10", "tittel: Budsjett", more="møtenummer: 4/2026\n")

    assert "Skriv flyttet fra: 01.12.2026" in desk.build().problems["inputs/a.yaml"]


def test_the_next_meeting_with_the_usual_agenda_is_not_taken_for_one_whose_file_is_gone(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Godkjenning av innkalling")
    desk.build()
    del desk.files["inputs/a.yaml"]
    desk.files["inputs/b.yaml"] = meeting("2026-04-01", "tittel: Godkjenning av innkalling")

    assert "Skriv flyttet fra:" in desk.build().problems["inputs/b.yaml"]


def test_a_moved_meeting_keeps_its_numbers_though_another_stands_on_its_old_day(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Klima", status="utkast", start="13:00")
    desk.files["inputs/b.yaml"] = meeting("2026-03-01", "tittel: Budsjett")
    desk.build()

    desk.files["inputs/b.yaml"] = meeting("2026-03-08", "tittel: Budsjett")
    outcome = desk.build()

    assert (outcome.problems, outcome.fixed) == ({}, [])
    assert str(outcome.numbers["inputs/b.yaml"].numbers[0].number) == "1"


def test_two_meetings_that_change_dates_keep_their_numbers_when_these_are_written(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Godkjenning")
    desk.files["inputs/b.yaml"] = meeting("2026-03-08", "tittel: Godkjenning")
    desk.build()

    desk.files["inputs/a.yaml"] = meeting("2026-03-08", "tittel: Godkjenning, nr: 01/26")
    desk.files["inputs/b.yaml"] = meeting("2026-03-01", "tittel: Godkjenning, nr: 02/26")

    assert desk.build().problems == {}


def test_a_date_that_a_meeting_once_was_moved_from_may_stay_in_the_file(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Budsjett")
    desk.build()
    moved = meeting("2026-03-08", "tittel: Budsjett", more="flyttet fra: 2026-03-01\n")
    desk.files["inputs/a.yaml"] = moved
    desk.build()

    desk.files["inputs/a.yaml"] = moved.replace("09:00", "10:30")

    assert desk.build().problems == {}


def test_no_number_is_skipped_for_a_called_meeting_that_was_not_asked_for(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Klima")
    desk.files["inputs/b.yaml"] = meeting("2026-04-01", "tittel: Budsjett")

    assert fixed(desk, ["inputs/b.yaml"]) == {"inputs/b.yaml": [("01/26", "Budsjett")]}
    assert fixed(desk) == {"inputs/a.yaml": [("02/26", "Klima")]}


def test_no_number_is_skipped_for_a_called_meeting_that_has_a_problem(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Klima", more="ukjent: nøkkel\n")
    desk.files["inputs/b.yaml"] = meeting("2026-04-01", "tittel: Budsjett")

    assert fixed(desk) == {"inputs/b.yaml": [("01/26", "Budsjett")]}


def test_an_approved_organisation_document_stands_when_a_mandate_gets_a_draft(archive):
    mandate = Paper("mandat", "SSU", "mandates/SSU", "Partnerskapet", title="Strategisk utvalg")
    organisation = Paper("organisering", "Organisering", "inputs/org", "Partnerskapet", bodies=[mandate])
    for paper in (mandate, organisation):
        paper.add_row()
        paper.approve("Partnerskapet", "iso")
    archive.write({one.path: one.text() for one in (mandate, organisation)})
    archive.build()
    mandate.add_row()
    mandate.chapters[0][1] = "9"

    archive.write({one.path: one.text() for one in (mandate, organisation)})

    assert archive.build().problems == {}


def test_an_organisation_document_never_prints_the_draft_that_a_mandate_was_when_it_was_approved(printed):
    mandate = Paper("mandat", "SSU", "mandates/SSU", "Partnerskapet", title="Strategisk utvalg")
    organisation = Paper("organisering", "Organisering", "inputs/org", "Partnerskapet", bodies=[mandate])
    mandate.add_row()
    mandate.approve("Partnerskapet", "iso")
    printed.write({mandate.path: mandate.text()})
    printed.build()
    mandate.add_row()
    mandate.chapters[0][1] = "8"
    organisation.add_row()
    organisation.approve("Partnerskapet", "iso")
    printed.write({one.path: one.text() for one in (mandate, organisation)})
    printed.build()
    mandate.chapters[0][1] = "9"

    printed.write({one.path: one.text() for one in (mandate, organisation)})
    printed.build()

    text = printed.text("organisering/Organisering.docx")
    assert "«SSU utgave 0»" in text
    assert not {"«SSU utgave 8»", "«SSU utgave 9»"} & set(re.findall("«SSU utgave .»", text))


def test_an_answer_that_stays_in_the_file_does_not_make_a_moved_meeting_new(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Budsjett")
    desk.build()
    del desk.files["inputs/a.yaml"]
    answered = meeting("2026-04-01", "tittel: Budsjett", more="flyttet fra: ikke 01/26\n")
    desk.files["inputs/b.yaml"] = answered
    desk.build()

    desk.files["inputs/b.yaml"] = answered.replace("2026-04-01", "2026-04-08")

    assert fixed(desk) == {}


def test_an_answer_still_holds_when_the_meeting_moves_to_the_day_of_the_other(desk):
    desk.files["inputs/a.yaml"] = meeting("2026-03-01", "tittel: Budsjett")
    desk.build()
    del desk.files["inputs/a.yaml"]
    answered = meeting("2026-04-01", "tittel: Klima", "tittel: Budsjett", more="flyttet fra: ikke 01/26\n")
    for date in ("2026-04-01", "2026-03-01", "2026-05-01"):
        desk.files["inputs/b.yaml"] = answered.replace("2026-04-01", date)
        outcome = desk.build()

    assert outcome.problems == {}
    assert outcome.fixed == []
