"""`docgen build` and `docgen check`, as a user sees them."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import docx
import pytest

MEETING = "inputs/eksempel/2026-09-17 Eksempelutvalget.yaml"


def documents(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "output").rglob("*.docx"))


def test_build_tells_each_input_with_its_documents(fresh):
    done = fresh.process("build")

    assert done.returncode == 0
    assert MEETING in done.stdout.splitlines()
    assert "  laget  output/mandater/Mandat Eksempelutvalget.docx" in done.stdout.splitlines()
    assert done.stderr == "8 dokumenter laget.\n"
    assert len(documents(fresh.here)) == 8


def test_a_second_build_makes_nothing(fresh):
    fresh("build")

    done = fresh("build")

    assert (done.returncode, done.stderr) == (0, "8 uendret.\n")
    assert "laget" not in done.stdout


def test_one_file_that_is_wrong_is_refused_and_the_rest_made(fresh):
    fresh.write(MEETING, fresh.read(MEETING).replace("sted:", "stedd:"))

    done = fresh.process("build")

    assert done.returncode == 1
    first, last = done.stderr.splitlines()[0], done.stderr.splitlines()[-1]
    assert first.startswith(f"{MEETING}, linje 6, stedd: Nøkkelen stedd er ikke kjent her. Mente du sted?")
    assert last == "4 dokumenter laget, 1 fil avvist."
    assert len(documents(fresh.here)) == 4


def test_only_the_named_files_are_made(fresh):
    done = fresh("build", "inputs/eksempel/Retningslinje 1.md")

    assert done.returncode == 0
    assert documents(fresh.here) == ["Retningslinje 1 Felles opplæring (utkast).docx"]


def test_a_folder_stands_for_its_inputs_from_where_the_user_is(fresh):
    fresh.here = fresh.here / "inputs"

    done = fresh("build", "eksempel")

    assert (done.returncode, done.stderr) == (0, "8 dokumenter laget.\n")


def test_dry_run_lists_numbers_and_writes_nothing(fresh):
    fresh.write(MEETING, fresh.read(MEETING).replace("status: innkalt", "status: utkast"))

    done = fresh("build", "--dry-run", MEETING)

    assert done.returncode == 0
    assert "innkalling (utkast).docx  (foreløpige saksnumre: 01/26, 02/26, 03/26)" in done.stdout
    assert done.stderr == "3 dokumenter ville bli laget.\n"
    assert not (fresh.here / "output").exists()


def test_dry_run_does_not_call_numbers_provisional_that_are_not(fresh):
    assert "innkalling.docx  (saksnumre: 01/26, 02/26, 03/26)" in fresh("build", "--dry-run").stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Retningslinje 2.md", "Filen finnes ikke. Mente du inputs/eksempel/Retningslinje 1.md?"),
        ("helt/annet.txt", "Filen finnes ikke. Filene ligger i mandates, inputs."),
        ("LES MEG.txt", "docgen lager ikke dokumenter av slike filer."),
        ("docgen.toml", "Filen hører ikke til dette arbeidsområdet. Legg den i mandates, inputs."),
        ("templates", "Det er ingen filer å lage dokumenter av i mappen."),
    ],
)
def test_a_file_that_is_no_input_is_told_of(fresh, name, said):
    done = fresh("build", name)

    assert done.returncode == 2
    assert done.stderr.startswith(f"{name}: {said}")
    assert not (fresh.here / "output").exists()


def test_json_is_all_there_is_on_stdout(fresh):
    done = fresh.process("build", "--json")

    report = json.loads(done.stdout)
    assert {document["state"] for document in report["documents"]} == {"made"}
    assert done.stderr == ""


def test_json_also_tells_of_a_broken_workspace(fresh):
    fresh.write("docgen.toml", "[eier]\nnavn = \n")

    done = fresh("build", "--json")

    assert done.returncode == 2
    assert json.loads(done.stdout)["problems"][0]["file"] == "docgen.toml"


def test_an_edited_document_is_kept_and_told_of(fresh):
    fresh("build")
    made = fresh.here / "output/mandater/Mandat Eksempelutvalget.docx"
    document = docx.Document(made)
    document.add_paragraph("Skrevet av et menneske")
    document.save(made)
    edited = made.read_bytes()

    done = fresh("build")

    assert done.returncode == 0
    assert "  laget ved siden av  output/mandater/Mandat Eksempelutvalget (ny).docx" in done.stdout.splitlines()
    assert done.stderr.startswith("output/mandater/Mandat Eksempelutvalget.docx: ")
    assert made.read_bytes() == edited


def test_a_workspace_without_inputs_is_told_how_to_begin(fresh):
    for file in (fresh.here / "inputs/eksempel").iterdir():
        file.unlink()

    done = fresh("build")

    assert (done.returncode, done.stdout) == (0, "")
    assert "docgen new møte" in done.stderr


def test_many_documents_show_a_bar_on_a_terminal_only(fresh):
    shown = _on_terminal(fresh.here, "build")
    few = _on_terminal(fresh.here, "build", MEETING)

    assert "8/8" in shown
    assert "4/4" not in few
    assert "8/8" not in fresh("build").stderr


def _on_terminal(here: Path, *args: str) -> str:
    """Return what stderr shows when it is a terminal."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    done = subprocess.Popen(
        [sys.executable, "-m", "docgen", *args],
        cwd=here,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=environment,
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:  # Linux's way to say that the other end is closed
            break
        if not more:
            break
        said += more
    done.wait()
    os.close(ours)
    return said.decode("utf-8", "replace")


def test_check_says_that_all_is_well_and_makes_nothing(fresh):
    done = fresh.process("check")

    assert (done.returncode, done.stdout, done.stderr) == (0, "Alt er i orden.\n", "")
    assert not (fresh.here / "output").exists()


def test_check_tells_every_problem_of_every_file(fresh):
    fresh.write(MEETING, fresh.read(MEETING).replace("sted:", "stedd:").replace("17. september", "37. september"))
    fresh.write("inputs/feil.json", "{")

    done = fresh("check")

    told = done.stderr.splitlines()
    assert done.returncode == 1
    assert done.stdout == ""
    assert sum(line.startswith(f"{MEETING}, linje 4, dato:") for line in told) == 1
    assert sum(line.startswith(f"{MEETING}, linje 6, stedd:") for line in told) == 1
    assert any(line.startswith("inputs/feil.json") for line in told)
    assert told[-1] == "4 filer er i orden, 2 filer må rettes."


def test_check_of_one_file_is_not_stopped_by_another(fresh):
    fresh.write("inputs/feil.json", "{")

    assert fresh("check", MEETING).stdout == "Alt er i orden.\n"


def test_check_answers_with_json(fresh):
    fresh.write("inputs/feil.json", "{")

    done = fresh("check", "--json")

    assert done.returncode == 1
    assert json.loads(done.stdout)["refused"] == ["inputs/feil.json"]
