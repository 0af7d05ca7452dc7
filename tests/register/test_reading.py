"""A register is read as it was committed, without a trace, also where nothing may be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from docgen.register import create_or_open, open_to_read, verify
from tests.register.filling import filled, killed, meeting, names, numbers, writing_all_the_time


def test_reading_leaves_no_trace(file):
    filled(file).close()
    before = names(file.parent), file.read_bytes(), file.stat().st_mtime_ns

    with open_to_read(file) as register:
        assert numbers(register.rows()) == [("ssu", 2024, 1), ("ssu", 2024, 2), ("ssu", 2024, 3)]
        during = names(file.parent)

    assert during == ["register.db"]
    assert (names(file.parent), file.read_bytes(), file.stat().st_mtime_ns) == before


def test_reading_where_there_is_no_register_makes_none(file):
    assert open_to_read(file) is None
    assert not file.parent.parent.exists()


def test_a_reader_sees_what_is_committed_while_others_have_the_register_open(file):
    with filled(file, 1) as writer, open_to_read(file) as reader:
        assert len(reader.rows()) == 2

        with writer.writing() as writing:
            writing.add("meeting", meeting(2))
            assert len(reader.rows()) == 2

        assert len(reader.rows()) == 3


def test_a_reader_sees_what_was_written_after_it_opened_a_register_that_nobody_used(file):
    filled(file, 1).close()

    with open_to_read(file) as reader:
        before = reader.head.row
        with create_or_open(file) as writer, writer.writing() as writing:
            writing.add("meeting", meeting(2))

        assert (before, reader.head.row) == (2, 3)


def test_what_a_killed_program_committed_is_read_without_touching_what_it_left(file):
    filled(file, 3).close()
    killed(file, "after")
    file.with_name("register.db-shm").unlink()  # as after a power cut, or in a copy of the folder
    before = {name: (file.parent / name).read_bytes() for name in names(file.parent)}

    with open_to_read(file) as register:
        assert numbers(register.rows())[-1] == ("ssu", 2024, 4)
        assert verify(file).is_sound

    assert sorted(before) == ["register.db", "register.db-wal"]
    assert {name: (file.parent / name).read_bytes() for name in names(file.parent)} == before


READ_ONLY = """
import os, sys
from pathlib import Path
from docgen.register import open_to_read, verify
if os.getuid() == 0:
    os.setgid(65534), os.setuid(65534)  # root may write everywhere
file = Path(sys.argv[1])
try:
    (file.parent / "x").write_bytes(b"")
except OSError:
    with open_to_read(file) as register:
        print(register.head.row, verify(file).is_sound)
"""


@pytest.fixture
def closed_folder():
    """A folder that anybody can get to, which pytest's own is not, and that is opened again at the end."""
    with TemporaryDirectory() as name:
        yield Path(name)
        Path(name).chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="a folder of Windows is not closed by its mode")
@pytest.mark.parametrize("state", ["closed", "killed", "open"])
def test_a_register_can_be_read_where_nothing_may_be_written(closed_folder, state):
    file = closed_folder / "register.db"
    register = filled(file, 3)
    if state != "open":
        register.close()
    if state == "killed":
        killed(file, "after")
    for part in closed_folder.iterdir():
        part.chmod(0o444)
    closed_folder.chmod(0o555)

    done = subprocess.run([sys.executable, "-c", READ_ONLY, str(file)], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == (f"{5 if state == 'killed' else 4} True\n", "")


def test_a_register_is_read_while_others_open_write_and_close_it(file):
    filled(file, 1).close()
    sizes = []

    with writing_all_the_time(file, closing_it=True):
        for _time in range(300):
            with open_to_read(file) as register:
                sizes.append(len(register.rows()))

    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]
