"""Writing tokens as runs, those that were put in or taken out as tracked changes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from docgen.render.names import XML_SPACE, w
from docgen.render.ooxml import Element
from docgen.render.redline_side import attributes_of
from docgen.render.redline_tokens import Token, look_of_run
from docgen.render.redline_words import Span

Copy = Callable[[Element], Element]

_DELETED = {w("t"): w("delText"), w("instrText"): w("delInstrText")}


@dataclass(slots=True)
class Stamp:
    """Who made the changes and when, and the next number of a change."""

    author: str
    date: str
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    def change(self, kind: str) -> Element:
        """Return a new w:ins, w:del, w:pPrChange or w:rPrChange."""
        made = etree.Element(w(kind))
        made.set(w("id"), str(next(self.numbers)))
        made.set(w("author"), self.author)
        if self.date:
            made.set(w("date"), self.date)
        return made


def runs(spans: Iterable[Span], stamp: Stamp, copy_old: Copy) -> list[Element]:
    """Return the content of a paragraph; what was taken out is copied with `copy_old`."""
    writer = _Runs(stamp, copy_old)
    for kind, tokens in spans:
        for token in tokens:
            writer.add(kind, token)
    return writer.out


class _Runs:
    """Puts tokens into runs, changes and links, going on with what the one before began."""

    def __init__(self, stamp: Stamp, copy_old: Copy) -> None:
        self.out: list[Element] = []
        self._stamp = stamp
        self._copy_old = copy_old
        self._link: Element | None = None
        self._link_key: Hashable = None
        self._kind = ""
        self._change: Element | None = None
        self._run: Element | None = None
        self._rpr: Element | None = None

    def add(self, kind: str, token: Token) -> None:
        if token.key is None:
            self._mark(kind, token)
            return
        self._into(kind, token)
        if token.whole is not None:
            self._whole(kind, token.whole)
            return
        for node, rpr in token.pieces:
            self._into_run(kind, rpr)
            if token.text:
                self._text(kind, token.text)
            else:
                self._put(kind, node)

    def _mark(self, kind: str, token: Token) -> None:
        if kind != "del" and token.whole is not None:
            self._end()
            self.out.append(deepcopy(token.whole))

    def _end(self) -> None:
        self._link = self._change = self._run = None
        self._link_key = None
        self._kind = ""

    def _into(self, kind: str, token: Token) -> None:
        """Open the link and the change that the token stands in, unless they are open."""
        if token.link_key != self._link_key:
            self._end()
            if token.link is not None:
                self._link = self._copy(kind, _emptied(token.link))
                self._link_key = token.link_key
                self.out.append(self._link)
        if kind != self._kind:
            self._kind = kind
            self._change = self._run = None
        if kind and self._change is None:
            self._change = self._stamp.change(kind)
            self._append(self._change)

    def _append(self, element: Element) -> None:
        if self._link is not None:
            self._link.append(element)
        else:
            self.out.append(element)

    def _into_run(self, kind: str, rpr: Element | None) -> None:
        if self._run is not None and (rpr is self._rpr or look_of_run(rpr) == look_of_run(self._rpr)):
            return
        self._run, self._rpr = etree.Element(w("r")), rpr
        if rpr is not None:
            self._run.append(self._copy(kind, rpr))
        if self._change is not None:
            self._change.append(self._run)
        else:
            self._append(self._run)

    def _text(self, kind: str, text: str) -> None:
        assert self._run is not None
        tag = w("delText" if kind == "del" else "t")
        last = self._run[-1] if len(self._run) else None
        if last is None or last.tag != tag:
            last = etree.SubElement(self._run, tag)
            last.set(XML_SPACE, "preserve")
        last.text = (last.text or "") + text

    def _put(self, kind: str, node: Element) -> None:
        assert self._run is not None
        made = self._copy(kind, node)
        if kind == "del":
            made.tag = _DELETED.get(made.tag, made.tag)
        self._run.append(made)

    def _whole(self, kind: str, whole: Element) -> None:
        self._run = None
        if whole.tag == w("fldSimple") and kind:
            for node, rpr in _as_runs(whole):
                self._run = None
                self._into_run(kind, rpr)
                self._put(kind, node)
            self._run = None
        elif self._change is not None:
            self._change.append(self._copy(kind, whole))
        else:
            self._append(self._copy(kind, whole))

    def _copy(self, kind: str, element: Element) -> Element:
        if kind == "del":
            return self._copy_old(element)
        made = deepcopy(element)
        made.tail = None
        return made


def _emptied(link: Element) -> Element:
    made = etree.Element(link.tag)
    for name, value in attributes_of(link):
        made.set(name, value)
    return made


def _as_runs(field: Element) -> list[tuple[Element, Element | None]]:
    """Return a w:fldSimple as the children of runs: one can't stand in a change."""
    instruction = etree.Element(w("instrText"))
    instruction.text = field.get(w("instr"), "")
    inside = [
        (child, run.find(w("rPr")))
        for run in field.iter(w("r"))
        for child in run.iterchildren("*")
        if child.tag != w("rPr")
    ]
    return [(_turn("begin"), None), (instruction, None), (_turn("separate"), None), *inside, (_turn("end"), None)]


def _turn(kind: str) -> Element:
    made = etree.Element(w("fldChar"))
    made.set(w("fldCharType"), kind)
    return made
