"""What is wrong stops only what depends on it, and leaves the last good documents as they were."""

from __future__ import annotations

import pytest

from tests.run.office import HELD, MEETING, OU, SSU

WRONG = MEETING.replace("dato: 2026-03-12", "dato: 2026-02-31")
SSU_NOTICE = "SSU/2026-03-12/2026-03-12 SSU innkalling.docx"
OU_NOTICE = "OU/2026-03-12/2026-03-12 OU innkalling.docx"


@pytest.fixture
def two(office):
    """Two meetings of two bodies, built."""
    office.drop("mandates/OU.yaml", OU)
    office.drop("ssu.yaml", MEETING)
    office.built("ou.yaml", MEETING.replace("SSU", "OU"))
    return office


def states(report) -> dict[str, str]:
    return {document.file.removeprefix("output/"): document.state for document in report.documents}


def test_a_refused_input_leaves_its_documents_and_the_others_are_made(two):
    before = two.content()
    two.drop("ssu.yaml", WRONG)
    two.drop("ou.yaml", MEETING.replace("SSU", "OU").replace("Rådhuset", "Kyrkja"))

    report = two.build()

    assert report.refused == ["inputs/ssu.yaml"]
    assert not report.is_whole
    after = two.content()
    assert {name: after[name] for name in after if name.startswith("SSU/")} == {
        name: before[name] for name in before if name.startswith("SSU/")
    }
    assert "Kyrkja" in two.text("OU innkalling")


def test_the_refusal_says_where_what_and_how_to_mend_it(two):
    two.drop("ssu.yaml", WRONG)

    (problem,) = two.problems(two.build())

    assert problem.startswith("inputs/ssu.yaml, linje 3, dato: ")
    assert "31" in problem


def test_a_wrong_mandate_stops_its_own_body_alone(two):
    before = two.content()
    two.drop("mandates/OU.yaml", OU + "ukjent: ja\n")
    two.drop("ssu.yaml", MEETING.replace("Rådhuset", "Kirken"))

    report = two.build()

    assert report.refused == ["inputs/ou.yaml", "mandates/OU.yaml"]
    assert "Kirken" in two.text("SSU innkalling")
    assert two.content()[OU_NOTICE] == before[OU_NOTICE]
    assert two.content()["mandater/Mandat OU.docx"] == before["mandater/Mandat OU.docx"]


def test_a_meeting_says_that_its_mandate_could_not_be_read(two):
    two.drop("mandates/OU.yaml", "type: mandat\norgan: OU\n  navn: skjevt\n")

    problems = two.problems(two.build())

    assert any("inputs/ou.yaml" in one and "Det kan stå i mandates/OU.yaml" in one for one in problems), problems


def test_only_the_files_that_are_named_are_built(two):
    two.drop("ssu.yaml", MEETING.replace("Rådhuset", "Kirken"))
    two.drop("ou.yaml", MEETING.replace("SSU", "OU").replace("Rådhuset", "Kyrkja"))
    before = two.content()

    report = two.build(two.root / "inputs" / "ssu.yaml")

    assert {document.input for document in report.documents} == {"inputs/ssu.yaml"}
    assert report.inputs == ["inputs/ssu.yaml"]
    assert "Kirken" in two.text("SSU innkalling")
    assert two.content()[OU_NOTICE] == before[OU_NOTICE]


def test_problems_of_other_files_are_not_told_when_one_is_named(two):
    two.drop("ou.yaml", "type: møte\n")

    report = two.build(two.root / "inputs" / "ssu.yaml")

    assert report.problems == []
    assert report.refused == []


def test_a_meeting_that_is_built_alone_gets_the_next_number_and_keeps_it(office):
    """The meeting before it may never be built, and would leave a gap."""
    office.drop("a.yaml", MEETING)
    office.drop("b.yaml", MEETING.replace("2026-03-12", "2026-05-12"))

    office.build(office.root / "inputs" / "b.yaml")
    office.build()

    assert "| 01/26 | Godkjenning av innkalling |" in office.text("2026-05-12 SSU innkalling")
    assert "| 03/26 | Godkjenning av innkalling |" in office.text("2026-03-12 SSU innkalling")


def test_a_dry_run_writes_nothing_at_all(office):
    office.drop("m.yaml", MEETING)
    before = {file: file.stat().st_mtime_ns for file in office.root.rglob("*")}

    report = office.build(dry_run=True)

    assert {file: file.stat().st_mtime_ns for file in office.root.rglob("*")} == before
    assert states(report)[SSU_NOTICE] == "planned"
    assert report.documents[-2].numbers or report.documents[0].numbers


def test_a_dry_run_tells_the_problems(office):
    office.drop("m.yaml", WRONG)

    assert office.build(dry_run=True).refused == ["inputs/m.yaml"]


def test_a_warning_stops_nothing(office):
    office.drop("m.yaml", HELD.replace("Budsjettet er vedtatt.", "Enstemmig vedtatt."))

    report = office.build()

    assert [problem.warning for problem in report.problems] == [True, True]
    assert report.refused == []
    assert "Enstemmig vedtatt." in office.text("protokoll")


def test_a_template_with_a_fault_stops_its_own_kind_and_is_told_once(office):
    (office.root / "templates" / "saksframlegg.docx").write_bytes(b"ikke en Word-fil")
    office.drop("m.yaml", MEETING + "  - {tittel: En til, forslag: Ja.}\n")

    report = office.build()

    assert [problem.where.file for problem in report.problems] == ["templates/saksframlegg.docx"]
    assert report.count("failed") == 2
    assert office.names("SSU/2026-03-12") == [
        "2026-03-12 SSU innkalling.docx",
        "2026-03-12 SSU protokoll (utkast).docx",
    ]


def test_a_template_that_is_missing_is_told(office):
    (office.root / "templates" / "innkalling.docx").unlink()
    office.drop("m.yaml", MEETING)

    (problem,) = office.problems(office.build())

    assert problem.startswith("templates/innkalling.docx: Malen mangler.")


def test_an_input_that_can_not_be_read_is_told_and_the_rest_is_made(two):
    (two.root / "inputs" / "ou.yaml").unlink()
    (two.root / "inputs" / "ou.yaml").symlink_to(two.root / "inputs" / "borte.yaml")
    two.drop("ssu.yaml", MEETING.replace("Rådhuset", "Kirken"))

    report = two.build()

    (problem,) = two.problems(report)
    assert problem.startswith("inputs/ou.yaml: Filen kan ikke leses: den finnes ikke.")
    assert report.refused == ["inputs/ou.yaml"]
    assert "Kirken" in two.text("SSU innkalling")


def test_a_body_without_members_is_built(office):
    office.drop("mandates/SSU.yaml", SSU[: SSU.index("medlemmer")])

    report = office.built("m.yaml", MEETING)

    assert report.count("made") == 4


@pytest.mark.parametrize("wrong", [MEETING + "stedd: Vik\n", WRONG, MEETING + "saker: [\n"])
def test_a_meeting_never_takes_the_names_of_another_that_day_that_has_a_problem(office, wrong):
    later = MEETING.replace("tid: 9-11", "tid: 13-15").replace("Rådhuset", "Biblioteket")
    office.drop("a.yaml", MEETING)
    office.built("b.yaml", later)
    before = office.content()

    office.drop("a.yaml", wrong)
    report = office.build()

    assert report.refused == ["inputs/a.yaml"]
    assert office.content() == before
