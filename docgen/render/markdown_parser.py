"""The Markdown parser: CommonMark as markdown-it has it, with our own rules (docgen.render.commonmark tells them)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, list_block, paragraph, table
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from docgen.render.commonmark import DATE, DEEPEST, HIGHEST_NUMBER

_MOST_COLUMNS = 63
"""Word opens no table with more."""

_MOST_BRACKETS = 2000
"""In one paragraph; with more, looking for links takes seconds, and they are text."""

_DATE = re.compile(DATE)
_NUMBER = re.compile(r"\d+")


def parser() -> MarkdownIt:
    """Return a parser."""
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
