"""What a build did: the documents, the inputs refused, and every problem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from docgen.model.editions import approved_text
from docgen.model.record import Approved
from docgen.problems import Problem
from docgen.problems import field as field_path

State = Literal["made", "unchanged", "beside", "held", "planned", "failed"]


@dataclass(frozen=True, slots=True)
class Made:
    """A document of this build. `file` and `input` are relative to the workspace, with `/`.

    `numbers` are the case numbers in it as printed, `provisional` whether they may still change. `why` says of one that
    is made, or would be, what is not as it was.
    """

    file: str
    kind: str
    input: str
    state: State
    numbers: tuple[str, ...] = ()
    provisional: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Fixed:
    """Case numbers that were fixed for a meeting: number and title of each, as people may read them."""

    input: str
    body: str
    date: str
    cases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A version that was frozen. Of minutes `version` counts the approval and each correction.

    One without `has_content` was approved before docgen saw the document: only its row was registered.
    """

    input: str
    document: str
    version: str
    approved: Approved
    has_content: bool = True


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF of this build, of `document`. Both are relative to the workspace, with `/`.

    `by` is the converter, and `problem` what kept it from its place.
    """

    file: str
    document: str
    input: str
    state: State
    by: str = ""
    problem: Problem | None = None


@dataclass(slots=True)
class Report:
    """What a build did. `inputs` are all that were read, `refused` those with a problem that stops them."""

    inputs: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    documents: list[Made] = field(default_factory=list)
    pdfs: list[Printed] = field(default_factory=list)
    """The PDF files that were made, or could not be."""
    problems: list[Problem] = field(default_factory=list)
    fixed: list[Fixed] = field(default_factory=list)
    """In a dry run, what would be fixed; so too with `frozen`."""
    frozen: list[Frozen] = field(default_factory=list)

    held: dict[str, Literal["settling", "asked"]] = field(default_factory=dict)
    """Inputs that were passed over: they are still being written, or a person is asked about them."""

    @property
    def is_whole(self) -> bool:
        """Whether everything that was asked for was made."""
        return all(problem.warning for problem in self.problems)

    def add(self, problems: Iterable[Problem]) -> None:
        """Add problems, each only once: a template's are met by every document made from it."""
        there = set(self.problems)
        self.problems += [problem for problem in dict.fromkeys(problems) if problem not in there]

    def take_in(self, other: Report) -> None:
        """Add what was made, fixed and frozen."""
        self.documents += [one for one in other.documents if one.state != "unchanged"]
        self.pdfs += other.pdfs
        self.fixed += other.fixed
        self.frozen += other.frozen

    def begin_with(self, first: Report) -> None:
        """Tell what was made, fixed and frozen a moment before, in the same build; here its documents are unchanged."""
        made = {one.file: one for one in first.documents}
        self.documents = [made.get(one.file, one) if one.state == "unchanged" else one for one in self.documents]
        self.pdfs[:0] = first.pdfs
        self.fixed[:0] = first.fixed
        self.frozen[:0] = first.frozen

    def count(self, state: State) -> int:
        return sum(document.state == state for document in self.documents)

    def count_pdfs(self, state: State) -> int:
        return sum(one.state == state for one in self.pdfs)

    def as_json(self) -> dict[str, object]:
        """Return the report for other programs: only text, numbers, lists and objects."""
        return {
            "inputs": self.inputs,
            "refused": self.refused,
            "documents": [
                {
                    "file": made.file,
                    "kind": made.kind,
                    "input": made.input,
                    "state": made.state,
                    "numbers": list(made.numbers),
                    "provisional": made.provisional,
                    "why": made.why,
                }
                for made in self.documents
            ],
            "pdfs": [{"file": one.file, "document": one.document, "state": one.state} for one in self.pdfs],
            "fixed": [
                {
                    "input": one.input,
                    "body": one.body,
                    "date": one.date,
                    "cases": [{"number": number, "title": title} for number, title in one.cases],
                }
                for one in self.fixed
            ],
            "frozen": [
                {
                    "input": one.input,
                    "document": one.document,
                    "version": one.version,
                    "approved": approved_text(one.approved),
                    "content": one.has_content,
                }
                for one in self.frozen
            ],
            "held": self.held,
            "problems": [
                {
                    "file": problem.where.file,
                    "line": problem.where.line,
                    "cell": problem.where.cell,
                    "field": field_path(problem.where.path),
                    "what": problem.what,
                    "fix": problem.fix,
                    "warning": problem.warning,
                }
                for problem in self.problems
            ],
        }
