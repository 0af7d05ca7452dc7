"""The build: what changed is read, checked, numbered, rendered, frozen and published; the report tells of it."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from docgen.deliver.publish import sweep
from docgen.model.documents import Plan
from docgen.model.families import EVERY
from docgen.model.file_names import same_name
from docgen.model.library import Entry, Library, TooNarrow
from docgen.problems import DocgenError, InputError, Problem, WorkspaceError
from docgen.program import program
from docgen.register import Clock, utc_now
from docgen.run.approved import related
from docgen.run.built import Built, load
from docgen.run.inputs import Reader, inputs
from docgen.run.ledger import Ledger
from docgen.run.lock import builder_lock
from docgen.run.making import Places, Press
from docgen.run.planning import Todo, planned
from docgen.run.production import Progress, all_made, restored
from docgen.run.remembering import remember, tell_known
from docgen.run.report import Made, Report
from docgen.run.scan import Stamp
from docgen.run.seen import Seen, Unsettled, seen, stamp_of
from docgen.run.stale import Changes, Scope, changes, elsewhere, scope, whole
from docgen.run.strays import strays
from docgen.run.telling import Teller
from docgen.run.templates import Templates
from docgen.run.untouched import CACHE, KEY
from docgen.run.why import Causes
from docgen.run.workspace import Workspace, again

Held = Mapping[str, Problem | None]
"""Inputs that are passed over: still being written (None), or asked about."""


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
    lock = nullcontext() if dry_run else builder_lock(workspace.root, "docgen build", clock)
    with lock, closing(Builder(workspace, clock)) as builder:
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
    asked: dict[str, Problem]
    """Inputs that a person is asked about."""

    @property
    def cache(self) -> str:
        return f"{self.seen.output}/{CACHE}"


class Builder:
    """Builds a workspace, once or again and again: it keeps in memory what the next build needs too."""

    def __init__(self, workspace: Workspace, clock: Clock = utc_now, *, watching: bool = False) -> None:
        self.workspace = workspace
        self._clock = clock
        self._program = program()  # what is at work is what was loaded at the start
        self._templates = Templates(workspace)
        self._reader = Reader()
        self._teller = Teller(watching)
        self._faults: tuple[Problem, ...] = ()
        """What is wrong with docgen.toml, while the last good one is used."""
        self._ledger: Ledger | None = None
        self._last: tuple[Built, Stamp | None] | None = None
        """What was built of what, and the stamp of the cache that holds it."""

    def build(
        self,
        held: Held | None = None,
        *,
        at_rest: Mapping[str, Stamp] | None = None,
        files: Sequence[Path] = (),
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Report:
        """Make what is not as it should be, and return how everything stands. See `build`.

        With `at_rest`, inputs that have another stamp than there, or none, are passed over as still being written.
        """
        self._look_at_settings()
        self._templates.look_again(self.workspace)
        try:
            while True:
                try:
                    return self._built(held or {}, at_rest, files, progress, dry_run=dry_run)
                except Unsettled as being_written:
                    held = {**(held or {}), str(being_written): None}
        except DocgenError as error:
            self._forget()
            if not dry_run:
                self._tell_failure(error)
            raise
        except BaseException:
            self._forget()
            raise

    def _built(
        self,
        held: Held,
        at_rest: Mapping[str, Stamp] | None,
        files: Sequence[Path],
        progress: Progress | None,
        *,
        dry_run: bool,
    ) -> Report:
        ledger = self._ledger = self._register()
        look = self._look(ledger, held, at_rest)
        wanted = frozenset(map(self.workspace.name, files)) or None
        try:
            report, todo = self._planned(look, ledger, wanted, dry_run=dry_run)
        except TooNarrow:
            look.scope = whole(look.changes, look.seen, look.built, look.held)
            report, todo = self._planned(look, ledger, wanted, dry_run=dry_run)
        press = self._press(look, todo, report)
        if dry_run:
            report.documents += [_foretold(press, plan) for plan in todo.plans]
        else:
            sweep(self.workspace.root / name for name in look.seen.left_by_a_crash())
            for made in all_made(press, todo, ledger, progress):
                report.documents.append(made)
            report.documents += restored(press, todo, ledger)
        for told in self._templates.problems.values():
            report.add(told)
        tell_known(report, look.built, look.scope, wanted, self.workspace)
        self._tell_held(report, look)
        if not dry_run:
            save = remember(look.built, look.seen, look.scope, todo, press, ledger, look.state, look.held)
            before = len(report.problems)
            self._teller.answered(self.workspace, look.seen, report, is_all=wanted is None)
            self._teller.shown(self.workspace, look.seen, look.built, report, self._now())
            if len(report.problems) > before:
                look.built.meta.pop(KEY, None)
            save()
            self._last = look.built, stamp_of(self.workspace.root, look.cache)
        return report

    def _register(self) -> Ledger:
        """Return the register as it is now: the one that is open, unless another has taken its place."""
        if self._ledger:
            if self._ledger.look_again(self.workspace):
                return self._ledger
            self._ledger.close()
        return Ledger(self.workspace, self._clock)

    def _forget(self) -> None:
        """Take nothing for known: what is in memory may not be what the cache and the register hold."""
        self._last = None
        self.close()

    def close(self) -> None:
        """Let go of the register."""
        ledger, self._ledger = self._ledger, None
        if ledger:
            ledger.close()

    def look(self) -> None:
        """Tell on the status page that docgen has looked now, and found nothing to do."""
        self._teller.looked(self.workspace, self._now(), Report())

    def _tell_failure(self, error: DocgenError) -> None:
        """Tell on the status page why nothing could be built."""
        there = seen(self.workspace)
        report = Report(inputs=there.inputs, problems=[*self._faults, *error.problems])
        self._teller.shown(
            self.workspace, there, load(self.workspace.output / CACHE, self.workspace.root), report, self._now()
        )

    def _now(self) -> datetime:
        return self._clock().astimezone()

    def _look_at_settings(self) -> None:
        """Take docgen.toml as it is now. While it has a fault the last good one holds, and the fault is told."""
        try:
            self.workspace, self._faults = again(self.workspace), ()
        except WorkspaceError as error:
            self._faults = error.problems

    def _tell_held(self, report: Report, look: _Look) -> None:
        report.held = {**dict.fromkeys(look.held, "settling"), **dict.fromkeys(look.asked, "asked")}
        report.add(look.asked.values())
        report.problems[:0] = self._faults

    def _look(self, ledger: Ledger, held: Held, at_rest: Mapping[str, Stamp] | None) -> _Look:
        there = seen(self.workspace)
        built = self._known(f"{there.output}/{CACHE}")
        if at_rest is not None:
            there.is_strict = True
            held = {**_restless(there, built, at_rest), **held}
        asked = {name: problem for name, problem in held.items() if problem}
        asked |= strays(there.inputs, built.inputs, platform.node())
        # What a person is asked about is as if it were not there.
        there.inputs = [name for name in there.inputs if name not in asked]
        held = {name: None for name in held if name not in asked}
        names = there.templates
        stamps = {name: list(stamp) if (stamp := there.stamp(name)) else None for name in names}
        state = {
            "program": self._program,
            "settings": self.workspace.digest,
            "register": ledger.head,
            "templates": json.dumps(names),
        }
        found = changes(built, there, _restyled(built, stamps), held, state)
        state["stamps"] = json.dumps(stamps)
        chosen = None
        if not found.everything:
            chosen = self._scope(found, built, there, ledger, held)
        return _Look(there, built, found, chosen or whole(found, there, built, held), state, held, asked)

    def _known(self, cache: str) -> Built:
        """Return what was built of what, as it was written last: it may be deleted at any time."""
        if self._last and self._last[1] and self._last[1] == stamp_of(self.workspace.root, cache):
            return self._last[0]
        return load(self.workspace.root / cache, self.workspace.root)

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
        files = {same_name(plan.file) for plan in todo.all_plans} | look.scope.elsewhere.files
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
            Causes(look.changes.content, look.changes.everything, partial(_related, todo)),
        )


def _related(todo: Todo, file: str) -> list[str]:
    """Return the files that an input takes facts from."""
    library = todo.inputs.library
    return next((related(one, library) for one in library.entries if one.file == file), [])


def _restless(there: Seen, built: Built, at_rest: Mapping[str, Stamp]) -> dict[str, None]:
    """Return the inputs that came, went or were written after the watcher had looked."""
    here = set(there.inputs)
    moved = {name for name in here if at_rest.get(name) != there.found.files.get(name)}
    return dict.fromkeys(moved | {name for name in at_rest if name in built.inputs and name not in here})


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
    if order and order.is_fresh:
        return press.told(plan, "unchanged")
    return press.told(plan, "planned", why=order.why if order else "")
