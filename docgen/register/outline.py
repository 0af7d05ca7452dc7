"""What each row of the log is about, and some rows of it: for who need not read all."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docgen.messages import _
from docgen.model.outlined import Outline
from docgen.model.record import LogRow
from docgen.register.canonical import canonical
from docgen.register.chain import COLUMNS, BrokenLink, link
from docgen.register.errors import DamagedError, damaged

Ask = Callable[..., list[tuple[Any, ...]]]
"""Takes SQL and its values, and gives the rows."""

_SQL = """SELECT row,
  CAST(coalesce(json_extract(facts, '$.meeting'), 0) AS INTEGER),
  CAST(coalesce(json_extract(facts, '$.body'), '') AS TEXT),
  CAST(coalesce(json_extract(facts, '$.source'), '') AS TEXT),
  CAST(coalesce(json_extract(facts, '$.document'), '') AS TEXT)
FROM log ORDER BY row"""


def outline(ask: Ask) -> Outline:
    """Return what each row is about, as the facts tell it: they are not compared with the hashes."""
    return ask(_SQL)


def drawing(ask: Ask, sequence: str) -> set[int]:
    """Return the meetings that have a number of a sequence: a search in the text, which is written in one way only."""
    sql = "SELECT DISTINCT json_extract(facts, '$.meeting') FROM log WHERE event = 'meeting' AND instr(facts, ?)"
    return {meeting for (meeting,) in ask(sql, f'"sequence":{canonical(sequence)},')}


def some_rows(file: Path, ask: Ask, numbers: Sequence[int]) -> list[LogRow]:
    """Return the rows of these numbers, each checked against its own hash. Raises RegisterError."""
    sql = f"SELECT {COLUMNS} FROM log WHERE row IN (SELECT value FROM json_each(?))"
    there = {raw[0]: raw for raw in ask(sql, json.dumps(list(numbers)))}
    found = []
    for number in numbers:
        if number not in there:
            raise DamagedError(damaged(file, _("row {row} of the log is not there", row=number)))
        try:
            found.append(link(there[number], number, there[number][-2]))
        except BrokenLink as broken:
            raise DamagedError(damaged(file, str(broken))) from None
    return found
