"""Which meeting of the register an input is: by body and date; when the date was changed, by what else they share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from docgen.messages import _
from docgen.model.bad_value import BadValue
from docgen.model.case_number import CaseNumber, CaseReference, read_reference
from docgen.model.dates import day_text, read_date
from docgen.model.library import Entry, Library, TooNarrow
from docgen.model.meeting import NOT, Case, Meeting
from docgen.model.record import KnownCase, KnownMeeting, Record
from docgen.source import source_name

Found = dict[str, KnownMeeting]
"""By input file, the meeting of the register that it is."""

_NOT_LETTERS = re.compile(r"[\W_]+")


def plain_title(title: str) -> str:
    """Return what is alike in two titles that differ only in case, spaces and punctuation."""
    return _NOT_LETTERS.sub(" ", title.casefold()).strip() or title.casefold()


@dataclass(frozen=True, slots=True)
class Moved:
    """What a file says under `flyttet fra`: the date that the meeting had (`12.03.2026`), and meetings that it is not.

    A meeting that it is not is named by one of its cases (`ikke 01/26`), for a number stays where it is and a date may
    be another's later. `since` is as `2026-03-12`; `wrong` is what could not be read: its place, and why.
    """

    since: str = ""
    never: frozenset[CaseReference] = frozenset()
    wrong: tuple[tuple[int, BadValue], ...] = ()

    def denies(self, known: KnownMeeting) -> bool:
        """Return whether the file is said not to be this meeting."""
        return any(CaseReference(known.body.casefold(), case.number) in self.never for case in known.cases)


def moved(meeting: Meeting, library: Library) -> Moved:
    """Return what stands under `flyttet fra`."""
    if not meeting.moved_from:
        return Moved()
    since, never, wrong = "", set(), []
    for at, written in enumerate(meeting.moved_from):
        word, _space, rest = written.partition(" ")
        try:
            if word.casefold() in NOT:
                named = read_reference(rest, library.forms(), own=meeting.body)
                never.add(CaseReference((named.body or meeting.body).casefold(), named.number))
            else:
                since = read_date(written).iso
        except BadValue as bad:
            wrong.append((at, bad))
    return Moved(since, frozenset(never), tuple(wrong))


def known_meetings(library: Library, record: Record) -> Found:
    """Return the meeting of the register that each input is, and ask beside the input where that is not certain.

    Raises TooNarrow where an input that is not in the library may have to give way.
    """
    if not record.last_meeting:
        return {}
    inputs: dict[str, list[tuple[Entry, Meeting]]] = defaultdict(list)
    for entry, meeting in library.meetings:
        inputs[meeting.body.casefold()].append((entry, meeting))
    found: Found = {}
    for body, meetings in inputs.items():
        registered = sorted(record.of_body(body), key=lambda known: known.number)
        found |= _on_their_dates(meetings, registered, library)
    present = {known.number for known in found.values()} | library.elsewhere.meetings
    unread = {source_name(file) for file in library.unreadable}
    gone = [one for one in record.missing(present) if one.source not in unread]
    if gone and len(found) < len(library.meetings):
        search = _Search(library, record, gone)
        for look in (search.surely_moved, search.only_one_that_day, search.ask):
            for entry, meeting in library.meetings:
                if entry.file not in found and (same := look(entry, meeting)):
                    found[entry.file] = same
                    gone.remove(same)
    _ask_of_their_files(library, record, found)
    return found


def _ask_of_their_files(library: Library, record: Record, found: Found) -> None:
    """Ask where a file was another meeting until now, and that one is another body's, or is claimed by another file.

    Raises TooNarrow where that other file is not in the library.
    """
    present = {known.number for known in found.values()} | library.elsewhere.meetings
    library.contested.clear()
    for entry, meeting in library.meetings:
        before, known = record.meetings_from(source_name(entry.file)), found.get(entry.file)
        if not before or known == (was := before[-1]) or moved(meeting, library).denies(was):
            continue
        is_gone = was.number not in present
        if known is None and not is_gone:
            library.contested.add(was.number)
            _ask_of_a_copy(entry, meeting, was, found, library)
        elif known and is_gone and was.body.casefold() != known.body.casefold():
            _ask(entry, meeting, was, library)


def _ask_of_a_copy(entry: Entry, meeting: Meeting, was: KnownMeeting, found: Found, library: Library) -> None:
    """Ask which of two files is the meeting that one of them was until now."""
    claimant = next((file for file, known in found.items() if known.number == was.number), None)
    if claimant is None:
        raise TooNarrow
    what = _(
        "Until now this was the meeting of {body} on {date}, whose case numbers are fixed ({cases}), and now {file} is "
        "that meeting too.",
        body=was.body,
        date=day_text(was.date),
        cases=_cases(was, library),
        file=claimant,
    )
    number = library.form(was.body).text(was.cases[0].number)
    fix = _(
        "Take {file} away when this is still the meeting, or write flyttet fra: ikke {number} here when it is another "
        "one.",
        file=claimant,
        number=number if was.body.casefold() == meeting.body.casefold() else f"{was.body} {number}",
    )
    entry.tell(("date",), what, fix)


def start_of(meeting: Meeting) -> str:
    """Return when the meeting starts, as `09:00`, or the empty text."""
    return meeting.time.start.isoformat("minutes") if meeting.time else ""


def _on_their_dates(meetings: list[tuple[Entry, Meeting]], registered: list[KnownMeeting], library: Library) -> Found:
    """Return the meetings with the date and start that they are registered with.

    Where the numbers written in the file are of another meeting, it is that one: two meetings may change their dates.
    """
    found: Found = {}
    taken: set[int] = set()
    by_start = {(one.date, one.start): one for one in registered}
    unread = {source_name(file) for file in library.unreadable}
    by_number = {case.number: (one, case) for one in registered if one.source not in unread for case in one.cases}
    named = {entry.file: _numbered(meeting, by_number, library) for entry, meeting in meetings}
    for look in (
        lambda entry, there: there if named[entry.file] == there else None,
        lambda entry, _there: named[entry.file],
        lambda _entry, there: there,
    ):
        for entry, meeting in meetings:
            if entry.file in found:
                continue
            there = by_start.get((meeting.date.isoformat(), start_of(meeting)))
            known = look(entry, None if there and moved(meeting, library).denies(there) else there)
            if known and known.number in library.elsewhere.meetings:
                raise TooNarrow
            if known and known.number not in taken:
                found[entry.file] = known
                taken.add(known.number)
    return found


def _numbered(
    meeting: Meeting, by_number: dict[CaseNumber, tuple[KnownMeeting, KnownCase]], library: Library
) -> KnownMeeting | None:
    """Return the meeting that every number written in the file is of, when one of the cases is there for certain."""
    written = [(case, there) for case, number in _written(meeting, library) if (there := by_number.get(number))]
    meetings = {known.number: known for _case, (known, _there) in written}
    if len(meetings) != 1 or not any(_is_alike(case, there) for case, (_known, there) in written):
        return None
    return next(iter(meetings.values()))


def _is_alike(case: Case, known: KnownCase) -> bool:
    """Return whether a case with a fixed number has the id or the title too; a number alone may be a slip."""
    return plain_title(case.title) == plain_title(known.title) or bool(
        case.id and case.id.casefold() == known.id.casefold()
    )


class _Search:
    """The search among the meetings whose inputs are gone, for one that an input may be with another date or start."""

    def __init__(self, library: Library, record: Record, gone: list[KnownMeeting]) -> None:
        self.library, self.record, self.gone = library, record, gone
        here = {source_name(entry.file) for entry, _meeting in library.meetings}
        self.files = here | library.elsewhere.sources
        self.common: dict[str, Counter[str]] = {}

    def surely_moved(self, entry: Entry, meeting: Meeting) -> KnownMeeting | None:
        """Return the meeting that it is for certain."""
        since = moved(meeting, self.library).since
        near = self._near(meeting)
        named = [one for one in near if one.date == since]
        sure = named or [one for one in near if _is_surely(entry, meeting, one, self.library)]
        return sure[0] if len(sure) == 1 else None

    def only_one_that_day(self, entry: Entry, meeting: Meeting) -> KnownMeeting | None:
        """Return the body's only meeting of that day, whose input is gone, or is this very file.

        Where that file now holds another meeting, it is asked there whether that is right.
        """
        day = meeting.date.isoformat()
        there = [one for one in self._near(meeting) if one.date == day]
        if len(there) != 1 or (there[0].source in self.files and there[0].source != source_name(entry.file)):
            return None
        return there[0]

    def ask(self, entry: Entry, meeting: Meeting) -> None:
        """Ask whether this is a meeting whose input is gone. Nothing is fixed until that is answered."""
        said = moved(meeting, self.library)
        if said.since:
            what = _("No meeting of {date} with fixed case numbers lacks its input.", date=day_text(said.since))
            fix = _("Write the date that the meeting had, or take flyttet fra: out when it has not been moved.")
            entry.tell(("moved_from",), what, fix)
            return
        near = self._near(meeting)
        sure = [one for one in near if _is_surely(entry, meeting, one, self.library)]
        other_body = [
            one
            for one in self.gone
            if one.body.casefold() != meeting.body.casefold()
            and (one.source == source_name(entry.file) or _is_same_sitting(meeting, one))
            and not said.denies(one)
        ]
        for one in sure or [*near, *other_body]:
            if sure or one in other_body or self._may_be(entry, meeting, one):
                _ask(entry, meeting, one, self.library)
                return

    def _near(self, meeting: Meeting) -> list[KnownMeeting]:
        said, body = moved(meeting, self.library), meeting.body.casefold()
        return [one for one in self.gone if one.body.casefold() == body and not said.denies(one)]

    def _may_be(self, entry: Entry, meeting: Meeting, known: KnownMeeting) -> bool:
        """Return whether it may be the same meeting: the same file, or most of the agenda."""
        # In another year it may have got another number too.
        is_same_year = str(meeting.date.year) == known.date[:4]
        if is_same_year and meeting.number and known.meeting_number and not _is_numbered_alike(meeting, known):
            return False
        if known.source == source_name(entry.file) or _has_all(meeting, known):
            return True
        own = self._own_titles(known)
        shared = own & {plain_title(case.title) for case in meeting.cases}
        return len(shared) * 2 > len(own)

    def _own_titles(self, known: KnownMeeting) -> set[str]:
        """Return the titles that no other meeting of the body has: approving the agenda, say, tells nothing."""
        body = known.body.casefold()
        if body not in self.common:
            meetings = self.record.of_body(body)
            self.common[body] = Counter(title for one in meetings for title in _titles(one))
        return {title for title in _titles(known) if self.common[body][title] == 1}


def _is_surely(entry: Entry, meeting: Meeting, known: KnownMeeting, library: Library) -> bool:
    """Return whether it is the same meeting: by a case's number or id, its own number, or all of it in its file."""
    numbers = {case.number: case for case in known.cases}
    if any(number in numbers and _is_alike(case, numbers[number]) for case, number in _written(meeting, library)):
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


