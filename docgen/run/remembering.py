"""What a build leaves for the next: how every input stands, and what each document was made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from docgen.model.case_number import CaseNumber
from docgen.model.editions import document_name
from docgen.model.families import EVERY, families, families_before, meetings_of, reads
from docgen.model.file_names import same_name
from docgen.model.known_meetings import start_of
from docgen.model.library import Entry, Library
from docgen.model.meeting import Meeting
from docgen.model.record import Record
from docgen.problems import Problem
from docgen.run.built import Built, as_problem, as_told
from docgen.run.known import KnownInput
from docgen.run.ledger import Ledger
from docgen.run.looking import Look
from docgen.run.making import Press
from docgen.run.pictures import named_pictures
from docgen.run.planning import Todo
from docgen.run.report import Made, Report
from docgen.run.seen import FRESH, Seen, watched
from docgen.run.stale import Scope
from docgen.run.untouched import KEY, results, sources
from docgen.run.workspace import Workspace, is_unicode
from docgen.source import source_name


def tell_known(report: Report, built: Built, scope: Scope, wanted: frozenset[str] | None, workspace: Workspace) -> None:
    """Tell the report of the inputs that need not be looked at, as they were told of when they last were."""
    rest = {
        name: one
        for name, one in built.inputs.items()
        if name not in scope.asked and name not in scope.removed and (wanted is None or name in wanted)
    }
    if not rest:
        return
    for name, one in rest.items():
        report.inputs.append(name)
        if one.standing != "right":
            report.refused.append(name)
        report.problems += [as_problem(told) for told in one.problems]
    output = workspace.name(workspace.output)
    for document in sorted(built.documents.values(), key=lambda one: one.place):
        known = rest.get(document.input)
        if known and known.standing == "right" and document.state == "made":
            report.documents.append(
                Made(
                    f"{output}/{document.file}",
                    document.kind,
                    document.input,
                    "unchanged",
                    document.numbers,
                    document.provisional,
                )
            )
    report.inputs.sort()
    report.refused.sort()
    first = len(workspace.warnings)
    report.problems[first:] = sorted(report.problems[first:], key=lambda problem: problem.where.file)
    report.documents.sort(key=lambda made: made.input)


def remember(found: Look, todo: Todo, press: Press, ledger: Ledger, pdf: str = "") -> Callable[[], None]:
    """Take in how the inputs and documents of a build stand, and return what writes it down.

    Nothing new is known of inputs that were held. `pdf` tells who makes PDF beside them; see PdfWork.state.
    """
    built, there, scope = found.built, found.seen, found.scope
    if not scope.asked <= todo.asked:
        # Inputs that it bears on were not asked for: the next build begins where this one did.
        return partial(built.note, list(press.noted.values()))
    told = {one.file: one for one in _told(todo, there, press, scope, ledger.record) if is_unicode(one.file)}
    stirred = _stirred(told, built.inputs, scope.removed, ledger)
    touched = []
    for name in frozenset(there.inputs).intersection(built.inputs).difference(told, found.held):
        if (one := built.inputs[name]).stamp != there.stamp(name):
            # Its content is the same, or it would have been looked at; its stamp may now be old enough to be trusted.
            one.stamp = there.stamp(name)
            touched.append(name)
    built.inputs |= told
    for name in scope.removed:
        del built.inputs[name]
    readers = [name for name, one in built.inputs.items() if not stirred.isdisjoint(one.reads)]
    for name in readers:
        built.inputs[name].due = True
    left = _documents_left(built, todo, press, told)
    for file in left:
        del built.documents[file]
    built.documents |= press.noted
    built.meta = {**found.state, "register": ledger.head, "gone": json.dumps(todo.gone)}
    if not found.held and not ledger.news and _is_settled(built, there, press.report):
        built.meta |= _settled(built, there, press.report, pdf)
    return partial(built.save, {*told, *touched, *readers}, scope.removed, press.noted, left)


def _is_settled(built: Built, there: Seen, report: Report) -> bool:
    """Return whether the next build has nothing to do as long as nothing on disk is changed."""
    return (
        not there.is_hasty
        and built.inputs.keys() == set(there.inputs) == set(report.inputs)
        and all(made.state == "unchanged" for made in report.documents)
        and all(one.stamp and not one.due for one in built.inputs.values())
        and all(was != FRESH for one in built.inputs.values() for _name, was in one.watched)
        and None not in built.templates.values()
    )


def _settled(built: Built, there: Seen, report: Report, pdf: str) -> dict[str, str]:
    """Return what a build with nothing to do needs to know, as the cache tells it; nothing where one must look."""
    workspace = there.workspace
    named = {name for one in built.inputs.values() for name, _was in one.watched}
    register = (workspace.register, workspace.register.with_name(f"{workspace.register.name}-wal"), workspace.marker)
    others = [*sorted(named - set(there.found.files)), *map(str, register)]
    folders = [workspace.name(folder) for folder in (*workspace.input_folders, workspace.templates)]
    seals = {"sources": sources(workspace.root, there.found, others), "results": results(there.made)}
    told = {
        "program": built.meta["program"],
        "folders": folders,
        "others": others,
        **seals,
        "language": workspace.settings.house.language,
        "inputs": len(report.inputs),
        "documents": report.count("unchanged"),
        "refused": len(report.refused),
        "pdf": pdf,
        "problems": [as_told(problem) for problem in report.problems],
    }
    return {KEY: json.dumps(told, ensure_ascii=False)} if all(seals.values()) else {}


def _documents_left(built: Built, todo: Todo, press: Press, told: Mapping[str, KnownInput]) -> list[str]:
    """Return the documents that are no input's any more, and note the places of those that are."""
    planned = {plan.file: place for place, plan in enumerate(todo.plans)}
    for file, document in press.noted.items():
        document.place = planned.get(file, len(planned))
    still = {*planned, *press.noted}
    return [file for file, one in built.documents.items() if file not in still and _is_left(one.input, built, told)]


