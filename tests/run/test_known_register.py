"""A register that ends as the last build left it was read whole then, and is read only where it is asked about."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from docgen.register import RegisterError, create_or_open, outline
from docgen.register.canonical import row_hash
from docgen.run.build import Builder
from docgen.run.built import meta
from docgen.run.ledger import Ledger
from tests.register.filling import force, noon
from tests.register.filling import meeting as facts
from tests.run.office import MEETING, OU

OTHER = MEETING.replace("organ: SSU", "organ: OU").replace("Budsjett", "Økonomi")
CHANGED = "rad 2 i loggen er ikke slik den ble skrevet"


pytestmark = pytest.mark.usefixtures("stamps_decide_at_once")


@pytest.fixture
def two(office):
    """An office whose register has a meeting of SSU in row 2, and one of OU in row 3; row 2 was changed afterwards."""
    office.drop("mandates/OU.yaml", OU)
    office.built("ssu.yaml", MEETING)
    office.built("ou.yaml", OTHER)
    office.build()
    force(office.root / ".docgen/register.db", "UPDATE log SET facts = replace(facts, 'Budsjett', 'Bursdag')")
    return office


def test_a_build_of_another_body_does_not_read_it(two):
    report = two.built("ou.yaml", OTHER.replace("Rådhuset", "Skolen"))

    assert (report.count("made"), report.count("failed")) == (2, 0)


def test_a_build_that_prints_it_finds_that_it_was_changed(two):
    two.drop("ssu.yaml", MEETING.replace("Rådhuset", "Skolen"))

    with pytest.raises(RegisterError, match=CHANGED):
        two.build()


def test_a_build_that_looks_at_everything_reads_it_whole(two):
    two.drop("mandates/OU.yaml", OU.replace("Samarbeid", "Samhandling"))

    with pytest.raises(RegisterError, match=CHANGED):
        two.build()


def test_a_build_that_looks_at_everything_finds_a_row_that_was_written_anew_with_its_hash(two):
    file = two.root / ".docgen/register.db"
    with closing(sqlite3.connect(file)) as connection:
        *row, previous, _hash = connection.execute("SELECT * FROM log WHERE row = 2").fetchone()
    force(file, f"UPDATE log SET hash = '{row_hash(*row, previous)}' WHERE row = 2")
    two.built("ou.yaml", OTHER.replace("Rådhuset", "Skolen"))
    two.drop("mandates/OU.yaml", OU.replace("Samarbeid", "Samhandling"))

    with pytest.raises(RegisterError, match="rad 3 i loggen følger ikke"):
        two.build()


def test_without_a_cache_it_is_read_whole(two):
    (two.output / ".docgen/built.db").unlink()

    with pytest.raises(RegisterError, match=CHANGED):
        two.build()


def test_a_register_that_another_docgen_wrote_in_meanwhile_is_read_whole(two):
    with create_or_open(two.root / ".docgen/register.db", noon) as register, register.writing() as writing:
        writing.add("meeting", facts(3, "FSU", 2025))
    two.drop("ou.yaml", OTHER.replace("Rådhuset", "Skolen"))

    with pytest.raises(RegisterError, match=CHANGED):
        two.build()


def test_a_cache_that_tells_of_another_last_row_is_not_believed(two):
    head = meta(two.output / ".docgen/built.db")["register"]
    row, _space, seal = head.partition(" ")

    Ledger(two.workspace, verified=head).close()
    for told in ("", row, f"{row} {seal[:-1]}", f"{int(row) - 1} {seal}", f"{row} {'0' * 64}"):
        with pytest.raises(RegisterError, match=CHANGED):
            Ledger(two.workspace, verified=told)


def test_where_the_database_knows_no_json_it_is_read_whole(two, monkeypatch):
    monkeypatch.setattr(outline, "_SQL", "SELECT no_such_function(facts) FROM log")

    with pytest.raises(RegisterError, match=CHANGED):
        two.built("ou.yaml", OTHER.replace("Rådhuset", "Skolen"))


def test_it_answers_when_it_has_been_opened_for_writing(two):
    head = meta(two.output / ".docgen/built.db")["register"]

    # Another has it open too, so that reading it does not begin anew by itself.
    with create_or_open(two.workspace.register, noon), Ledger(two.workspace, verified=head) as ledger:
        ledger._writable()

        assert ledger.record.highest("ou", 2026) == 2
        assert [one.number for one in ledger.record.of_body("OU")] == [2]


def test_a_watcher_reads_it_whole_as_it_begins(two):
    with closing(Builder(two.workspace, watching=True)) as builder, pytest.raises(RegisterError, match=CHANGED):
        builder.build()


def test_a_last_row_that_was_changed_is_found(two):
    force(two.root / ".docgen/register.db", f"UPDATE log SET hash = '{'0' * 64}' WHERE row = 3")

    with pytest.raises(RegisterError):
        two.built("ou.yaml", OTHER.replace("Rådhuset", "Skolen"))


def test_numbers_come_after_those_that_are_not_read(office):
    office.drop("mandates/OU.yaml", OU)
    office.built("ssu.yaml", MEETING)
    office.built("ou.yaml", OTHER)

    report = office.built("juni.yaml", MEETING.replace("2026-03-12", "2026-06-04"))

    assert [number for one in report.fixed for number, _title in one.cases] == ["03/26", "04/26"]
    assert office.build().problems == []
