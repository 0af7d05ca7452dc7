"""A row of the log as the database gives it, and whether it is as it was written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from docgen.messages import _
from docgen.model.record import Facts, LogRow
from docgen.register.canonical import canonical, is_moment, row_hash

COLUMNS = "row, at, event, facts, previous, hash"


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of the log. Its hash stands for all that the register holds."""

    row: int
    hash: str


def following(head: Head, at: str, event: str, facts: Facts) -> tuple[LogRow, str, Head]:
    """Return the row that comes after `head`, its facts as they are written, and the head that it then is.

    Raises ValueError for facts that are not right.
    """
    text = canonical(facts)
    row = LogRow(head.row + 1, at, event, json.loads(text))
    return row, text, Head(row.number, row_hash(row.number, at, event, text, head.hash))


class BrokenLink(Exception):
    """A row that is not as it was written. Its text says in what, without a full stop."""


def link(raw: tuple[Any, ...], due: int, previous: str) -> LogRow:
    """Return the row that should have the number `due` and be chained to the hash `previous`. Raises BrokenLink."""
    number, at, event, facts, before, own = raw
    if number != due:
        raise BrokenLink(_("row {row} of the log is not there", row=due))
    if not all(isinstance(text, str) for text in raw[1:]) or row_hash(number, at, event, facts, before) != own:
        raise BrokenLink(_("row {row} of the log is not as it was written", row=due))
    if before != previous:
        raise BrokenLink(_("row {row} of the log does not follow the row before it", row=due))
    try:
        read = json.loads(facts)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise BrokenLink(_("the facts of row {row} of the log can't be read", row=due))
    return LogRow(number, at, event, read)


def check_writing(row: LogRow, facts: str) -> None:
    """Raise BrokenLink for a row that is right by its hash, but that docgen does not write so."""
    if not is_moment(row.at):
        raise BrokenLink(_("the time of row {row} of the log is no time", row=row.number))
    try:
        is_right = canonical(row.facts) == facts
    except ValueError:
        is_right = False
    if not is_right:
        raise BrokenLink(_("the facts of row {row} of the log are not written as docgen writes them", row=row.number))
