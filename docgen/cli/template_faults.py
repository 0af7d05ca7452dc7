"""The templates of a workspace, and what is wrong with each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from docgen.messages import _
from docgen.model.context import CONTEXTS
from docgen.model.inputs import nearest
from docgen.problems import Problem, Where, reason
from docgen.render.annotate import annotated
from docgen.render.compile import faults
from docgen.render.package import FILE_LIMIT
from docgen.render.tags import Fault
from docgen.run.scan import IGNORED
from docgen.run.workspace import Workspace, contents

_NOTES = re.compile(r" \((?:merknader|merknadar|notes)(?: \d+)?\)$")


@dataclass(frozen=True, slots=True)
class Checked:
    """A template, and what is wrong with it: `problems`, and among them the `faults` that stand at a place in Word."""

    file: Path
    data: bytes
    problems: tuple[Problem, ...]
    faults: tuple[Fault, ...] = ()


def template_files(workspace: Workspace) -> list[Path]:
    """Return the Word files in the templates folder and its folders for each body, copies with notes left out."""
    return sorted(
        file
        for file in workspace.templates.rglob("*.docx")
        if not file.name.startswith(IGNORED) and not _NOTES.search(file.stem)
    )


def missing(workspace: Workspace) -> list[Problem]:
    """Return a problem for each kind of document that has no template."""
    return [
        Problem(
            _("The template is missing."),
            _("Put it back; docgen init in an empty folder makes a fresh one that you can copy."),
            Where(workspace.name(workspace.templates / f"{kind}.docx")),
        )
        for kind in CONTEXTS
        if not (workspace.templates / f"{kind}.docx").is_file()
    ]


def checked(workspace: Workspace, file: Path) -> Checked:
    """Return the template with all that is wrong with it. A name that no template has is only warned of."""
    name = workspace.name(file)
    kind = file.stem if file.stem in CONTEXTS else None
    try:
        data = contents(file, FILE_LIMIT)
    except OSError as error:
        what = _("The file can't be read: {reason}.", reason=reason(error))
        fix = _("See that it is not open in another program, and that you may read it.")
        return Checked(file, b"", (Problem(what, fix, Where(name)),))
    found = tuple(faults(data, name, kind))
    problems = [fault.problem for fault in found]
    if kind is None:
        near = nearest(file.stem.casefold(), CONTEXTS)
        fix = (
            _("Did you mean {near}?", near=f"{near}.docx")
            if near
            else _("The templates are called {names}.", names=", ".join(f"{one}.docx" for one in CONTEXTS))
        )
        what = _("No document is made from a template of this name.")
        problems.append(Problem(what, fix, Where(name), warning=True))
    return Checked(file, data, tuple(problems), found)


def write_notes(one: Checked) -> Path | None:
    """Write a copy beside the template with a Word comment at each fault, and return it. Nothing is overwritten.

    None when there is no place to comment on: the file has no faults, or can't be opened at all.
    """
    if not any(fault.part for fault in one.faults):
        return None
    copy = annotated(one.data, list(one.faults))
    word, count = _("notes"), 1
    while True:
        number = f" {count}" if count > 1 else ""
        target = one.file.with_name(f"{one.file.stem} ({word}{number}).docx")
        try:
            with target.open("xb") as file:
                file.write(copy)
        except FileExistsError:
            count += 1
        else:
            return target
