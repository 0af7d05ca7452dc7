"""`docgen clean`: list the documents that no input makes now, and delete them when a person says so."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from docgen.cli.options import Json, WorkspaceDir
from docgen.cli.output import err, out, out_json, problems_json, tell
from docgen.messages import _, many
from docgen.run.clean import Cleaning, Leftover, clean, leftovers
from docgen.run.workspace import find

Yes = Annotated[bool, typer.Option("--yes", help=_("Delete them without asking."))]


def command(*, yes: Yes = False, json: Json = False, workspace: WorkspaceDir = None) -> int:
    """List the documents, ask, and tell what was deleted. Raises BusyError, RegisterError."""
    place = find(workspace)
    found = leftovers(place)
    if not json:
        _list(found)
    if found.leftovers and (yes or (not json and _agrees(len(found.leftovers)))):
        found = clean(place, {one.file for one in found.leftovers})
        if not json:
            tell(found.problems)
            out(many("{count} document deleted.", "{count} documents deleted.", len(found.removed)))
    if json:
        out_json(_as_json(found))
    return 1 if found.problems else 0


def _list(found: Cleaning) -> None:
    if found.leftovers:
        out(_("docgen made these, and no file makes them now:"))
        _list_documents(found.leftovers)
    else:
        out(_("There is nothing to tidy up."))
    if found.kept:
        out(_("These are left over too, but are kept:"))
        _list_documents(found.kept)


def _list_documents(documents: Sequence[Leftover]) -> None:
    for one in documents:
        out(f"  {one.file}: {_why(one)}")


def _why(one: Leftover) -> str:
    match one.why:
        case "gone":
            return _("{input} is gone", input=one.input)
        case "other":
            return _("{input} no longer makes it", input=one.input)
        case "beside":
            return _("the document beside it has taken its place")
        case "edited":
            return _("somebody has edited it")
        case "approved":
            return _("it has approved content, from which the register can be made again if it is lost")
        case "numbers":
            return _("it has case numbers that stand in no other document, and the register can be made again from it")
        case "faulty":
            return _("there are faults in a file that may be its own; docgen check tells which")
        case "away":
            return _("the folder of {input} is empty or away", input=one.input)


def _agrees(count: int) -> bool:
    """Ask whether the documents are to be deleted. Where nobody can answer, they are not."""
    if not sys.stdin.isatty():
        err(_("Nothing was deleted. Add --yes to delete them."))
        return False
    question = many("Delete {count} document? (y/N)", "Delete {count} documents? (y/N)", count)
    print(question, end=" ", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().casefold() in _("y yes").split():
        return True
    err(_("Nothing was deleted."))
    return False


def _as_json(found: Cleaning) -> dict[str, object]:
    return {
        "documents": [_listed(one) for one in found.leftovers],
        "kept": [_listed(one) for one in found.kept],
        "removed": found.removed,
        "problems": problems_json(found.problems)["problems"],
    }


def _listed(one: Leftover) -> dict[str, str]:
    return {"file": one.file, "input": one.input, "why": one.why}
