"""The build: what changed is read, checked, numbered, rendered, frozen and published; the report tells of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.deliver.publish import sweep
from docgen.model.documents import APPROVED, Plan
from docgen.model.families import EVERY
from docgen.model.library import Entry, Library, TooNarrow
from docgen.problems import InputError, Problem
from docgen.register import RegisterError
from docgen.run.built import Built, load
from docgen.run.inputs import Reader, inputs
from docgen.run.ledger import Clock, Ledger, utc_now
from docgen.run.lock import builder_lock
from docgen.run.making import Order, Places, Press
from docgen.run.planning import Todo, planned
from docgen.run.program import program
from docgen.run.remembering import remember, tell_known
from docgen.run.report import Made, Report
from docgen.run.seen import Seen, seen, templates_seen
from docgen.run.stale import Changes, Scope, changes, elsewhere, scope, whole
from docgen.run.templates import Templates
from docgen.run.workspace import Workspace

Progress = Callable[[int, int, str], None]
"""Told after each document: how many are done, how many there are, and the file's name."""

Held = Mapping[str, Problem | None]
"""Inputs that are passed over: still being written (None), or asked about."""

CACHE = ".docgen/built.db"
"""Where the cache lies in output/."""

_NOTED = 200
"""How many documents are made before they are written down as made."""


def build(
    workspace: Workspace,
    files: Sequence[Path] = (),
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    clock: Clock = utc_now,
) -> Report:
    """Make the documents of `files`, or of every input, that are not as they should be; return how all of them stand.

    With `dry_run` nothing is written. Raises RegisterError when the register can't be used, and BusyError when another
    docgen is at work.
    """
    builder = Builder(workspace, clock)
    with nullcontext() if dry_run else builder_lock(workspace.root, "docgen build", clock):
        return builder.build(files=files, dry_run=dry_run, progress=progress)


@dataclass(slots=True)
class _Look:
    """One look at the workspace: what is on disk, what was built, what changed, and what is to be looked at."""

    seen: Seen
    built: Built
    changes: Changes
    scope: Scope
    state: dict[str, str]
    held: Held


