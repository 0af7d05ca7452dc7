"""Case numbers once they are fixed: they stay with their case through all that a secretary does to the file."""

from __future__ import annotations

import shutil

import pytest

from docgen.register import RegisterError
from docgen.run.report import Report
from tests.run.office import DRAFT, MEETING, MEETING_FOLDER, OU

LATE = "  - tittel: Ny sak\n    bakgrunn: Kom i går.\n  - tittel: Eventuelt"


def numbers(report: Report) -> list[str]:
    """What a build fixed: `01/26 Budsjett`."""
    return [f"{number} {title}" for one in report.fixed for number, title in one.cases]


def agenda(office, ending: str = "innkalling") -> list[str]:
    """The cases of the notice, in their order."""
    return [line for line in office.text(ending).splitlines() if line[:1].isdigit() or "/26" in line[:6]]


@pytest.fixture
def called(office):
    """An office whose first meeting is called: 01/26 Godkjenning av innkalling, 02/26 Budsjett."""
    office.built("m.yaml", MEETING)
    return office


def test_a_draft_fixes_nothing(office):
    report = office.built("m.yaml", DRAFT)

    assert numbers(report) == []
    assert not (office.root / ".docgen" / "register.db").exists()


def test_calling_the_meeting_fixes_its_numbers(office):
    report = office.built("m.yaml", MEETING)

    assert numbers(report) == ["01/26 Godkjenning av innkalling", "02/26 Budsjett"]


def test_a_dry_run_tells_the_numbers_and_fixes_none(office):
    office.drop("m.yaml", MEETING)

    report = office.build(dry_run=True)

    assert numbers(report) == ["01/26 Godkjenning av innkalling", "02/26 Budsjett"]
    assert not (office.root / ".docgen" / "register.db").exists()


def test_a_second_build_fixes_and_makes_nothing(called):
    report = called.build()

    assert (numbers(report), report.count("made")) == ([], 0)


def test_only_a_file_without_problems_gets_its_numbers(office):
    office.drop("m.yaml", MEETING.replace("sted: Rådhuset", "stedd: Rådhuset"))

    report = office.build()

    assert (numbers(report), report.refused) == ([], ["inputs/m.yaml"])


def test_only_the_files_that_are_built_get_their_numbers(office):
    first = office.drop("m.yaml", MEETING)
    office.drop("n.yaml", MEETING.replace("03-12", "04-12"))

    report = office.build(first)

    assert [one.input for one in report.fixed] == ["inputs/m.yaml"]


def test_reordering_changes_no_number(called):
    cases = MEETING.partition("saker:\n")[2]
    first, rest = cases[: cases.index("  - tittel: Budsjett")], cases[cases.index("  - tittel: Budsjett") :]
    budget, other = rest[: rest.index("  - tittel: Eventuelt")], rest[rest.index("  - tittel: Eventuelt") :]

    called.built("m.yaml", MEETING.replace(cases, budget + first + other))

    assert "saksframlegg 02-26 Budsjett.docx" in " ".join(called.names(MEETING_FOLDER))
    assert called.text("innkalling").index("02/26") < called.text("innkalling").index("01/26")


def test_another_file_and_format_change_no_number(called):
    (called.root / "inputs/m.yaml").unlink()

    report = called.built("SSU/møte.md", f"---{MEETING}---\n")

    assert numbers(report) == []
    assert "02/26" in called.text("innkalling")


@pytest.mark.parametrize("known_by", ["nr: 02/26", "id: penger"])
def test_a_case_with_another_title_is_known_by_its_number_or_id(office, known_by):
    office.built("m.yaml", MEETING.replace("Budsjett\n", "Budsjett\n    id: penger\n"))

    report = office.built("m.yaml", MEETING.replace("Budsjett\n", f"Penger til neste år\n    {known_by}\n"))

    assert numbers(report) == []
    assert "02/26" in office.text("innkalling")
    assert "Penger til neste år" in office.text("innkalling")


