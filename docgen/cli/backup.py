"""`docgen backup`: a copy of the register, whole also while others write in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docgen.cli.call import wrong_call
from docgen.cli.options import Json, WorkspaceDir
from docgen.cli.output import out, out_json
from docgen.cli.verify import head_line
from docgen.messages import _, many
from docgen.register import RegisterError, backup, opened_to_read, verify
from docgen.run.workspace import Workspace, find

Target = Annotated[
    Path | None,
    typer.Argument(metavar=_("TARGET"), help=_("A folder on another disk, or a file in it, to copy the register to.")),
]


def command(target: Target = None, *, json: Json = False, workspace: WorkspaceDir = None) -> int:
    """Copy the register, and tell where to and what is in the copy. Raises CallError, RegisterError."""
    place = find(workspace)
    if target is None:
        # A copy beside the register is lost with it, so there is no place to fall back on.
        raise wrong_call(
            _("It is not said where to put the backup."),
            _("Name a folder on another disk than the register's: docgen backup {example}", example="F:/docgen"),
            "docgen backup",
        )
    _refuse_without_register(place)
    written = backup(place.register, Path.cwd() / target)
    there = verify(written)
    if there.head is None:
        raise RegisterError(*there.problems)
    if json:
        head = {"row": there.head.row, "hash": there.head.hash}
        out_json({"file": str(written), "rows": there.rows, "head": head})
        return 0
    out(str(written))
    out(many("The copy is sound, and has {count} row.", "The copy is sound, and has {count} rows.", there.rows))
    out(head_line(there.head))
    return 0


def _refuse_without_register(place: Workspace) -> None:
    """Raise when there is nothing to copy, or not the register of this workspace."""
    register = opened_to_read(place.register, place.marker)
    if register is None:
        raise wrong_call(
            _("There is no register yet. It is made when a meeting is called, or a version approved."),
            "",
            "docgen backup",
        )
    register.close()
