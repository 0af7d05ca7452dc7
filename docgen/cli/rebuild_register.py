"""`docgen rebuild-register`: a lost register made again from the documents."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from docgen.cli.options import Json, WorkspaceDir
from docgen.cli.output import err, out, out_json, problems_json, tell
from docgen.cli.verify import head_line
from docgen.messages import _, many
from docgen.model.rebuilding import Series
from docgen.model.record import Edition
from docgen.problems import Problem, Where
from docgen.run.rebuilding import Rebuilding, rebuild_register
from docgen.run.workspace import find

Documents = Annotated[
    list[Path],
    typer.Argument(
        metavar=_("DOCUMENTS"), help=_("The documents that docgen made, or folders of them: usually output.")
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Only tell what would be recovered."))]
Force = Annotated[
    bool, typer.Option("--force", help=_("Also when the register was made on another machine, and is lost there."))
]


def command(
    documents: Documents,
    *,
    dry_run: DryRun = False,
    force: Force = False,
    json: Json = False,
    workspace: WorkspaceDir = None,
) -> int:
    """Make the register again, and tell what was recovered and what was not. Raises RegisterError."""
    done = rebuild_register(find(workspace), documents, dry_run=dry_run, force=force)
    if json:
        out_json(_as_json(done))
    else:
        _print(done)
    return 1 if any(not one.warning for one in done.found.problems) else 0


def _print(done: Rebuilding) -> None:
    out(many("{count} document of docgen was read.", "{count} documents of docgen were read.", len(done.papers)))
    for one in done.found.series:
        out("  " + _series(one))
    for _name, editions in groupby(done.found.editions, key=lambda one: one.document):
        out("  " + _versions(list(editions)))
    tell(problems(done))
    if done.aside:
        out(_("The damaged register is kept as {file}.", file=str(done.aside)))
    if done.head:
        out(_("The register is made again. Run docgen build, and then docgen verify."))
        out(head_line(done.head))
    else:
        err(_("Nothing was written."))


def _series(one: Series) -> str:
    """Return `SSU 2026: saker 01/26–09/26 i 3 møter, 9 i alt`."""
    return _(
        "{body} {year}: {cases} in {meetings}, {first} to {last}",
        body=one.name,
        year=one.year,
        cases=many("{count} case", "{count} cases", one.count),
        meetings=many("{count} meeting", "{count} meetings", one.meetings),
        first=one.first,
        last=one.last,
    )


def _versions(editions: list[Edition]) -> str:
    seen = [one.version for one in editions if one.digest]
    listed = ", ".join(one.version for one in editions)
    if not seen:
        return _("{document}: version {versions}, without content", document=editions[0].document, versions=listed)
    return _(
        "{document}: version {versions}, with the content of {seen}",
        document=editions[0].document,
        versions=listed,
        seen=", ".join(seen),
    )


def problems(done: Rebuilding) -> list[Problem]:
    """Return all that is not certain, then all that could not be recovered."""
    return [
        *done.found.problems,
        *done.found.lost,
        *done.uncovered,
        *(_passed_over(name, _("The document carries no facts of docgen.")) for name in done.without_facts),
        *(_passed_over(name, _("The document is damaged and can't be read.")) for name in done.unreadable),
    ]


def _passed_over(name: str, what: str) -> Problem:
    return Problem(what, _("It was passed over."), Where(name), warning=True)


def _as_json(done: Rebuilding) -> dict[str, object]:
    return {
        "documents": len(done.papers),
        "cases": [
            {
                "body": one.name,
                "year": one.year,
                "cases": one.count,
                "meetings": one.meetings,
                "first": one.first,
                "last": one.last,
                "missing": list(one.missing),
            }
            for one in done.found.series
        ],
        "versions": [
            {"document": one.document, "version": one.version, "content": bool(one.digest)}
            for one in done.found.editions
        ],
        "head": {"row": done.head.row, "hash": done.head.hash} if done.head else None,
        "aside": str(done.aside) if done.aside else None,
        "problems": problems_json(problems(done))["problems"],
    }