def test_a_title_that_differs_in_case_and_punctuation_is_the_same(called):
    report = called.built("m.yaml", MEETING.replace("Budsjett\n", "BUDSJETT.\n"))

    assert numbers(report) == []


def test_a_new_title_without_number_or_id_is_asked_about_and_shows_both(called):
    before = called.content()
    called.drop("m.yaml", MEETING.replace("Budsjett\n", "Penger til neste år\n"))

    report = called.build()

    (problem,) = called.problems(report)
    assert problem == (
        "inputs/m.yaml, linje 9, saker[2]: Sak 02/26 «Budsjett» har et fast nummer og står ikke i filen lenger, og "
        "«Penger til neste år» er ny. Er det samme sak med en annen tittel, skriv nr: 02/26 på den. Er det en annen "
        "sak, legg 02/26 tilbake, med utfall: trukket når den ikke skal behandles."
    )
    assert (numbers(report), called.content()) == ([], before)


def test_a_case_that_is_removed_is_a_problem_and_not_a_gap(called):
    called.drop("m.yaml", MEETING.replace("  - tittel: Godkjenning av innkalling\n", ""))

    report = called.build()

    assert called.problems(report) == [
        "inputs/m.yaml, linje 7, saker: Sak 01/26 «Godkjenning av innkalling» har et fast nummer, men står ikke i "
        "filen lenger. Legg den tilbake. En sak som ikke skal behandles, får utfall: trukket og beholder nummeret."
    ]


def test_a_case_that_is_said_to_have_no_number_is_a_problem(called):
    called.drop("m.yaml", MEETING.replace("innkalling\n  -", "innkalling\n    nummerert: nei\n  -"))

    report = called.build()

    assert "Sak 01/26 har et fast nummer, men det står at den ikke har noe." in called.problems(report)[0]


def test_a_withdrawn_case_keeps_its_number(called):
    called.built("m.yaml", MEETING.replace("Budsjett\n", "Budsjett\n    utfall: trukket\n"))

    assert "02/26" in called.text("innkalling")
    assert "Trukket" in called.text("innkalling")


def test_numbers_that_are_swapped_are_asked_about(called):
    swapped = MEETING.replace("innkalling\n  -", "innkalling\n    nr: 02/26\n  -").replace(
        "Budsjett\n", "Budsjett\n    nr: 01/26\n"
    )
    called.drop("m.yaml", swapped)

    report = called.build()

    assert report.refused == ["inputs/m.yaml"]
    assert "«Budsjett» er sak 02/26 i registeret, og nr: 01/26 er sak 01/26" in " ".join(called.problems(report))


def test_two_cases_of_one_title_need_an_id_before_their_numbers_are_fixed(office):
    twice = MEETING.replace("  - tittel: Eventuelt", "  - tittel: Budsjett\n  - tittel: Eventuelt")
    office.drop("m.yaml", twice)

    report = office.build()

    assert "Flere saker heter «Budsjett». Gi hver av dem en egen id:" in office.problems(report)[0]
    assert numbers(report) == []


def test_a_late_case_gets_the_next_number_and_stands_in_a_supplementary_agenda(called):
    report = called.built("m.yaml", MEETING.replace("  - tittel: Eventuelt", LATE))

    assert numbers(report) == ["03/26 Ny sak"]
    assert "Ny sak" in called.text("tilleggssaksliste")
    assert "Budsjett" not in called.text("tilleggssaksliste")


def test_a_late_case_stays_late_at_the_next_build(called):
    called.built("m.yaml", MEETING.replace("  - tittel: Eventuelt", LATE))
    shutil.rmtree(called.output)

    called.build()

    assert "Ny sak" in called.text("tilleggssaksliste")


def test_a_case_that_was_only_forgotten_can_be_said_not_to_be_late(called):
    late = LATE.replace("Ny sak\n", "Ny sak\n    tillegg: nei\n")

    called.built("m.yaml", MEETING.replace("  - tittel: Eventuelt", late))

    assert not [name for name in called.names() if "tilleggssaksliste" in name]


