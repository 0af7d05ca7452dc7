"""What the register knows, as values: the rows of its log, and the cases, meetings and editions that they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, fields
from typing import Any

from docgen.model.case_number import CaseNumber

Facts = dict[str, Any]
"""What a row of the log tells, as JSON: text, whole numbers, true and false, lists and objects. Never a fraction."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of the log. `at` is when it was written, in UTC to the second; no rule depends on it."""

    number: int
    at: str
    event: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case with a fixed number. `key` is what it was first known by in its body and year."""

    sequence: str
    number: CaseNumber
    key: str
    title: str
    id: str = ""
    public_title: str = ""
    """The title that the public sees, when the case is exempt from public access."""
    exempt: str = ""
    """The legal ground of an exempt case."""
    outcome: str = ""
    follows: str = ""
    """The case that it continues, or that it was postponed from, as written."""
    late: bool = False

    @property
    def shown(self) -> str:
        """The title that anybody may read."""
        return self.public_title if self.exempt else self.title


@dataclass(frozen=True, slots=True)
class KnownMeeting:
    """A meeting with fixed numbers. `number` counts the meetings of the register; `source` is its input, no suffix."""

    number: int
    body: str
    date: str
    start: str
    source: str
    meeting_number: str
    cases: tuple[KnownCase, ...]
    row: int = 0
    """The row of the log that fixed its last numbers."""


@dataclass(frozen=True, slots=True)
class Approved:
    """Who approved an edition: as body, date (`2024-09-26`, `2018-11`) and case, or as the text that was written."""

    body: str = ""
    date: str = ""
    case: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """An approved version of a document. `digest` is empty when docgen never saw its content."""

    document: str
    position: int
    version: str
    description: str
    approved: Approved
    digest: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    """Each chapter, and the digest of its text."""
    inputs: tuple[tuple[str, str], ...] = ()
    """The input, then the other inputs that it took facts from: name in the workspace, and digest of the bytes."""
    pictures: tuple[tuple[str, str], ...] = ()
    """As written in the input, and digest of the bytes."""
    made: tuple[tuple[str, str], ...] = ()
    """Path from output/, and digest of the bytes."""
    title: str = ""
    source: str = ""
    meeting: int = 0
    """For minutes, the meeting's number in the register."""
    row: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True)
class Projection:
    """The rows that a row of the log adds to the tables whose constraints the database itself holds."""

    case_numbers: tuple[tuple[str, int, int, str, str, str, int, int], ...] = ()
    """Sequence, year, number, suffix, body, key, meeting, row of the log."""
    editions: tuple[tuple[str, int, str, str, int], ...] = ()
    """Document, position, version, digest, row of the log."""
    files: tuple[str, ...] = ()
    """Digests of the files that must be there."""


def projection(row: LogRow) -> Projection:
    """Return what the row adds to the other tables. Writing and verifying ask this one function."""
    facts = row.facts
    if row.event == "meeting":
        return Projection(
            case_numbers=tuple(
                (
                    case["sequence"],
                    case["year"],
                    case["number"],
                    case["suffix"],
                    facts["body"].casefold(),
                    case["key"],
                    facts["meeting"],
                    row.number,
                )
                for case in facts["cases"]
                if case["given"]
            )
        )
    if row.event in ("edition", "content"):
        files = (digest for of in ("inputs", "pictures", "made") for _name, digest in facts[of])
        edition = (facts["document"], facts["position"], facts["version"], facts["digest"], row.number)
        return Projection(
            editions=(edition,) if row.event == "edition" else (),
            files=tuple(dict.fromkeys(files)),
        )
    return Projection()


