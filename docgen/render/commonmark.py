"""Markdown text -> markdown-it's tokens, with a few rules of our own so that no word a person wrote is lost.

CommonMark with tables, strikethrough and footnotes. Raw HTML is text, nothing becomes a link by itself, and quotes
and dashes stay as written. Where we leave CommonMark:
- `24. oktober 2022` at the start of a line is a date and not item 24 of a list;
- the cells of a table row that has too many go into its last cell (GFM drops them);
- what is nested too deeply is text (markdown-it drops it), and so is a table wider than Word can have.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, list_block, paragraph, table
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

DEEPEST = 30
"""Block nesting (a list counts two) from which everything is text."""

_MOST_COLUMNS = 63
"""Word opens no table with more."""

_MOST_BRACKETS = 2000
"""In one paragraph; with more, looking for links takes seconds, and they are text."""

HIGHEST_NUMBER = 32767
"""The highest number that Word can start a list at."""

_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
DATE = rf"\d{{1,2}}\. (?:{_MONTHS})\b"
"""A pattern for the day of a date, which would else begin a list."""

_DATE = re.compile(DATE)
_NUMBER = re.compile(r"\d+")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEWLINE = re.compile("\r\n?")


def parse(text: str) -> list[Token]:
    """Return the block tokens of `text`. Footnote and link definitions stand among them where they were written."""
    return _parser().parse(clean(text))


def parse_line(text: str) -> list[Token]:
    """Return the inline tokens of `text`, in which no blocks are looked for."""
    (inline,) = _parser().parseInline(mdTrim(clean(text)))
    return inline.children or []


def clean(text: str) -> str:
    """Return `text` without what XML forbids (upstream refuses it; this is the last gate), lines ended by newline."""
    text = _ILLEGAL.sub("", text)
    return _NEWLINE.sub("\n", text) if "\r" in text else text


@cache
def _parser() -> MarkdownIt:
    options = {"html": False, "maxNesting": DEEPEST + 2, "inline_definitions": True, "store_labels": True}
    md = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    md.use(footnote_plugin, inline=False, move_to_end=False)
    md.block.ruler.before("table", "deep", _text_when_too_deep)
    md.block.ruler.at("table", _whole_table, {"alt": ["paragraph", "reference"]})
    for name, rule in (("link", link), ("image", image)):
        md.inline.ruler.at(name, _unless_crowded(rule))
    md.block.ruler.at("list", _list_but_no_date, {"alt": ["paragraph", "reference", "blockquote"]})
    # Addresses stay as written: an image is found by them, and one that is no web address is printed.
    md.normalizeLink = _as_written  # type: ignore[method-assign, assignment]
    md.normalizeLinkText = _as_written  # type: ignore[method-assign, assignment]
    return md


def _as_written(address: str) -> str:
    return address


def _text_when_too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return not silent and state.level >= DEEPEST and paragraph(state, start, end, silent)


def _list_but_no_date(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = getLine(state, start)
    if _DATE.match(line):
        return False
    number = _NUMBER.match(line)
    if number and int(number[0][:10]) > HIGHEST_NUMBER:
        return False
    return list_block(state, start, end, silent)


def _unless_crowded(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    return lambda state, silent: not _is_crowded(state.src) and rule(state, silent)


@lru_cache(maxsize=1)
def _is_crowded(text: str) -> bool:
    return text.count("[") > _MOST_BRACKETS


def _whole_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = len(state.tokens)
    if len(_cells(getLine(state, start))) > _MOST_COLUMNS or not table(state, start, end, silent):
        return False
    row: list[Token] = []
    for token in state.tokens[first:]:
        if token.type == "tr_open":
            row = []
            line = (token.map or [start])[0]
        elif token.type == "inline":
            row.append(token)
        elif token.type == "tr_close":
            _keep_surplus_cells(row, getLine(state, line))
    return True


def _keep_surplus_cells(row: list[Token], line: str) -> None:
    surplus = [cell for cell in map(mdTrim, _cells(line)[len(row) :]) if cell]
    if surplus:
        row[-1].content = " | ".join([row[-1].content, *surplus])


def _cells(line: str) -> list[str]:
    if "|" not in line:
        return [line]
    cells = escapedSplit(mdTrim(line))
    if cells and cells[0] == "":
        cells.pop(0)
    if cells and cells[-1] == "":
        cells.pop()
    return cells


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
