"""The documents in output/ that docgen made and no input makes now; which of them may go, and which must stay."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from docgen.deliver.facts import carried
from docgen.messages import _
from docgen.model.bad_value import BadValue
from docgen.model.carried import CONTENT, Paper
from docgen.model.documents import SUFFIX as WORD
from docgen.model.fingerprint import SOURCE
from docgen.problems import Problem, Where, reason
from docgen.run.exhibit import FOLDER as SHOWN
from docgen.run.ledger import Ledger
from docgen.run.lock import builder_lock
from docgen.run.pdfs import SUFFIX as PDF
from docgen.run.planning import Todo, planned_all
from docgen.run.report import Report
from docgen.run.workspace import Workspace, files_in, real, word_files
from docgen.source import source_name

Why = Literal["gone", "other", "beside", "edited", "approved", "numbers", "faulty", "away"]
"""Why a document is left over: its input is `gone` or makes `other` documents now, or it stood `beside` another.

And why one of these is kept: a person has `edited` it, it carries what is `approved` or fixed `numbers` that stand in
no other document, an input is `faulty`, or the folder of its input is `away`.
"""

COMMAND = "docgen clean"

_BESIDE = re.compile(r"(?P<stem>.+) \(ny(?: [0-9]+)?\)")

Number = tuple[str, int, int, str]
"""A fixed case number: its sequence, year, number and suffix."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A document that no input makes now. `file` is named from the workspace, `input` is without its suffix."""

    file: str
    input: str
    why: Why


@dataclass(slots=True)
class Cleaning:
    """What may go, what is kept, what has gone, and what could not be removed."""

    leftovers: list[Leftover] = field(default_factory=list)
    kept: list[Leftover] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def leftovers(workspace: Workspace) -> Cleaning:
    """Return the documents that no input makes now, and remove nothing.

    Raises BusyError while another docgen is at work, and RegisterError.
    """
    with builder_lock(workspace.root, COMMAND):
        return _leftovers(workspace)


def clean(workspace: Workspace, agreed: Collection[str]) -> Cleaning:
    """Remove the documents `agreed` to, those of them that may still go, and the folders that are empty after that.

    Raises BusyError while another docgen is at work, and RegisterError.
    """
    with builder_lock(workspace.root, COMMAND):
        # Looked at again: a person may have saved an input or a document while the question stood open.
        found = _leftovers(workspace)
        for one in found.leftovers:
            if one.file in agreed:
                _remove(workspace, one.file, found)
    return found


def _leftovers(workspace: Workspace) -> Cleaning:
    report = Report()
    with Ledger(workspace) as ledger:
        now = _Now.of(workspace, planned_all(workspace, ledger, report), report)
    papers = list(_papers(workspace))
    now.unclaimed = sorted(now.faulty - {paper.source for paper in papers})
    found = Cleaning()
    for paper in papers:
        if why := now.why_left(paper):
            kept = now.why_kept(paper, why)
            (found.kept if kept else found.leftovers).append(Leftover(paper.name, paper.source, kept or why))
    stands = {paper.name.casefold() for paper in papers} - {one.file.casefold() for one in found.leftovers}
    for pdf in _pdfs(workspace):
        if _document(pdf.name) in stands:
            continue  # it stays with its document
        if why := now.why_left(pdf):
            kept = now.why_kept(pdf, why)
            (found.kept if kept else found.leftovers).append(Leftover(pdf.name, pdf.source, kept or why))
    return found


