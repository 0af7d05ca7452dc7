"""`docgen cases`: the cases with fixed numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from docgen.cli.options import Json, WorkspaceDir
from docgen.cli.output import err, out, out_json
from docgen.cli.table import table, terminal_width
from docgen.messages import _, many
from docgen.model.dates import short_date
from docgen.run.case_book import outcome_text, write_case_book
from docgen.run.history import FixedCase, History, body_named, fixed_cases, history, year_named
from docgen.run.workspace import find

BodyName = Annotated[
    str | None, typer.Argument(metavar=_("BODY"), help=_("The body, by its short or long name. All when none."))
]
Year = Annotated[str | None, typer.Argument(metavar=_("YEAR"), help=_("The year of the case numbers. All when none."))]
Xlsx = Annotated[
    Path | None, typer.Option("--xlsx", metavar=_("FILE"), help=_("Write them to this Excel workbook instead."))
]
Force = Annotated[bool, typer.Option("--force", help=_("Write over a workbook that docgen did not make."))]


def command(
    body: BodyName = None,
    year: Year = None,
    *,
    xlsx: Xlsx = None,
    force: Force = False,
    json: Json = False,
    workspace: WorkspaceDir = None,
) -> int:
    """List the cases, or write them to a workbook."""
    place = find(workspace)
    with history(place) as known:
        name, cases = _asked(known, body, year)
    if xlsx:
        write_case_book(place, cases, Path.cwd() / xlsx, force=force)
    if json:
        out_json([as_json(one) for one in cases])
    elif xlsx:
        out(str(xlsx))
    else:
        for line in _table(cases, with_body=name is None):
            out(line)
    if not json:
        err(_summary(cases, name))
    return 0


def _asked(known: History, body: str | None, year: str | None) -> tuple[str | None, list[FixedCase]]:
    """Return the short name of the body that was asked for, if one was, and the cases. Raises UnknownError."""
    if year is None and body and body.isdecimal() and body not in known.bodies():
        body, year = None, body
    name = body_named(known, body) if body else None
    return name, fixed_cases(known, name, year_named(known, year, name) if year else None)


def _summary(cases: Sequence[FixedCase], body: str | None) -> str:
    if cases:
        return many("{count} case.", "{count} cases.", len(cases))
    fix = _("They are fixed when the meeting gets status: innkalt.")
    if body:
        return _("{body} has no fixed case numbers yet.", body=body) + " " + fix
    return _("No case numbers are fixed yet.") + " " + fix


def _table(cases: Sequence[FixedCase], *, with_body: bool) -> list[str]:
    if not cases:
        return []
    header = (_("Body"), _("Case no."), _("Meeting"), _("Title"), _("Remarks"))
    rows = [
        (
            one.meeting.body if with_body else "",
            one.text,
            short_date(date.fromisoformat(one.meeting.date)),
            one.case.shown,
            ", ".join(_remarks(one)),
        )
        for one in cases
    ]
    return table(header, rows, terminal_width())


def _remarks(one: FixedCase) -> list[str]:
    """Return what is to be said of a case besides its title: how it went, and where it came back."""
    case = one.case
    found = [_("exempt")] if case.exempt else []
    found += [_("supplement")] if case.late else []
    found += [_("from {case}", case=case.follows)] if case.follows else []
    went = " ".join(
        part for part in (outcome_text(case.outcome), *(f"→ {later}" for later in one.came_back_as)) if part
    )
    return [*found, went] if went else found


def as_json(one: FixedCase) -> dict[str, object]:
    """Return a case for other programs. Of an exempt case neither its own title nor its id is told."""
    case, meeting = one.case, one.meeting
    return {
        "body": meeting.body,
        "year": case.number.year,
        "number": case.number.number,
        "suffix": case.number.suffix,
        "text": one.text,
        "date": meeting.date,
        "start": meeting.start,
        "title": case.shown,
        "id": "" if case.exempt else case.id,
        "outcome": case.outcome,
        "follows": case.follows,
        "came_back_as": list(one.came_back_as),
        "late": case.late,
        "exempt": case.exempt,
        "source": meeting.source,
        "sequence": case.sequence,
        "fixed_at": one.at,
    }
