"""Every input of a workspace, typed, and found by what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from docgen.messages import _
from docgen.model.bad_value import BadValue
from docgen.model.case_number import CaseNumber, NumberForm
from docgen.model.dates import Language
from docgen.model.document import Document
from docgen.model.guideline import Guideline
from docgen.model.house import House, rule
from docgen.model.inputs import as_written, nearest, typed
from docgen.model.mandate import Mandate
from docgen.model.meeting import Meeting
from docgen.model.organisation import Organisation
from docgen.problems import Problem, Where
from docgen.source import Source
from docgen.words import word_key

KINDS: dict[str, type[Document]] = {
    "mandat": Mandate,
    "retningslinje": Guideline,
    "vedlegg": Guideline,
    "møte": Meeting,
    "organisering": Organisation,
}
"""The types of input, and their models."""

TYPE_NAMES = {
    "mandate": "mandat",
    "retningsline": "retningslinje",
    "guideline": "retningslinje",
    "attachment": "vedlegg",
    "mote": "møte",
    "moete": "møte",
    "meeting": "møte",
    "organisation": "organisering",
}


@dataclass(slots=True)
class Entry:
    """An input file: what was read, what it is (None when it can't be typed), and all that is wrong with it."""

    source: Source
    kind: str
    value: Document | None
    problems: list[Problem] = field(default_factory=list)
    rest: Document | None = None
    """What can be looked at of an input that can't be typed, for more problems."""

    @property
    def seen(self) -> Document | None:
        """The input, or what can be looked at of it."""
        return self.value or self.rest

    @property
    def file(self) -> str:
        return self.source.file

    def tell(self, loc: tuple[int | str, ...], what: str, fix: str, *, warning: bool = False) -> None:
        """Add a problem with the value at `loc`, given in the model's names."""
        path = as_written(self.source, KINDS[self.kind], loc)
        problem = self.source.problem(path, what, fix, warning=warning)
        # Numbers are looked at again when another program has fixed some meanwhile.
        if problem not in self.problems:
            self.problems.append(problem)

    def where(self, loc: tuple[int | str, ...]) -> Where:
        """Return the place of the value at `loc`, given in the model's names."""
        return self.source.where(as_written(self.source, KINDS[self.kind], loc))

    def is_astray(self, loc: tuple[int | str, ...]) -> bool:
        """Return whether a key right below `loc`, given in the model's names, is wrong or has a wrong value."""
        if not self.problems:
            return False
        path = as_written(self.source, KINDS[self.kind], loc)
        wrong = (problem.where.path for problem in self.problems if not problem.warning)
        return any(found[:-1] == path for found in wrong if found)

    @property
    def is_right(self) -> bool:
        return self.value is not None and all(problem.warning for problem in self.problems)


def entry(source: Source) -> Entry:
    """Return the source typed by its own `type`."""
    key = next((key for key in source.tree if word_key(key) == "type"), "type")
    written = source.tree.get(key, "")
    kind = word_key(written) if isinstance(written, str) else ""
    kind = TYPE_NAMES.get(kind, kind)
    if kind not in KINDS:
        what = _("«{type}» is no type of input.", type=written) if written else _("It is not said what this file is.")
        near = nearest(kind, KINDS) if kind else None
        fix = (
            _("Did you mean {near}?", near=f"type: {near}")
            if near
            else _("Write type: and one of {choices}.", choices=", ".join(KINDS))
        )
        return Entry(source, "", None, [*source.warnings, source.problem((key,), what, fix)])
    value, rest, problems = typed(source, KINDS[kind])
    return Entry(source, kind, value, [*source.warnings, *problems], rest)


class TooNarrow(Exception):
    """What is in the library does not tell enough: all inputs are to be read."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is known of the inputs that are not in a library, because nothing that bears on them has changed."""

    meetings: frozenset[int] = frozenset()
    """The meetings of the register that they are."""
    sources: frozenset[str] = frozenset()
    """Their files, without suffix."""
    names: frozenset[str] = frozenset()
    """What their documents are called in the register, in small letters."""
    coming: frozenset[tuple[str, CaseNumber]] = frozenset()
    """Their numbers, by sequence, of the families that are named by an input of the library."""
    files: frozenset[str] = frozenset()
    """The paths from output/ that their documents have or want, as file_names.same_name gives them."""


class Library:
    """The inputs of a workspace. Where two have one identity, the first by file name is the one that is found.

    It may hold only those that bear on what has changed; then `elsewhere` tells of the rest.
    """

    def __init__(
        self, entries: Iterable[Entry], house: House, unread: Iterable[str] = (), elsewhere: Elsewhere | None = None
    ) -> None:
        self.entries = sorted(entries, key=lambda one: one.file)
        self.house = house
        self.elsewhere = elsewhere or Elsewhere()
        self.unread = [*unread, *(one.file for one in self.entries if one.value is None and one.kind in ("", "mandat"))]
        """Files that could not be understood: what is missed may well stand in one of them."""
        self.unreadable = [*unread, *(one.file for one in self.entries if one.seen is None)]
        """Files of which not even a part could be understood."""
        self.mandates: dict[str, tuple[Entry, Mandate]] = {}
        self.in_force: dict[str, Mandate] = {}
        """Mandates as they were approved, where the input is a draft or was changed without a new approval."""
        self.guidelines: dict[tuple[str, str], tuple[Entry, Guideline]] = {}
        self.contested: set[int] = set()
        """Meetings of the register that a file claims while the one that was it is here, and is asked about it."""
        self.organisations: list[tuple[Entry, Organisation]] = []
        self.meetings: list[tuple[Entry, Meeting]] = []
        """Every meeting that can be looked at: one with a problem too takes part in the numbering."""
        for one in self.entries:
            if isinstance(one.seen, Meeting):
                self.meetings.append((one, one.seen))
            match one.value:
                case Mandate() as mandate:
                    self.mandates.setdefault(mandate.body.casefold(), (one, mandate))
                case Guideline() as guideline:
                    self.guidelines.setdefault((one.kind, guideline.number or guideline.title), (one, guideline))
                case Organisation() as organisation:
                    self.organisations.append((one, organisation))

    def short_name(self, body: str) -> str:
        """Return the short name of a body that may be written by its long one."""
        short = [mandate.body for _entry, mandate in self.mandates.values() if self.same_body(body, mandate.body)]
        return short[0] if short else body

    def mandate(self, body: str) -> Mandate | None:
        """Return the mandate of the body with this short name."""
        found = self.mandates.get(body.casefold())
        return found[1] if found else None

    def mandate_in_force(self, body: str) -> Mandate | None:
        """Return the mandate as it holds: what another document prints of it is never a draft."""
        return self.in_force.get(body.casefold()) or self.mandate(body)

    def language(self, document: Document, body: str | None = None) -> Language:
        """Return "nb" or "nn": the document's own language, else the body's, else the workspace's."""
        mandate = self.mandate(body) if body else None
        chosen = document.language or (mandate.language if mandate else None)
        if chosen is None:
            return self.house.language
        return "nn" if chosen == "nynorsk" else "nb"

    def no_body(self, body: str) -> tuple[str, str]:
        """Return what to say when there is no mandate of `body`: what is wrong, and the body probably meant."""
        known = [mandate.body for _entry, mandate in self.mandates.values()]
        what = _("There is no mandate of a body {body}.", body=body)
        if near := nearest(body, known):
            return what, _("Did you mean {near}?", near=near)
        if self.unread:
            return what, _(
                "It may stand in {files}, which could not be read. Mend that first.", files=", ".join(self.unread)
            )
        return what, _("Make a mandate file for it, or write one of these: {choices}.", choices=", ".join(known) or "–")

    def form(self, body: str) -> NumberForm:
        """Return how the body writes its case numbers: by the example in its mandate, else the workspace's."""
        mandate = self.mandate(body)
        if mandate and mandate.numbering and mandate.numbering.form:
            try:
                return NumberForm.by_example(mandate.numbering.form)
            except BadValue:
                pass  # told beside the mandate, by check
        return self.house.number_form

    def forms(self) -> dict[str, NumberForm]:
        """Return the number form of every body by its short name."""
        return {mandate.body: self.form(mandate.body) for _entry, mandate in self.mandates.values()}

    def approvers(self, kind: str, number: int) -> list[str]:
        """Return the bodies that may approve a document, after docgen.toml, else after the mandates."""
        kind = kind.casefold()
        ruled = [rule.body for rule in self.house.rules if rule.holds(kind, number)]
        if ruled:
            return ruled
        return [
            mandate.body
            for _entry, mandate in self.mandates.values()
            if any(rule(text, mandate.body).holds(kind, number) for text in mandate.approves)
        ]

    def same_body(self, one: str, other: str) -> bool:
        """Return whether two names, short or long, are of the same body."""
        return self._known_as(one) == self._known_as(other)

    def _known_as(self, name: str) -> str:
        for key, (_entry, mandate) in self.mandates.items():
            if name.casefold() in (key, mandate.name.casefold()):
                return key
        return name.casefold()
