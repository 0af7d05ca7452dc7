"""Which documents are made from an input, what they are called, and the facts that each carries in its properties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from docgen.model.agenda import Numbers
from docgen.model.carried import CONTENT, KIND, SEAL, case_facts, log_facts, meeting_facts, source_facts
from docgen.model.context import COMPARISON, Felles
from docgen.model.dates import Language
from docgen.model.document import Document
from docgen.model.file_names import file_name_safe, same_name, unique
from docgen.model.guideline import Guideline
from docgen.model.library import Entry, Library, TooNarrow
from docgen.model.mandate import Mandate
from docgen.model.meeting import Meeting
from docgen.model.organisation import Organisation
from docgen.model.view.guideline import guideline_view
from docgen.model.view.mandate import mandate_view, organisation_view
from docgen.model.view.meeting import Sitting, printed_title, sitting
from docgen.model.view.minutes import extract_view, minutes_view
from docgen.model.view.notice import case_paper_view, late_agenda_view, notice_view
from docgen.source import source_name

SUFFIX = ".docx"

DRAFT = " (utkast)"

APPROVED = ("mandat", "retningslinje", "vedlegg", "organisering", "protokoll", "saerutskrift")
"""The kinds of document that an approval freezes."""

AsApproved = tuple[Document, Library]
"""A document as it was approved, and the other inputs as they were then."""

SEALS = frozenset({SEAL, CONTENT})
"""The custom properties that tie a document to the register."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register means for the documents. All but `kept` are by input file."""

    as_approved: Mapping[str, AsApproved] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    """The digest of the approved content."""
    seals: Mapping[str, str] = field(default_factory=dict)
    """The row of the log that fixed the meeting's numbers, and its hash."""
    before: Mapping[str, AsApproved] = field(default_factory=dict)
    """What a draft is compared with: the edition in force."""
    kept: Iterable[str] = ()
    """Paths from output/ that no document may take."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A document to be made: from which template, where to (folder relative to output/), and of what.

    `body` is the organ whose own template is preferred. `view` gives the context; it is asked for only when needed.
    `facts` become custom properties, from which the register can be rebuilt.
    """

    kind: str
    body: str
    folder: str
    name: str
    language: Language
    view: Callable[[], Felles]
    facts: tuple[tuple[str, str], ...]
    input: str
    numbers: tuple[str, ...] = ()
    provisional: bool = False
    compares: tuple[Plan, Plan] | None = None
    """Of a comparison, what was approved and the draft: their changes are tracked in it."""

    @property
    def file(self) -> str:
        """The document's path from output/."""
        return f"{self.folder}/{self.name}"


Planned = list[tuple[Entry, Plan]]
"""The documents of every input, right or not, each with the name that it would have alone."""


def documents(library: Library, numbers: Numbers, registered: Registered | None = None) -> list[Plan]:
    """Return the documents of every input that is right, each with a file name of its own."""
    known = registered or Registered()
    return named(planned(library, numbers, known), library, known)


def planned(library: Library, numbers: Numbers, known: Registered) -> Planned:
    """Return the documents of every input, as they would be called if there were no others."""
    return [
        (entry, plan)
        for entry in library.entries
        for plan in of_input(entry, *known.as_approved.get(entry.file, (entry.seen, library)), numbers, known)
    ]


def named(plans: Planned, library: Library, known: Registered) -> list[Plan]:
    """Return the documents of the inputs that are right, each with a file name of its own.

    An input with a problem keeps its names meanwhile: no other may write over its last good documents.
    Raises TooNarrow where an input that is not in the library wants such a name too.
    """
    if any(same_name(plan.file) in library.elsewhere.files for _entry, plan in plans):
        raise TooNarrow
    reserved = list(known.kept)
    names = unique([*reserved, *(plan.file for _entry, plan in plans)])[len(reserved) :]
    return [
        plan if plan.file == name else replace(plan, name=name.rpartition("/")[2])
        for (entry, plan), name in zip(plans, names, strict=True)
        if entry.is_right
    ]


def of_input(
    entry: Entry, document: Document | None, library: Library, numbers: Numbers, known: Registered
) -> list[Plan]:
    """Return the documents of one input, made of `document` and what `library` says besides."""
    plans = list(_of(entry, document, library, numbers))
    for name, told, kinds in (
        (SEAL, known.seals.get(entry.file), ("protokoll",)),
        (CONTENT, known.digests.get(entry.file), APPROVED),
    ):
        if told:
            plans = [replace(one, facts=(*one.facts, (name, told))) if one.kind in kinds else one for one in plans]
    if before := known.before.get(entry.file):
        plans += [comparison(old, new) for old, new in zip(_of(entry, *before, numbers), plans, strict=True)]
    return plans


