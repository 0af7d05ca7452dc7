"""Whatever is damaged, changed or missing in a register is found and named, and nothing crashes on it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest

from docgen.register import create_or_open, digest_of, verify
from docgen.register.canonical import canonical, row_hash
from tests.register.filling import edition, filled, force, meeting, names, writing_all_the_time

FROZEN = b"frozen " * 100


@pytest.fixture
def sound(file):
    """A sound register of 3 meetings and an edition: rows 2 to 4, and 5."""
    filled(file, 3, FROZEN).close()
    return file


def found(file) -> str:
    """What verify says is wrong, a problem a line."""
    return "\n".join(problem.what for problem in verify(file).problems)


def test_a_sound_register_is_sound(sound):
    with create_or_open(sound) as register:
        head, own = register.head, register.id

    seen = verify(sound)

    assert seen.is_sound
    assert (seen.head, seen.id) == (head, own)
    assert (seen.rows, seen.cases, seen.editions, seen.files) == (5, 3, 1, 1)


def test_looking_leaves_no_trace(sound):
    before = names(sound.parent), sound.read_bytes(), sound.stat().st_mtime_ns

    verify(sound)

    assert (names(sound.parent), sound.read_bytes(), sound.stat().st_mtime_ns) == before


CHANGES = {
    "UPDATE log SET facts = replace(facts, 'Godkjenning 2', 'Godkjenning 9')": "rad 3 i loggen er ikke slik den ble",
    "UPDATE log SET at = '2024-09-27T12:00:00Z' WHERE row = 4": "rad 4 i loggen er ikke slik den ble skrevet",
    "UPDATE log SET event = 'note' WHERE row = 2": "rad 2 i loggen er ikke slik den ble skrevet",
    "UPDATE log SET hash = 'x' WHERE row = 5": "rad 5 i loggen er ikke slik den ble skrevet",
    "UPDATE log SET previous = 'x' WHERE row = 2": "rad 2 i loggen er ikke slik den ble skrevet",
    "DELETE FROM log WHERE row = 3": "rad 3 i loggen mangler",
    "DELETE FROM log": "loggen er tom",
    "DELETE FROM case_number WHERE number = 2": "saksnummer 2/2024 i rekken ssu, som rad 3 i loggen ga, mangler",
    "INSERT INTO case_number VALUES ('ssu', 2024, 8, '', 'ssu', 'x', 1, 2)": "saksnummer 8/2024 i rekken ssu står der, "
    "men loggen har aldri gitt det",
    "UPDATE case_number SET key = 'x' WHERE number = 3": "saksnummer 3/2024 i rekken ssu er ikke slik rad 4 i loggen",
    "UPDATE case_number SET meeting = 7 WHERE number = 3": "saksnummer 3/2024 i rekken ssu er ikke slik rad 4 i loggen",
    "DELETE FROM edition": "versjon 0.0 av retningslinje 1, som rad 5 i loggen ga, mangler",
    "UPDATE edition SET digest = 'x'": "versjon 0.0 av retningslinje 1 er ikke slik rad 5 i loggen ga det",
    "INSERT INTO edition VALUES ('mandat SSU', 0, '2', '', 2)": "versjon 2 av mandat SSU står der, men loggen",
    "DELETE FROM file": f"den fryste filen {digest_of(FROZEN)} til retningslinje 1 mangler",
    "UPDATE file SET data = x'00'": f"den fryste filen {digest_of(FROZEN)} er ikke slik den var",
    "INSERT INTO file VALUES ('abc', x'00')": "den fryste filen abc ligger der, men loggen nevner den ikke",
    "CREATE TABLE extra (x)": "delen extra av databasen er ikke slik docgen lager den",
    "CREATE INDEX extra ON log (at)": "delen extra av databasen er ikke slik docgen lager den",
    "PRAGMA application_id = 7": "Filen er ikke et register fra docgen.",
    "PRAGMA user_version = 0": "Filen er ikke et register fra docgen.",
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_found_and_named(sound, change):
    force(sound, change)

    assert CHANGES[change] in found(sound)


def test_a_table_that_is_taken_away_is_found(sound):
    with closing(sqlite3.connect(sound)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TABLE edition")

    assert "delen edition av databasen er ikke slik docgen lager den" in found(sound)
    assert verify(sound).is_damaged


def test_a_guard_that_is_taken_away_is_found(sound):
    with closing(sqlite3.connect(sound)) as connection:
        connection.execute("DROP TRIGGER log_no_update")

    assert found(sound) == "Registeret er skadet: delen log_no_update av databasen er ikke slik docgen lager den."


def test_a_guard_that_is_weakened_is_found(sound):
    with closing(sqlite3.connect(sound)) as connection:
        connection.execute("DROP TRIGGER log_no_update")
        connection.execute("CREATE TRIGGER log_no_update BEFORE UPDATE ON log BEGIN SELECT 1; END")

    assert "delen log_no_update av databasen er ikke slik docgen lager den" in found(sound)


def test_the_first_row_that_is_broken_is_named_and_no_later_one(sound):
    force(sound, "UPDATE log SET event = 'x' WHERE row > 2")

    assert found(sound) == "Registeret er skadet: rad 3 i loggen er ikke slik den ble skrevet."


def forged(file, event: str, facts: str, at: str = "2024-09-26T12:00:00Z") -> None:
    """Add a row that is right by its hash, as somebody can who knows how the chain is made."""
    with closing(sqlite3.connect(file)) as connection:
        number, previous = connection.execute("SELECT row + 1, hash FROM log ORDER BY row DESC").fetchone()
        own = row_hash(number, at, event, facts, previous)
        connection.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)", (number, at, event, facts, previous, own))
        connection.commit()


@pytest.mark.parametrize(
    ("event", "facts", "said"),
    [
        ("note", '{"b": 1}', "opplysningene i rad 6 i loggen er ikke skrevet slik docgen skriver dem"),
        ("note", '{"b":1,"a":2}', "opplysningene i rad 6 i loggen er ikke skrevet slik docgen skriver dem"),
        ("note", '{"a":1.5}', "opplysningene i rad 6 i loggen er ikke skrevet slik docgen skriver dem"),
        ("note", '{"a":1', "opplysningene i rad 6 i loggen lar seg ikke lese"),
        ("note", "[" * 100_000, "opplysningene i rad 6 i loggen lar seg ikke lese"),
        ("note", "[]", "opplysningene i rad 6 i loggen lar seg ikke lese"),
        ("meeting", "{}", "opplysningene i rad 6 i loggen gir ikke mening for docgen"),
        ("meeting", '{"cases":[7]}', "opplysningene i rad 6 i loggen gir ikke mening for docgen"),
        ("edition", '{"inputs":[],"made":[],"pictures":[]}', "opplysningene i rad 6 i loggen gir ikke mening for"),
        ("meeting", canonical(meeting(4, "SSU", 2024, 2)), "rad 6 i loggen gir saksnummer 2/2024 i rekken ssu en gang"),
        ("edition", canonical(edition(0)), "rad 6 i loggen gir versjon 0.0 av retningslinje 1 en gang til"),
        ("meeting", canonical(meeting(4)), "saksnummer 4/2024 i rekken ssu, som rad 6 i loggen ga, mangler"),
    ],
)
def test_a_row_that_docgen_would_not_write_is_found(sound, event, facts, said):
    forged(sound, event, facts)

    assert said in found(sound)


@pytest.mark.parametrize(
    "at", ["", "2024-09-26", "2024-09-26 12:00:00", "2024-13-26T12:00:00Z", "2024-09-26T12:00:00Z "]
)
def test_a_time_that_is_none_is_found(sound, at):
    forged(sound, "note", "{}", at)

    assert "tidspunktet i rad 6 i loggen er ikke et tidspunkt" in found(sound)


def test_a_row_that_is_written_anew_with_a_hash_of_its_own_is_found_by_the_next(sound):
    with closing(sqlite3.connect(sound)) as connection:
        row = connection.execute("SELECT row, at, event, facts, previous FROM log WHERE row = 3").fetchone()
    facts = row[3].replace("Godkjenning 2", "Godkjenning 9")

    force(sound, f"UPDATE log SET facts = '{facts}', hash = '{row_hash(*row[:3], facts, row[4])}' WHERE row = 3")

    assert "rad 4 i loggen følger ikke raden foran" in found(sound)


def test_no_register_is_told_of(file):
    assert found(file) == "Registeret lar seg ikke bruke: den finnes ikke."


@pytest.mark.parametrize(
    "content", [b"", b"Saksnumre\n" * 900, b"SQLite format 3\x00", bytes(4096), bytes(range(256)) * 64]
)
def test_a_file_that_is_no_register_is_told_of(file, content):
    file.parent.mkdir(parents=True)
    file.write_bytes(content)

    seen = verify(file)

    assert not seen.is_sound
    assert seen.is_damaged
    assert file.read_bytes() == content


def test_a_folder_in_its_place_is_told_of(file):
    file.mkdir(parents=True)

    assert not verify(file).is_sound


def test_a_file_that_is_cut_short_anywhere_is_found(sound):
    content = sound.read_bytes()
    lengths = {0, 1, 99, 100, 512, 1024, *range(4096, len(content), 4096), len(content) - 1, len(content) - 4095}

    for length in (length for length in lengths if any(content[length:])):
        sound.write_bytes(content[:length])
        assert not verify(sound).is_sound, length


def test_a_page_that_was_torn_or_lost_is_found(sound):
    content = sound.read_bytes()

    for at in range(0, len(content), 512):
        if any(content[at : at + 512]):
            sound.write_bytes(content[:at] + bytes(512) + content[at + 512 :])
            assert not verify(sound).is_sound, at


def test_pages_that_changed_place_are_found(sound):
    content = sound.read_bytes()
    pages = [content[at : at + 4096] for at in range(0, len(content), 4096)]

    for at in range(1, len(pages) - 1):
        if pages[at] != pages[at + 1]:
            sound.write_bytes(b"".join((*pages[:at], pages[at + 1], pages[at], *pages[at + 2 :])))
            assert not verify(sound).is_sound, at


def test_an_index_that_says_other_than_its_table_is_found(sound):
    content, digest = sound.read_bytes(), digest_of(FROZEN).encode()
    places = [at for at in range(len(content)) if content.startswith(digest, at)]

    for at in places:
        sound.write_bytes(content[:at] + b"0123456789abcdef" + content[at + 16 :])
        assert not verify(sound).is_sound

    assert len(places) == 3  # in the table of files, in its index, and in the log


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_register_that_may_not_be_read_is_not_called_damaged(sound):
    sound.chmod(0)

    seen = verify(sound)

    sound.chmod(0o644)
    assert (seen.is_sound, seen.is_damaged) == (False, False)


def test_a_register_is_looked_through_while_another_writes(sound):
    with create_or_open(sound) as register, register.writing() as writing:
        writing.add("meeting", meeting(4))

        seen = verify(sound)

    assert (seen.is_sound, seen.cases) == (True, 3)
    assert verify(sound).cases == 4


def test_numbers_and_log_are_of_one_moment_while_another_writes(sound):
    with writing_all_the_time(sound):
        seen = [verify(sound) for _time in range(30)]

    assert [problem.what for one in seen for problem in one.problems] == []
    assert seen[-1].rows > seen[0].rows
