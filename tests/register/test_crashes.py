"""A program that is killed, a full disk, a file that is no register: what was given stays, and people are told."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing
from itertools import count

import pytest

from docgen.register import RegisterError, connect, create_or_open, open_to_read, opened, verify
from tests.register.filling import edition, filled, killed, meeting, numbers


def test_a_program_that_is_killed_before_it_commits_leaves_nothing(file):
    filled(file, 3).close()

    killed(file, "before")

    with create_or_open(file) as register:
        assert register.head.row == 4
        with register.writing() as writing:
            writing.add("meeting", meeting(4))
    assert verify(file).is_sound


def test_a_program_that_is_killed_after_it_commits_leaves_all(file):
    filled(file, 3).close()

    killed(file, "after")

    with create_or_open(file) as register:
        assert numbers(register.rows())[-1] == ("ssu", 2024, 4)
    assert verify(file).is_sound


def test_a_register_whose_making_was_cut_off_is_made_at_the_next_opening(file):
    file.parent.mkdir(parents=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")  # as far as a program may come that is killed then

    unfinished = open_to_read(file)
    with create_or_open(file) as register:
        assert unfinished is None
        assert register.head.row == 1
    assert verify(file).is_sound


def test_a_register_that_is_only_a_wal_is_not_made_anew(file):
    filled(file).close()
    killed(file, "after")
    file.unlink()

    with pytest.raises(RegisterError, match="bare -wal-filen er igjen"):
        create_or_open(file)

    assert file.with_name("register.db-wal").stat().st_size > 0


def test_another_program_that_holds_the_register_too_long_is_told_of(file, monkeypatch):
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0.05)

    with (
        create_or_open(file) as one,
        create_or_open(file) as other,
        one.writing(),
        pytest.raises(RegisterError) as caught,
        other.writing(),
    ):
        pass

    (problem,) = caught.value.problems
    assert problem.what == "Et annet program holder på registeret."
    assert problem.where.file == str(file)


def test_a_full_disk_is_told_of_and_adds_nothing(file):
    with filled(file, 3) as register:
        (pages,) = register._reading.connection.execute("PRAGMA page_count").fetchone()
        register._reading.connection.execute(f"PRAGMA max_page_count = {pages}")
        big = os.urandom(100_000)

        with pytest.raises(RegisterError, match="Disken er full"), register.writing() as writing:
            writing.add("edition", edition(0, big), [big])

        assert register.head.row == 4
    assert verify(file).is_sound


def test_a_folder_that_can_not_be_made_is_told_of(tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(RegisterError, match="en fil har samme navn som mappen"):
        create_or_open(tmp_path / "file" / "register.db")


@pytest.mark.parametrize(
    "content", [b"Saksnumre for SSU: 01/24\n" * 300, bytes(range(256)) * 32, b"SQLite format 3\x00"]
)
def test_a_file_that_is_no_database_is_left_as_it_is(file, content):
    file.parent.mkdir(parents=True)
    file.write_bytes(content)

    for open_it in (create_or_open, open_to_read):
        with pytest.raises(RegisterError, match="Registeret er skadet"):
            open_it(file)

    assert file.read_bytes() == content


def test_the_database_of_another_program_is_left_as_it_is(file):
    file.parent.mkdir(parents=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE places (id)")
    before = file.read_bytes()

    for open_it in (create_or_open, open_to_read):
        with pytest.raises(RegisterError, match="Filen er ikke et register fra docgen"):
            open_it(file)

    assert file.read_bytes() == before


def killed_at(statement: int, work) -> bool:
    """Let another program do this work, and be killed as it begins that statement; return whether it came so far."""
    child = os.fork()
    if child == 0:
        left = [statement]

        def one_more(_sql: str) -> None:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        class Counting(sqlite3.Connection):
            def __init__(self, *arguments, **named):
                super().__init__(*arguments, **named)
                self.set_trace_callback(one_more)

        real = sqlite3.connect
        connect.sqlite3.connect = lambda *arguments, **named: real(*arguments, **named, factory=Counting)
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_a_making_that_is_killed_anywhere_is_made_whole_by_the_next_opening(tmp_path):
    def make() -> None:
        opened(file, marker).close()

    for statement in count():
        file, marker = tmp_path / f"{statement}.db", tmp_path / f"{statement}.id"
        if not killed_at(statement, make):
            break

        assert verify(file).rows in (0, 1)
        make()

        found = verify(file)
        assert (found.is_sound, found.rows) == (True, 1), statement

    assert statement > 30


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_what_is_added_by_a_program_that_is_killed_anywhere_is_whole_or_not_there(tmp_path):
    file = tmp_path / "register.db"
    filled(file, 3, b"frozen").close()
    statement, sizes = 0, []

    def add_all() -> None:
        with create_or_open(file) as register, register.writing() as writing:
            number = writing.head.row
            writing.add("meeting", meeting(number, "SSU", 2024, 2 * number, 2 * number + 1))
            writing.add("edition", edition(number, b"file %d" % number), [b"file %d" % number])

    while killed_at(statement, add_all):
        found = verify(file)
        assert found.is_sound, statement
        assert (found.rows - 5, found.cases - 3, found.editions - 1) in ((0, 0, 0), (2, 2, 1))
        sizes.append(found.rows)
        statement += 1

    assert statement > 15
    assert set(sizes) == {5}
    assert verify(file).rows == 7
