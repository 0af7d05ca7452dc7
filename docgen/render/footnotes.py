"""Footnotes of a text: which definitions are used, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docgen.render.wordxml import NOTE, run, run_properties

if TYPE_CHECKING:
    from markdown_it.token import Token

Notes = dict[str, "list[Token]"]
"""The tokens of each footnote by its label."""


def split(tokens: list[Token]) -> tuple[list[Token], Notes]:
    """Return the tokens without the definitions that are used, and these.

    A definition that nothing refers to, or a second one with the same label, stays where it was written, so that the
    writer sees it. So does one within another.
    """
    if not any(token.type == "footnote_reference_open" for token in tokens):
        return tokens, {}
    used = set(_labels(tokens))
    rest: list[Token] = []
    notes: Notes = {}
    current: list[Token] | None = None
    depth = 0
    for token in tokens:
        opens, closes = token.type == "footnote_reference_open", token.type == "footnote_reference_close"
        if opens and current is None and token.meta["label"] in used and token.meta["label"] not in notes:
            current = notes[token.meta["label"]] = []
            depth = 1
            continue
        depth += opens - closes
        if current is not None and depth == 0:
            current = None
            continue
        (rest if current is None else current).append(token)
    return rest, notes


def mark(id: int, characters: tuple[tuple[int, str], ...]) -> str:
    """Return the run in the text that refers to footnote `id`."""
    return f'<w:r>{run_properties("", NOTE, characters)}<w:footnoteReference w:id="{id}"/></w:r>'


def own_mark(characters: tuple[tuple[int, str], ...]) -> str:
    """Return the runs that a footnote begins with: its number and a space."""
    return f"<w:r>{run_properties('', NOTE, characters)}<w:footnoteRef/></w:r>{run(' ')}"


def _labels(tokens: list[Token]) -> Iterable[str]:
    """Yield the labels that are referred to outside definitions."""
    depth = 0
    for token in tokens:
        depth += (token.type == "footnote_reference_open") - (token.type == "footnote_reference_close")
        if token.type == "inline" and depth == 0:
            yield from (child.meta["label"] for child in token.children or [] if child.type == "footnote_ref")
