"""A Word file as a reader sees it: its paragraphs in order, with the numbers and bullets that Word puts before them."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Paragraph:
    """`kind` is heading, bullet, number, quote or text; `number` is what Word's numbering prints before the text."""

    text: str
    kind: str = "text"
    level: int = 0
    number: str = ""
    bold: bool = False
    in_table: bool = False
    style: str = ""


@dataclass(frozen=True)
class Table:
    """The text of each cell, row by row, and how many rows are repeated on every page."""

    rows: tuple[tuple[str, ...], ...]
    header_rows: int


class Word:
    """A docx file, read."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self._parts = {
                name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")
            }
        self._body = self._parts["word/document.xml"]
        self._styles = {_value(style, "styleId"): style for style in self._part("styles").iter(f"{_W}style")}

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs with text, in reading order, those of tables too; a table of contents is left out."""
        numbers = _Numbering(self._part("numbering"))
        found = [self._paragraph(node, numbers) for node in self._body.iter(f"{_W}p")]
        return [paragraph for paragraph in found if paragraph.text and not paragraph.style.startswith("toc")]

    @cached_property
    def tables(self) -> list[Table]:
        return [_table(node) for node in self._body.iter(f"{_W}tbl")]

    @property
    def headers(self) -> list[list[str]]:
        """The lines of each header with text: that of the first page, and that of the others."""
        names = sorted(name for name in self._parts if re.fullmatch(r"word/header\d*\.xml", name))
        found = [[text for p in self._parts[name].iter(f"{_W}p") if (text := _text(p))] for name in names]
        return [lines for lines in found if lines]

    @property
    def language(self) -> str:
        """The language of the document's text, such as nb-NO."""
        found = self._part("styles").find(f"{_W}docDefaults//{_W}lang")
        return "" if found is None else _value(found, "val")

    @property
    def links(self) -> list[str]:
        """The texts that are links."""
        return [_text(node) for node in self._body.iter(f"{_W}hyperlink")]

    def _part(self, name: str) -> Any:
        empty = etree.Element(f"{_W}{name}")
        return self._parts.get(f"word/{name}.xml", empty)

    def _paragraph(self, node: Any, numbers: _Numbering) -> Paragraph:
        style = self._styles.get(_child_value(node, "pPr/pStyle"))
        name = "" if style is None else _child_value(style, "name").casefold()
        text = _text(node)
        number_id, level = self._numbering(node, style, numbers)
        label, bullet = numbers.label(number_id, level) if text and number_id else ("", False)
        kind, depth = _kind(name, bool(label), bullet, level)
        in_table = any(True for _ in node.iterancestors(f"{_W}tc"))
        return Paragraph(text, kind, depth, label, _is_bold(node), in_table, name)

    def _numbering(self, node: Any, style: Any, numbers: _Numbering) -> tuple[str, int]:
        """Return the numbering that the paragraph has, its own or its style's, and the level counted from 0."""
        own = node.find(f"{_W}pPr/{_W}numPr")
        if own is not None and own.find(f"{_W}numId") is not None:
            return _number_id(own), int(_child_value(own, "ilvl") or 0)
        while style is not None:
            from_style = style.find(f"{_W}pPr/{_W}numPr")
            if from_style is not None and from_style.find(f"{_W}numId") is not None:
                number_id = _number_id(from_style)
                linked = numbers.level_of_style(number_id, _value(style, "styleId"))
                return number_id, int(_child_value(from_style, "ilvl") or 0) if linked is None else linked
            style = self._styles.get(_child_value(style, "basedOn"))
        return "", 0