def _has_all(meeting: Meeting, known: KnownMeeting) -> bool:
    return _titles(known) <= {plain_title(case.title) for case in meeting.cases}


def _is_same_sitting(meeting: Meeting, known: KnownMeeting) -> bool:
    """Return whether it is on the same day and hour, with all of the agenda."""
    return (meeting.date.isoformat(), start_of(meeting)) == (known.date, known.start) and _has_all(meeting, known)


def _titles(known: KnownMeeting) -> set[str]:
    return {plain_title(case.title) for case in known.cases}


def _written(meeting: Meeting, library: Library) -> list[tuple[Case, CaseNumber]]:
    """Return the cases that have a number in the file."""
    form, found = library.form(meeting.body), []
    for case in meeting.cases:
        if case.own_number:
            try:
                found.append((case, form.read(case.own_number, body=meeting.body)))
            except BadValue:
                continue  # told by agenda
    return found


def _ask(entry: Entry, meeting: Meeting, known: KnownMeeting, library: Library) -> None:
    """Ask whether a meeting is the one whose input is gone, and show both."""
    what = _(
        "This may be the meeting of {body} on {date}, whose case numbers are fixed ({cases}) and whose input is gone. "
        "Here the cases are {here}.",
        body=known.body,
        date=day_text(known.date),
        cases=_cases(known, library),
        here="; ".join(case.title for case in meeting.cases) or "–",
    )
    number = library.form(known.body).text(known.cases[0].number)
    if known.body.casefold() != meeting.body.casefold():
        fix = _(
            "Write organ: {body} again, or flyttet fra: ikke {number} when it is another meeting.",
            body=known.body,
            number=f"{known.body} {number}",
        )
    else:
        fix = _(
            "Write flyttet fra: {date} when it is the same meeting, "
            "or flyttet fra: ikke {number} when it is another one.",
            date=day_text(known.date),
            number=number,
        )
    entry.tell(("date",), what, fix)


def _cases(known: KnownMeeting, library: Library) -> str:
    form = library.form(known.body)
    return "; ".join(f"{form.text(case.number)} {case.title}" for case in known.cases)
