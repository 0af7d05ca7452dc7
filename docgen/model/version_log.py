"""The version log of a document, as its table in the document says it: Versjon | Beskrivelse | Godkjent."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Protocol

from pydantic import Field

from docgen.messages import _
from docgen.model.bad_value import BadValue
from docgen.model.dates import PartialDate, read_date
from docgen.model.document import Document
from docgen.model.inputs import Input, aka
from docgen.model.values import Line, PartialDateValue, Text


class Approval(Input):
    """Who approved, when, and in which case. `text` is what stands in the document when it was written as a text."""

    shorthand = "text"

    body: Line | None = Field(None, validation_alias=aka("organ", "body"))
    date: PartialDateValue | None = Field(None, validation_alias=aka("dato", "date"))
    case: Line | None = Field(None, validation_alias=aka("sak", "case"))
    text: Line | None = Field(None, validation_alias=aka("tekst", "text"))


class VersionRow(Input):
    """A row of the log. A row without `approved` is a draft."""

    version: Line = Field(validation_alias=aka("versjon", "version"))
    description: Annotated[
        Text, Field(validation_alias=aka("beskrivelse", "skildring", "endringer", "description"))
    ] = ""
    approved: Approval | None = Field(None, validation_alias=aka("godkjent", "godkjend", "approved"))


class Versioned(Document):
    """A document that may stand under version control: it does when it has a log."""

    version_log: tuple[VersionRow, ...] = Field((), validation_alias=aka("versjonslogg", "version_log", "endringslogg"))

    @property
    def is_draft(self) -> bool:
        return bool(self.version_log) and self.version_log[-1].approved is None

    @property
    def version(self) -> str:
        """The version of the last row as written, or empty for a document without a log."""
        return self.version_log[-1].version if self.version_log else ""


_TEXT_APPROVAL = re.compile(r"(?P<body>.+?),?\s+(?P<date>\d.*|[a-zæøå]+ \d{4})$", re.IGNORECASE)


def approval(written: Approval) -> tuple[str, PartialDate | None]:
    """Return the body and date of an approval, also when it was written as `Partnerskapet 26. september 2024`."""
    return (written.body or "", written.date) if written.text is None else _read_approval(written.text)


@lru_cache(maxsize=1024)
def _read_approval(text: str) -> tuple[str, PartialDate | None]:
    if found := _TEXT_APPROVAL.match(text):
        try:
            return found["body"], read_date(found["date"], partial=True)
        except BadValue:
            pass
    return text, None


class Tell(Protocol):
    """Takes a problem with the value at a place given in the model's names."""

    def __call__(self, loc: tuple[int | str, ...], what: str, fix: str, *, warning: bool = False) -> None: ...


def check_log(rows: tuple[VersionRow, ...], tell: Tell) -> None:
    """Tell what is wrong with the form of a version log."""
    seen: set[str] = set()
    latest: tuple[PartialDate, VersionRow] | None = None
    for at, row in enumerate(rows):
        _check_row(rows, at, seen, tell)
        seen.add(row.version.casefold())
        _body, date = approval(row.approved) if row.approved else ("", None)
        if date and latest and date < latest[0]:
            what = _(
                "Version {version} was approved before version {other}, which stands above it.",
                version=row.version,
                other=latest[1].version,
            )
            tell(("version_log", at, "approved"), what, _("Put the oldest version first, or mend the date."))
        latest = (date, row) if date else latest


def _check_row(rows: tuple[VersionRow, ...], at: int, seen: set[str], tell: Tell) -> None:
    row, loc = rows[at], ("version_log", at)
    if at and not row.description:
        what = _("Version {version} has no description of what was changed.", version=row.version)
        tell(loc, what, _("Write beskrivelse: and what is new since the version before."))
    if row.version.casefold() in seen:
        what = _("Version {version} stands twice in the version log.", version=row.version)
        tell((*loc, "version"), what, _("Give each row a version of its own."))
    if row.approved is None and at != len(rows) - 1:
        what = _("Version {version} is not approved, and a later version stands below it.", version=row.version)
        tell(
            loc, what, _("Write godkjent: with the body and date that approved version {version}.", version=row.version)
        )
    if row.approved and not approval(row.approved)[0]:
        what = _("It is not said who approved version {version}.", version=row.version)
        tell((*loc, "approved"), what, _("Write organ: with the body's short name."))
