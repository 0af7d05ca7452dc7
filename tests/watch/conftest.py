from __future__ import annotations

from pathlib import Path

import pytest

from tests.watch.ground import Ground


@pytest.fixture
def ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    return Ground(tmp_path / "arbeid")
