"""A mandate: makes the mandate document, and tells who sits in the body and how its cases are numbered."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from docgen.model.choices import one_of
from docgen.model.document import Chaptered
from docgen.model.inputs import Input, aka
from docgen.model.values import Line
from docgen.model.version_log import Versioned

Role = Annotated[
    str,
    *one_of(
        leder="leiar, chair",
        nestleder="nestleiar, vice chair, deputy chair",
        medlem="member",
        vara="varamedlem, deputy",
        observatør="observer",
        sekretær="secretary, sekretariat",
    ),
]
Party = Annotated[
    str,
    *one_of(
        kommune="kommunar, kommuner, municipality",
        helseforetak="helseføretak, sykehus, sjukehus, hospital, spesialisthelsetjenesten, spesialisthelsetenesta",
        bruker="brukar, brukere, brukarar, user",
        fastlege="fastleger, fastlegar, gp",
        annet="anna, andre, other",
    ),
]
Decision = Annotated[str, *one_of(konsensus="semje, consensus", flertall="fleirtal, majority")]


class Member(Input):
    """A person in a body."""

    shorthand = "name"

    name: Line = Field(validation_alias=aka("navn", "namn", "name"))
    role: Role = Field("medlem", validation_alias=aka("rolle", "role"))
    position: Line | None = Field(None, validation_alias=aka("stilling", "tittel", "position"))
    represents: Line | None = Field(
        None, validation_alias=aka("representerer", "representerar", "organisasjon", "represents")
    )
    party: Party | None = Field(None, validation_alias=aka("part", "party"))
    deputy: Line | None = Field(None, validation_alias=aka("vara", "deputy"))
    right: Line | None = Field(None, validation_alias=aka("rett", "right"))
    period: Line | None = Field(None, validation_alias=aka("periode", "period", "term"))


class Mandate(Versioned, Chaptered):
    """A body (organ) and its mandate. `body` is its identity."""

    title: Line | None = Field(None, validation_alias=aka("tittel", "title"))
    body: Line = Field(validation_alias=aka("organ", "body"))
    name: Line = Field(validation_alias=aka("navn", "namn", "name"))
    parent: Line | None = Field(None, validation_alias=aka("overordnet", "overordna", "parent"))
    members: tuple[Member, ...] = Field((), validation_alias=aka("medlemmer", "medlemer", "medlemmar", "members"))
    decision: Decision = Field("konsensus", validation_alias=aka("beslutning", "avgjerd", "decision"))
    disagreement: Line | None = Field(None, validation_alias=aka("uenighet", "usemje", "disagreement"))
    meetings: Line | None = Field(None, validation_alias=aka("møter per år", "møte per år", "møter pr år", "meetings"))
    approves: tuple[Line, ...] = Field((), validation_alias=aka("godkjenner", "godkjenner", "godkjennar", "approves"))
    numbering: Numbering | None = Field(None, validation_alias=aka("saksnummer", "case_number"))
    words: dict[str, str] = Field({}, validation_alias=aka("ord", "words"))


class Numbering(Input):
    """How the body's cases are numbered. `form` is case 1 of 2022 as it would be written."""

    shorthand = "form"

    form: Line | None = Field(None, validation_alias=aka("form", "eksempel", "døme", "example"))
    start: Line | None = Field(None, validation_alias=aka("start", "første", "fyrste", "første nummer", "first"))
    sequence: Line | None = Field(None, validation_alias=aka("serie", "rekke", "rekkje", "sequence"))


Mandate.model_rebuild()
