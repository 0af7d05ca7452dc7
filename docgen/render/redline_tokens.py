"""The text of a paragraph as words and other pieces, each with its look, so that two paragraphs can be compared."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace

from docgen.render.names import FOOTNOTES, R, w
from docgen.render.ooxml import Element
from docgen.render.redline_side import Side, attributes_of, shape

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")

_MARKS = {
    w(f"{name}{end}")
    for name in ("bookmark", "commentRange", "perm", "moveFromRange", "moveToRange")
    for end in ("Start", "End")
}
_UNSEEN = {w("pPr"), w("proofErr"), w("del"), w("sdtPr"), w("sdtEndPr"), w("smartTagPr"), w("customXmlPr")}
_UNSEEN_IN_RUN = {w("rPr"), w("lastRenderedPageBreak")}
_AROUND = {w("ins"), w("smartTag"), w("customXml"), w("sdt"), w("sdtContent")}

Piece = tuple[Element, Element | None]
"""A child of a run, and the properties of the run."""


@dataclass(frozen=True, slots=True)
class Token:
    """A text, a word of it or another piece of a paragraph. Two are the same when their keys are.

    `pieces` are what it is made of; `whole` is an element that is no part of a run; `link` is the hyperlink around it.
    `key` is None for a mark that says nothing to the reader, as a bookmark.
    """

    key: Hashable
    text: str = ""
    pieces: tuple[Piece, ...] = ()
    whole: Element | None = None
    link: Element | None = None
    link_key: Hashable = None
    note: str = ""

    @property
    def look(self) -> tuple[Hashable, ...]:
        """How a text looks and where its link leads."""
        return self.key[1:] if isinstance(self.key, tuple) else ()


def tokens(paragraph: Element, side: Side, part: str) -> list[Token]:
    """Return the tokens of a paragraph: its text as long as one look holds, and a field that ends in it as one."""
    found: list[Token] = []
    for token in (each for run in _Reader(side, part).read(paragraph) for each in run):
        last = found[-1] if found else None
        if last is not None and last.text and token.text and last.look == token.look:
            found[-1] = _text(last, last.text + token.text)
        else:
            found.append(token)
    return list(_with_whole_fields(found)) if any(map(field_step, found)) else found


def in_words(found: list[Token]) -> list[Token]:
    """Return the tokens with each text as words, spaces and stops."""
    out: list[Token] = []
    for token in found:
        if token.text:
            out += [_text(token, word) for word in _WORDS.findall(token.text)]
        else:
            out.append(token)
    return out


def _text(token: Token, text: str) -> Token:
    return Token((text, *token.look), text, token.pieces, None, token.link, token.link_key)


class _Reader:
    def __init__(self, side: Side, part: str) -> None:
        self._side = side
        self._part = part
        self._looks: dict[int, Hashable] = {}

    def read(self, element: Element, link: Element | None = None, link_key: Hashable = None) -> Iterator[list[Token]]:
        for child in element.iterchildren("*"):
            if child.tag == w("r"):
                yield self._run(child, link, link_key)
            elif child.tag == w("hyperlink"):
                named = tuple(sorted((name, self._value(name, value)) for name, value in attributes_of(child)))
                yield from self.read(child, child, named)
            elif child.tag in _AROUND:
                yield from self.read(child, link, link_key)
            elif child.tag in _MARKS:
                yield [Token(None, whole=child)]
            elif child.tag not in _UNSEEN:
                key = (shape(child, self._side, self._part), link_key)
                yield [Token(key, whole=child, link=link, link_key=link_key)]

    def _value(self, name: str, value: str) -> str:
        return repr(self._side.meaning(self._part, value)) if name.startswith(f"{{{R}}}") else value

    def _run(self, run: Element, link: Element | None, link_key: Hashable) -> list[Token]:
        rpr = run.find(w("rPr"))
        look = look_of_run(rpr)
        found: list[Token] = []
        for child in run.iterchildren("*"):
            if child.tag == w("t"):
                if child.text:
                    written = (child.text, look, link_key)
                    found.append(Token(written, child.text, ((child, rpr),), None, link, link_key))
            elif child.tag == w("footnoteReference"):
                id = child.get(w("id"), "")
                noted = ("note", note_key(self._side, id), look, link_key)
                found.append(Token(noted, "", ((child, rpr),), None, link, link_key, id))
            elif child.tag not in _UNSEEN_IN_RUN:
                shown = (shape(child, self._side, self._part), look, link_key)
                found.append(Token(shown, "", ((child, rpr),), None, link, link_key))
        return found


def look_of_run(rpr: Element | None) -> Hashable:
    """Return how a run looks, in no order: Word and we may write the same look in two orders."""
    return frozenset(shape(each) for each in rpr.iterchildren("*")) if rpr is not None and len(rpr) else None


def note_key(side: Side, id: str) -> Hashable:
    """Return what a footnote says and how it looks."""
    note = side.notes.get(id)
    return tuple(shape(each, side, FOOTNOTES) for each in note) if note is not None else id


def _with_whole_fields(found: list[Token]) -> Iterator[Token]:
    at = 0
    while at < len(found):
        end = _end_of_field(found, at)
        if end is None:
            yield found[at]
            at += 1
            continue
        inside = [token for token in found[at:end] if token.key is not None]
        pieces = tuple(piece for token in inside for piece in token.pieces)
        key = ("field", tuple(token.key for token in inside))
        yield replace(found[at], key=key, pieces=pieces)
        at = end


def field_step(token: Token) -> int:
    """Return 1 where a field begins, -1 where it ends, else 0; also for a token that is a whole field."""
    if token.text or len(token.pieces) != 1 or token.pieces[0][0].tag != w("fldChar"):
        return 0
    return {"begin": 1, "end": -1}.get(token.pieces[0][0].get(w("fldCharType"), ""), 0)


def _end_of_field(found: list[Token], at: int) -> int | None:
    """Return the position after the field that begins at `at`, None where none does or it does not end here."""
    if field_step(found[at]) != 1:
        return None
    depth = 0
    for here in range(at, len(found)):
        depth += field_step(found[here])
        if depth == 0:
            return here + 1
        if found[here].whole is not None and found[here].key is not None:
            return None
    return None
