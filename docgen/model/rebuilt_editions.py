"""The approved versions that documents tell of: the rows of their logs, and the digest of what was approved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from docgen.messages import _
from docgen.model.carried import LOGGED_KINDS, MINUTES, Paper
from docgen.model.editions import LogLine
from docgen.model.record import Approved, Edition
from docgen.problems import Problem, Where

_Told = tuple[Paper, list[LogLine]]


def editions(name: str, papers: Sequence[Paper], problems: list[Problem], *, meeting: int = 0) -> list[Edition]:
    """Return the approved versions of a document, oldest first, as far as its papers agree on them.

    Where they contradict each other the rest of the log is not guessed: it is told.
    """
    told = [(paper, _approved(paper)) for paper in papers]
    newest = max(told, key=lambda one: (len(one[1]), one[0].is_untouched, one[0].name))[0]
    found: list[Edition] = []
    for at in range(max(len(lines) for _paper, lines in told)):
        line = _agreed(at, told, problems)
        if line is None:
            break
        carriers = [paper for paper, lines in told if _carries(paper, lines, at + 1)]
        digest = _digest(line, carriers, problems)
        made = {one.place: one.digest for one in reversed(carriers) if digest and one.is_untouched and one.digest}
        found.append(
            Edition(
                name,
                at + 1,
                line.version,
                line.description,
                line.approved or Approved(),
                digest,
                made=tuple(sorted(made.items())),
                title=newest.facts.get("tittel", ""),
                source=newest.source,
                meeting=meeting,
            )
        )
    return found


def _approved(paper: Paper) -> list[LogLine]:
    return list(takewhile(lambda line: line.approved is not None, paper.log()))


def _carries(paper: Paper, lines: Sequence[LogLine], count: int) -> bool:
    """Return whether the document is made of the content of that version: no draft, and nothing later."""
    is_frozen = paper.kind in LOGGED_KINDS or paper.kind in MINUTES
    return is_frozen and bool(paper.content) and len(lines) == len(paper.log()) == count


def _agreed(at: int, told: Sequence[_Told], problems: list[Problem]) -> LogLine | None:
    """Return the row at this place when all that have it say the same; else None, and it is told."""
    having = [(paper, lines[at]) for paper, lines in told if len(lines) > at]
    paper, line = having[0]
    there = next(((other, row) for other, row in having if row != line), None)
    if there is None:
        return line
    what = _(
        "The version log says «{line}» here, and «{other}» in {file}.", line=line, other=there[1], file=there[0].name
    )
    fix = _(
        "The rows before it were taken in. The next build takes in the rest as the input has it: see that it is right."
    )
    problems.append(Problem(what, fix, Where(paper.name)))
    return None


def _digest(line: LogLine, carriers: Sequence[Paper], problems: list[Problem]) -> str:
    """Return the digest of the approved content, empty when no document has it or they do not agree."""
    digests = {paper.content: paper for paper in reversed(carriers)}
    if len(digests) < 2:
        return next(iter(digests), "")
    one, other = sorted(digests.values(), key=lambda paper: paper.name)[:2]
    what = _(
        "Two documents say that they are version {version}, and have other content: this one and {file}.",
        version=line.version,
        file=other.name,
    )
    fix = _(
        "Neither was taken for the approved one. The next build takes in what the input says: see that it is right."
    )
    problems.append(Problem(what, fix, Where(one.name)))
    return ""
