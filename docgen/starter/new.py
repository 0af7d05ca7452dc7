"""A starting file for this workspace: its number is free, its body is there, and its editor finds the schema."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from docgen.messages import _
from docgen.model.file_names import file_name_safe
from docgen.model.library import KINDS, Library, entry
from docgen.problems import InputError, Problem, Where, WorkspaceError, reason
from docgen.run.workspace import Workspace, input_files, read_input
from docgen.starter.files import write_new
from docgen.starter.schema import schema, schema_name
from docgen.starter.start_file import start_file, suffix, with_schema

SCHEMAS = ".docgen/schema"


@dataclass(frozen=True, slots=True)
class Start:
    """A starting file before it is written. `folder` is below that of the inputs or mandates, `facts` stand in it."""

    folder: Path
    name: str
    facts: dict[str, str]


def make_start(workspace: Workspace, kind: str, language: str, day: date, named: Path | None = None) -> Path:
    """Write a starting file and return it; `day` is that of a new meeting. Raises WorkspaceError.

    It is called `named` (the right suffix is added when there is none), else what a secretary would call it.
    """
    start = _start(workspace, kind, day)
    file = (named or start.folder / start.name).absolute()
    if named is not None:
        file = file if file.suffix else file.with_name(file.name + suffix(kind))
        if file.suffix.lower() not in _suffixes(kind):
            what = _("The starting file of {kind} can't be written in this format.", kind=kind)
            raise WorkspaceError(
                Problem(what, _("Let the name end in {suffix}.", suffix=suffix(kind)), Where(str(named)))
            )
    shown = str(named) if named else workspace.name(file)
    try:
        schemas = write_schemas(workspace, language)
        link = Path(os.path.relpath(schemas / f"{schema_name(kind)}.json", file.parent)).as_posix()
        text = with_schema(start_file(kind, language, start.facts), link)
        written = write_new(file, text.replace("\n", "\r\n").encode())
    except OSError as error:
        what = _("The file can't be written: {reason}.", reason=reason(error))
        raise WorkspaceError(Problem(what, _("Choose another name or folder."), Where(shown))) from None
    if not written:
        what = _("The file is there already, and was left as it is.")
        raise WorkspaceError(Problem(what, _("Choose another name: docgen new {kind} NAME.", kind=kind), Where(shown)))
    return file


def write_schemas(workspace: Workspace, language: str) -> Path:
    """Write the schema of every kind where the starting files look for it, and return the folder."""
    folder = workspace.root / SCHEMAS
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        text = json.dumps(schema(kind, language), ensure_ascii=False, indent=1)
        (folder / f"{schema_name(kind)}.json").write_text(text + "\n", "utf-8", newline="\n")
    return folder


def _suffixes(kind: str) -> tuple[str, ...]:
    return (".yaml", ".yml") if suffix(kind) == ".yaml" else (suffix(kind),)


def _start(workspace: Workspace, kind: str, day: date) -> Start:
    """Return what a new file of the kind should be called and say in this workspace."""
    library = _library(workspace)
    mandates, inputs = workspace.input_folders
    body = next((mandate.body for _entry, mandate in library.mandates.values()), "SSU")
    if kind == "mandat":
        new = _free(_("New body"), [mandate.body for _entry, mandate in library.mandates.values()])
        return Start(mandates, f"{file_name_safe(new)}.md", {"organ": new})
    if kind == "møte":
        name = f"{day.isoformat()} {body}"
        return Start(
            inputs / file_name_safe(body), f"{file_name_safe(name)}.yaml", {"organ": body, "dato": f"{day:%d.%m.%Y}"}
        )
    if kind == "organisering":
        title = _free(_("Organisation and tasks"), [one.title for _entry, one in library.organisations])
        return Start(inputs, f"{file_name_safe(title)}.yaml", {"organ": body, "tittel": title})
    number = _number(library, kind)
    folder = inputs / "retningslinjer"
    return Start(folder, f"{kind.capitalize()} {number}.md", {"nummer": number})


def _library(workspace: Workspace) -> Library:
    """Return the inputs that can be read; a new file is not stopped by what is wrong with the others."""
    entries = []
    for file in input_files(workspace):
        try:
            entries.append(entry(read_input(workspace, file)))
        except InputError:
            continue
    return Library(entries, workspace.settings.house)


def _free(name: str, taken: list[str]) -> str:
    """Return the name, with a number after it when it is taken."""
    known = {one.casefold() for one in taken}
    tried = (f"{name} {count}" if count > 1 else name for count in range(1, len(known) + 2))
    return next(one for one in tried if one.casefold() not in known)


def _number(library: Library, kind: str) -> str:
    """Return the next free number: 3 after guideline 2, and 2.4 after the attachment 2.3 to the last guideline."""
    guidelines = [int(number) for one, number in library.guidelines if one == "retningslinje" and number.isdecimal()]
    last = max(guidelines, default=0)
    if kind == "retningslinje":
        return str(last + 1)
    owner = f"{last or 1}."
    used = [
        number.removeprefix(owner)
        for one, number in library.guidelines
        if one == "vedlegg" and number.startswith(owner)
    ]
    return owner + str(max((int(one) for one in used if one.isdecimal()), default=0) + 1)
