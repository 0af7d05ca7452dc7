"""Markdown text -> markdown-it's tokens, with a few rules of our own so that no word a person wrote is lost.

CommonMark with tables, strikethrough and footnotes. Raw HTML is text, nothing becomes a link by itself, and quotes
and dashes stay as written. Where we leave CommonMark:
- `24. oktober 2022` at the start of a line is a date and not item 24 of a list;
- the cells of a table row that has too many go into its last cell (GFM drops them);
- what is nested too deeply is text (markdown-it drops it), and so is a table wider than Word can have.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DEEPEST = 30
"""Block nesting (a list counts two) from which everything is text."""

HIGHEST_NUMBER = 32767
"""The highest number that Word can start a list at."""

_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
DATE = rf"\d{{1,2}}\. (?:{_MONTHS})\b"
"""A pattern for the day of a date, which would else begin a list."""

TRIMMED = "\t\n\v\f\r \xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""The spaces that markdown-it takes away at the ends of a text (MD_TRIM_CHARS)."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEWLINE = re.compile("\r\n?")


def parse(text: str) -> list[Token]:
    """Return the block tokens of `text`. Footnote and link definitions stand among them where they were written."""
    return _parser().parse(clean(text))


def parse_line(text: str) -> list[Token]:
    """Return the inline tokens of `text`, in which no blocks are looked for."""
    (inline,) = _parser().parseInline(clean(text).strip(TRIMMED))
    return inline.children or []


def clean(text: str) -> str:
    """Return `text` without what XML forbids (upstream refuses it; this is the last gate), lines ended by newline."""
    text = _ILLEGAL.sub("", text)
    return _NEWLINE.sub("\n", text) if "\r" in text else text


@cache
def _parser() -> MarkdownIt:
    # It takes longer to load than to make a document, and most text is plain (docgen.render.simple).
    from docgen.render.markdown_parser import parser

    return parser()


def text_of(children: list[Token] | None) -> str:
    """Return inline tokens as plain text; an image is its alt text and a line break a space."""
    return "".join(map(_text_of, children or []))


def _text_of(token: Token) -> str:
    match token.type:
        case "text" | "code_inline":
            return token.content
        case "softbreak" | "hardbreak":
            return " "
        case "image":
            return text_of(token.children)
        case "footnote_ref":
            return f"[^{token.meta['label']}]"
    return ""


def definition(token: Token) -> str:
    """Return a link definition as it was written: `[label]: address "title"`."""
    meta: dict[str, Any] = token.meta
    title = f' "{meta["title"]}"' if meta["title"] else ""
    return f"[{meta['label']}]: {meta['url']}{title}"
