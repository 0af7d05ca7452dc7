"""What the watcher prints of each build: only what is new since the build before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docgen.messages import _
from docgen.problems import Problem
from docgen.run.report import Printed, Report


class News:
    """Prints what is made, refused, right again and waiting. It remembers what has been said."""

    def __init__(self, line: Callable[[str], None]) -> None:
        self._line = line
        self._problems: frozenset[Problem] = frozenset()
        self._refused: frozenset[str] = frozenset()
        self._states: dict[str, str] = {}

    def built(self, report: Report) -> None:
        """Print a line for each document that was made or could not be, and for each problem that is new."""
        states = {made.file: made.state for made in report.documents}
        for made in report.documents:
            if made.state in ("made", "beside") or (made.state in _STUCK and self._states.get(made.file) != made.state):
                self._line(_state(made.state, made.file))
        self._states = {name: state for name, state in states.items() if state in _STUCK}
        for problem in report.problems:
            if problem not in self._problems:
                self._line(str(problem))
        for name in report.refused:
            if name not in self._refused:
                self._line(_("Refused: {file}", file=name))
        for name in sorted(self._refused - set(report.refused)):
            self._line(_("Right again, or gone: {file}", file=name))
        self._problems = frozenset(report.problems)
        self._refused = frozenset(report.refused)

    def printed(self, pdfs: Sequence[Printed]) -> None:
        """Print a line for each PDF, made after its document, and for each problem that is new."""
        for one in pdfs:
            if one.state != "failed":
                self._line(_state(one.state, one.file))
            if one.problem and one.problem not in self._problems:
                self._line(str(one.problem))
                self._problems |= {one.problem}


_STUCK = ("held", "failed")


def _state(state: str, file: str) -> str:
    match state:
        case "made":
            return _("Made: {file}", file=file)
        case "beside":
            return _("Made beside: {file}", file=file)
        case "held":
            return _("Waiting, since it is open in another program: {file}", file=file)
    return _("Not made: {file}", file=file)
