from __future__ import annotations

from pathlib import Path

import pytest

from tests.run.office import Office
from tests.watch.ground import Ground


@pytest.fixture
def ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    return Ground(tmp_path / "arbeid")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    return Office(tmp_path / "arbeidsrom")
