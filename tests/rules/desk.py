"""The product as the numbers machine drives it: inputs kept as texts, a real register on disk, no documents."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from docgen.messages import speak
from docgen.model.agenda import Numbers
from docgen.model.check import check
from docgen.model.library import Entry, Library, entry
from docgen.problems import InputError
from docgen.read import read
from docgen.register.verify import verify
from docgen.run.approved import approvals
from docgen.run.inputs import Inputs
from docgen.run.ledger import Ledger
from docgen.run.report import Fixed
from docgen.run.workspace import Workspace
from docgen.settings import settings

MEMORY = Path("/dev/shm")
"""Where a folder lies in memory, so that a flush to disk costs nothing. The database is the real one."""

TOML = '[eier]\nnavn = "Helsefellesskapet Nordvik"\n'


class Clock:
    """The only thing that is faked."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did: the problems of each refused file, every number, and what it says that it fixed."""

    problems: dict[str, str]
    numbers: Numbers
    fixed: list[Fixed]


class Desk:
    """A workspace of texts. `build` reads, checks and fixes as a build does, without making documents."""

    def __init__(self) -> None:
        speak("nb")
        self.root = Path(tempfile.mkdtemp(prefix="docgen-rules-", dir=MEMORY if MEMORY.is_dir() else None))
        self.workspace = Workspace(self.root, settings(read("docgen.toml", TOML.encode())))
        self.files: dict[str, str] = {}
        self.clock = Clock()
        self.ledger = Ledger(self.workspace, self.clock)

    def close(self) -> None:
        self.ledger.close()
        shutil.rmtree(self.root)

    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger(self.workspace, self.clock)

    def rows(self) -> int:
        return self.ledger.register.head.row if self.ledger.register else 0

    def verify(self) -> None:
        """Stop the test when the register is not whole."""
        if self.ledger.register:
            found = verify(self.workspace.register)
            assert found.is_sound, [str(problem) for problem in found.problems]

    def inputs(self) -> tuple[Inputs, dict[str, str]]:
        """Return the inputs that can be read, and the problems of the others."""
        entries, problems = [], {}
        for name, text in self.files.items():
            try:
                entries.append(typed(name, text))
            except InputError as error:
                problems[name] = str(error)
        library = Library(entries, self.workspace.settings.house, problems)
        shown: dict[str, dict[str, Path]] = {one.file: {} for one in library.entries}
        return Inputs(library, dict.fromkeys(self.files, ""), shown), problems

    def build(self, asked: Iterable[str] | None = None) -> Outcome:
        """Fix what is to be fixed of the files asked for, or of all."""
        inputs, problems = self.inputs()
        given = check(inputs.library, lambda _source, _named: True, self.ledger.record)
        approvals(inputs, given, self.ledger.record, self.ledger.register)
        given, fixed = self.ledger.fix_numbers(inputs.library, given, self.files if asked is None else asked)
        problems |= {one.file: told_of(one) for one in inputs.library.entries if not one.is_right}
        return Outcome(problems, given, fixed)


def told_of(one: Entry) -> str:
    """Return the problems that stop an input."""
    return "\n".join(str(problem) for problem in one.problems if not problem.warning)


def typed(name: str, text: str) -> Entry:
    """Return the input. What is read of one text is read once, since it never changes. Raises InputError."""
    found = _typed(name, text)
    if isinstance(found, InputError):
        raise found
    return replace(found, problems=list(found.problems))


@lru_cache(maxsize=50_000)
def _typed(name: str, text: str) -> Entry | InputError:
    try:
        return entry(read(name, text.encode()))
    except InputError as error:
        return error
