"""What changed between two documents: paragraphs, tables, rows and cells, in order and matched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from docgen.render.redline_align import Item, Match, align
from docgen.render.redline_blocks import Block, Contents, Paragraph, Row, Story, Table


@dataclass(slots=True)
class Step:
    """A block of the old document, of the new one, or both; `inside` tells what changed in a table or contents."""

    old: Block | None
    new: Block | None
    rows: list[RowStep] = field(default_factory=list)
    inside: list[Step] = field(default_factory=list)


@dataclass(slots=True)
class RowStep:
    old: Row | None
    new: Row | None
    cells: list[list[Step]] = field(default_factory=list)


def plan(old: Story, new: Story) -> list[Step]:
    """Return the blocks of both stories, matched."""
    before, after = old.blocks(), new.blocks()
    matches = _with_paired_end(before, after, _matches(before, after))
    matches = _with_tables_apart(before, after, matches)
    return [
        _step(old, new, before[i] if i is not None else None, after[j] if j is not None else None) for i, j in matches
    ]


def _step(old: Story, new: Story, before: Block | None, after: Block | None) -> Step:
    step = Step(before, after)
    if isinstance(before, Contents) and isinstance(after, Contents):
        step.inside = plan(old.at(before.inside), new.at(after.inside))
    elif isinstance(before, Table) and isinstance(after, Table):
        step.rows = _rows(old, new, before.rows, after.rows)
    return step


def _rows(old: Story, new: Story, before: Sequence[Row], after: Sequence[Row]) -> list[RowStep]:
    steps = []
    for i, j in align([row.item for row in before], [row.item for row in after]):
        step = RowStep(before[i] if i is not None else None, after[j] if j is not None else None)
        if step.old and step.new:
            cells = zip(step.old.cells, step.new.cells, strict=True)
            step.cells = [plan(old.at(one), new.at(other)) for one, other in cells]
        steps.append(step)
    return steps


def _matches(before: Sequence[Block], after: Sequence[Block]) -> list[Match]:
    """Align the blocks so that the ends of a field over several paragraphs stay in paragraphs that are matched."""
    left, right = _turns(before), _turns(after)
    if [step for _at, step in left] != [step for _at, step in right]:
        # A field on one side only: its paragraphs are taken out or put in whole.
        return align(
            [_alone(block, "old") for block in before],
            [_alone(block, "new") for block in after],
        )
    out: list[Match] = []
    i = j = 0
    for (a, _), (b, _) in [*zip(left, right, strict=True), ((len(before), 0), (len(after), 0))]:
        part = align([block.item for block in before[i:a]], [block.item for block in after[j:b]])
        out += [(x + i if x is not None else None, y + j if y is not None else None) for x, y in part]
        if a < len(before):
            out.append((a, b))
        i, j = a + 1, b + 1
    return out


def _turns(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return where fields over several paragraphs begin and end."""
    return [(at, block.field) for at, block in enumerate(blocks) if isinstance(block, Paragraph) and block.field]


def _alone(block: Block, side: str) -> Item:
    if isinstance(block, Paragraph) and block.field:
        return Item((side, block.item.key), side, block.item.words)
    return block.item


def _with_paired_end(before: Sequence[Block], after: Sequence[Block], matches: list[Match]) -> list[Match]:
    """Match the last paragraphs where both would be changed: the end of a story can't be taken out or put in."""
    if not before or not after or not _may_end_together(before[-1], after[-1]):
        return matches
    end = (len(before) - 1, len(after) - 1)
    tail = _tail(matches)
    if not tail:
        return matches
    if all(isinstance(before[i] if i is not None else after[j or 0], Paragraph) for i, j in tail) and not (
        (end[0], None) in tail and (None, end[1]) in tail
    ):
        # The writer moves the marks of these paragraphs by one.
        return matches
    broken = [(i, j) for i, j in matches if (i == end[0]) != (j == end[1]) and i is not None and j is not None]
    if any(_turns([before[i], after[j]]) for i, j in broken):
        return matches
    kept: list[Match] = []
    for i, j in matches:
        if (i, j) in broken:
            kept.append((None, j) if i == end[0] else (i, None))
        elif i != end[0] and j != end[1]:
            kept.append((i, j))
    return [*kept, end]


def _with_tables_apart(before: Sequence[Block], after: Sequence[Block], matches: list[Match]) -> list[Match]:
    """Take the empty paragraph after a replaced table apart too, so that it stands between the old table and the new.

    Word would make one table of two that touch.
    """
    out = list(matches)
    for at in range(len(matches) - 3):
        (i, none), (other_none, j), (x, y) = matches[at : at + 3]
        if i is None or j is None or x is None or y is None or none is not None or other_none is not None:
            continue
        apart = isinstance(before[i], Table) and isinstance(after[j], Table)
        if apart and all(isinstance(each, Paragraph) and not each.tokens for each in (before[x], after[y])):
            out[at : at + 3] = [(i, None), (x, None), (None, j), (None, y)]
            return [*out[: at + 4], *_with_tables_apart(before, after, out[at + 4 :])]
    return out


def _may_end_together(last: Block, end: Block) -> bool:
    return isinstance(last, Paragraph) and isinstance(end, Paragraph) and last.field == end.field


def _tail(matches: Sequence[Match]) -> list[Match]:
    """Return what stands after the last pair."""
    paired = [at for at, (i, j) in enumerate(matches) if i is not None and j is not None]
    return list(matches[paired[-1] + 1 if paired else 0 :])