def test_the_next_meeting_goes_on_after_the_last_number(called):
    report = called.built("n.yaml", MEETING.replace("03-12", "06-04"))

    assert numbers(report) == ["03/26 Godkjenning av innkalling", "04/26 Budsjett"]


def test_a_meeting_that_can_not_be_read_keeps_its_numbers_from_others(called):
    called.drop("m.yaml", "type: møte\norgan: [SSU\n")

    report = called.build()
    called.drop("n.yaml", MEETING.replace("03-12", "06-04"))
    report = called.build()

    assert numbers(report) == ["03/26 Godkjenning av innkalling", "04/26 Budsjett"]


def test_a_meeting_whose_file_is_deleted_keeps_its_numbers_from_others(called):
    (called.root / "inputs/m.yaml").unlink()

    report = called.built("n.yaml", MEETING.replace("03-12", "06-04").replace("Budsjett", "Regnskap"))

    assert numbers(report) == ["03/26 Godkjenning av innkalling", "04/26 Regnskap"]


def test_a_meeting_of_another_year_begins_at_one(called):
    report = called.built("n.yaml", MEETING.replace("2026-03-12", "2027-01-14"))

    assert numbers(report)[0] == "01/27 Godkjenning av innkalling"


def test_a_date_that_is_changed_in_the_file_changes_no_number(called):
    report = called.built("m.yaml", MEETING.replace("03-12", "03-19"))

    assert numbers(report) == []
    assert "02/26" in called.text("2026-03-19 SSU innkalling")


def test_a_meeting_that_moves_into_the_next_year_keeps_its_numbers(called):
    report = called.built("m.yaml", MEETING.replace("2026-03-12", "2027-01-14\nflyttet fra: 12.03.2026"))

    assert numbers(report) == []
    assert "02/26" in called.text("2027-01-14 SSU innkalling")


def test_a_file_that_may_be_the_same_meeting_is_asked_about(called):
    called.drop("m.yaml", MEETING.replace("03-12", "06-04").replace("Budsjett", "Regnskap"))

    report = called.build()

    (problem,) = called.problems(report)
    assert "Dette kan være møtet i SSU 12.03.2026, som har faste saksnumre (01/26 Godkjenning" in problem
    assert "Skriv flyttet fra: 12.03.2026 når det er det samme møtet, eller flyttet fra: ikke 01/26" in problem


def test_a_meeting_that_is_said_to_be_another_one_gets_numbers_of_its_own(called):
    other = MEETING.replace("03-12", "06-04\nflyttet fra: ikke 01/26").replace("Budsjett", "Regnskap")

    report = called.built("m.yaml", other)

    assert numbers(report) == ["03/26 Godkjenning av innkalling", "04/26 Regnskap"]


def test_a_body_can_not_be_changed_under_fixed_numbers(called):
    called.drop("mandates/OU.yaml", OU)
    called.drop("m.yaml", MEETING.replace("SSU", "OU"))

    report = called.build()

    assert "Skriv organ: SSU igjen" in called.problems(report)[0]


def test_a_meeting_that_is_a_draft_again_keeps_the_numbers_it_had(called):
    called.built("m.yaml", DRAFT.replace("  - tittel: Eventuelt", LATE))

    text = called.text("innkalling (utkast)")

    assert "02/26" in text
    assert "Saksnumrene er foreløpige" in text  # for Ny sak alone


def test_a_number_from_paper_is_taken_in_and_the_next_goes_on_after_it(office):
    office.built("m.yaml", MEETING.replace("innkalling\n  -", "innkalling\n    nr: 17/26\n  -"))

    report = office.built("n.yaml", MEETING.replace("03-12", "06-04"))

    assert "17/26" in office.text("2026-03-12 SSU innkalling")
    assert numbers(report) == ["19/26 Godkjenning av innkalling", "20/26 Budsjett"]


