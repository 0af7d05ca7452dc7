"""A workspace as `docgen init` makes it, and docgen run as a user runs it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from docgen.cli.main import main
from docgen.messages import speak

NOT_TAKEN_OVER = ("DOCGEN_WORKSPACE", "LANG", "LC_ALL", "LC_MESSAGES")
"""What would make a test depend on the machine that it runs on."""

Done = subprocess.CompletedProcess[str]


class Docgen:
    """Runs docgen with `here` as the current folder: in this process, or in one of its own."""

    def __init__(self, here: Path) -> None:
        self.here = here

    def __call__(self, *args: str) -> Done:
        out, err = io.StringIO(), io.StringIO()
        with chdir(self.here), redirect_stdout(out), redirect_stderr(err):
            code = main(args)
        return Done(args, code, out.getvalue(), err.getvalue())

    def process(self, *args: str, **environment: str) -> Done:
        known = {key: value for key, value in os.environ.items() if key not in NOT_TAKEN_OVER}
        return subprocess.run(
            [sys.executable, "-m", "docgen", *args],
            cwd=self.here,
            env=known | environment,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def read(self, name: str) -> str:
        return (self.here / name).read_text("utf-8")

    def write(self, name: str, text: str) -> None:
        (self.here / name).parent.mkdir(parents=True, exist_ok=True)
        (self.here / name).write_text(text, "utf-8")


@pytest.fixture(autouse=True)
def nothing_taken_over(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in NOT_TAKEN_OVER:
        monkeypatch.delenv(name, raising=False)
    yield
    speak("nb")


@pytest.fixture
def outside(tmp_path: Path) -> Docgen:
    """docgen in an empty folder."""
    return Docgen(tmp_path)


@pytest.fixture
def fresh(tmp_path: Path) -> Docgen:
    """docgen in a fresh workspace in bokmål."""
    done = Docgen(tmp_path)("init", "arbeid")
    assert done.returncode == 0, done.stderr
    return Docgen(tmp_path / "arbeid")


@pytest.fixture
def resting(fresh):
    """A workspace in which nothing is left to do."""
    for _time in range(3):
        fresh("build")
    return fresh
