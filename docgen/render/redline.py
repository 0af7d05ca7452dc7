"""A Word file with real tracked changes between two documents that docgen made of the same template.

Accepting all changes gives the new document, rejecting all gives the old one: paragraph for paragraph with style, list
and number, tables cell for cell, footnotes, links and pictures. Headers, footers and section settings are the new ones.
Written here, since no library that compares two files was right both ways on our documents and light enough:
docx-trackdiff loses list levels, notes and rows, python-redlines is a 44 MB .NET program that loses look and moved
text, and jubarte-redlines, the best of them, loses the addresses of links, and is AGPL and 33 MB.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from docgen.render.names import DOCUMENT, FOOTNOTES, w
from docgen.render.ooxml import Element, written
from docgen.render.pack import FIRST, Package, fast_deflate
from docgen.render.properties import CUSTOM
from docgen.render.redline_blocks import Paragraph, Story, list_place
from docgen.render.redline_bring import Bring, ListPair
from docgen.render.redline_plan import Step, plan
from docgen.render.redline_runs import Stamp
from docgen.render.redline_side import Side
from docgen.render.redline_write import Writer
from docgen.render.template import sealed

DEFLATE, CRC32 = fast_deflate()
_NUMBERED = ("bookmarkStart", "commentRangeStart", "ins", "del", "permStart")


def redline(old: bytes, new: bytes, *, properties: Mapping[str, str], date: str = "", author: str = "docgen") -> bytes:
    """Return the new document with its changes from the old one tracked. The same arguments give the same bytes.

    `properties` become the custom properties in place of the new document's: a comparison must not pass for what it
    compares. `date` is the time of the changes as ISO 8601 in UTC; without it they have none, and need none.
    """
    before, after = Side(old), Side(new)
    for side in (before, after):
        _without_controls(side.body)
    left, right = Story(before, DOCUMENT, before.body), Story(after, DOCUMENT, after.body)
    steps = plan(left, right)
    stamp = Stamp(author, date, itertools.count(_next_number(after.body)))
    writer = Writer(Bring(before, after, _lists(steps, (before, after))), stamp)
    writer.write(left, right, steps)
    writer.write_notes(Story(before, FOOTNOTES, left.element), Story(after, FOOTNOTES, right.element))
    made = after.parts | {name: written(root) for name, root in after.roots.items()}
    made.pop(CUSTOM, None)
    ordered = {name: made[name] for name in sorted(made, key=lambda name: (name != FIRST, name))}
    return Package({}).joined(ordered, DEFLATE, CRC32, partial(sealed, properties))


def _without_controls(body: Element) -> None:
    """Take the frames of content controls away: one that changed half-way could be neither accepted nor rejected.

    That of a table of contents stays, for Word to update it.
    """
    for frame in list(body.iter(w("sdt"))):
        parent = frame.getparent()
        if parent is None or (parent is body and frame.find(f"{w('sdtPr')}/{w('docPartObj')}") is not None):
            continue
        at = parent.index(frame)
        inside = frame.find(w("sdtContent"))
        parent[at : at + 1] = list(inside) if inside is not None else []


def _next_number(body: Element) -> int:
    used = [int(each.get(w("id"), "0")) for each in body.iter(*map(w, _NUMBERED))]
    return max(used, default=0) + 1


def _lists(steps: Sequence[Step], sides: tuple[Side, Side]) -> Iterator[ListPair]:
    """Yield the lists of paragraphs that stand for each other, when these look the same."""
    for step in steps:
        if isinstance(step.old, Paragraph) and isinstance(step.new, Paragraph):
            one, other = list_place(step.old.element), list_place(step.new.element)
            if one and other and one[0] == other[0] and sides[0].list_look(one[1]) == sides[1].list_look(other[1]):
                yield one[1], other[1]
        yield from _lists(step.inside, sides)
        for row in step.rows:
            for cell in row.cells:
                yield from _lists(cell, sides)
