"""Which documents are made from an input, what they are called, and the facts that each carries in its properties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from docgen.model.agenda import Numbers
from docgen.model.context import Felles
from docgen.model.dates import Language
from docgen.model.file_names import file_name_safe, unique
from docgen.model.fingerprint import SOURCE
from docgen.model.guideline import Guideline
from docgen.model.library import Entry, Library
from docgen.model.mandate import Mandate
from docgen.model.meeting import Meeting
from docgen.model.organisation import Organisation
from docgen.model.version_log import VersionRow, approval
from docgen.model.view.guideline import guideline_view
from docgen.model.view.mandate import mandate_view, organisation_view
from docgen.model.view.meeting import Sitting, printed_title, sitting
from docgen.model.view.minutes import extract_view, minutes_view
from docgen.model.view.notice import case_paper_view, late_agenda_view, notice_view

SUFFIX = ".docx"


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

    @property
    def file(self) -> str:
        """The document's path from output/."""
        return f"{self.folder}/{self.name}"


def documents(library: Library, numbers: Numbers) -> list[Plan]:
    """Return the documents of every input that is right, each with a file name of its own.

    An input with a problem keeps its names meanwhile: no other may write over its last good documents.
    """
    plans = [(entry, plan) for entry in library.entries for plan in _of(entry, library, numbers)]
    names = unique(plan.file for _entry, plan in plans)
    return [
        plan if plan.file == name else replace(plan, name=name.rpartition("/")[2])
        for (entry, plan), name in zip(plans, names, strict=True)
        if entry.is_right
    ]


def _of(entry: Entry, library: Library, numbers: Numbers) -> list[Plan]:
    match entry.seen:
        case Mandate() as mandate:
            return [_mandate(entry, mandate, library)]
        case Guideline() as guideline:
            return [_guideline(entry, guideline, library)]
        case Organisation() as organisation:
            return [_organisation(entry, organisation, library)]
        case Meeting() as meeting:
            return list(_meeting(entry, meeting, sitting(meeting, numbers[entry.file], library)))
    return []


def _named(name: str, *, draft: bool) -> str:
    return file_name_safe(name, extension=f" (utkast){SUFFIX}" if draft else SUFFIX)


def _mandate(entry: Entry, mandate: Mandate, library: Library) -> Plan:
    return Plan(
        "mandat",
        mandate.body,
        "mandater",
        _named(f"Mandat {mandate.body}", draft=mandate.is_draft),
        library.language(mandate, mandate.body),
        partial(mandate_view, mandate, library),
        (*_source(entry, "mandat"), ("organ", mandate.body), *_versions(mandate.version_log)),
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
            *_versions(guideline.version_log),
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
        (*_source(entry, "organisering"), ("tittel", organisation.title), *_versions(organisation.version_log)),
        entry.file,
    )


def _meeting(entry: Entry, meeting: Meeting, of: Sitting) -> Iterator[Plan]:
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
            (*_source(entry, kind), *_meeting_facts(of), *_case_facts(of, places)),
            entry.file,
            tuple(of.printed[at] for at in places if of.printed[at]),
            draft,
        )

    yield plan("innkalling", "innkalling", partial(notice_view, of), cases)
    if any(case.late for case in meeting.cases) and not draft:
        late = [at for at in cases if meeting.cases[at].late]
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


def _source(entry: Entry, kind: str) -> tuple[tuple[str, str], ...]:
    """Give the kind and the input without its suffix: one meeting in two formats makes the same bytes."""
    return (("dokumenttype", kind), (SOURCE, source_name(entry.file)))


def source_name(file: str) -> str:
    """Return an input's file as its documents name it."""
    return file.rpartition(".")[0]


def _meeting_facts(of: Sitting) -> Iterator[tuple[str, str]]:
    yield "organ", of.meeting.body
    yield "møtedato", of.meeting.date.isoformat()
    yield "status", of.meeting.status


def _case_facts(of: Sitting, places: Iterable[int]) -> Iterator[tuple[str, str]]:
    """Give a property for each case: `sak 01/22` and its title. Of an exempt case neither own title nor id is told."""
    for at in places:
        case, number = of.meeting.cases[at], of.printed[at]
        if number and not of.is_draft:
            title = printed_title(case)
            yield f"sak {number}", f"{case.id}: {title}" if case.id and not case.exempt else title


def _versions(rows: Iterable[VersionRow]) -> Iterator[tuple[str, str]]:
    """Give a property for each version: `versjon 2` and who approved it when, empty for a draft."""
    for row in rows:
        body, date = approval(row.approved) if row.approved else ("", None)
        yield f"versjon {row.version}", " ".join(part for part in (body, date.iso if date else "") if part)
