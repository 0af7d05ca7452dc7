"""Building, and telling what came of it: what `docgen build` does, however it is called."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.cli.output import err, out, out_json, tell
from docgen.cli.progress import progress
from docgen.cli.register_news import news
from docgen.cli.summary import summary
from docgen.messages import _
from docgen.run.build import build
from docgen.run.report import Made, Printed, Report
from docgen.run.untouched import Glimpse
from docgen.run.workspace import Workspace

if TYPE_CHECKING:
    from docgen.run.pdfs import Pdfs


def building(
    place: Workspace,
    files: Sequence[Path] = (),
    *,
    dry_run: bool = False,
    why: bool = False,
    json: bool = False,
    with_pdf: bool = True,
    glimpse: Glimpse | None = None,
) -> int:
    """Build, tell what came of each input, and return the exit code. Raises DocgenError as `build` does."""
    # What is loaded by now stays to the end, and a document leaves little behind: to look for rings of garbage every
    # 700 objects, through all that is loaded, takes a fifth of the time. Of 10,000 inputs some 100,000 are known.
    gc.freeze()
    gc.set_threshold(200_000)
    with progress(sys.stderr, hidden=json) as moves:
        pdfs = wanted_pdfs() if with_pdf and place.settings.pdf.made and not dry_run else None
        report = build(place, files, dry_run=dry_run, progress=moves, glimpse=glimpse, pdfs=pdfs)
    if json:
        out_json(report.as_json())
    else:
        tell(report.problems)
        documents: dict[str, list[Made]] = {}
        for made in report.documents:
            documents.setdefault(made.input, []).append(made)
        pdfs_of: dict[str, list[Printed]] = {}
        for printed in report.pdfs:
            pdfs_of.setdefault(printed.input, []).append(printed)
        for name in report.inputs:
            _tell_input(name, documents.get(name, ()), pdfs_of.get(name, ()), why=why)
        for sentence in news(report, place.settings.house.language, dry_run=dry_run):
            out(sentence)
        err(told(report))
    return 0 if report.is_whole else 1


def wanted_pdfs(on_done: Callable[[], object] | None = None) -> Pdfs:
    """Return what makes PDF; see Pdfs."""
    from docgen.run.pdfs import Pdfs  # slow to load

    return Pdfs(on_done)


def _tell_input(name: str, documents: Sequence[Made], pdfs: Sequence[Printed], *, why: bool) -> None:
    """Print an input with its documents; those that are as they were are only counted, and not even that alone."""
    unchanged = sum(made.state == "unchanged" for made in documents)
    if unchanged == len(documents) and not pdfs:
        return
    out(name)
    for made in documents:
        if made.state != "unchanged":
            out(f"  {_state(made)}  {made.file}{_numbers(made)}")
            if why and made.why:
                out("    " + _("because {cause}", cause=made.why))
    for printed in pdfs:
        out(f"  {_state(printed)}  {printed.file}")
    if unchanged:
        out("  " + _("{count} unchanged", count=unchanged))


def _state(made: Made | Printed) -> str:
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


def told(report: Report) -> str:
    """Return the last line of a build."""
    return summary(
        len(report.inputs),
        len(report.refused),
        made=report.count("made") + report.count("beside") + report.count("held"),
        unchanged=report.count("unchanged"),
        planned=report.count("planned"),
        failed=report.count("failed"),
        pdfs=report.count_pdfs("made") + report.count_pdfs("beside") + report.count_pdfs("held"),
        pdfs_failed=report.count_pdfs("failed"),
    )
