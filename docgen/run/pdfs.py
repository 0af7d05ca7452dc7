"""PDF beside each Word document: of what lies in output/, beside other work, and only when the document changed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Container, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from docgen.deliver.pdf import Converter, Document, at_hand, is_by_office
from docgen.deliver.publish import names_beside, publish
from docgen.deliver.seal import made_of, seal
from docgen.messages import _, many
from docgen.problems import Problem, Where
from docgen.run.built import Built
from docgen.run.known import KnownDocument, KnownPdf
from docgen.run.placing import edited, held, inside, not_written
from docgen.run.report import Printed, State
from docgen.run.scan import Stamp
from docgen.run.seen import Seen, stamp_of
from docgen.run.workspace import Workspace
from docgen.source import source_name

log = logging.getLogger(__name__)

SUFFIX = ".pdf"

_NOTED = 50
"""How many PDF files are made before they are written down as made."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A PDF that is to be made of the Word document at `file`, which `known` tells of.

    `file` is not at the document's own place when that is taken: then it stands beside.
    """

    known: KnownDocument
    file: Path
    name: str
    """The path of the PDF from output/."""

    @property
    def stamp(self) -> Stamp | None:
        return self.known.stamp


def pdf_of(document: str) -> str:
    """Return the name of the PDF of a Word document."""
    return document.rpartition(".")[0] + SUFFIX


@dataclass(frozen=True, slots=True)
class _Places(Container[Path]):
    """Where every PDF of the workspace has its place: beside its document."""

    documents: Container[Path]

    def __contains__(self, file: object) -> bool:
        assert isinstance(file, Path)
        return file.with_suffix(".docx") in self.documents


class Pdfs:
    """The PDF files of a workspace that are wanted, under way and done. LibreOffice starts with the first.

    `on_done` is called from another thread when one has come from the converter. What has come is published when it is
    asked for.
    """

    def __init__(self, on_done: Callable[[], object] | None = None) -> None:
        self._on_done = on_done
        self._converter: Converter | None = None
        self._waiting: dict[str, Wanted] = {}
        self._sent: dict[Future[bytes | Problem], Wanted] = {}
        self._rows: list[KnownPdf] = []
        self._made_now: set[str] = set()
        """Those that were put in their places after the build had looked at what lies there."""
        self.by = ""
        """The converter."""
        self.problems: dict[str, Problem] = {}
        """What is wrong with those that could not be made or put in their place, by their path from output/."""

    def begin(self, workspace: Workspace, built: Built, places: Container[Path]) -> None:
        """Go on with a workspace as it is in a new build."""
        self._note()
        self._made_now.clear()
        self._workspace, self._built, self._places = workspace, built, _Places(places)
        self.by = at_hand().engine
        self._left_out = workspace.settings.pdf.left_out

    @property
    def left(self) -> int:
        """How many are still to be made."""
        return len(self._waiting) + len(self._sent)

    def want(self, known: KnownDocument, there: Seen, file: Path | None = None) -> None:
        """Let the PDF of a document be made, if it is not as it should be."""
        if known.kind in self._left_out:
            return
        name = pdf_of(known.file)
        row = self._built.pdfs.get(name)
        is_of_it = row and row.document == known.stamp is not None and row.by == self.by
        if row and is_of_it and (name in self._made_now or there.is_as_made(name, row.stamp)):
            return
        if known.stamp and any(one.name == name and one.known.stamp == known.stamp for one in self._sent.values()):
            return
        self._waiting[name] = Wanted(known, file or self._workspace.output / known.file, name)

    def want_all(self, there: Seen, wanted: Collection[str] | None) -> None:
        """Let the PDF of every document of some inputs be made (or of all) that lies in output/ as docgen left it."""
        documents = self._built.documents
        for one in documents.values():
            if one.stamp and one.state in ("made", "kept") and (wanted is None or one.input in wanted):
                self.want(one, there)
        places = {pdf_of(name) for name in documents}
        self._built.note_pdfs((), [name for name in self._built.pdfs if name not in places])
        self.problems = {name: problem for name, problem in self.problems.items() if name in places}

    def collect(self) -> list[Printed]:
        """Publish what has come from the converter, send it more, and return what came of each."""
        done, _pending = wait(self._sent, timeout=0)
        found = [self._published(self._sent.pop(future), _came(future)) for future in done]
        while self._waiting and len(self._sent) < self._at_once:
            one = self._waiting.pop(next(iter(self._waiting)))
            found.append(self._send(one))
        if len(self._rows) >= _NOTED or not self.left:
            self._note()
        return [one for one in found if one]

    def rest_of_them(self) -> Iterator[Printed]:
        """Give what came of all that are left, as they are made."""
        yield from self.collect()
        while self._sent:
            wait(self._sent, return_when=FIRST_COMPLETED)
            yield from self.collect()

    def without_office(self, printed: Collection[Printed], where: str) -> Iterator[Problem]:
        """Tell when PDF files were made without LibreOffice: they are for reading only."""
        if count := sum(one.by == "rdocx" for one in printed):
            what = many(
                "{count} PDF was made without LibreOffice: it can be read, but not archived.",
                "{count} PDF files were made without LibreOffice: they can be read, but not archived.",
                count,
            )
            yield Problem(what, at_hand().fix, Where(where), warning=True)

    def warm(self) -> None:
        """Let LibreOffice start, since there will soon be something to make."""
        self._opened().warm(1)

    def rest(self) -> None:
        """End the LibreOffices that have nothing to do."""
        if self._converter:
            self._converter.rest()

    def close(self) -> None:
        """End what is under way. What is not made is wanted again in the next build."""
        self._waiting.clear()
        self._sent.clear()
        if self._converter:
            self._converter.close()
            self._converter = None
        self._note()

    @property
    def _at_once(self) -> int:
        return self._opened().at_once

    def _opened(self) -> Converter:
        if self._converter is None:
            self._converter = Converter()
        return self._converter

    def _note(self) -> None:
        if self._rows:
            self._built.note_pdfs(self._rows)
            self._rows = []

    def _send(self, one: Wanted) -> Printed | None:
        """Have a PDF made, or take the one that is made already: the cache may be gone, or a place was taken."""
        try:
            content = one.file.read_bytes()
            if one.stamp and stamp_of(self._workspace.output, one.known.file) != one.stamp:
                return None  # it was changed meanwhile; the next build sees to it
            target = self._workspace.output / one.name
            if data := self._made_already(target, made_of(content)):
                return self._published(one, data, is_new=False)
        except OSError:
            return None
        name = self._workspace.name(self._workspace.output / one.known.file)
        future = self._opened().submit(Document(name, content, source=source_name(one.known.input)))
        if self._on_done:
            future.add_done_callback(lambda _future: self._on_done and self._on_done())
        self._sent[future] = one
        return None

    def _made_already(self, target: Path, wanted: str) -> bytes | None:
        """Return a PDF of just this document that lies in its place or beside it. Raises OSError."""
        for file in chain((target,), names_beside(target)):
            if not file.exists():
                return None
            data = file.read_bytes()
            there = seal(data)
            if there and there.is_untouched and there.made_of == wanted and is_by_office(data) == (self.by != "rdocx"):
                return data
        return None

    def _published(self, one: Wanted, came: bytes | Problem, *, is_new: bool = True) -> Printed | None:
        """Put a PDF in its place, and return what came of it; None where there is nothing to tell."""
        if one.name in self._waiting:
            return None  # its document was made anew meanwhile
        place = self._workspace.output / one.name
        document = self._workspace.name(self._workspace.output / one.known.file)
        told, file = Where(self._workspace.name(place)), place
        state: State = "failed"
        problem: Problem | None = None
        if isinstance(came, Problem):
            problem = _with_the_old_one(place, replace(came, where=Where(document)))
        else:
            try:
                published = publish(inside(place, self._workspace), came, self._places, self._workspace.root)
            except OSError as error:
                problem = not_written(told, error)
            else:
                state, file = published.state, published.file
                is_there = state in ("made", "unchanged")
                stamp = stamp_of(self._workspace.output, one.name) if is_there else None
                self._rows.append(KnownPdf(one.name, stamp, one.stamp, self.by))
                self._built.pdfs[one.name] = self._rows[-1]
                self._made_now.add(one.name)
        if state == "beside":
            problem = edited(told, one.known.input, file)
        elif state == "held":
            problem = held(told, file)
        self.problems.pop(one.name, None)
        if problem:
            self.problems[one.name] = problem
        if not is_new and state != "made":
            return None
        name = self._workspace.name(file)
        return Printed(name, document, one.known.input, "made" if state == "unchanged" else state, self.by, problem)


def _with_the_old_one(place: Path, problem: Problem) -> Problem:
    """Return the problem, with a word of the PDF that still lies there: it is of the document as it was."""
    if not place.exists():
        return problem
    old = _("The PDF that lies there is older than the document.")
    return replace(problem, what=f"{problem.what} {old}")


def _came(future: Future[bytes | Problem]) -> bytes | Problem:
    """Return what came from the converter. What nobody foresaw in one document must not take the others with it."""
    error = future.exception()
    if error is None:
        return future.result()
    if not isinstance(error, Exception):
        raise error
    log.error("fault in making a PDF", exc_info=error)
    what = _("docgen failed in making the PDF, and it is docgen's fault ({error}).", error=type(error).__name__)
    fix = _("The other documents are made. Send this message and the input file to those who look after docgen.")
    return Problem(what, fix, Where(""))
