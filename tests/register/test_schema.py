"""The database by itself refuses change, whatever program asks, and is brought up step by step."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from docgen.register import RegisterError, create_or_open, open_to_read, schema, verify
from tests.register.filling import filled, meeting

TABLES = {
    "log": ("row", "1, 'x', 'x', '{}', 'x', 'x'"),
    "case_number": ("sequence", "'ssu', 2024, 1, '', 'x', 'x', 9, 1"),
    "edition": ("document", "'retningslinje 1', 0, 'x', 'x', 1"),
    "file": ("digest", "(SELECT digest FROM file), x'00'"),
}


@pytest.fixture
def other(file):
    """Another program's connection to a register with a row in each table, none of our pragmas set."""
    filled(file, 3, b"frozen").close()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA recursive_triggers = OFF")
        yield connection


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
def test_no_row_is_changed_or_removed(other, table, change):
    before = other.execute(f"SELECT * FROM {table}").fetchall()

    with pytest.raises(sqlite3.IntegrityError, match=f"the register is never changed: .* on {table}"):
        other.execute(change.format(table=table, column=TABLES[table][0]))

    assert before
    assert other.execute(f"SELECT * FROM {table}").fetchall() == before


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_replaced(other, table):
    before = other.execute(f"SELECT * FROM {table}").fetchall()

    with pytest.raises(sqlite3.IntegrityError, match=f"{table} has this row|a row of the {table} follows"):
        other.execute(f"INSERT OR REPLACE INTO {table} VALUES ({TABLES[table][1]})")

    assert other.execute(f"SELECT * FROM {table}").fetchall() == before


@pytest.mark.parametrize(
    "insert",
    [
        "INSERT OR REPLACE INTO case_number SELECT 'other', year, number, '', body, key, meeting, row FROM case_number",
        "INSERT OR REPLACE INTO file (rowid, digest, data) SELECT rowid, 'other', data FROM file",
        "INSERT OR REPLACE INTO log SELECT max(row) + 1, at, event, facts, hash, hash FROM log",
        "INSERT INTO edition SELECT * FROM edition WHERE 1 ON CONFLICT DO UPDATE SET digest = 'other'",
        "UPDATE OR REPLACE case_number SET number = 1",
    ],
)
def test_no_row_is_replaced_by_another_of_its_keys(other, insert):
    before = [other.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]

    with pytest.raises(sqlite3.IntegrityError, match="the register is never changed"):
        other.execute(insert)

    assert [other.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES] == before


@pytest.mark.parametrize("row", ["7", "0", "-1", "NULL"])
def test_the_log_has_no_gap(other, row):
    with pytest.raises(sqlite3.IntegrityError, match="a row of the log follows the last one"):
        other.execute(f"INSERT INTO log SELECT {row}, 'x', 'x', '{{}}', hash, 'x' FROM log WHERE row = 5")


def test_a_row_of_the_log_must_be_chained_to_the_last_one(other):
    with pytest.raises(sqlite3.IntegrityError, match="a row of the log follows the last one"):
        other.execute("INSERT INTO log SELECT 6, 'x', 'x', '{}', hash, 'x' FROM log WHERE row = 4")

    other.execute("INSERT INTO log SELECT 6, 'x', 'x', '{}', hash, 'x' FROM log WHERE row = 5")


def test_one_number_of_a_sequence_and_year_is_given_once(other):
    with pytest.raises(sqlite3.IntegrityError):
        other.execute("INSERT INTO case_number VALUES ('ssu', 2024, 1, '', 'other', 'other', 9, 1)")

    other.execute("INSERT INTO case_number VALUES ('ssu', 2024, 1, 'B', 'other', 'other', 9, 1)")


def test_one_case_of_a_body_and_year_gets_one_number(other):
    ((key,),) = other.execute("SELECT key FROM case_number WHERE number = 1")

    with pytest.raises(sqlite3.IntegrityError):
        other.execute("INSERT INTO case_number VALUES ('other', 2024, 99, '', 'ssu', ?, 9, 1)", [key])

    other.execute("INSERT INTO case_number VALUES ('other', 2025, 99, '', 'ssu', ?, 9, 1)", [key])


def test_the_constraints_hold_without_the_guards_too(other):
    for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        other.execute(f"DROP TRIGGER {name}")

    for table, (_column, values) in TABLES.items():
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE constraint failed"):
            other.execute(f"INSERT INTO {table} VALUES ({values})")
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE constraint failed: case_number\.body"):
        other.execute("INSERT INTO case_number SELECT 'other', year, number, '', body, key, 9, 1 FROM case_number")
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE constraint failed: log\.hash"):
        other.execute("INSERT INTO log SELECT 99, at, event, facts, previous, hash FROM log WHERE row = 1")
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in INTEGER column"):
        other.execute("INSERT INTO case_number VALUES ('ssu', 'year', 9, '', 'ssu', 'x', 9, 1)")


def test_what_belongs_to_no_row_of_the_log_is_refused(file):
    with filled(file) as register, pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        register._reading.connection.execute("INSERT INTO edition VALUES ('mandat', 0, '1', '', 77)")


STEP = ("ALTER TABLE edition ADD COLUMN note TEXT",)


def test_a_register_of_an_older_docgen_is_brought_up(file, monkeypatch):
    with filled(file, 3) as register:
        before = register.rows()
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, STEP))

    with create_or_open(file) as register:
        columns = [row[1] for row in register._reading.connection.execute("PRAGMA table_info(edition)")]
        assert register.rows() == before
        assert "note" in columns
    assert verify(file).is_sound


def test_a_step_that_fails_leaves_the_register_as_it_was(file, monkeypatch):
    filled(file, 3).close()
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, (*STEP, "INSERT INTO nowhere VALUES (1)")))

    with pytest.raises(RegisterError):
        create_or_open(file)

    monkeypatch.undo()
    assert verify(file).is_sound
    with create_or_open(file) as register, register.writing() as writing:
        writing.add("meeting", meeting(4))


def test_a_register_of_an_older_docgen_can_be_read_and_verified_as_it_is(file, monkeypatch):
    filled(file, 3).close()
    before = file.read_bytes()
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, STEP))

    with open_to_read(file) as register:
        assert len(register.rows()) == 4
    assert verify(file).is_sound
    assert file.read_bytes() == before


def test_a_register_of_a_newer_docgen_is_refused(file):
    filled(file).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = file.read_bytes()

    for open_it in (create_or_open, open_to_read):
        with pytest.raises(RegisterError) as caught:
            open_it(file)
        assert caught.value.problems[0].what == "Registeret er skrevet av en nyere docgen."

    found = verify(file)
    assert [problem.what for problem in found.problems] == ["Registeret er skrevet av en nyere docgen."]
    assert not found.is_damaged
    assert file.read_bytes() == before
