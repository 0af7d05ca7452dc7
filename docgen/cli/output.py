"""Where commands say things: results on stdout, all the rest on stderr. A reader that has left is no error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

from docgen.cli.main import say
from docgen.problems import Problem
from docgen.run.report import Report


def out(text: str) -> None:
    """Print a line of the result."""
    say(text, sys.stdout)


def err(text: str) -> None:
    """Print a line that is not the result: a summary, a hint."""
    say(text, sys.stderr)


def tell(problems: Iterable[Problem]) -> None:
    """Print problems on stderr, one a line: `SSU.yaml, linje 12, saker[2].tittel: What. Fix.`"""
    for problem in problems:
        err(str(problem))


def out_json(value: object) -> None:
    """Print the whole result for another program."""
    out(json.dumps(value, ensure_ascii=False, indent=2))


def problems_json(problems: Iterable[Problem]) -> dict[str, object]:
    """Return problems in the shape of a report's, so that a program meets one shape only."""
    return Report(problems=list(problems)).as_json()