def _is_left(owner: str, built: Built, told: Mapping[str, KnownInput]) -> bool:
    """Return whether a document that is not planned is no longer its input's: one with a problem keeps what it has."""
    return owner not in built.inputs or (owner in told and told[owner].standing == "right")


def _told(todo: Todo, there: Seen, press: Press, scope: Scope, record: Record) -> Iterator[KnownInput]:
    """Give how the inputs that were looked at stand."""
    library = todo.inputs.library
    entries = {one.file: one for one in library.entries}
    due = {plan.input for plan in todo.plans if not _is_done(press, plan.file)}
    problems: dict[str, list[Problem]] = {}
    for problem in press.report.problems:
        problems.setdefault(problem.where.file, []).append(problem)
    for name in scope.asked:
        told = problems.get(name, [])
        if name in entries:
            one = _known(entries[name], todo, there, library)
            one.families = tuple(sorted({*one.families, *families_before(source_name(name), record)}))
        else:
            one = KnownInput(name, None, there.digests.get(name, ""), "unread", families=(EVERY,))
        one.stamp = there.stamp(name)
        one.problems = tuple(as_told(problem) for problem in told)
        one.due = name in due
        yield one


def _is_done(press: Press, file: str) -> bool:
    """Return whether a document is as it should be. One made with a template that is broken now is looked at again."""
    known = press.noted.get(file)
    return known is not None and known.stamp is not None and known.template not in press.templates.problems


def _known(one: Entry, todo: Todo, there: Seen, library: Library) -> KnownInput:
    document, given = one.seen, todo.numbers.get(one.file)
    known = KnownInput(one.file, None, there.digests[one.file])
    known.standing = "right" if one.is_right else "refused" if document else "unread"
    known.kind = one.kind
    known.families = tuple(sorted(families(one, library)))
    known.reads = tuple(sorted(reads(one, library)))
    kept = (same_name(name) for name, edition in todo.approvals.kept.items() if edition.input == one.file)
    known.wanted = (*todo.wanted.get(one.file, ()), *kept)
    known.document = document_name(one, document).casefold() if document else ""
    if isinstance(document, Meeting):
        mandate = library.mandate(document.body)
        known.body, known.body_name = document.body, mandate.name if mandate else ""
        known.date, known.start = document.date.isoformat(), start_of(document)
        known.place, known.status = document.place or "", document.status
    else:
        known.body = str(getattr(document, "body", None) or "")
    known.title = str(getattr(document, "title", None) or getattr(document, "name", None) or "")
    if given:
        known.meeting = given.meeting.number if given.meeting else 0
        known.numbers = tuple(_number(given.sequence.name, number) for number in given.numbers if number)
    known.watched = tuple(
        [name, FRESH if stamp and there.is_fresh(stamp) else stamp and list(stamp)]
        for name, stamp in watched(there.workspace, one.file, named_files(one))
    )
    return known


def named_files(one: Entry) -> list[str]:
    """Return the pictures and attachments that an input names."""
    found = list(named_pictures(one))
    if isinstance(one.seen, Meeting):
        found += [attachment.file for case in one.seen.cases for attachment in case.attachments]
    return found


def _number(sequence: str, number: CaseNumber) -> list[str | int]:
    return [sequence, number.year, number.number, number.suffix]


def _stirred(
    told: Mapping[str, KnownInput], known: Mapping[str, KnownInput], removed: Iterable[str], ledger: Ledger
) -> set[str]:
    """Return the families whose numbers or meetings are not as they were, of which other inputs may tell."""
    found = {
        meetings_of(case.sequence, case.number.year)
        for row in ledger.news
        if row.event == "meeting"
        for case in ledger.record.meeting(row.facts["meeting"]).cases
    }
    for name in {*told, *removed}:
        old, now = known.get(name), told.get(name)
        if (old.numbers if old else ()) != (now.numbers if now else ()):
            found |= {family for one in (old, now) if one for family in one.families}
    return found - {EVERY}
