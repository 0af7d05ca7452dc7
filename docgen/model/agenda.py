"""The numbers of cases: those that are fixed, those written in the inputs, and those that come next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence as Ordered
from dataclasses import dataclass
from datetime import time

from docgen.messages import _
from docgen.model.bad_value import BadValue
from docgen.model.case_number import CaseNumber, NumberForm
from docgen.model.dates import day_text
from docgen.model.known_cases import Known, ask_of_ids_elsewhere, known_cases
from docgen.model.known_meetings import Found, known_meetings, plain_title
from docgen.model.library import Entry, Library
from docgen.model.mandate import Mandate
from docgen.model.meeting import Case, Meeting
from docgen.model.record import KnownCase, KnownMeeting, Record


@dataclass(frozen=True, slots=True)
class Sequence:
    """What numbers are drawn from: one a body and calendar year, or one that bodies share by name."""

    name: str
    year: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """The cases of a meeting with their numbers, in the file's order; None for lines without a number.

    `known` are the fixed cases that they are: where there is none, the number is provisional or about to be fixed.
    `late` tells which of them stand in a supplementary agenda.
    """

    numbers: tuple[CaseNumber | None, ...]
    known: Known
    late: tuple[bool, ...]
    sequence: Sequence
    meeting: KnownMeeting | None = None
    is_contested: bool = False
    """Whether the file that was this meeting is here too, and is asked whether it still is."""

    @property
    def is_fixed(self) -> bool:
        """Whether no number may change any more."""
        return all(known is not None for number, known in zip(self.numbers, self.known, strict=True) if number)


Numbers = dict[str, Numbered]
"""By input file, the numbers of its cases."""


def sequence(library: Library, meeting: Meeting) -> Sequence:
    """Return the sequence that numbers this meeting's cases."""
    return Sequence(sequence_name(library, meeting.body), meeting.date.year)


def sequence_name(library: Library, body: str) -> str:
    """Return the name of the sequence that a body draws from: its own, or one that it shares."""
    mandate = library.mandate(body)
    shared = mandate.numbering.sequence if mandate and mandate.numbering else None
    return (shared or body).casefold()


def numbers(library: Library, record: Record | None = None, first: str = "") -> Numbers:
    """Return the number of every case, and tell what is wrong or not certain. `record` is what is fixed already.

    The file `first` gets its numbers before any other: what is fixed now comes next to what is fixed already.
    """
    fixed = record or Record()
    found_meetings = known_meetings(library, fixed)
    by_sequence: dict[Sequence, list[tuple[Entry, Meeting]]] = {}
    # A meeting with a problem counts too: its cases keep their numbers, so that nobody else's change meanwhile.
    for entry, meeting in library.meetings:
        by_sequence.setdefault(sequence(library, meeting), []).append((entry, meeting))
    found: Numbers = {}
    for drawn_from, meetings in by_sequence.items():
        meetings.sort(key=lambda one: (one[0].file != first, in_turn(one)))
        _Drawing(library, fixed, drawn_from, meetings, found_meetings).into(found)
    return found


def in_turn(one: tuple[Entry, Meeting]) -> tuple[bool, str, time, str]:
    """Order meetings as they get their numbers: those called before drafts; then by date, time and file."""
    entry, meeting = one
    start = meeting.time.start if meeting.time else time(0)
    return meeting.status == "utkast", meeting.date.isoformat(), start, entry.file


