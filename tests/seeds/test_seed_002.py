"""Seed 002: a mandate, with a note that an asterisk in its text points to."""

from __future__ import annotations

from pathlib import Path

import pytest

from .comparison import assert_blocks, assert_covered, assert_lines, assert_notices_every_loss
from .seed import Block, Outline, Seed, markdown, seed
from .word import Word
from .workspace import Workspace

OUTLINE = Outline(headings=dict.fromkeys((1, 10, 16, 44, 82, 130, 140, 156), 1), continued=(96, 106))
STARRED = [46, 88, 100]
NOTE = 124


@pytest.fixture(scope="module")
def original() -> Seed:
    return seed("002", "485fd7fa096db2d5")


@pytest.fixture(scope="module")
def blocks(original: Seed) -> list[Block]:
    return original.blocks(OUTLINE, (1, 160))


@pytest.fixture(scope="module")
def made(blocks: list[Block], folder: Path) -> Word:
    workspace = Workspace(folder, "[eier]\nnavn = 'Helsefellesskapet'\n")
    keys = {"type": "mandat", "organ": "FSU", "navn": "Faglig samarbeidsutvalg"}
    workspace.drop("mandates/fsu.md", keys, markdown(blocks))
    workspace.build()
    return workspace.document("mandater/*FSU*.docx")


def test_every_line_stands_in_the_document_in_order(original: Seed, made: Word) -> None:
    assert_lines(original, original.content(), made.paragraphs)


def test_chapters_bullets_and_paragraphs_are_what_they_were(original: Seed, blocks: list[Block], made: Word) -> None:
    assert_covered(original, blocks)
    assert_blocks(blocks, made.paragraphs)


def test_no_line_could_be_lost_unnoticed(blocks: list[Block], made: Word) -> None:
    assert_notices_every_loss(blocks, made.paragraphs)


def test_the_note_and_what_points_to_it_keep_their_asterisks(original: Seed, blocks: list[Block], made: Word) -> None:
    assert original.line(NOTE).startswith("*")

    with_asterisk = [p.text for p in made.paragraphs if "*" in p.text]

    assert with_asterisk == [block.text for block in blocks if {*STARRED, NOTE} & {*block.lines}]
    assert with_asterisk[-1].startswith("*")
