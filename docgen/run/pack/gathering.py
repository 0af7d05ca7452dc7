"""What the pack of a meeting is made of, in order, before any of it is PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.deliver.pack.parts import Fault, Part
from docgen.model.documents import DRAFT, Plan, Registered, of_input
from docgen.model.file_names import file_name_safe
from docgen.model.known_meetings import start_of
from docgen.model.library import Entry
from docgen.model.meeting import Meeting
from docgen.model.public import public_library, public_meeting
from docgen.model.view.meeting import Sitting, file_title, printed_title, sitting
from docgen.model.view.pack import agenda_stamp, case_name, case_stamp
from docgen.read import SUFFIXES
from docgen.run.planning import Todo
from docgen.run.workspace import Workspace, inside, real

SUFFIX = ".pdf"
PUBLIC = " (offentlig)"
_GUIDELINES = ("retningslinje", "vedlegg")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part to come: the document to make, or the file to take in, and how it stands in the pack.

    `source` is the file that a person would look in, and `pictures` are those that the document shows, by their names.
    """

    made_of: Plan | Path | None
    part: Part
    source: str
    pictures: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting with all that its pack is made of. `file` is the pack's path from output/."""

    of: Sitting
    leaves: Sequence[Leaf]
    file: str


def gathered(workspace: Workspace, todo: Todo, entry: Entry, meeting: Meeting, *, public: bool) -> Gathering:
    """Return what the pack of a meeting is made of; a `public` one of what anybody may see of the meeting."""
    document, library = todo.approvals.as_approved.get(entry.file, (meeting, todo.inputs.library))
    assert isinstance(document, Meeting)
    if public:
        document, library = public_meeting(document), public_library(library)
    plans = of_input(entry, document, library, todo.numbers, Registered())
    of = sitting(document, todo.numbers[entry.file], library)
    agenda = next(plan for plan in plans if plan.kind == "innkalling")
    papers = iter([plan for plan in plans if plan.kind == "saksframlegg"])
    part = Part(Fault.UNMADE, of.words["innkalling"], _tag(of), agenda_stamp(of), is_agenda=True)
    shown = todo.inputs.shown[entry.file]
    leaves = [Leaf(agenda, part, entry.file, shown), *_cases(workspace, todo, of, entry.file, papers)]
    others = [one for _entry, one in todo.inputs.library.meetings if library.same_body(one.body, meeting.body)]
    is_alone = sum(one.date == meeting.date for one in others) < 2
    name = _name(of, public=public, is_alone=is_alone)
    return Gathering(of, leaves, f"{agenda.folder}/{name}")


def _name(of: Sitting, *, public: bool, is_alone: bool) -> str:
    """Return the pack's file name; it tells when the meeting starts where the body has two that day."""
    start = [] if is_alone else [start_of(of.meeting).replace(":", ".")]
    stem = " ".join([of.meeting.date.isoformat(), *start, of.meeting.body, "sakspakke"])
    return file_name_safe(stem, extension=f"{PUBLIC if public else ''}{DRAFT if of.is_draft else ''}{SUFFIX}")


def _cases(workspace: Workspace, todo: Todo, of: Sitting, source: str, papers: Iterator[Plan]) -> Iterator[Leaf]:
    """Give each case's paper and its attachments, in the order of the agenda."""
    listed = _listed(of)
    for at, case in enumerate(of.meeting.cases):
        stamp, under = case_stamp(of, at), (case_name(of, at),)
        mentioned = tuple(text for text in (of.printed[at], printed_title(case)) if text)
        if case.has_paper:
            paper = Part(Fault.UNMADE, of.words["saksframlegg"], _tag(of), stamp, under, mentioned)
            yield Leaf(next(papers), paper, source, todo.inputs.shown[source])
            mentioned = ()
        for number, attachment in enumerate(case.attachments, 1):
            title = attachment.title or file_title(attachment.file)
            if not mentioned and not case.exempt and listed.count(title.casefold()) == 1:
                mentioned = (title,)
            part = Part(Fault.GONE, f"{of.words['vedlegg']} {number} {title}", _tag(of), stamp, under, mentioned)
            yield _attached(workspace, todo, source, attachment.file, part)
            mentioned = ()


def _attached(workspace: Workspace, todo: Todo, source: str, named: str, part: Part) -> Leaf:
    """Return an attachment: the file that is named, and of the input of a guideline the document made of it."""
    file = inside(workspace, source, named)
    if file and file.suffix.lower() in SUFFIXES:
        for plan in todo.all_plans:
            if plan.kind in _GUIDELINES and real(workspace.root / plan.input) == file:
                return Leaf(plan, replace(part, data=Fault.UNMADE), plan.input, todo.inputs.shown[plan.input])
    return Leaf(file, part, named)


def _listed(of: Sitting) -> list[str]:
    """Return what the agenda may print of cases and attachments: a name that stands there twice is no link."""
    cases = of.meeting.cases
    attachments = [one.title or file_title(one.file) for case in cases for one in case.attachments]
    texts = [*map(printed_title, cases), *attachments, *(str(point) for case in cases for point in case.points)]
    return [text.casefold() for text in texts]


def _tag(of: Sitting) -> str:
    return f"{of.language}-NO"