class _Drawing:
    """The numbering of the meetings of one sequence: what is fixed or written stands, the others get the next free."""

    def __init__(
        self,
        library: Library,
        record: Record,
        drawn_from: Sequence,
        meetings: list[tuple[Entry, Meeting]],
        found: Found,
    ) -> None:
        self.library, self.record, self.drawn_from = library, record, drawn_from
        self.meetings, self.known_meetings = meetings, found
        self.taken: dict[CaseNumber, tuple[Entry, int]] = {}

    def into(self, found: Numbers) -> None:
        """Number every meeting of the sequence."""
        written = {entry.file: self._written(entry, meeting) for entry, meeting in self.meetings}
        first = first_number(self.library.mandate(self.meetings[0][1].body))
        last = max(self.record.highest(self.drawn_from.name, self.drawn_from.year), first - 1)
        for entry, meeting in self.meetings:
            at_hand = self.known_meetings.get(entry.file)
            form = self.library.form(meeting.body)
            known: Known = [None] * len(meeting.cases)
            if at_hand:
                known = known_cases(entry, meeting, at_hand, written[entry.file], form)
            if any(case.id and one is None for case, one in zip(meeting.cases, known, strict=True)):
                others = [one for one in self.record.of_body(meeting.body) if one != at_hand]
                ask_of_ids_elsewhere(entry, meeting, known, others, form)
            self._tell_alike(entry, meeting, known)
            late = tuple(_is_late(case, one, at_hand) for case, one in zip(meeting.cases, known, strict=True))
            given = [one.number if one else number for one, number in zip(known, written[entry.file], strict=True)]
            last = self._draw(meeting, given, late, last)
            is_contested = at_hand is not None and at_hand.number in self.library.contested
            found[entry.file] = Numbered(tuple(given), known, late, self.drawn_from, at_hand, is_contested)

    def _draw(self, meeting: Meeting, given: list[CaseNumber | None], late: Ordered[bool], last: int) -> int:
        """Give the next free numbers to the cases that have none, late ones after the others; return the last one."""
        for at in sorted(range(len(given)), key=late.__getitem__):
            case = meeting.cases[at]
            if given[at] is None and case.numbered and case.own_number is None:
                last += 1
                while self._is_taken(number := CaseNumber(self.drawn_from.year, last)):
                    last += 1
                given[at] = number
            elif (there := given[at]) is not None and there.year == self.drawn_from.year:
                last = max(last, there.number)
        return last

    def _is_taken(self, number: CaseNumber) -> bool:
        return number in self.taken or self.record.holder(self.drawn_from.name, number) is not None

    def _written(self, entry: Entry, meeting: Meeting) -> list[CaseNumber | None]:
        """Return the numbers written in the file, and tell what is wrong with them."""
        form, is_known = self.library.form(meeting.body), self.library.mandate(meeting.body) is not None
        at_hand = self.known_meetings.get(entry.file)
        own = {case.number for case in at_hand.cases} if at_hand else set()
        found: list[CaseNumber | None] = []
        for at in range(len(meeting.cases)):
            number = _read(entry, meeting, at, form, is_known=is_known)
            if number and number not in own:
                number = self._from_paper(entry, meeting, at, number, form)
            if number and number in self.taken:
                _tell_twice((entry, at), self.taken[number], form.text(number))
                number = None
            if number:
                self.taken[number] = (entry, at)
            found.append(number)
        return found

    def _from_paper(
        self, entry: Entry, meeting: Meeting, at: int, number: CaseNumber, form: NumberForm
    ) -> CaseNumber | None:
        """Return a number that is not of this meeting in the register, unless another case has it."""
        loc = ("cases", at, "number")
        if number.year != meeting.date.year:
            what = _(
                "Case {number} is of another year than the meeting, {year}.",
                number=meeting.cases[at].number,
                year=meeting.date.year,
            )
            entry.tell(loc, what, _("Mend the number, or the date of the meeting."))
            return None
        if holder := self.record.holder(self.drawn_from.name, number):
            there, case = holder
            what = _(
                "Case number {number} is already «{title}» in the meeting of {body} on {date}.",
                number=form.text(number),
                title=case.title,
                body=there.body,
                date=day_text(there.date),
            )
            fix = _("A number is never used twice. Remove nr:, and the case gets the next one that is free.")
            entry.tell(loc, what, fix)
            return None
        return number

    def _tell_alike(self, entry: Entry, meeting: Meeting, known: Known) -> None:
        """Tell, before numbers are fixed, of cases that could not be told from each other afterwards."""
        if meeting.status == "utkast":
            return
        new = [
            (at, plain_title(case.title))
            for at, (case, one) in enumerate(zip(meeting.cases, known, strict=True))
            if case.numbered and one is None and not case.id and not case.own_number
        ]
        count = Counter(title for _at, title in new)
        for at, title in new:
            if count[title] > 1:
                what = _("Several cases are called «{title}».", title=meeting.cases[at].title)
                fix = _("Give each an id: of its own or another title, so that they can be told from each other.")
                entry.tell(("cases", at), what, fix)


def _is_late(case: Case, known: KnownCase | None, meeting: KnownMeeting | None) -> bool:
    """Return whether a case stands in the supplementary agenda: it came after the meeting's numbers were fixed."""
    if case.late is not None:
        return case.late
    if known is not None:
        return known.late
    return case.numbered and meeting is not None


def first_number(mandate: Mandate | None) -> int:
    """Return the number that the body's year begins with: 1 unless the mandate says otherwise."""
    start = mandate.numbering.start if mandate and mandate.numbering else None
    return int(start) if start and start.isdecimal() and len(start) <= 4 else 1


def _read(entry: Entry, meeting: Meeting, at: int, form: NumberForm, *, is_known: bool) -> CaseNumber | None:
    """Return the number written on a case, or tell why it is none; `is_known` is whether the body is."""
    case = meeting.cases[at]
    if case.number is None:
        return None
    loc = ("cases", at, "number")
    try:
        number = form.read(case.not_number or case.number, body=meeting.body)
    except BadValue as bad:
        if is_known:  # else its form is not known either, and check says that there is no such body
            entry.tell(loc, bad.what, bad.fix)
        return None
    if case.not_number:
        return None
    if not case.numbered:
        what = _("The case has number {number}, and is said to have none.", number=case.number)
        entry.tell(loc, what, _("Remove nr: or nummerert: nei."))
        return None
    return number


def _tell_twice(one: tuple[Entry, int], other: tuple[Entry, int], number: str) -> None:
    """Tell beside both that they have one number: which of them is right, only a person knows."""
    for (entry, at), (there, place) in ((one, other), (other, one)):
        what = _("Case number {number} is used twice.", number=number)
        where = str(there.where(("cases", place, "number")))
        fix = _("It stands at {place} too. Give one of the cases another number.", place=where)
        entry.tell(("cases", at, "number"), what, fix)
