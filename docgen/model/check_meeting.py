"""What is wrong with a meeting that no single value tells."""

from __future__ import annotations

from collections.abc import Callable

from docgen.messages import _
from docgen.model.bad_value import BadValue
from docgen.model.case_number import CaseNumber, NumberForm, read_reference
from docgen.model.inputs import nearest
from docgen.model.known_meetings import moved
from docgen.model.library import Entry, Library
from docgen.model.mandate import Mandate
from docgen.model.meeting import Case, Meeting

_VOTED = ("enstemmig", "samrøystes", "einstemmig")
"""Words for how votes fell, which a consensus body never prints (domain.md, Decisions)."""


def check_meeting(
    entry: Entry,
    meeting: Meeting,
    given: tuple[CaseNumber | None, ...],
    library: Library,
    exists: Callable[[str, str], bool],
) -> None:
    """Tell what is wrong with a meeting whose cases have the numbers `given`."""
    mandate = library.mandate(meeting.body)
    if mandate is None:
        entry.tell(("body",), *library.no_body(meeting.body))
    # Where a key is wrong, what seems to be missing may well be there under that key.
    if not entry.is_astray(()):
        _check_status(entry, meeting)
    _check_people(entry, meeting, mandate)
    form = library.form(meeting.body)
    for at, person in enumerate(meeting.present):
        for name, written in (("since", person.since), ("until", person.until)):
            if written:
                _check_here(entry, ("present", at, name), written, meeting, form, given)
    for at, bad in moved(meeting, library).wrong:
        entry.tell(
            ("moved_from", at),
            bad.what,
            _("Write the date that the meeting had, or ikke and a case of the meeting that it is not."),
        )
    ids: dict[str, int] = {}
    for at, case in enumerate(meeting.cases):
        if not entry.is_astray(("cases", at)):
            _check_case(entry, at, case, meeting, mandate)
        _check_id(entry, at, case, ids)
        _check_reference(entry, at, case, meeting, library)
        for place, attachment in enumerate(case.attachments):
            if not exists(entry.file, attachment.file):
                what = _("The attachment {file} is not there.", file=attachment.file)
                fix = _("Put the file in the input's folder or below it, or mend its name.")
                entry.tell(("cases", at, "attachments", place), what, fix)


def _check_status(entry: Entry, meeting: Meeting) -> None:
    """Tell what a meeting lacks for the status it has."""
    if meeting.status != "utkast":
        if not meeting.cases:
            entry.tell(("cases",), _("The agenda has no cases."), _("Write the cases under saker, or status: utkast."))
        for field, value in (("time", meeting.time), ("place", meeting.place)):
            if value is None:
                key = entry.where((field,)).path[-1]
                what = _("The meeting is called, and {key} is not written.", key=key)
                entry.tell((field,), what, _("Write {key}:, or status: utkast.", key=key))
    if meeting.status == "godkjent" and (
        meeting.approved is None or not (meeting.approved.case or meeting.approved.date)
    ):
        what = _("The minutes are approved, and it is not said by which case and when.")
        entry.tell(("approved",), what, _("Write godkjent: with sak: and dato: under it."))
    if meeting.approved and meeting.status != "godkjent":
        what = _("It is said how the minutes were approved, and status is {status}.", status=meeting.status)
        entry.tell(("status",), what, _("Write status: godkjent, or remove godkjent:."))


def _check_people(entry: Entry, meeting: Meeting, mandate: Mandate | None) -> None:
    """Tell when someone absent is no member, or is said to be present too."""
    if mandate is None:
        return
    members = {member.name.casefold(): member.name for member in mandate.members}
    here = {person.name.casefold() for person in meeting.present}
    for at, absence in enumerate(meeting.absent):
        name = absence.name.casefold()
        if name not in members:
            near = nearest(name, members)
            fix = (
                _("Did you mean {near}?", near=members[near])
                if near
                else _("Write the name as in the mandate, or add the member there.")
            )
            entry.tell(("absent", at), _("{name} is no member of {body}.", name=absence.name, body=mandate.body), fix)
        elif name in here:
            what = _("{name} is both absent and present.", name=absence.name)
            entry.tell(("absent", at), what, _("Remove the name from one of the lists."))
    for at, person in enumerate(meeting.present):
        name = person.name.casefold()
        near = nearest(name, members)
        if near and near != name and not person.represents and not person.position:
            what = _("{name} is no member of {body}.", name=person.name, body=mandate.body)
            fix = _("Did you mean {near}? Else write stilling: or representerer: too.", near=members[near])
            entry.tell(("present", at), what, fix, warning=True)


