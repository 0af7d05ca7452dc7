"""`docgen pack`: the documents and attachments of a meeting as one PDF."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from docgen.cli.options import Json, WorkspaceDir
from docgen.cli.output import err, out, out_json, tell
from docgen.cli.progress import progress
from docgen.deliver.pack.parts import Fault, Note
from docgen.messages import _, many
from docgen.run.pack.packing import Wish, pack
from docgen.run.pack.report import LeftOut, Packed, PackReport
from docgen.run.workspace import find

_ARCHIVE, _READERS = "PDF/A", "PDF/UA"

Meeting = Annotated[
    list[str],
    typer.Argument(metavar=_("MEETING"), help=_("Its body and date, such as SSU 2022-10-24, or its input.")),
]
Public = Annotated[
    bool,
    typer.Option(
        "--offentlig",
        "--public",
        help=_("Make it for the public: without exempt cases, and of people only name, role and organisation."),
    ),
]
Duplex = Annotated[
    bool, typer.Option("--tosidig", "--duplex", help=_("Begin every document on a right-hand page, to print on both."))
]
To = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar=_("FILE"),
        help=_("The file or folder to write to, instead of the meeting's in output/."),
    ),
]


def command(
    meeting: Meeting,
    *,
    public: Public = False,
    duplex: Duplex = False,
    to: To = None,
    json: Json = False,
    workspace: WorkspaceDir = None,
) -> int:
    """Make the pack, and tell where it is and what is in it."""
    wish = Wish(" ".join(meeting), public, duplex, Path.cwd() / to if to else None)
    with progress(sys.stderr, hidden=json) as moves:
        report = pack(find(workspace), wish, Path.cwd(), moves)
    if json:
        out_json(report.as_json())
    else:
        tell(report.problems)
        out(report.file)
        for line in _listed(report):
            out(line)
        for line in _remarks(report):
            err(line)
    return 0 if report.is_whole else 1


def _listed(report: PackReport) -> Iterator[str]:
    """Give a line for each part with its page, below a line for its case; what is left out has no page."""
    wide, case = len(str(report.pages)), ""
    for one in report.contents:
        if one.case != case:
            case = one.case
            yield f"  {'':{wide}}  {case}"
        if isinstance(one, LeftOut):
            page, remarks = "–", [_("left out: {why}", why=_why(one.fault))]
        else:
            page, remarks = str(one.page), _to_be_told(one, report.conformance)
        remark = f" ({', '.join(remarks)})" if remarks else ""
        yield f"  {page:>{wide}}  {'  ' if case else ''}{one.title}{remark}"


def _to_be_told(one: Packed, conformance: Sequence[str]) -> list[str]:
    """Return what is to be said of a part: also that it keeps the pack from a standard."""
    remarks = [_noted(note) for note in one.notes]
    if one.source and not _keeps(_ARCHIVE, one.conformance) and not _keeps(_ARCHIVE, conformance):
        remarks.append(_("not made for the archive"))
    if one.source and not _keeps(_READERS, one.conformance) and not one.notes and not _keeps(_READERS, conformance):
        remarks.append(_("not made for screen readers"))
    return remarks


def _keeps(standard: str, conformance: Sequence[str]) -> bool:
    return any(one.startswith(standard) for one in conformance)


def _remarks(report: PackReport) -> Iterator[str]:
    if report.state == "beside":
        yield _("There was a file of that name which docgen did not make, or which has been edited. It was kept.")
    elif report.state == "held":
        yield _("The file of that name is open in another program, and was kept.")
    for case in report.unlinked:
        yield _("The agenda has no link to «{case}»: its number and title were not found there.", case=case)
    if report.exempt:
        cases = ", ".join(f"«{case}»" for case in report.exempt)
        if report.is_public:
            yield _("Exempt from public access, and only named on the agenda: {cases}.", cases=cases)
        else:
            yield _("The pack is not for the public, for these cases are exempt: {cases}.", cases=cases)
    if report.provisional:
        yield _(
            "The case numbers are provisional until the meeting is called: {cases}.",
            cases=", ".join(report.provisional),
        )
    if report.how_to_get_better:
        yield (
            _("The PDF of documents was made by {converter}.", converter=report.converter)
            + " "
            + report.how_to_get_better
        )
    yield _summary(report)


def _summary(report: PackReport) -> str:
    said = [many("{count} page.", "{count} pages.", report.pages)]
    kept = _(" and ").join(report.conformance)
    for_archive, for_readers = (_keeps(standard, report.conformance) for standard in (_ARCHIVE, _READERS))
    if for_archive and for_readers:
        said.append(_("The archive and screen readers can use it: {standards}.", standards=kept))
    elif kept:
        said.append(_("It keeps {standards}.", standards=kept))
    if not for_archive:
        said.append(_("Not all of it is made for the archive."))
    if not for_readers:
        said.append(_("Not all of it is made for screen readers."))
    if report.left_out:
        count = many("{count} file was left out", "{count} files were left out", len(report.left_out))
        said.append(_("{count}, and is listed after the agenda.", count=count))
    return " ".join(said)


def _noted(note: str) -> str:
    return {
        Note.MENDED: _("was damaged, and was mended as far as it went"),
        Note.FORM: _("what was filled in or commented is part of the page now"),
        Note.ACTIVE: _("scripts and actions taken out"),
        Note.FILES: _("files embedded in it taken out"),
        Note.UNTAGGED: _("can't be read aloud in the right order"),
    }[Note(note)]


def _why(fault: Fault) -> str:
    return {
        Fault.ENCRYPTED: _("it opens with a password only"),
        Fault.BROKEN: _("the file is damaged"),
        Fault.TOO_LARGE: _("the file is too large"),
        Fault.TOO_MANY_PAGES: _("it has too many pages"),
        Fault.UNSHOWABLE: _("it can't be shown"),
        Fault.GONE: _("it is not there"),
        Fault.UNMADE: _("no PDF could be made of it"),
    }[fault]
