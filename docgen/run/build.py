"""The build: inputs are read, checked, numbered, rendered, frozen and published; the report tells what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from docgen.model.agenda import Numbers
from docgen.model.check import check
from docgen.model.content import digest
from docgen.model.documents import APPROVED, Plan, Registered, documents
from docgen.model.library import Entry
from docgen.register import RegisterError
from docgen.run.approved import Approvals, approvals
from docgen.run.inputs import Inputs, read_inputs
from docgen.run.ledger import Clock, Ledger, as_frozen, utc_now
from docgen.run.making import Press
from docgen.run.report import Made, Report
from docgen.run.templates import Templates
from docgen.run.workspace import Workspace, inside
from docgen.source import source_name

Progress = Callable[[int, int, str], None]
"""Told after each document: how many are done, how many there are, and the file's name."""


def build(
    workspace: Workspace,
    files: Sequence[Path] = (),
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    clock: Clock = utc_now,
) -> Report:
    """Make the documents of `files`, or of every input, and return what came of it.

    Every input is read in any case, since what one says (members, numbers, attachments) stands in others' documents.
    With `dry_run` nothing is written. Raises RegisterError when the register can't be used.
    """
    report = Report()
    with Ledger(workspace, clock) as ledger:
        todo = planned(workspace, files, report, ledger, dry_run=dry_run)
        press = _press(workspace, todo, report)
        count = len(todo.plans)
        for entry, plans in todo.by_input():
            for made in _planned(press, plans) if dry_run else _made(press, todo, ledger, entry, plans):
                report.documents.append(made)
                if progress:
                    progress(min(len(report.documents), count), count, made.file)
        if not dry_run:
            report.documents += _restored(press, todo, ledger)
    return report


@dataclass(frozen=True, slots=True)
class Todo:
    """The documents to make, of what, and those that no document may take the place of."""

    inputs: Inputs
    numbers: Numbers
    approvals: Approvals
    plans: list[Plan]
    all_plans: list[Plan]
    nameless: frozenset[str]
    asked: frozenset[str]

    def by_input(self) -> Iterable[tuple[Entry, list[Plan]]]:
        """Give each input with its documents."""
        entries = {one.file: one for one in self.inputs.library.entries}
        for name, plans in groupby(self.plans, key=lambda plan: plan.input):
            yield entries[name], list(plans)


def planned(workspace: Workspace, files: Sequence[Path], report: Report, ledger: Ledger, *, dry_run: bool) -> Todo:
    """Read and check every input, fix what is to be fixed, and return the documents to make of `files` (or of all)."""
    inputs = read_inputs(workspace, report)
    library = inputs.library
    given = check(library, lambda source, named: inside(workspace, source, named) is not None, ledger.record)
    approved = approvals(inputs, given, ledger.record, ledger.register)
    everything = set(report.inputs)
    asked = frozenset({workspace.name(file) for file in files} or everything)
    if dry_run:
        report.fixed = ledger.foretell_numbers(library, given, asked)
    else:
        given, report.fixed = ledger.fix_numbers(library, given, asked)
        if report.fixed:
            approved = approvals(inputs, given, ledger.record, ledger.register)
    kept = {name: one for name, one in approved.kept.items() if one.input in asked}
    plans = documents(library, given, _registered(approved, given, ledger))
    if dry_run:
        right = {one.file for one in library.entries if one.is_right} & asked
        report.frozen = [
            news
            for name, how in approved.standings.items()
            if name in right
            for news in as_frozen(name, how.document, how)
        ]
    _tell(workspace, inputs, asked, report)
    seen = {one.file for one in library.entries if one.seen is not None}
    nameless = frozenset(source_name(name) for name in everything - seen)
    approved.kept = kept
    return Todo(inputs, given, approved, [plan for plan in plans if plan.input in asked], plans, nameless, asked)


def _registered(approved: Approvals, given: Numbers, ledger: Ledger) -> Registered:
    """Return what the register means for the documents."""
    digests = {}
    for name, how in approved.standings.items():
        if not how.is_draft and how.is_right:
            unseen = how.new or how.is_unseen or not how.in_force
            digests[name] = digest(how.parts()) if unseen or not how.in_force else how.in_force.digest
    seals = {name: f"{one.meeting.row} {ledger.seal(one.meeting.row)}" for name, one in given.items() if one.meeting}
    return Registered(approved.as_approved, digests, seals, approved.before, tuple(approved.kept))


def _tell(workspace: Workspace, inputs: Inputs, asked: frozenset[str], report: Report) -> None:
    """Tell the report what is wrong with the inputs that were asked for."""
    entries = inputs.library.entries
    refused = [one.file for one in entries if not one.is_right]
    report.refused = sorted(name for name in {*report.refused, *refused} if name in asked)
    for one in entries:
        if one.file in asked:
            report.add(sorted(one.problems, key=lambda problem: problem.where.line or 0))
    report.inputs = sorted(asked)
    report.problems = sorted(
        (problem for problem in report.problems if problem.where.file in asked), key=lambda problem: problem.where.file
    )
    report.problems[:0] = workspace.warnings


def _press(workspace: Workspace, todo: Todo, report: Report) -> Press:
    places = frozenset(workspace.output / plan.file for plan in todo.all_plans)
    return Press(
        workspace,
        Templates(workspace),
        todo.inputs.shown,
        todo.approvals.pictures_before,
        places,
        todo.nameless,
        report,
    )


def _planned(press: Press, plans: Iterable[Plan]) -> list[Made]:
    return [press.told(plan, "planned") for plan in plans]


def _made(press: Press, todo: Todo, ledger: Ledger, entry: Entry, plans: Sequence[Plan]) -> Iterable[Made]:
    """Make the documents of one input: what an approval freezes is frozen before any of it is published."""
    how = todo.approvals.standings.get(entry.file)
    freezes = how is not None and how.is_right and (how.new or how.is_unseen)
    if how and freezes and not _is_frozen(press, todo, ledger, entry, plans):
        yield from (press.told(plan, "failed") for plan in plans if plan.kind in APPROVED)
        plans = [plan for plan in plans if plan.kind not in APPROVED]
    for plan in plans:
        yield press.published(plan, press.rendered(plan))


def _is_frozen(press: Press, todo: Todo, ledger: Ledger, entry: Entry, plans: Sequence[Plan]) -> bool:
    """Freeze the new versions of an input with the documents made of it; return whether that could be done."""
    how = todo.approvals.standings[entry.file]
    made = [(plan.file, press.rendered(plan)) for plan in plans if plan.kind in APPROVED and not how.is_draft]
    whole = [(name, data) for name, data in made if data is not None]
    if len(whole) < len(made):
        return False
    known = todo.numbers[entry.file].meeting if entry.file in todo.numbers else None
    try:
        press.report.frozen += ledger.freeze(entry, how, whole, todo.inputs, known.number if known else 0)
    except RegisterError as error:
        press.report.add(error.problems)
        return False
    return True


def _restored(press: Press, todo: Todo, ledger: Ledger) -> list[Made]:
    """Put editions in force back that are gone from output/, and that no input can make now."""
    found = []
    for name, kept in todo.approvals.kept.items():
        if ledger.register and not (press.workspace.output / name).exists():
            found.append(press.restored(name, kept.kind, kept.input, ledger.register.file(kept.digest)))
    return found
