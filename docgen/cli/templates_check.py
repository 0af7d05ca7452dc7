"""`docgen templates check`: look for faults in the Word templates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from docgen.cli.call import CallError
from docgen.cli.options import Json, WorkspaceDir
from docgen.cli.output import err, out, out_json, problems_json, tell
from docgen.cli.template_faults import Checked, checked, missing, template_files, write_notes
from docgen.messages import _, many
from docgen.problems import Problem, Where
from docgen.run.workspace import Workspace, find, real

Files = Annotated[
    list[Path] | None, typer.Argument(metavar=_("FILE"), help=_("Templates. All of them when none is named."))
]
Annotate = Annotated[
    bool, typer.Option("--annotate", help=_("Write a copy beside each, with Word comments at the faults."))
]


def command(
    files: Files = None, *, annotate: Annotate = False, json: Json = False, workspace: WorkspaceDir = None
) -> int:
    """Check the templates, and tell every fault with the paragraph where it stands."""
    place = find(workspace)
    found = [checked(place, file) for file in _named(place, files or ())]
    problems = [*(() if files else missing(place)), *(problem for one in found for problem in one.problems)]
    copies = [copy for one in found if annotate and (copy := write_notes(one))]
    if json:
        out_json(problems_json(problems) | {"copies": [place.name(copy) for copy in copies]})
    else:
        tell(problems)
        for copy in copies:
            out(place.name(copy))
        _tell_sum(found, problems)
    return 0 if all(problem.warning for problem in problems) else 1


def _named(workspace: Workspace, named: Sequence[Path]) -> list[Path]:
    """Return the templates that a person named, or all. Raises CallError."""
    known = {real(file): file for file in template_files(workspace)}
    found, problems = [], []
    for name in named:
        tried = [place / name for place in (Path.cwd(), workspace.root, workspace.templates)]
        file = next((known[real(one)] for one in tried if real(one) in known), None)
        if file:
            found.append(file)
        else:
            what = _("There is no such template.")
            fix = _("The templates lie in {folder}.", folder=workspace.name(workspace.templates))
            problems.append(Problem(what, fix, Where(str(name))))
    if problems:
        raise CallError(*problems)
    return found if named else list(known.values())


def _tell_sum(found: Sequence[Checked], problems: Sequence[Problem]) -> None:
    wrong = sum(not problem.warning for problem in problems)
    seen = many("{count} template checked", "{count} templates checked", len(found))
    err(f"{seen}, " + (many("{count} fault", "{count} faults", wrong) if wrong else _("no faults")) + ".")
