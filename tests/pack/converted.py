"""Documents of the example workspace as PDF/A-2a and PDF/UA-1 files, made by docgen's own converter."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from docgen.deliver.pdf import Converter, Document

ROOT = Path(__file__).resolve().parents[2]
PATTERNS = ("2026-12-03 SSU innkalling", "2026-12-03 SSU saksframlegg *", "Mandat SSU", "Organisering og oppgaver")
PATTERNS += ("2026-12-08 OU Nordfjella innkalling",)


def convert(folder: Path) -> None:
    """Make the example workspace and convert some of its documents into `folder`/papers."""
    workspace = folder / "workspace"
    for name in ("docgen.toml", "mandates", "inputs", "templates"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        workspace.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, workspace / name)
    build(workspace)
    documents = [file for pattern in PATTERNS for file in sorted((workspace / "output").rglob(f"{pattern}.docx"))]
    (folder / "papers").mkdir()
    for file, pdf in zip(documents, pdfs(documents), strict=True):
        (folder / "papers" / f"{file.stem}.pdf").write_bytes(pdf)


def build(workspace: Path) -> None:
    """Make the documents of a workspace, and no PDF of them."""
    docgen = [sys.executable, "-m", "docgen", "--workspace", str(workspace), "build"]
    subprocess.run(docgen, check=True, capture_output=True, cwd=ROOT, env=os.environ | {"DOCGEN_NO_PDF": "1"})


def pdfs(documents: Sequence[Path]) -> list[bytes]:
    """Return each document as PDF."""
    with Converter() as converter:
        made = dict(converter.convert((file, Document.at(file)) for file in documents))
    wrong = [str(one) for one in made.values() if not isinstance(one, bytes)]
    assert not wrong, wrong
    return [one for file in documents if isinstance(one := made[file], bytes)]
