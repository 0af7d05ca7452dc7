"""A guideline (retningslinje) or an attachment to one (vedlegg)."""

from __future__ import annotations

import re

from pydantic import Field

from docgen.model.document import Chaptered
from docgen.model.inputs import Input, aka
from docgen.model.values import Line, PartialDateValue
from docgen.model.version_log import Versioned


class AttachmentRef(Input):
    """An attachment as the guideline lists it: `1.2 Mal for vedlegg`, or number and title apart."""

    shorthand = "title"

    number: Line | None = Field(None, validation_alias=aka("nummer", "nr", "number"))
    title: Line = Field(validation_alias=aka("tittel", "title"))

    @property
    def split(self) -> tuple[str, str]:
        """Number and title, also when both were written as one text; the number is empty when there is none."""
        if self.number:
            return self.number, self.title
        found = re.match(r"(?:vedlegg\s+)?(\d+(?:\.\d+)+)[.:]?\s*(.*)", self.title, re.IGNORECASE)
        return (found[1], found[2]) if found else ("", self.title)


class Guideline(Versioned, Chaptered):
    """A guideline; `number` is `1`, and `1.2` for an attachment, which then belongs to guideline 1."""

    number: Line | None = Field(None, validation_alias=aka("nummer", "nr", "number"))
    title: Line = Field(validation_alias=aka("tittel", "title"))
    agreement: Line | None = Field(None, validation_alias=aka("avtale", "agreement"))
    legal_basis: Line | None = Field(None, validation_alias=aka("hjemmel", "heimel", "legal_basis"))
    valid_from: PartialDateValue | None = Field(
        None, validation_alias=aka("gyldig fra", "gyldig frå", "gjeld frå", "gjelder fra", "valid from")
    )
    owner: Line | None = Field(
        None, validation_alias=aka("dokumentansvarlig", "dokumentansvarleg", "document owner", "owner")
    )
    body: Line | None = Field(None, validation_alias=aka("organ", "body"))
    attachments: tuple[AttachmentRef, ...] = Field((), validation_alias=aka("vedlegg", "attachments"))
