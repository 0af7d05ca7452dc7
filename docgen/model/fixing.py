"""What the log is to tell when the numbers of a meeting are fixed, or when a fixed case has changed since."""

from __future__ import annotations

from dataclasses import replace

from docgen.model.agenda import Numbered
from docgen.model.case_number import CaseNumber
from docgen.model.known_meetings import plain_title, start_of
from docgen.model.meeting import Case, Meeting
from docgen.model.record import Facts, KnownCase, KnownMeeting, Record
from docgen.model.row_facts import case_facts, meeting_facts
from docgen.source import source_name


def to_fix(file: str, meeting: Meeting, given: Numbered, record: Record) -> Facts | None:
    """Return the facts to write of a meeting, or None when the register has them all.

    A draft fixes nothing; but of one that was called before, it is still told where it is and what its cases are.
    """
    old, is_draft = given.meeting, meeting.status == "utkast"
    if (is_draft and old is None) or not any(given.numbers):
        return None
    now = KnownMeeting(
        old.number if old else record.last_meeting + 1,
        old.body if old else meeting.body,
        meeting.date.isoformat(),
        start_of(meeting),
        # Or the question beside the file that was this meeting would be gone, and nobody had answered it.
        old.source if old and given.is_contested else source_name(file),
        meeting.number or "",
        (),
    )
    # A key begins with the meeting's number, and no case moves from one meeting to another.
    keys = {case.key for case in (old.cases if old else ())}
    told: list[Facts] = []
    for case, number, known, late in zip(meeting.cases, given.numbers, given.known, given.late, strict=True):
        if number is None or (is_draft and known is None):
            continue
        state = _state(case, known or _new(case, number, given, now, keys), late=late)
        if state != known:
            told.append(case_facts(state, given=known is None))
    if old and not told and replace(now, cases=old.cases, row=old.row) == old:
        return None
    return meeting_facts(now, told)


def newly_fixed(facts: Facts) -> list[CaseNumber]:
    """Return the numbers that a meeting's facts fix."""
    return [CaseNumber(case["year"], case["number"], case["suffix"]) for case in facts["cases"] if case["given"]]


def _new(case: Case, number: CaseNumber, given: Numbered, meeting: KnownMeeting, keys: set[str]) -> KnownCase:
    """Return a case with the key that it is known by from now on, of its own in the body."""
    name = f"{meeting.number}:{case.id.casefold() if case.id else plain_title(case.title)}"
    key, count = name, 1
    while key in keys:
        count += 1
        key = f"{name} #{count}"
    keys.add(key)
    return KnownCase(given.sequence.name, number, key, case.title)


def _state(case: Case, known: KnownCase, *, late: bool) -> KnownCase:
    """Return the fixed case as the input now tells it."""
    return replace(
        known,
        title=case.title,
        id=case.id or "",
        public_title=(case.exempt.public_title or "") if case.exempt else "",
        exempt=case.exempt.ground if case.exempt else "",
        outcome=case.outcome or "",
        follows=case.postponed_from or case.continues or "",
        late=late,
    )
