"""An organisation document (Organisering og oppgaver), made out of the mandates."""

from __future__ import annotations

from pydantic import Field

from docgen.model.document import Chapter, Chaptered
from docgen.model.inputs import Input, aka
from docgen.model.values import Line, YesNo
from docgen.model.version_log import Versioned


class BodyPart(Input):
    """A body to print: which chapters of its mandate (all when none are named), and whether with its members."""

    shorthand = "body"

    body: Line = Field(validation_alias=aka("organ", "body"))
    chapters: tuple[Line, ...] = Field((), validation_alias=aka("kapitler", "kapittel", "chapters"))
    members: YesNo = Field(False, validation_alias=aka("medlemmer", "medlemer", "medlemmar", "members"))
    facts: YesNo = Field(False, validation_alias=aka("fakta", "facts"))


class Organisation(Versioned, Chaptered):
    """The document. `chapters` come before the bodies and `after` after them."""

    title: Line = Field(validation_alias=aka("tittel", "title"))
    bodies: tuple[BodyPart, ...] = Field((), validation_alias=aka("organer", "organ", "bodies"))
    take: tuple[Line, ...] = Field((), validation_alias=aka("ta med", "ta med kapitler", "take"))
    after: tuple[Chapter, ...] = Field(
        (), validation_alias=aka("kapitler etter", "etter", "kapittel etter", "chapters after")
    )
