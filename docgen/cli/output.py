"""Where commands say things: results on stdout, all the rest on stderr. A reader that has left is no error."""

from __future__ import annotations

import json
import os
import sys
from typing import TextIO

from docgen.problems import Problem
from docgen.run.report import Report


def out(text: str) -> None:
    """Print a line of the result."""
    _print(text, sys.stdout)


def err(text: str) -> None:
    """Print a line that is not the result: a problem, a summary."""
    _print(text, sys.stderr)


def out_json(value: object) -> None:
    """Print the whole result for another program."""
    out(json.dumps(value, ensure_ascii=False, indent=2))


def problems_json(problems: tuple[Problem, ...]) -> dict[str, object]:
    """Return problems in the shape of a report's, so that a program meets one shape only."""
    return Report(problems=list(problems)).as_json()


def finish() -> None:
    """Flush what was printed, while a reader that has left can still be passed over."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _silence(stream)


def _print(text: str, stream: TextIO) -> None:
    try:
        print(text, file=stream)
    except BrokenPipeError:
        _silence(stream)


def _silence(stream: TextIO) -> None:
    """Send what is left to nowhere. Python would else complain when it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
