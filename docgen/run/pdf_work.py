"""What a build does about PDF: nothing where none is asked for; beside the documents, or when they are made."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.messages import _, many
from docgen.problems import Problem, Where
from docgen.run.built import Built
from docgen.run.known import KnownPdf
from docgen.run.production import Progress
from docgen.run.report import Made, Printed, Report
from docgen.run.seen import Seen
from docgen.run.workspace import Workspace

if TYPE_CHECKING:  # what makes PDF is slow to load
    from docgen.run.making import WantPdf
    from docgen.run.pdfs import Pdfs

OFF = "off"


class PdfWork:
    """The PDF files of a Builder; `pdfs` is None when nobody asks for any."""

    def __init__(self, pdfs: Pdfs | None) -> None:
        self._pdfs = pdfs
        self._is_on = self._is_off = False
        self._done = 0

    @property
    def left(self) -> int:
        """How many are wanted or under way."""
        return self._pdfs.left if self._pdfs else 0

    @property
    def state(self) -> str:
        """Who makes them, `off` when docgen.toml wants none, and empty when they are not seen to."""
        return OFF if self._is_off else self._pdfs.by if self._pdfs else ""

    def known(self, built: Built) -> Mapping[str, KnownPdf]:
        """Return the PDF files that lie beside the documents; none where none are seen to."""
        return built.pdfs if self._is_on else {}

    def begin(self, workspace: Workspace, built: Built, places: Container[Path]) -> WantPdf | None:
        """Go on with a workspace as it is in a new build; return whom to tell of each document, if anybody."""
        self._is_off = not workspace.settings.pdf.made
        self._is_on = self._pdfs is not None and not self._is_off
        if self._pdfs is None or self._is_off:
            return None
        self._pdfs.begin(workspace, built, places)
        return self._pdfs.want

    def beside(self, made: Iterator[Made], report: Report, progress: Progress | None) -> Iterator[Made]:
        """Give the documents on as they are made, and put the PDF files in their places that came meanwhile."""
        for one in made:
            if self._pdfs and self._is_on:
                self._take(self._pdfs.collect(), report, progress)
            yield one

    def want_all(self, there: Seen, wanted: Collection[str] | None) -> None:
        """Let every PDF be made that is not as it should be, of some inputs or of all."""
        if self._pdfs and self._is_on:
            self._pdfs.want_all(there, wanted)

    def finish(self, report: Report, progress: Progress | None) -> None:
        """Wait until all that are wanted are made."""
        if self._pdfs:
            for printed in self._pdfs.rest_of_them():
                self._take([printed], report, progress)

    def collect(self) -> list[Printed]:
        """Put the PDF files in their places that came meanwhile, and return what came of them."""
        return self._pdfs.collect() if self._pdfs else []

    def tell(self, report: Report, workspace: Workspace) -> None:
        """Add to the report what there is to say of the PDF files."""
        if self._pdfs and self._is_on:
            report.add(self._pdfs.problems.values())
            report.add(self._pdfs.without_office(report.pdfs, workspace.name(workspace.output)))
        left_out = workspace.settings.pdf.left_out
        made = (one for one in report.documents if one.state == "made" and (not self._is_on or one.kind in left_out))
        report.add(_old_ones(made, workspace))

    def warm(self) -> None:
        """Let LibreOffice start: there will soon be documents."""
        if self._pdfs and self._is_on:
            self._pdfs.warm()

    def rest(self) -> None:
        """End LibreOffice when it has nothing to do."""
        if self._pdfs and not self._pdfs.left:
            self._pdfs.rest()

    def close(self) -> None:
        """End what is under way."""
        if self._pdfs:
            self._pdfs.close()

    def _take(self, printed: Collection[Printed], report: Report, progress: Progress | None) -> None:
        assert self._pdfs
        report.pdfs += printed
        for one in printed:
            self._done += 1
            if progress:
                progress(self._done, self._done + self._pdfs.left, one.file, is_pdf=True)


def _old_ones(made: Iterable[Made], workspace: Workspace) -> Iterator[Problem]:
    """Tell of PDF files of documents as these were before this build, which makes no PDF of them."""
    old = [file for one in made if (file := (workspace.root / one.file).with_suffix(".pdf")).exists()]
    if old:
        what = many(
            "{count} PDF is older than its document, since no PDF is made now.",
            "{count} PDF files are older than their documents, since no PDF is made now.",
            len(old),
        )
        fix = _("Build with PDF, or delete the old ones: {file}.", file=workspace.name(old[0]))
        yield Problem(what, fix, Where(workspace.name(workspace.output)), warning=True)
