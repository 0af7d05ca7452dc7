"""`docgen build` without options: the same as with them, but sooner."""

from __future__ import annotations

import gc
import re
import subprocess
import sys

import pytest

from docgen.run import build as building
from docgen.run.build import build
from docgen.run.lock import builder_lock
from docgen.run.seen import seen
from docgen.run.untouched import glanced
from docgen.run.workspace import find

MEETING = "inputs/eksempel/2026-09-17 Eksempelutvalget.yaml"
NOTICE = "output/Eksempelutvalget/2026-09-17/2026-09-17 Eksempelutvalget innkalling.docx"


pytestmark = pytest.mark.usefixtures("stamps_decide_at_once")


def loaded(docgen, *args: str) -> set[str]:
    """The modules that a build loads."""
    code = (
        "import sys; from docgen.cli.main import main; code = main(sys.argv[1:]); "
        "print(*sys.modules, sep=chr(10)); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "build", *args],
        cwd=docgen.here,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.splitlines())


def test_what_reads_options_is_not_loaded_when_there_are_none(fresh):
    plain, told = loaded(fresh), loaded(fresh, "--why")

    assert "docgen.run.build" in plain
    assert "typer" not in plain
    assert "typer" in told


def test_it_says_what_a_build_with_options_says(fresh, tmp_path):
    fresh.write(MEETING, fresh.read(MEETING).replace("sted:", "stedd:"))
    first = fresh("build", "--workspace", str(fresh.here))

    plain, told = fresh("build"), fresh("build", "--why")

    assert first.returncode == plain.returncode == told.returncode == 1
    assert "Nøkkelen stedd er ikke kjent her." in first.stderr
    assert (plain.stdout, plain.stderr) == (told.stdout, told.stderr)


@pytest.mark.parametrize("broken", ["a = ", "[mapper]\nukjent = 1"])
def test_a_broken_workspace_is_told_of_as_by_a_build_with_options(fresh, broken):
    fresh.write("docgen.toml", broken)

    plain, told = fresh("build"), fresh("build", "--why")

    assert plain.returncode == told.returncode
    assert plain.returncode != 0
    assert (plain.stdout, plain.stderr) == (told.stdout, told.stderr)
    assert plain.stderr.startswith("docgen.toml")


def test_garbage_is_looked_for_again_when_all_is_loaded(outside, fresh):
    for docgen, code in ((outside, 2), (fresh, 0)):
        assert docgen("build").returncode == code
        assert gc.isenabled()


def test_a_workspace_that_is_not_there_is_told_of(outside):
    done = outside("build")

    assert (done.returncode, done.stdout) == (2, "")
    assert "docgen.toml" in done.stderr


def test_a_workspace_that_another_docgen_holds_is_told_of(fresh):
    with builder_lock(fresh.here, "docgen watch"):
        plain, told = fresh("build"), fresh("build", "--why")

    assert plain.returncode == told.returncode == 2
    assert plain.stderr == told.stderr
    assert "docgen watch" in plain.stderr


def glimpse_of(docgen):
    """What is seen of the inputs after one of them was changed."""
    docgen.write(MEETING, docgen.read(MEETING).replace("sted: ", "sted: Annet "))
    found, glimpse = glanced(docgen.here)
    assert found is None
    assert glimpse is not None
    return glimpse


def test_what_was_just_seen_is_not_looked_at_again(resting):
    glimpse = glimpse_of(resting)
    resting.write("inputs/ny.yaml", "type: møte\n")

    again = seen(find(resting.here), is_hasty=True, glimpse=glimpse)

    assert MEETING in again.inputs
    assert "inputs/ny.yaml" not in again.inputs
    assert "inputs/ny.yaml" in seen(find(resting.here), is_hasty=True).inputs


def test_it_is_looked_at_again_when_another_docgen_has_built_meanwhile(resting):
    glimpse = glimpse_of(resting)
    resting.write("inputs/ny.yaml", "type: møte\n")
    resting("build", "--why")

    assert "inputs/ny.yaml" in seen(find(resting.here), is_hasty=True, glimpse=glimpse).inputs


def test_it_is_looked_at_again_when_the_folders_are_others_now(resting):
    glimpse = glimpse_of(resting)
    resting.write("docgen.toml", resting.read("docgen.toml").replace('inndata = "inputs"', 'inndata = "andre"'))
    resting.write("andre/ny.yaml", "type: møte\n")

    assert "andre/ny.yaml" in seen(find(resting.here), is_hasty=True, glimpse=glimpse).inputs


def test_what_is_written_after_it_was_seen_is_built_as_it_is_now(resting, monkeypatch):
    monkeypatch.setattr(building, "MANY", 1)
    glimpse = glimpse_of(resting)
    resting.write(MEETING, resting.read(MEETING).replace("sted: Annet ", "sted: Et helt annet "))
    resting.write("inputs/ny.yaml", re.sub("(?m)^dato: .*", "dato: 2026-10-15", resting.read(MEETING)))

    report = build(find(resting.here), glimpse=glimpse)

    made = {one.input for one in report.documents if one.state == "made"}
    assert made == {MEETING, "inputs/ny.yaml"}
    notice = next(one.file for one in report.documents if one.input == MEETING and one.kind == "innkalling")
    assert "Et helt annet " in text_of(resting.here / notice)
    assert build(find(resting.here)).count("made") == 0


def text_of(file) -> str:
    from docx import Document

    document = Document(str(file))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
