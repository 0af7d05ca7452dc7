"""The inputs of a workspace, read and typed, with the digest of each file's bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.model.library import Elsewhere, Entry, Library, entry
from docgen.problems import InputError, Problem
from docgen.read import read
from docgen.run.pictures import pictures
from docgen.run.report import Report
from docgen.run.seen import Seen, seen
from docgen.run.workspace import Workspace

_REMEMBERED = 400
"""Inputs that are kept in memory, typed: those of some families that people are at work with."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs, typed; by file the SHA-256 of its bytes, and its pictures as written in it, and where they lie."""

    library: Library
    digests: dict[str, str]
    shown: dict[str, dict[str, Path]]


class Reader:
    """Reads inputs, and remembers those that were read last: one that is being written stands as it was before."""

    def __init__(self) -> None:
        self._read: OrderedDict[str, tuple[str, str, Entry, tuple[Problem, ...]]] = OrderedDict()
        """By file, the digest of its bytes, the language of its problems, the input, and what is wrong with it."""

    def entry(self, name: str, there: Seen) -> Entry:
        """Return an input, typed, with what the file by itself has that is wrong. Raises InputError."""
        if name not in there.typed:
            there.typed[name] = self._typed(name, there)
            there.data.pop(name, None)  # its digest is all that is asked for from now on
        one, problems = there.typed[name]
        return replace(one, problems=list(problems))

    def _typed(self, name: str, there: Seen) -> tuple[Entry, tuple[Problem, ...]]:
        data = there.read(name)
        known, language = self._read.get(name), there.workspace.settings.house.language
        if known is None or known[:2] != (there.digests[name], language):
            made = entry(read(name, data))
            known = self._read[name] = there.digests[name], language, made, tuple(made.problems)
            while len(self._read) > _REMEMBERED:
                self._read.popitem(last=False)
        self._read.move_to_end(name)
        return known[2], known[3]

    def last(self, name: str, there: Seen) -> Entry | None:
        """Return an input as it was when it was read last, or None when that is not remembered."""
        known = self._read.get(name)
        if known is None:
            return None
        there.digests[name] = known[0]
        return replace(known[2], problems=list(known[3]))


def read_inputs(workspace: Workspace, report: Report) -> Inputs:
    """Return every input. One that can't be read is refused, and the report tells why."""
    there = seen(workspace)
    return inputs(there.inputs, there, Reader(), report)


def inputs(
    names: Iterable[str],
    there: Seen,
    reader: Reader,
    report: Report,
    held: Mapping[str, object] | None = None,
    elsewhere: Elsewhere | None = None,
) -> Inputs:
    """Return the named inputs. One that can't be read is refused, and the report tells why.

    One that is `held` stands as it was when it was read last, else as one that can't be read, of which nothing is told.
    """
    entries: list[Entry] = []
    unread: list[str] = []
    for name in names:
        report.inputs.append(name)
        if held and name in held:
            if was := reader.last(name, there):
                entries.append(was)
            else:
                unread.append(name)
            continue
        try:
            entries.append(reader.entry(name, there))
        except InputError as error:
            unread.append(name)
            report.refused.append(name)
            report.add(error.problems)
    library = Library(entries, there.workspace.settings.house, unread, elsewhere)
    shown = {one.file: pictures(there.workspace, one) for one in library.entries}
    mandates = {name: file for one, _mandate in library.mandates.values() for name, file in shown[one.file].items()}
    for one, _organisation in library.organisations:
        # It prints the mandates' chapters, and so their pictures.
        shown[one.file] = mandates | shown[one.file]
    return Inputs(library, there.digests, shown)
