"""PDF is made beside other work; whoever ends or changes something meanwhile loses nothing and sees nothing old."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from concurrent.futures import wait
from contextlib import suppress
from pathlib import Path

import pytest

from docgen.deliver.publish import Published, publish
from docgen.deliver.seal import made_of, seal
from docgen.problems import Problem, Where
from docgen.run.build import Builder
from docgen.run.pdfs import Pdfs
from docgen.run.workspace import find
from tests.cli.conftest import Docgen
from tests.cli.secretariat import GUIDELINE_MADE, Secretariat
from tests.deliver.conftest import edit
from tests.pdf.beside import (
    GUIDELINE,
    GUIDELINE_PDF,
    MEETING_PDF,
    are_of_their_documents,
    pdfs,
    wait_for,
)
from tests.pdf.offices import working_in


def test_pdf_is_made_while_later_documents_are_still_rendered(tmp_path):
    office = Secretariat(tmp_path / "arbeidsrom")
    for number in range(1, 31):
        office.drop(f"{number}.yaml", GUIDELINE.replace("nummer: 2", f"nummer: {number}"))
    order: list[str] = []

    def move(_done: int, _total: int, _name: str, *, is_pdf: bool = False) -> None:
        order.append("pdf" if is_pdf else "docx")
        if not is_pdf:
            time.sleep(0.1)

    builder = Builder(find(office.root), pdfs=Pdfs())
    report = builder.build(progress=move)
    builder.close()

    assert order.index("pdf") < max(at for at, kind in enumerate(order) if kind == "docx")
    assert report.count_pdfs("made") == report.count("made") == order.count("pdf")


def test_the_pdf_of_a_document_that_changed_meanwhile_is_not_published(office, monkeypatch):
    """A watcher builds anew while PDF of the build before is still under way."""
    put: list[str] = []

    def publish_and_note(target: Path, data: bytes, *more: object) -> Published:
        if target.name == Path(GUIDELINE_PDF).name:
            put.append(seal(data).made_of)
        return publish(target, data, *more)

    monkeypatch.setattr("docgen.run.pdfs.publish", publish_and_note)
    pdfs_made = Pdfs()
    builder = Builder(find(office.root), watching=True, pdfs=pdfs_made)
    builder.build()
    wait(pdfs_made._sent)
    office.drop("retningslinje.yaml", GUIDELINE.replace("Trygghet", "Ro"))

    builder.build()
    wait_for(builder)
    builder.close()

    assert put == [made_of((office.root / "output" / GUIDELINE_MADE).read_bytes())]
    assert are_of_their_documents(office)


def test_no_pdf_is_made_of_a_document_that_somebody_changed_before_its_turn(office, monkeypatch):
    monkeypatch.setattr(Pdfs, "_at_once", 0)
    builder = Builder(find(office.root), watching=True, pdfs=Pdfs())
    builder.build()
    edit(office.root / "output" / GUIDELINE_MADE, "Skrevet for hånd.")

    monkeypatch.setattr(Pdfs, "_at_once", 2)
    wait_for(builder)
    builder.close()

    assert MEETING_PDF in pdfs(office)
    assert GUIDELINE_PDF not in pdfs(office)


def test_a_watcher_waits_for_no_pdf_and_tells_of_it_afterwards(office):
    builder = Builder(find(office.root), watching=True, pdfs=Pdfs())

    report = builder.build()

    page = office.root / "output" / "Status.html"
    assert report.count("made")
    assert report.pdfs == []
    assert ">PDF</a>" not in page.read_text("utf-8")
    printed = wait_for(builder)
    builder.close()
    assert {one.state for one in printed} == {"made"}
    assert len(printed) == report.count("made")
    assert ">PDF</a>" in page.read_text("utf-8")


def test_the_page_of_a_watcher_leads_to_pdf_that_was_made_before(office, monkeypatch):
    """Nothing is converted when the cache is gone, and yet the page must tell of the PDF files."""
    office.docgen("build")
    (office.root / "output" / ".docgen" / "built.db").unlink()
    monkeypatch.setattr(Pdfs, "_at_once", 0)
    builder = Builder(find(office.root), watching=True, pdfs=Pdfs())

    builder.build()
    monkeypatch.setattr(Pdfs, "_at_once", 2)
    assert wait_for(builder) == []
    builder.close()

    page = (office.root / "output" / "Status.html").read_text("utf-8")
    assert page.count(">PDF</a>") == len(pdfs(office))


def test_what_is_said_of_a_pdf_is_said_no_more_when_its_document_is_gone(office, monkeypatch):
    problem = Problem("Det gikk ikke.", "Prøv igjen.", Where(""))
    monkeypatch.setattr("docgen.deliver.pdf.Converter._made", lambda *_asked: problem)
    builder = Builder(find(office.root), watching=True, pdfs=Pdfs())
    builder.build()
    wait_for(builder)
    (office.root / "inputs" / "retningslinje.yaml").unlink()

    report = builder.build()
    builder.close()

    told = [one.where.file for one in report.problems if one.what == problem.what]
    assert told
    assert f"output/{GUIDELINE_MADE}" not in told


def test_what_was_under_way_when_docgen_ended_is_made_by_the_next_build(office):
    builder = Builder(find(office.root), watching=True, pdfs=Pdfs())
    builder.build()
    builder.close()
    left = set(pdfs(office))

    office.docgen("build")

    assert are_of_their_documents(office)
    assert left < set(pdfs(office))


def test_a_build_leaves_no_libreoffice_and_no_temporary_file(office, folder):
    """The folder of temporary files is this test's own, so what is left there is this build's."""
    done = Docgen(office.root).process("build", TMPDIR=str(folder))

    assert done.returncode == 0
    assert os.listdir(folder) == []
    assert working_in(folder) == []


def test_who_stops_while_pdf_is_made_need_not_have_the_documents_made_again(office, monkeypatch, stamps_decide_at_once):
    def stop(_done: int, _total: int, _name: str, *, is_pdf: bool = False) -> None:
        if is_pdf:
            raise KeyboardInterrupt

    builder = Builder(find(office.root), pdfs=Pdfs())
    with pytest.raises(KeyboardInterrupt):
        builder.build(progress=stop)
    builder.close()
    monkeypatch.setattr("docgen.run.executor.outcome", pytest.fail)

    done = office.docgen("build")

    assert done.returncode == 0
    assert are_of_their_documents(office)


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind")
def test_the_progress_of_documents_and_of_pdf_is_shown_on_a_terminal(office):
    for number in range(3, 12):
        office.drop(f"{number}.yaml", GUIDELINE.replace("nummer: 2", f"nummer: {number}"))

    shown = on_a_terminal([sys.executable, "-m", "docgen", "build"], office.root)

    assert re.search(r"Dokumenter\s.*\d+/14", shown)
    assert re.search(r"PDF\s.*\d+/14", shown)


def on_a_terminal(command: list[str], folder: Path) -> str:
    """Run a command as in a terminal, and return what was shown there."""
    ours, theirs = os.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=theirs, stderr=theirs, stdin=theirs):
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # the end of it, on Linux
            while piece := os.read(ours, 4096):
                shown += piece
    os.close(ours)
    return shown.decode()
