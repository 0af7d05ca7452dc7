"""`docgen build` without options: told at once, with next to nothing loaded, where nothing is to be done."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from docgen.cli.summary import summary
from docgen.messages import speak
from docgen.run.root import root
from docgen.run.untouched import Glimpse, Untouched, glanced

NO_PDF = "DOCGEN_NO_PDF"
"""Environment variable that, when it is 1, leaves PDF out as the option --no-pdf does."""


def plain_build(args: Sequence[str]) -> int | None:
    """Return the exit code of a `docgen build` without options, or None when it is called with some."""
    given = _workspace(args)
    no_pdf = os.environ.get(NO_PDF, "")
    if given is None or no_pdf not in ("", "0", "1"):
        return None
    with_pdf = no_pdf != "1"
    chosen = Path(given) if given else None
    folder, is_there = root(chosen)
    found, glimpse = glanced(folder, with_pdf=with_pdf) if is_there else (None, None)
    return _told(found) if found else _built(chosen, glimpse, with_pdf=with_pdf)


def _told(found: Untouched) -> int:
    from docgen.cli.main import say

    speak(found.language)
    for problem in found.problems:
        say(str(problem), sys.stderr)
    say(summary(found.inputs, found.refused, unchanged=found.documents), sys.stderr)
    return 0 if all(problem.warning for problem in found.problems) else 1


def _built(chosen: Path | None, glimpse: Glimpse | None, *, with_pdf: bool) -> int:
    gc.disable()  # nothing that is loaded is garbage
    from docgen.cli.building import building
    from docgen.cli.output import stopped
    from docgen.problems import DocgenError
    from docgen.run.workspace import find

    gc.enable()
    try:
        return building(find(chosen), glimpse=glimpse, with_pdf=with_pdf)
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
