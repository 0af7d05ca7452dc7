"""Who was at a meeting: the mandate's members less those absent, their deputies, and the others present."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docgen.model.mandate import Mandate, Member
from docgen.model.meeting import Absence, Meeting, Presence


@dataclass(frozen=True, slots=True)
class Attendee:
    """Someone at a meeting. `instead_of` is the member that a deputy stands in for; the case numbers are as written."""

    name: str
    position: str
    represents: str
    role: str
    instead_of: str = ""
    since: str = ""
    until: str = ""
    note: str = ""


def attendees(meeting: Meeting, mandate: Mandate | None) -> list[Attendee]:
    """Return all who were there: members in the mandate's order, deputies in their place, then the others."""
    members = mandate.members if mandate else ()
    absent = {one.name.casefold(): one for one in meeting.absent}
    present = {one.name.casefold(): one for one in meeting.present}
    by_name = {member.name.casefold(): member for member in members}
    here: list[Attendee] = []
    for member in members:
        name = member.name.casefold()
        if name in absent:
            here += _deputy(absent[name], member, by_name, present)
        elif member.role != "vara" or name in present:
            here.append(_member(member, present.get(name)))
    named = {one.name.casefold() for one in here}
    return here + [_other(one) for name, one in present.items() if name not in named and name not in by_name]


def absentees(meeting: Meeting, mandate: Mandate | None) -> list[tuple[Absence, Member | None]]:
    """Return those absent, with what the mandate says of them."""
    by_name = {member.name.casefold(): member for member in mandate.members} if mandate else {}
    return [(one, by_name.get(one.name.casefold())) for one in meeting.absent]


def _deputy(
    absence: Absence, member: Member, by_name: Mapping[str, Member], present: Mapping[str, Presence]
) -> Iterator[Attendee]:
    """Give the deputy who met for an absent member: deputies come only when called, so only when one is named."""
    if not absence.deputy:
        return
    own = by_name.get(absence.deputy.casefold())
    seen = present.get(absence.deputy.casefold())
    yield Attendee(
        absence.deputy,
        (seen and seen.position) or (own and own.position) or "",
        (seen and seen.represents) or (own and own.represents) or member.represents or "",
        "vara",
        instead_of=member.name,
        since=(seen and seen.since) or "",
        until=(seen and seen.until) or "",
        note=(seen and seen.note) or "",
    )


def _member(member: Member, seen: Presence | None) -> Attendee:
    return Attendee(
        member.name,
        (seen and seen.position) or member.position or "",
        (seen and seen.represents) or member.represents or "",
        member.role,
        since=(seen and seen.since) or "",
        until=(seen and seen.until) or "",
        note=(seen and seen.note) or "",
    )


def _other(one: Presence) -> Attendee:
    return Attendee(
        one.name,
        one.position or "",
        one.represents or "",
        "",
        since=one.since or "",
        until=one.until or "",
        note=one.note or "",
    )
