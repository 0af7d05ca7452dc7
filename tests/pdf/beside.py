"""A workspace with PDF beside its documents, for the tests to look at."""

from __future__ import annotations

import time
from pathlib import Path

from docgen.deliver.seal import made_of, seal
from docgen.run.build import Builder
from tests.cli.secretariat import GUIDELINE_MADE, NOTICE, Secretariat

GUIDELINE = """
type: retningslinje
nummer: 2
tittel: Utskrivning
kapitler:
  - {tittel: Formål, tekst: Trygghet.}
"""
MEETING_PDF = NOTICE.replace(".docx", ".pdf")
GUIDELINE_PDF = GUIDELINE_MADE.replace(".docx", ".pdf")


def pdfs(office: Secretariat) -> dict[str, int]:
    """Return the PDF files in output/, each with when it was written."""
    output = office.root / "output"
    return {file.relative_to(output).as_posix(): file.stat().st_mtime_ns for file in sorted(output.rglob("*.pdf"))}


def written(before: dict[str, int], after: dict[str, int]) -> set[str]:
    return {name for name, at in after.items() if before.get(name) != at}


def are_of_their_documents(office: Secretariat) -> bool:
    """Tell whether each document has a PDF beside it that is made of just this document."""
    documents = list((office.root / "output").rglob("*.docx"))
    seals = [seal(file.with_suffix(".pdf").read_bytes()) for file in documents]
    digests = [made_of(file.read_bytes()) for file in documents]
    return bool(documents) and [one and one.made_of for one in seals] == digests


def wait_for(builder: Builder) -> list:
    """Return what came of all PDF files that were under way."""
    found, until = [], time.monotonic() + 60
    while builder.pdfs_left and time.monotonic() < until:
        found += builder.printed()
        time.sleep(0.02)
    assert not builder.pdfs_left
    return found


def broken_office(folder: Path) -> Path:
    """Return the program folder of a LibreOffice that ends at once."""
    folder.mkdir()
    (folder / "soffice.bin").write_text("#!/bin/sh\nexit 3\n")
    (folder / "soffice.bin").chmod(0o755)
    (folder / "bootstraprc").write_text("[Bootstrap]\nProductKey=LibreOffice 7.4\n")
    return folder
