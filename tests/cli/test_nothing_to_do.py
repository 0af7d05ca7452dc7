"""A build with nothing to do: told at once, and never when there is something to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MEETING = "inputs/eksempel/2026-09-17 Eksempelutvalget.yaml"


pytestmark = pytest.mark.usefixtures("stamps_decide_at_once")


def is_short(docgen, *args: str) -> bool:
    """Whether a build ends without loading what a build needs."""
    code = (
        "import sys; from docgen.cli.main import main; code = main(sys.argv[1:]); "
        "print('short' if 'pydantic' not in sys.modules and 'typer' not in sys.modules else 'long'); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "build", *args],
        cwd=docgen.here,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()[-1] == "short"


def test_it_is_told_without_loading_what_a_build_needs(resting):
    assert is_short(resting)
    assert is_short(resting, "--workspace", str(resting.here))
    assert is_short(resting, f"--workspace={resting.here}")


def test_it_says_what_a_build_says(resting):
    short, long = resting("build"), resting("build", "--why")

    assert (short.returncode, short.stdout, short.stderr) == (0, "", "8 uendret.\n")
    assert (long.returncode, long.stderr) == (0, "8 uendret.\n")


def test_what_is_refused_is_told_each_time_with_its_exit_code(resting):
    resting.write(MEETING, resting.read(MEETING).replace("sted:", "stedd:"))
    for _time in range(3):
        first = resting("build")

    again = resting("build")

    assert is_short(resting)
    assert (again.returncode, again.stderr) == (first.returncode, first.stderr)
    assert again.returncode == 1
    assert "Nøkkelen stedd er ikke kjent her." in again.stderr


def touch(file: Path) -> None:
    there = file.stat()
    os.utime(file, ns=(there.st_atime_ns, there.st_mtime_ns + 1_000_000_000))


CHANGES = {
    "an input is written": lambda here: touch(here / MEETING),
    "an input is new": lambda here: (here / "inputs" / "ny.yaml").write_text("type: møte\n"),
    "an input is gone": lambda here: (here / MEETING).unlink(),
    "a template is written": lambda here: touch(here / "templates" / "protokoll.docx"),
    "a template is new": lambda here: (here / "templates" / "x.docx").write_bytes(b""),
    "docgen.toml is written": lambda here: touch(here / "docgen.toml"),
    "a document is gone": lambda here: next((here / "output").rglob("*.docx")).unlink(),
    "a document is written": lambda here: touch(next((here / "output").rglob("*.docx"))),
    "the status page is gone": lambda here: (here / "output" / "Status.html").unlink(),
    "the cache is gone": lambda here: (here / "output" / ".docgen" / "built.db").unlink(),
    "the cache is damaged": lambda here: (here / "output" / ".docgen" / "built.db").write_bytes(
        b"SQLite format 3\0" * 99
    ),
    "the register is gone": lambda here: (here / ".docgen" / "register.db").rename(here / "borte.db"),
    "a killed build has left something": lambda here: (here / "output" / ".x.docx.17.tmp").write_bytes(b""),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_changes_is_looked_at(resting, change):
    change(resting.here)

    code = "from pathlib import Path; from docgen.run.untouched import untouched; print(untouched(Path('.')))"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=resting.here) == b"None\n"


def test_other_options_and_files_are_left_to_the_build_itself(resting):
    for args in (["--dry-run"], ["--json"], ["--why"], [MEETING]):
        assert not is_short(resting, *args)


def test_a_cache_that_somebody_wrote_into_stops_nothing(resting):
    (resting.here / "output" / ".docgen" / "built.db").write_bytes(b"not a database at all")

    done = resting("build")

    assert (done.returncode, done.stderr) == (0, "8 uendret.\n")
