"""`docgen build` makes PDF beside each document: only of what changed, never over somebody's work, never an old one."""

from __future__ import annotations

import json
import sys

import pytest

from docgen.deliver.seal import seal
from tests.cli.conftest import Docgen
from tests.cli.secretariat import GUIDELINE_MADE
from tests.pdf.beside import (
    GUIDELINE,
    GUIDELINE_PDF,
    MEETING_PDF,
    are_of_their_documents,
    broken_office,
    pdfs,
    written,
)


def test_each_document_has_its_pdf_beside_it(office):
    done = office.docgen("build")

    assert done.returncode == 0, done.stderr
    assert are_of_their_documents(office)
    assert f"  laget  output/{GUIDELINE_PDF}" in done.stdout.splitlines()
    assert done.stderr.splitlines()[-1] == f"{len(pdfs(office))} dokumenter laget, {len(pdfs(office))} PDF-er laget."


def test_a_build_with_nothing_to_do_makes_no_pdf(office):
    office.docgen("build")
    before = pdfs(office)

    done = office.docgen("build")

    assert done.returncode == 0
    assert pdfs(office) == before
    assert done.stderr == f"{len(before)} uendret.\n"


def test_only_what_changed_is_made_anew(office):
    office.docgen("build")
    before = pdfs(office)
    office.drop("retningslinje.yaml", GUIDELINE.replace("Trygghet", "Ro"))

    office.docgen("build")

    assert written(before, pdfs(office)) == {GUIDELINE_PDF}
    assert are_of_their_documents(office)


def test_a_pdf_that_was_deleted_is_made_again(office, stamps_decide_at_once):
    for _time in range(3):
        office.docgen("build")
    (office.root / "output" / GUIDELINE_PDF).unlink()

    done = office.docgen("build")

    assert are_of_their_documents(office)
    assert done.stderr.splitlines()[-1].endswith("1 PDF laget.")


def test_without_pdf_none_is_made(office):
    done = office.docgen("build", "--no-pdf")

    assert done.returncode == 0
    assert pdfs(office) == {}


def test_a_build_that_was_settled_without_pdf_is_not_settled_with_it(office, stamps_decide_at_once):
    for _time in range(3):
        office.docgen("build", "--no-pdf")

    office.docgen("build")

    assert are_of_their_documents(office)


def test_docgen_toml_may_want_no_pdf(office):
    toml = office.root / "docgen.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[pdf]\nlag = "nei"\n', "utf-8")

    office.docgen("build")

    assert pdfs(office) == {}


def test_docgen_toml_may_leave_out_kinds_of_document(office):
    toml = office.root / "docgen.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[pdf]\nuten = ["Innkalling"]\n', "utf-8")

    office.docgen("build")

    assert GUIDELINE_PDF in pdfs(office)
    assert MEETING_PDF not in pdfs(office)


def test_a_kind_that_is_none_is_refused(office):
    toml = office.root / "docgen.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[pdf]\nuten = ["inkalling"]\n', "utf-8")

    done = office.docgen("build")

    assert done.returncode == 2
    assert "«inkalling» er ingen type dokument. Mente du innkalling?" in done.stderr


def test_a_pdf_that_is_older_than_its_document_is_told_of(office):
    office.docgen("build")
    office.drop("retningslinje.yaml", GUIDELINE.replace("Trygghet", "Ro"))

    done = office.docgen("build", "--no-pdf")

    assert "1 PDF er eldre enn dokumentet sitt, siden det ikke lages PDF nå." in done.stderr
    assert GUIDELINE_PDF in done.stderr
    assert done.returncode == 0


def test_a_pdf_that_somebody_has_changed_is_kept(office):
    office.docgen("build")
    place = office.root / "output" / GUIDELINE_PDF
    changed = place.read_bytes() + b"\n% en kommentar\n"
    place.write_bytes(changed)
    office.drop("retningslinje.yaml", GUIDELINE.replace("Trygghet", "Ro"))

    done = office.docgen("build")

    beside = place.with_name(f"{place.stem} (ny).pdf")
    assert place.read_bytes() == changed
    assert seal(beside.read_bytes()).is_untouched
    assert "Dokumentet er endret etter at docgen laget det" in done.stderr
    assert beside.name in done.stderr


