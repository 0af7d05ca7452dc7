"""What follows when documents are made: noted for the next build, answered and shown to people, and made PDF of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from docgen.problems import DocgenError, Problem
from docgen.register import Clock
from docgen.run.built import Built
from docgen.run.ledger import Ledger
from docgen.run.looking import Look
from docgen.run.making import Press
from docgen.run.pdf_work import PdfWork
from docgen.run.planning import Todo
from docgen.run.production import Progress
from docgen.run.remembering import remember
from docgen.run.report import Printed, Report
from docgen.run.seen import Seen, seen
from docgen.run.telling import Teller
from docgen.run.untouched import KEY
from docgen.run.workspace import Workspace


class Aftermath:
    """What a Builder does after the documents; a watcher waits for no PDF."""

    def __init__(self, pdf: PdfWork, clock: Clock, *, watching: bool) -> None:
        self.watching = watching
        self._pdf = pdf
        self._clock = clock
        self._teller = Teller(watching)
        self._shown: tuple[Seen, Built, Report] | None = None
        """What the page told of, while PDF files are still to come."""

    def note(
        self,
        found: Look,
        todo: Todo,
        press: Press,
        ledger: Ledger,
        wanted: Collection[str] | None,
        progress: Progress | None,
    ) -> None:
        """Take note of what was built of the `wanted` inputs, for people and for the next build."""
        workspace, report, built = press.workspace, press.report, found.built
        save = remember(found, todo, press, ledger, self._pdf.state)
        before = len(report.problems)
        self._teller.answered(workspace, found.seen, report, is_all=wanted is None)
        self._pdf.want_all(found.seen, wanted)
        is_settled = not (self._pdf.left or report.pdfs)
        if self._pdf.left and not self.watching:
            save()  # people may stop what now takes its time
            self._pdf.finish(report, progress)
        self._pdf.tell(report, workspace)
        self._shown = (found.seen, built, report) if self._pdf.left else None
        self._teller.shown(workspace, found.seen, built, report, self._now(), self._pdf.known(built))
        if not is_settled or len(report.problems) > before:
            built.meta.pop(KEY, None)
        save()

    def printed(self, workspace: Workspace) -> list[Printed]:
        """Put PDF files in their places that were made meanwhile, and return what came of them."""
        found = self._pdf.collect()
        if self._shown:
            there, built, report = self._shown
            report.pdfs += found
            if not self._pdf.left:
                self._shown = None
                self._pdf.tell(report, workspace)
                self._teller.shown(workspace, there, built, report, self._now(), self._pdf.known(built))
        return found

    def look(self, workspace: Workspace) -> None:
        """Tell on the status page that docgen has looked now, and found nothing to do."""
        self._pdf.rest()
        self._teller.looked(workspace, self._now(), Report())

    def failed(self, workspace: Workspace, known: Built, error: DocgenError, faults: Sequence[Problem]) -> None:
        """Tell on the status page why nothing could be built, and what is wrong with the settings."""
        there = seen(workspace)
        report = Report(inputs=there.inputs, problems=[*faults, *error.problems])
        self._teller.shown(workspace, there, known, report, self._now())

    def _now(self) -> datetime:
        return self._clock().astimezone()
