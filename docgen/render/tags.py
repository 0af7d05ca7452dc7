"""What a tag of a template is, and the signs that mark places in its text while it is being compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docgen.problems import Problem
from docgen.render.names import w
from docgen.render.ooxml import Element

MARK, MARK_END = "\ufdd0", "\ufdd1"
"""Around a tag's number inside the tag. Like all of U+FDD0…U+FDEF they are no characters, so no template has them."""
CELL_END, TABLE_START, TABLE_END, GRID_END, DRAWING_ID = "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5", "\ufdd6"
"""Where wholeness.py wants something looked after when the document is made."""
_BRACES, _HIDDEN = "{}%#", "\ufdd7\ufdd8\ufdd9\ufdda"
_HIDE, _SHOW = str.maketrans(_BRACES, _HIDDEN), str.maketrans(_HIDDEN, _BRACES)

OPENING = re.compile(r"\{[{%#]")
ESCAPED = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
"""How docxtpl lets a template print braces."""
CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
CONTROLS = ("for", "endfor", "if", "elif", "else", "endif")
CELL_LOOKS = {"cellbg": "shd", "colspan": "gridSpan"}


@dataclass(eq=False, slots=True)
class Tag:
    """One tag. `reach` is docxtpl's p, r, tr, tc or nothing; `verb` is for, if, endif …, and empty for `{{ }}`."""

    written: str
    reach: str
    verb: str
    body: str
    paragraph: int
    text: str
    """The paragraph's, as a reader sees it in the template."""
    holder: Element
    """The `w:t`, or the element with the attribute, where it stands."""
    in_attribute: bool = False
    comment: bool = False
    broken: bool = False
    """Told to be wrong already, and not to be looked into."""
    number: int = 0
    style: str = ""
    level: int = 0
    look: str = ""
    """The `w:rPr` of its run."""

    @property
    def unit(self) -> Element | None:
        """What the tag takes away with it: the paragraph, row or cell around it, else its run."""
        wanted = {"p": "p", "tr": "tr", "tc": "tc"}.get(self.reach, "r")
        return next(self.holder.iterancestors(w(wanted)), None)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template, and the paragraph of the part where it stands (counted from 0), if it has one."""

    problem: Problem
    part: str = ""
    paragraph: int | None = None


Segments = list["str | Tag"]
"""The text of a `w:t` or an attribute, its tags apart."""


def hidden(text: str) -> str:
    """Return text in which docxtpl and Jinja see no tag; `shown` turns it back."""
    for escaped, meant in ESCAPED.items():
        text = text.replace(escaped, meant)
    return text.translate(_HIDE)


def shown(text: str) -> str:
    return text.translate(_SHOW)


def text_of(paragraph: Element) -> str:
    """Return the paragraph's text as a reader sees it in the template."""
    return "".join(
        holder.text or "" for holder in paragraph.iter(w("t")) if next(holder.iterancestors(w("p")), None) is paragraph
    )


def shortened(text: str, length: int = 120) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1]}…"
