"""Seed 001: a web page of a helsefellesskap, with a table of who does what on the way to a decision."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .comparison import assert_blocks, assert_covered, assert_lines, assert_notices_every_loss
from .seed import Block, Outline, Seed, markdown, seed, table
from .word import Table, Word
from .workspace import Workspace

OUTLINE = Outline(own=(67,))
TITLE = 1

# The page has no headings, so the chapters get short ones of our own. What stands before the first is the introduction.
# Names of pictures (6, 7 and 67) and texts of links are carried like any other line: nothing is left out.
BEFORE_TABLE = {"": (3, 8), "Partnerskapsmøte": (10, 13), "SSU": (15, 21), "FSU": (22, 32), "Modellgrupper": (33, 40)}
TABLE = (41, 62)
AFTER_TABLE = {"": (64, 70), "Fagråd": (71, 79)}

GLUED = 63
"""The line in which the last cell of the table and the paragraph after it stand together."""

_GLUE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BODY = re.compile(r"(?:Aktuell tjenestemodell|(?:Faglig|Strategisk) samarbeidsutvalg|Tjenestemodellgruppen)$")


@pytest.fixture(scope="module")
def original() -> Seed:
    return seed("001", "5436a7054f2256ec")


@pytest.fixture(scope="module")
def rows(original: Seed) -> tuple[tuple[str, str], ...]:
    """The table of the page: a task, and the body that has it. The last two tasks have one body together."""
    line = original.line
    return (
        (original.joined(41, 42), line(44)),
        _task_and_body(line(45)),
        (line(46), original.joined(48, 50)),
        (line(52), line(54)),
        _task_and_body(line(55)),
        _task_and_body(line(56)),
        _task_and_body(line(57)),
        (line(59), ""),
        (line(61), _GLUE.split(line(GLUED))[0]),
    )


def _task_and_body(line: str) -> tuple[str, str]:
    """Return the two cells of a row that stand on one line; the body is what it ends with."""
    found = _BODY.search(line)
    assert found is not None
    return line[: found.start()].strip(), found[0]


@pytest.fixture(scope="module")
def before(original: Seed) -> list[Block]:
    return _chapters(original, BEFORE_TABLE)


@pytest.fixture(scope="module")
def after(original: Seed) -> list[Block]:
    glued = Block("text", _GLUE.split(original.line(GLUED))[1], lines=(GLUED,))
    return [glued, *_chapters(original, AFTER_TABLE)]


def _chapters(original: Seed, chapters: dict[str, tuple[int, int]]) -> list[Block]:
    blocks = []
    for title, lines in chapters.items():
        blocks += [Block("heading", title, 1)] if title else []
        blocks += original.blocks(OUTLINE, lines)
    return blocks


@pytest.fixture(scope="module")
def made(
    original: Seed, before: list[Block], rows: tuple[tuple[str, str], ...], after: list[Block], folder: Path
) -> Word:
    workspace = Workspace(folder, "[eier]\nnavn = 'Helsefellesskapet'\n")
    body = "\n".join((markdown(before), table(rows), markdown(after)))
    workspace.drop("inputs/nettside.md", {"type": "organisering", "tittel": original.line(TITLE)}, body)
    workspace.build()
    return workspace.document("organisering/*.docx")


@pytest.fixture(scope="module")
def expected(before: list[Block], rows: tuple[tuple[str, str], ...], after: list[Block]) -> list[Block]:
    """Everything in the document below its title, in order."""
    return [*before, *(Block("cell", cell, in_table=True) for row in rows for cell in row if cell), *after]


def test_every_line_stands_in_the_document_in_order(original: Seed, made: Word) -> None:
    assert_lines(original, original.content(), made.paragraphs)


def test_chapters_bullets_and_paragraphs_are_what_they_were(original: Seed, expected: list[Block], made: Word) -> None:
    assert_covered(original, expected, TITLE, *original.content(*TABLE))
    assert_blocks(expected, made.paragraphs)


def test_no_line_could_be_lost_unnoticed(expected: list[Block], made: Word) -> None:
    assert_notices_every_loss(expected, made.paragraphs)


def test_the_decision_process_is_a_table_whose_header_is_repeated(
    rows: tuple[tuple[str, str], ...], made: Word
) -> None:
    assert made.tables == [Table(rows, header_rows=1)]
