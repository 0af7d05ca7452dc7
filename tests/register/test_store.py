"""Rows are added whole or not at all, each chained to the one before, and reading leaves no trace."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from docgen.model.record import Record
from docgen.register import Register, RegisterError, create_or_open, open_to_read, verify
from docgen.register.canonical import canonical, row_hash
from tests.register.filling import NOON, edition, filled, force, meeting, noon, numbers


def test_a_new_register_knows_its_id_and_which_docgen_made_it(file):
    with create_or_open(file, noon) as register:
        rows = register.rows()

        assert [(row.number, row.at, row.event) for row in rows] == [(1, "2024-09-26T12:00:00Z", "register")]
        assert rows[0].facts == {"id": register.id, "made_by": "0.1.0"}


def test_opening_again_changes_nothing(file):
    with filled(file) as register:
        before = register.id, register.head, register.rows()

    with create_or_open(file) as register:
        after = register.id, register.head, register.rows()

    assert after == before


def test_every_connection_is_as_safe_as_sqlite_can_be(file):
    with create_or_open(file) as register:
        ask = register._reading.connection.execute
        lives = {
            name: ask(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "trusted_schema")
        }
        lives |= {name: ask(f"PRAGMA {name}").fetchone()[0] for name in ("fullfsync", "checkpoint_fullfsync")}
        lives |= {name: ask(f"PRAGMA {name}").fetchone()[0] for name in ("cell_size_check", "busy_timeout")}

    assert lives == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": 30_000,
    }


def test_a_new_register_and_its_folders_are_flushed_to_the_disk(file, monkeypatch):
    flushed = set()

    def fsync(handle, real=os.fsync):
        flushed.add(os.readlink(f"/proc/self/fd/{handle}"))
        real(handle)

    if not Path("/proc/self/fd").exists():
        pytest.skip("which file a handle is of can't be asked here")
    monkeypatch.setattr(os, "fsync", fsync)

    create_or_open(file).close()

    assert {str(file.parent), str(file.parent.parent), str(file.parent.parent.parent)} <= flushed


def test_facts_are_written_in_one_way_only():
    assert canonical({"ø": 1, "b": [True, "a\u030a"], "a": {"x": "«»\n"}}) == '{"a":{"x":"«»\\n"},"b":[true,"å"],"ø":1}'


@pytest.mark.parametrize("wrong", [1.0, None, 2**53, float("nan"), b"", {"a\u030a": 1, "å": 2}, "\ud800", {1, 2}])
def test_what_has_no_one_way_to_be_written_is_no_fact(file, wrong):
    with create_or_open(file) as register:
        with pytest.raises(ValueError, match=r"does not take in|surrogates"), register.writing() as writing:
            writing.add("note", {"value": wrong})

        assert register.head.row == 1


def test_a_row_is_chained_to_the_one_before_by_sha_256_over_canonical_json():
    text = '[2,"2024-09-26T12:00:00Z","note",{"a":"ø","b":[1,true]},"' + "0" * 64 + '"]'

    found = row_hash(2, "2024-09-26T12:00:00Z", "note", canonical({"b": [1, True], "a": "ø"}), "0" * 64)

    assert found == hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert found == "150c6d93804028fb63f12963d4c7e8eaebcd619b3104f91be6e15837e10e35f5"


def test_each_row_of_the_chain_can_be_reckoned_by_anybody(file):
    filled(file, 3).close()
    previous = "0" * 64

    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT row, at, event, facts, previous, hash FROM log ORDER BY row").fetchall()

    assert [row[0] for row in rows] == [1, 2, 3, 4]
    for number, at, event, facts, before, own in rows:
        listed = json.dumps(
            [number, at, event, json.loads(facts), before], ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        assert before == previous
        assert own == hashlib.sha256(listed.encode("utf-8")).hexdigest()
        previous = own


def test_the_head_tells_the_last_row_and_its_hash(file):
    with filled(file, 3) as register:
        head = register.head

        assert head.row == 4
        assert head.hash == register.hash_of(4) != register.hash_of(3)


def test_rows_are_given_from_where_one_has_read(file):
    with filled(file, 5) as register:
        record = Record.of(register.rows())
        with register.writing() as writing:
            writing.add("meeting", meeting(6))

        later = register.rows(record.last)

        assert numbers(later) == [("ssu", 2024, 6)]


def test_the_time_is_written_in_utc_to_the_second(file):
    oslo = timezone(timedelta(hours=2))

    with create_or_open(file, lambda: datetime(2024, 9, 26, 14, 0, 1, 999_999, tzinfo=oslo)) as register:
        assert register.rows()[0].at == "2024-09-26T12:00:01Z"


def test_a_clock_that_goes_back_disturbs_nothing(file):
    times = iter((NOON, NOON - timedelta(days=400), NOON + timedelta(days=1)))

    with create_or_open(file, lambda: next(times)) as register:
        for number in (1, 2):
            with register.writing() as writing:
                writing.add("meeting", meeting(number))

        assert [row.at[:10] for row in register.rows()] == ["2024-09-26", "2023-08-23", "2024-09-27"]
    assert verify(file).is_sound


def test_what_is_given_back_is_what_is_kept(file):
    with create_or_open(file, noon) as register:
        with register.writing() as writing:
            given = writing.add("note", {"navn": "A\u030ase", "liste": (1, 2)})

        assert given == register.rows(1)[0]
        assert given.facts == {"navn": "Åse", "liste": [1, 2]}


def added_and_failed(register: Register) -> None:
    with register.writing() as writing:
        writing.add("meeting", meeting(3))
        writing.add("edition", edition(1, b"more"), [b"more"])
        writing.add("meeting", {"no": "meeting"})


def test_a_block_that_fails_adds_nothing_of_what_was_in_it(file):
    with filled(file, 2, b"frozen") as register:
        before = register.head

        with pytest.raises(KeyError, match="cases"):
            added_and_failed(register)

        assert register.head == before
        with register.writing() as writing:
            assert writing.add("meeting", meeting(3)).number == before.row + 1
    found = verify(file)
    assert (found.is_sound, found.cases, found.editions, found.files) == (True, 3, 1, 1)


def passed_over(register: Register) -> None:
    with register.writing() as writing:
        with suppress(RegisterError):
            writing.add("meeting", meeting(4, "SSU", 2024, 2))
        writing.add("meeting", meeting(5))


def passed_over_at_the_end(register: Register) -> None:
    with register.writing() as writing:
        writing.add("meeting", meeting(5))
        with suppress(RegisterError):
            writing.add("meeting", meeting(4, "SSU", 2024, 2))


@pytest.mark.parametrize("block", [passed_over, passed_over_at_the_end])
def test_a_row_that_failed_half_way_takes_its_block_with_it(file, block):
    with filled(file, 3) as register:
        with pytest.raises(ValueError, match="has failed"):
            block(register)

        assert register.head.row == 4
    assert verify(file).is_sound


def test_nothing_is_added_after_the_block(file):
    with filled(file, 3) as register:
        with register.writing() as writing:
            writing.add("meeting", meeting(4))

        with pytest.raises(ValueError, match="after the block"):
            writing.add("meeting", meeting(5))

        assert register.head.row == 5


def test_a_block_that_adds_nothing_writes_nothing(file):
    filled(file).close()
    before = file.read_bytes()

    with create_or_open(file) as register, register.writing() as writing:
        assert len(writing.rows()) == 4

    assert file.read_bytes() == before


def test_frozen_files_come_back_as_they_were(file):
    pdf = b"%PDF-1.7\n" * 10_000

    with filled(file, 1, pdf, b"") as register:
        digests = [digest for row in register.rows(2) for _name, digest in row.facts["made"]]

        assert [register.file(digest) for digest in digests] == [pdf, b""]
    assert file.stat().st_size < len(pdf)


def test_the_same_file_is_kept_once(file):
    with filled(file, 0, b"same", b"same"):
        pass

    assert verify(file).files == 1


def test_an_edition_without_its_files_is_not_added(file):
    with create_or_open(file) as register:
        with pytest.raises(ValueError, match="digest"), register.writing() as writing:
            writing.add("edition", edition(0, b"named"))
        with pytest.raises(ValueError, match="does not name"), register.writing() as writing:
            writing.add("edition", edition(0, b"named"), [b"named", b"never named"])

        assert register.head.row == 1


def test_a_file_that_was_never_frozen_is_asked_for_in_vain(file):
    with create_or_open(file) as register, pytest.raises(RegisterError, match="den fryste filen abc mangler"):
        register.file("abc")


def test_a_number_is_never_given_twice(file):
    with filled(file, 3) as register:
        with pytest.raises(RegisterError, match="tar ikke imot noe som strider mot"), register.writing() as writing:
            writing.add("meeting", meeting(4, "SSU", 2024, 2))

        assert register.head.row == 4


def test_rows_that_were_changed_are_not_believed(file):
    filled(file, 3).close()
    force(file, "UPDATE log SET facts = replace(facts, 'Godkjenning 2', 'Godkjenning 3')")

    with (
        open_to_read(file) as register,
        pytest.raises(RegisterError, match="rad 3 i loggen er ikke slik den ble skrev"),
    ):
        register.rows()
