"""`docgen check`: say what is wrong with the inputs, without making anything."""

from __future__ import annotations

from docgen.cli.options import Inputs, Json, WorkspaceDir, named_inputs
from docgen.cli.output import err, out, out_json, tell
from docgen.messages import _, many
from docgen.run.build import build
from docgen.run.report import Report
from docgen.run.workspace import find


def command(files: Inputs = None, *, json: Json = False, workspace: WorkspaceDir = None) -> int:
    """Read and check the inputs, and tell every problem."""
    place = find(workspace)
    report = build(place, named_inputs(place, files or ()), dry_run=True)
    if json:
        out_json(report.as_json())
        return 0 if report.is_whole else 1
    tell(report.problems)
    if report.is_whole:
        out(_("All is well."))
    else:
        err(_summary(report))
    return 0 if report.is_whole else 1


def _summary(report: Report) -> str:
    right = len(report.inputs) - len(report.refused)
    parts = [many("{count} file is right", "{count} files are right", right)] if right else []
    parts.append(many("{count} file must be mended", "{count} files must be mended", len(report.refused)))
    return ", ".join(parts) + "."
