"""For the tests of PDF: documents of every kind in both languages, and one converter for all that does not kill it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.deliver.pdf import Converter, Document
from docgen.run.build import build
from docgen.run.workspace import find
from tests.cli.secretariat import Secretariat
from tests.pdf import rich
from tests.pdf.beside import GUIDELINE
from tests.run.office import MEETING, REPOSITORY
from tests.run.test_golden import GOLDEN

LANGUAGES = ("nb", "nn")


@pytest.fixture(scope="session")
def converter() -> Iterator[Converter]:
    with Converter(2) as opened:
        yield opened


@pytest.fixture(scope="session")
def documents(tmp_path_factory) -> dict[str, Document]:
    """Give a rich guideline, and every document of the golden texts: `nb/mandater/Mandat SSU.docx` and so on."""
    made = {}
    for language in LANGUAGES:
        root = tmp_path_factory.mktemp("pdf") / language
        shutil.copytree(GOLDEN / language, root)
        shutil.copytree(REPOSITORY / "templates", root / "templates")
        (root / "inputs" / "rik.md").write_text(rich.guideline(language), "utf-8")
        shutil.copy(REPOSITORY / rich.PICTURE, root / "inputs" / "bilde.png")
        assert build(find(root)).problems == []
        for file in sorted((root / "output").rglob("*.docx")):
            made[f"{language}/{file.relative_to(root / 'output').as_posix()}"] = Document.at(file)
    return made


@pytest.fixture(scope="session")
def pdfs(converter: Converter, documents: dict[str, Document]) -> dict[str, bytes]:
    """Give each document as PDF."""
    return dict(converter.convert(documents.items()))


@pytest.fixture
def guideline(documents: dict[str, Document]) -> Document:
    """Give the rich guideline in bokmål."""
    return next(document for name, document in documents.items() if name.startswith(f"nb/{rich.NAME}"))


@pytest.fixture
def pdf(pdfs: dict[str, bytes]) -> bytes:
    """Give the rich guideline in bokmål as PDF."""
    return next(pdf for name, pdf in pdfs.items() if name.startswith(f"nb/{rich.NAME}"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder where temporary files are put in this test."""
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    return place


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Secretariat:
    """Give a workspace with a meeting and a guideline, where PDF is made."""
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    monkeypatch.delenv("DOCGEN_NO_PDF")
    office = Secretariat(tmp_path / "arbeidsrom")
    office.drop("møte.yaml", MEETING)
    office.drop("retningslinje.yaml", GUIDELINE)
    return office
