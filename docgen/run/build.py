"""The build: what changed is read, checked, numbered, rendered, frozen and published; the report tells of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from math import inf
from pathlib import Path

from docgen.deliver.publish import sweep
from docgen.model.documents import Plan
from docgen.model.file_names import same_name
from docgen.model.library import TooNarrow
from docgen.problems import DocgenError, Problem, WorkspaceError
from docgen.register import Clock, utc_now
from docgen.run.approved import related
from docgen.run.built import Built, load
from docgen.run.inputs import Reader, inputs
from docgen.run.ledger import Ledger
from docgen.run.lock import builder_lock
from docgen.run.looking import Held, Look, look
from docgen.run.making import Places, Press
from docgen.run.memory import BATCH, MANY, give_back
from docgen.run.planning import Todo, planned
from docgen.run.production import Progress, all_made, restored
from docgen.run.remembering import remember, tell_known
from docgen.run.report import Made, Report
from docgen.run.scan import Stamp
from docgen.run.seen import Seen, Unsettled, seen, stamp_of
from docgen.run.telling import Teller
from docgen.run.templates import Templates
from docgen.run.untouched import CACHE, KEY
from docgen.run.why import Causes
from docgen.run.workspace import Workspace, again


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


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a build is asked for; see Builder.build. `wanted` are the inputs to make the documents of, None for all."""

    held: Held
    at_rest: Mapping[str, Stamp] | None
    wanted: frozenset[str] | None
    dry_run: bool
    progress: Progress | None


