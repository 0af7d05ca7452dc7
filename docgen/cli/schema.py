"""`docgen schema`: the JSON Schema of an input, for editors that complete and check."""

from __future__ import annotations

from typing import Annotated

import typer

from docgen.cli.call import wrong_call
from docgen.cli.options import LanguageName, WorkspaceDir, kind_named, language_code
from docgen.cli.output import out, out_json
from docgen.messages import _
from docgen.model.library import KINDS
from docgen.run.workspace import find
from docgen.starter.new import write_schemas
from docgen.starter.schema import schema

Kind = Annotated[str | None, typer.Argument(metavar=_("KIND"), help=_("One of {choices}.", choices=", ".join(KINDS)))]
All = Annotated[
    bool, typer.Option("--alle", "--all", help=_("Write all of them in the workspace, where the files from new look."))
]


def command(
    kind: Kind = None, *, every: All = False, language: LanguageName = None, workspace: WorkspaceDir = None
) -> int:
    """Print one schema, or write all of them."""
    code = language_code(language, "docgen schema") if language else None
    if every:
        place = find(workspace)
        folder = write_schemas(place, code or place.settings.house.language)
        for file in sorted(folder.glob("*.json")):
            out(place.name(file))
        return 0
    if kind is None:
        what = _("It is not said which schema to show.")
        fix = _("Write one of these: {choices}.", choices=", ".join(KINDS))
        raise wrong_call(what, fix, "docgen schema")
    out_json(schema(kind_named(kind, "docgen schema"), code or "nb"))
    return 0
