"""The options that several commands have, and what they name on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from docgen.cli.call import CallError
from docgen.cli.plain_build import NO_PDF
from docgen.messages import _
from docgen.model.inputs import nearest
from docgen.model.library import KINDS, entry
from docgen.problems import Problem, Where
from docgen.read import SUFFIXES
from docgen.run.workspace import Workspace, input_files, real
from docgen.source import Place, Source

WorkspaceDir = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar=_("DIR"),
        help=_("The workspace, when it is not the current folder or one above it."),
    ),
]
Json = Annotated[bool, typer.Option("--json", help=_("Answer with JSON on stdout, for other programs."))]
NoPdf = Annotated[
    bool,
    typer.Option("--no-pdf", "--uten-pdf", envvar=NO_PDF, show_envvar=False, help=_("Make the documents without PDF.")),
]
Inputs = Annotated[
    list[Path] | None,
    typer.Argument(metavar=_("FILE"), help=_("Inputs, or folders of them. All inputs when none is named.")),
]
LanguageName = Annotated[
    str | None, typer.Option("--målform", "--maalform", metavar=_("LANGUAGE"), help=_("bokmål or nynorsk."))
]

_LANGUAGES = {"bokmål": "nb", "bokmal": "nb", "nb": "nb", "nynorsk": "nn", "nn": "nn"}


def language_code(written: str, command: str) -> str:
    """Return "nb" or "nn". Raises CallError."""
    if code := _LANGUAGES.get(written.casefold()):
        return code
    raise CallError(
        Problem(
            _("«{text}» is no language that docgen writes.", text=written),
            _("Write bokmål or nynorsk."),
            Where(f"{command} --målform"),
        )
    )


def named_inputs(workspace: Workspace, named: Sequence[Path]) -> list[Path]:
    """Return the inputs that a person named, all those of a folder included. Raises CallError for each that is none."""
    if not named:
        return []
    known = {real(file): file for file in input_files(workspace)}
    found: dict[Path, None] = {}
    problems = []
    for name in named:
        wanted = [real(place) for place in (Path.cwd() / name, workspace.root / name)]
        here = [file for path, file in known.items() if any(path == one or one in path.parents for one in wanted)]
        found |= dict.fromkeys(here)
        if not here:
            problems.append(_no_input(workspace, name, known))
    if problems:
        raise CallError(*problems)
    return list(found)


def _no_input(workspace: Workspace, name: Path, known: dict[Path, Path]) -> Problem:
    there = next((place for place in (Path.cwd() / name, workspace.root / name) if place.exists()), None)
    folders = ", ".join(workspace.name(folder) for folder in workspace.input_folders)
    if there is None:
        what = _("There is no such file.")
        near = nearest(name.name, [file.name for file in known.values()])
        again = next((workspace.name(file) for file in known.values() if file.name == near), "")
        fix = _("Did you mean {near}?", near=again) if again else _("The inputs lie in {folders}.", folders=folders)
    elif there.is_dir():
        what = _("There are no inputs in the folder.")
        fix = _("The inputs lie in {folders}.", folders=folders)
    elif there.suffix.lower() not in SUFFIXES:
        what = _("docgen makes no documents of such files.")
        fix = _("An input ends in {suffixes}.", suffixes=", ".join(SUFFIXES))
    else:
        what = _("The file is not an input of this workspace.")
        fix = _("Put it in {folders}.", folders=folders)
    return Problem(what, fix, Where(str(name)))


def kind_named(written: str, command: str) -> str:
    """Return the type of input that a person named, as in `type:`. Raises CallError."""
    found = entry(Source(command, {"type": written}, lambda _path: Place()))
    if found.kind:
        return found.kind
    near = nearest(written.casefold(), KINDS)
    fix = (
        _("Did you mean {near}?", near=near) if near else _("Write one of these: {choices}.", choices=", ".join(KINDS))
    )
    raise CallError(Problem(_("«{type}» is no type of input.", type=written), fix, Where(command)))
