"""The tables of the register, and the steps that bring a register of an older docgen up to this one.

Rows are never changed and never removed. The database refuses it by itself, whatever program asks.
"""

from __future__ import annotations

import sqlite3
from functools import cache

APPLICATION = 0x646F6367
"""`docg`: by this number in its head a database is known as a register of docgen."""

Step = tuple[str, ...]

_TABLES: Step = (
    """CREATE TABLE log (
  row INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  event TEXT NOT NULL,
  facts TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT""",
    """CREATE TABLE case_number (
  sequence TEXT NOT NULL,
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  suffix TEXT NOT NULL,
  body TEXT NOT NULL,
  key TEXT NOT NULL,
  meeting INTEGER NOT NULL,
  row INTEGER NOT NULL REFERENCES log (row),
  PRIMARY KEY (sequence, year, number, suffix),
  UNIQUE (body, year, key)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE edition (
  document TEXT NOT NULL,
  position INTEGER NOT NULL,
  version TEXT NOT NULL,
  digest TEXT NOT NULL,
  row INTEGER NOT NULL REFERENCES log (row),
  PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE file (
  digest TEXT NOT NULL PRIMARY KEY,
  data BLOB NOT NULL
) STRICT""",
)

# INSERT OR REPLACE removes the row that is in its way, and asks no trigger of removal unless recursive_triggers is on,
# which another program need not have. So a row that would be in the way is looked for before the insert.
_IN_THE_WAY = {
    "log": "row = NEW.row OR hash = NEW.hash",
    "case_number": "(sequence, year, number, suffix) = (NEW.sequence, NEW.year, NEW.number, NEW.suffix)"
    " OR (body, year, key) = (NEW.body, NEW.year, NEW.key)",
    "edition": "(document, position) = (NEW.document, NEW.position)",
    "file": "digest = NEW.digest OR rowid = NEW.rowid",
}

_FOLLOWS = """CREATE TRIGGER log_follows BEFORE INSERT ON log
  WHEN NEW.row <> (SELECT coalesce(max(row), 0) + 1 FROM log)
    OR NEW.previous <> coalesce((SELECT hash FROM log ORDER BY row DESC LIMIT 1), printf('%064d', 0))
  BEGIN SELECT RAISE(ABORT, 'a row of the log follows the last one'); END"""


def _guards() -> Step:
    return tuple(
        statement
        for table, in_the_way in _IN_THE_WAY.items()
        for statement in (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}"
            f" BEGIN SELECT RAISE(ABORT, 'the register is never changed: UPDATE on {table}'); END",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}"
            f" BEGIN SELECT RAISE(ABORT, 'the register is never changed: DELETE on {table}'); END",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {in_the_way})"
            f" BEGIN SELECT RAISE(ABORT, 'the register is never changed: {table} has this row'); END",
        )
    )


STEPS: tuple[Step, ...] = ((*_TABLES, *_guards(), _FOLLOWS),)
"""Each step takes the database from the version of its position to the next. A step is never changed once released."""

Shape = frozenset[tuple[str, str, str, str | None]]


def shape_of(connection: sqlite3.Connection) -> Shape:
    """Return what a database is made of: kind, name, table and SQL of each of its parts."""
    return frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


@cache
def right_shape(steps: tuple[Step, ...]) -> Shape:
    """Return what a database is made of that these steps have made."""
    connection = sqlite3.connect(":memory:")
    try:
        for statement in (statement for step in steps for statement in step):
            connection.execute(statement)
        return shape_of(connection)
    finally:
        connection.close()
