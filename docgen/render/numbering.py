"""Finding the lists of a template: which style and numbering makes a bullet, a number, at each level."""

from __future__ import annotations

from docgen.render.lists import DEPTH, ListLevel
from docgen.render.names import W, w
from docgen.render.ooxml import Element, parsed
from docgen.render.styles import Style, StyleBook, indent, number

_STEP = 360

_EMPTY = f'<w:numbering xmlns:w="{W}"/>'.encode()
_FORMATS = {"bullet": ("•", "–", "•"), "number": ("%1.", "%2)", "%3)")}
_KINDS = {"bullet": ("bullet",) * DEPTH, "number": ("decimal", "lowerLetter", "lowerRoman")}


class Numbering:
    """A template's numbering part, to which definitions are added where it has none for a list."""

    def __init__(self, part: bytes | None, styles: StyleBook) -> None:
        self.root = parsed(part or _EMPTY)
        self._styles = styles
        self._abstracts = {number(a.get(w("abstractNumId"))): a for a in self.root.findall(w("abstractNum"))}
        self._nums = {number(n.get(w("numId"))): self._abstract_of(n) for n in self.root.findall(w("num"))}
        self._ours: dict[str, tuple[int, int]] = {}

    @property
    def next_num(self) -> int:
        return max(self._nums, default=0) + 1

    def levels(self, kind: str) -> tuple[ListLevel, ...]:
        """Return the three levels of `kind`, `bullet` or `number`, as Word's styles List Bullet or List Number have."""
        return tuple(self._level(kind, depth) for depth in range(DEPTH))

    def _level(self, kind: str, depth: int) -> ListLevel:
        first = self._styles.paragraph(f"list {kind}")
        style = self._styles.paragraph(f"list {kind} {depth + 1}") if depth else first
        for candidate in (style, first):
            found = self._numbering_of(candidate)
            if candidate is None or found is None:
                continue
            num, own = found
            ilvl = own if candidate is style else depth
            definition = self._definition(self._nums[num], ilvl)
            if definition is None:
                continue
            left, hanging = indent(definition)
            named = style or first or candidate
            if candidate is style:
                left, hanging = indent(candidate.element, left, hanging)
            return ListLevel(named.id, 0 if candidate is style else num, self._nums[num], ilvl, left, hanging, False)
        plain = style or first or self._styles.paragraph("list paragraph")
        num, abstract = self._added(kind)
        left = _STEP * (depth + 1)
        return ListLevel(plain.id if plain else "", num, abstract, depth, left, _STEP, True)

    def _numbering_of(self, style: Style | None) -> tuple[int, int] | None:
        """Return numbering and level that a style names itself, when they exist."""
        num = style.element.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}") if style else None
        if style is None or num is None or number(num.get(w("val"))) not in self._nums:
            return None
        ilvl = style.element.find(f"{w('pPr')}/{w('numPr')}/{w('ilvl')}")
        return number(num.get(w("val"))), number(ilvl.get(w("val"))) if ilvl is not None else 0

    def _definition(self, abstract: int, ilvl: int) -> Element | None:
        element = self._abstracts.get(abstract)
        if element is None:
            return None
        return next((e for e in element.findall(w("lvl")) if number(e.get(w("ilvl"))) == ilvl), None)

    def _abstract_of(self, num: Element) -> int:
        link = num.find(w("abstractNumId"))
        found = number(link.get(w("val"))) if link is not None else -1
        element = self._abstracts.get(found)
        named = element.find(w("numStyleLink")) if element is not None else None
        if named is None:
            return found
        # A list style: its levels stand in the definition that carries the style's name.
        for other, candidate in self._abstracts.items():
            style = candidate.find(w("styleLink"))
            if style is not None and style.get(w("val")) == named.get(w("val")):
                return other
        return found

    def _added(self, kind: str) -> tuple[int, int]:
        if kind not in self._ours:
            abstract, num = max(self._abstracts, default=-1) + 1, self.next_num
            element = parsed(_abstract_num(kind, abstract).encode())
            self.root.insert(self._end_of("abstractNum"), element)
            self.root.insert(self._end_of("num"), parsed(_num(num, abstract).encode()))
            self._abstracts[abstract], self._nums[num] = element, abstract
            self._ours[kind] = num, abstract
        return self._ours[kind]

    def _end_of(self, tag: str) -> int:
        """Return the position after the last `tag`; definitions stand before the numberings that use them."""
        before = {w("numPicBullet"), w("abstractNum")} | ({w("num")} if tag == "num" else set())
        return sum(1 for child in self.root if child.tag in before)

    @property
    def num_position(self) -> int:
        return self._end_of("num")


def _num(num: int, abstract: int) -> str:
    return f'<w:num xmlns:w="{W}" w:numId="{num}"><w:abstractNumId w:val="{abstract}"/></w:num>'


def _abstract_num(kind: str, abstract: int) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{_STEP * (ilvl + 1)}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
        for ilvl, (fmt, text) in enumerate(zip(_KINDS[kind], _FORMATS[kind], strict=True))
    )
    return (
        f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="{abstract}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
