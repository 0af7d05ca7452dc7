"""What the register tells people: the fixed cases of a body and year, the meetings, and the documents' editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from docgen.messages import _
from docgen.model.bad_value import BadValue
from docgen.model.case_number import CaseNumber, NumberForm, read_reference
from docgen.model.dates import full_year
from docgen.model.inputs import nearest
from docgen.model.library import Library
from docgen.model.record import Edition, KnownCase, KnownMeeting, LogRow, Record
from docgen.problems import DocgenError, Problem, Where
from docgen.register import Register, opened_to_read
from docgen.run.inputs import read_inputs
from docgen.run.report import Report
from docgen.run.workspace import Workspace

CaseKey = tuple[str, CaseNumber]
"""What a fixed case is in the register: its sequence and number."""


class UnknownError(DocgenError):
    """What a person asked for is not in the register."""


@dataclass(frozen=True, slots=True)
class FixedCase:
    """A case with a fixed number. `text` is the number as its body prints it, `at` when it was fixed, in UTC."""

    meeting: KnownMeeting
    case: KnownCase
    text: str
    at: str
    came_back_as: tuple[str, ...]
    """The numbers of the later cases that continue it, with the body in front when it is another."""


@dataclass(frozen=True, slots=True)
class FixedYear:
    """A body's year: how many meetings and cases have fixed numbers, and the lowest and the highest of them."""

    body: str
    year: int
    meetings: int
    cases: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class History:
    """A workspace's register with the inputs beside it, which tell how bodies are called and write their numbers."""

    workspace: Workspace
    library: Library
    rows: tuple[LogRow, ...]
    record: Record
    register: Register | None

    def form(self, body: str) -> NumberForm:
        """Return how a body writes its numbers; the workspace's way when there is no mandate any more."""
        return self.library.form(body)

    def bodies(self) -> dict[str, str]:
        """Return the short name of every body, by its short and its long name in small letters."""
        found = {one.body.casefold(): one.body for one in self.record.meetings.values()}
        for _entry, mandate in self.library.mandates.values():
            body = found.get(mandate.body.casefold(), mandate.body)
            found |= {mandate.body.casefold(): body}
            found.setdefault(mandate.name.casefold(), body)
        return found

    def documents(self) -> list[tuple[Edition, ...]]:
        """Return the editions of every document, oldest first, by the document's name."""
        return [self.record.editions[name] for name in sorted(self.record.editions)]


@contextmanager
def history(workspace: Workspace) -> Iterator[History]:
    """Give the history of a workspace, and let go of its register afterwards. Raises RegisterError.

    An input that is wrong stops nothing: what is fixed does not depend on it.
    """
    register = opened_to_read(workspace.register, workspace.marker)
    try:
        library = read_inputs(workspace, Report()).library
        rows = tuple(register.rows()) if register else ()
        yield History(workspace, library, rows, Record.of(rows), register)
    finally:
        if register:
            register.close()


def body_named(known: History, written: str) -> str:
    """Return the short name of the body that a person named in any case, short or long. Raises UnknownError."""
    bodies = known.bodies()
    plain = " ".join(written.split()).casefold()
    if body := bodies.get(plain):
        return body
    near = nearest(plain, bodies)
    choices = ", ".join(sorted(set(bodies.values()))) or "–"
    fix = _("Did you mean {near}?", near=bodies[near]) if near else _("The bodies are: {choices}.", choices=choices)
    raise unknown(_("There is no body {body} in the register.", body=written), fix)


def year_named(known: History, written: str, body: str | None) -> int:
    """Return the year that a person wrote, in which numbers are fixed. Raises UnknownError."""
    digits = written.strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) in (2, 4)):
        raise unknown(_("«{text}» is no year.", text=written), _("Write it with four digits, such as 2024."))
    year = full_year(digits)
    years = {one.case.number.year for one in fixed_cases(known, body)}
    if year in years or not years:
        return year
    there = ", ".join(map(str, sorted(years)))
    what = (
        _("{body} has no fixed case numbers in {year}.", body=body, year=year)
        if body
        else _("There are no fixed case numbers in {year}.", year=year)
    )
    raise unknown(what, _("There are in {years}.", years=there))


