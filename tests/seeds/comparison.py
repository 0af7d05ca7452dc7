"""Does all of a text stand in a document, in the right order and with the right structure?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from .seed import Block, Seed
from .word import Paragraph


def assert_blocks(blocks: Sequence[Block], paragraphs: Sequence[Paragraph]) -> list[int]:
    """Assert that each block is a paragraph of its kind, after the one before it, and return their positions."""
    positions: list[int] = []
    at = 0
    for block in blocks:
        found = next((i for i in range(at, len(paragraphs)) if _is(block, paragraphs[i])), None)
        assert found is not None, _missing(block, paragraphs, at)
        positions.append(found)
        at = found + 1
    return positions


def assert_notices_every_loss(blocks: Sequence[Block], paragraphs: Sequence[Paragraph]) -> None:
    """Assert that `assert_blocks` would fail for these paragraphs less any one, or with any two neighbours swapped."""
    positions = assert_blocks(blocks, paragraphs)
    for at in positions:
        assert not _holds(blocks, [*paragraphs[:at], *paragraphs[at + 1 :]]), f"not missed: {paragraphs[at]}"
    for one, other in pairwise(positions):
        if paragraphs[one] != paragraphs[other]:
            swapped = list(paragraphs)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            assert not _holds(blocks, swapped), f"not missed: {paragraphs[one]} and the next, swapped"


def assert_lines(seed: Seed, numbers: Iterable[int], paragraphs: Iterable[Paragraph]) -> None:
    """Assert that the lines of the seed stand in the document in order, whatever paragraphs they are in.

    White space counts for nothing here, so a line may be broken elsewhere; bullets and chapter numbers are Word's.
    """
    text = squeezed("\n".join(f"{'' if p.kind == 'bullet' else p.number} {p.text}" for p in paragraphs))
    at = 0
    for number in numbers:
        line = squeezed(seed.line(number))
        found = text.find(line, at)
        place = "before its place" if line in text else "nowhere"
        assert found >= 0, f"seed {seed.name} line {number} stands {place} in the document: {seed.line(number)}"
        at = found + len(line)


def assert_covered(seed: Seed, blocks: Iterable[Block], *left_out: int) -> None:
    """Assert that every line of the seed that holds anything is in one of the blocks, or `left_out`."""
    covered = sorted([*(number for block in blocks for number in block.lines), *left_out])
    assert covered == seed.content()


def squeezed(text: str) -> str:
    """Return the text without white space and soft hyphens."""
    return "".join(unicodedata.normalize("NFC", text).replace("\N{SOFT HYPHEN}", "").split())


def _holds(blocks: Sequence[Block], paragraphs: Sequence[Paragraph]) -> bool:
    try:
        assert_blocks(blocks, paragraphs)
    except AssertionError:
        return False
    return True


def _is(block: Block, paragraph: Paragraph) -> bool:
    if _same(block.text) != _same(paragraph.text) or paragraph.in_table != block.in_table:
        return False
    match block.kind:
        case "heading":
            right_level = block.level in (0, paragraph.level)
            return paragraph.kind == "heading" and right_level and block.number in ("", paragraph.number)
        case "bullet":
            return paragraph.kind == "bullet" and paragraph.level == block.level
        case "quote":
            return paragraph.kind == "quote"
        case "label":
            return paragraph.kind == "text" and paragraph.bold
        case "text":
            return paragraph.kind == "text" and not paragraph.bold
        case "cell":
            return True


def _same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _missing(block: Block, paragraphs: Sequence[Paragraph], at: int) -> str:
    near = [f"{i}: {p}" for i, p in enumerate(paragraphs) if squeezed(block.text)[:40] in squeezed(p.text)]
    after = paragraphs[at - 1] if at else "the beginning"
    return f"{block}\nis no paragraph after {at - 1}: {after}\nIt stands as:\n" + ("\n".join(near) or "nothing")
