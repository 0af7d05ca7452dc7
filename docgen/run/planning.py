"""What a build makes: inputs read and checked, numbers fixed, and the documents that follow from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from docgen.model.agenda import Numbers
from docgen.model.check import check
from docgen.model.content import digest
from docgen.model.documents import Plan, Registered, named
from docgen.model.documents import planned as plans_of
from docgen.model.file_names import same_name
from docgen.model.library import Entry, Library, TooNarrow
from docgen.model.record import Record
from docgen.run.approved import Approvals, approvals, related
from docgen.run.foreseen import ForeseenLedger
from docgen.run.inputs import Inputs, read_inputs
from docgen.run.ledger import Ledger, told_frozen
from docgen.run.report import Report
from docgen.run.workspace import Workspace, inside
from docgen.source import source_name


@dataclass(frozen=True, slots=True)
class Todo:
    """The documents to make, of what, and those that no document may take the place of.

    `plans` are of the inputs that were `asked` for, `all_plans` of all that were read. `nameless` are inputs that can't
    be read, and `gone` the meetings of the register whose input is gone.
    """

    inputs: Inputs
    numbers: Numbers
    approvals: Approvals
    plans: list[Plan]
    all_plans: list[Plan]
    nameless: frozenset[str]
    asked: frozenset[str]
    gone: tuple[int, ...]
    wanted: dict[str, list[str]]
    """By input, right or not, the paths from output/ that its documents would have alone, as same_name gives them."""

    def by_input(self) -> Iterable[tuple[Entry, list[Plan]]]:
        """Give each input with its documents."""
        entries = {one.file: one for one in self.inputs.library.entries}
        for name, plans in groupby(self.plans, key=lambda plan: plan.input):
            yield entries[name], list(plans)

    def related(self, file: str) -> list[str]:
        """Return the files that an input takes facts from."""
        library = self.inputs.library
        return next((related(one, library) for one in library.entries if one.file == file), [])


def planned_all(workspace: Workspace, ledger: Ledger, report: Report) -> Todo:
    """Return the documents of every input, with nothing fixed and nothing made."""
    found = read_inputs(workspace, report)
    return planned(workspace, found, frozenset(report.inputs), report, ledger, dry_run=True)


def planned(
    workspace: Workspace,
    found: Inputs,
    asked: frozenset[str],
    report: Report,
    ledger: Ledger,
    *,
    dry_run: bool,
    gone_before: tuple[int, ...] | None = None,
) -> Todo:
    """Check the inputs, fix what is to be fixed of those `asked` for, and return the documents to make of them.

    Raises TooNarrow, with nothing fixed, when that can't be told from these inputs alone: `gone_before` are the
    meetings whose inputs were gone, which any input may be asked about.
    """
    library = found.library
    given = check(library, lambda source, named: inside(workspace, source, named) is not None, ledger.record)
    gone = _gone(library, given, ledger.record)
    if gone_before is not None and gone != gone_before:
        raise TooNarrow
    approved = approvals(found, given, ledger.record, ledger.register)
    if dry_run:
        _then, report.fixed = ForeseenLedger(ledger).fix_numbers(library, given, asked)
    else:
        given, report.fixed = ledger.fix_numbers(library, given, asked)
        if report.fixed:
            approved = approvals(found, given, ledger.record, ledger.register)
    known = _registered(approved, given, ledger)
    wanted = plans_of(library, given, known)
    plans = named(wanted, library, known)
    if dry_run:
        right = {one.file for one in library.entries if one.is_right} & asked
        report.frozen = [
            news
            for name, how in approved.standings.items()
            if name in right
            for news in told_frozen(name, how.document, how)
        ]
    nameless = frozenset(source_name(name) for name in library.unreadable)
    asked_plans = [plan for plan in plans if plan.input in asked]
    names: dict[str, list[str]] = {}
    for entry, plan in wanted:
        names.setdefault(entry.file, []).append(same_name(plan.file))
    return Todo(found, given, approved, asked_plans, plans, nameless, asked, gone, names)


def _gone(library: Library, given: Numbers, record: Record) -> tuple[int, ...]:
    """Return the meetings of the register whose input is gone."""
    present = {one.meeting.number for one in given.values() if one.meeting} | library.elsewhere.meetings
    unread = {source_name(file) for file in library.unreadable}
    return tuple(one.number for one in record.missing(present) if one.source not in unread)


def _registered(approved: Approvals, given: Numbers, ledger: Ledger) -> Registered:
    """Return what the register means for the documents."""
    digests = {}
    for name, how in approved.standings.items():
        if not how.is_draft and how.is_right:
            unseen = how.new or how.is_unseen or not how.in_force
            digests[name] = digest(how.parts()) if unseen or not how.in_force else how.in_force.digest
    seals = {name: f"{one.meeting.row} {ledger.seal(one.meeting.row)}" for name, one in given.items() if one.meeting}
    return Registered(approved.as_approved, digests, seals, approved.before, tuple(approved.kept))


def tell(workspace: Workspace, todo: Todo, report: Report) -> None:
    """Tell the report what is wrong with the inputs that were asked for."""
    entries = todo.inputs.library.entries
    refused = [one.file for one in entries if not one.is_right]
    report.refused = sorted(name for name in {*report.refused, *refused} if name in todo.asked)
    for one in entries:
        if one.file in todo.asked:
            report.add(sorted(one.problems, key=lambda problem: problem.where.line or 0))
    report.inputs = sorted(todo.asked)
    report.problems = sorted(
        (problem for problem in report.problems if problem.where.file in todo.asked),
        key=lambda problem: problem.where.file,
    )
    report.problems[:0] = workspace.warnings