def fixed_cases(known: History, body: str | None = None, year: int | None = None) -> list[FixedCase]:
    """Return the fixed cases of a body or of all, of a year or of all: by body, year and number."""
    fixed_at, later = _fixed_at(known.rows), _later(known)
    found = [
        FixedCase(
            meeting,
            case,
            known.form(meeting.body).text(case.number),
            fixed_at.get((case.sequence, case.number), ""),
            tuple(_reference(known, meeting, one, there) for one, there in later[case.sequence, case.number]),
        )
        for meeting in known.record.meetings.values()
        if body is None or meeting.body.casefold() == body.casefold()
        for case in meeting.cases
        if year is None or case.number.year == year
    ]
    return sorted(found, key=lambda one: (one.meeting.body.casefold(), one.case.number))


def fixed_years(known: History) -> list[FixedYear]:
    """Return every body's years with fixed numbers."""
    by_year: dict[tuple[str, int], list[FixedCase]] = defaultdict(list)
    for one in fixed_cases(known):
        by_year[one.meeting.body, one.case.number.year].append(one)
    return [
        FixedYear(body, year, len({one.meeting.number for one in cases}), len(cases), cases[0].text, cases[-1].text)
        for (body, year), cases in by_year.items()
    ]


def of_meeting(known: History, meeting: KnownMeeting) -> list[FixedCase]:
    """Return the fixed cases of one meeting, by number."""
    return [one for one in fixed_cases(known, meeting.body) if one.meeting.number == meeting.number]


def unknown(what: str, fix: str) -> UnknownError:
    """Return the error of a question that the register has no answer to."""
    return UnknownError(Problem(what, fix, Where("docgen")))


def _fixed_at(rows: tuple[LogRow, ...]) -> dict[CaseKey, str]:
    """Return when each number was fixed."""
    return {
        (case["sequence"], CaseNumber(case["year"], case["number"], case["suffix"])): row.at
        for row in rows
        if row.event == "meeting"
        for case in row.facts["cases"]
        if case["given"]
    }


def _later(known: History) -> dict[CaseKey, list[tuple[KnownMeeting, KnownCase]]]:
    """Return, for each case, the cases that say that they continue it, in the order of their meetings."""
    meetings = sorted(known.record.meetings.values(), key=lambda one: (one.date, one.start, one.number))
    at_hand = {
        (meeting.body.casefold(), case.number): (case.sequence, case.number)
        for meeting in meetings
        for case in meeting.cases
    }
    bodies = {one.body: known.form(one.body) for one in meetings}
    forms = bodies | known.library.forms()
    found: dict[CaseKey, list[tuple[KnownMeeting, KnownCase]]] = defaultdict(list)
    for meeting in meetings:
        for case in meeting.cases:
            if case.follows and (key := _followed(meeting, case, forms, at_hand, known.record.holders)):
                found[key].append((meeting, case))
    return found


def _followed(
    meeting: KnownMeeting,
    case: KnownCase,
    forms: dict[str, NumberForm],
    at_hand: dict[tuple[str, CaseNumber], CaseKey],
    fixed: Container[CaseKey],
) -> CaseKey | None:
    """Return the case that a case continues, or None when the register does not have it."""
    try:
        told = read_reference(case.follows, forms, own=meeting.body)
    except BadValue:
        return None
    own = (told.body or meeting.body).casefold()
    if found := at_hand.get((own, told.number)):
        return found
    # Bodies that share a sequence may name each other's cases by number alone.
    shared = (case.sequence, told.number)
    return shared if not told.body and shared in fixed else None


def _reference(known: History, here: KnownMeeting, there: KnownMeeting, case: KnownCase) -> str:
    """Return a case's number as it is named from the meeting `here`."""
    text = known.form(there.body).text(case.number)
    is_plain = there.body.casefold() == here.body.casefold() or text.casefold().startswith(there.body.casefold())
    return text if is_plain else f"{there.body} {text}"
