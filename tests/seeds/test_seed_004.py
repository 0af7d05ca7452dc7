"""Seed 004: the agenda and slides of a nynorsk meeting; the slides are the case papers of the cases they belong to."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from .comparison import assert_blocks, assert_covered, assert_lines, assert_notices_every_loss
from .seed import Block, Outline, Seed, as_markdown, markdown, seed
from .word import Word
from .workspace import Workspace

OUTLINE = Outline(
    headings=dict.fromkeys((77, 112, 173, 259, 284, 307, 356, 367, 383, 399, 405, 431, 459, 529, 534), 1),
    labels=(198, 213, 228, 243, 308, 333, 348, 470, 482, 498, 510, 518),
    continued=(30, 43, 46, 49, 52, 100, 103, 106, 109, 311, 315, 341, 342, 368, 406, 502, 516),
    own=(362,),
    glued=(range(56, 76),),  # one word, written down the side of a slide
    deeper=(
        *(range(91, 94), range(204, 206), range(219, 221), range(234, 236), range(249, 251)),
        *(range(290, 293), range(295, 297), range(414, 428)),
    ),
    quotes=(358,),
)
NAME, SHORT_NAME, MEETING = 2, 3, 4
AGENDA = (8, 32)
AGENDA_WORD = 34
"""The heading of the slide with the agenda; the PDF's text has it after the cases."""

# The group work on 03/22 comes after the slides of 05/22 in the PDF, where the groups' tasks stand together.
PAPERS = {
    "03/22": [(36, 281), (367, 380)],
    "04/22": [(284, 304)],
    "05/22": [(307, 364), (383, 401)],
    "06/22": [(405, 552)],
}


@pytest.fixture(scope="module")
def original() -> Seed:
    return seed("004", "c3e90ebca862c261")


@pytest.fixture(scope="module")
def agenda(original: Seed) -> dict[str, list[str]]:
    """The cases, each `01/22 Title` with its points."""
    found: dict[str, list[str]] = {}
    for block in original.blocks(OUTLINE, AGENDA):
        if block.kind == "bullet":
            found[list(found)[-1]].append(block.text)
        else:
            found[block.text] = []
    return found


@pytest.fixture(scope="module")
def papers(original: Seed) -> dict[str, list[Block]]:
    return {number: original.blocks(OUTLINE, *ranges) for number, ranges in PAPERS.items()}


@pytest.fixture(scope="module")
def workspace(original: Seed, agenda: dict[str, list[str]], papers: dict[str, list[Block]], folder: Path) -> Workspace:
    workspace = Workspace(folder, "'målform' = 'nynorsk'\n\n[eier]\nnavn = 'Helsefellesskapet'\n")
    body = original.line(SHORT_NAME)
    keys = {"type": "mandat", "organ": body, "navn": original.line(NAME)}
    workspace.drop("mandates/ssu.md", keys, "# Føremål\n\nMandatet er laga for denne prøven.\n")
    cases = []
    for case, points in agenda.items():
        number, title = case.split(" ", 1)
        text = {"bakgrunn": markdown(papers[number])} if number in papers else {}
        cases.append({"tittel": title, "punkter": [as_markdown(point) for point in points], **text})
    meeting = {
        "type": "møte",
        "organ": body,
        "tittel": original.line(MEETING),
        "dato": original.line(MEETING).split()[1],
        "tid": "09.00-15.00",  # time and place are not in the seed, and a meeting that is called must have them
        "sted": "Møterommet",
        "status": "innkalt",
        "saker": cases,
    }
    workspace.drop("inputs/ssu.yaml", meeting)
    workspace.build()
    return workspace


@pytest.fixture(scope="module")
def notice(workspace: Workspace) -> Word:
    return workspace.document("SSU/2022-10-24/*innkalling.docx")


@pytest.fixture(scope="module")
def made_papers(workspace: Workspace) -> dict[str, Word]:
    """The case papers, in the order of the names of their files."""
    made = workspace.documents("SSU/2022-10-24/*saksframlegg*.docx")
    return dict(zip(PAPERS, made, strict=True))


def test_every_line_stands_in_the_notice_or_a_case_paper(
    original: Seed, notice: Word, made_papers: dict[str, Word], papers: dict[str, list[Block]]
) -> None:
    head = [NAME, SHORT_NAME, MEETING, AGENDA_WORD]
    on_agenda = original.content(*AGENDA)
    on_papers = [block for blocks in papers.values() for block in blocks]

    assert_covered(original, on_papers, *head, *on_agenda)
    for line in head:
        assert_lines(original, [line], notice.paragraphs)
    assert_lines(original, on_agenda, notice.paragraphs)
    for number, ranges in PAPERS.items():
        lines = [line for first, last in ranges for line in original.content(first, last)]
        assert_lines(original, lines, made_papers[number].paragraphs)


def test_cases_get_their_numbers_and_points_in_the_agenda(agenda: dict[str, list[str]], notice: Word) -> None:
    rows = [row for table in notice.tables for row in table.rows if re.match(r"\d\d/22$", row[0])]
    points = [p.text for p in notice.paragraphs if p.kind == "bullet" and p.in_table]

    assert [row[0] for row in rows] == ["01/22", "02/22", "03/22", "04/22", "05/22", "06/22", "07/22"]
    assert [" ".join(row) for row in rows] == [" ".join((case, *points)) for case, points in agenda.items()]
    assert points == [point for points in agenda.values() for point in points]


def test_headings_bullets_quotes_and_paragraphs_are_what_they_were(
    papers: dict[str, list[Block]], made_papers: dict[str, Word]
) -> None:
    for number, blocks in papers.items():
        assert_blocks(_below_background(blocks), made_papers[number].paragraphs)


def test_no_line_could_be_lost_unnoticed(papers: dict[str, list[Block]], made_papers: dict[str, Word]) -> None:
    for number, blocks in papers.items():
        assert_notices_every_loss(_below_background(blocks), made_papers[number].paragraphs)


def _below_background(blocks: list[Block]) -> list[Block]:
    """Return the blocks with headings one level down: the case paper's own heading Bakgrunn stands over them."""
    return [replace(block, level=2) if block.kind == "heading" else block for block in blocks]


def test_each_case_paper_is_of_its_case(agenda: dict[str, list[str]], made_papers: dict[str, Word]) -> None:
    titles = dict(case.split(" ", 1) for case in agenda)

    for number, paper in made_papers.items():
        texts = [p.text for p in paper.paragraphs]
        assert titles[number] in texts
        assert any(number in text for text in texts)


def test_addresses_are_links(papers: dict[str, list[Block]], made_papers: dict[str, Word]) -> None:
    for number, blocks in papers.items():
        assert made_papers[number].links == [block.text for block in blocks if block.text.startswith("https://")]


def test_the_documents_are_in_nynorsk(notice: Word, made_papers: dict[str, Word]) -> None:
    for document in (notice, *made_papers.values()):
        assert document.language == "nn-NO"
    assert "Møtedato" in " ".join(p.text for p in made_papers["03/22"].paragraphs)
