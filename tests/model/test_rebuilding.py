"""What a register is made of again from what documents tell: what is certain, what is told, and what is not guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.messages import speak
from docgen.model.carried import Paper, read_row, row_text
from docgen.model.case_number import CaseNumber, NumberForm
from docgen.model.editions import LogLine
from docgen.model.rebuilding import rebuilt
from docgen.model.record import Approved, LogRow, Record

speak("nb")

AGENDA = {"sak 01/26": "Godkjenning", "sak 02/26": "Budsjett", "sak 02/26 id": "budsjett-2027"}
DIGEST, OTHER = "a" * 64, "b" * 64


def paper(name: str = "innkalling", cases: dict[str, str] | None = None, **facts: str) -> Paper:
    """A document of a meeting of SSU; `_` in the name of a fact stands for a space."""
    told = {
        "dokumenttype": name.partition(" ")[0],
        "kilde": "inputs/m",
        "organ": "SSU",
        "møtedato": "2026-03-12",
        "møtestart": "09:00",
        "status": "innkalt",
        **(AGENDA if cases is None else cases),
        **{key.replace("_", " "): value for key, value in facts.items()},
    }
    return Paper(f"output/{name}.docx", f"{name}.docx", told, is_untouched=True)


def guideline(name: str, *, digest: str = "", content: str = DIGEST, **rows: str) -> Paper:
    told = {"dokumenttype": "retningslinje", "kilde": "inputs/r", "nummer": "2", "tittel": "Utskrivning"}
    told |= {f"versjon {version.removeprefix('v')}": row for version, row in rows.items()}
    told |= {"innhold": content} if content else {}
    return Paper(f"output/{name}.docx", f"{name}.docx", told, is_untouched=True, digest=digest)


def record(*papers: Paper) -> Record:
    return Record.of(LogRow(at, "", "meeting", facts) for at, facts in enumerate(rebuilt(papers).meetings, 1))


def cases(*papers: Paper) -> dict[CaseNumber, tuple[str, str]]:
    return {case.number: (case.title, case.id) for one in record(*papers).meetings.values() for case in one.cases}


def told(*papers: Paper) -> list[str]:
    found = rebuilt(papers)
    return [str(problem) for problem in [*found.problems, *found.lost]]


one_line = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), max_size=12)
lines = st.lists(one_line, max_size=4).map(lambda words: " ".join(filter(None, words)))


@given(lines, lines.filter(bool), lines, lines, lines)
def test_a_row_of_the_version_log_is_read_back_as_it_was(description, body, date, case, text):
    line = LogLine("2", description, Approved(body, date, case, text))

    assert read_row("2", row_text(line)) == line


@given(lines)
def test_a_draft_is_read_back_as_a_draft(description):
    line = LogLine("2", description, None)

    assert read_row("2", row_text(line)) == line


@pytest.mark.parametrize("example", ["01/22", "001/22", "1/2022", "2022/01", "22/01", "01-22", "HS 01/22", "1/22"])
def test_numbers_are_read_in_the_form_that_the_document_writes_them_in(example):
    form, number = NumberForm.by_example(example), CaseNumber(2021, 22)

    found = paper(cases={f"sak {form.text(number)}": "Budsjett"}, saksnummer=example)

    assert list(cases(found)) == [number]


def test_the_newest_state_of_a_meeting_wins():
    held = paper("protokoll", AGENDA | {"sak 02/26": "Budsjett 2027"}, status="avholdt")

    found = cases(paper(), held)

    assert found[CaseNumber(2026, 2)] == ("Budsjett 2027", "budsjett-2027")
    assert told(paper(), held) == []


def test_what_docgen_made_wins_over_what_a_person_edited():
    edited = replace(paper("innkalling 2", AGENDA | {"sak 02/26": "Budsjett 2027"}), is_untouched=False)

    assert cases(edited, paper())[CaseNumber(2026, 2)] == ("Budsjett", "budsjett-2027")


def test_the_paper_of_one_case_may_be_from_before_its_title_was_changed():
    old = paper("saksframlegg 02-26 Penger", {"sak 02/26": "Penger"})

    assert cases(old, paper())[CaseNumber(2026, 2)] == ("Budsjett", "budsjett-2027")
    assert told(old, paper()) == []


def test_documents_that_are_equally_new_and_do_not_agree_are_told_and_neither_is_taken():
    other = paper("innkalling 2", AGENDA | {"sak 02/26": "Bytte av lege", "sak 02/26 id": "lege"})

    assert cases(other, paper())[CaseNumber(2026, 2)] == ("Bytte av lege / Budsjett", "")
    assert told(other, paper()) == [
        "output/innkalling 2.docx: Sak 02/26 er «Bytte av lege» (id: lege) her og «Budsjett» (id: budsjett-2027) i "
        "output/innkalling.docx. Nummeret er beholdt. Neste bygging spør hvilken sak det er: Skriv nr: 02/26 på den."
    ]


def test_an_id_that_two_numbers_have_is_told_and_taken_from_both():
    both = paper(cases=AGENDA | {"sak 03/26": "Budsjett igjen", "sak 03/26 id": "Budsjett-2027"})

    assert cases(both)[CaseNumber(2026, 2)] == ("Budsjett", "")
    assert cases(both)[CaseNumber(2026, 3)] == ("Budsjett igjen", "")
    assert "Dokumentene fra møtet gir id budsjett-2027 flere numre: 02/26, 03/26." in told(both)[0]


def test_a_case_that_comes_back_in_a_later_meeting_keeps_its_id():
    later = paper("protokoll", {"sak 03/26": "Budsjett", "sak 03/26 id": "budsjett-2027"}, møtedato="2026-06-04")

    assert told(paper(), later) == []


def test_a_number_of_two_meetings_is_given_once_and_stands_in_both():
    other = paper("innkalling 2", {"sak 02/26": "Regnskap"}, møtedato="2026-06-04", kilde="inputs/n")

    found = rebuilt([other, paper()])

    given_to = [case["given"] for facts in found.meetings for case in facts["cases"] if case["number"] == 2]
    assert given_to == [True, False]
    assert [str(one) for one in found.problems] == [
        "output/innkalling 2.docx: Saksnummer 02/26 er «Regnskap» her og «Budsjett» i output/innkalling.docx. "
        "Begge beholder nummeret slik det er trykt, og ingen andre får det. Er det ene dokumentet ikke fra dette "
        "arbeidsområdet, flytter du det og det nye registeret bort og lager registeret en gang til."
    ]


def test_bodies_that_share_a_sequence_can_not_have_the_same_number():
    other = paper("innkalling 2", {"sak 02/26": "Budsjett"}, organ="OU", saksserie="felles", kilde="inputs/n")

    assert len(rebuilt([other, paper(saksserie="felles")]).problems) == 1
    assert rebuilt([other, paper()]).problems == []


def test_two_meetings_on_one_day_are_two():
    other = paper("innkalling 2", {"sak 03/26": "Regnskap"}, møtestart="13:00", kilde="inputs/n")

    assert [one.start for one in record(other, paper()).meetings.values()] == ["09:00", "13:00"]


def test_a_meeting_whose_date_was_changed_is_one_and_its_first_date_is_known():
    moved = paper("innkalling 2", møtedato="2026-03-19")

    found = rebuilt([paper(), moved])

    assert [facts["date"] for facts in found.meetings] == ["2026-03-12", "2026-03-19"]
    assert {facts["meeting"] for facts in found.meetings} == {1}
    assert [problem.warning for problem in found.problems] == [True]


def test_the_minutes_of_two_meetings_on_one_day_have_names_of_their_own():
    first = paper("protokoll", status="godkjent", protokoll_godkjent="| SSU")
    other = paper("protokoll 2", {"sak 03/26": "R"}, møtestart="13:00", kilde="inputs/n", status="godkjent",
                  protokoll_godkjent="| SSU")  # fmt: skip

    names = [(one.document, one.meeting) for one in rebuilt([first, other]).editions]

    assert names == [("protokoll SSU 2026-03-12", 1), ("protokoll SSU 2026-03-12 13:00", 2)]


def test_drafts_tell_nothing():
    assert rebuilt([paper(cases={}, status="utkast")]).meetings == []


@pytest.mark.parametrize("wrong", [{"møtedato": "i dag"}, {"organ": ""}, {"status": "?"}, {"sak_x": "Budsjett"}])
def test_a_document_whose_facts_can_not_be_read_is_told_and_passed_over(wrong):
    found = rebuilt([paper(**wrong)])

    assert found.meetings == []
    assert [problem.warning for problem in found.problems] == [False]


def test_missing_numbers_are_told_in_ranges():
    (series,) = rebuilt([paper(cases={f"sak {number:02}/26": "Sak" for number in (2, 6, 7, 9)})]).series

    assert series.missing == ("01/26", "03/26–05/26", "08/26")
    assert (series.first, series.last, series.count) == ("02/26", "09/26", 4)


def test_the_rows_of_a_lost_log_are_kept_by_what_documents_name():
    found = rebuilt([paper("protokoll", register=f"7 {DIGEST}"), paper("innkalling"), paper("x", register="7 tull")])

    assert found.seals == [f"7 {DIGEST}"]


def test_the_content_of_the_version_that_a_document_is_made_of_is_known():
    found = rebuilt([guideline("r", digest=OTHER, v1="| SSU | 2024", v2="Nytt | SSU | 2025")])

    first, second = found.editions
    assert (first.digest, first.made) == ("", ())
    assert (second.digest, second.made) == (DIGEST, (("retningslinjer/r.docx", OTHER),))
    assert second.approved == Approved("SSU", "2025")


def test_an_older_copy_gives_the_content_of_an_older_version():
    old, new = guideline("gammel", v1="| SSU | 2024"), guideline("r", content=OTHER, v1="| SSU | 2024", v2="N | SSU")

    assert [one.digest for one in rebuilt([old, new]).editions] == [DIGEST, OTHER]


def test_a_draft_gives_no_content_and_no_version():
    draft = guideline("utkast", content=DIGEST, v1="| SSU | 2024", v2="Nytt")

    assert [(one.version, one.digest) for one in rebuilt([draft]).editions] == [("1", "")]


def test_a_version_log_is_taken_in_as_far_as_the_documents_agree():
    one = guideline("en", v1="| SSU | 2024", v2="Nytt | SSU | 2025", v3="Mer | SSU")
    other = guideline("to", v1="| SSU | 2024", v2="Annet | SSU | 2025")

    found = rebuilt([one, other])

    assert [edition.version for edition in found.editions] == ["1"]
    assert (
        "Versjonsloggen sier «2 | Nytt | SSU 2025» her og «2 | Annet | SSU 2025» i output/to.docx."
        in told(one, other)[0]
    )


def test_two_contents_of_one_version_are_told_and_neither_is_taken():
    one, other = guideline("en", v1="| SSU"), guideline("to", content=OTHER, v1="| SSU")

    (edition,) = rebuilt([one, other]).editions

    assert (edition.digest, edition.made) == ("", ())
    assert (
        "To dokumenter sier at de er versjon 1, men har ulikt innhold: dette og output/to.docx." in told(one, other)[0]
    )


def test_an_edited_document_is_not_kept_as_the_approved_one():
    edited = replace(guideline("r", digest=OTHER, v1="| SSU"), is_untouched=False)

    (edition,) = rebuilt([edited]).editions

    assert (edition.digest, edition.made) == (DIGEST, ())
    assert "Dokumentet er endret av et menneske." in told(edited)[-1]


@given(st.permutations(range(6)))
def test_the_order_in_which_documents_are_found_does_not_matter(order):
    papers = [
        paper(),
        paper("protokoll", status="avholdt"),
        paper("innkalling 2", AGENDA | {"sak 02/26": "Bytte"}),
        paper("innkalling 3", {"sak 02/26": "Regnskap"}, møtedato="2026-06-04", kilde="inputs/n"),
        guideline("en", v1="| SSU"),
        guideline("to", content=OTHER, v1="| SSU"),
    ]

    assert rebuilt([papers[at] for at in order]) == rebuilt(papers)