class Builder:
    """Builds a workspace, once or again and again: it keeps in memory what the next build needs too."""

    def __init__(self, workspace: Workspace, clock: Clock = utc_now, *, watching: bool = False) -> None:
        self.workspace = workspace
        self._clock = clock
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
        wanted = frozenset(map(self.workspace.name, files)) or None
        try:
            report = self._settled(_Wish(held or {}, at_rest, wanted, dry_run, progress))
        except DocgenError as error:
            self._forget()
            if not dry_run:
                self._tell_failure(error)
            raise
        except BaseException:
            self._forget()
            raise
        if self._teller.watching and self._last is None:
            give_back()
        return report

    def _settled(self, wish: _Wish) -> Report:
        """Build, passing over what turns out to be written while it is read."""
        while True:
            try:
                return self._built(wish)
            except Unsettled as being_written:
                wish = replace(wish, held={**wish.held, str(being_written): None})

    def _built(self, wish: _Wish) -> Report:
        ledger = self._ledger = self._register()
        first = self._hastily_built(wish, ledger)
        there = seen(self.workspace)
        found, report, todo, press = self._begun(there, self._known(), ledger, wish)
        if wish.dry_run:
            report.documents += [_foretold(press, plan) for plan in todo.plans]
        else:
            sweep(self.workspace.root / name for name in there.left_by_a_crash())
            report.documents += all_made(press, todo, ledger, wish.progress)
            report.documents += restored(press, todo, ledger)
        for told in self._templates.problems.values():
            report.add(told)
        tell_known(report, found.built, found.scope, wish.wanted, self.workspace)
        report.held = {**dict.fromkeys(found.held, "settling"), **dict.fromkeys(found.asked, "asked")}
        report.add(found.asked.values())
        report.problems[:0] = self._faults
        if not wish.dry_run:
            self._note(found, todo, press, ledger, is_all=wish.wanted is None)
        report.begin_with(first)
        return report

    def _begun(self, there: Seen, built: Built, ledger: Ledger, wish: _Wish) -> tuple[Look, Report, Todo, Press]:
        found = look(there, built, ledger, self._reader, wish.held, wish.at_rest)
        try:
            report, todo = self._planned(found, ledger, wish)
        except TooNarrow:
            found.at_everything()
            report, todo = self._planned(found, ledger, wish)
        return found, report, todo, self._press(found, todo, report)

    def _hastily_built(self, wish: _Wish, ledger: Ledger) -> Report:
        """Make first what somebody has just written, in a workspace so large that looking through it takes its time.

        Thousands of new inputs are made in batches. What can't be told without looking at everything is left for that.
        """
        first, left = Report(), inf
        while made := self._batch_built(wish, ledger):
            report, still = made
            first.take_in(report)
            if not 0 < still < left:
                break
            left = still
        return first

    def _batch_built(self, wish: _Wish, ledger: Ledger) -> tuple[Report, int] | None:
        """Return what came of some new and changed inputs, and how many are left; None where there are none to make."""
        there = seen(self.workspace, is_hasty=True)
        if wish.dry_run or wish.wanted is not None or len(there.inputs) < MANY:
            return None
        built = self._kept() or load(self.workspace.root / self._cache, self.workspace.root, with_documents=False)
        found = look(there, built, ledger, self._reader, wish.held, wish.at_rest, BATCH)
        if found.scope.is_whole or not found.changes.content or found.is_restyled:
            return None
        try:
            report, todo = self._planned(found, ledger, wish)
        except TooNarrow:
            return None
        if built.is_partial:
            built.fetch(found.scope.asked | found.scope.removed)
        press = self._press(found, todo, report)
        report.documents += all_made(press, todo, ledger, wish.progress)
        report.documents += restored(press, todo, ledger)
        remember(found, todo, press, ledger)()
        self._last = None if built.is_partial else (built, stamp_of(self.workspace.root, self._cache))
        return report, found.left

    def _note(self, found: Look, todo: Todo, press: Press, ledger: Ledger, *, is_all: bool) -> None:
        """Take note of what was built, for people and for the next build."""
        report = press.report
        save = remember(found, todo, press, ledger)
        before = len(report.problems)
        self._teller.answered(self.workspace, found.seen, report, is_all=is_all)
        self._teller.shown(self.workspace, found.seen, found.built, report, self._now())
        if len(report.problems) > before:
            found.built.meta.pop(KEY, None)
        save()
        self._last = found.built, stamp_of(self.workspace.root, self._cache)
        if len(found.scope.asked) > MANY and self._teller.watching:
            # The few that are kept would hold on to all the memory round them.
            self._last, self._reader = None, Reader()

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
        self._teller.shown(self.workspace, there, self._known(), report, self._now())

    def _now(self) -> datetime:
        return self._clock().astimezone()

    def _look_at_settings(self) -> None:
        """Take docgen.toml as it is now. While it has a fault the last good one holds, and the fault is told."""
        try:
            self.workspace, self._faults = again(self.workspace), ()
        except WorkspaceError as error:
            self._faults = error.problems

    @property
    def _cache(self) -> str:
        return f"{self.workspace.name(self.workspace.output)}/{CACHE}"

    def _known(self) -> Built:
        """Return what was built of what."""
        return self._kept() or load(self.workspace.root / self._cache, self.workspace.root)

    def _kept(self) -> Built | None:
        """Return what was built of what if it is in memory as it was written last: it may be deleted at any time."""
        if self._last and self._last[1] and self._last[1] == stamp_of(self.workspace.root, self._cache):
            return self._last[0]
        return None

    def _planned(self, found: Look, ledger: Ledger, wish: _Wish) -> tuple[Report, Todo]:
        report, chosen = Report(), found.scope
        given = inputs(sorted(chosen.read), found.seen, self._reader, report, found.held, chosen.elsewhere)
        asked = chosen.asked if wish.wanted is None else chosen.asked & wish.wanted
        gone = None if chosen.is_whole else found.built.gone
        todo = planned(self.workspace, given, asked, report, ledger, dry_run=wish.dry_run, gone_before=gone)
        _tell(self.workspace, todo, report)
        return report, todo

    def _press(self, found: Look, todo: Todo, report: Report) -> Press:
        files = {same_name(plan.file) for plan in todo.all_plans} | found.scope.elsewhere.files
        return Press(
            self.workspace,
            self._templates,
            todo.inputs.shown,
            todo.approvals.pictures_before,
            Places(self.workspace.output, files),
            todo.nameless,
            report,
            found.built,
            found.seen,
            Causes(found.changes.content, found.changes.everything, partial(_related, todo)),
        )


def _related(todo: Todo, file: str) -> list[str]:
    """Return the files that an input takes facts from."""
    library = todo.inputs.library
    return next((related(one, library) for one in library.entries if one.file == file), [])


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
