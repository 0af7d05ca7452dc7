"""`docgen redline`: what changed in a document, as tracked changes in Word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docgen.cli.options import WorkspaceDir
from docgen.cli.show import Document, To, tell_put
from docgen.messages import _
from docgen.run.changes import changes
from docgen.run.history import history
from docgen.run.lookup import subject
from docgen.run.workspace import find

Since = Annotated[
    str | None,
    typer.Option("--fra", "--from", metavar=_("VERSION"), help=_("The version to compare with.")),
]
Until = Annotated[
    str | None,
    typer.Option("--til", "--to", metavar=_("VERSION"), help=_("The version that is compared, instead of the draft.")),
]


def command(
    document: Document,
    *,
    since: Since = None,
    until: Until = None,
    to: To = None,
    workspace: WorkspaceDir = None,
) -> int:
    """Write a Word file with tracked changes, and print where it is."""
    with history(find(workspace)) as known:
        tell_put(known, changes(known, subject(known, " ".join(document), Path.cwd()), since, until), to)
    return 0
