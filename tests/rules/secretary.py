"""What the secretary means: meetings and cases with an identity of their own, whatever is written of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count

from tests.rules.texts import Tree, text_of

Number = tuple[str, int, int]
"""Sequence, year, number."""


@dataclass(frozen=True, slots=True, repr=False)
class Body:
    """A body: how it writes number 7 of 2026, what its numbers are drawn from, and where its year begins."""

    name: str
    form: str
    pattern: str
    sequence: str
    start: int = 1

    @property
    def mandate(self) -> str:
        numbering: dict[str, Tree] = {"form": self.form, "start": str(self.start)}
        if self.sequence != self.name.casefold():
            numbering["serie"] = self.sequence
        chapters: list[Tree] = [{"tittel": "Formål", "tekst": "Samarbeid."}]
        tree: dict[str, Tree] = {"type": "mandat", "organ": self.name, "navn": f"Utvalget {self.name}"}
        return text_of(tree | {"saksnummer": numbering, "kapitler": chapters}, "yaml")

    def __repr__(self) -> str:
        return self.name

    def text(self, number: Number) -> str:
        _sequence, year, own = number
        return self.pattern.format(number=own, year=year, short=year % 100)


BODIES = (
    Body("SSU", "01/22", "{number:02}/{short:02}", "ssu"),
    Body("FSU", "1/2022", "{number}/{year}", "felles"),
    Body("BU", "2022/001", "{year}/{number:03}", "felles"),
    Body("OU", "OU 1/22", "OU {number}/{short:02}", "ou", 5),
)


@dataclass(slots=True)
class Sak:
    """A case as the secretary means it (`own`), and what the file says of it."""

    own: int
    title: str
    id: str = ""
    number: Number | None = None
    outcome: str = ""
    postponed_from: str = ""
    is_late: bool | None = None
    is_numbered: bool = True
    never: Number | None = None
    """The number of a case that this one is said not to be."""

    def tree(self, body: Body) -> dict[str, Tree]:
        told = {
            "tittel": self.title,
            "id": self.id,
            "nr": body.text(self.number) if self.number else f"ikke {body.text(self.never)}" if self.never else "",
            "utfall": self.outcome,
            "utsatt fra": self.postponed_from,
            "tillegg": "" if self.is_late is None else "ja" if self.is_late else "nei",
            "nummerert": "" if self.is_numbered else "nei",
        }
        return {key: value for key, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Told:
    """What the register was last told of a meeting: of each case title and id, by the secretary's identity."""

    date: str
    start: str
    cases: dict[int, tuple[str, str]]


@dataclass(slots=True)
class Meeting:
    """A meeting as the secretary means it, and what its file says. `told` is None until its numbers are fixed."""

    own: int
    body: Body
    date: str
    start: str
    file: str
    suffix: str
    status: str
    cases: list[Sak]
    meeting_number: str = ""
    moved_from: str = ""
    never: list[str] = field(default_factory=list)
    """A case of each meeting that it is said not to be."""
    written_body: str = ""
    told: Told | None = None
    is_here: bool = True
    damage: str = ""

    @property
    def name(self) -> str:
        return f"inputs/{self.file}.{self.suffix}"

    @property
    def year(self) -> int:
        return int(self.date[:4])

    @property
    def is_read(self) -> bool:
        """Whether it is there and can be read, if perhaps with a problem."""
        return self.is_here and self.damage != "syntax"

    def text(self) -> str:
        if self.damage == "syntax":
            return "{[\x01"
        tree: dict[str, Tree] = {
            "type": "møte",
            "organ": self.written_body or self.body.name,
            "dato": self.date,
            "tid": self.start,
            "sted": "Rådhuset",
            "status": self.status,
        }
        if self.meeting_number:
            tree["møtenummer"] = self.meeting_number
        if self.moved_from or self.never:
            tree["flyttet fra"] = [*filter(None, [self.moved_from]), *(f"ikke {number}" for number in self.never)]
        if self.damage == "key":
            tree["ukjent nøkkel"] = "x"
        return text_of(tree | {"saker": [case.tree(self.body) for case in self.cases]}, self.suffix)


