"""The comparison itself, on invented text: it must notice what a document has lost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document

from . import seed as seeds
from .comparison import assert_blocks, assert_lines, assert_notices_every_loss
from .seed import Block, Outline, Seed, as_markdown, markdown, table
from .word import Paragraph, Word
from .workspace import Workspace

_PAGE = """ 1 Hensikt
Utvalget skal se til at postgangen mellom husene
 virker, før- og etter ferien.
• Levere brev
• Hente pakker, men ikke
Gule pakker
o Røde pakker
Unntak:
https://example.org/post_liste
Rolf  sa
at det går bra."""

POST = Seed("post", tuple(_PAGE.split("\n")))
OUTLINE = Outline(headings={1: 1}, numbered=True, labels=(8,), continued=(6,))
BLOCKS = POST.blocks(OUTLINE, (1, 11))


@pytest.fixture
def made(tmp_path: Path) -> Callable[[Callable[[Document], None]], Word]:
    """Return what makes a Word file and reads it as the tests of seeds do."""

    def make(write: Callable[[Document], None]) -> Word:
        document = docx.Document()
        write(document)
        document.save(str(tmp_path / "post.docx"))
        return Word(tmp_path / "post.docx")

    return make


def _write(document: Document) -> None:
    document.add_heading(BLOCKS[0].text, 1)
    document.add_paragraph(BLOCKS[1].text)
    document.add_paragraph(BLOCKS[2].text, "List Bullet")
    document.add_paragraph(BLOCKS[3].text, "List Bullet")
    document.add_paragraph(BLOCKS[4].text, "List Bullet 2")
    document.add_paragraph().add_run(BLOCKS[5].text).bold = True
    document.add_paragraph(BLOCKS[6].text)
    document.add_paragraph(BLOCKS[7].text)


def _numbered(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs as if Word's numbering stood before the heading."""
    return [replace(paragraphs[0], number="1"), *paragraphs[1:]]


def test_a_seed_that_is_not_there_is_skipped_with_a_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(seeds, "SEEDS", tmp_path)

    with pytest.raises(pytest.skip.Exception, match=r"seed 007 is not in \.\./shared/seeds"):
        seeds.seed("007", "")


def test_a_seed_with_another_text_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(seeds, "SEEDS", tmp_path)
    (tmp_path / "007_post.txt").write_text(_PAGE + "\n", encoding="utf-8")
    right = hashlib.sha256((_PAGE + "\n").encode()).hexdigest()

    assert seeds.seed("007", right).content() == POST.content()
    with pytest.raises(AssertionError, match="another text"):
        seeds.seed("007", hashlib.sha256(b"").hexdigest())


def test_lines_of_a_page_become_paragraphs() -> None:
    kinds = [(block.kind, block.level, block.number, block.text) for block in BLOCKS]

    assert kinds == [
        ("heading", 1, "1", "Hensikt"),
        ("text", 0, "", "Utvalget skal se til at postgangen mellom husene virker, før- og etter ferien."),
        ("bullet", 1, "", "Levere brev"),
        ("bullet", 1, "", "Hente pakker, men ikke Gule pakker"),
        ("bullet", 2, "", "Røde pakker"),
        ("label", 0, "", "Unntak:"),
        ("text", 0, "", "https://example.org/post_liste"),
        ("text", 0, "", "Rolf sa at det går bra."),
    ]


def test_every_line_belongs_to_a_paragraph() -> None:
    assert [number for block in BLOCKS for number in block.lines] == POST.content()


def test_a_right_document_is_found_right(made: Callable[[Callable[[Document], None]], Word]) -> None:
    paragraphs = _numbered(made(_write).paragraphs)

    assert_blocks(BLOCKS, paragraphs)
    assert_lines(POST, POST.content(), paragraphs)
    assert_notices_every_loss(BLOCKS, paragraphs)


def test_a_lost_line_is_noticed(made: Callable[[Callable[[Document], None]], Word]) -> None:
    paragraphs = _numbered(made(_write).paragraphs)

    for at in range(len(paragraphs)):
        less = [*paragraphs[:at], *paragraphs[at + 1 :]]
        with pytest.raises(AssertionError):
            assert_blocks(BLOCKS, less)
        with pytest.raises(AssertionError):
            assert_lines(POST, POST.content(), less)


