"""The product as the versions machines drive it: inputs on disk, a real register; with documents, or with stand-ins."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from docgen.messages import speak
from docgen.model.check import check
from docgen.model.library import Library
from docgen.register.verify import verify
from docgen.render import compile_template
from docgen.run import templates
from docgen.run.approved import approvals
from docgen.run.build import build
from docgen.run.inputs import Inputs
from docgen.run.ledger import Ledger
from docgen.run.report import Frozen
from docgen.run.workspace import find
from tests.rules.desk import MEMORY, Clock, told_of, typed

TEMPLATES = Path(__file__).parents[2] / "templates"
_compiled = lru_cache(maxsize=64)(compile_template)
TOML = """
[eier]
navn = "Helsefellesskapet Nordvik"
[godkjenning]
"retningslinje 1" = "Partnerskapet"
"retningslinje 2" = "SSU"
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a build did: the problems of each refused file, and the versions that it says it froze."""

    problems: dict[str, str]
    frozen: list[Frozen]


class Archive:
    """A workspace on disk. `build` stands where docgen's own build does, and freezes stand-ins for documents."""

    def __init__(self) -> None:
        speak("nb")
        self.root = Path(tempfile.mkdtemp(prefix="docgen-rules-", dir=MEMORY if MEMORY.is_dir() else None))
        (self.root / "docgen.toml").write_text(TOML, encoding="utf-8")
        self.workspace = find(self.root)
        self.clock = Clock()
        self.files: dict[str, str] = {}
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
        if self.ledger.register:
            found = verify(self.workspace.register)
            assert found.is_sound, [str(problem) for problem in found.problems]

    def write(self, files: dict[str, str]) -> None:
        """Let the inputs be these, and touch only what is new, changed or gone."""
        for name in self.files.keys() - files.keys():
            (self.root / name).unlink()
        for name, text in files.items():
            if self.files.get(name) != text:
                file = self.root / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        self.files = dict(files)

    def build(self) -> Taken:
        entries = [typed(name, text) for name, text in self.files.items()]
        library = Library(entries, self.workspace.settings.house)
        digests = {name: sha256(text.encode()).hexdigest() for name, text in self.files.items()}
        inputs = Inputs(library, digests, {one.file: {} for one in entries})
        given = check(library, lambda _source, _named: True, self.ledger.record)
        approved = approvals(inputs, given, self.ledger.record, self.ledger.register)
        given, fixed = self.ledger.fix_numbers(library, given, self.files)
        if fixed:
            approved = approvals(inputs, given, self.ledger.record, self.ledger.register)
        frozen: list[Frozen] = []
        for one in library.entries:
            how = approved.standings.get(one.file)
            if how and one.is_right and how.is_right and (how.new or how.is_unseen):
                made = [] if how.is_draft else [(f"{how.document}.docx", self.files[one.file].encode())]
                known = given[one.file].meeting if one.file in given else None
                frozen += self.ledger.freeze(one, how, made, inputs, known.number if known else 0)
        return Taken({one.file: told_of(one) for one in library.entries if not one.is_right}, frozen)


class Printed(Archive):
    """The same through docgen's own build, with documents."""

    def __init__(self) -> None:
        # A template that has not changed is compiled once for all examples: else nearly all the time goes there.
        templates.compile_template = _compiled
        super().__init__()
        shutil.copytree(TEMPLATES, self.root / "templates")

    def build(self) -> Taken:
        self.ledger.close()
        report = build(self.workspace, clock=self.clock)
        self.ledger = Ledger(self.workspace, self.clock)
        assert report.count("failed") == 0, [str(problem) for problem in report.problems]
        problems = {
            name: "\n".join(str(one) for one in report.problems if one.where.file == name) for name in report.refused
        }
        return Taken(problems, report.frozen)

    def text(self, name: str) -> str:
        """Return what a document in output/ says."""
        with zipfile.ZipFile(self.workspace.output / name) as archive:
            return re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())
