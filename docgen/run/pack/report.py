"""What came of a pack: where it is, what is in it and what is not, and what a person should know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from docgen.deliver.pack.parts import Fault, Note
from docgen.deliver.publish import State
from docgen.problems import Problem
from docgen.run.report import Report


@dataclass(frozen=True, slots=True)
class Packed:
    """A part of the pack. `case` is like `Sak 03/22 Budsjett`, empty for the agenda; `source` is its file or input.

    The page that lists what is left out has no source.
    """

    case: str
    title: str
    source: str
    page: int
    pages: int
    notes: Sequence[Note] = ()
    conformance: Sequence[str] = ()
    """The standards that it says it keeps."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part that is listed in the pack and not in it."""

    case: str
    title: str
    source: str
    fault: Fault


@dataclass(slots=True)
class PackReport:
    """What came of a pack. `file` is named from the workspace, or by its whole path when it lies elsewhere."""

    input: str
    file: str
    state: State
    pages: int
    is_public: bool
    conformance: Sequence[str]
    """The standards that it keeps, by name."""
    converter: str
    """What made the PDF of documents."""
    how_to_get_better: str
    """How to get a converter whose PDF is fit for the archive; empty where this one is."""
    contents: Sequence[Packed | LeftOut] = ()
    """What is in the pack and what is left out of it, in the order of the agenda."""
    unlinked: list[str] = field(default_factory=list)
    """The cases with papers that the agenda has no link to."""
    exempt: list[str] = field(default_factory=list)
    """The cases in it that the public may not see, or that were left out of a public one."""
    provisional: list[str] = field(default_factory=list)
    """The case numbers in it that may still change."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def parts(self) -> list[Packed]:
        return [one for one in self.contents if isinstance(one, Packed)]

    @property
    def left_out(self) -> list[LeftOut]:
        return [one for one in self.contents if isinstance(one, LeftOut)]

    @property
    def is_whole(self) -> bool:
        return not self.left_out

    def as_json(self) -> dict[str, object]:
        """Return the report for other programs."""
        return {
            "file": self.file,
            "input": self.input,
            "state": self.state,
            "pages": self.pages,
            "public": self.is_public,
            "conformance": list(self.conformance),
            "converter": self.converter,
            "parts": [
                {
                    "case": one.case,
                    "title": one.title,
                    "source": one.source,
                    "page": one.page,
                    "pages": one.pages,
                    "notes": sorted(one.notes),
                    "conformance": list(one.conformance),
                }
                for one in self.parts
            ],
            "left_out": [
                {"case": one.case, "title": one.title, "source": one.source, "why": one.fault.value}
                for one in self.left_out
            ],
            "unlinked": list(self.unlinked),
            "exempt": list(self.exempt),
            "provisional": list(self.provisional),
            "problems": Report(problems=self.problems).as_json()["problems"],
        }
