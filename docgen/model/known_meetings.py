"""Which meeting of the register an input is: by body and date; when the date was changed, by what else they share."""

from __future__ import annotations

import re
from collections import defaultdict

from docgen.messages import _
from docgen.model.bad_value import BadValue
from docgen.model.case_number import CaseNumber
from docgen.model.dates import day_text, read_date
from docgen.model.library import Entry, Library
from docgen.model.meeting import Meeting
from docgen.model.record import KnownMeeting, Record
from docgen.source import source_name

Found = dict[str, KnownMeeting]
"""By input file, the meeting of the register that it is."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_NO = ("nei", "no", "nei.")


def plain_title(title: str) -> str:
    """Return what is alike in two titles that differ only in case, spaces and punctuation."""
    return _NOT_LETTERS.sub(" ", title.casefold()).strip() or title.casefold()


def known_meetings(library: Library, record: Record) -> Found:
    """Return the meeting of the register that each input is, and ask beside the input where that is not certain."""
    if not record.meetings:
        return {}
    inputs: dict[str, list[tuple[Entry, Meeting]]] = defaultdict(list)
    for entry, meeting in library.meetings:
        inputs[meeting.body.casefold()].append((entry, meeting))
    registered: dict[str, list[KnownMeeting]] = defaultdict(list)
    for known in record.meetings.values():
        registered[known.body.casefold()].append(known)
    found: Found = {}
    for body, meetings in inputs.items():
        found |= _on_their_dates(meetings, registered[body], library)
    present = {known.number for known in found.values()}
    unread = {source_name(file) for file in library.unreadable}
    gone = [one for one in record.meetings.values() if one.number not in present and one.source not in unread]
    for look in (_surely_moved, _only_one_that_day, _perhaps_moved) if gone else ():
        for entry, meeting in library.meetings:
            if entry.file not in found and (same := look(entry, meeting, gone, library, record)):
                found[entry.file] = same
                gone.remove(same)
    return found


def start_of(meeting: Meeting) -> str:
    """Return when the meeting starts, as `09:00`, or the empty text."""
    return meeting.time.start.isoformat("minutes") if meeting.time else ""


def _on_their_dates(meetings: list[tuple[Entry, Meeting]], registered: list[KnownMeeting], library: Library) -> Found:
    """Return the meetings with the date and start that they are registered with.

    Where the numbers written in the file are of another meeting, it is that one: two meetings may change their dates.
    """
    found: Found = {}
    by_start = {(one.date, one.start): one for one in registered}
    by_number = {case.number: one for one in registered for case in one.cases}
    left = list(meetings)
    named = {entry.file: _numbered(meeting, by_number, library) for entry, meeting in meetings}
    for look in (
        lambda entry, there: there if named[entry.file] in (None, there) else None,
        lambda entry, _there: named[entry.file],
        lambda _entry, there: there,
    ):
        for entry, meeting in list(left):
            known = look(entry, by_start.get((meeting.date.isoformat(), start_of(meeting))))
            if known and known not in found.values():
                found[entry.file] = known
                left.remove((entry, meeting))
    return found


def _numbered(meeting: Meeting, by_number: dict[CaseNumber, KnownMeeting], library: Library) -> KnownMeeting | None:
    """Return the meeting that every number written in the file is of."""
    named = [known for number in _written(meeting, library) if (known := by_number.get(number))]
    return named[0] if named and all(one is named[0] for one in named) else None


def _surely_moved(
    entry: Entry, meeting: Meeting, gone: list[KnownMeeting], library: Library, _record: Record
) -> KnownMeeting | None:
    """Return the meeting whose input is gone that this one is, with another date or start, when that is certain."""
    if _is_said_to_be_another(meeting):
        return None
    near = _near(meeting, gone)
    named = [one for one in near if one.date == _date_of(meeting.moved_from)]
    sure = named or [one for one in near if _is_surely(entry, meeting, one, library)]
    return sure[0] if len(sure) == 1 else None


def _only_one_that_day(
    entry: Entry, meeting: Meeting, gone: list[KnownMeeting], library: Library, _record: Record
) -> KnownMeeting | None:
    """Return the body's only meeting of that day, whose input is gone, or is this very file.

    Where that file now holds another meeting, it is asked there whether that is right.
    """
    if _is_said_to_be_another(meeting):
        return None
    day = meeting.date.isoformat()
    there = [one for one in _near(meeting, gone) if one.date == day]
    files = {source_name(one.file) for one, _meeting in library.meetings}
    if len(there) != 1 or (there[0].source in files and there[0].source != source_name(entry.file)):
        return None
    return there[0]


def _perhaps_moved(
    entry: Entry, meeting: Meeting, gone: list[KnownMeeting], library: Library, record: Record
) -> KnownMeeting | None:
    """Ask whether this is a meeting whose input is gone. Nothing is fixed until that is answered."""
    near = _near(meeting, gone)
    if meeting.moved_from:
        if not _is_said_to_be_another(meeting):
            _tell_not_there(entry, meeting.moved_from)
        return None
    sure = [one for one in near if _is_surely(entry, meeting, one, library)]
    other_body = [one for one in gone if one not in near and one.source == source_name(entry.file)]
    for one in sure or [*near, *other_body]:
        if sure or _may_be(entry, meeting, one, record):
            _ask(entry, meeting, one, library)
            break
    return None


def _near(meeting: Meeting, gone: list[KnownMeeting]) -> list[KnownMeeting]:
    return [one for one in gone if one.body.casefold() == meeting.body.casefold()]


def _is_said_to_be_another(meeting: Meeting) -> bool:
    return (meeting.moved_from or "").casefold() in _NO


def _date_of(written: str | None) -> str:
    """Return a date as `2026-03-12`, or the empty text where none is written or it can't be read."""
    try:
        return read_date(written).iso if written else ""
    except BadValue:
        return ""


