"""Templates as they are in the repository, and documents made of them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from docgen.render import compile_template
from tests.templates.samples import KINDS, Context

TEMPLATES = Path(__file__).parents[2] / "templates"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Word:
    """A Word file's XML parts."""

    data: bytes

    def part(self, name: str) -> etree._Element:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return etree.fromstring(archive.read(f"word/{name}.xml"))

    def names(self) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return archive.namelist()

    def text(self, name: str = "document") -> list[str]:
        """Return the paragraphs of a part, as a reader sees them."""
        return [shown(paragraph) for paragraph in self.part(name).iter(f"{W}p")]


def shown(paragraph: etree._Element) -> str:
    pieces = {f"{W}t": lambda e: e.text or "", f"{W}tab": lambda e: "\t", f"{W}br": lambda e: "\n"}
    runs = (child for run in paragraph.iter(f"{W}r") for child in run)
    return "".join(pieces[child.tag](child) for child in runs if child.tag in pieces)


def value(element: etree._Element | None, name: str = "val") -> str:
    return element.get(f"{W}{name}", "") if element is not None else ""


@cache
def template(kind: str) -> Word:
    return Word((TEMPLATES / f"{kind}.docx").read_bytes())


@cache
def _compiled(kind: str):
    return compile_template(template(kind).data, f"{kind}.docx", kind)


def made(kind: str, context: Context, language: str = "nb") -> Word:
    """Return the document that docgen makes of the context."""
    return Word(_compiled(kind).render(context, {}, context["dokument"]["tittel"], f"{language}-NO"))


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param
