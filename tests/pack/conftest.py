from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from tests.pack.converted import convert


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
