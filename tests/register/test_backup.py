"""A backup is whole while others write, and going back to it never loses a register without saying so."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from docgen.register import RegisterError, backup, connect, create_or_open, move_aside, opened, restore, verify
from tests.register.filling import filled, killed, meeting, names, noon, numbers, writing_all_the_time

FROZEN = b"frozen " * 1000


@pytest.fixture
def marker(file):
    return file.with_name("register.id")


@pytest.fixture
def register(file, marker):
    """An open register of 3 meetings and an edition, with its marker."""
    with filled(file, 3, FROZEN):
        pass
    with opened(file, marker) as register:
        yield register


@pytest.fixture
def kept(register, file, tmp_path):
    """A backup of it. The register is closed."""
    register.close()
    return backup(file, tmp_path / "kopi.db")


def add(file: Path, *meetings: int) -> None:
    with create_or_open(file, noon) as register, register.writing() as writing:
        for number in meetings:
            writing.add("meeting", meeting(number))


def given(file: Path) -> list[int]:
    with create_or_open(file) as register:
        return [number for _body, _year, number in numbers(register.rows())]


def test_a_backup_holds_all_that_the_register_does(register, file, tmp_path):
    made = backup(file, tmp_path / "langt" / "nede" / "kopi.db")

    assert made == tmp_path / "langt" / "nede" / "kopi.db"
    assert names(made.parent) == ["kopi.db"]
    found = verify(made)
    assert (found.is_sound, found.id, found.head, found.files) == (True, register.id, register.head, 1)


def test_a_backup_to_a_folder_has_the_date_in_its_name(register, file, tmp_path):
    assert backup(file, tmp_path, noon) == tmp_path / "register 2024-09-26.db"


def test_a_backup_changes_nothing_in_the_register_or_beside_it(register, file, tmp_path):
    register.close()
    before = names(file.parent), file.read_bytes()

    backup(file, tmp_path / "kopi.db")

    assert (names(file.parent), file.read_bytes()) == before


def test_an_older_backup_of_the_same_register_is_written_over(register, file, kept):
    add(file, 4)

    backup(file, kept)

    assert verify(kept).cases == 4


@pytest.mark.parametrize("there", ["text", "other register", "newer", "damaged"])
def test_no_other_file_is_written_over(file, kept, tmp_path, there):
    if there == "text":
        kept.write_text("Saksliste")
    elif there == "other register":
        kept.unlink()
        filled(kept, 1).close()
    elif there == "newer":
        add(kept, 4)
    else:
        kept.write_bytes(kept.read_bytes()[:-4096])
    before = kept.read_bytes()

    with pytest.raises(RegisterError, match="Det finnes en fil med det navnet fra før") as caught:
        backup(file, kept)

    assert caught.value.problems[0].where.file == str(kept)
    assert kept.read_bytes() == before
    assert names(tmp_path) == [file.parent.parent.name, "kopi.db"]


def test_a_damaged_register_is_not_backed_up(register, file, tmp_path):
    register.close()
    content = file.read_bytes()
    file.write_bytes(content[:8192] + bytes(4096) + content[12288:])

    with pytest.raises(RegisterError, match="Registeret er skadet") as caught:
        backup(file, tmp_path / "kopi.db")

    assert {problem.where.file for problem in caught.value.problems} == {str(file)}
    assert not (tmp_path / "kopi.db").exists()


def test_no_register_is_not_backed_up(file, tmp_path):
    with pytest.raises(RegisterError, match="den finnes ikke"):
        backup(file, tmp_path / "kopi.db")

    assert names(tmp_path) == []


def test_a_backup_is_of_one_moment_while_another_program_writes(file, tmp_path):
    filled(file, 1).close()

    with writing_all_the_time(file):
        sizes = [verify(backup(file, tmp_path / f"{at}.db")).rows for at in range(15)]

    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]
    assert verify(file).is_sound


def test_a_backup_is_flushed_before_and_after_it_gets_its_name(register, file, tmp_path, monkeypatch):
    if not Path("/proc/self/fd").exists():
        pytest.skip("which file a handle is of can't be asked here")
    done = []

    def fsync(handle, real=os.fsync):
        done.append(Path(os.readlink(f"/proc/self/fd/{handle}")).name)
        real(handle)

    def replace(one, other, real=os.replace):
        done.append("replace")
        real(one, other)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)

    backup(file, tmp_path / "kopi.db")

    assert done == [f".kopi.db.{os.getpid()}.tmp", "replace", tmp_path.name]


def test_a_lost_register_is_restored(file, marker, kept):
    before = verify(kept)
    file.unlink()

    aside = restore(kept, file, marker)

    assert aside is None
    with opened(file, marker) as register:
        assert (register.id, register.head) == (before.id, before.head)
        assert register.file(register.rows(4)[0].facts["made"][0][1]) == FROZEN


def test_a_register_is_restored_where_the_whole_folder_is_lost(file, marker, kept):
    shutil.rmtree(file.parent.parent)

    restore(kept, file, marker)

    with opened(file, marker) as register:
        assert register.head.row == 5


def test_a_backup_that_has_all_of_the_register_takes_its_place(file, marker, kept):
    before = file.read_bytes()
    add(kept, 4)

    aside = restore(kept, file, marker, clock=noon)

    assert aside.name.startswith("register 2024-09-26 ")
    assert verify(aside).cases == 3
    assert given(file) == [1, 2, 3, 4]
    assert before


def test_a_register_that_knows_of_more_than_the_backup_stays(file, marker, kept):
    add(file, 4, 5)
    head = verify(file).head

    with pytest.raises(RegisterError) as caught:
        restore(kept, file, marker)

    (problem,) = caught.value.problems
    assert problem.what.startswith("Registeret som er der, er helt, og har 2 rader som sikkerhetskopien mangler.")
    assert f"nummer {head.row}, med kontrollsummen {head.hash}." in problem.what
    assert given(file) == [1, 2, 3, 4, 5]
    assert names(file.parent) == ["register.db", "register.id"]


def test_it_goes_when_a_person_insists_and_is_kept_beside(file, marker, kept):
    add(file, 4, 5)

    aside = restore(kept, file, marker, force=True)

    assert given(file) == [1, 2, 3]
    assert verify(aside).cases == 5
    assert names(file.parent) == sorted([aside.name, "register.db", "register.id"])


def test_registers_that_have_gone_apart_are_not_mixed_up(file, marker, kept):
    add(file, 4)
    add(kept, 40, 50)

    with pytest.raises(RegisterError, match="Registeret som er der, er helt, og har andre numre enn sikkerhetskopien"):
        restore(kept, file, marker)

    assert given(file) == [1, 2, 3, 4]


@pytest.mark.parametrize("damage", ["text", "empty", "torn", "cut"])
def test_a_damaged_register_is_moved_aside_for_the_backup(file, marker, kept, damage):
    content = file.read_bytes()
    damaged = {
        "text": b"Saksliste",
        "empty": b"",
        "torn": content[:4096] + bytes(4096) + content[8192:],
        "cut": content[:5000],
    }[damage]
    file.write_bytes(damaged)

    aside = restore(kept, file, marker)

    assert aside.read_bytes() == damaged
    with opened(file, marker) as register:
        assert register.head.row == 5
    assert verify(file).is_sound


def test_a_register_of_a_newer_docgen_is_not_taken_for_a_damaged_one(file, marker, kept):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")

    with pytest.raises(RegisterError, match="Registeret er skrevet av en nyere docgen"):
        restore(kept, file, marker)

    assert names(file.parent) == ["register.db", "register.id"]


def test_what_a_killed_program_left_goes_aside_with_its_register(file, marker, kept):
    killed(file, "after")

    aside = restore(kept, file, marker, force=True)

    assert verify(aside).cases == 4
    assert given(file) == [1, 2, 3]


def test_a_wal_that_has_lost_its_register_does_not_get_into_the_restored_one(file, marker, kept):
    killed(file, "after")
    file.unlink()

    assert restore(kept, file, marker) is None

    assert given(file) == [1, 2, 3]
    assert verify(file).is_sound


def test_a_register_that_somebody_has_open_is_not_moved(file, marker, kept, monkeypatch):
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0.1)
    add(kept, 4)

    with create_or_open(file), pytest.raises(RegisterError, match="Et annet program holder på registeret"):
        restore(kept, file, marker)

    assert given(file) == [1, 2, 3]
    assert names(file.parent) == ["register.db", "register.id"]


def test_a_backup_of_another_register_is_refused(file, marker, kept, tmp_path):
    other = tmp_path / "other.db"
    filled(other, 9).close()
    before = marker.read_bytes()

    with pytest.raises(RegisterError, match="Sikkerhetskopien er av et annet register") as caught:
        restore(other, file, marker)

    assert caught.value.problems[0].where.file == str(other)
    assert marker.read_bytes() == before
    restore(other, file, marker, force=True)
    with opened(file, marker) as register:
        assert register.id == verify(other).id != verify(kept).id


def test_a_backup_that_is_damaged_is_refused_even_when_a_person_insists(file, marker, kept):
    content = kept.read_bytes()
    kept.write_bytes(content[:4096] + bytes(4096) + content[8192:])

    with pytest.raises(RegisterError, match="Registeret er skadet") as caught:
        restore(kept, file, marker, force=True)

    assert {problem.where.file for problem in caught.value.problems} == {str(kept)}
    assert given(file) == [1, 2, 3]


def test_a_marker_that_tells_nothing_is_made_right_by_restoring(file, marker, kept):
    marker.write_text("?")

    restore(kept, file, marker)

    opened(file, marker).close()


def test_a_restoring_that_stopped_half_way_can_be_done_again(file, marker, kept):
    add(kept, 4)
    move_aside(file)

    with pytest.raises(RegisterError, match="Registeret til dette arbeidsområdet er borte"):
        opened(file, marker)
    restore(kept, file, marker)

    assert given(file) == [1, 2, 3, 4]


def test_two_registers_moved_aside_at_one_time_are_both_kept(file):
    for number in (1, 2):
        filled(file, number).close()
        move_aside(file, noon)

    assert len(names(file.parent)) == 2
    assert {verify(one).cases for one in file.parent.iterdir()} == {1, 2}


def test_there_is_nothing_to_move_where_there_is_no_register(file):
    file.parent.mkdir(parents=True)

    assert move_aside(file) is None
