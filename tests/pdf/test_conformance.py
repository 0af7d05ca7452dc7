"""Every kind of document, in both languages, is PDF/A-2a and PDF/UA-1 in one file, as two validators and we see it.

veraPDF, which archives use, can't be had from the package registries: it has not been asked. What the two validators
check of the standards is theirs to say; what they were seen to miss is in inspection.py.
"""

from __future__ import annotations

import page as page_validation
import pdfua
import pytest

from docgen.deliver.pdf import Claims
from docgen.deliver.pdf.finishing import conformance
from tests.pdf import rich
from tests.pdf.conftest import LANGUAGES
from tests.pdf.inspection import faults
from tests.run.test_golden import DOCUMENTS

PLACES = DOCUMENTS | {"rik retningslinje": rich.NAME}
KINDS = [(language, kind) for language in LANGUAGES for kind in PLACES]


@pytest.fixture(scope="module")
def written(pdfs, tmp_path_factory):
    """Give the PDF of each kind in each language, and the file it lies in."""
    folder = tmp_path_factory.mktemp("files")
    made = {}
    for number, (language, kind) in enumerate(KINDS):
        (content,) = (pdf for name, pdf in pdfs.items() if name.startswith(f"{language}/{PLACES[kind]}"))
        assert isinstance(content, bytes), content
        file = folder / f"{number}.pdf"
        file.write_bytes(content)
        made[language, kind] = content, file
    return made


@pytest.fixture(params=KINDS, ids="-".join)
def one(request, written):
    return written[request.param]


def test_every_document_became_a_pdf(documents, pdfs):
    assert [str(problem) for problem in pdfs.values() if not isinstance(problem, bytes)] == []
    assert pdfs.keys() == documents.keys()


def test_every_document_claims_both_standards(pdfs):
    assert {conformance(pdf) for pdf in pdfs.values()} == {Claims("2a", is_pdf_ua=True)}


@pytest.mark.parametrize("profile", ["PDF_A_2A", "PDF_UA_1"])
def test_page_validation_finds_nothing(one, profile):
    _content, file = one

    report = page_validation.validate_pdf(str(file), profile=getattr(page_validation.ValidationProfile, profile))

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


def test_pdfua_finds_nothing(one):
    _content, file = one

    report = pdfua.validate(str(file))

    assert [(finding.rule_id, finding.message) for finding in report.findings] == []


def test_we_find_nothing(one):
    content, _file = one

    assert faults(content) == []


def test_the_language_is_the_documents(written):
    import pypdf

    for (language, _kind), (_content, file) in written.items():
        assert pypdf.PdfReader(file).root_object["/Lang"] == f"{language}-NO"
