"""What a row of the log is to tell of a case, a meeting or an edition: as record.py reads it."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.model.record import Edition, Facts, KnownCase, KnownMeeting


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
