"""`docgen new KIND`: make a starting file with comments."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from docgen.cli.options import LanguageName, WorkspaceDir, kind_named, language_code
from docgen.cli.output import err, out
from docgen.messages import _
from docgen.model.library import KINDS
from docgen.run.workspace import find, input_files, real
from docgen.starter.new import make_start

AHEAD = timedelta(weeks=4)
"""A notice goes out some weeks before the meeting."""

Kind = Annotated[str, typer.Argument(metavar=_("KIND"), help=_("One of {choices}.", choices=", ".join(KINDS)))]
File = Annotated[
    Path | None, typer.Argument(metavar=_("FILE"), help=_("What to call it. docgen finds a name when none is given."))
]


def command(kind: Kind, file: File = None, *, language: LanguageName = None, workspace: WorkspaceDir = None) -> int:
    """Make the file, and say where it is."""
    chosen = kind_named(kind, "docgen new")
    place = find(workspace)
    code = language_code(language, "docgen new") if language else place.settings.house.language
    made = make_start(place, chosen, code, date.today() + AHEAD, file)
    inside = made.is_relative_to(place.root)
    out(place.name(made) if inside else str(made))
    if real(made) not in {real(known) for known in input_files(place)}:
        folders = ", ".join(place.name(folder) for folder in place.input_folders)
        err(_("docgen build reads only files in {folders}. Move the file there when you use it.", folders=folders))
    return 0
