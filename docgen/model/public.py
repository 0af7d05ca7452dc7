"""What the public may see of a meeting: of an exempt case its ground, of people no more than whom they stand for.

A field that is not named here is left out, so that a new one is private until somebody says otherwise.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TypeVar

from docgen.model.inputs import Input
from docgen.model.library import Entry, Library
from docgen.model.mandate import Mandate, Member
from docgen.model.meeting import Case, Meeting
from docgen.model.personal import without_leads

_MEETING = ("type", "language", "sensitivity", "title", "body", "date", "time", "place", "number", "status", "cases")
_MEMBER = ("name", "role", "position", "represents", "party")
_EXEMPT = ("number", "kind", "numbered", "late", "exempt", "outcome")
_CASE = (
    *("title", *_EXEMPT, "id", "responsible", "time", "points", "continues", "postponed_from"),
    *("background", "assessment", "recommendation", "attachments"),
)

T = TypeVar("T", bound=Input)


def public_meeting(meeting: Meeting) -> Meeting:
    """Return the meeting as it was called, with nothing that is exempt, and nothing more of people than their names."""
    shown = _only(meeting, _MEETING)
    cases = tuple(map(_public_case, meeting.cases))
    return shown.model_copy(update={"cases": cases, **_reached(shown, "title", "place")})


def public_library(library: Library) -> Library:
    """Return the library with what the public may see of the members of each body."""
    entries = [_public_entry(one) for one in library.entries]
    found = Library(entries, library.house, library.unread, library.elsewhere)
    found.in_force = {body: _public_mandate(mandate) for body, mandate in library.in_force.items()}
    return found


def exempt_titles(meeting: Meeting) -> tuple[str, ...]:
    """Return the titles that the public may not see."""
    shown = [case.exempt.public_title or "" for case in meeting.cases if case.exempt]
    titles = [case.title for case in meeting.cases if case.exempt]
    return tuple(own for own, said in zip(titles, shown, strict=True) if own.casefold() not in said.casefold())


def _public_case(case: Case) -> Case:
    if case.exempt is None:
        shown = _only(case, _CASE)
        return shown.model_copy(update=_reached(shown, "responsible"))
    return _only(case, _EXEMPT, title=case.exempt.public_title or "")


def _public_entry(entry: Entry) -> Entry:
    if isinstance(entry.value, Mandate):
        return replace(entry, value=_public_mandate(entry.value))
    return entry


def _public_mandate(mandate: Mandate) -> Mandate:
    members = []
    for member in mandate.members:
        shown = _only(member, _MEMBER)
        members.append(shown.model_copy(update=_reached(shown, "name", "position", "represents")))
    return mandate.model_copy(update={"members": tuple(members)})


def _only(one: T, kept: Collection[str], **instead: object) -> T:
    """Return an input with the named fields, and all others as if they were not written."""
    fields = type(one).model_fields
    empty = {name: field.get_default(call_default_factory=True) for name, field in fields.items() if name not in kept}
    return one.model_copy(update={**empty, **instead})


def _reached(one: Member | Case | Meeting, *names: str) -> dict[str, str]:
    """Return the named fields that are written, without addresses and telephone numbers."""
    return {name: without_leads(value) for name in names if (value := getattr(one, name))}
