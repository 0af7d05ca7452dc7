"""`docgen watch` makes PDF after the documents, and `docgen build` may be killed at any moment while PDF is made."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docgen.deliver.seal import made_of, seal
from tests.cli.conftest import Docgen
from tests.cli.secretariat import GUIDELINE_MADE, Secretariat
from tests.pdf.beside import GUIDELINE
from tests.pdf.offices import working_in

KILLS = int(os.environ.get("DOCGEN_KILLS", "6"))


@contextmanager
def docgen(office: Secretariat, folder: Path, *args: str) -> Iterator[subprocess.Popen]:
    """Run docgen, with its temporary files in `folder`."""
    command = [sys.executable, "-m", "docgen", *args]
    out = (folder.parent / "sagt.txt").open("ab")
    with out, subprocess.Popen(command, cwd=office.root, env=os.environ | {"TMPDIR": str(folder)}, stdout=out) as one:
        try:
            yield one
        finally:
            one.kill()


def wait_until(true, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def is_of_its_document(document: Path) -> bool:
    pdf = document.with_suffix(".pdf")
    return pdf.exists() and seal(pdf.read_bytes()).made_of == made_of(document.read_bytes())


def all_are_of_their_documents(office: Secretariat) -> bool:
    return all(map(is_of_its_document, (office.root / "output").rglob("*.docx")))


def test_a_guideline_that_is_dropped_has_its_pdf_and_a_stop_leaves_no_libreoffice(office, folder):
    document = office.root / "output" / GUIDELINE_MADE
    with docgen(office, folder, "watch", "--poll", "--interval", "0.2") as watcher:
        wait_until(lambda: document.exists() and is_of_its_document(document))
        office.drop("retningslinje.yaml", GUIDELINE.replace("Trygghet", "Ro"))
        before = document.read_bytes()
        wait_until(lambda: document.read_bytes() != before and is_of_its_document(document))

        watcher.send_signal(signal.SIGTERM)
        assert watcher.wait(20) == 0

    assert f"Laget: output/{GUIDELINE_MADE.replace('.docx', '.pdf')}" in said(folder)
    assert working_in(folder) == []
    assert os.listdir(folder) == []


def said(folder: Path) -> str:
    return (folder.parent / "sagt.txt").read_text("utf-8")


def test_watching_once_waits_for_the_pdf(office):
    done = Docgen(office.root).process("watch", "--once")

    assert done.returncode == 0, done.stderr
    assert all_are_of_their_documents(office)


def test_a_build_that_is_killed_at_any_moment_leaves_nothing_that_is_wrong(office, folder):
    """Each PDF that bears a document's name is whole, and the next build makes what is missing."""
    draw = random.Random(1)
    for number in range(KILLS):
        office.drop("retningslinje.yaml", GUIDELINE.replace("Trygghet", f"Ro {number}"))
        with docgen(office, folder, "build") as one:
            time.sleep(draw.uniform(0.2, 1.6))
            one.send_signal(signal.SIGKILL)
            one.wait()
        for pdf in (office.root / "output").rglob("*.pdf"):
            assert seal(pdf.read_bytes()).is_untouched

    wait_until(lambda: working_in(folder) == [] and os.listdir(folder) == [])
    assert Docgen(office.root).process("build").returncode == 0
    assert all_are_of_their_documents(office)
    assert list((office.root / "output").rglob("*.tmp")) == []
