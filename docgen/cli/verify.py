"""`docgen verify`: look through the register, and hold the documents against it."""

from __future__ import annotations

from docgen.cli.options import Json, WorkspaceDir
from docgen.cli.output import out, out_json, problems_json, tell
from docgen.messages import _, many
from docgen.register import Head
from docgen.run.verification import Verification, verification
from docgen.run.workspace import find


def command(*, json: Json = False, workspace: WorkspaceDir = None) -> int:
    """Verify, and print what was looked at, what is wrong, and the head of the log."""
    found = verification(find(workspace))
    if json:
        out_json(_as_json(found))
    else:
        _print(found)
    return 0 if found.is_sound else 1


def _print(found: Verification) -> None:
    if found.register:
        out(_counts(found))
    tell(found.problems)
    wrong = sum(not one.warning for one in found.problems)
    if wrong:
        out(many("{count} thing is wrong.", "{count} things are wrong.", wrong))
    elif found.register is None:
        out(_("There is no register yet. It is made when a meeting is called, or a version approved."))
    else:
        out(_("The register is sound, and no document contradicts it."))
    if found.register and found.register.head:
        out(head_line(found.register.head))


def _counts(found: Verification) -> str:
    """Return `17 rader, 9 saker i 2 møter, 4 versjoner, 6 frosne filer; 31 dokumenter sett på.`"""
    there = found.register
    if there is None:
        return ""
    cases = _(
        "{cases} in {meetings}",
        cases=many("{count} case", "{count} cases", there.cases),
        meetings=many("{count} meeting", "{count} meetings", found.meetings),
    )
    kept = [
        many("{count} row", "{count} rows", there.rows),
        cases if found.meetings else many("{count} case", "{count} cases", there.cases),
        many("{count} version", "{count} versions", there.editions),
        many("{count} frozen file", "{count} frozen files", there.files),
    ]
    if found.documents:
        kept.append(many("{count} document looked at", "{count} documents looked at", found.documents))
    return ", ".join(kept) + "."


def head_line(head: Head) -> str:
    """Return the head of the log, as one writes it down to compare with later."""
    return _("Head: row {row}, {hash}", row=head.row, hash=head.hash)


def _as_json(found: Verification) -> dict[str, object]:
    there = found.register
    head = there.head if there else None
    return {
        "sound": found.is_sound,
        "register": there is not None,
        "head": {"row": head.row, "hash": head.hash} if head else None,
        "rows": there.rows if there else 0,
        "cases": there.cases if there else 0,
        "meetings": found.meetings,
        "editions": there.editions if there else 0,
        "files": there.files if there else 0,
        "documents": found.documents,
        "problems": problems_json(found.problems)["problems"],
    }
