"""Finding the command: help, versions, wrong calls, and what is loaded for them."""

import os
import subprocess
import sys

import pytest

from docgen import __version__
from docgen.cli.main import commands

HEAVY = ("typer", "rich", "pydantic", "yaml", "jinja2", "docxtpl", "docx", "lxml", "babel", "markdown_it", "rapidfuzz")


@pytest.mark.parametrize("call", [["--help"], ["--version"], [], ["help"], ["templates"], ["bild"]])
def test_help_and_version_load_nothing_that_takes_time(call):
    code = f"""
import sys
from docgen.cli.main import main
main({call})
print("loaded:", [name for name in {HEAVY} if name in sys.modules])
"""

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout.splitlines()[-1] == "loaded: []"


def test_the_help_names_every_command_in_norwegian(outside):
    done = outside.process("--help")

    assert done.returncode == 0
    assert done.stdout.startswith("Bruk: docgen KOMMANDO [VALG]")
    for name, summary in commands().items():
        assert f"  {name} " in done.stdout
        assert summary in done.stdout


def test_no_arguments_give_the_help(outside):
    assert outside().stdout == outside("--help").stdout


def test_the_help_is_in_nynorsk_on_a_machine_in_nynorsk(outside):
    assert "Lag eit nytt arbeidsområde" in outside.process("--help", LANG="nn_NO.UTF-8").stdout


def test_the_version_is_told(outside):
    assert outside.process("--version").stdout == f"docgen {__version__}\n"


@pytest.mark.parametrize("name", list(commands()))
def test_every_command_has_help_in_norwegian(outside, name):
    done = outside(*name.split(), "--help")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Bruk: docgen {name}")
    assert "  --help" in done.stdout
    assert "Vis denne hjelpen." in done.stdout
    assert "--workspace MAPPE" in done.stdout
    for english in ("Usage", "Options", "Show", "default", "required"):
        assert english not in done.stdout


def test_help_can_stand_before_the_command(outside):
    assert outside("help", "templates", "check").stdout == outside("templates", "check", "--help").stdout


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["buidl"], "docgen: Kommandoen buidl finnes ikke. Mente du docgen build?"),
        (["xyzzy"], "docgen: Kommandoen xyzzy finnes ikke. docgen --help viser hva som finnes."),
        (["templates", "chek"], "docgen: Kommandoen templates chek finnes ikke. Mente du docgen templates check?"),
        (["--fort"], "docgen: Valget --fort finnes ikke. docgen --help viser hva som finnes."),
        (["build", "--dry"], "docgen build: Valget --dry finnes ikke. Mente du --dry-run? Se docgen build --help."),
        (["build", "--xyzzy"], "docgen build: Valget --xyzzy finnes ikke. Se docgen build --help."),
        (["build", "-q"], "docgen build: Valget -q finnes ikke. Se docgen build --help."),
        (["build", "--json=ja"], "docgen build: Valget --json skal ikke ha noen verdi. Se docgen build --help."),
        (
            ["check", "--workspace"],
            "docgen check: Valget --workspace må ha en verdi etter seg. Se docgen check --help.",
        ),
        (["doctor", "a", "b"], "docgen doctor: Det står for mye på linjen: a b. Se docgen doctor --help."),
        (["new"], "docgen new: TYPE mangler. Se docgen new --help."),
        (
            ["init"],
            "docgen init: Det er ikke sagt hvor arbeidsområdet skal ligge. Skriv docgen init og navnet på en mappe.",
        ),
    ],
)
def test_a_wrong_call_is_told_in_norwegian(outside, call, said):
    done = outside(*call)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{said}\n"


@pytest.mark.parametrize(
    ("call", "environment"),
    [
        (["--workspace", "{}", "check"], {}),
        (["--workspace={}", "check"], {}),
        (["check", "--workspace", "{}"], {}),
        (["check"], {"DOCGEN_WORKSPACE": "{}"}),
    ],
)
def test_the_workspace_can_be_named_before_and_after_the_command_and_in_the_environment(
    fresh, tmp_path, call, environment
):
    fresh.here = tmp_path
    place = str(tmp_path / "arbeid")

    done = fresh.process(*(part.format(place) for part in call), **{k: v.format(place) for k, v in environment.items()})

    assert (done.returncode, done.stdout) == (0, "Alt er i orden.\n")


def test_without_a_workspace_it_is_said_how_to_get_one(outside):
    done = outside("build")

    assert done.returncode == 2
    assert "Det finnes ingen docgen.toml her eller i en mappe over." in done.stderr
    assert "docgen init" in done.stderr


def test_norwegian_letters_come_out_on_a_machine_with_another_code_page(outside):
    assert "å begynne på" in outside.process("--help", PYTHONIOENCODING="cp437", PYTHONUTF8="0").stdout


def test_an_interrupted_command_ends_with_130(monkeypatch, capsys):
    from docgen.cli import check
    from docgen.cli.main import main

    def interrupted(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "find", interrupted)

    code = main(["check"])

    assert code == 130
    assert capsys.readouterr().err == "Avbrutt. Det som er laget til nå, er helt.\n"


@pytest.mark.parametrize("call", [["schema", "møte"], ["--help"], ["check"]])
def test_a_reader_that_has_left_is_no_error(fresh, call):
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [sys.executable, "-m", "docgen", *call],
        cwd=fresh.here,
        stdout=writing,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )

    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")
