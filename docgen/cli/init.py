"""`docgen init`: make a new workspace with templates and examples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docgen.cli.call import wrong_call
from docgen.cli.options import LanguageName, WorkspaceDir, language_code
from docgen.cli.output import err, out
from docgen.messages import _, many, speak
from docgen.starter.workspace import EXAMPLE, make_workspace

Folder = Annotated[
    Path | None, typer.Argument(metavar=_("DIR"), help=_("The folder to make it in. It is made when it is not there."))
]


def command(folder: Folder = None, *, language: LanguageName = None, workspace: WorkspaceDir = None) -> int:
    """Make the workspace, and say how to go on."""
    place = folder or workspace
    if place is None:
        what = _("It is not said where the workspace should be.")
        raise wrong_call(what, _("Write docgen init and the name of a folder."), "docgen init")
    code = language_code(language, "docgen init") if language else "nb"
    written = make_workspace(place.absolute(), code)
    speak("nn" if code == "nn" else "nb")
    out(str(place))
    err(many("{count} file written.", "{count} files written.", len(written)))
    err(
        _("Go to the folder and run docgen build: it makes the documents of the example in {example}.", example=EXAMPLE)
    )
    return 0
