"""`docgen build`: make the documents that are new or changed."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from docgen.cli.options import Inputs, Json, WorkspaceDir, named_inputs
from docgen.cli.output import err, out, out_json, tell
from docgen.cli.progress import progress
from docgen.cli.register_news import news
from docgen.messages import _, many
from docgen.run.build import build
from docgen.run.report import Made, Report
from docgen.run.workspace import find

DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Only list what would be made, with case numbers."))]


def command(
    files: Inputs = None, *, dry_run: DryRun = False, json: Json = False, workspace: WorkspaceDir = None
) -> int:
    """Build, and tell what came of each input."""
    # What is loaded by now stays to the end, and a document leaves little behind: to look for rings of garbage every
    # 700 objects, through all that is loaded, takes a fifth of the time.
    gc.freeze()
    gc.set_threshold(50_000)
    place = find(workspace)
    chosen = named_inputs(place, files or ())
    with progress(sys.stderr, hidden=json) as told:
        report = build(place, chosen, dry_run=dry_run, progress=told)
    if json:
        out_json(report.as_json())
    else:
        tell(report.problems)
        for name in report.inputs:
            _tell_input(name, [made for made in report.documents if made.input == name])
        for sentence in news(report, place.settings.house.language, dry_run=dry_run):
            out(sentence)
        err(summary(report))
    return 0 if report.is_whole else 1


def _tell_input(name: str, documents: list[Made]) -> None:
    """Print an input with its documents; those that are as they were are only counted."""
    if not documents:
        return
    out(name)
    for made in documents:
        if made.state != "unchanged":
            out(f"  {_state(made)}  {made.file}{_numbers(made)}")
    unchanged = sum(made.state == "unchanged" for made in documents)
    if unchanged:
        out("  " + _("{count} unchanged", count=unchanged))


def _state(made: Made) -> str:
    return {
        "made": _("made"),
        "beside": _("made beside"),
        "held": _("made beside"),
        "planned": _("would be made"),
        "failed": _("not made"),
    }[made.state]


def _numbers(made: Made) -> str:
    """Return the case numbers of a document that is only planned, for whoever asks before they are fixed."""
    if made.state != "planned" or not made.numbers:
        return ""
    numbers = ", ".join(made.numbers)
    if made.provisional:
        return "  " + _("(provisional numbers: {numbers})", numbers=numbers)
    return "  " + _("(case numbers: {numbers})", numbers=numbers)


def summary(report: Report) -> str:
    """Return the last line: `12 dokumenter laget, 3 uendret, 1 fil avvist.`"""
    if not report.inputs:
        return _("There are no inputs yet. docgen new møte makes the first one.")
    made = report.count("made") + report.count("beside") + report.count("held")
    parts = []
    if planned := report.count("planned"):
        parts.append(many("{count} document would be made", "{count} documents would be made", planned))
    if made or not (planned or report.count("unchanged")):
        parts.append(many("{count} document made", "{count} documents made", made))
    if unchanged := report.count("unchanged"):
        parts.append(_("{count} unchanged", count=unchanged))
    if failed := report.count("failed"):
        parts.append(many("{count} document not made", "{count} documents not made", failed))
    if report.refused:
        parts.append(many("{count} file refused", "{count} files refused", len(report.refused)))
    return ", ".join(parts) + "."
