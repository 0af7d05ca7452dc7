"""Which inputs bear on each other: those of a family share numbers and names, and are looked at together."""

from __future__ import annotations

from docgen.model.agenda import sequence_name
from docgen.model.bad_value import BadValue
from docgen.model.case_number import read_reference
from docgen.model.document import Document
from docgen.model.editions import document_name
from docgen.model.guideline import Guideline
from docgen.model.library import Entry, Library
from docgen.model.meeting import Meeting
from docgen.model.record import Record
from docgen.model.version_log import Versioned, approval

EVERY = "*"
"""The family of what all others may print or depend on: mandates, organisation documents, what can't be read."""


def meetings_of(sequence: str, year: int) -> str:
    """Return the family of the meetings whose cases are numbered in one sequence and year."""
    return f"møte {sequence} {year}"


def named(document: str) -> str:
    """Return the family of the inputs that are, or in the register were, the document of this name."""
    return f"dokument {document.casefold()}"


def families_before(source: str, record: Record) -> frozenset[str]:
    """Return the families that the register has of an input: what it may have been before it was changed."""
    cases = (case for one in record.meetings_from(source) for case in one.cases)
    edition = record.edition_from(source)
    return frozenset(meetings_of(case.sequence, case.number.year) for case in cases) | frozenset(
        {named(edition.document)} if edition else ()
    )


def families(entry: Entry, library: Library) -> frozenset[str]:
    """Return the families of an input.

    A meeting is of the one that its cases are numbered in, a guideline of its own and of those whose attachments it
    lists. What is right or wrong with an input, and what its documents say, follows from the inputs of its families,
    from those of EVERY, from docgen.toml and from the register.
    """
    match entry.seen:
        case Meeting() as meeting:
            return frozenset({meetings_of(sequence_name(library, meeting.body), meeting.date.year)})
        case Guideline() as guideline:
            numbers = [guideline.number or "", *(listed.split[0] for listed in guideline.attachments)]
            firsts = {number.split(".")[0].casefold() for number in numbers if number}
            own = {f"tittel {guideline.title.casefold()}", named(document_name(entry, guideline))}
            return frozenset(f"retningslinje {first}" for first in firsts) | own
    return frozenset({EVERY})


def reads(entry: Entry, library: Library) -> frozenset[str]:
    """Return the families whose cases an input names: it is told when they have no such case."""
    return frozenset(
        meetings_of(sequence_name(library, body), year) for body, year in _named(entry.seen, library) if body
    )


def _named(document: Document | None, library: Library) -> list[tuple[str, int]]:
    """Return body and year of the cases that a document names."""
    written: list[tuple[str, str | None]] = []
    if isinstance(document, Meeting):
        for case in document.cases:
            written += [(document.body, case.continues), (document.body, case.postponed_from)]
        written.append((document.body, document.approved.case if document.approved else None))
    elif isinstance(document, Versioned):
        for row in document.version_log:
            if row.approved and row.approved.case:
                written.append((library.short_name(approval(row.approved)[0]), row.approved.case))
    found = []
    for own, text in written:
        if text:
            try:
                reference = read_reference(text, library.forms(), own=own)
            except BadValue:
                continue  # told by check
            found.append((reference.body or own, reference.number.year))
    return found
