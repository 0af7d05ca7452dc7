from __future__ import annotations

from pathlib import Path

import pytest

from .ground import Ground


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground.good(tmp_path_factory.mktemp("hostile") / "good")


@pytest.fixture
def ground(good: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """A copy of the good workspace, for one test to spoil."""
    for name in ("DOCGEN_WORKSPACE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return good.copy(tmp_path / "here")
