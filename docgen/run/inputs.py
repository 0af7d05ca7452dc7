"""The inputs of a workspace, read and typed, with the digest of each file's bytes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from docgen.model.library import Entry, Library, entry
from docgen.problems import InputError
from docgen.read import read
from docgen.run.pictures import pictures
from docgen.run.report import Report
from docgen.run.workspace import Workspace, input_contents, input_files


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs, typed; by file the SHA-256 of its bytes, and its pictures as written in it, and where they lie."""

    library: Library
    digests: dict[str, str]
    shown: dict[str, dict[str, Path]]


def read_inputs(workspace: Workspace, report: Report) -> Inputs:
    """Return every input. One that can't be read is refused, and the report tells why."""
    entries: list[Entry] = []
    digests: dict[str, str] = {}
    for file in input_files(workspace):
        name = workspace.name(file)
        report.inputs.append(name)
        try:
            data = input_contents(workspace, file)
            entries.append(entry(read(name, data)))
            digests[name] = sha256(data).hexdigest()
        except InputError as error:
            report.refused.append(name)
            report.add(error.problems)
    library = Library(entries, workspace.settings.house, report.refused)
    shown = {one.file: pictures(workspace, one) for one in library.entries}
    mandates = {name: file for one, _mandate in library.mandates.values() for name, file in shown[one.file].items()}
    for one, _organisation in library.organisations:
        # It prints the mandates' chapters, and so their pictures.
        shown[one.file] = mandates | shown[one.file]
    return Inputs(library, digests, shown)
