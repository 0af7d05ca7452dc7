"""What is wrong in a workspace, as parts of the status page: by file, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.deliver.markup import folded, heading, paragraph, section, text
from docgen.messages import _, many
from docgen.model.status import InputStatus, Status
from docgen.problems import Problem, Where

_SHOWN = 20
"""How many files are shown at once. The rest are folded away."""

ByFile = Mapping[str, Sequence[Problem]]


@dataclass(frozen=True, slots=True)
class Faulty:
    """The files that must be mended, and those that are only worth a look, each with its problems."""

    wrong: ByFile
    noted: ByFile


def faulty_files(status: Status) -> Faulty:
    """Return what is wrong, by file: what holds for the whole workspace first, then the inputs in their order.

    What a person is asked about is told elsewhere. A file with errors has its warnings among them.
    """
    found: dict[str, list[Problem]] = {}
    for problem in status.problems:
        found.setdefault(problem.where.file, []).append(problem)
    for one in status.inputs:
        if one.problems and one.state != "asked":
            found.setdefault(one.file, []).extend(one.problems)
    wrong = {file: problems for file, problems in found.items() if not all(problem.warning for problem in problems)}
    return Faulty(wrong, {file: problems for file, problems in found.items() if file not in wrong})


def mended_first(wrong: ByFile) -> str:
    """Return the part of the page with what stops documents from being made."""
    told = _(
        "Until a file is right, its documents stay as they were. "
        "The same as here stands beside it, in a file that ends in .FEIL.txt."
    )
    return section("rett", _("Must be mended first"), paragraph(told), problem_groups(wrong, "wrong-box"))


def what_is_asked(asked: Sequence[InputStatus]) -> str:
    """Return the part of the page with the files that docgen does not dare to use unasked."""
    told = _("docgen does not know what you want, and leaves these files alone until you have chosen.")
    return section(
        "svar",
        _("Waits for your answer"),
        paragraph(told),
        problem_groups({one.file: one.problems for one in asked}, "wait-box"),
    )


def problem_groups(files: ByFile, kind: str) -> str:
    """Return each file with its problems; many are folded away."""
    groups = [_group(file, problems, kind) for file, problems in files.items()]
    if len(groups) <= _SHOWN:
        return "\n".join(groups)
    rest = groups[_SHOWN:]
    more = many("Show {count} more file", "Show {count} more files", len(rest))
    return "\n".join((*groups[:_SHOWN], folded(text(more), "\n".join(rest))))


def _group(file: str, problems: Sequence[Problem], kind: str) -> str:
    ordered = sorted(problems, key=lambda problem: problem.warning)
    items = "".join(f"\n<li>{_problem(problem, file)}</li>" for problem in ordered)
    name = heading(file or _("The workspace"))
    return f'<div class="{kind}">\n{name}\n<ol>{items}\n</ol>\n</div>'


def _problem(problem: Problem, file: str) -> str:
    note = _("Note:") + " " if problem.warning else ""
    lines = [("place", place_in(problem.where, file)), ("what", note + problem.what), ("fix", problem.fix)]
    return "".join(paragraph(words, kind) for kind, words in lines if words)


def place_in(where: Where, file: str) -> str:
    """Return the place without the name of the file, when it is in `file`: `linje 12, saker[2].tittel`."""
    return str(replace(where, file="") if where.file == file else where)
