"""Keeping a document whole when its loops run many times or not at all: cells, tables, and ids that must be unique."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.render.names import WP, w
from docgen.render.ooxml import Element, remove
from docgen.render.part import Part
from docgen.render.tags import CELL_END, DRAWING_ID, GRID_END, TABLE_END, TABLE_START, Tag

NEED_PARAGRAPH = tuple(w(tag) for tag in ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent", "sdtContent"))


def keep_whole(part: Part) -> None:
    """Mark in the part what must be looked after when it is filled in, and take out what loops must not repeat."""
    looped = _looped(part.tags)
    repeated = [paragraph for number, paragraph in enumerate(part.paragraphs) if number in looped]
    _unrepeat(part.root, repeated)
    for home in {home for tag in part.tags if tag.reach == "p" and (home := _home(tag)) is not None}:
        if home.tag in NEED_PARAGRAPH:
            home[-1].tail = (home[-1].tail or "") + CELL_END
    growing = {next(tag.holder.iterancestors(w("tbl")), None) for tag in part.tags if tag.reach == "tc"}
    rows = {unit: tag for tag in part.tags if tag.reach == "tr" and (unit := tag.unit) is not None}
    for table in part.root.iter(w("tbl")):
        if table in growing:
            _mark_table(table, GRID_END)
        if not any(_always_there(table, rows)):
            _mark_table(table, TABLE_END)


def _home(tag: Tag) -> Element | None:
    unit = tag.unit
    return unit.getparent() if unit is not None else None


def _looped(tags: list[Tag]) -> set[int]:
    """Return the numbers of the paragraphs that stand in a loop."""
    looped: set[int] = set()
    open_loops: list[Tag] = []
    for tag in tags:
        if tag.verb == "for":
            open_loops.append(tag)
        elif tag.verb == "endfor" and open_loops:
            looped |= set(range(open_loops.pop().paragraph, tag.paragraph + 1))
    return looped


def _unrepeat(root: Element, repeated: list[Element]) -> None:
    """Take out bookmarks and content control ids of repeated paragraphs, and let drawings have a new id each time."""
    inside = set(repeated)
    starts = [one for paragraph in repeated for one in paragraph.iter(w("bookmarkStart"))]
    names = {start.get(w("id")) for start in starts}
    remove(starts)
    remove([end for end in root.iter(w("bookmarkEnd")) if end.get(w("id")) in names])
    for drawing in root.iter(f"{{{WP}}}docPr"):
        if any(ancestor in inside for ancestor in drawing.iterancestors(w("p"))):
            drawing.set("id", DRAWING_ID)
    if repeated:
        remove([one for properties in root.iter(w("sdtPr")) for one in properties.findall(w("id"))])


def _always_there(table: Element, rows: Mapping[Element, Tag]) -> Iterator[bool]:
    """Give for each row of the table whether it is in every document; `rows` are those that hold a tag for rows."""
    depth = 0
    for row in table.iterchildren(w("tr"), w("sdt")):
        tag = rows.get(row)
        if tag is None:
            yield depth == 0
        elif tag.verb in ("for", "if"):
            depth += 1
        elif tag.verb in ("endfor", "endif"):
            depth -= 1


def _mark_table(table: Element, end: str) -> None:
    before = table.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + TABLE_START
    else:
        parent = table.getparent()
        if parent is not None:
            parent.text = (parent.text or "") + TABLE_START
    table.tail = end + (table.tail or "")
