"""Where commands say things: results on stdout, all the rest on stderr. A reader that has left is no error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

from docgen.cli.main import WRONG_CALL, say
from docgen.problems import DocgenError, InputError, Problem, TemplateError
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


def stopped(error: DocgenError, *, json: bool = False) -> int:
    """Tell of what stops a command, and return its exit code: 1 for what stands in an input, else 2."""
    tell(error.problems)
    if json:
        out_json(problems_json(error.problems))
    return 1 if isinstance(error, InputError | TemplateError) else WRONG_CALL


def problems_json(problems: Iterable[Problem]) -> dict[str, object]:
    """Return problems in the shape of a report's, so that a program meets one shape only."""
    return Report(problems=list(problems)).as_json()
