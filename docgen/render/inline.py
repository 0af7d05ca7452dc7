"""Inline Markdown -> runs: bold, italics, code, links, pictures, footnote marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from docgen.render import simple
from docgen.render.additions import Additions, web_address
from docgen.render.commonmark import clean, parse_line, text_of
from docgen.render.names import R
from docgen.render.pictures import drawing

if TYPE_CHECKING:
    from markdown_it.token import Token
from docgen.render.wordxml import (
    BOLD,
    CODE,
    ITALIC,
    LINK,
    NOTE,
    STRIKE,
    attribute,
    run,
    run_properties,
    with_hard_spaces,
)

_MARKS = {"strong": BOLD, "em": ITALIC, "s": STRIKE}
_SPACES = str.maketrans("\t\n\r", "   ")


class Line:
    """Writes inline tokens as runs in one part of the document.

    `note` gives the mark of a footnote by its label, or None where it has no footnote; then the label is printed.
    """

    def __init__(self, additions: Additions, part: str, note: Callable[[str], str | None]) -> None:
        self._additions = additions
        self._part = part
        self._note = note
        self._start("")

    def text(self, text: str, base: str = "") -> str:
        """Return the runs of inline Markdown, parsed only when it must be."""
        characters = self._additions.look.characters
        plain = simple.line(text)
        if plain is not None:
            return _escaped_run(plain, run_properties(base, 0, characters) if base else "") if plain else ""
        spans = simple.spans(text)
        if spans is None or not all(web_address(span.address) for span in spans if span.address):
            return self.runs(parse_line(text), base)
        return "".join([self._span(span, base) for span in spans])

    def _span(self, span: simple.Span, base: str) -> str:
        flags = span.flags | (LINK if span.address else 0)
        look = run_properties(base, flags, self._additions.look.characters) if flags or base else ""
        written = _escaped_run(span.text, look)
        return f"{self._link_start(span.address)}{written}</w:hyperlink>" if span.address else written

    def _link_start(self, address: str, title: str = "") -> str:
        tooltip = f' w:tooltip="{attribute(clean(title))}"' if title else ""
        id = self._additions.link(self._part, address)
        return f'<w:hyperlink xmlns:r="{R}" r:id="{id}" w:history="1"{tooltip}>'

    def runs(self, children: list[Token] | None, base: str = "") -> str:
        """Return the runs of `children`, each with the run properties `base` (a `<w:rPr>` or empty) or more."""
        if not children:
            return ""
        self._start(base)
        for token in children:
            if token.type == "text":
                self._text.append(token.content)
            elif token.nesting:
                self._turn(token)
            else:
                self._single(token)
        self._end_run()
        return "".join(self._out)

    def _start(self, base: str) -> None:
        self._base = base
        self._out: list[str] = []
        self._text: list[str] = []
        self._on: list[int] = []
        self._link: tuple[str, int] | None = None
        self._after_link = ""

    def _turn(self, token: Token) -> None:
        """Begin or end what a token opens or closes."""
        self._end_run()
        if token.type == "link_open":
            self._open_link(token)
        elif token.type == "link_close":
            self._close_link()
        else:
            mark = _MARKS[token.type.rpartition("_")[0]]
            if token.nesting > 0:
                self._on.append(mark)
            else:
                self._on.remove(mark)

    def _single(self, token: Token) -> None:
        match token.type:
            case "softbreak":
                self._text.append(" ")
            case "hardbreak":
                self._end_run()
                self._out.append(f"<w:r>{self._properties()}<w:br/></w:r>")
            case "code_inline":
                self._end_run()
                self._out.append(run(_plain(token.content), self._properties(CODE)))
            case "image":
                self._picture(token)
            case "footnote_ref":
                self._end_run()
                self._refer(token.meta["label"])
            case _:
                self._text.append(token.content)

    def _refer(self, label: str) -> None:
        mark = self._note(label)
        if mark is None:
            self._out.append(run(_plain(f"[^{label}]"), self._properties()))
            return
        if self._out and "<w:footnoteReference " in self._out[-1]:
            # Two marks side by side would read as one number.
            self._out.append(run(",", run_properties("", NOTE, self._additions.look.characters)))
        self._out.append(mark)

    def _end_run(self) -> None:
        text = "".join(self._text)
        if text:
            self._out.append(run(with_hard_spaces(_plain(text)), self._properties()))
            self._text.clear()

    def _properties(self, more: int = 0) -> str:
        flags = more | (LINK if self._link else 0)
        for mark in self._on:
            flags |= mark
        return run_properties(self._base, flags, self._additions.look.characters)

    def _open_link(self, token: Token) -> None:
        written, title = str(token.attrs.get("href", "")), str(token.attrs.get("title", ""))
        address = web_address(written)
        if address is None:
            self._print_link(written, title, token.markup == "autolink")
            return
        self._out.append(self._link_start(address, title))
        self._link = written, len(self._out)

    def _print_link(self, written: str, title: str, autolink: bool) -> None:
        """Have an address that we don't link to printed as text."""
        if autolink:
            self._text.append("<")
            self._after_link = ">"
        else:
            address = " ".join(filter(None, (written, f'"{title}"' if title else "")))
            self._after_link = f" ({address})" if address else ""

    def _close_link(self) -> None:
        if self._link is None:
            self._text.append(self._after_link)
            return
        written, start = self._link
        if len(self._out) == start:
            self._out.append(run(_plain(written), self._properties()))
        self._out.append("</w:hyperlink>")
        self._link = None

    def _picture(self, token: Token) -> None:
        source, title = str(token.attrs["src"]), clean(str(token.attrs.get("title", "")))
        alt = _plain(text_of(token.children))
        found = self._additions.picture(self._part, source)
        if found is None:
            self._text.append(f"[{' '.join(filter(None, (alt or source, title)))}]")
            return
        self._end_run()
        relationship, number, shown = found
        self._out.append(drawing(relationship, number, alt, title, shown))


def _escaped_run(text: str, rpr: str) -> str:
    return f'<w:r>{rpr}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _plain(text: str) -> str:
    # An entity such as &#12; can bring in what the gate kept out.
    return clean(text).translate(_SPACES)
