"""Seed 000: an organisation document, made out of the mandates of three bodies and chapters of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from .comparison import assert_blocks, assert_covered, assert_lines, assert_notices_every_loss
from .seed import Block, Outline, Seed, markdown, seed
from .word import Word
from .workspace import Workspace

OUTLINE = Outline(
    headings={4: 1, 19: 2, 27: 1, 63: 2, 89: 2, 97: 1, 124: 2, 140: 2, 146: 1, 154: 1, 163: 1},
    labels=(73, 75, 83),
)
TITLE = 1
LABEL = 58
"""The sensitivity label is in the header of the page, which the PDF's text puts between two paragraphs."""

BODIES = {"Partnerskapsmøtet": [(4, 25)], "SSU": [(27, 57), (59, 95)], "FSU": [(97, 144)]}
OWN_CHAPTERS = [(146, 152), (154, 162), (163, 170)]


@pytest.fixture(scope="module")
def original() -> Seed:
    return seed("000", "4a73451b2ff07e23")


@pytest.fixture(scope="module")
def made(original: Seed, folder: Path) -> Word:
    workspace = Workspace(folder, "[eier]\nnavn = 'Helsefellesskapet'\n")
    for body, lines in BODIES.items():
        heading, *blocks = original.blocks(OUTLINE, *lines)
        keys = {"type": "mandat", "organ": body, "navn": heading.text.removesuffix(f" ({body})")}
        workspace.drop(f"mandates/{body}.md", keys, markdown(_one_level_up(blocks)))
    own = [original.blocks(OUTLINE, lines) for lines in OWN_CHAPTERS]
    organisation = {
        "type": "organisering",
        "tittel": original.line(TITLE),
        "følsomhet": "Intern",
        "organer": list(BODIES),
        "kapitler etter": [{"tittel": heading.text, "tekst": markdown(blocks)} for heading, *blocks in own],
    }
    workspace.drop("inputs/organisering.yaml", organisation)
    workspace.build()
    return workspace.document("organisering/*.docx")


def _one_level_up(blocks: list[Block]) -> list[Block]:
    """Return the blocks with the chapters of a body as those of its mandate, where they are the first level."""
    return [replace(block, level=block.level - 1) if block.kind == "heading" else block for block in blocks]


@pytest.fixture(scope="module")
def blocks(original: Seed) -> list[Block]:
    ranges = [lines for body in BODIES.values() for lines in body] + OWN_CHAPTERS
    return original.blocks(OUTLINE, *ranges)


def test_every_line_stands_in_the_document_in_order(original: Seed, made: Word) -> None:
    numbers = [number for number in original.content() if number != LABEL]

    assert_lines(original, numbers, made.paragraphs)


def test_bodies_chapters_bullets_and_paragraphs_are_what_they_were(
    original: Seed, blocks: list[Block], made: Word
) -> None:
    assert_covered(original, blocks, TITLE, LABEL)
    assert_blocks(blocks, made.paragraphs)


def test_no_line_could_be_lost_unnoticed(blocks: list[Block], made: Word) -> None:
    assert_notices_every_loss(blocks, made.paragraphs)


def test_the_title_is_the_documents_title(original: Seed, made: Word) -> None:
    assert [p.text for p in made.paragraphs if p.style == "title"] == [original.line(TITLE)]


def test_the_sensitivity_label_stands_in_the_header_of_every_page(original: Seed, made: Word) -> None:
    assert original.line(LABEL).endswith("Intern (gul)")
    assert len(made.headers) == 2
    assert all(original.line(LABEL) in lines for lines in made.headers)
