"""A register on disk, as a build leaves it, for the tests of its storage."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.messages import speak


@pytest.fixture(autouse=True)
def _bokmål():
    speak("nb")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a register is to be; nothing is there yet."""
    return tmp_path / "Helsefellesskap æøå #1" / ".docgen" / "register.db"