@dataclass(slots=True)
class Record:
    """All that the register knows, added up row by row."""

    last: int = 0
    """The last row of the log that is in here."""
    meetings: dict[int, KnownMeeting] = field(default_factory=dict)
    editions: dict[str, tuple[Edition, ...]] = field(default_factory=dict)
    """By the document's name in small letters."""
    holders: dict[tuple[str, CaseNumber], int] = field(default_factory=dict)
    """By sequence and number, the meeting that has it."""
    _bodies: dict[str, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    _minutes: dict[int, str] = field(default_factory=dict)
    _lowest: dict[tuple[str, int], int] = field(default_factory=dict)
    _highest: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    @staticmethod
    def of(rows: Iterable[LogRow]) -> Record:
        record = Record()
        record.add(rows)
        return record

    def copy(self) -> Record:
        """Return a record of its own that knows the same."""
        kept = {one.name: copy(getattr(self, one.name)) for one in fields(self)}
        kept["_bodies"] = defaultdict(dict, ((body, there.copy()) for body, there in self._bodies.items()))
        return Record(**kept)

    def add(self, rows: Iterable[LogRow]) -> None:
        """Take in the rows that came after those that are here."""
        for row in rows:
            if row.event == "meeting":
                self._add_meeting(row)
            elif row.event == "edition":
                self._add_edition(_edition(row))
            elif row.event == "content":
                self._add_content(_edition(row))
            self.last = row.number

    def highest(self, sequence: str, year: int) -> int:
        """Return the highest number given in a sequence and year, 0 when there is none."""
        return self._highest.get((sequence, year), 0)

    def lowest(self, sequence: str, year: int) -> int:
        """Return the lowest number given in a sequence and year, 0 when there is none."""
        return self._lowest.get((sequence, year), 0)

    def holder(self, sequence: str, number: CaseNumber) -> tuple[KnownMeeting, KnownCase] | None:
        """Return the meeting and case that have a number, or None when it is free."""
        meeting = self.meetings.get(self.holders.get((sequence, number), 0))
        if meeting is None:
            return None
        return meeting, next(case for case in meeting.cases if (case.sequence, case.number) == (sequence, number))

    def editions_of(self, document: str) -> tuple[Edition, ...]:
        """Return the approved editions of a document, oldest first."""
        return self.editions.get(document.casefold(), ())

    def seen(self, document: str) -> Edition | None:
        """Return the newest edition whose input docgen has, or None."""
        return next((one for one in reversed(self.editions_of(document)) if one.inputs), None)

    def of_body(self, body: str) -> list[KnownMeeting]:
        """Return the body's meetings, oldest first."""
        found = (self.meetings[number] for number in self._bodies.get(body.casefold(), ()))
        return sorted(found, key=lambda one: (one.date, one.start, one.number))

    def minutes(self, meeting: int) -> tuple[Edition, ...]:
        """Return the editions of a meeting's minutes: as approved, then as corrected."""
        return self.editions.get(self._minutes.get(meeting, ""), ())

    def _add_edition(self, edition: Edition) -> None:
        name = edition.document.casefold()
        self.editions[name] = (*self.editions.get(name, ()), edition)
        if edition.meeting:
            self._minutes[edition.meeting] = name

    def _add_content(self, seen: Edition) -> None:
        """Take in the content of an edition that was known by its row only."""
        name = seen.document.casefold()
        self.editions[name] = tuple(
            seen if one.position == seen.position and not one.inputs else one for one in self.editions.get(name, ())
        )

    def _add_meeting(self, row: LogRow) -> None:
        facts = row.facts
        number: int = facts["meeting"]
        old = self.meetings.get(number)
        cases = {(case.sequence, case.number): case for case in (old.cases if old else ())}
        for told in facts["cases"]:
            case = _case(told)
            cases[case.sequence, case.number] = case
            self.holders[case.sequence, case.number] = number
            of = (case.sequence, case.number.year)
            self._highest[of] = max(self._highest[of], case.number.number)
            self._lowest[of] = min(self._lowest.get(of, case.number.number), case.number.number)
        self._bodies[facts["body"].casefold()][number] = None
        self.meetings[number] = KnownMeeting(
            number,
            facts["body"],
            facts["date"],
            facts["start"],
            facts["source"],
            facts["meeting_number"],
            tuple(cases.values()),
            row.number if old is None or any(told["given"] for told in facts["cases"]) else old.row,
        )


def _case(told: Facts) -> KnownCase:
    return KnownCase(
        told["sequence"],
        CaseNumber(told["year"], told["number"], told["suffix"]),
        told["key"],
        told["title"],
        told["id"],
        told["public_title"],
        told["exempt"],
        told["outcome"],
        told["follows"],
        told["late"],
    )


def case_facts(case: KnownCase, *, given: bool) -> Facts:
    """Return a case as the log tells it; `given` says that it gets its number in this row."""
    return {
        "sequence": case.sequence,
        "year": case.number.year,
        "number": case.number.number,
        "suffix": case.number.suffix,
        "key": case.key,
        "title": case.title,
        "id": case.id,
        "public_title": case.public_title,
        "exempt": case.exempt,
        "outcome": case.outcome,
        "follows": case.follows,
        "late": case.late,
        "given": given,
    }


def meeting_facts(meeting: KnownMeeting, cases: Iterable[Facts]) -> Facts:
    """Return a meeting as the log tells it, with the cases that are new or changed."""
    return {
        "meeting": meeting.number,
        "body": meeting.body,
        "date": meeting.date,
        "start": meeting.start,
        "source": meeting.source,
        "meeting_number": meeting.meeting_number,
        "cases": list(cases),
    }


def _edition(row: LogRow) -> Edition:
    told = row.facts
    return Edition(
        told["document"],
        told["position"],
        told["version"],
        told["description"],
        Approved(**told["approved"]),
        told["digest"],
        _pairs(told["parts"]),
        _pairs(told["inputs"]),
        _pairs(told["pictures"]),
        _pairs(told["made"]),
        told["title"],
        told["source"],
        told["meeting"],
        row.number,
        row.at,
    )


def edition_facts(edition: Edition) -> Facts:
    """Return an edition as the log tells it."""
    approved = edition.approved
    return {
        "document": edition.document,
        "position": edition.position,
        "version": edition.version,
        "description": edition.description,
        "approved": {
            "body": approved.body,
            "date": approved.date,
            "case": approved.case,
            "text": approved.text,
        },
        "digest": edition.digest,
        "parts": [list(pair) for pair in edition.parts],
        "inputs": [list(pair) for pair in edition.inputs],
        "pictures": [list(pair) for pair in edition.pictures],
        "made": [list(pair) for pair in edition.made],
        "title": edition.title,
        "source": edition.source,
        "meeting": edition.meeting,
    }


def _pairs(listed: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, digest) for name, digest in listed)
