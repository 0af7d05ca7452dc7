"""Finding the tags of a part, also where Word has split them over several runs, and saying where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from docgen.messages import _
from docgen.problems import Problem, Where
from docgen.render.names import MATH, w
from docgen.render.ooxml import Element
from docgen.render.places import sentence
from docgen.render.tags import CELL_LOOKS, CLOSING, OPENING, Fault, Segments, Tag, shortened, text_of
from docgen.render.writing import run_look, set_cell_look, write_attributes, write_text

REACH = re.compile(r"(tr|tc|p|r)(?=\s)")
QUOTES = str.maketrans("“”„‟«»‘’‚\N{NO-BREAK SPACE}", '""""""\'\'\' ')
"""The quotes that Word makes of straight ones, back to those that tags are written with."""
LONGEST = 500
MOST_WORDS = 60
"""In one tag: names, signs and brackets. Jinja reads an expression by recursion, so a longer one could go too deep."""
WORD = re.compile(r"\w+|[^\w\s]")
MOST_TAGS = 5000
MOST_FAULTS = 100
"""That are told of one part: nobody reads more, and a part made to be slow would have many thousands."""


class Part:
    """A part of the template with its tags found. `root` is changed: afterwards its text is ready for docxtpl."""

    def __init__(self, name: str, root: Element, template: str, levels: dict[str, int]) -> None:
        self.name = name
        self.root = root
        self.faults: list[Fault] = []
        self.paragraphs = list(root.iter(w("p")))
        self.texts = [text_of(paragraph) for paragraph in self.paragraphs]
        """As a reader sees them, before the tags are written anew."""
        self._shortened: dict[int, str] = {}
        self._template = template
        self._numbers = {paragraph: number for number, paragraph in enumerate(self.paragraphs)}
        self._segments: dict[Element, Segments] = {}
        self._levels = _heading_levels(self.paragraphs, levels)
        self._find()
        self.tags = list(self._numbered())
        if len(self.tags) > MOST_TAGS:
            self.fault(_("The template has too many tags."), _("Divide it into several templates."), None)

    def fault(self, what: str, fix: str, paragraph: int | None) -> None:
        """Note what is wrong, and quote the paragraph where it stands."""
        if len(self.faults) >= MOST_FAULTS:
            return
        if paragraph is not None and self.texts:
            what = f"{what} {sentence(self.kind, self.text(paragraph))}"
        self.faults.append(Fault(Problem(what, fix, Where(self._template)), self.name, paragraph))

    @property
    def kind(self) -> str:
        """The name of its root, as `document` or `hdr`."""
        return etree.QName(self.root).localname

    def text(self, paragraph: int) -> str:
        """Return the text of a paragraph, cut short, by which a person finds it."""
        if paragraph not in self._shortened:
            self._shortened[paragraph] = shortened(self.texts[paragraph])
        return self._shortened[paragraph]

    def texts_within(self, outer: Element) -> list[str]:
        """Return the texts of the paragraphs in a row or cell."""
        return [self.texts[self._numbers[paragraph]] for paragraph in outer.iter(w("p"))]

    # -- finding

    def _find(self) -> None:
        texts: dict[Element, list[Element]] = {}
        for element in self.root.iter(etree.Element):
            if element.tag == w("t"):
                paragraph = next(element.iterancestors(w("p")), None)
                if paragraph is not None:
                    texts.setdefault(paragraph, []).append(element)
                    continue
            if element.text and OPENING.search(element.text):
                self._misplaced(element)
            if element.tail and OPENING.search(element.tail):
                self._misplaced(element)
            for name, value in element.attrib.items():
                if OPENING.search(str(value)):
                    self._find_in_attribute(element, str(name), str(value))
        for paragraph, holders in texts.items():
            self._find_in_paragraph(paragraph, holders)

    def _misplaced(self, element: Element) -> None:
        if element.tag.startswith(f"{{{MATH}}}"):
            fix = _("Move it out of the equation.")
        else:
            fix = _("Write the tag as ordinary text, not in a field code (Alt+F9 shows them) or a deleted text.")
        self.fault(_("A tag stands where docgen can't fill it in."), fix, self._near(element))
        element.text = element.tail = None

    def _near(self, element: Element) -> int | None:
        """Return the paragraph that the element is in, or the first one of what it is about."""
        for around in (element, *element.iterancestors()):
            paragraph = next(around.iter(w("p")), None)
            if paragraph is not None:
                return self._numbers[paragraph]
        return None

    def _find_in_attribute(self, element: Element, name: str, value: str) -> None:
        paragraph = self._near(element) or 0
        segments = list(self._split(value, paragraph, element))
        for tag in segments:
            if isinstance(tag, Tag):
                tag.in_attribute = True
                if tag.verb or tag.reach:
                    what = _("The tag {tag} stands in a property, where only a plain one can.", tag=tag.written)
                    self.fault(what, _("Write it as {right}.", right="{{ … }}"), paragraph)
        self._segments[element] = [*self._segments.get(element, []), name, *segments, "\0"]

    def _find_in_paragraph(self, paragraph: Element, holders: list[Element]) -> None:
        """Divide the paragraph's text into tags and other text, each tag whole in the `w:t` where it begins."""
        whole = "".join(holder.text or "" for holder in holders)
        if not any(brace in whole for brace in "{}%#"):
            return
        ends, end = [], 0
        for holder in holders:
            end += len(holder.text or "")
            ends.append(end)
        for holder in holders:
            self._segments[holder] = []
        position = index = 0
        for segment in self._split(whole, self._numbers[paragraph], paragraph):
            length = len(segment.written) if isinstance(segment, Tag) else len(segment)
            while ends[index] <= position:
                index += 1
            if isinstance(segment, Tag):
                segment.holder = holders[index]
                self._segments[holders[index]].append(segment)
            else:
                start = position
                for number in range(index, len(holders)):
                    stop = min(ends[number], position + length)
                    if stop > start:
                        self._segments[holders[number]].append(whole[start:stop])
                        start = stop
                    if start == position + length:
                        break
            position += length

    def _split(self, text: str, paragraph: int, holder: Element) -> Iterator[str | Tag]:
        position = 0
        while (opening := OPENING.search(text, position)) and len(self.faults) < MOST_FAULTS:
            brace = opening.group()
            end = text.find(CLOSING[brace], opening.end())
            again = OPENING.search(text, opening.end())
            if end < 0 or (again and again.start() < end):
                self.fault(
                    _("A tag begins with {brace} and does not end.", brace=brace),
                    _("Write {end} at its end, in the same paragraph.", end=CLOSING[brace]),
                    paragraph,
                )
                yield text[position : opening.end()]
                position = opening.end()
                continue
            if opening.start() > position:
                yield self._literal(text[position : opening.start()], paragraph)
            yield self._read(text[opening.start() : end + 2], paragraph, text, holder)
            position = end + 2
        if position < len(text):
            yield self._literal(text[position:], paragraph)

    def _literal(self, text: str, paragraph: int) -> str:
        for end in ("}}", "%}"):
            if end in text:
                self.fault(
                    _("{end} ends a tag that has no beginning.", end=end),
                    _(
                        "Write {brace} where the tag begins, or take {end} out.",
                        brace="{{" if end == "}}" else "{%",
                        end=end,
                    ),
                    paragraph,
                )
        return text

    def _read(self, written: str, paragraph: int, text: str, holder: Element) -> Tag:
        brace, inside = written[:2], written[2:-2]
        reach = REACH.match(inside)
        body = (inside[reach.end() :] if reach else inside).translate(QUOTES).strip()
        verb = ""
        if brace == "{%":
            verb, _space, body = body.partition(" ")
        tag = Tag(written, reach.group() if reach else "", verb, body.strip(), paragraph, text, holder)
        tag.comment = brace == "{#"
        too_long = len(inside) > LONGEST or len(WORD.findall(body)) > MOST_WORDS
        if not tag.comment and (too_long or any(sign in body for sign in "{}%")):
            tag.broken = True
            self.fault(
                _("The tag {tag} is too long, or holds signs that can't stand in a tag.", tag=shortened(written)),
                _("Write only names and simple conditions in a tag."),
                paragraph,
            )
        elif inside.startswith("-") or inside.endswith("-"):
            self.fault(
                _("The tag {tag} has a minus sign at its edge, which would join paragraphs.", tag=written),
                _("Take the minus sign out."),
                paragraph,
            )
        return tag

    # -- numbering and writing back

    def _numbered(self) -> Iterator[Tag]:
        """Give the tags in the order of the text, and write each back in one piece with its number."""
        count = 0
        for element in list(self.root.iter(etree.Element)):
            segments = self._segments.get(element)
            if segments is None:
                continue
            for tag in segments:
                if isinstance(tag, Tag) and not tag.comment:
                    count += 1
                    tag.number = count
                    self._note_look(tag)
                    yield tag
            if element.tag == w("t"):
                for tag in segments:
                    if isinstance(tag, Tag) and tag.verb in CELL_LOOKS:
                        self._set_cell_look(tag)
                write_text(element, segments)
            else:
                write_attributes(element, segments)

    def _note_look(self, tag: Tag) -> None:
        paragraph = self.paragraphs[tag.paragraph] if self.paragraphs else None
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}") if paragraph is not None else None
        tag.style = style.get(w("val"), "") if style is not None else ""
        tag.level = self._levels[tag.paragraph] if self._levels else 0
        run = tag.holder.getparent()
        tag.look = run_look(run.find(w("rPr"))) if run is not None and run.tag == w("r") else ""

    def _set_cell_look(self, tag: Tag) -> None:
        tag.in_attribute = True
        cell = next(tag.holder.iterancestors(w("tc")), None)
        if cell is not None:
            set_cell_look(cell, tag)
            return
        self.fault(
            _("The tag {tag} stands outside a table.", tag=tag.written),
            _("Move it into the table cell that it is about."),
            tag.paragraph,
        )


def _heading_levels(paragraphs: list[Element], levels: dict[str, int]) -> list[int]:
    """Return for each paragraph the level of the nearest heading before it, 0 where there is none."""
    found, level = [], 0
    for paragraph in paragraphs:
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        found.append(level)
        if style is not None:
            level = levels.get(style.get(w("val"), ""), level)
    return found
