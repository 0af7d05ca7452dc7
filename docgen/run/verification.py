"""The register looked through, and the documents in output/ held against it. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from docgen.deliver.facts import Carried, carried, is_whole
from docgen.messages import _
from docgen.model.agenda import numbers
from docgen.model.carried import CONTENT, Paper
from docgen.model.comparing import Comparison
from docgen.model.dates import day_text
from docgen.model.editions import document_name
from docgen.model.library import Library
from docgen.model.record import Edition, Record
from docgen.problems import Problem, Where
from docgen.register import Register, RegisterError, Verified, opened_to_read, verify
from docgen.run.inputs import read_inputs
from docgen.run.ledger import lost_register
from docgen.run.report import Report
from docgen.run.workspace import Workspace, word_files
from docgen.source import source_name


@dataclass(slots=True)
class Verification:
    """What was found. `register` is None where a workspace has none and none is missing."""

    register: Verified | None = None
    meetings: int = 0
    documents: int = 0
    """How many documents of docgen were looked at."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong, and as warnings what is worth knowing."""

    @property
    def is_sound(self) -> bool:
        return all(one.warning for one in self.problems)


def verification(workspace: Workspace) -> Verification:
    """Return what is wrong with the workspace's register, and where its documents say something else."""
    found = Verification()
    if workspace.register.exists():
        found.register = verify(workspace.register)
        found.problems += found.register.problems
    try:
        opened = opened_to_read(workspace.register, workspace.marker)
        if opened is None:
            problem = lost_register(workspace)
            found.problems += [problem] if problem else []
            return found
        with opened as register:
            if not found.problems:
                _compare(workspace, register, found)
    except RegisterError as error:
        # Either told already in the same words, or about the marker.
        found.problems = list(dict.fromkeys([*found.problems, *error.problems]))
    if found.documents == 0 and not found.is_sound:
        what, fix = _("The documents were not compared with it."), _("Mend this first, and run docgen verify again.")
        found.problems.append(Problem(what, fix, Where(str(workspace.register)), warning=True))
    return found


def _output(workspace: Workspace) -> Iterator[tuple[str, Carried | None]]:
    """Give what messages call each Word document in output/, and what it carries."""
    for file in word_files(workspace.output):
        yield workspace.name(file), carried(file)


def _compare(workspace: Workspace, register: Register, found: Verification) -> None:
    comparison = Comparison(register.rows(), register.hash_of)
    record = comparison.record
    found.meetings = len(record.meetings)
    frozen = _frozen(workspace, record)
    grave, edited = list[Problem](), list[str]()
    for name, one in _output(workspace):
        if one is None:
            found.problems.append(_unreadable(name))
        elif not one.facts.get("dokumenttype"):
            continue
        elif not one.is_untouched:
            edited.append(name)
        else:
            found.documents += 1
            paper = Paper(name, name.rpartition("/")[2], one.facts, is_untouched=True)
            grave += comparison.seal(paper)
            found.problems += comparison.problems(paper)
        if one and name in frozen:
            found.problems += _as_frozen(workspace.root / name, name, one, frozen[name])
    found.problems[:0] = grave
    found.problems += [_edited(name) for name in edited if name not in frozen]
    library = read_inputs(workspace, Report()).library
    found.problems += _contested(comparison, library)
    found.problems += _without_inputs(library, record)


def _frozen(workspace: Workspace, record: Record) -> dict[str, tuple[Edition, str]]:
    """Return the documents of the editions in force, by what messages call them, with the digest of their bytes."""
    in_force = (editions[-1] for editions in record.editions.values())
    return {
        workspace.name(workspace.output / place): (edition, digest)
        for edition in in_force
        for place, digest in edition.made
    }


def _as_frozen(file: Path, name: str, there: Carried, frozen: tuple[Edition, str]) -> Iterator[Problem]:
    """Tell when an approved document is neither the frozen one nor made anew from the same content."""
    edition, digest = frozen
    if sha256(file.read_bytes()).hexdigest() == digest:
        return
    if not there.is_untouched:
        what = _(
            "The approved document (version {version}) has been edited by a person since it was approved.",
            version=edition.version,
        )
        fix = _("The approved one is kept in the register. Delete this one and build, and it is there again.")
        yield Problem(what, fix, Where(name), warning=True)
    elif not is_whole(file):
        yield _unreadable(name)
    elif CONTENT not in there.facts:
        what = _(
            "This is not version {version} of {document}, which was approved under this name.",
            version=edition.version,
            document=edition.document,
        )
        fix = _("The approved one is kept in the register. Move this one away and build, and it is there again.")
        yield Problem(what, fix, Where(name))


def _unreadable(name: str) -> Problem:
    what = _("The document is damaged and can't be read.")
    return Problem(what, _("Delete it and build, and it is made again."), Where(name))


def _edited(name: str) -> Problem:
    what = _("The document has been edited by a person, so it was not compared with the register.")
    return Problem(what, _("That is in order, if it was meant."), Where(name), warning=True)


def _contested(comparison: Comparison, library: Library) -> Iterator[Problem]:
    for number, meetings in comparison.contested():
        what = _(
            "Case number {number} is in several meetings: {meetings}.",
            number=library.form(meetings[0].body).text(number),
            meetings=", ".join(f"{one.body} {day_text(one.date)}" for one in meetings),
        )
        fix = _("So it was when the register was made from documents. Nobody else gets the number.")
        yield Problem(what, fix, Where(meetings[0].source), warning=True)


def _without_inputs(library: Library, record: Record) -> Iterator[Problem]:
    """Tell of meetings and approved documents whose input is gone."""
    given = numbers(library, record)
    present = {one.meeting.number for one in given.values() if one.meeting}
    unread = {source_name(name) for name in (*library.unreadable, *(e.file for e in library.entries if not e.value))}
    fix = _("Put it back. What is registered stays as it is meanwhile.")
    for known in record.meetings.values():
        if known.number not in present and known.source not in unread:
            what = _(
                "The input of the meeting of {body} on {date} is gone; its case numbers are registered.",
                body=known.body,
                date=day_text(known.date),
            )
            yield Problem(what, fix, Where(known.source), warning=True)
    names = {document_name(one, one.value).casefold() for one in library.entries if one.value}
    for name, editions in record.editions.items():
        if not editions[-1].meeting and name not in names and editions[-1].source not in unread:
            what = _("The input of {document} is gone; its versions are registered.", document=editions[-1].document)
            yield Problem(what, fix, Where(editions[-1].source), warning=True)
