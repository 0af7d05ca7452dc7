"""Seed 003: a guideline with numbered chapters, four attachments and a version log."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from .comparison import assert_blocks, assert_covered, assert_lines, assert_notices_every_loss
from .seed import Block, Outline, Seed, markdown, seed
from .word import Table, Word
from .workspace import Workspace

CHAPTERS = {11: 1, 30: 1, 62: 2, 133: 2, 201: 2, 273: 2, 304: 1, 313: 2, 345: 1, 396: 1, 404: 1}
OUTLINE = Outline(
    headings=CHAPTERS,
    numbered=True,
    labels=(41, 77, 79, 91, 99, 140, 155, 228, 236, 362, 382),
    continued=(7, 65, 69, 265),
)
TITLE = 1
OWN_TEXT = (3, 394)
ATTACHMENTS = (396, 403)
"""The chapter Vedlegg, which docgen makes; so it does with the chapter Versjonslogg and its table after it."""

LOG = 404
LOG_HEAD, LOG_ROW, LOG_DATE = 407, 409, 411


@pytest.fixture(scope="module")
def original() -> Seed:
    return seed("003", "1cbf4705bee7c40c")


@pytest.fixture(scope="module")
def blocks(original: Seed) -> list[Block]:
    return original.blocks(OUTLINE, OWN_TEXT)


@pytest.fixture(scope="module")
def made_by_docgen(original: Seed) -> list[Block]:
    """The chapters that stand in no input: the attachments are a list of keys, the version log another."""
    return original.blocks(OUTLINE, ATTACHMENTS, (LOG, LOG))


@pytest.fixture(scope="module")
def log_row(original: Seed) -> tuple[str, str, str]:
    version, approved = re.split(r"\s{2,}", original.text[LOG_ROW - 1].strip())
    return version, "", f"{approved} {original.line(LOG_DATE)}"


@pytest.fixture(scope="module")
def made(
    original: Seed, blocks: list[Block], made_by_docgen: list[Block], log_row: tuple[str, str, str], folder: Path
) -> Word:
    workspace = Workspace(
        folder, "[eier]\nnavn = 'Helsefellesskapet'\n\n[godkjenning]\n'retningslinje 1' = 'Partnerskapet'\n"
    )
    found = re.fullmatch(r"Retningslinje (\d+) (.+)", original.line(TITLE))
    assert found is not None
    attachments = [block.text.removeprefix("Vedlegg ") for block in made_by_docgen if block.kind == "bullet"]
    keys = {
        "type": "retningslinje",
        "nummer": found[1],
        "tittel": found[2],
        "vedlegg": attachments,
        "versjonslogg": [{"versjon": log_row[0], "godkjent": log_row[2]}],
    }
    workspace.drop("inputs/retningslinje 1.md", keys, markdown(blocks))
    for attachment in attachments:
        number, title = attachment.split(" ", 1)
        own = {"type": "vedlegg", "nummer": number, "tittel": title}
        workspace.drop(f"inputs/vedlegg {number}.md", own, "# Formål\n\nVedlegget er laget for denne prøven.\n")
    workspace.build()
    assert len(workspace.documents("retningslinjer/*.docx")) == 1 + len(attachments)
    return workspace.document("retningslinjer/Retningslinje 1*.docx")


@pytest.fixture(scope="module")
def expected(blocks: list[Block], made_by_docgen: list[Block]) -> list[Block]:
    return [*blocks, *made_by_docgen]


def test_every_line_stands_in_the_document_in_order(original: Seed, made: Word) -> None:
    assert_lines(original, original.content(), made.paragraphs)


def test_chapters_bullets_and_paragraphs_are_what_they_were(original: Seed, expected: list[Block], made: Word) -> None:
    assert_covered(original, expected, TITLE, LOG_HEAD, LOG_ROW, LOG_DATE)
    assert_blocks(expected, made.paragraphs)


def test_no_line_could_be_lost_unnoticed(expected: list[Block], made: Word) -> None:
    assert_notices_every_loss(expected, made.paragraphs)


def test_chapter_numbers_are_words_own(original: Seed, made: Word) -> None:
    headings = [paragraph for paragraph in made.paragraphs if paragraph.kind == "heading"]

    assert [f"{heading.number} {heading.text}" for heading in headings] == [original.line(line) for line in CHAPTERS]


def test_a_number_written_in_the_text_is_not_taken_for_words_own(expected: list[Block], made: Word) -> None:
    written = [
        replace(p, number="", text=f"{p.number} {p.text}") if p.kind == "heading" else p for p in made.paragraphs
    ]

    with pytest.raises(AssertionError):
        assert_blocks(expected, written)


def test_bullets_stand_in_two_levels(original: Seed, made: Word) -> None:
    second = [original.line(number) for number in original.content() if original.text[number - 1].startswith("o ")]

    assert [p.text for p in made.paragraphs if p.kind == "bullet" and p.level == 2] == second
    assert len(second) == 9


def test_the_version_log_is_a_table_with_the_approval_in_one_cell(
    original: Seed, log_row: tuple[str, str, str], made: Word
) -> None:
    head = ("Versjon", "Beskrivelse av endringer ved revisjon", "Godkjent")

    assert " ".join(head) == original.line(LOG_HEAD)
    assert log_row[2] == "Partnerskapet 26. september 2024"
    assert made.tables[-1] == Table((head, log_row), header_rows=1)
