"""A workspace for each test, and the repository's example workspace built once for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.run.build import build
from docgen.run.workspace import find
from tests.run.office import Office, copy_of_the_example
from tests.run.paper import Paper, papers


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    return Office(tmp_path / "arbeidsrom")


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example workspace of the repository, built."""
    root = copy_of_the_example(tmp_path_factory.mktemp("eksempel") / "arbeidsrom")
    report = build(find(root))
    assert report.count("failed") == 0
    assert report.refused == []
    return root


@pytest.fixture(scope="session")
def example_papers(example: Path) -> dict[str, Paper]:
    """Every document of the example workspace by its path in output/."""
    return papers(example / "output")
