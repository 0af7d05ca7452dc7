"""A record of which only what is asked about is read answers as the whole one does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.model.case_number import CaseNumber
from docgen.model.outlined import Outlined
from docgen.model.record import Approved, Edition, KnownCase, KnownMeeting, LogRow, Record
from docgen.model.row_facts import case_facts, edition_facts, meeting_facts

BODIES = ("SSU", "ssu", "FSU", "Øyrådet")
SOURCES = ("inputs/a", "inputs/b", "inputs/c")
DOCUMENTS = ("retningslinje 1", "Retningslinje 2", "protokoll SSU 2026-03-12", "Protokoll SSU 2026-03-13")

QUESTIONS: list[Callable[[Record], Any]] = [
    *(lambda record, body=body: record.of_body(body) for body in BODIES),
    *(lambda record, source=source: record.meetings_from(source) for source in SOURCES),
    *(lambda record, source=source: record.edition_from(source) for source in SOURCES),
    *(lambda record, name=name: record.editions_of(name) for name in DOCUMENTS),
    *(lambda record, name=name: record.seen(name) for name in DOCUMENTS),
    *(lambda record, number=number: record.minutes(number) for number in range(5)),
    *(lambda record, number=number: record.missing({number, number + 1}) for number in range(5)),
    *(lambda record, body=body: record.highest(body.casefold(), 2026) for body in BODIES),
    *(lambda record, body=body: record.lowest(body.casefold(), 2025) for body in BODIES),
    *(lambda record, at=at: record.holder("ssu", CaseNumber(2026, at)) for at in range(1, 5)),
    lambda record: record.last_meeting,
    lambda record: record.last,
]
WHOLE: list[Callable[[Record], Any]] = [
    lambda record: dict(record.meetings),
    lambda record: dict(record.editions),
    lambda record: dict(record.holders),
    lambda record: record.read_all(),
]

ROWS = st.lists(
    st.tuples(
        st.sampled_from(("meeting", "meeting", "edition", "content", "note")),
        st.integers(1, 4),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from((2025, 2026)),
    ),
    max_size=12,
)


def log(chosen: list[tuple[str, int, int, int, int]]) -> list[LogRow]:
    """Rows as a register could have them: a meeting keeps its body, and a document begins with an edition."""
    rows = [LogRow(1, "", "register", {"id": "x"})]
    given: dict[int, int] = {}
    begun: dict[str, int] = {}
    for at, (event, meeting, cases, which, year) in enumerate(chosen, 2):
        document = DOCUMENTS[which]
        if event == "meeting":
            body = BODIES[meeting - 1]
            told = []
            for _case in range(cases):
                given[meeting] = number = given.get(meeting, 0) + 1
                # Two bodies may draw from one sequence: SSU and ssu do.
                known = KnownCase(
                    body.casefold(), CaseNumber(year, 4 * number + meeting), f"{meeting}:{number}", str(at)
                )
                told.append(case_facts(known, given=True))
            now = KnownMeeting(meeting, body, f"{year}-03-{at:02}", "", SOURCES[which % 3], "", ())
            rows.append(LogRow(at, "", event, meeting_facts(now, told)))
        elif event == "note":
            rows.append(LogRow(at, "", event, {}))
        else:
            is_new = event == "edition" or document not in begun
            begun[document] = begun.get(document, 0) + is_new
            approved = Edition(document, begun[document], "1", str(at), Approved(), source=SOURCES[cases % 3])
            if document.casefold().startswith("protokoll"):
                approved = Edition(document, begun[document], "1", str(at), Approved(), meeting=meeting)
            rows.append(LogRow(at, "", "edition" if is_new else "content", edition_facts(approved)))
    return rows


def outlined(rows: list[LogRow], last: int, read: list[int] | None = None) -> Outlined:
    """The record of a register with these rows, up to the last; `read` gets the numbers of those that were read."""

    def some(numbers: Any) -> list[LogRow]:
        found = [row for row in rows if (row.number <= record.last if numbers is None else row.number in numbers)]
        if read is not None:
            read.extend(row.number for row in found)
        return found

    def drawing(sequence: str) -> set[int]:
        return {
            row.facts["meeting"] for row in rows for case in row.facts.get("cases", ()) if case["sequence"] == sequence
        }

    about = [
        (
            row.number,
            row.facts.get("meeting", 0),
            row.facts.get("body", ""),
            row.facts.get("source", ""),
            row.facts.get("document", ""),
        )
        for row in rows
    ]
    record = Outlined(last, about, some, drawing)
    return record


@settings(max_examples=300, deadline=None)
@given(
    ROWS,
    ROWS,
    st.lists(st.sampled_from(QUESTIONS), max_size=8),
    st.lists(st.sampled_from(QUESTIONS + WHOLE), max_size=8),
)
def test_it_answers_as_a_record_that_has_read_all(before, news, questions, later):
    rows = log(before + news)
    known, new = rows[: len(before) + 1], rows[len(before) + 1 :]
    whole, some = Record.of(known), outlined(rows, len(known))

    for ask in questions:
        assert ask(some) == ask(whole)
    whole.add(new)
    some.add(new)

    for ask in later + QUESTIONS + WHOLE + QUESTIONS:
        assert ask(some) == ask(whole)


def test_a_meeting_is_from_the_file_that_it_stands_in_now():
    moved = log([("meeting", 1, 1, 0, 2026), ("meeting", 1, 0, 1, 2026)])

    for record in (Record.of(moved), outlined(moved, len(moved))):
        assert [one.number for one in record.meetings_from("inputs/b")] == [1]
        assert record.meetings_from("inputs/a") == []


def test_of_the_documents_that_a_file_was_the_last_one_counts():
    rows = log([("edition", 1, 0, 0, 2026), ("edition", 1, 0, 1, 2026), ("edition", 1, 1, 1, 2026)])

    for last, document in ((2, "retningslinje 1"), (3, "Retningslinje 2"), (4, "retningslinje 1")):
        for record in (Record.of(rows[:last]), outlined(rows, last)):
            assert record.edition_from("inputs/a").document == document


def test_it_reads_only_the_rows_of_what_is_asked_about_and_each_once():
    rows = log([("meeting", 1, 2, 0, 2026), ("meeting", 3, 1, 1, 2026), ("meeting", 1, 0, 0, 2026)])
    read: list[int] = []
    some = outlined(rows, len(rows), read)

    assert (some.last_meeting, [one.number for one in some.missing({1})]) == (3, [3])
    assert read == [3]

    for _time in range(2):
        assert [one.number for one in some.of_body("SSU")] == [1]
        assert some.highest("ssu", 2026) == 9
    assert read == [3, 2, 4]
