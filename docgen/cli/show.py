"""`docgen show`: a document as it was approved in one of its versions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docgen.cli.call import wrong_call
from docgen.cli.options import WorkspaceDir
from docgen.cli.output import err, out
from docgen.messages import _
from docgen.run.exhibit import Exhibit, as_frozen, edition_named, inputs_of, made_again, put
from docgen.run.history import History, history
from docgen.run.lookup import subject
from docgen.run.workspace import find, real

Document = Annotated[
    list[str],
    typer.Argument(metavar=_("DOCUMENT"), help=_("Such as retningslinje 1, mandat SSU, SSU 24.10.2022, or an input.")),
]
Version = Annotated[
    str | None,
    typer.Option("--versjon", "--version", metavar=_("VERSION"), help=_("The version. The one in force when none.")),
]
To = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar=_("FILE"), help=_("The file or folder to write to, instead of output/utgaver.")
    ),
]
InputFiles = Annotated[bool, typer.Option("--input", help=_("Write the inputs that it was made from."))]
NewLook = Annotated[bool, typer.Option("--new-look", help=_("Make it again of those, with today's templates."))]


def command(
    document: Document,
    *,
    version: Version = None,
    to: To = None,
    input_files: InputFiles = False,
    new_look: NewLook = False,
    workspace: WorkspaceDir = None,
) -> int:
    """Write the files of the version, and print where they are."""
    if input_files and new_look:
        raise wrong_call(_("--input and --new-look can't go together."), _("Choose one."), "docgen show")
    with history(find(workspace)) as known:
        edition = edition_named(subject(known, " ".join(document), Path.cwd()), version)
        make = inputs_of if input_files else made_again if new_look else as_frozen
        tell_put(known, make(known, edition), to)
    return 0


def tell_put(known: History, exhibit: Exhibit, to: Path | None) -> None:
    """Write the files of an exhibit, and print where they are."""
    for published in put(known, exhibit, Path.cwd() / to if to else None):
        out(_name(known, published.file))
        if published.state == "beside":
            err(_("There was a file of that name which docgen did not make, or which has been edited. It was kept."))
        elif published.state == "held":
            err(_("The file of that name is open in another program, and was kept."))


def _name(known: History, file: Path) -> str:
    """Return a file by its path from the workspace, or the whole path when it lies elsewhere."""
    root, path = real(known.workspace.root), real(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(file)
