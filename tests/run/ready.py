"""An office whose builder lives on and makes ready what is written, and how often that was used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from docgen.register import opened
from docgen.run import ahead, seen
from docgen.run.build import Builder
from docgen.run.report import Report
from docgen.run.workspace import find
from docgen.watch.folders import look
from tests.run.office import MEETING, Office

OTHER = MEETING.replace("2026-03-12", "2026-05-07").replace("Budsjett", "Høring")
NOTICE = "SSU/2026-03-12/2026-03-12 SSU innkalling.docx"
SECOND = "SSU/2026-05-07/2026-05-07 SSU innkalling.docx"


class Watched(Office):
    """An office with a builder that lives on; the files in it are old enough to be trusted."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.drop("første.yaml", MEETING)
        self.builder = Builder(find(root), watching=True)
        self.builder.build()

    def prepared(self) -> bool:
        """Make ready what was written, and return whether it is."""
        self.at_rest = look(self.builder.workspace).files
        self.builder.prepare(self.at_rest)
        return self.builder._ahead is not None

    def settled(self) -> Report:
        """Build what has come to rest."""
        return self.builder.build(at_rest=look(self.builder.workspace).files)

    def waiting(self) -> list[Path]:
        """The documents that wait to be published."""
        return sorted(self.output.rglob(".*.docx.*.tmp"))

    def rows(self) -> int:
        with opened(self.workspace.register, self.workspace.marker) as register:
            return len(register.rows())


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    monkeypatch.setattr(seen, "_FRESH", 0)
    office = Watched(tmp_path / "arbeid")
    with closing(office.builder):
        yield office


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents were published as they were made ready, each time."""
    found: list[int] = []
    real = ahead.Ahead.published

    def noted(one, progress):
        found.append(len(one.documents))
        return real(one, progress)

    monkeypatch.setattr(ahead.Ahead, "published", noted)
    return found