def comparison(old: Plan, new: Plan) -> Plan:
    """Return the plan of a document that tracks the changes from the old one to the new."""
    stem = new.name.removesuffix(SUFFIX).removesuffix(DRAFT)
    kept = [(name, told) for name, told in new.facts if name not in SEALS and name != KIND]
    name = file_name_safe(stem, extension=f" (endringer){SUFFIX}")
    return replace(new, kind=COMPARISON, name=name, facts=((KIND, COMPARISON), *kept), compares=(old, new))


def _of(entry: Entry, document: Document | None, library: Library, numbers: Numbers) -> list[Plan]:
    match document:
        case Mandate() as mandate:
            return [_mandate(entry, mandate, library)]
        case Guideline() as guideline:
            return [_guideline(entry, guideline, library)]
        case Organisation() as organisation:
            return [_organisation(entry, organisation, library)]
        case Meeting() as meeting:
            given = numbers[entry.file]
            return list(_meeting(entry, meeting, sitting(meeting, given, library), given.sequence.name))
    return []


def _named(name: str, *, draft: bool) -> str:
    return file_name_safe(name, extension=f"{DRAFT}{SUFFIX}" if draft else SUFFIX)


def _mandate(entry: Entry, mandate: Mandate, library: Library) -> Plan:
    return Plan(
        "mandat",
        mandate.body,
        "mandater",
        _named(f"Mandat {mandate.body}", draft=mandate.is_draft),
        library.language(mandate, mandate.body),
        partial(mandate_view, mandate, library),
        (*_source(entry, "mandat"), ("organ", mandate.body), *log_facts(mandate)),
        entry.file,
    )


def _guideline(entry: Entry, guideline: Guideline, library: Library) -> Plan:
    word = entry.kind.capitalize()
    name = " ".join(part for part in (word, guideline.number, guideline.title) if part)
    return Plan(
        entry.kind,
        guideline.body or "",
        "retningslinjer",
        _named(name, draft=guideline.is_draft),
        library.language(guideline, guideline.body),
        partial(guideline_view, guideline, entry.kind, library),
        (
            *_source(entry, entry.kind),
            ("nummer", guideline.number or ""),
            ("tittel", guideline.title),
            *log_facts(guideline),
        ),
        entry.file,
    )


def _organisation(entry: Entry, organisation: Organisation, library: Library) -> Plan:
    return Plan(
        "organisering",
        "",
        "organisering",
        _named(organisation.title, draft=organisation.is_draft),
        library.language(organisation),
        partial(organisation_view, organisation, library),
        (*_source(entry, "organisering"), ("tittel", organisation.title), *log_facts(organisation)),
        entry.file,
    )


def _meeting(entry: Entry, meeting: Meeting, of: Sitting, sequence: str) -> Iterator[Plan]:
    """Give the documents that a meeting of this status has (DESIGN § 6)."""
    stem = f"{meeting.date.isoformat()} {meeting.body}"
    folder = f"{file_name_safe(meeting.body)}/{meeting.date.isoformat()}"
    draft, cases = of.is_draft, range(len(meeting.cases))

    def plan(
        kind: str, name: str, view: Callable[[], Felles], places: Sequence[int], *, as_draft: bool = draft
    ) -> Plan:
        return Plan(
            kind,
            meeting.body,
            folder,
            _named(f"{stem} {name}", draft=as_draft),
            of.language,
            view,
            (*_source(entry, kind), *meeting_facts(of, sequence), *case_facts(of, places)),
            entry.file,
            tuple(of.printed[at] for at in places if of.printed[at]),
            draft and not of.is_fixed,
        )

    yield plan("innkalling", "innkalling", partial(notice_view, of), cases)
    late = [at for at in cases if of.late[at]]
    if late and not draft:
        yield plan("tilleggssaksliste", "tilleggssaksliste", partial(late_agenda_view, of), late)
    for at in cases:
        if meeting.cases[at].has_paper:
            name = " ".join(("saksframlegg", *_case_name(of, at)))
            yield plan("saksframlegg", name, partial(case_paper_view, of, at), [at])
    if meeting.status == "innkalt":
        yield plan("protokoll", "protokoll", partial(minutes_view, of, prefilled=True), cases, as_draft=True)
    if meeting.status in ("avholdt", "godkjent"):
        yield plan("protokoll", "protokoll", partial(minutes_view, of), cases)
    if meeting.status == "godkjent":
        for at in cases:
            if of.numbers[at]:
                name = " ".join(("særutskrift", *_case_name(of, at)))
                yield plan("saerutskrift", name, partial(extract_view, of, at), [at])


def _case_name(of: Sitting, at: int) -> tuple[str, ...]:
    """Return number and title of a case for a file name. A provisional number stands in no file name."""
    title = printed_title(of.meeting.cases[at])
    return (title,) if of.is_draft or not of.printed[at] else (of.printed[at], title)


def _source(entry: Entry, kind: str) -> Iterator[tuple[str, str]]:
    return source_facts(kind, source_name(entry.file))
