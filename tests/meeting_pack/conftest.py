"""Meetings whose packs are made: one converter for all tests, and the example's packs made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from docgen.deliver.pdf import Converter
from docgen.messages import speak
from docgen.run.build import build
from docgen.run.pack.packing import Wish, pack
from docgen.run.pack.report import PackReport
from docgen.run.workspace import find
from tests.run.office import Office, copy_of_the_example


@dataclass(frozen=True)
class Made:
    """A pack that was made, and the report of it."""

    report: PackReport
    pdf: bytes


class Desk(Office):
    """An office that makes packs."""

    converter: Converter

    def pack(self, meeting: str = "SSU 2026-03-12", **wish: object) -> Made:
        report = pack(self.workspace, Wish(meeting, **wish), self.root, converter=self.converter)
        return Made(report, (self.root / report.file).read_bytes())

    def attach(self, name: str, data: bytes) -> None:
        file = self.root / "inputs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


@pytest.fixture(autouse=True)
def in_norwegian() -> Iterator[None]:
    speak("nb")
    yield
    speak("nb")


@pytest.fixture(scope="session")
def converter() -> Iterator[Converter]:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    with Converter(2) as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path, converter: Converter, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    made = Desk(tmp_path / "arbeid")
    made.converter = converter
    return made


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example workspace, built."""
    root = copy_of_the_example(tmp_path_factory.mktemp("pakker") / "arbeid")
    report = build(find(root))
    assert report.count("failed") == 0
    return root


def packed(root: Path, converter: Converter, wish: Wish) -> Made:
    report = pack(find(root), wish, root, converter=converter)
    return Made(report, (root / report.file).read_bytes())


@pytest.fixture(scope="session")
def whole(example: Path, converter: Converter) -> Made:
    return packed(example, converter, Wish("SSU 3.12.2026"))


@pytest.fixture(scope="session")
def public(example: Path, converter: Converter) -> Made:
    return packed(example, converter, Wish("SSU 3.12.2026", public=True))


@pytest.fixture(scope="session")
def nynorsk(example: Path, converter: Converter) -> Made:
    return packed(example, converter, Wish("OU Nordfjella 2026-12-08"))
