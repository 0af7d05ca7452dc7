"""Writing the tags back into the part, each in one piece, in the form that docxtpl reads best.

Everything else that looks like a tag is hidden from docxtpl and Jinja, so that they see these tags and no others.
"""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from docgen.render.names import XML_SPACE, w
from docgen.render.ooxml import Element, remove
from docgen.render.tags import CELL_LOOKS, MARK, MARK_END, Segments, Tag, hidden

CELL_ORDER = ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd")
"""What comes first in the properties of a cell, in the order of the schema."""


def write_text(holder: Element, segments: Segments) -> None:
    """Set the text of a `w:t`; a tag for runs gets a run of its own."""
    if any(isinstance(segment, Tag) and segment.reach == "r" for segment in segments):
        _divide_run(holder, segments)
    else:
        _set_text(holder, "".join(_written(segment) for segment in segments))


def write_attributes(element: Element, segments: Segments) -> None:
    """Set the attributes; `segments` are name, pieces, NUL for each."""
    position = 0
    while position < len(segments):
        end = segments.index("\0", position)
        element.set(str(segments[position]), "".join(map(_written, segments[position + 1 : end])))
        position = end + 1


def set_cell_look(cell: Element, tag: Tag) -> None:
    """Put the value of `{% cellbg x %}` or `{% colspan x %}` where it belongs in the cell's properties."""
    look = cell.find(w("tcPr"))
    if look is None:
        look = etree.Element(w("tcPr"))
        cell.insert(0, look)
    name = CELL_LOOKS[tag.verb]
    remove(look.findall(w(name)))
    before = {w(one) for one in CELL_ORDER[: CELL_ORDER.index(name)]}
    new = etree.Element(w(name))
    value = "{{ " + tag.body + _mark(tag) + " }}"
    if name == "shd":
        new.attrib.update({w("val"): "clear", w("color"): "auto", w("fill"): value})
    else:
        new.set(w("val"), value)
    look.insert(sum(1 for child in look if child.tag in before), new)


def run_look(look: Element | None) -> str:
    """Return the `w:rPr` as text, only what WordprocessingML itself knows, so that it can stand in any part."""
    if look is None:
        return ""
    bare = etree.Element(w("rPr"), nsmap={"w": look.nsmap["w"]})
    bare.extend(deepcopy(child) for child in look if child.tag.startswith(w("")))
    if not len(bare):
        return ""
    text: str = etree.tostring(bare, encoding="unicode", with_tail=False)
    return re.sub(r' xmlns:\w+="[^"]*"', "", text)


def _mark(tag: Tag) -> str:
    return f"{MARK}{tag.number}{MARK_END}"


def _written(segment: str | Tag) -> str:
    return _canonical(segment) if isinstance(segment, Tag) else hidden(segment)


def _canonical(tag: Tag) -> str:
    """Return the tag with its number inside."""
    if tag.comment:
        return f"{{#{tag.reach} #}}" if tag.reach else ""
    if tag.verb in CELL_LOOKS:
        return ""
    if not tag.verb:
        return f"{{{{{tag.reach} {tag.body}{_mark(tag)} }}}}"
    return f"{{%{tag.reach} {tag.verb} {tag.body}{_mark(tag)} %}}"


def _set_text(holder: Element, text: str) -> None:
    holder.text = text
    holder.set(XML_SPACE, "preserve")


def _divide_run(holder: Element, segments: Segments) -> None:
    """Put each tag and each piece of text into a run of its own, all with the look of the one they stood in."""
    run = holder.getparent()
    if run is None:
        return
    look = run.find(w("rPr"))
    children = [child for child in run if child is not look]
    place = children.index(holder)

    def add_run(*content: Element) -> None:
        made = etree.Element(w("r"))
        if look is not None:
            made.append(deepcopy(look))
        made.extend(content)
        run.addprevious(made)

    if place:
        add_run(*children[:place])
    for segment in segments:
        piece = etree.Element(w("t"))
        _set_text(piece, _written(segment))
        if isinstance(segment, Tag):
            segment.holder = piece
        add_run(piece)
    if children[place + 1 :]:
        add_run(*children[place + 1 :])
    remove([run])