class _Numbering:
    """word/numbering.xml, counting as Word does."""

    def __init__(self, part: Any) -> None:
        self._abstract = {_value(node, "abstractNumId"): node for node in part.iter(f"{_W}abstractNum")}
        self._nums = {_value(node, "numId"): node for node in part.iter(f"{_W}num")}
        self._counts: dict[str, Counter[int]] = {}
        self._begun: set[str] = set()

    def level_of_style(self, number_id: str, style_id: str) -> int | None:
        for level in self._levels(number_id).values():
            if _child_value(level, "pStyle") == style_id:
                return int(_value(level, "ilvl"))
        return None

    def label(self, number_id: str, level: int) -> tuple[str, bool]:
        """Return what Word prints before the next paragraph of this numbering, and whether that is a bullet."""
        levels = self._levels(number_id)
        if level not in levels:
            return "", False
        text = _child_value(levels[level], "lvlText")
        if _child_value(levels[level], "numFmt") == "bullet":
            return text, True
        counts = self._counted(number_id, level, levels)
        return re.sub(r"%(\d)", lambda found: str(counts[int(found[1]) - 1]), text), False

    def _counted(self, number_id: str, level: int, levels: Mapping[int, Any]) -> Counter[int]:
        counts = self._counts.setdefault(self._abstract_id(number_id), Counter())
        overrides = self._nums[number_id].iter(f"{_W}lvlOverride")
        starts = {int(_value(node, "ilvl")): _child_value(node, "startOverride") for node in overrides}
        if number_id not in self._begun and starts:
            for at, start in starts.items():
                counts[at] = int(start or 1) - 1
        self._begun.add(number_id)
        for above in range(level):
            counts[above] = counts[above] or _start(levels.get(above))
        counts[level] = counts[level] + 1 if level in counts else _start(levels[level])
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        return counts

    def _abstract_id(self, number_id: str) -> str:
        return _child_value(self._nums[number_id], "abstractNumId") if number_id in self._nums else ""

    def _levels(self, number_id: str) -> dict[int, Any]:
        node = self._abstract.get(self._abstract_id(number_id))
        return {} if node is None else {int(_value(level, "ilvl")): level for level in node.iter(f"{_W}lvl")}


def _kind(style: str, numbered: bool, bullet: bool, level: int) -> tuple[str, int]:
    """Return what a paragraph is, and its level counted from 1."""
    if found := re.fullmatch(r"heading (\d)", style):
        return "heading", int(found[1])
    if bullet:
        # Word's own List Bullet 2 is a style of its own, whose numbering has only one level.
        found = re.fullmatch(r"list bullet (\d)", style)
        return "bullet", max(level + 1, int(found[1]) if found else 1)
    if numbered:
        return "number", level + 1
    return ("quote" if "quote" in style else "text"), 0


def _table(node: Any) -> Table:
    rows = []
    headers = 0
    for row in node.iter(f"{_W}tr"):
        headers += row.find(f"{_W}trPr/{_W}tblHeader") is not None
        rows.append(tuple(" ".join(_text(p) for p in cell.iter(f"{_W}p")) for cell in row.iter(f"{_W}tc")))
    return Table(tuple(rows), headers)


_SPACE = {"tab", "br", "cr"}


def _text(node: Any) -> str:
    """Return the text of a paragraph, its white space made single and its soft hyphens left out."""
    text = ""
    for part in node.iter():
        name = etree.QName(part).localname if isinstance(part.tag, str) else ""
        if name == "t":
            text += part.text or ""
        elif name in _SPACE and part.getparent().tag == f"{_W}r":
            text += " "
        elif name == "noBreakHyphen":
            text += "-"
    return " ".join(text.replace("\N{SOFT HYPHEN}", "").split())


def _is_bold(node: Any) -> bool:
    runs = [run for run in node.iter(f"{_W}r") if "".join(t.text or "" for t in run.iter(f"{_W}t")).strip()]
    return bool(runs) and all(_on(run.find(f"{_W}rPr/{_W}b")) for run in runs)


def _on(node: Any) -> bool:
    return node is not None and _value(node, "val") not in ("0", "false", "off")


def _number_id(node: Any) -> str:
    found = _child_value(node, "numId")
    return "" if found == "0" else found


def _start(level: Any) -> int:
    return 1 if level is None else int(_child_value(level, "start") or 1)


def _child_value(node: Any, path: str) -> str:
    found = node.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return "" if found is None else _value(found, "val")


def _value(node: Any, name: str) -> str:
    return node.get(f"{_W}{name}") or ""
