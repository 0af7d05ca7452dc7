"""The build: what changed is read, checked, numbered, rendered, frozen and published; the report tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.deliver.publish import sweep
from docgen.model.file_names import same_name
from docgen.model.library import TooNarrow
from docgen.problems import DocgenError
from docgen.register import Clock, utc_now
from docgen.run.aftermath import Aftermath
from docgen.run.ahead import NOT_READY, Ahead, ahead, can_be_ahead
from docgen.run.built import Built, load, meta
from docgen.run.foreseen import ForeseenLedger
from docgen.run.inputs import Reader, inputs
from docgen.run.last_good import LastGood
from docgen.run.ledger import Ledger
from docgen.run.lock import builder_lock
from docgen.run.looking import Batches, Held, Look, look
from docgen.run.making import Places, Press
from docgen.run.memory import BATCH, MANY, give_back
from docgen.run.pdf_work import PdfWork
from docgen.run.planning import Todo, planned, tell
from docgen.run.production import Progress, all_made, restored
from docgen.run.remembering import remember, tell_known
from docgen.run.report import Made, Printed, Report
from docgen.run.scan import Stamp
from docgen.run.seen import Seen, Unsettled, seen, stamp_of
from docgen.run.templates import Templates
from docgen.run.untouched import CACHE, Glimpse
from docgen.run.why import Causes
from docgen.run.workspace import Workspace

if TYPE_CHECKING:
    from docgen.run.pdfs import Pdfs


def build(
    workspace: Workspace,
    files: Sequence[Path] = (),
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    clock: Clock = utc_now,
    glimpse: Glimpse | None = None,
    pdfs: Pdfs | None = None,
) -> Report:
    """Make the documents of `files`, or of every input, that are not as they should be; return how all of them stand.

    With `dry_run` nothing is written; `glimpse` is what was just seen of the inputs; with `pdfs` the documents have PDF
    files beside them. Raises RegisterError when the register can't be used, BusyError when another docgen is at work.
    """
    lock = nullcontext() if dry_run else builder_lock(workspace.root, "docgen build", clock)
    with lock, closing(Builder(workspace, clock, glimpse=glimpse, pdfs=pdfs)) as builder:
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

    def __init__(
        self,
        workspace: Workspace,
        clock: Clock = utc_now,
        *,
        watching: bool = False,
        glimpse: Glimpse | None = None,
        pdfs: Pdfs | None = None,
    ) -> None:
        self.workspace = workspace
        self._clock = clock
        self._templates = Templates(workspace)
        self._reader = Reader()
        self._pdf = PdfWork(pdfs)
        self._after = Aftermath(self._pdf, clock, watching=watching)
        self._settings = LastGood(workspace)
        self._glimpse = glimpse
        self._ledger: Ledger | None = None
        self._early_reader = Reader()
        """It has read files that were not at rest, and nobody else is to know what it has read."""
        self._ahead: Ahead | None = None
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
        self.workspace = self._settings.look_again()
        self._templates.look_again(self.workspace)
        wanted = frozenset(map(self.workspace.name, files)) or None
        try:
            report = self._settled(_Wish(held or {}, at_rest, wanted, dry_run, progress))
        except DocgenError as error:
            self._forget()
            if not dry_run:
                self._after.failed(self.workspace, self._known(), error, self._settings.faults)
            raise
        except BaseException:
            self._forget()
            raise
        if self._after.watching and len(report.inputs) > MANY:
            give_back()
        return report

    def prepare(self, at_rest: Mapping[str, Stamp]) -> None:
        """Make ready what a build will make if the files come to rest with the stamps `at_rest`.

        Nothing is fixed and nothing published. The next build makes use of it if all is as it was, or of nothing of it.
        """
        self._drop_ahead()
        with suppress(*NOT_READY):
            self._ahead = self._made_ahead(at_rest)
            if self._ahead:
                self._pdf.warm()

    def _made_ahead(self, at_rest: Mapping[str, Stamp]) -> Ahead | None:
        ledger, built = self._register(), self._known()
        self._ledger, self._last = ledger, (built, stamp_of(self.workspace.root, self._cache))
        if ledger.register is None:
            return None
        self._templates.look_again(self.workspace)
        foreseen = ForeseenLedger(ledger)
        found = look(seen(self.workspace, is_hasty=True), built, foreseen, self._early_reader, {}, at_rest)
        if not can_be_ahead(found):
            return None
        report, todo = self._planned(found, foreseen, _Wish({}, at_rest, None, False, None))
        made = ahead(found, todo, self._press(found, todo, report), foreseen, at_rest)
        if made and foreseen.news:
            ledger.open_to_write()
        return made

    def _settled(self, wish: _Wish) -> Report:
        """Build, passing over what turns out to be written while it is read."""
        while True:
            try:
                return self._built(wish)
            except Unsettled as being_written:
                wish = replace(wish, held={**wish.held, str(being_written): None})

    def _built(self, wish: _Wish) -> Report:
        if first := self._built_ahead(wish):
            assert self._ledger
            ledger = self._ledger
        else:
            ledger = self._ledger = self._register()
            first = self._hastily_built(wish, ledger)
        there = seen(self.workspace)
        found, report, todo, press = self._begun(there, self._known(), ledger, wish)
        if wish.dry_run:
            report.documents += [press.foretold(plan) for plan in todo.plans]
        else:
            sweep(self.workspace.root / name for name in there.left_by_a_crash())
            report.documents += self._pdf.beside(all_made(press, todo, ledger, wish.progress), report, wish.progress)
            report.documents += restored(press, todo, ledger)
        for told in self._templates.problems.values():
            report.add(told)
        tell_known(report, found.built, found.scope, wish.wanted, self.workspace)
        report.held = {**dict.fromkeys(found.held, "settling"), **dict.fromkeys(found.asked, "asked")}
        report.add(found.asked.values())
        report.problems[:0] = self._settings.faults
        if not wish.dry_run:
            self._after.note(found, todo, press, ledger, wish.wanted, wish.progress)
        if self._after.watching and max(len(found.scope.asked), len(first.documents)) > MANY:
            # The few that are kept would hold on to all the memory round them.
            self._last, self._reader = None, Reader()
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

    def _built_ahead(self, wish: _Wish) -> Report | None:
        """Fix and publish what was made ready, and return what came of it; None when nothing is, or not all is so."""
        made, ledger, report = self._ahead, self._ledger, None
        if (
            made
            and ledger
            and not (wish.held or wish.dry_run or wish.wanted)
            and made.found.built is self._kept()
            and made.press.workspace is self.workspace
            and made.is_still_so(wish.at_rest)
            and made.is_fixed(ledger)
        ):
            report = self._batch_made(made.found, made.todo, made.press, ledger, made.published(wish.progress), wish)
        self._drop_ahead()
        return report

    def _drop_ahead(self) -> None:
        made, self._ahead = self._ahead, None
        if made:
            made.drop()

    def _batch_made(
        self, found: Look, todo: Todo, press: Press, ledger: Ledger, made: Iterator[Made], wish: _Wish
    ) -> Report:
        press.report.documents += self._pdf.beside(made, press.report, wish.progress)
        press.report.documents += restored(press, todo, ledger)
        remember(found, todo, press, ledger)()
        # Between batches nothing is kept: it would grow with each, round all that is needed for a moment only.
        self._last = None if found.left else (found.built, stamp_of(self.workspace.root, self._cache))
        return press.report

    def _hastily_built(self, wish: _Wish, ledger: Ledger) -> Report:
        """Make first what somebody has just written, in a workspace so large that looking through it takes its time.

        Thousands of new inputs are made in batches. What can't be told without looking at everything is left for that.
        """
        first, left, batches = Report(), inf, Batches(BATCH)
        while made := self._batch_built(wish, ledger, batches):
            report, still = made
            first.take_in(report)
            if not 0 < still < left:
                break
            left = still
        return first

    def _batch_built(self, wish: _Wish, ledger: Ledger, batches: Batches) -> tuple[Report, int] | None:
        """Return what came of some new and changed inputs, and how many are left; None where there are none to make."""
        there = seen(self.workspace, is_hasty=True, glimpse=self._glimpse)
        if wish.dry_run or wish.wanted is not None or len(there.inputs) < MANY:
            return None
        built = self._kept() or load(self.workspace.root / self._cache, self.workspace.root, with_documents=False)
        found = look(there, built, ledger, self._reader, wish.held, wish.at_rest, batches)
        if found.scope.is_whole or not found.changes.content or found.is_restyled:
            return None
        try:
            report, todo = self._planned(found, ledger, wish)
        except TooNarrow:
            return None
        press = self._press(found, todo, report)
        made = all_made(press, todo, ledger, wish.progress)
        return self._batch_made(found, todo, press, ledger, made, wish), found.left

    def _register(self) -> Ledger:
        """Return the register as it is now: the one that is open, unless another has taken its place."""
        if self._ledger:
            if self._ledger.look_again(self.workspace):
                return self._ledger
            self._ledger.close()
        # A watcher has time at its start to see that the register is whole.
        known = {} if self._after.watching else meta(self.workspace.root / self._cache)
        return Ledger(self.workspace, self._clock, known.get("register", ""))

    def _forget(self) -> None:
        """Take nothing for known: what is in memory may not be what the cache and the register hold."""
        self._last = None
        self.close()

    def close(self) -> None:
        """Let go of the register, of what was made ready, and of LibreOffice."""
        self._drop_ahead()
        self._pdf.close()
        ledger, self._ledger = self._ledger, None
        if ledger:
            ledger.close()

    def printed(self) -> list[Printed]:
        """Put PDF files in their places that were made meanwhile, and return what came of them."""
        kept = self._kept()
        found = self._after.printed(self.workspace)
        if kept and self._last:
            self._last = kept, stamp_of(self.workspace.root, self._cache)  # it tells of the PDF files now
        return found

    @property
    def pdfs_left(self) -> int:
        """How many PDF files are still to be made."""
        return self._pdf.left

    def look(self) -> None:
        """Tell on the status page that docgen has looked now, and found nothing to do."""
        self._after.look(self.workspace)

    @property
    def _cache(self) -> str:
        return f"{self.workspace.name(self.workspace.output)}/{CACHE}"

    def _known(self) -> Built:
        """Return what was built of what."""
        kept = self._kept()
        return kept if kept and kept.complete() else load(self.workspace.root / self._cache, self.workspace.root)

    def _kept(self) -> Built | None:
        """Return what was built of what if it is in memory as it was written last: it may be deleted at any time."""
        if self._last and self._last[1] and self._last[1] == stamp_of(self.workspace.root, self._cache):
            return self._last[0]
        return None

    def _planned(self, found: Look, ledger: Ledger, wish: _Wish) -> tuple[Report, Todo]:
        report, chosen = Report(), found.scope
        if chosen.is_whole:
            ledger.record.read_all()
        given = inputs(sorted(chosen.read), found.seen, found.reader, report, found.held, chosen.elsewhere)
        asked = chosen.asked if wish.wanted is None else chosen.asked & wish.wanted
        gone = None if chosen.is_whole else found.built.gone
        todo = planned(self.workspace, given, asked, report, ledger, dry_run=wish.dry_run, gone_before=gone)
        tell(self.workspace, todo, report)
        return report, todo

    def _press(self, found: Look, todo: Todo, report: Report) -> Press:
        files = {same_name(plan.file) for plan in todo.all_plans} | found.scope.elsewhere.files
        places = Places(self.workspace.output, files)
        found.built.fetch(found.scope.asked | found.scope.removed)
        return Press(
            self.workspace,
            self._templates,
            todo.inputs.shown,
            todo.approvals.pictures_before,
            places,
            todo.nameless,
            report,
            found.built,
            found.seen,
            Causes(found.changes.content, found.changes.everything, todo.related),
            self._pdf.begin(self.workspace, found.built, places),
        )
