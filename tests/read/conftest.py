from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.problems import InputError
from docgen.read import read
from docgen.source import Source


@pytest.fixture
def drop(tmp_path: Path) -> Callable[[str, str | bytes], Source]:
    """Write a file and read it as docgen does: from its bytes."""

    def dropped(name: str, content: str | bytes) -> Source:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(name, file.read_bytes())

    return dropped


@pytest.fixture
def refused(drop: Callable[[str, str | bytes], Source]) -> Callable[[str, str | bytes], list[str]]:
    """Write a file that must be refused, and return its problems as the user sees them."""

    def told(name: str, content: str | bytes) -> list[str]:
        with pytest.raises(InputError) as error:
            drop(name, content)
        return [str(problem) for problem in error.value.problems]

    return told
