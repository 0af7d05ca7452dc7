"""The numbers of cases: those written in the inputs, and the provisional ones computed after them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from docgen.messages import _
from docgen.model.bad_value import BadValue
from docgen.model.case_number import CaseNumber, NumberForm
from docgen.model.library import Entry, Library
from docgen.model.mandate import Mandate
from docgen.model.meeting import Case, Meeting


@dataclass(frozen=True, slots=True)
class Sequence:
    """What numbers are drawn from: one a body and calendar year, or one that bodies share by name."""

    name: str
    year: int


Numbers = dict[str, tuple[CaseNumber | None, ...]]
"""By input file, the number of each case in the file's order; None for lines without a number."""


def sequence(library: Library, meeting: Meeting) -> Sequence:
    """Return the sequence that numbers this meeting's cases."""
    mandate = library.mandate(meeting.body)
    shared = mandate.numbering.sequence if mandate and mandate.numbering else None
    return Sequence((shared or meeting.body).casefold(), meeting.date.year)


def numbers(library: Library) -> Numbers:
    """Return the number of every case, and tell what is wrong with those that are written."""
    by_sequence: dict[Sequence, list[tuple[Entry, Meeting]]] = {}
    # A meeting with a problem counts too: its cases keep their numbers, so that nobody else's change meanwhile.
    for entry, meeting in library.meetings:
        by_sequence.setdefault(sequence(library, meeting), []).append((entry, meeting))
    found: Numbers = {}
    for drawn_from, meetings in by_sequence.items():
        _number(library, drawn_from, sorted(meetings, key=_order), found)
    return found


def _order(one: tuple[Entry, Meeting]) -> tuple[bool, str, time, str]:
    """Meetings that are called come before drafts; then by date, time and file."""
    entry, meeting = one
    start = meeting.time.start if meeting.time else time(0)
    return meeting.status == "utkast", meeting.date.isoformat(), start, entry.file


def _number(library: Library, drawn_from: Sequence, meetings: list[tuple[Entry, Meeting]], found: Numbers) -> None:
    """Number the cases of one sequence: what is written stands, the others get the next that is free."""
    written: dict[tuple[str, int], CaseNumber] = {}
    taken: dict[CaseNumber, tuple[Entry, int]] = {}
    for entry, meeting in meetings:
        form, known = library.form(meeting.body), library.mandate(meeting.body) is not None
        for at in range(len(meeting.cases)):
            if number := _written(entry, meeting, at, form, taken, known=known):
                written[entry.file, at] = number
                taken[number] = (entry, at)
    last = first_number(library.mandate(meetings[0][1].body)) - 1
    for entry, meeting in meetings:
        given: list[CaseNumber | None] = [written.get((entry.file, at)) for at in range(len(meeting.cases))]
        for at in _late_last(meeting.cases):
            if given[at] is None and meeting.cases[at].numbered and meeting.cases[at].number is None:
                last += 1
                while (number := CaseNumber(drawn_from.year, last)) in taken:
                    last += 1
                given[at] = number
            elif (number := given[at]) is not None:
                last = max(last, number.number)
        found[entry.file] = tuple(given)


def _late_last(cases: Iterable[Case]) -> list[int]:
    """Return the positions of the cases in the order that they get their numbers: late ones after the others."""
    order = list(enumerate(cases))
    return [at for at, _case in sorted(order, key=lambda one: one[1].late)]


def first_number(mandate: Mandate | None) -> int:
    """Return the number that the body's year begins with: 1 unless the mandate says otherwise."""
    start = mandate.numbering.start if mandate and mandate.numbering else None
    return int(start) if start and start.isdecimal() and len(start) <= 4 else 1


def _written(
    entry: Entry,
    meeting: Meeting,
    at: int,
    form: NumberForm,
    taken: dict[CaseNumber, tuple[Entry, int]],
    *,
    known: bool,
) -> CaseNumber | None:
    """Return the number written in the file, or tell what is wrong with it; `known` is whether the body is."""
    case = meeting.cases[at]
    if case.number is None:
        return None
    loc = ("cases", at, "number")
    try:
        number = form.read(case.number, body=meeting.body)
    except BadValue as bad:
        if known:  # else its form is not known either, and check says that there is no such body
            entry.tell(loc, bad.what, bad.fix)
        return None
    if not case.numbered:
        what = _("The case has number {number}, and is said to have none.", number=case.number)
        entry.tell(loc, what, _("Remove nr: or nummerert: nei."))
        return None
    if number.year != meeting.date.year:
        what = _(
            "Case {number} is of another year than the meeting, {year}.", number=case.number, year=meeting.date.year
        )
        entry.tell(loc, what, _("Mend the number, or the date of the meeting."))
        return None
    if number in taken:
        _tell_twice((entry, at), taken[number], form.text(number))
        return None
    return number


def _tell_twice(one: tuple[Entry, int], other: tuple[Entry, int], number: str) -> None:
    """Tell beside both that they have one number: which of them is right, only a person knows."""
    for (entry, at), (there, place) in ((one, other), (other, one)):
        what = _("Case number {number} is used twice.", number=number)
        where = str(there.where(("cases", place, "number")))
        fix = _("It stands at {place} too. Give one of the cases another number.", place=where)
        entry.tell(("cases", at, "number"), what, fix)
