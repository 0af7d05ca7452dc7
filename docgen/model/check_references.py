"""What inputs say of cases that the register knows: where a case comes from, and which case approved what."""

from __future__ import annotations

from collections.abc import Container

from docgen.messages import _
from docgen.model.agenda import Numbers, sequence_name
from docgen.model.bad_value import BadValue
from docgen.model.case_number import CaseNumber, read_reference
from docgen.model.dates import PartialDate, day_text
from docgen.model.library import Entry, Library
from docgen.model.meeting import Meeting
from docgen.model.record import KnownCase, KnownMeeting, Record
from docgen.model.version_log import Versioned, approval

Loc = tuple[int | str, ...]

Coming = Container[tuple[str, CaseNumber]]
"""The numbers of the inputs, by sequence."""


def check_references(library: Library, record: Record, given: Numbers) -> None:
    """Warn where an input names a case that the register does not have, or has otherwise.

    Numbers below those that the register has of a year are on paper, and left alone; `given` are those of the inputs,
    which may be about to be fixed.
    """
    coming = {(one.sequence.name, number) for one in given.values() for number in one.numbers if number}
    coming |= library.elsewhere.coming
    for entry in library.entries:
        match entry.value:
            case Meeting() as meeting:
                _check_meeting(entry, meeting, library, record, coming)
            case Versioned() as document:
                for at, row in enumerate(document.version_log):
                    if row.approved and row.approved.case:
                        body, date = approval(row.approved)
                        loc = ("version_log", at, "approved", "case")
                        _check_approval(entry, loc, row.approved.case, body, date, library, record, coming)


def _check_meeting(entry: Entry, meeting: Meeting, library: Library, record: Record, coming: Coming) -> None:
    for at, case in enumerate(meeting.cases):
        for name, written in (("continues", case.continues), ("postponed_from", case.postponed_from)):
            if not written:
                continue
            loc: Loc = ("cases", at, name)
            found = _known(entry, loc, written, meeting.body, library, record, coming)
            if found and name == "postponed_from" and found[1].outcome != "utsatt":
                what = _(
                    "Case {number} is not postponed in the meeting on {date}.", number=written, date=_day(found[0])
                )
                entry.tell(loc, what, _("Write utfall: utsatt on it there, or fra: here instead."), warning=True)
    if meeting.approved and meeting.approved.case:
        loc = ("approved", "case")
        date = meeting.approved.date
        _check_approval(entry, loc, meeting.approved.case, meeting.body, date, library, record, coming)


def _check_approval(
    entry: Entry,
    loc: Loc,
    written: str,
    body: str,
    date: PartialDate | None,
    library: Library,
    record: Record,
    coming: Coming,
) -> None:
    """Warn when the approving case is not there, or was treated on another day."""
    found = _known(entry, loc, written, library.short_name(body), library, record, coming)
    if found and date and date.is_whole and found[0].date != date.iso:
        what = _(
            "Case {number} stands in the meeting on {date}, and the approval is dated {other}.",
            number=written,
            date=_day(found[0]),
            other=day_text(date.iso),
        )
        entry.tell(loc, what, _("Mend the case number or the date."), warning=True)


def _known(
    entry: Entry, loc: Loc, written: str, own: str, library: Library, record: Record, coming: Coming
) -> tuple[KnownMeeting, KnownCase] | None:
    """Return the case that is named, and warn when the register has the year but not the case."""
    try:
        reference = read_reference(written, library.forms(), own=own)
    except BadValue:
        return None  # told by check_meeting, or a text that is printed as it is
    body = reference.body or own
    sequence = sequence_name(library, body)
    number = CaseNumber(reference.number.year, reference.number.number, reference.number.suffix)
    if found := record.holder(sequence, number):
        return found
    lowest = record.lowest(sequence, number.year)
    if 0 < lowest <= number.number and (sequence, number) not in coming:
        what = _("There is no case {number} of {body} in the register.", number=written, body=body)
        entry.tell(loc, what, _("Mend the number. docgen cases lists those that there are."), warning=True)
    return None


def _day(meeting: KnownMeeting) -> str:
    return day_text(meeting.date)
