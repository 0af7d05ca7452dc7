"""`docgen build`: make the documents that are new or changed."""

from __future__ import annotations

from typing import Annotated

import typer

from docgen.cli.building import building
from docgen.cli.options import Inputs, Json, NoPdf, WorkspaceDir, named_inputs
from docgen.messages import _
from docgen.run.workspace import find

DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Only list what would be made, with case numbers."))]

Why = Annotated[bool, typer.Option("--why", help=_("Say of each document what it is made anew for."))]


def command(
    files: Inputs = None,
    *,
    dry_run: DryRun = False,
    why: Why = False,
    json: Json = False,
    no_pdf: NoPdf = False,
    workspace: WorkspaceDir = None,
) -> int:
    """Build, and tell what came of each input."""
    place = find(workspace)
    return building(place, named_inputs(place, files or ()), dry_run=dry_run, why=why, json=json, with_pdf=not no_pdf)