def _check_here(
    entry: Entry,
    loc: tuple[int | str, ...],
    written: str,
    meeting: Meeting,
    form: NumberForm,
    given: tuple[CaseNumber | None, ...],
) -> None:
    """Tell when a case number that must be of this meeting is not."""
    try:
        number = form.read(written, body=meeting.body)
    except BadValue as bad:
        entry.tell(loc, bad.what, bad.fix)
        return
    if number not in given:
        numbers = [form.text(one) for one in given if one]
        what = _("Case {number} is not in this meeting.", number=written)
        entry.tell(loc, what, _("Its cases are {numbers}.", numbers=", ".join(numbers) or "–"))


def _check_id(entry: Entry, at: int, case: Case, ids: dict[str, int]) -> None:
    if case.id is None:
        return
    first = ids.setdefault(case.id.casefold(), at)
    if first != at:
        what = _("The id {id} is used by two cases.", id=case.id)
        entry.tell(("cases", at, "id"), what, _("Give each case an id of its own, or none."))


def _check_case(entry: Entry, at: int, case: Case, meeting: Meeting, mandate: Mandate | None) -> None:
    loc = ("cases", at)
    if case.consensus is False and not case.way_forward:
        what = _("There was no consensus, and there is no plan for how the case is taken further.")
        fix = _("Write videre håndtering: and what was agreed, as the minutes must hold it.")
        entry.tell((*loc, "consensus"), what, fix)
    by_consensus = mandate is None or mandate.decision == "konsensus"
    if by_consensus and case.decision and any(word in case.decision.casefold() for word in _VOTED):
        what = _("{body} decides by consensus and does not vote.", body=meeting.body)
        entry.tell((*loc, "decision"), what, _("Write what was decided, without how votes fell."), warning=True)
    if case.exempt and not case.exempt.public_title:
        what = _("The case is exempt from public access, and documents and file names print its title as it is.")
        fix = _("Write offentlig tittel: under unntatt:, if only as the title itself.")
        entry.tell((*loc, "exempt"), what, fix, warning=True)
    if case.outcome == "trukket" and case.decision:
        what = _("The case is withdrawn, and a decision is written.")
        entry.tell((*loc, "outcome"), what, _("Remove vedtak:, or mend utfall:."))
    held = meeting.status in ("avholdt", "godkjent")
    if held and case.numbered and not case.has_minutes and case.outcome not in ("utsatt", "trukket"):
        what = _("Nothing is written of how the case «{title}» went.", title=case.title)
        entry.tell(loc, what, _("Write behandling: or vedtak:, or utfall: utsatt or trukket."), warning=True)
    if not held and (case.decision or case.proceedings):
        what = _("A decision is written, and the meeting has status {status}.", status=meeting.status)
        field = "decision" if case.decision else "proceedings"
        entry.tell((*loc, field), what, _("Write status: avholdt when the meeting has been held."), warning=True)


def _check_reference(entry: Entry, at: int, case: Case, meeting: Meeting, library: Library) -> None:
    """Tell when what a case continues can't be read as a case number, or is of a body that nobody knows."""
    for name, written in (("continues", case.continues), ("postponed_from", case.postponed_from)):
        if not written:
            continue
        loc = ("cases", at, name)
        try:
            reference = read_reference(written, library.forms(), own=meeting.body)
        except BadValue as bad:
            entry.tell(loc, bad.what, bad.fix)
            continue
        if reference.body and library.mandate(reference.body) is None:
            entry.tell(loc, *library.no_body(reference.body), warning=True)