def test_two_swapped_lines_are_noticed(made: Callable[[Callable[[Document], None]], Word]) -> None:
    paragraphs = _numbered(made(_write).paragraphs)

    for at in range(len(paragraphs) - 1):
        swapped = [*paragraphs[:at], paragraphs[at + 1], paragraphs[at], *paragraphs[at + 2 :]]
        with pytest.raises(AssertionError):
            assert_blocks(BLOCKS, swapped)
        with pytest.raises(AssertionError):
            assert_lines(POST, POST.content(), swapped)


def test_a_line_lost_from_the_input_is_noticed_in_what_docgen_made(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, "[eier]\nnavn = 'Posten'\n")
    blocks = [replace(block, number="") for block in BLOCKS]
    whole, short = markdown(blocks), markdown([*blocks[:3], *blocks[4:]])
    workspace.drop("mandates/hel.md", {"type": "mandat", "organ": "HEL", "navn": "Helt utvalg"}, whole)
    workspace.drop("mandates/kort.md", {"type": "mandat", "organ": "KORT", "navn": "Kort utvalg"}, short)

    workspace.build()

    assert_notices_every_loss(blocks, workspace.document("mandater/*HEL*.docx").paragraphs)
    with pytest.raises(AssertionError, match="Hente pakker"):
        assert_blocks(blocks, workspace.document("mandater/*KORT*.docx").paragraphs)


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        (0, {"kind": "text", "level": 0}),
        (0, {"level": 2}),
        (0, {"number": "2"}),
        (1, {"text": "Utvalget skal se til at postgangen mellom husenevirker, før- og etter ferien."}),
        (2, {"kind": "text", "level": 0, "text": "• Levere brev"}),
        (4, {"level": 1}),
        (5, {"bold": False}),
        (6, {"bold": True}),
        (7, {"in_table": True}),
    ],
)
def test_a_line_with_another_structure_is_noticed(
    made: Callable[[Callable[[Document], None]], Word], at: int, wrong: dict[str, object]
) -> None:
    paragraphs = _numbered(made(_write).paragraphs)
    paragraphs[at] = replace(paragraphs[at], **wrong)  # type: ignore[arg-type]

    with pytest.raises(AssertionError):
        assert_blocks(BLOCKS, paragraphs)


def test_text_of_a_seed_is_meant_literally() -> None:
    blocks = [Block("text", text) for text in ("*alle* _må_ <b> & [x](y) a|b", "1. mai", "# 5", "- nei", "2) to")]

    assert markdown(blocks).split("\n\n") == [
        r"\*alle\* \_må\_ \<b\> \& \[x\](y) a\|b",
        r"1\. mai",
        r"\# 5",
        r"\- nei",
        "2\\) to\n",
    ]


def test_structure_of_a_seed_becomes_markdown() -> None:
    assert markdown(BLOCKS) == (
        "# Hensikt\n\n"
        "Utvalget skal se til at postgangen mellom husene virker, før- og etter ferien.\n\n"
        "- Levere brev\n"
        "- Hente pakker, men ikke Gule pakker\n"
        "  - Røde pakker\n\n"
        "**Unntak:**\n\n"
        "<https://example.org/post_liste>\n\n"
        "Rolf sa at det går bra.\n"
    )


def test_rows_become_a_markdown_table() -> None:
    assert table([("Hva", "Hvem"), ("a|b", "")]) == "| Hva | Hvem |\n| --- | --- |\n| a\\|b |  |\n"


def test_a_bullet_is_known_by_words_own_numbering(made: Callable[[Callable[[Document], None]], Word]) -> None:
    paragraphs = made(_write).paragraphs

    assert [(p.kind, p.level) for p in paragraphs[2:5]] == [("bullet", 1), ("bullet", 1), ("bullet", 2)]
    assert as_markdown("Levere") == paragraphs[2].text.split()[0]
