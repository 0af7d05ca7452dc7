"""Whatever a secretariat does with its meetings: no fixed number is changed, reused, lost or skipped."""

from __future__ import annotations

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from docgen.model.case_number import CaseNumber
from tests.rules.desk import Desk, Outcome
from tests.rules.secretary import BODIES, Body, Meeting, Paper, Sak, Told, judged, plain
from tests.rules.texts import FORMATS

CI_EXAMPLES = 1_000
COMMON = ("Godkjenning av innkalling", "Orientering fra sekretariatet", "Budsjett")
"""Titles that stand in many agendas, and so tell nothing of which meeting it is."""

pick = st.integers(0, 999)
later = st.booleans()
"""Whether the secretary goes on writing before anything is built."""
dates = st.builds(
    "{}-{:02}-{:02}".format, st.sampled_from((2026, 2026, 2026, 2027)), st.integers(3, 6), st.integers(1, 4)
)


class Numbers(RuleBasedStateMachine):
    """The secretary's own knowledge (`paper`) beside the product (`desk`)."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.paper = Paper()
        self.turns = 0

    @initialize()
    def mandates(self) -> None:
        for body in BODIES:
            self.desk.files[f"mandates/{body.name}.yaml"] = body.mandate

    def teardown(self) -> None:
        try:
            self.desk.verify()
            for own, number in self.paper.fixed.items():
                holder = self.desk.ledger.record.holder(number[0], CaseNumber(*number[1:]))
                assert holder, f"{number} of case {own} is lost"
        finally:
            self.desk.close()

    # What the secretary writes

    def _sak(self, title: str = "") -> Sak:
        own = next(self.paper.next_own)
        return Sak(own, title or f"Sak nummer {own}")

    def _any(self, at: int, meetings: list[Meeting]) -> Meeting | None:
        return meetings[at % len(meetings)] if meetings else None

    def _whole(self) -> list[Meeting]:
        return [one for one in self.paper.here() if not one.damage]

    def _fixed(self) -> list[Meeting]:
        return [one for one in self._whole() if one.told]

    def _case(self, at: int) -> tuple[Meeting, Sak] | None:
        """Return a case with a fixed number, and its meeting."""
        cases = [(one, case) for one in self._fixed() for case in one.cases if case.own in self.paper.fixed]
        return cases[at % len(cases)] if cases else None

    def _is_free(self, body: Body, date: str, start: str, but: Meeting | None = None) -> bool:
        """Return whether a meeting may be put there. A body's only meeting that day is the one of the register."""
        others = [one for one in self.paper.meetings if one is not but and one.body == body]
        away = [one.told.date for one in others if one.told and not one.is_read]
        return date not in away and all((one.date, one.start) != (date, start) for one in others)

    # What docgen makes of it

    def _write(self) -> None:
        self.desk.files = {name: text for name, text in self.desk.files.items() if name.startswith("mandates/")}
        self.desk.files |= {one.name: one.text() for one in self.paper.here()}

    def _build(self, asked: list[Meeting] | None = None) -> Outcome:
        """Build, and compare every number with what the secretary knows."""
        self._write()
        before = self.desk.rows()
        wanted = self.paper.here() if asked is None else asked
        outcome = self.desk.build([one.name for one in wanted])
        self.turns += 1
        if self.turns % 20 == 0:
            self.desk.verify()
        fixed = {one.input: one for one in outcome.fixed}
        assert fixed.keys() <= {one.name for one in wanted} - outcome.problems.keys()
        by_name = {one.name: one for one in self.paper.here()}
        for name in fixed:
            assert by_name[name].status != "utkast", "the numbers of a draft were fixed"
            due = self.paper.due(by_name[name])
            given = self._given(outcome, by_name[name])
            told = [by_name[name].body.text(given[own]) for own in due]
            assert sorted(told) == sorted(number for number, _title in fixed[name].cases)
            for own, number in due.items():
                assert given[own] == number, f"{given[own]} was given to case {own}, and {number} was next"
                self.paper.acknowledge(own, number)
        for one in wanted:
            if one.name not in outcome.problems and (one.told or one.status != "utkast"):
                self._compare(one, outcome)
        if not fixed and not wanted:
            assert self.desk.rows() == before
        self._again(outcome, wanted)
        return outcome

    def _given(self, outcome: Outcome, meeting: Meeting) -> dict[int, tuple[str, int, int]]:
        given = outcome.numbers[meeting.name]
        found = {}
        for case, number in zip(meeting.cases, given.numbers, strict=True):
            assert (number is not None) == case.is_numbered, f"case {case.own} has number {number}"
            if number:
                found[case.own] = (meeting.body.sequence, number.year, number.number)
        return found

    def _compare(self, meeting: Meeting, outcome: Outcome) -> None:
        """Compare the numbers of a meeting that docgen found right with those that were acknowledged."""
        given = self._given(outcome, meeting)
        for own, number in given.items():
            if own in self.paper.fixed:
                assert number == self.paper.fixed[own], f"case {own} was {self.paper.fixed[own]}, and is {number}"
            else:
                assert meeting.status == "utkast", f"case {own} got {number}, and nobody was told"
                assert number not in self.paper.holder, f"the provisional {number} is fixed already"
        if meeting.told:
            assert given.keys() >= meeting.told.cases.keys(), "a fixed case is gone, and nobody was told"
        if given and (meeting.told or meeting.status != "utkast"):
            cases = {one.own: (one.title, one.id) for one in meeting.cases if one.own in self.paper.fixed}
            meeting.told = Told(meeting.date, meeting.start, cases)

    def _again(self, outcome: Outcome, wanted: list[Meeting]) -> None:
        """Asking again gives the same numbers, and writes nothing."""
        rows = self.desk.rows()
        again = self.desk.build([one.name for one in wanted])
        assert not again.fixed
        assert again.problems.keys() == outcome.problems.keys()
        assert self.desk.rows() == rows
        for name, given in outcome.numbers.items():
            assert again.numbers[name].numbers == given.numbers

    def _turn(self, *, wait: bool = False) -> None:
        """Build what was written; what docgen asks is answered, and then it must take every file."""
        if wait:
            return
        judgements = {one.name: judged(one, self.paper) for one in self.paper.here()}
        outcome = self._build()
        for name, judgement in judgements.items():
            if judgement != "either":
                assert (name in outcome.problems) == (judgement == "refuse"), (name, judgement, outcome.problems)
        refused = [one for one in self._whole() if one.name in outcome.problems]
        if refused:
            for one in refused:
                self._answer(one)
            outcome = self._build()
            left = {one.name: outcome.problems[one.name] for one in self._whole() if one.name in outcome.problems}
            assert not left, f"answered, and asked again: {left}"

    def _answer(self, meeting: Meeting) -> None:
        """Write what docgen asks for: the meeting's old date, and the number of each fixed case."""
        others = {case.number for one in self.paper.meetings if one is not meeting for case in one.cases}
        for case in meeting.cases:
            if self.paper.is_taken(case) or (case.number in others and case.own not in self.paper.fixed):
                case.number = None
        if meeting.told is None:
            meeting.never = [self.paper.first_case(one) for one in self.paper.meetings if one.told]
            return
        there = {one.own for one in meeting.cases}
        for own, (title, named) in meeting.told.cases.items():
            if own not in there:
                meeting.cases.append(Sak(own, title, named, self.paper.fixed[own], "trukket"))
        for case in meeting.cases:
            case.number = self.paper.fixed.get(case.own, case.number)
            case.is_numbered |= case.own in self.paper.fixed
            if case.own not in self.paper.fixed and not case.id:
                case.id = f"id-{case.own}"
            for own, (title, _named) in meeting.told.cases.items():
                if case.own not in self.paper.fixed and plain(title) == plain(case.title):
                    case.never = self.paper.fixed[own]
        meeting.moved_from = meeting.told.date if meeting.date != meeting.told.date else ""

    # Rules

    @rule(
        body=st.sampled_from(BODIES),
        date=dates,
        form=st.sampled_from(FORMATS),
        common=st.sets(st.sampled_from(COMMON)),
        own=st.integers(0, 2),
        called=st.booleans(),
        start=st.sampled_from(("09:00", "09:00", "13:00")),
        numbered=st.booleans(),
        wait=later,
    )
    def new_meeting(self, body, date, form, common, own, called, start, numbered, wait):  # type: ignore[no-untyped-def]
        if not self._is_free(body, date, start) or len(self.paper.meetings) >= 9:
            return
        mine = next(self.paper.next_own)
        cases = [*(self._sak(title) for title in sorted(common)), *(self._sak() for _ in range(own))]
        meeting = Meeting(mine, body, date, start, f"{mine} {body.name}", form, "utkast", cases or [self._sak()])
        meeting.status = "innkalt" if called else "utkast"
        meeting.meeting_number = f"{mine}/{date[:4]}" if numbered else ""
        self.paper.meetings.append(meeting)
        self._turn(wait=wait)

    @rule(at=pick, wait=later)
    def call(self, at: int, wait: bool) -> None:
        if meeting := self._any(at, [one for one in self.paper.here() if one.status == "utkast"]):
            meeting.status = "innkalt"
            self._turn(wait=wait)

    @rule(at=pick, wait=later)
    def reopen_to_draft(self, at: int, wait: bool) -> None:
        if meeting := self._any(at, self._fixed()):
            meeting.status = "utkast"
            self._turn(wait=wait)

    @rule(at=pick, turn=pick, wait=later)
    def reorder(self, at: int, turn: int, wait: bool) -> None:
        if meeting := self._any(at, self._whole()):
            turn %= len(meeting.cases)
            meeting.cases = meeting.cases[turn:] + meeting.cases[:turn]
            self._turn(wait=wait)

    @rule(at=pick, how=st.sampled_from(("bare", "with number", "with id", "look")), wait=later)
    def retitle(self, at: int, how: str, wait: bool) -> None:
        if not (found := self._case(at)):
            return
        _meeting, case = found
        if how == "look":
            case.title = f"{case.title.upper()}."
        else:
            case.title = f"Ny tittel {next(self.paper.next_own)}"
        if how == "with number":
            case.number = self.paper.fixed[case.own]
        self._turn(wait=wait)

    @rule(at=pick, place=pick, wait=later)
    def give_an_id(self, at: int, place: int, wait: bool) -> None:
        if meeting := self._any(at, self._whole()):
            case = meeting.cases[place % len(meeting.cases)]
            case.id = "" if case.id and place % 3 == 0 else f"id-{next(self.paper.next_own)}"
            self._turn(wait=wait)

    @rule(at=pick, wait=later)
    def take_the_numbers_out(self, at: int, wait: bool) -> None:
        if meeting := self._any(at, self._fixed()):
            for case in meeting.cases:
                case.number = None if case.own in self.paper.fixed else case.number
            self._turn(wait=wait)

    @rule(at=pick, wait=later)
    def write_the_numbers_in(self, at: int, wait: bool) -> None:
        if meeting := self._any(at, self._fixed()):
            for case in meeting.cases:
                case.number = self.paper.fixed.get(case.own, case.number)
            self._turn(wait=wait)

    @rule(at=pick, folder=st.sampled_from(("", "2026/", "møter/arkiv/")), wait=later)
    def move_the_file(self, at: int, folder: str, wait: bool) -> None:
        if meeting := self._any(at, self.paper.here()):
            meeting.file = f"{folder}{next(self.paper.next_own)} {meeting.body.name}"
            self._turn(wait=wait)

    @rule(at=pick, suffix=st.sampled_from(FORMATS), wait=later)
    def change_the_format(self, at: int, suffix: str, wait: bool) -> None:
        if meeting := self._any(at, self.paper.here()):
            meeting.suffix = suffix
            self._turn(wait=wait)

    @rule(
        at=pick,
        title=st.sampled_from(("", "", *COMMON)),
        first=st.booleans(),
        unnumbered=st.booleans(),
        supplement=st.sampled_from((None, None, True, False)),
        wait=later,
    )
    def add_a_case(self, at, title, first, unnumbered, supplement, wait):  # type: ignore[no-untyped-def]
        # A case taken out and another of its title put in at one save would be that case to anybody.
        self._turn()
        if not (meeting := self._any(at, self._whole())) or len(meeting.cases) >= 7:
            return
        case = self._sak(title)
        case.is_numbered, case.is_late = not (unnumbered and not title), supplement
        meeting.cases.insert(0 if first else len(meeting.cases), case)
        if any(one.title == title for one in meeting.cases if one is not case):
            case.title = f"{title} {case.own}"
        self._turn(wait=wait)

    @rule(at=pick, wait=later)
    def withdraw(self, at: int, wait: bool) -> None:
        if found := self._case(at):
            found[1].outcome = "trukket"
            self._turn(wait=wait)

    @rule(at=pick, to=pick, same_id=st.booleans(), wait=later)
    def bring_back(self, at: int, to: int, same_id: bool, wait: bool) -> None:
        if not (found := self._case(at)):
            return
        meeting, case = found
        there = self._any(to, [one for one in self._whole() if one.body == meeting.body and one is not meeting])
        if there is None or len(there.cases) >= 7 or any(one.title == case.title for one in there.cases):
            return
        case.outcome = "utsatt"
        back = self._sak(case.title)
        back.postponed_from = meeting.body.text(self.paper.fixed[case.own])
        if same_id and all(one.id != case.id for one in there.cases):
            back.id = case.id
        there.cases.append(back)
        self._turn(wait=wait)

    @rule(at=pick, wait=later)
    def remove_a_case(self, at: int, wait: bool) -> None:
        if (found := self._case(at)) and len(found[0].cases) > 1:
            meeting, case = found
            meeting.cases = [one for one in meeting.cases if one is not case]
            self._turn(wait=wait)

    @rule(at=pick)
    def say_that_a_fixed_case_has_no_number(self, at: int) -> None:
        if found := self._case(at):
            found[1].number, found[1].is_numbered = None, False
            self._turn()

    @rule(at=pick)
    def take_the_file_away(self, at: int) -> None:
        if meeting := self._any(at, self._whole()):
            meeting.is_here = False
            self._turn()

    @rule(at=pick, wait=later)
    def put_the_file_back(self, at: int, wait: bool) -> None:
        away = [one for one in self.paper.meetings if not one.is_here]
        if (meeting := self._any(at, away)) and self._is_free(meeting.body, meeting.date, meeting.start, meeting):
            meeting.is_here = True
            self._turn(wait=wait)

    @rule(at=pick, date=dates, rename=st.booleans(), say=st.booleans(), wait=later)
    def move_the_date(self, at: int, date: str, rename: bool, say: bool, wait: bool) -> None:
        # With another name, date and half of the titles at one save, nobody could say that it is the same meeting.
        self._turn()
        meeting = self._any(at, self._whole())
        if meeting is None or not self._is_free(meeting.body, date, meeting.start, meeting):
            return
        if say and meeting.told:
            meeting.moved_from = meeting.told.date
        meeting.date = date
        if rename:
            meeting.file = f"{next(self.paper.next_own)} {meeting.body.name}"
        for case in meeting.cases:
            if case.own not in self.paper.fixed and case.number and case.number[1] != meeting.year:
                case.number = None
        self._turn(wait=wait and not rename)

    @rule(at=pick, start=st.sampled_from(("09:00", "10:30", "13:00")), wait=later)
    def move_the_hour(self, at: int, start: str, wait: bool) -> None:
        meeting = self._any(at, self._whole())
        if meeting and self._is_free(meeting.body, meeting.date, start, meeting):
            meeting.start = start
            self._turn(wait=wait)

    @rule(at=pick)
    def copy_the_file(self, at: int) -> None:
        self._turn()
        if meeting := self._any(at, self._whole()):
            self._write()
            rows = self.desk.rows()
            self.desk.files["inputs/kopi.yaml"] = meeting.text() if meeting.suffix in ("yaml", "yml") else ""
            if self.desk.files["inputs/kopi.yaml"]:
                problems = self.desk.build().problems
                assert {"inputs/kopi.yaml", meeting.name} <= problems.keys()
                assert self.desk.rows() == rows
            self._turn()

    @rule(at=pick, ahead=st.integers(-3, 4))
    def take_in_a_number_from_paper(self, at: int, ahead: int) -> None:
        self._turn()
        if not (meeting := self._any(at, self._whole())):
            return
        own = max(1, self.paper.highest(meeting.body.sequence, meeting.year) + ahead)
        number = (meeting.body.sequence, meeting.year, own)
        written = {case.number for one in self.paper.meetings if one.is_read for case in one.cases}
        case = self._sak()
        case.number = number
        meeting.cases.append(case)
        if number in self.paper.holder or number in written:
            rows = self.desk.rows()
            self._write()
            assert meeting.name in self.desk.build().problems
            assert self.desk.rows() == rows
            case.number = None
        self._turn()

    @rule(at=pick, damage=st.sampled_from(("syntax", "key")))
    def damage(self, at: int, damage: str) -> None:
        if meeting := self._any(at, self._whole()):
            meeting.damage = damage
            self._turn()

    @rule(at=pick, wait=later)
    def mend(self, at: int, wait: bool) -> None:
        if meeting := self._any(at, [one for one in self.paper.here() if one.damage]):
            meeting.damage = ""
            self._turn(wait=wait)

    @rule(at=pick)
    def write_another_body(self, at: int) -> None:
        self._turn()
        if (meeting := self._any(at, self._fixed())) and not meeting.never:
            rows = self.desk.rows()
            meeting.written_body = next(one.name for one in BODIES if one != meeting.body)
            self._write()
            outcome = self.desk.build()
            meeting.written_body = ""
            assert meeting.name in outcome.problems, "the meeting went to another body, and nobody was asked"
            assert self.desk.rows() == rows
            self._turn()

    @rule(at=pick)
    def call_the_drafts_and_build_one_file(self, at: int) -> None:
        """The one that would have come last gets the next number, since the others may never get any."""
        self._turn()
        drafts = [one for one in self._whole() if one.status == "utkast" and not one.told]
        if meeting := self._any(at, drafts):
            alike = [one for one in drafts if (one.body.sequence, one.year) == (meeting.body.sequence, meeting.year)]
            for one in alike:
                one.status = "innkalt"
            self._build([max(alike, key=lambda one: (one.date, one.start, one.name))])

    @rule(body=st.sampled_from(BODIES))
    def call_the_drafts_by_date(self, body: Body) -> None:
        """Provisional numbers are those that are fixed when the drafts are called in their order."""
        self._turn()
        drafts = [one for one in self._whole() if one.status == "utkast" and one.body.sequence == body.sequence]
        outcome = self._build()
        foreseen = {one.own: self._given(outcome, one) for one in drafts}
        for one in sorted(drafts, key=lambda one: (one.date, one.start, one.name)):
            one.status = "innkalt"
            self._write()
            if one.name in self.desk.inputs()[1] or judged(one, self.paper) != "take":
                break
            outcome = self._build()
            assert self._given(outcome, one) == foreseen[one.own], "the numbers are others than foreseen"
        self._turn()

    @rule()
    def reopen(self) -> None:
        self.desk.reopen()
        self._turn()

    @precondition(lambda self: self.turns % 7 == 0)
    @rule(days=st.integers(-400, 400))
    def set_the_clock(self, days: int) -> None:
        self.desk.clock.now += timedelta(days=days)


EXAMPLES = int(os.environ.get("DOCGEN_SOAK_EXAMPLES", CI_EXAMPLES))

Numbers.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


class TestNumbers(Numbers.TestCase):
    """No number is changed, reused, lost or skipped."""
