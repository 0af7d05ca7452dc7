"""`docgen clean` removes the PDF of what it removes, and keeps that of what it keeps."""

from __future__ import annotations

from docgen.deliver.facts import carried
from tests.deliver.conftest import edit
from tests.pdf.beside import (
    GUIDELINE,
    GUIDELINE_PDF,
    are_of_their_documents,
    pdfs,
)
from tests.run.office import DRAFT, MEETING


def test_a_retitled_draft_leaves_a_pdf_that_goes_with_its_document(office):
    office.docgen("build")
    office.drop("retningslinje.yaml", GUIDELINE.replace("Utskrivning", "Innleggelse"))
    office.docgen("build")
    old = office.root / "output" / GUIDELINE_PDF
    assert old.exists()

    office.docgen("clean", "--yes")

    assert not old.exists()
    assert not old.with_suffix(".docx").exists()
    assert are_of_their_documents(office)


def test_clean_keeps_the_pdf_of_a_document_that_it_keeps(office):
    office.docgen("build")
    old = office.root / "output" / GUIDELINE_PDF
    office.drop("retningslinje.yaml", GUIDELINE.replace("Utskrivning", "Innleggelse"))
    office.docgen("build")
    edit(old.with_suffix(".docx"), "Skrevet for hånd.")

    office.docgen("clean", "--yes")

    assert old.with_suffix(".docx").exists()
    assert old.exists()


def test_clean_keeps_a_pdf_that_somebody_has_changed(office):
    office.docgen("build")
    old = office.root / "output" / GUIDELINE_PDF
    old.write_bytes(old.read_bytes() + b"\n% en kommentar\n")
    office.drop("retningslinje.yaml", GUIDELINE.replace("Utskrivning", "Innleggelse"))
    office.docgen("build")

    office.docgen("clean", "--yes")

    assert old.exists()
    assert not carried(old).is_untouched


def test_clean_keeps_the_new_pdf_beside_one_that_somebody_has_changed(office):
    office.docgen("build")
    place = office.root / "output" / GUIDELINE_PDF
    place.write_bytes(place.read_bytes() + b"\n% en kommentar\n")
    office.docgen("build")

    office.docgen("clean", "--yes")

    assert place.with_name(f"{place.stem} (ny).pdf").exists()


def test_a_draft_that_becomes_final_leaves_no_pdf_of_the_draft_without_its_document(office):
    office.drop("møte.yaml", DRAFT)
    office.docgen("build")
    office.drop("møte.yaml", MEETING)
    office.docgen("build")

    office.docgen("clean", "--yes")

    assert are_of_their_documents(office)
    assert all((office.root / "output" / name).with_suffix(".docx").exists() for name in pdfs(office))
