"""A made document as its reader sees it: the text line by line, and what programs read beside it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from tests.seeds.word import Word, _Numbering, _text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SECTION = {"header": "topptekst", "footer": "bunntekst"}


class Paper(Word):
    """A docx file, read: `text` holds everything a reader sees, `properties` the custom ones, `raw` every part."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.data = path.read_bytes()
        with zipfile.ZipFile(path) as package:
            self.raw = {name: package.read(name) for name in package.namelist()}

    @property
    def lines(self) -> list[str]:
        """Headers, body, footnotes and footers, one line a paragraph or a table's row."""
        return [*self.head_and_foot("header"), *self.body, *self.notes, *self.head_and_foot("footer")]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def body(self) -> list[str]:
        numbers = _Numbering(self._part("numbering"))
        return [line for line in self._blocks(self._body[0], numbers) if line]

    @property
    def notes(self) -> list[str]:
        notes = [node for node in self._part("footnotes") if not node.get(f"{_W}type")]
        return [f"[fotnote] {' '.join(_text(p) for p in note.iter(f'{_W}p'))}" for note in notes]

    def head_and_foot(self, kind: str) -> list[str]:
        """The lines of the headers (or footers) that the document's sections use, each with the pages it is for."""
        targets = {
            node.get("Id"): node.get("Target")
            for node in etree.fromstring(self.raw["word/_rels/document.xml.rels"]).iter("{*}Relationship")
        }
        found = []
        for reference in self._body.iter(f"{_W}{kind}Reference"):
            pages = {"first": "første side", "default": "sidene", "even": "like sider"}[reference.get(f"{_W}type")]
            part = self._parts[f"word/{targets[reference.get(f'{_R}id')]}"]
            lines = [line for line in self._blocks(part, _Numbering(self._part("numbering"))) if line]
            found += [f"[{_SECTION[kind]}, {pages}] {line}" for line in lines]
        return found

    def part(self, name: str) -> Any:
        """A part of the package, parsed."""
        return self._parts[name]

    @property
    def properties(self) -> dict[str, str]:
        nodes = self._parts["docProps/custom.xml"]
        return {node.get("name"): "".join(node.itertext()) for node in nodes}

    def core(self, name: str) -> str:
        """A core property, such as title or language."""
        return self._parts["docProps/core.xml"].findtext(f"{{*}}{name}") or ""

    @property
    def text_language(self) -> str:
        """The language that Word's styles give the text."""
        return self.language

    def _blocks(self, parent: Any, numbers: _Numbering) -> Iterator[str]:
        for node in parent:
            if node.tag == f"{_W}p":
                yield self._line(node, numbers)
            elif node.tag == f"{_W}tbl":
                yield from self._table(node, numbers)
            elif node.tag == f"{_W}sdt":
                yield from self._blocks(node.find(f"{_W}sdtContent"), numbers)

    def _table(self, table: Any, numbers: _Numbering) -> Iterator[str]:
        for row in table.iter(f"{_W}tr"):
            cells = [" / ".join(filter(None, self._blocks(cell, numbers))) for cell in row.iter(f"{_W}tc")]
            repeated = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            yield f"{'‖' if repeated else '|'} {' | '.join(cells)} |"

    def _line(self, node: Any, numbers: _Numbering) -> str:
        found = self._paragraph(node, numbers)
        picture = "".join(f"[bilde: {one.get('descr')}]" for one in node.iter("{*}docPr"))
        text = " ".join(filter(None, (found.number, found.text, picture)))
        if found.kind == "heading":
            return f"{'#' * found.level} {text}" if text else ""
        if found.kind == "quote":
            return f"> {text}"
        if found.kind in ("bullet", "number"):
            return f"{'  ' * (found.level - 1)}{text}"
        return text


def papers(folder: Path) -> dict[str, Paper]:
    """Every document below `folder` by its path there."""
    return {
        file.relative_to(folder).as_posix(): Paper(file)
        for file in sorted(folder.rglob("*.docx"))
        if not re.match(r"[.~]", file.name)
    }
