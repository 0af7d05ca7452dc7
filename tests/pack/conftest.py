from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from filelock import FileLock

from docgen.deliver.pack.eye import Eye
from tests.pack.converted import convert


@pytest.fixture(scope="session")
def open_eye() -> Iterator[Eye]:
    with Eye() as eye:
        yield eye


@pytest.fixture(autouse=True)
def one_eye(request: pytest.FixtureRequest, open_eye: Eye, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one process look at the files of all tests but its own: to start it takes longer than most packs."""
    if request.module.__name__ != "tests.pack.test_eye":
        monkeypatch.setattr("docgen.deliver.pack.merged.Eye", lambda: nullcontext(open_eye))


@pytest.fixture(scope="session")
def papers(tmp_path_factory, worker_id: str) -> Path:
    """The folder of PDFs converted from the example workspace, once for all processes that run the tests."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "papers-of-the-pack"
    with FileLock(f"{folder}.lock"):
        if not (folder / "papers").is_dir():
            convert(folder)
    return folder / "papers"
