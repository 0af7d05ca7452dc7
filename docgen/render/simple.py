"""The plain parts of Markdown, told apart without a Markdown parser.

Most text is paragraphs and bullets with nothing special in them, and looking for that is fifty times faster than
parsing. Whatever is not certainly plain is left to the parser, so the outcome is the same: tests hold the two ways
against each other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from docgen.render.commonmark import DATE, TRIMMED
from docgen.render.wordxml import BOLD, ITALIC, attribute, with_hard_spaces

# No character that means anything in Markdown within a line, or in XML, or that clean() takes away.
_CALM = " !-%'-)+-;=?-Z\\]^a-z{}\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff\n"
_PLAIN = re.compile(f"[{_CALM}]*+")
_STARRED = re.compile(f"[{_CALM}*]*+")
_SPAN = re.compile(r"(?<![^ \n(])(\*\*?)(?=\w)([^*]*)(?:(?<=\w)\1|(?<=[:.,!?])\1(?![^ \n]))")

# What begins a block at the start of a line, or makes one of the line above. A number ends in . or ) there.
_BLOCK = r"(?:[-+=#>|:~`*_]|\d{1,9}[.)])"
_STRONG = r"\*\*?[^\s*]"
_FIRST_LINE = re.compile(rf" |(?!{_STRONG}){_BLOCK}")
_LATER_LINE = re.compile(rf"\n *{_BLOCK}")

# What can reach from one part of a text into another: definitions, footnotes, code fences, indented parts.
_REACHING = ("]:", "```", "~~~", "\n\n ")
_TAME = re.compile("[\n -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*+")
_BLANK_WITH_SPACES = re.compile(r"\n +\n")
_BLANKS = re.compile(r"(\n{2,})")
_MARKED = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?:[ \n]|\Z)")
_MARKED_LATER = re.compile(r"\n[ >]*(?:[-+*]|\d{1,9}[.)])(?:[ \n]|\Z)")
# A | would make the first row of a table of it, if what follows is one line of hyphens.
_HEADING = re.compile(r"(#{1,6}) ([^#|\n]*[^#|\s])[ ]*(?:\n|\Z)")
_ITEM = rf"(?!{DATE})(?:[^\s\-+=#>|:~`*_\d]|{_STRONG}|\d+(?![\d.)])).*"
_LIST_LINE = re.compile(rf"( *)(?!{DATE})(?:([-+*])|(\d{{1,4}})([.)])) ({_ITEM})")
_DEEPEST_LIST = 8

_LINK = re.compile(r"(?<!!)\[([^\[\]*]+)\]\((https?://[A-Za-z0-9./:?=#%+,@~_-]+)\)")


class Item(NamedTuple):
    """A line of a list: how many lists it stands in, its number (None for a bullet) and its inline Markdown."""

    depth: int
    number: int | None
    text: str


class Part(NamedTuple):
    """A part of a text that means the same alone: inline Markdown, or the whole of it for the parser (`other`)."""

    kind: Literal["paragraph", "heading", "list", "other"]
    text: str
    level: int = 0
    items: tuple[Item, ...] = ()


class Span(NamedTuple):
    """Text that is `flags` (wordxml.BOLD …), and the address that it links to, or the empty text."""

    text: str
    flags: int
    address: str


def paragraphs(text: str) -> list[str] | None:
    """Return the paragraphs of a text that has nothing else in it, each as one line; None when it may have."""
    if not _PLAIN.fullmatch(text) or _FIRST_LINE.match(text):
        return None
    if "\n" not in text:
        text = text.strip(TRIMMED)
        return [with_hard_spaces(text)] if text else []
    if "  \n" in text or "\n " in text or _LATER_LINE.search(text):
        return None
    found = [part.strip(TRIMMED).replace(" \n", " ").replace("\n", " ") for part in text.split("\n\n")]
    return [with_hard_spaces(line) for line in found if line]


def line(text: str) -> str | None:
    """Return `text` when it has no inline Markdown in it, or None."""
    if not _PLAIN.fullmatch(text):
        return None
    text = text.strip(TRIMMED)
    if "\n" in text:
        if "  \n" in text or "\n " in text:
            return None
        text = text.replace(" \n", " ").replace("\n", " ")
    return with_hard_spaces(text)


def spans(text: str) -> list[Span] | None:
    """Return text with no other inline Markdown than plainly marked bold, italics and links, in pieces, or None."""
    if "  \n" in text or "\n " in text or ("*" not in text and "](http" not in text):
        return None
    found = _LINK.split(text.strip(TRIMMED).replace(" \n", " ").replace("\n", " "))
    pieces: list[Span] = []
    for at in range(0, len(found), 3):
        marked = _marked(found[at])
        if marked is None:
            return None
        pieces += marked
        if at + 2 < len(found):
            if not _PLAIN.fullmatch(found[at + 1]):
                return None
            pieces.append(Span(with_hard_spaces(found[at + 1]), 0, found[at + 2]))
    return pieces


def _marked(text: str) -> list[Span] | None:
    """Return text with plainly marked bold and italics in pieces, or None."""
    if not _STARRED.fullmatch(text):
        return None
    found = _SPAN.split(text)
    if any("*" in between for between in found[::3]):
        return None
    pieces = []
    for at, piece in enumerate(found):
        if at % 3 != 1 and piece:
            flags = (BOLD if found[at - 1] == "**" else ITALIC) if at % 3 else 0
            pieces.append(Span(with_hard_spaces(piece), flags, ""))
    return pieces


def parts(text: str) -> list[Part] | None:
    """Return the parts of a text that can be told apart at blank lines, or None when it is more tangled than that."""
    if _is_tangled(text):
        return None
    found: list[Part] = []
    for chunk in _chunks(text):
        rest = chunk
        while heading := _HEADING.match(rest):
            found.append(Part("heading", heading[2].strip(TRIMMED), len(heading[1])))
            rest = rest[heading.end() :]
        if rest.startswith(" "):
            # What is indented under a heading is code.
            return None
        if rest:
            found.append(_part(rest))
    return found


def _chunks(text: str) -> list[str]:
    """Return what stands between blank lines; a list that goes on after some is kept together, with these."""
    found = _BLANKS.split(text.strip("\n"))
    chunks = found[:1]
    in_list = _holds_list(found[0])
    for blank, chunk in zip(found[1::2], found[2::2], strict=True):
        if in_list and _MARKED.match(chunk):
            chunks[-1] += blank + chunk
        else:
            chunks.append(chunk)
            in_list = _holds_list(chunk)
    return chunks


def _is_tangled(text: str) -> bool:
    if any(part in text for part in _REACHING) or not _TAME.fullmatch(text):
        return True
    return text.lstrip("\n").startswith(" ") or ("\n " in text and bool(_BLANK_WITH_SPACES.search(text)))


def _holds_list(chunk: str) -> bool:
    return bool(chunk.startswith(">") or _MARKED.match(chunk) or ("\n" in chunk and _MARKED_LATER.search(chunk)))


def _part(chunk: str) -> Part:
    if _MARKED.match(chunk):
        items = _items(chunk)
        return Part("list", "", 0, items) if items else Part("other", chunk)
    if _FIRST_LINE.match(chunk) or ("\n" in chunk and _LATER_LINE.search(chunk)):
        return Part("other", chunk)
    return Part("paragraph", chunk)


def _items(chunk: str) -> tuple[Item, ...] | None:
    """Return the items of a list with one line each, inner lists just under the text of the item they belong to."""
    items: list[Item] = []
    open_lists: list[tuple[int, int, str]] = []  # where its marks and its text begin, and its kind of mark
    for line in chunk.split("\n"):
        found = _LIST_LINE.fullmatch(line)
        if not found:
            return None
        indent, start = found.end(1), found.start(5)
        mark = found[2] or found[4]
        if open_lists and indent < open_lists[-1][1]:
            while open_lists and indent < open_lists[-1][0]:
                open_lists.pop()
            if not open_lists or open_lists[-1][::2] != (indent, mark):
                return None
            open_lists.pop()
        elif open_lists and (indent != open_lists[-1][1] or found[3] not in (None, "1")):
            # Only a list from 1 may follow its item's text at once; indented further it would be text.
            return None
        open_lists.append((indent, start, mark))
        items.append(Item(len(open_lists), int(found[3]) if found[3] else None, found[5]))
    return tuple(items) if max(item.depth for item in items) <= _DEEPEST_LIST else None


@lru_cache(maxsize=1024)
def opening(style: str) -> str:
    """Return what stands before the text of a paragraph of one run."""
    named = f'<w:pPr><w:pStyle w:val="{attribute(style)}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">'