def test_the_new_pdf_takes_its_place_when_the_changed_one_is_gone(office):
    office.docgen("build")
    place = office.root / "output" / GUIDELINE_PDF
    place.write_bytes(place.read_bytes() + b"\n% en kommentar\n")
    office.docgen("build")
    assert place.with_name(f"{place.stem} (ny).pdf").exists()

    place.unlink()
    office.docgen("build")

    assert are_of_their_documents(office)
    assert not place.with_name(f"{place.stem} (ny).pdf").exists()


def test_what_is_made_is_not_made_again_when_the_cache_is_gone(office, monkeypatch):
    office.docgen("build")
    before = pdfs(office)
    (office.root / "output" / ".docgen" / "built.db").unlink()
    monkeypatch.setattr("docgen.deliver.pdf.Converter.submit", pytest.fail)

    office.docgen("build")

    assert pdfs(office) == before


def test_the_report_for_programs_tells_of_each_pdf(office):
    told = json.loads(office.docgen("build", "--json").stdout)

    assert {"file": f"output/{GUIDELINE_PDF}", "document": f"output/{GUIDELINE_MADE}", "state": "made"} in told["pdfs"]


def test_the_status_page_leads_to_the_pdf_of_each_document(office):
    office.docgen("build")

    page = (office.root / "output" / "Status.html").read_text("utf-8")

    assert 'aria-label="Retningslinje 2 Utskrivning.pdf">PDF</a>' in page


def test_without_libreoffice_pdf_is_for_reading_and_is_made_anew_when_it_comes(office):
    done = Docgen(office.root).process("build", DOCGEN_LIBREOFFICE="/finnes/ikke")

    assert done.returncode == 0, done.stderr
    assert "PDF-er er laget uten LibreOffice: De kan leses, men ikke arkiveres." in done.stderr
    assert "sudo apt install" in done.stderr
    assert are_of_their_documents(office)
    before = pdfs(office)
    assert office.docgen("build").returncode == 0
    assert written(before, pdfs(office)) == set(before)


def test_a_libreoffice_that_does_not_start_leaves_the_old_pdf_and_says_so(office, tmp_path):
    office.docgen("build")
    before = pdfs(office)
    office.drop("retningslinje.yaml", GUIDELINE.replace("Trygghet", "Ro"))

    done = Docgen(office.root).process("build", DOCGEN_LIBREOFFICE=str(broken_office(tmp_path / "program")))

    assert done.returncode == 1
    assert pdfs(office) == before
    assert f"output/{GUIDELINE_MADE}: LibreOffice starter ikke" in done.stderr
    assert "PDF-en som ligger der, er eldre enn dokumentet." in done.stderr.replace("\n", " "), done.stderr
    assert "1 PDF ikke laget" in done.stderr.splitlines()[-1]


def test_a_pdf_of_a_kind_that_is_left_out_now_is_told_of_when_it_is_older(office):
    office.docgen("build")
    toml = office.root / "docgen.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[pdf]\nuten = ["retningslinje"]\n', "utf-8")
    office.drop("retningslinje.yaml", GUIDELINE.replace("Trygghet", "Ro"))

    done = office.docgen("build")

    assert "1 PDF er eldre enn dokumentet sitt" in done.stderr
    assert GUIDELINE_PDF in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_no_pdf_is_put_where_a_link_leads_out_of_the_workspace(office, tmp_path):
    office.docgen("build", "--no-pdf")
    folder = (office.root / "output" / GUIDELINE_MADE).parent
    folder.rename(tmp_path / "utenfor")
    folder.symlink_to(tmp_path / "utenfor")

    done = office.docgen("build")

    assert list((tmp_path / "utenfor").glob("*.pdf")) == []
    assert "mappen er en lenke som viser ut" in done.stderr
