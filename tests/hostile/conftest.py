from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from docgen.render import compile_template

from .ground import Ground


@pytest.fixture(autouse=True, scope="session")
def compiled_once() -> Iterator[None]:
    """Compile each template once for all tests, as far as it has the same bytes: they build some hundred times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("docgen.run.templates.compile_template", lru_cache(maxsize=64)(compile_template))
        yield


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground.good(tmp_path_factory.mktemp("hostile") / "good")


@pytest.fixture
def ground(good: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """A copy of the good workspace, for one test to spoil."""
    for name in ("DOCGEN_WORKSPACE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return good.copy(tmp_path / "here")
