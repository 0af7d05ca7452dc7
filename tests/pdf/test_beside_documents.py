"""`docgen build` makes PDF beside each document: only of what changed, never over somebody's work, never an old one."""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import wait
from pathlib import Path

import pytest

from docgen.deliver.facts import carried
from docgen.deliver.publish import Published, publish
from docgen.deliver.seal import made_of, seal
from docgen.run.build import Builder
from docgen.run.pdfs import Pdfs
from docgen.run.workspace import find
from tests.cli.conftest import Docgen
from tests.cli.secretariat import GUIDELINE_MADE, NOTICE, Secretariat
from tests.deliver.conftest import edit
from tests.pdf.offices import working_in
from tests.run.office import DRAFT, MEETING

GUIDELINE = """
type: retningslinje
nummer: 2
tittel: Utskrivning
kapitler:
  - {tittel: Formål, tekst: Trygghet.}
"""
MEETING_PDF = NOTICE.replace(".docx", ".pdf")
GUIDELINE_PDF = GUIDELINE_MADE.replace(".docx", ".pdf")


@pytest.fixture
def office(tmp_path, monkeypatch) -> Secretariat:
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    monkeypatch.delenv("DOCGEN_NO_PDF")
    office = Secretariat(tmp_path / "arbeidsrom")
    office.drop("møte.yaml", MEETING)
    office.drop("retningslinje.yaml", GUIDELINE)
    return office


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


def test_what_was_under_way_when_docgen_ended_is_made_by_the_next_build(office):
    builder = Builder(find(office.root), watching=True, pdfs=Pdfs())
    builder.build()
    builder.close()
    left = set(pdfs(office))

    office.docgen("build")

    assert are_of_their_documents(office)
    assert left < set(pdfs(office))


def wait_for(builder: Builder) -> list:
    """Return what came of all PDF files that were under way."""
    found, until = [], time.monotonic() + 60
    while builder.pdfs_left and time.monotonic() < until:
        found += builder.printed()
        time.sleep(0.02)
    assert not builder.pdfs_left
    return found


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


def broken_office(folder: Path) -> Path:
    """Return the program folder of a LibreOffice that ends at once."""
    folder.mkdir()
    (folder / "soffice.bin").write_text("#!/bin/sh\nexit 3\n")
    (folder / "soffice.bin").chmod(0o755)
    (folder / "bootstraprc").write_text("[Bootstrap]\nProductKey=LibreOffice 7.4\n")
    return folder


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