class Builder:
    """Builds a workspace, once or again and again: it keeps in memory what the next build needs too."""

    def __init__(self, workspace: Workspace, clock: Clock = utc_now) -> None:
        self.workspace = workspace
        self._clock = clock
        self._templates = Templates(workspace)
        self._reader = Reader()

    def build(
        self,
        held: Held | None = None,
        *,
        files: Sequence[Path] = (),
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Report:
        """Make what is not as it should be, and return how everything stands. See `build`."""
        with Ledger(self.workspace, self._clock) as ledger:
            look = self._look(ledger, held or {})
            wanted = frozenset(map(self.workspace.name, files)) or None
            try:
                report, todo = self._planned(look, ledger, wanted, dry_run=dry_run)
            except TooNarrow:
                look.scope = whole(look.changes, look.seen, look.held)
                report, todo = self._planned(look, ledger, wanted, dry_run=dry_run)
            press = self._press(look, todo, report)
            if dry_run:
                report.documents += [_foretold(press, plan) for plan in todo.plans]
            else:
                sweep(self.workspace.root / name for name in look.seen.made.files if name.endswith(".tmp"))
                for made in _all_made(press, todo, ledger, progress):
                    report.documents.append(made)
                report.documents += _restored(press, todo, ledger)
            tell_known(report, look.built, look.scope, wanted, self.workspace)
            if not dry_run:
                remember(look.built, look.seen, look.scope, todo, press, ledger, look.state)
        return report

    def _look(self, ledger: Ledger, held: Held) -> _Look:
        there = seen(self.workspace)
        built = load(self.workspace.output / CACHE)
        names, stamps = templates_seen(there)
        state = {"program": program(), "settings": self.workspace.digest, "register": ledger.head, "templates": names}
        found = changes(built, there, _restyled(built, stamps), held, state)
        state["stamps"] = json.dumps(stamps)
        chosen = None
        if not found.everything:
            chosen = self._scope(found, built, there, ledger, held)
        return _Look(there, built, found, chosen or whole(found, there, held), state, held)

    def _scope(self, found: Changes, built: Built, there: Seen, ledger: Ledger, held: Held) -> Scope | None:
        """Return the inputs to look at and read, or None for all of them."""
        hubs = {name for name, one in built.inputs.items() if EVERY in one.families} & set(there.inputs)
        context = Library(self._entries(hubs, there, held).values(), self.workspace.settings.house)
        entries = self._entries((found.new | found.changed) - set(held), there, held)
        chosen = scope(found, entries, context, built, ledger.record, there, held)
        if chosen is None:
            return None
        read = self._entries(chosen.read, there, held)
        return replace(chosen, elsewhere=elsewhere(chosen, read.values(), context, built))

    def _entries(self, names: Iterable[str], there: Seen, held: Held) -> dict[str, Entry]:
        """Return those of the named inputs that can be read."""
        found = {}
        for name in names:
            try:
                one = self._reader.last(name, there) if name in held else self._reader.entry(name, there)
            except InputError:
                continue
            if one:
                found[name] = one
        return found

    def _planned(
        self, look: _Look, ledger: Ledger, wanted: frozenset[str] | None, *, dry_run: bool
    ) -> tuple[Report, Todo]:
        report = Report()
        found = inputs(sorted(look.scope.read), look.seen, self._reader, report, look.held, look.scope.elsewhere)
        asked = look.scope.asked if wanted is None else look.scope.asked & wanted
        gone = None if look.scope.is_whole else look.built.gone
        todo = planned(self.workspace, found, asked, report, ledger, dry_run=dry_run, gone_before=gone)
        _tell(self.workspace, todo, report)
        return report, todo

    def _press(self, look: _Look, todo: Todo, report: Report) -> Press:
        files = {plan.file.casefold() for plan in todo.all_plans} | look.scope.elsewhere.files
        return Press(
            self.workspace,
            self._templates,
            todo.inputs.shown,
            todo.approvals.pictures_before,
            Places(self.workspace.output, files),
            todo.nameless,
            report,
            look.built,
            look.seen,
            look.state["program"],
        )


def _restyled(built: Built, stamps: Mapping[str, object]) -> frozenset[str]:
    """Return the templates that are not as they were."""
    known = built.templates
    return frozenset(name for name, stamp in stamps.items() if stamp is None or known.get(name) != stamp)


def _tell(workspace: Workspace, todo: Todo, report: Report) -> None:
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


def _foretold(press: Press, plan: Plan) -> Made:
    """Return what a build would make of a plan."""
    order = press.order(plan)
    return press.told(plan, "unchanged" if order and order.is_fresh else "planned")


def _all_made(press: Press, todo: Todo, ledger: Ledger, progress: Progress | None) -> Iterator[Made]:
    """Make the documents, those of an input in turn, and write now and then down what is made."""
    done, count, written = 0, len(todo.plans), 0
    for entry, plans in todo.by_input():
        for made in _made(press, todo, ledger, entry, plans):
            done += 1
            if progress:
                progress(min(done, count), count, made.file)
            yield made
        if len(press.noted) - written >= _NOTED:
            press.built.note(list(press.noted.values())[written:])
            written = len(press.noted)


def _made(press: Press, todo: Todo, ledger: Ledger, entry: Entry, plans: Sequence[Plan]) -> Iterable[Made]:
    """Make the documents of one input: what an approval freezes is frozen before any of it is published."""
    how = todo.approvals.standings.get(entry.file)
    freezes = how is not None and how.is_right and bool(how.new or how.is_unseen)
    orders = {plan.file: press.order(plan) for plan in plans}
    frozen: dict[str, bytes | None] = {}
    if freezes:
        frozen = {plan.file: _rendered(press, orders[plan.file]) for plan in plans if plan.kind in APPROVED}
        if not _is_frozen(press, todo, ledger, entry, frozen):
            yield from (press.told(plan, "failed") for plan in plans if plan.kind in APPROVED)
            plans = [plan for plan in plans if plan.kind not in APPROVED]
    for plan in plans:
        order = orders[plan.file]
        if order and order.is_fresh and plan.file not in frozen:
            yield press.as_it_was(order)
        else:
            data = frozen[plan.file] if plan.file in frozen else _rendered(press, order)
            yield press.published(plan, order, data)


def _rendered(press: Press, order: Order | None) -> bytes | None:
    return press.rendered(order) if order else None


def _is_frozen(press: Press, todo: Todo, ledger: Ledger, entry: Entry, rendered: Mapping[str, bytes | None]) -> bool:
    """Freeze the new versions of an input with the documents made of it; return whether that could be done."""
    how = todo.approvals.standings[entry.file]
    made = [] if how.is_draft else list(rendered.items())
    whole_ones = [(name, data) for name, data in made if data is not None]
    if len(whole_ones) < len(made):
        return False
    known = todo.numbers[entry.file].meeting if entry.file in todo.numbers else None
    try:
        press.report.frozen += ledger.freeze(entry, how, whole_ones, todo.inputs, known.number if known else 0)
    except RegisterError as error:
        press.report.add(error.problems)
        return False
    return True


def _restored(press: Press, todo: Todo, ledger: Ledger) -> list[Made]:
    """Put editions in force back that are gone from output/, and that no input can make now."""
    found = []
    for name, kept in todo.approvals.kept.items():
        if ledger.register is None or kept.input not in todo.asked:
            continue
        if (press.workspace.output / name).exists():
            press.keep(name, kept.kind, kept.input, kept.digest)
        else:
            found.append(press.restored(name, kept.kind, kept.input, kept.digest, ledger.register.file(kept.digest)))
    return found
