"""`docgen restore`: a backup in the register's place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docgen.cli.call import wrong_call
from docgen.cli.options import Json, WorkspaceDir
from docgen.cli.output import out, out_json
from docgen.cli.verify import head_line
from docgen.messages import _, many
from docgen.register import RegisterError, check_place, restore, verify
from docgen.run.lock import builder_lock
from docgen.run.workspace import find

Backup = Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The backup, as docgen backup wrote it."))]
Force = Annotated[
    bool,
    typer.Option("--force", help=_("Also when the register that is there is sound and has more in it.")),
]


def command(backup: Backup, *, force: Force = False, json: Json = False, workspace: WorkspaceDir = None) -> int:
    """Put the backup in place, and tell what became of the register that was there.

    Raises CallError, RegisterError, BusyError.
    """
    place = find(workspace)
    file = next((one for one in (Path.cwd() / backup, place.root / backup) if one.is_file()), None)
    if file is None:
        raise wrong_call(
            _("There is no such file."),
            _("Name the file that docgen backup wrote, such as {example}.", example="F:/docgen/register 2026-03-12.db"),
            str(backup),
        )
    if problem := check_place(place.register.parent):
        raise RegisterError(problem)
    with builder_lock(place.root, "docgen restore"):
        aside = restore(file, place.register, place.marker, force=force)
    there = verify(place.register)
    if there.head is None:
        raise RegisterError(*there.problems)
    if json:
        head = {"row": there.head.row, "hash": there.head.hash}
        out_json(
            {"file": str(place.register), "rows": there.rows, "head": head, "aside": str(aside) if aside else None}
        )
        return 0
    out(many("The register is taken in, with {count} row.", "The register is taken in, with {count} rows.", there.rows))
    if aside:
        out(_("The one that was there is kept as {file}.", file=str(aside)))
    out(head_line(there.head))
    out(_("Run docgen verify to see whether documents were made after the backup."))
    return 0
