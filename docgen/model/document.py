"""What every input has in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from docgen.model.choices import one_of
from docgen.model.inputs import Input, aka
from docgen.model.values import Line, Markdown, MarkdownText

Language = Annotated[str, *one_of(bokmål="nb, nb-no, bokmal, bm", nynorsk="nn, nn-no")]


class Chapter(Input):
    """A chapter: its heading, and Markdown whose own headings come below it."""

    title: Line = Field(validation_alias=aka("tittel", "title", "overskrift"))
    text: MarkdownText = Field(Markdown(""), validation_alias=aka("tekst", "text", "innhold", "innhald"))


class Document(Input):
    """The keys that every input may have. `type` tells which model it is, and was read to choose this one."""

    type: Line = Field(validation_alias=aka("type"))
    language: Language | None = Field(None, validation_alias=aka("målform", "språk", "language"))
    sensitivity: Line | None = Field(None, validation_alias=aka("følsomhet", "følsemd", "sensitivity"))
    remark: MarkdownText = Field(Markdown(""), validation_alias=aka("merknad", "remark"))


class Chaptered(Document):
    """An input with chapters, from the body of a .md file or from `kapitler`."""

    introduction: MarkdownText = Field(
        Markdown(""), validation_alias=aka("innledning", "innleiing", "introduction", "ingress")
    )
    chapters: tuple[Chapter, ...] = Field((), validation_alias=aka("kapitler", "kapittel", "chapters"))
