"""What an approval holds for: the content of a document, part by part, without what is only its look."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from docgen.messages import _
from docgen.model.agenda import Numbered
from docgen.model.case_number import NumberForm
from docgen.model.dates import PartialDate
from docgen.model.document import Chapter, Chaptered, Document
from docgen.model.guideline import Guideline
from docgen.model.inputs import Input
from docgen.model.library import Library
from docgen.model.mandate import Mandate
from docgen.model.meeting import Case, FollowUp, Meeting
from docgen.model.organisation import Organisation
from docgen.model.values import Markdown

Meaning = Callable[[str], str]
"""Gives the same text for Markdown that becomes the same paragraphs, however it is written."""

Parts = tuple[tuple[str, str], ...]
"""The parts of a document in their order: its name, and the digest of what it says."""

_APART: dict[type[Input], frozenset[str]] = {
    Document: frozenset({"type", "language", "sensitivity", "remark", "version_log"}),
    # Who sits in a body changes without a new mandate; how its cases are numbered stands in no mandate.
    Mandate: frozenset({"members", "numbering", "words"}),
    Guideline: frozenset({"body"}),
    Meeting: frozenset({"status", "approved", "corrections", "moved_from", "report_absence_to"}),
    Case: frozenset({"number", "id", "late"}),
    # How far the work has come is told anew in each list of it; the minutes keep what they said.
    FollowUp: frozenset({"status"}),
}
"""The fields that are no content: the look, what is never printed, and what lives on after the approval."""

_SPECIAL = {"introduction", "chapters", "after", "attachments", "bodies", "take", "cases", "absent", "present"}
"""Fields that are parts of their own."""


def digest(value: object) -> str:
    """Return the SHA-256 of a value of texts, lists and objects, as 64 hex digits."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def apart(model: type[Input]) -> frozenset[str]:
    """Return the fields of a model that are no content."""
    return frozenset(name for one, names in _APART.items() if issubclass(model, one) for name in names) & set(
        model.model_fields
    )


def meeting_parts(
    meeting: Meeting, given: Numbered, form: NumberForm, meaning: Meaning, pictures: Mapping[str, str]
) -> Parts:
    """Return the content of a meeting's minutes, with the digests of the pictures that they show."""
    found: list[tuple[str, Any]] = [
        ("#meeting", _fields(meeting, meaning)),
        ("#attendance", [_plain(meeting.absent, meaning), _plain(meeting.present, meaning)]),
    ]
    for case, number in zip(meeting.cases, given.numbers, strict=True):
        found.append((f"{form.text(number)} {case.title}" if number else case.title, _plain(case, meaning)))
    return _digested([*found, *_pictures(pictures)])


def parts(document: Document, library: Library, meaning: Meaning, pictures: Mapping[str, str]) -> Parts:
    """Return the content of a mandate, a guideline or an organisation document.

    `pictures` are the digests of those that it shows, as its Markdown names them.
    """
    found: list[tuple[str, Any]] = [("#facts", _fields(document, meaning))]
    if isinstance(document, Chaptered):
        found += [("#introduction", meaning(document.introduction)), *_chapters(document.chapters, meaning)]
    if isinstance(document, Guideline):
        found.append(("#attachments", [list(one.split) for one in document.attachments]))
    if isinstance(document, Organisation):
        found += [*_bodies(document, library, meaning), *_chapters(document.after, meaning)]
    return _digested([*found, *_pictures(pictures)])


def _pictures(pictures: Mapping[str, str]) -> list[tuple[str, Any]]:
    return [(f"#picture {name}", picture) for name, picture in sorted(pictures.items())]


def _digested(found: Iterable[tuple[str, Any]]) -> Parts:
    return tuple((name, digest(value)) for name, value in found if value)


def _chapters(chapters: Iterable[Chapter], meaning: Meaning) -> Iterator[tuple[str, Any]]:
    for chapter in chapters:
        yield chapter.title, [chapter.title, meaning(chapter.text)]


def _bodies(document: Organisation, library: Library, meaning: Meaning) -> Iterator[tuple[str, Any]]:
    """Give each body with what is printed of its mandate."""
    for part in document.bodies:
        if mandate := library.mandate_in_force(part.body):
            wanted = [title.casefold() for title in part.chapters or document.take]
            taken = [one for one in mandate.chapters if not wanted or one.title.casefold() in wanted]
            yield mandate.name, [meaning(mandate.introduction), *(text for _title, text in _chapters(taken, meaning))]


def _fields(document: Document, meaning: Meaning) -> Any:
    """Return the fields that are no parts of their own."""
    left_out = apart(type(document)) | _SPECIAL
    return {
        name: plain
        for name in type(document).model_fields
        if name not in left_out and (plain := _plain(getattr(document, name), meaning))
    }


def _plain(value: Any, meaning: Meaning) -> Any:
    """Return a value as texts, lists and objects, without what is empty."""
    match value:
        case None | False | "" | ():
            return ""
        case True:
            return "ja"
        case Markdown():
            return meaning(value)
        case date() | PartialDate():
            return value.isoformat() if isinstance(value, date) else value.iso
        case Input():
            left_out = apart(type(value))
            names = (name for name in type(value).model_fields if name not in left_out)
            return {name: plain for name in names if (plain := _plain(getattr(value, name), meaning))}
        case tuple():
            return [_plain(one, meaning) for one in value]
    return str(value)


def differing(old: Parts, new: Parts) -> list[str]:
    """Return the parts that differ, named as people know them: `«Formål»`, `«Oppgaver» (new)`."""
    before, after = dict(old), dict(new)
    found = [part_name(name) for name, text in new if before.get(name, text) != text]
    found += [_("{part} (new)", part=part_name(name)) for name, _text in new if name not in before]
    found += [_("{part} (removed)", part=part_name(name)) for name, _text in old if name not in after]
    return found or [_("the order of the chapters")]


def part_name(name: str) -> str:
    """Return what people call a part: chapters and cases by their titles."""
    names = {
        "#facts": _("the facts under the title"),
        "#introduction": _("the introduction"),
        "#attachments": _("the list of attachments"),
        "#meeting": _("the facts of the meeting"),
        "#attendance": _("who was present"),
    }
    if name.startswith("#picture "):
        return _("the picture {file}", file=name.removeprefix("#picture "))
    return names.get(name, f"«{name}»")