def _tell_not_there(entry: Entry, written: str) -> None:
    try:
        date = read_date(written).iso
    except BadValue as bad:
        entry.tell(("moved_from",), bad.what, bad.fix)
        return
    what = _("No meeting of {date} with fixed case numbers lacks its input.", date=day_text(date))
    fix = _("Write the date that the meeting had, or flyttet fra: nei when it is another meeting.")
    entry.tell(("moved_from",), what, fix)


def _is_surely(entry: Entry, meeting: Meeting, known: KnownMeeting, library: Library) -> bool:
    """Return whether it is the same meeting: by a case's number or id, its own number, or all of it in its file."""
    numbers = {case.number for case in known.cases}
    if any(number in numbers for number in _written(meeting, library)):
        return True
    ids = {case.id.casefold() for case in known.cases if case.id}
    own = [case.id.casefold() for case in meeting.cases if case.id and not (case.continues or case.postponed_from)]
    if not ids.isdisjoint(own):
        return True
    if meeting.number and known.meeting_number:
        return _is_numbered_alike(meeting, known)
    # In another file it may as well be the next meeting, with the agenda that the body always has.
    is_same_year = str(meeting.date.year) == known.date[:4]
    return is_same_year and known.source == source_name(entry.file) and _has_all(meeting, known)


def _is_numbered_alike(meeting: Meeting, known: KnownMeeting) -> bool:
    alike = plain_title(meeting.number or "") == plain_title(known.meeting_number)
    return alike and str(meeting.date.year) == known.date[:4]


def _may_be(entry: Entry, meeting: Meeting, known: KnownMeeting, record: Record) -> bool:
    """Return whether it may be the same meeting: the same file, or most of the agenda."""
    # In another year it may have got another number too.
    is_same_year = str(meeting.date.year) == known.date[:4]
    if is_same_year and meeting.number and known.meeting_number and not _is_numbered_alike(meeting, known):
        return False
    if known.source == source_name(entry.file) or _has_all(meeting, known):
        return True
    own = _own_titles(known, record)
    shared = own & {plain_title(case.title) for case in meeting.cases}
    return len(shared) * 2 > len(own)


def _has_all(meeting: Meeting, known: KnownMeeting) -> bool:
    return {plain_title(case.title) for case in known.cases} <= {plain_title(case.title) for case in meeting.cases}


def _own_titles(known: KnownMeeting, record: Record) -> set[str]:
    """Return the titles that no other meeting of the body has: approving the agenda, say, tells nothing."""
    others = {plain_title(case.title) for one in record.of_body(known.body) if one != known for case in one.cases}
    return {plain_title(case.title) for case in known.cases} - others


def _written(meeting: Meeting, library: Library) -> list[CaseNumber]:
    form, found = library.form(meeting.body), []
    for case in meeting.cases:
        if case.number:
            try:
                found.append(form.read(case.number, body=meeting.body))
            except BadValue:
                continue  # told by agenda
    return found


def _ask(entry: Entry, meeting: Meeting, known: KnownMeeting, library: Library) -> None:
    """Ask whether a meeting is the one whose input is gone, and show both."""
    form = library.form(known.body)
    cases = "; ".join(f"{form.text(case.number)} {case.title}" for case in known.cases)
    what = _(
        "This may be the meeting of {body} on {date}, whose case numbers are fixed ({cases}) and whose input is gone. "
        "Here the cases are {here}.",
        body=known.body,
        date=day_text(known.date),
        cases=cases,
        here="; ".join(case.title for case in meeting.cases) or "–",
    )
    if known.body.casefold() != meeting.body.casefold():
        fix = _(
            "Write organ: {body} again, or flyttet fra: nei when it is another meeting.",
            body=known.body,
        )
    else:
        fix = _(
            "Write flyttet fra: {date} when it is the same meeting, or flyttet fra: nei when it is another one.",
            date=day_text(known.date),
        )
    entry.tell(("date",), what, fix)