@dataclass(slots=True)
class Paper:
    """All that the secretary knows: the meetings, and which numbers docgen has said are fixed."""

    meetings: list[Meeting] = field(default_factory=list)
    fixed: dict[int, Number] = field(default_factory=dict)
    """By the case's own identity, the number that was acknowledged."""
    holder: dict[Number, int] = field(default_factory=dict)
    next_own: count[int] = field(default_factory=lambda: count(1))

    def here(self) -> list[Meeting]:
        return [one for one in self.meetings if one.is_here]

    def acknowledge(self, own: int, number: Number) -> None:
        """Note a fixed number. Stops the test when it was another, or is another case's."""
        assert self.fixed.setdefault(own, number) == number, f"case {own} was {self.fixed[own]}, and is {number}"
        assert self.holder.setdefault(number, own) == own, f"{number} of case {self.holder[number]} is given to {own}"

    def is_taken(self, case: Sak) -> bool:
        """Return whether a number from paper has been given to another case: while its file was away, say."""
        if case.number is None or case.own in self.fixed:
            return False
        return case.number in self.holder

    def first_case(self, meeting: Meeting) -> str:
        """Return the first fixed case of a meeting as any body understands it, `SSU 01/22`."""
        assert meeting.told is not None
        return f"{meeting.body.name} {meeting.body.text(self.fixed[next(iter(meeting.told.cases))])}"

    def highest(self, sequence: str, year: int) -> int:
        return max((number for name, of, number in self.holder if (name, of) == (sequence, year)), default=0)

    def due(self, meeting: Meeting) -> dict[int, Number]:
        """Return the numbers that the new cases of a meeting must get when it is fixed now."""
        sequence, year = meeting.body.sequence, meeting.year
        last = max(self.highest(sequence, year), meeting.body.start - 1)
        new = [one for one in meeting.cases if one.is_numbered and one.own not in self.fixed]
        written = {one.number for there in self.meetings if there.is_read for one in there.cases}
        found: dict[int, Number] = {}
        for case in sorted(new, key=lambda one: bool(one.is_late) if one.is_late is not None else bool(meeting.told)):
            if case.number:
                last = max(last, case.number[2])
                found[case.own] = case.number
                continue
            last += 1
            while (sequence, year, last) in written or (sequence, year, last) in self.holder:
                last += 1
            found[case.own] = (sequence, year, last)
        return found


def plain(title: str) -> str:
    """Return a title without what does not tell two titles from each other."""
    return " ".join(re.findall(r"[^\W_]+", title.casefold()))


def judged(meeting: Meeting, paper: Paper) -> str:
    """Return whether docgen must take the file, must refuse it, or may do either as long as no number is wrong."""
    if meeting.damage:
        return "refuse"
    others = [one for one in paper.meetings if one is not meeting and one.body == meeting.body]
    if any((one.date, one.start) == (meeting.date, meeting.start) for one in others if one.is_read):
        return "refuse"
    numbers = {one.number for one in meeting.cases if one.number}
    if any(one.number in numbers for other in paper.meetings if other is not meeting for one in other.cases):
        return "either"
    if any(paper.is_taken(one) for one in meeting.cases):
        # In a meeting that is fixed it may be taken for the case that has it, which got another title.
        return "either" if meeting.told else "refuse"
    if meeting.told is None:
        away = [one for one in paper.meetings if one.told and (not one.is_read or one.date != one.told.date)]
        asked = [one for one in away if paper.first_case(one) not in meeting.never]
        return "either" if asked else _new_cases(meeting)
    cases = _cases(meeting, meeting.told, paper)
    return cases if cases == "refuse" or _is_surely_found(meeting, meeting.told, others) else "either"


def _new_cases(meeting: Meeting) -> str:
    if meeting.status == "utkast":
        return "take"
    unnamed = [plain(one.title) for one in meeting.cases if one.is_numbered and not one.id and not one.number]
    return "take" if len(set(unnamed)) == len(unnamed) else "refuse"


def _is_surely_found(meeting: Meeting, told: Told, others: list[Meeting]) -> bool:
    """Return whether docgen can't be in doubt of which meeting of the register this is."""
    same_day = [one for one in others if meeting.date in (one.date, one.told.date if one.told else "")]
    if meeting.date == told.date:
        return meeting.start == told.start or not same_day
    if same_day:
        return False
    if meeting.moved_from:
        return meeting.moved_from == told.date and not any(one.told and one.told.date == told.date for one in others)
    known = [one for one in meeting.cases if one.own in told.cases]
    return any(one.number or (one.id == told.cases[one.own][1] != "" and not one.postponed_from) for one in known)


def _cases(meeting: Meeting, told: Told, paper: Paper) -> str:
    """Return the judgement by the cases alone, when the meeting is found."""
    there = {one.own for one in meeting.cases if one.is_numbered}
    if not there >= told.cases.keys():
        return "refuse"
    left, open_cases = dict(told.cases), []
    for case in meeting.cases:
        known = left.get(case.own)
        if known and (case.number or (case.id and case.id == known[1])):
            del left[case.own]
        else:
            open_cases.append(case)
    titles = [plain(one.title) for one in open_cases]
    elsewhere = {plain(title): own for own, (title, _id) in told.cases.items()}
    for case in meeting.cases:
        if elsewhere.get(plain(case.title), case.own) != case.own:
            return "either"
    if len(set(titles)) < len(titles):
        return "either"
    for case in open_cases:
        if case.own not in left:
            continue
        title, named = left[case.own]
        if plain(title) != plain(case.title) or (case.id and named):
            return "refuse"
    return "take"
