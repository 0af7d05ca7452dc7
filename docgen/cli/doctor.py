"""`docgen doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from docgen.cli.finding import Finding
from docgen.cli.health import machine
from docgen.cli.options import Json, WorkspaceDir
from docgen.cli.output import err, out, out_json
from docgen.cli.template_faults import checked, missing, template_files
from docgen.messages import _, many
from docgen.problems import WorkspaceError, reason
from docgen.register import RegisterError
from docgen.run.ledger import Ledger, unfit_place
from docgen.run.root import TOML
from docgen.run.workspace import Workspace, find


def command(*, json: Json = False, workspace: WorkspaceDir = None) -> int:
    """Tell of the machine and the workspace."""
    # The workspace first: it says which language the rest is told in.
    found = list(_workspace(workspace))
    findings = [*machine(), *found]
    if json:
        out_json([_as_json(one) for one in findings])
    else:
        for one in findings:
            out(_line(one))
    lacking = [one for one in findings if one.needed and not one.is_right]
    if not json:
        said = many("{count} thing must be mended.", "{count} things must be mended.", len(lacking))
        err(said if lacking else _("docgen has what it needs."))
    return 1 if lacking else 0


def _line(one: Finding) -> str:
    mark = "✓" if one.is_right else "✗" if one.needed else "–"
    return f"{mark} {one.name}: {one.found}" + (f". {one.fix}" if one.fix else "")


def _as_json(one: Finding) -> dict[str, object]:
    return {"name": one.name, "found": one.found, "right": one.is_right, "needed": one.needed, "fix": one.fix}


def _workspace(given: Path | None) -> Iterator[Finding]:
    """Give what there is to say of the workspace. Not to stand in one is no fault; a broken one is."""
    name = _("Workspace")
    try:
        place = find(given)
    except WorkspaceError as error:
        for problem in error.problems:
            broken = given is not None or problem.where.file == TOML
            yield Finding(name, f"{problem.where}: {problem.what.rstrip('.')}", problem.fix, needed=broken)
        return
    yield Finding(name, str(place.root))
    yield _templates(place)
    yield _output(place)
    yield _register(place)


def _templates(place: Workspace) -> Finding:
    files = template_files(place)
    found = [checked(place, file) for file in files]
    wrong = len(missing(place)) + sum(not problem.warning for one in found for problem in one.problems)
    if wrong:
        faults = many("{count} fault", "{count} faults", wrong)
        return Finding(_("Templates"), faults, _("docgen templates check tells what they are."), needed=True)
    return Finding(_("Templates"), many("{count} template, no faults", "{count} templates, no faults", len(files)))


def _register(place: Workspace) -> Finding:
    """Tell where the register lies, and how much it holds."""
    name, shown = _("Register"), str(place.register)
    if problem := unfit_place(place):
        return Finding(name, f"{shown}: {problem.what.rstrip('.')}", problem.fix, needed=True)
    try:
        with Ledger(place) as ledger:
            meetings, documents = len(ledger.record.meetings), len(ledger.record.editions)
    except RegisterError as error:
        (problem,) = error.problems
        return Finding(name, f"{shown}: {problem.what.rstrip('.')}", problem.fix, needed=True)
    held = ", ".join(
        (
            many("{count} meeting with fixed numbers", "{count} meetings with fixed numbers", meetings),
            many("{count} approved document", "{count} approved documents", documents),
        )
    )
    return Finding(name, f"{shown} ({held})")


def _output(place: Workspace) -> Finding:
    folder = next(one for one in (place.output, *place.output.parents) if one.is_dir())
    name = place.name(place.output)
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Finding(_("Documents are put in"), name)
    except OSError as error:
        fix = _("See that you may write in the folder, and that there is room on the disk.")
        return Finding(_("Documents are put in"), f"{name} ({reason(error)})", fix, needed=True)
