"""The fixed cases as an Excel workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from docgen.deliver.facts import is_untouched
from docgen.deliver.worksheet import Sheet, workbook
from docgen.disk import write_whole
from docgen.messages import _
from docgen.problems import DocgenError, Problem, Where, reason
from docgen.run.history import FixedCase
from docgen.run.workspace import Workspace, contents, real

SUFFIX = ".xlsx"
_LARGEST = 100_000_000


class CaseBookError(DocgenError):
    """The workbook can't be written where it was asked for."""


def write_case_book(workspace: Workspace, cases: Sequence[FixedCase], file: Path, *, force: bool = False) -> None:
    """Write the cases to `file`. Raises CaseBookError when it is not docgen's to write, unless with `force`."""
    if file.suffix.lower() != SUFFIX:
        raise _refused(file, _("An Excel workbook ends in .xlsx."), _("Write {name}.", name=f"{file.name}{SUFFIX}"))
    if any(real(file).is_relative_to(real(folder)) for folder in workspace.input_folders):
        what = _("docgen would take the workbook for an input there.")
        raise _refused(file, what, _("Put it in another folder."))
    try:
        if not force and file.exists() and not is_untouched(contents(file, _LARGEST)):
            what = _("There is a file of this name that docgen did not make, or that somebody has edited.")
            raise _refused(file, what, _("Choose another name, or add --force to write over it."))
        write_whole(file, workbook(sheet(cases)))
    except OSError as error:
        what = _("The workbook can't be written: {reason}.", reason=reason(error))
        raise _refused(file, what, _("Close it in Excel if it is open there, or choose another name.")) from None


def sheet(cases: Sequence[FixedCase]) -> Sheet:
    """Return the cases as a table, with nothing of an exempt case that not everybody may read."""
    header = (
        _("Body"),
        _("Year"),
        _("Case no."),
        _("Meeting date"),
        _("Title"),
        _("Exempt"),
        _("Supplement"),
        _("Outcome"),
        _("Came back as"),
        _("Continues"),
        _("Input"),
    )
    return Sheet(_("Cases"), header, tuple(map(_row, cases)))


def outcome_text(outcome: str) -> str:
    """Return how a case went, as people read it."""
    return {"behandlet": _("treated"), "utsatt": _("postponed"), "trukket": _("withdrawn")}.get(outcome, outcome)


def _row(one: FixedCase) -> tuple[str | int | date, ...]:
    case, meeting = one.case, one.meeting
    return (
        meeting.body,
        case.number.year,
        one.text,
        date.fromisoformat(meeting.date),
        case.shown,
        case.exempt,
        _("yes") if case.late else "",
        outcome_text(case.outcome),
        ", ".join(one.came_back_as),
        case.follows,
        meeting.source,
    )


def _refused(file: Path, what: str, fix: str) -> CaseBookError:
    return CaseBookError(Problem(what, fix, Where(str(file))))
