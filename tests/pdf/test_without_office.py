"""A machine without LibreOffice, or without its Python: a PDF to read, and how to get the better one."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from docgen.deliver.pdf import Claims, Converter, Document, at_hand, is_by_office
from docgen.deliver.pdf import office as installed
from docgen.deliver.pdf.finishing import conformance
from docgen.deliver.pdf.office import VARIABLE
from docgen.messages import speak
from tests.pdf import rich
from tests.pdf.test_result import of, problem


@pytest.fixture(autouse=True)
def in_norwegian():
    speak("nb")


def test_without_libreoffice_there_is_a_pdf_to_read_that_claims_nothing(guideline, monkeypatch):
    monkeypatch.setattr("docgen.deliver.pdf.converter.office", lambda: None)
    with Converter(1) as converter:
        made = of(converter, guideline)

    reader = pypdf.PdfReader(io.BytesIO(made))
    assert len(reader.pages) >= 5
    assert rich.LAST["nb"] in reader.pages[-1].extract_text()
    assert conformance(made) == Claims()
    assert not is_by_office(made)
    assert "rdocx" in reader.metadata.producer
    assert reader.metadata.title == "Samarbeid om følgetjeneste"


def test_the_archives_pdf_is_not_taken_for_one_without_libreoffice(pdf):
    assert is_by_office(pdf)


def test_without_libreoffice_only_word_documents_become_pdf(monkeypatch):
    monkeypatch.setattr("docgen.deliver.pdf.converter.office", lambda: None)
    with Converter(1) as converter:
        assert "Uten LibreOffice blir det bare laget PDF av Word-dokumenter" in problem(
            converter, Document("Notat.odt", b"x")
        )
        assert "Filen er skadet" in problem(converter, Document("Notat.docx", b"x"))


@pytest.fixture
def searched_anew():
    """Let the search for LibreOffice be made again, before and after."""
    installed.binary.cache_clear()
    installed.office.cache_clear()
    yield
    installed.binary.cache_clear()
    installed.office.cache_clear()


def test_the_better_converter_is_told_of(searched_anew):
    found = at_hand()

    assert found.name.startswith("LibreOffice ")
    assert found.is_for_archive
    assert found.fix == ""


def test_how_to_get_libreoffice_is_told(searched_anew, monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path))

    found = at_hand()

    assert found.name == "rdocx, uten LibreOffice"
    assert not found.is_for_archive
    assert "Installer LibreOffice" in found.fix


def test_how_to_get_the_python_of_libreoffice_is_told(searched_anew, monkeypatch):
    monkeypatch.setattr(installed, "_SYSTEM_UNO", ())

    found = at_hand()

    assert found.name == "rdocx, fordi LibreOffice mangler Python-delen sin"
    assert "python3-uno" in found.fix


def test_a_libreoffice_with_a_python_of_its_own_is_driven_by_that(guideline, searched_anew, monkeypatch, tmp_path):
    """As it comes from libreoffice.org: its python is a script, or a program, that says where `uno` is and goes on."""
    uno = next(Path("/usr").glob("lib/python3/dist-packages/uno.py")).parent
    program = tmp_path / "program"
    program.mkdir()
    for file in installed.binary().parent.iterdir():
        (program / file.name).symlink_to(file)
    script = program / "python"
    script.write_text(f'#!/bin/sh\nPYTHONPATH="{uno}" exec /usr/bin/python3 -S "$@"\n')
    script.chmod(0o755)
    installed.binary.cache_clear()
    installed.office.cache_clear()
    monkeypatch.setenv(VARIABLE, str(program))

    assert installed.office().python == script
    with Converter(1) as converter:
        assert conformance(of(converter, guideline)) == Claims("2a", is_pdf_ua=True)


def test_a_libreoffice_that_does_not_start_is_told_of(guideline, tmp_path):
    broken = installed.Office(tmp_path / "soffice.bin", "7.4", "x", installed.office().python)
    with Converter(1, by=broken) as converter:
        told = problem(converter, guideline)

    assert "LibreOffice starter ikke, så det ble ikke laget PDF av dokumentet." in told