@dataclass(slots=True)
class _Now:
    """What the inputs make now. All names of inputs are without their suffix."""

    root: Path
    makes: set[str]
    """The documents made now, from the workspace and in small letters: one that differs in case is the same file."""
    inputs: set[str]
    faulty: set[str]
    numbers: set[Number]
    """The case numbers in documents that are made now and lie in output/."""
    folders: list[str]
    """The folders of inputs that have any."""
    unclaimed: list[str] = field(default_factory=list)
    """Faulty inputs that no document names: any may be the new name of one that is gone."""

    @staticmethod
    def of(workspace: Workspace, todo: Todo, report: Report) -> _Now:
        output = workspace.name(workspace.output)
        made = {f"{output}/{plan.file}": Paper(plan.file, plan.name, dict(plan.facts), True) for plan in todo.all_plans}
        kept = {f"{output}/{name}" for name in todo.approvals.kept}
        refused = {one.file for one in todo.inputs.library.entries if not one.is_right} | set(report.refused)
        folders = [workspace.name(folder) for folder in workspace.input_folders]
        return _Now(
            workspace.root,
            {name.casefold() for name in (*made, *kept)},
            {source_name(name) for name in report.inputs},
            {source_name(name) for name in refused},
            {one for name, paper in made.items() if (workspace.root / name).is_file() for one in _numbers(paper) or ()},
            [folder for folder in folders if any(name.startswith(f"{folder}/") for name in report.inputs)],
        )

    def why_left(self, paper: Paper) -> Why | None:
        """Return why no input makes the document now, or None when one does."""
        if _document(paper.name) in self.makes:
            return None
        if owner := self._owner(paper):
            return None if self._is_needed(paper, owner) else "beside"
        return "other" if paper.source in self.inputs else "gone"

    def why_kept(self, paper: Paper, why: Why) -> Why | None:
        """Return why a document that is left over is kept all the same, or None when it may go."""
        if not paper.is_untouched:
            return "edited"
        if why == "beside":
            return None
        if paper.facts.get(CONTENT):
            return "approved"
        if paper.source in self.faulty or (why == "gone" and self.unclaimed):
            return "faulty"
        if not any(paper.source.startswith(f"{folder}/") for folder in self.folders):
            return "away"
        numbers = _numbers(paper)
        return "numbers" if numbers is None or numbers - self.numbers else None

    def _owner(self, paper: Paper) -> Path | None:
        """Return the document that is made now and that this one stands beside, as its name says, or None."""
        folder, _slash, file = paper.name.rpartition("/")
        stem, dot, suffix = file.rpartition(".")
        named = _BESIDE.fullmatch(stem)
        owner = f"{folder}/{named['stem']}{dot}{suffix}" if named else ""
        return self.root / owner if owner and _document(owner) in self.makes else None

    def _is_needed(self, paper: Paper, owner: Path) -> bool:
        """Return whether a document still waits for the place of the one that it stands beside."""
        there = carried(owner)
        if there is None or not there.is_untouched:
            return True
        # The place was taken after this one was written: it had waited, and was open when it should have gone.
        return (self.root / paper.name).stat().st_mtime_ns > owner.stat().st_mtime_ns


def _papers(workspace: Workspace) -> Iterator[Paper]:
    """Give the documents in output/ that docgen made of an input, but not those that somebody asked to be shown."""
    for file in word_files(workspace.output):
        if file.is_symlink() or file.relative_to(workspace.output).parts[0] == SHOWN:
            continue
        there = carried(file)
        if there:
            paper = Paper(workspace.name(file), file.name, there.facts, there.is_untouched)
            if paper.kind and paper.source:
                yield paper


def _pdfs(workspace: Workspace) -> Iterator[Paper]:
    """Give the PDF files in output/ that docgen made of a document; they tell of nothing that is registered."""
    for file in files_in(workspace.output, PDF):
        if file.is_symlink() or file.relative_to(workspace.output).parts[0] == SHOWN:
            continue
        there = carried(file)
        if there and there.facts.get(SOURCE):
            yield Paper(workspace.name(file), file.name, there.facts, there.is_untouched)


def _document(name: str) -> str:
    """Return the Word document that a file is, or is the PDF of, in small letters."""
    folded = name.casefold()
    return folded.removesuffix(PDF) + WORD if folded.endswith(PDF) else folded


def _numbers(paper: Paper) -> set[Number] | None:
    """Return the fixed case numbers that a document tells, or None when they can't be read."""
    try:
        cases = [case.number for case in paper.cases()]
    except BadValue:
        return None
    return {(paper.sequence, number.year, number.number, number.suffix) for number in cases}


def _remove(workspace: Workspace, name: str, found: Cleaning) -> None:
    file = workspace.root / name
    try:
        if not real(file.parent).is_relative_to(real(workspace.output)):
            raise OSError(_("the folder is a link that leads out of {output}", output=workspace.name(workspace.output)))
        file.unlink()
    except OSError as error:
        what = _("The document can't be deleted: {reason}.", reason=reason(error))
        found.problems.append(Problem(what, _("Close it in Word if it is open there, and try again."), Where(name)))
        return
    found.removed.append(name)
    _remove_empty(file.parent, workspace.output)


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder and those above it, as far as they are empty, but never `top`."""
    while folder != top and folder.is_relative_to(top):
        try:
            os.rmdir(folder)
        except OSError:
            return
        folder = folder.parent
