"""Where the crash tests have their workspaces: in memory where that can be, because they flush thousands of files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import docgen.run.templates
from tests.crash.secretariat import compiled_once

_MEMORY = Path("/dev/shm")


@contextmanager
def _quick(otherwise: Path) -> Iterator[Path]:
    if not os.access(_MEMORY, os.W_OK):
        yield otherwise
        return
    with TemporaryDirectory(dir=_MEMORY, prefix="docgen-") as folder:
        yield Path(folder)


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, or on the disk where there is no such thing. A killed program makes no difference to it."""
    with _quick(tmp_path) as folder:
        yield folder


@pytest.fixture(scope="module")
def lasting_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The same for all tests of a module."""
    with _quick(tmp_path_factory.mktemp("crash")) as folder:
        yield folder


@pytest.fixture(autouse=True)
def _compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docgen.run.templates, "compile_template", compiled_once)
