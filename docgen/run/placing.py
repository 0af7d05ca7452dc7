"""Where a document, or the PDF of one, may be put, and what to say when it can't be put there."""

from __future__ import annotations

from pathlib import Path

from docgen.messages import _
from docgen.problems import Problem, Where, reason
from docgen.run.workspace import Workspace, real


def inside(file: Path, workspace: Workspace) -> Path:
    """Return the file itself. Raises OSError when a link would lead it out of output/."""
    output = workspace.output
    if not real(file.parent).is_relative_to(real(output)):
        raise OSError(_("the folder is a link that leads out of {output}", output=workspace.name(output)))
    return file


def not_written(where: Where, error: OSError) -> Problem:
    return Problem(
        _("The document can't be written: {reason}.", reason=reason(error)),
        _("Close it in Word if it is open there, see that there is room on the disk, and build again."),
        where,
    )


def edited(where: Where, input_file: str, beside: Path) -> Problem:
    return Problem(
        _("The document has been edited since docgen made it, so it was kept."),
        _(
            "The new one is called «{name}». Move your changes to {input}, and delete the edited one.",
            name=beside.name,
            input=input_file,
        ),
        where,
        warning=True,
    )


def held(where: Where, beside: Path) -> Problem:
    return Problem(
        _("The document can't be replaced now. It is open in another program, or it may not be changed."),
        _("The new one is called «{name}», and takes its place once the document is closed.", name=beside.name),
        where,
        warning=True,
    )


def belongs_to_another(where: Where, input_file: str, owner: str) -> Problem:
    return Problem(
        _(
            "The document with this name was made from {owner}, which can't be read now, so it was kept.",
            owner=owner,
        ),
        _("Mend {owner} first. The document of {input} is then made too.", owner=owner, input=input_file),
        where,
    )
