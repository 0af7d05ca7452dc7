"""What Word does when all tracked changes are accepted or rejected, and a document as plain values to compare.

Written apart from docgen's own code, after ECMA-376 17.13.5, so that both can't share a mistake.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from collections import Counter
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

_UNSEEN = {"bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak"}
_CHANGES = {"pPrChange", "rPrChange", "ins", "del", "sectPr"}

Parts = dict[str, bytes]


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def accepted(data: bytes) -> Parts:
    """Return the parts of the document after all changes are accepted."""
    return _resolved(parts_of(data), keep="ins", drop="del")


def rejected(data: bytes) -> Parts:
    """Return the parts of the document after all changes are rejected."""
    return _resolved(parts_of(data), keep="del", drop="ins")


def _resolved(parts: Parts, keep: str, drop: str) -> Parts:
    body = etree.fromstring(parts["word/document.xml"])
    _resolve(body, keep, drop)
    made = {**parts, "word/document.xml": etree.tostring(body)}
    if "word/footnotes.xml" in parts:
        used = {mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")}
        notes = etree.fromstring(parts["word/footnotes.xml"])
        for note in list(notes):
            if note.get(f"{W}type") is None and note.get(f"{W}id") not in used:
                notes.remove(note)
        _resolve(notes, keep, drop)
        made["word/footnotes.xml"] = etree.tostring(notes)
    return made


def _resolve(root: etree._Element, keep: str, drop: str) -> None:
    last = next((each for each in reversed(root[0]) if each.tag != f"{W}sectPr"), None)
    for row in list(root.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}{drop}") is not None:
            row.getparent().remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f".//{W}tr") is None:
            table.getparent().remove(table)
    for change in list(root.iter(f"{W}{drop}")):
        if not _is_mark(change):
            change.getparent().remove(change)
    _rejoin(root, drop, last)
    for change in list(root.iter(f"{W}{keep}")):
        if _is_mark(change):
            change.getparent().remove(change)
        else:
            _unwrap(change)
    for old in list(root.iter(f"{W}pPrChange")):
        properties = old.getparent()
        if keep == "del":
            _restore(properties, old)
        else:
            properties.remove(old)
    for old in list(root.iter(f"{W}rPrChange")):
        properties = old.getparent()
        if keep == "del":
            properties[:] = list(old.find(f"{W}rPr"))
        else:
            properties.remove(old)
    for text in list(root.iter(f"{W}delText", f"{W}delInstrText")):
        text.tag = text.tag.replace("delText", "t").replace("delInstrText", "instrText")


def _is_mark(change: etree._Element) -> bool:
    """Whether it tells of a paragraph mark or row, not of runs."""
    return change.getparent().tag in (f"{W}rPr", f"{W}trPr")


def _unwrap(element: etree._Element) -> None:
    parent, at = element.getparent(), element.getparent().index(element)
    parent[at : at + 1] = list(element)


def _rejoin(root: etree._Element, drop: str, last: etree._Element | None) -> None:
    """Take away the paragraph marks that go: what is left of a paragraph joins the next, which keeps its own look."""
    for paragraph in list(root.iter(f"{W}p")):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{drop}") is None:
            continue
        left = [child for child in paragraph if child.tag != f"{W}pPr" and _holds_something(child)]
        following = paragraph.getnext()
        if left:
            assert following is not None, "text of a removed paragraph has no home"
            assert following.tag == f"{W}p", "text of a removed paragraph would run into a table"
            at = 1 if following.find(f"{W}pPr") is not None else 0
            following[at:at] = left
        elif following is None or following.tag == f"{W}sectPr":
            # Word never takes out the last paragraph of a cell, a note or a text; a text may end with a table.
            assert paragraph.getparent().tag == f"{W}body", "a cell or note would lose its last paragraph"
            before = paragraph.getprevious()
            is_left = paragraph is last and before is not None and before.tag == f"{W}p"
            assert not is_left, "an empty paragraph would be left at the end"
        paragraph.getparent().remove(paragraph)


def _holds_something(element: etree._Element) -> bool:
    return element.tag not in {f"{W}{name}" for name in _UNSEEN} and (
        element.tag != f"{W}hyperlink" or element.find(f".//{W}r") is not None
    )


def _restore(properties: etree._Element, old: etree._Element) -> None:
    kept = [child for child in properties if child.tag in (f"{W}rPr", f"{W}sectPr")]
    before = list(old.find(f"{W}pPr"))
    properties[:] = before + kept


def faults_of_changes(data: bytes) -> list[str]:
    """Return what Word would not take for a change: text that was taken out must be written as such, and only it."""
    faults = []
    for name in ("word/document.xml", "word/footnotes.xml"):
        root = etree.fromstring(parts_of(data).get(name, b"<none/>"))
        for text in root.iter(f"{W}t", f"{W}instrText", f"{W}delText", f"{W}delInstrText"):
            is_gone = next(text.iterancestors(f"{W}del"), None) is not None
            if is_gone != (text.tag in (f"{W}delText", f"{W}delInstrText")):
                faults.append(f"{name}: {text.text!r} is {text.tag}")
    return faults


def content(parts: Parts) -> list[Any]:
    """Return the document as nested tuples: paragraphs with look, list number and runs, tables as rows of cells."""
    return _Reader(parts).body()


def texts_with_style(parts: Parts) -> list[tuple[str, str]]:
    """Return style and text of every paragraph that has text, also in tables.

    LibreOffice leaves an empty paragraph where one beside a table was taken out, which it can't join with the table.
    """
    root = etree.fromstring(parts["word/document.xml"])
    found = []
    for paragraph in root.iter(f"{W}p"):
        text = "".join(piece.text or "" for piece in paragraph.iter(f"{W}t"))
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if text.strip():
            found.append((style.get(f"{W}val") if style is not None else "", text))
    return found


class _Reader:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        numbering = parts.get("word/numbering.xml")
        root = etree.fromstring(numbering) if numbering else etree.Element("none")
        self.abstracts = {a.get(f"{W}abstractNumId"): a for a in root.iter(f"{W}abstractNum")}
        self.nums = {num.get(f"{W}numId"): num for num in root.iter(f"{W}num")}
        self.counts: dict[tuple[str, str], Counter[int]] = {}
        notes = parts.get("word/footnotes.xml")
        self.notes = {n.get(f"{W}id"): n for n in etree.fromstring(notes).iter(f"{W}footnote")} if notes else {}

    def body(self) -> list[Any]:
        root = etree.fromstring(self.parts["word/document.xml"])
        return self.blocks(root.find(f"{W}body"), "word/document.xml")

    def blocks(self, container: etree._Element, part: str) -> list[Any]:
        found: list[Any] = []
        for child in container:
            if child.tag == f"{W}p":
                found.append(self.paragraph(child, part))
            elif child.tag == f"{W}tbl":
                rows = [self.row(row, part) for row in child.iter(f"{W}tr") if _table_of(row) is child]
                found.append(("table", rows))
            elif child.tag == f"{W}sdt":
                found += self.blocks(child.find(f"{W}sdtContent"), part)
        return found

    def row(self, row: etree._Element, part: str) -> list[Any]:
        cells = [cell for cell in row.iter(f"{W}tc") if _row_of(cell) is row]
        return [self.blocks(cell, part) for cell in cells]

    def paragraph(self, paragraph: etree._Element, part: str) -> Any:
        properties = paragraph.find(f"{W}pPr")
        looks = []
        for child in properties if properties is not None else ():
            name = child.tag.removeprefix(W)
            if name == "numPr":
                looks.append(self.number(child))
            elif name == "rPr":
                rest = [_plain(each) for each in child if each.tag.removeprefix(W) not in _CHANGES]
                looks += [("mark", *rest)] if rest else []
            elif name not in _CHANGES:
                looks.append(_plain(child))
        return ("paragraph", tuple(looks), tuple(self.runs(paragraph, part)))

    def number(self, number: etree._Element) -> tuple[Any, ...]:
        """Return how the item looks and the number that it shows."""
        num = number.find(f"{W}numId").get(f"{W}val")
        level = number.find(f"{W}ilvl").get(f"{W}val")
        if num not in self.nums:
            return ("number", None)
        element = self.nums[num]
        abstract = element.find(f"{W}abstractNumId").get(f"{W}val")
        start = element.find(f"{W}lvlOverride[@{W}ilvl='{level}']/{W}startOverride")
        key = ("num", num) if start is not None else ("abstract", abstract)
        counts = self.counts.setdefault(key, Counter())
        counts[int(level)] += 1
        first = int(start.get(f"{W}val")) if start is not None else 1
        kind = [_plain(each) for each in self.abstracts[abstract].iter(f"{W}lvl")]
        return ("number", level, tuple(kind), first + counts[int(level)] - 1)

    def runs(self, paragraph: etree._Element, part: str) -> list[Any]:
        merged: list[list[Any]] = []
        for run in paragraph.iter(f"{W}r"):
            link = next(run.iterancestors(f"{W}hyperlink"), None)
            address = self.target(part, link.get(f"{R}id")) if link is not None else ""
            properties = run.find(f"{W}rPr")
            look = tuple(sorted(_plain(each) for each in properties)) if properties is not None else ()
            for child in run:
                if child.tag == f"{W}rPr" or child.tag.removeprefix(W) in _UNSEEN:
                    continue
                piece = self.piece(child, part)
                if piece == ("t", ""):
                    continue
                if merged and piece[0] == "t" and merged[-1][2][0] == "t" and merged[-1][:2] == [address, look]:
                    merged[-1][2] = ("t", merged[-1][2][1] + piece[1])
                else:
                    merged.append([address, look, piece])
        return [tuple(each) for each in merged]

    def piece(self, child: etree._Element, part: str) -> tuple[Any, ...]:
        name = child.tag.removeprefix(W)
        if name in ("t", "instrText"):
            return (name, child.text or "")
        if name == "footnoteReference":
            note = self.notes[child.get(f"{W}id")]
            return (name, tuple(self.blocks(note, "word/footnotes.xml")))
        if name == "drawing":
            picture = self.parts[self.target(part, child.find(f".//{A}blip").get(f"{R}embed"))]
            shown = child.find(f".//{WP}docPr")
            return (name, hashlib.sha256(picture).hexdigest(), shown.get("descr"), shown.get("title"))
        return (_plain(child),)

    def target(self, part: str, id: str) -> str:
        folder, file = posixpath.split(part)
        root = etree.fromstring(self.parts[f"{folder}/_rels/{file}.rels"])
        found = next(each for each in root if each.get("Id") == id)
        outside = found.get("TargetMode") == "External"
        return found.get("Target") if outside else posixpath.join(f"/{folder}", found.get("Target"))[1:]


def _table_of(row: etree._Element) -> etree._Element:
    return next(row.iterancestors(f"{W}tbl"))


def _row_of(cell: etree._Element) -> etree._Element:
    return next(cell.iterancestors(f"{W}tr"))


def _plain(element: etree._Element) -> str:
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False).decode()