def test_a_number_from_paper_that_is_taken_is_refused_with_whose_it_is(called):
    called.drop("n.yaml", MEETING.replace("03-12", "06-04").replace("Budsjett\n", "Regnskap\n    nr: 02/26\n"))

    report = called.build()

    assert called.problems(report) == [
        "inputs/n.yaml, linje 10, saker[2].nr: Saksnummer 02/26 er alt «Budsjett» i møtet i SSU 12.03.2026. Et nummer "
        "brukes aldri to ganger. Ta bort nr:, så får saken det neste som er ledig."
    ]


def test_bodies_that_share_a_sequence_draw_from_one(office):
    office.drop("mandates/SSU.yaml", (office.root / "mandates/SSU.yaml").read_text() + "saksnummer: {serie: felles}\n")
    office.drop("mandates/OU.yaml", OU.replace("saksnummer: OU 1/2022", "saksnummer: {form: OU 1/2022, serie: felles}"))
    office.built("m.yaml", MEETING)

    report = office.built("n.yaml", MEETING.replace("SSU", "OU").replace("03-12", "04-12"))

    assert numbers(report) == ["OU 3/2026 Godkjenning av innkalling", "OU 4/2026 Budsjett"]


def test_a_case_that_comes_back_with_its_id_gets_a_new_number_when_it_says_from_where(office):
    with_id = MEETING.replace("Budsjett\n", "Budsjett\n    id: penger\n")
    office.built("m.yaml", with_id.replace("id: penger\n", "id: penger\n    utfall: utsatt\n"))
    office.drop("n.yaml", with_id.replace("03-12", "06-04"))

    asked = office.build()
    report = office.built(
        "n.yaml", with_id.replace("03-12", "06-04").replace("penger\n", "penger\n    utsatt fra: 02/26\n")
    )

    assert "Id penger tilhører sak 02/26 «Budsjett» i møtet 12.03.2026." in office.problems(asked)[0]
    assert numbers(report) == ["03/26 Godkjenning av innkalling", "04/26 Budsjett"]


def test_a_build_without_its_register_refuses_to_begin_anew(called):
    shutil.rmtree(called.root / ".docgen")

    with pytest.raises(RegisterError) as error:
        called.build()

    assert str(error.value) == (
        "output/SSU/2026-03-12/2026-03-12 SSU protokoll (utkast).docx: Det er ikke noe register, og 1 dokument i "
        "output har faste saksnumre eller godkjente versjoner. Hent inn en sikkerhetskopi med docgen restore, "
        "eller lag registeret på nytt med docgen rebuild-register output."
    )


def test_a_register_that_is_deleted_is_missed(called):
    for file in (called.root / ".docgen").glob("register.db*"):
        file.unlink()

    with pytest.raises(RegisterError, match="Registeret til dette arbeidsområdet er borte"):
        called.build()


def test_the_register_may_lie_elsewhere(office, tmp_path):
    elsewhere = (tmp_path / "annet").as_posix()
    office.write("docgen.toml", f'[eier]\nnavn = "H"\n[mapper]\nregister = "{elsewhere}"\n')

    office.built("m.yaml", MEETING)

    assert (tmp_path / "annet" / "register.db").is_file()
    assert (office.root / ".docgen" / "register.id").is_file()


@pytest.mark.parametrize("folder", ["output", "output/register", "../x"])
def test_the_register_does_not_lie_where_it_can_be_deleted(office, folder):
    office.write("docgen.toml", f'[eier]\nnavn = "H"\n[mapper]\nregister = "{folder}"\n')

    with pytest.raises(Exception, match=r"docgen.toml, linje 4, mapper.register: Registeret (ville|kan ikke) ligge i"):
        office.build()


def test_a_dry_run_tells_the_numbers_that_the_build_then_fixes_where_a_meeting_is_passed_over(office):
    office.drop("m.yaml", MEETING.replace("sted: Rådhuset\n", ""))
    office.drop("n.yaml", MEETING.replace("03-12", "06-04"))

    told = numbers(office.build(dry_run=True))

    assert told == numbers(office.build()) == ["01/26 Godkjenning av innkalling", "02/26 Budsjett"]
