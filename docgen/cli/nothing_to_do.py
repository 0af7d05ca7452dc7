"""`docgen build` where nothing is to be done: told at once, without loading what a build needs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from docgen.cli.summary import summary
from docgen.messages import speak
from docgen.run.root import root
from docgen.run.untouched import untouched


def nothing_to_do(args: Sequence[str]) -> int | None:
    """Return the exit code of a plain `docgen build` that has nothing to do, or None when it must be run."""
    from docgen.cli.main import say

    given = _workspace(args)
    if given is None:
        return None
    folder, is_there = root(Path(given) if given else None)
    found = untouched(folder) if is_there else None
    if found is None:
        return None
    speak(found.language)
    for problem in found.problems:
        say(str(problem), sys.stderr)
    say(summary(found.inputs, found.refused, unchanged=found.documents), sys.stderr)
    return 0 if all(problem.warning for problem in found.problems) else 1


def _workspace(args: Sequence[str]) -> str | None:
    """Return the workspace that is named, the empty text when none is, or None when other things are asked for."""
    match list(args):
        case []:
            return ""
        case ["--workspace", named] if named and not named.startswith("-"):
            return named
        case [one] if one.startswith("--workspace="):
            return one.removeprefix("--workspace=") or None
    return None
