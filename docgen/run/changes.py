"""What changed from one edition of a document to another, or to its draft: a Word file with tracked changes."""

from __future__ import annotations

from dataclasses import replace

from docgen.messages import _
from docgen.model.documents import SUFFIX, Plan, Registered, comparison, of_input
from docgen.model.editions import document_name
from docgen.model.library import Entry
from docgen.model.record import Edition
from docgen.model.version_log import Versioned
from docgen.problems import Problem, Where
from docgen.run.exhibit import FOLDER, Exhibit, ExhibitError, edition_named, frozen_files, plans_of, versioned
from docgen.run.history import History
from docgen.run.lookup import Subject
from docgen.run.pictures import pictures
from docgen.run.templates import Templates
from docgen.run.work import Job, compared, work

Made = tuple[Plan, bytes]


def changes(known: History, asked: Subject, since: str | None, until: str | None) -> Exhibit:
    """Return a document that tracks the changes since an edition, in the draft or in a later edition.

    Without versions: of a draft since the edition in force, else of the edition in force since the one before it.
    Raises ExhibitError, UnknownError, TemplateError and RegisterError.
    """
    draft = _draft(known, asked) if until is None else None
    last = None if draft else edition_named(asked, until)
    first = _first(asked, since, last)
    templates = Templates(known.workspace)
    old, before = _of_edition(known, first, templates)
    if draft:
        new, after = _of_draft(known, draft, templates)
        plan = comparison(old, new)
        return Exhibit(first, plan.folder, [(plan.name, compared(before, after, plan.facts))])
    assert last is not None  # where there is no draft there is an edition
    new, after = _of_edition(known, last, templates)
    stem = new.name.removesuffix(SUFFIX)
    name = versioned(stem, last, SUFFIX, _("changes since {version}", version=first.version))
    plan = replace(comparison(old, new), name=name)
    return Exhibit(last, FOLDER, [(plan.name, compared(before, after, plan.facts))])


def _draft(known: History, asked: Subject) -> Entry | None:
    """Return the input of the document when it is a draft now."""
    for entry in known.library.entries:
        value = entry.value
        if isinstance(value, Versioned) and document_name(entry, value).casefold() == asked.name.casefold():
            return entry if value.is_draft else None
    return None


def _first(asked: Subject, since: str | None, last: Edition | None) -> Edition:
    """Return the edition to compare with: the one that was named, else the one in force before `last` or the draft."""
    if since is not None:
        return edition_named(asked, since)
    if last is None:
        return edition_named(asked, None)
    if last.position > 1:
        return asked.editions[last.position - 2]
    what = _("«{document}» has no version before «{version}».", document=asked.name, version=last.version)
    raise ExhibitError(Problem(what, _("docgen log shows the versions that there are."), Where("docgen")))


def _of_edition(known: History, edition: Edition, templates: Templates) -> Made:
    plan = plans_of(known, edition)[0]
    return plan, _rendered(plan, frozen_files(known, edition.pictures), templates)


def _of_draft(known: History, entry: Entry, templates: Templates) -> Made:
    plan = of_input(entry, entry.value, known.library, {}, Registered())[0]
    images = {written: file.read_bytes() for written, file in pictures(known.workspace, entry).items()}
    return plan, _rendered(plan, images, templates)


def _rendered(plan: Plan, images: dict[str, bytes], templates: Templates) -> bytes:
    return work(Job(templates.of(plan), plan.view(), plan.facts, plan.language, images))
