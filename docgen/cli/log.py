"""`docgen log`: the approved versions of a document, or of all; and when the numbers of a meeting were fixed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from docgen.cli.cases import as_json as case_json
from docgen.cli.options import Json, WorkspaceDir
from docgen.cli.output import err, out, out_json
from docgen.cli.table import table, terminal_width
from docgen.messages import _, many
from docgen.model.dates import short_date
from docgen.model.editions import approved_text
from docgen.model.record import Edition, KnownMeeting
from docgen.run.history import FixedYear, History, fixed_years, history, of_meeting
from docgen.run.lookup import Subject, subject
from docgen.run.workspace import find

Document = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("DOCUMENT"),
        help=_("Such as retningslinje 1, mandat SSU, SSU 24.10.2022, or an input. All documents when none is named."),
    ),
]


def command(document: Document = None, *, json: Json = False, workspace: WorkspaceDir = None) -> int:
    """Tell of one document or meeting, or of all."""
    with history(find(workspace)) as known:
        if not document:
            _tell_all(known, json=json)
            return 0
        asked = subject(known, " ".join(document), Path.cwd())
        if json:
            out_json(_as_json(known, asked))
        else:
            _tell(known, asked)
    return 0


def _tell_all(known: History, *, json: bool) -> None:
    documents, years = known.documents(), fixed_years(known)
    if json:
        found = {
            "documents": [_document_json(one) for one in documents],
            "meetings": [_year_json(one) for one in years],
        }
        out_json(found)
        return
    header = (_("Document"), _("Title"), _("In force"), _("Approved"), _("Versions"))
    rows = [
        (one[-1].document, one[-1].title, one[-1].version, approved_text(one[-1].approved), str(len(one)))
        for one in documents
    ]
    for line in table(header, rows, terminal_width()) if rows else ():
        out(line)
    if rows and years:
        out("")
    for one in years:
        out(_year_line(one))
    if not (rows or years):
        err(_("Nothing is approved or fixed yet."))


def _year_line(one: FixedYear) -> str:
    meetings = many("{count} meeting", "{count} meetings", one.meetings)
    numbers = one.first if one.cases == 1 else f"{one.first} – {one.last}"
    cases = many("{count} case", "{count} cases", one.cases)
    return f"{one.body} {one.year}: {meetings}, {cases} ({numbers})"


def _tell(known: History, asked: Subject) -> None:
    if asked.is_meeting:
        _tell_meeting(known, asked.meeting)
    if asked.editions:
        if asked.is_meeting:
            out("")
        for line in _editions_table(asked.editions):
            out(line)
    elif not asked.is_meeting:
        err(_("«{document}» has no approved version yet.", document=asked.name))


def _tell_meeting(known: History, meeting: KnownMeeting | None) -> None:
    if meeting is None:
        fix = _("They are fixed when the meeting gets status: innkalt.")
        err(_("The case numbers of this meeting are not fixed yet.") + " " + fix)
        return
    header = (_("Case no."), _("Title"), _("Fixed"))
    rows = [(one.text, one.case.shown, _day(one.at)) for one in of_meeting(known, meeting)]
    for line in table(header, rows, terminal_width()):
        out(line)


def _editions_table(editions: Sequence[Edition]) -> list[str]:
    header = (_("Version"), _("Description"), _("Approved"), _("Locked"), _("Remarks"))
    rows = [
        (
            one.version,
            one.description,
            approved_text(one.approved),
            _day(one.at),
            ", ".join(_remarks(one, is_last=one is editions[-1])),
        )
        for one in editions
    ]
    return table(header, rows, terminal_width())


def _remarks(one: Edition, *, is_last: bool) -> list[str]:
    found = [_("in force")] if is_last else []
    return found if one.digest else [*found, _("content unknown")]


def _day(at: str) -> str:
    """Return the day of a time of the log, as it was on this machine."""
    return short_date(datetime.fromisoformat(at).astimezone().date()) if at else ""


def _as_json(known: History, asked: Subject) -> dict[str, object]:
    meeting = asked.meeting
    editions = [_edition_json(one) | {"in_force": one is asked.editions[-1]} for one in asked.editions]
    told: dict[str, object] = {"document": asked.name, "editions": editions}
    if meeting:
        told["meeting"] = {"body": meeting.body, "date": meeting.date, "start": meeting.start, "source": meeting.source}
        told["cases"] = [case_json(one) for one in of_meeting(known, meeting)]
    return told


def _document_json(editions: Sequence[Edition]) -> dict[str, object]:
    last = editions[-1]
    return {"document": last.document, "title": last.title, "versions": len(editions), "in_force": _edition_json(last)}


def _edition_json(one: Edition) -> dict[str, object]:
    return {
        "version": one.version,
        "description": one.description,
        "approved": approved_text(one.approved),
        "body": one.approved.body,
        "date": one.approved.date,
        "case": one.approved.case,
        "locked_at": one.at,
        "has_content": bool(one.digest),
        "files": [name for name, _digest in one.made],
    }


def _year_json(one: FixedYear) -> dict[str, object]:
    return {
        "body": one.body,
        "year": one.year,
        "meetings": one.meetings,
        "cases": one.cases,
        "first": one.first,
        "last": one.last,
    }
