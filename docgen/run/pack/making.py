"""The parts of a pack made PDF: documents rendered from the inputs, attachments converted, PDF files as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from docgen.deliver.pack.parts import Fault, Part
from docgen.deliver.pdf import Converter, Document
from docgen.messages import _
from docgen.model.documents import Plan
from docgen.problems import InputError, Problem, TemplateError, Where, reason
from docgen.run.pack.gathering import SUFFIX, Gathering, Leaf
from docgen.run.production import Progress
from docgen.run.templates import Templates
from docgen.run.work import Job, outcome


class Making:
    """Makes the parts of one pack. `problems` are what was met on the way."""

    def __init__(self, gathering: Gathering, templates: Templates, progress: Progress | None) -> None:
        self._leaves, self._templates, self._progress = gathering.leaves, templates, progress
        self._made: dict[int, bytes | Path | Fault] = {}
        self.problems: list[Problem] = []

    def parts(self, converter: Converter) -> list[Part]:
        """Return the parts, those that could not be made with what is wrong. Raises TemplateError."""
        for place, found in converter.convert(self._documents()):
            if isinstance(found, Problem):
                self.problems.append(replace(found, where=Where(self._leaves[place].source)))
            self._take(place, Fault.UNMADE if isinstance(found, Problem) else found)
        return [
            replace(leaf.part, data=self._made.get(place, leaf.part.data)) for place, leaf in enumerate(self._leaves)
        ]

    def _documents(self) -> Iterator[tuple[int, Document]]:
        """Give what is to be converted."""
        for place, leaf in enumerate(self._leaves):
            if isinstance(leaf.made_of, Plan):
                yield place, Document(leaf.made_of.name, self._rendered(leaf.made_of, leaf), leaf.made_of.language)
            elif leaf.made_of and leaf.made_of.suffix.lower() == SUFFIX:
                self._take(place, leaf.made_of)
            elif leaf.made_of and (document := _document(leaf)):
                yield place, document

    def _rendered(self, plan: Plan, leaf: Leaf) -> bytes:
        """Return a document as Word file. Raises TemplateError, InputError."""
        try:
            pictures = {written: file.read_bytes() for written, file in leaf.pictures.items()}
        except OSError as error:
            what = _("The file can't be read: {reason}.", reason=reason(error))
            fix = _("See that it is not open in another program, and that you may read it.")
            raise InputError(Problem(what, fix, Where(str(error.filename)))) from None
        job = Job(self._templates.of(plan), plan.view(), (), plan.language, pictures, plan.name)
        made = outcome(job)
        if made.data is None:
            raise TemplateError(*made.problems)
        self.problems += made.problems
        return made.data

    def _take(self, place: int, data: bytes | Path | Fault) -> None:
        self._made[place] = data
        if self._progress:
            self._progress(len(self._made), len(self._leaves), self._leaves[place].part.whole_title)


def _document(leaf: Leaf) -> Document | None:
    """Return an attachment that is to be converted; None when it has gone since it was found."""
    assert isinstance(leaf.made_of, Path)
    try:
        return Document.at(leaf.made_of, leaf.part.language, leaf.part.title)
    except OSError:
        return None
