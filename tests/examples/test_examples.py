"""The example workspace in the repository's root: right as it stands, and showing what a secretariat meets."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from docgen.model.check import check
from docgen.model.guideline import Guideline
from docgen.model.inputs import Input
from docgen.model.library import Entry, Library, entry
from docgen.model.meeting import Case, Meeting
from docgen.model.organisation import Organisation
from docgen.model.values import Markdown
from docgen.model.version_log import Versioned
from docgen.problems import Problem
from docgen.run.workspace import Workspace, find, input_files, inside, read_input

ROOT = Path(__file__).parents[2]

FILES = [
    file.relative_to(ROOT).as_posix()
    for folder in ("mandates", "inputs")
    for file in sorted((ROOT / folder).rglob("*"))
    if file.suffix in (".md", ".yaml", ".toml", ".json")
]

TABLE = re.compile(r"^\|(?: *:?-+:? *\|)+$", re.MULTILINE)
NUMBERED = re.compile(r"^ *\d+\. ", re.MULTILINE)
THIRD_LEVEL = re.compile(r"^ {4,}- ", re.MULTILINE)


@cache
def workspace() -> Workspace:
    return find(ROOT)


@cache
def library() -> Library:
    """The example workspace, read, typed and checked: its entries hold all that is wrong with them."""
    here = workspace()
    found = Library([entry(read_input(here, file)) for file in input_files(here)], here.settings.house)
    check(found, lambda source, named: inside(here, source, named) is not None)
    return found


def meetings(body: str = "", status: str = "") -> list[Meeting]:
    return [
        meeting
        for _entry, meeting in library().meetings
        if body in ("", meeting.body) and status in ("", meeting.status)
    ]


def meeting(body: str, day: str) -> Meeting:
    return next(one for one in meetings(body) if one.date == date.fromisoformat(day))


def cases(body: str = "", status: str = "") -> list[Case]:
    return [case for one in meetings(body, status) for case in one.cases]


def guideline(kind: str, number: str) -> Guideline:
    return library().guidelines[kind, number][1]


def prose(value: object) -> str:
    """Return all text of an input, as one."""
    if isinstance(value, str):
        return value
    if isinstance(value, Input):
        return "\n".join(prose(getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, tuple):
        return "\n".join(map(prose, value))
    return ""


def test_every_example_is_an_input_of_the_workspace() -> None:
    assert sorted(FILES) == [one.file for one in library().entries]


@pytest.mark.parametrize("file", FILES)
def test_an_example_is_right_and_without_a_warning(file: str) -> None:
    found: Entry = next(one for one in library().entries if one.file == file)

    assert found.value is not None
    assert [str(problem) for problem in found.problems] == []


def test_the_check_of_examples_can_fail() -> None:
    here = workspace()
    entries = [entry(read_input(here, file)) for file in input_files(here)]
    missing = Library([one for one in entries if not one.file.endswith("Vedlegg 1.2.md")], here.settings.house)

    check(missing, lambda _source, _named: False)

    told: list[Problem] = [problem for one in missing.entries for problem in one.problems]
    assert any("1.2" in problem.what for problem in told)
    assert any("Handlingsplan 2027 utkast.docx" in problem.what for problem in told)


def test_the_bodies_are_a_partnership_ssu_two_fsu_and_an_area_committee_in_nynorsk() -> None:
    bodies = {mandate.body: mandate for _entry, mandate in library().mandates.values()}

    assert set(bodies) == {"Partnerskapet", "SSU", "FSU Barn og unge", "FSU Eldre", "OU Nordfjella"}
    assert bodies["OU Nordfjella"].language == "nynorsk"
    assert bodies["OU Nordfjella"].words["saksliste"] == "sakliste"
    assert {one.decision for one in bodies.values()} == {"konsensus"}


def test_every_body_has_members_deputies_a_secretary_and_all_but_one_an_observer_with_a_right() -> None:
    for _entry, mandate in library().mandates.values():
        roles = [member.role for member in mandate.members]

        assert {"leder", "nestleder", "medlem", "observatør", "sekretær"} <= set(roles), mandate.body
        assert any(member.deputy for member in mandate.members), mandate.body
        assert all(member.right for member in mandate.members if member.role == "observatør"), mandate.body


def test_leader_and_deputy_leader_come_from_different_parties() -> None:
    for _entry, mandate in library().mandates.values():
        parties = [member.party for member in mandate.members if member.role in ("leder", "nestleder")]

        assert sorted(map(str, parties)) == ["helseforetak", "kommune"], mandate.body


def test_bodies_write_their_case_numbers_in_different_forms() -> None:
    forms = library().forms()

    assert len({str(form) for form in forms.values()}) == 5


def test_two_guidelines_have_attachments_and_version_logs_of_several_rows() -> None:
    for number, listed in (("1", ["1.1", "1.2"]), ("2", ["2.1", "2.2"])):
        one = guideline("retningslinje", number)

        assert [attachment.split[0] for attachment in one.attachments] == listed
        assert len(one.version_log) >= 3
        assert all(("vedlegg", attachment) in library().guidelines for attachment in listed)


def test_one_guideline_is_in_force_and_one_is_a_draft() -> None:
    assert not guideline("retningslinje", "1").is_draft
    assert guideline("retningslinje", "2").is_draft


def test_the_long_guideline_holds_every_kind_of_text() -> None:
    text = prose(guideline("retningslinje", "2"))

    assert len(text.split()) > 1500
    assert TABLE.search(text)
    assert NUMBERED.search(text)
    assert THIRD_LEVEL.search(text)
    assert re.search(r"^## ", text, re.MULTILINE)
    assert re.search(r"^> ", text, re.MULTILINE)
    assert re.search(r"^\[\^1\]: ", text, re.MULTILINE)
    assert re.search(r"\]\(https://", text)


def test_the_organisation_document_is_internal_and_takes_chapters_that_the_mandates_have() -> None:
    _entry, organisation = library().organisations[0]

    assert organisation.sensitivity == "Intern"
    assert len(organisation.bodies) == 5
    for part in organisation.bodies:
        mandate = library().mandate(part.body)
        assert mandate is not None
        assert set(part.chapters) <= {chapter.title for chapter in mandate.chapters}
    assert organisation.chapters
    assert organisation.after


def test_the_meetings_stand_in_every_status_and_every_format() -> None:
    formats = {Path(one.file).suffix for one, _meeting in library().meetings}

    assert {one.status for one in meetings()} == {"utkast", "innkalt", "avholdt", "godkjent"}
    assert formats == {".yaml", ".md", ".toml", ".json"}


def test_a_nynorsk_meeting_is_called_and_another_has_approved_minutes() -> None:
    assert [one.language for one in meetings("OU Nordfjella", "innkalt")] == ["nynorsk"]
    assert [one.language for one in meetings("OU Nordfjella", "godkjent")] == ["nynorsk"]


def test_a_case_without_consensus_says_how_it_is_taken_further_and_comes_up_in_ssu() -> None:
    stuck = [case for case in cases("FSU Barn og unge", "avholdt") if case.consensus is False]
    lifted = [case.continues for case in cases("SSU", "innkalt")]

    assert [case.number for case in stuck] == ["BU 13/26"]
    assert stuck[0].way_forward
    assert "FSU Barn og unge BU 13/26" in lifted


def test_a_called_meeting_has_a_late_case() -> None:
    assert [case.title for case in cases("SSU", "innkalt") if case.late] == ["Kapasitet i jul og nyttår"]


def test_a_postponed_case_keeps_its_number_and_comes_back() -> None:
    postponed = [case for case in cases("SSU", "avholdt") if case.outcome == "utsatt"]
    back = [case for case in cases("SSU", "innkalt") if case.postponed_from]

    assert [(case.number, case.title) for case in postponed] == [("13/26", "Felles beredskapsøvelse i 2027")]
    assert [(case.postponed_from, case.id) for case in back] == [("13/26", postponed[0].id)]


def test_a_withdrawn_case_keeps_its_number() -> None:
    assert [case.number for case in cases("SSU", "avholdt") if case.outcome == "trukket"] == ["14/26"]


def test_minutes_are_approved_in_a_case_of_the_next_meeting_or_on_a_round() -> None:
    first, second = meeting("SSU", "2026-04-16"), meeting("SSU", "2026-09-24")
    partnership = meeting("Partnerskapet", "2026-05-28")

    assert first.approved is not None
    assert first.approved.case in [case.number for case in second.cases]
    assert first.approved.date is not None
    assert first.approved.date.as_date() == second.date
    assert partnership.approved is not None
    assert partnership.approved.case is None


def test_case_papers_hold_lists_tables_a_footnote_and_a_picture_with_alt_text() -> None:
    papers = "\n".join(prose(case) for case in cases() if case.has_paper)

    assert len(TABLE.findall(papers)) >= 5
    assert NUMBERED.search(papers)
    assert THIRD_LEVEL.search(papers)
    assert "[^1]:" in papers
    assert re.search(r"!\[[^\]]{20,}\]\(vedlegg/[\w-]+\.png\)", papers)


def test_attached_files_and_pictures_lie_beside_the_meeting() -> None:
    source = "inputs/SSU/2026-12-03 SSU.yaml"
    called = meeting("SSU", "2026-12-03")
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", prose(called))
    named = [attachment.file for case in called.cases for attachment in case.attachments]
    found = [inside(workspace(), source, name) for name in [*pictures, *named]]

    assert [file and file.suffix for file in found] == [".png", ".docx", ".pdf"]
    for file, magic in zip(found, (b"\x89PNG", b"PK\x03\x04", b"%PDF"), strict=True):
        assert file is not None
        assert file.read_bytes().startswith(magic)


def test_deputies_meet_for_those_who_are_absent() -> None:
    for body, day in (("SSU", "2026-04-16"), ("SSU", "2026-09-24"), ("OU Nordfjella", "2026-09-08")):
        mandate = library().mandate(body)
        assert mandate is not None
        personal = {member.name: member.deputy for member in mandate.members}

        stand_ins = {one.name: one.deputy for one in meeting(body, day).absent if one.deputy}

        assert stand_ins, day
        assert all(personal[name] == deputy for name, deputy in stand_ins.items())


def test_exempt_cases_have_a_ground_and_a_public_title() -> None:
    exempt = [case.exempt for case in cases() if case.exempt]

    assert len(exempt) == 2
    assert all(one.ground.startswith("offl. §") and one.public_title for one in exempt)


def test_someone_is_disqualified_and_someone_meets_for_a_part() -> None:
    assert any(case.disqualified for case in cases())
    assert any(person.until for one in meetings() for person in one.present)


def test_follow_ups_stand_in_every_status_but_postponed() -> None:
    assert {todo.status for case in cases() for todo in case.follow_ups} == {"åpen", "pågår", "ferdig"}


def test_agendas_have_lines_without_a_number_and_any_other_business() -> None:
    for one in meetings():
        unnumbered = [case.title for case in one.cases if not case.numbered]

        assert "Eventuelt" in unnumbered, one.date


def test_cases_of_held_meetings_have_their_numbers_written_and_drafts_leave_them_to_docgen() -> None:
    held = [case for status in ("avholdt", "godkjent") for case in cases(status=status) if case.numbered]
    draft = [case for status in ("utkast", "innkalt") for case in cases(status=status)]

    assert all(case.number for case in held)
    assert not any(case.number for case in draft)


def test_nobody_votes_in_a_body_that_decides_by_consensus() -> None:
    text = "\n".join(prose(one.value) for one in library().entries).casefold()

    for word in ("enstemmig", "samrøystes", "votering", "mot én stemme"):
        assert word not in text


def test_no_private_address_stands_in_the_examples() -> None:
    text = "\n".join((ROOT / file).read_text("utf-8") for file in FILES)

    assert set(re.findall(r"[\w.]+@([\w.-]+\w)", text)) == {"fjordlandet.example"}
    assert not re.search(r"\b(?:tlf|mobil)\b", text, re.IGNORECASE)


def test_text_fields_are_markdown_and_documents_under_version_control_have_an_approver() -> None:
    versioned = [one.value for one in library().entries if isinstance(one.value, Versioned) and one.value.version_log]

    assert len(versioned) >= 9
    assert all(one.version_log[0].approved for one in versioned)
    assert all(isinstance(case.background, Markdown) for case in cases())
    assert all(isinstance(one, Organisation) for _entry, one in library().organisations)
