"""`docgen build` without options: told at once, with next to nothing loaded, where nothing is to be done."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from docgen.cli.summary import summary
from docgen.messages import speak
from docgen.run.root import root
from docgen.run.untouched import Glimpse, Untouched, glanced


def plain_build(args: Sequence[str]) -> int | None:
    """Return the exit code of a `docgen build` without options, or None when it is called with some."""
    given = _workspace(args)
    if given is None:
        return None
    chosen = Path(given) if given else None
    folder, is_there = root(chosen)
    found, glimpse = glanced(folder) if is_there else (None, None)
    return _told(found) if found else _built(chosen, glimpse)


def _told(found: Untouched) -> int:
    from docgen.cli.main import say

    speak(found.language)
    for problem in found.problems:
        say(str(problem), sys.stderr)
    say(summary(found.inputs, found.refused, unchanged=found.documents), sys.stderr)
    return 0 if all(problem.warning for problem in found.problems) else 1


def _built(chosen: Path | None, glimpse: Glimpse | None) -> int:
    gc.disable()  # nothing that is loaded is garbage
    from docgen.cli.building import building
    from docgen.cli.output import stopped
    from docgen.problems import DocgenError
    from docgen.run.workspace import find

    gc.enable()
    try:
        return building(find(chosen), glimpse=glimpse)
    except DocgenError as error:
        return stopped(error)


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
