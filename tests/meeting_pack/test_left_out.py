"""Attachments that can't be taken in are listed in the pack and in the report; a wrong input refuses it."""

from __future__ import annotations

import pytest
from pikepdf import Encryption

from docgen.deliver.pack.parts import Fault, Note
from docgen.deliver.pdf import office as installed
from docgen.deliver.pdf.office import VARIABLE
from docgen.problems import InputError, TemplateError
from docgen.run.pack.gathering import Gathering
from tests.meeting_pack.word_file import template, word_file
from tests.pack.reading import bookmarks, links, texts
from tests.pack.samples import plain
from tests.run.office import MEETING

LOCKED = plain("Hemmelig", encryption=Encryption(owner="a", user="b"))


@pytest.fixture
def office(desk):
    def attached(**files: bytes):
        for name, data in files.items():
            desk.attach(name.replace("_", "."), data)
        listed = ", ".join(name.replace("_", ".") for name in files)
        desk.drop("m.yaml", MEETING.replace("    forslag", f"    vedlegg: [{listed}]\n    forslag"))
        return desk

    return attached


def test_what_cannot_be_taken_in_is_listed_after_the_agenda_and_the_rest_is_there(office):
    made = office(
        med_passord_pdf=LOCKED,
        skadet_pdf=b"%PDF-1.7 nei",
        arkiv_zip=b"PK\3\4",
        brev_docx=b"PK nei",
        notat_pdf=plain("Notatet"),
    ).pack()

    found = [(one.title, one.source, one.fault) for one in made.report.left_out]
    assert found == [
        ("Vedlegg 1 med.passord", "med.passord.pdf", Fault.ENCRYPTED),
        ("Vedlegg 2 skadet", "skadet.pdf", Fault.BROKEN),
        ("Vedlegg 3 arkiv", "arkiv.zip", Fault.UNMADE),
        ("Vedlegg 4 brev", "brev.docx", Fault.UNMADE),
    ]
    assert [one.title for one in made.report.parts] == [
        "Innkalling",
        "Ikke tatt med",
        "Saksframlegg",
        "Vedlegg 5 notat",
    ]
    pages = texts(made.pdf)
    assert "Sak 02/26 Budsjett – Vedlegg 1 med.passord: filen kan bare åpnes med passord." in pages[1]
    assert "Sak 02/26 Budsjett – Vedlegg 3 arkiv: det kunne ikke lages PDF av filen." in pages[1]
    assert "Notatet" in pages[3]
    assert not made.report.is_whole


def test_the_links_and_bookmarks_of_what_is_left_out_lead_to_the_list(office):
    made = office(med_passord_pdf=LOCKED).pack()

    assert ("Vedlegg 1 med.passord", 2) in [(title, page) for _, title, page in bookmarks(made.pdf)]
    (link,) = [link for link in links(made.pdf) if "med.passord" in link.says]
    assert (link.page, link.lands) == (1, 2)


def test_what_is_wrong_with_a_file_is_told_beside_its_name(office):
    made = office(arkiv_zip=b"PK\3\4").pack()

    (told,) = [str(problem) for problem in made.report.problems if "zip" in problem.where.file]
    assert told.startswith("arkiv.zip: Av denne filtypen blir det ikke laget PDF. "), told


def test_an_attachment_that_goes_away_meanwhile_is_listed(office, monkeypatch):
    desk = office(notat_pdf=plain("Notatet"), brev_docx=word_file("Brevet"))
    real = Gathering.__init__

    def gone(one, *args: object) -> None:
        real(one, *args)
        (desk.root / "inputs" / "notat.pdf").unlink(missing_ok=True)
        (desk.root / "inputs" / "brev.docx").unlink(missing_ok=True)

    monkeypatch.setattr(Gathering, "__init__", gone)
    made = desk.pack()

    assert [one.fault for one in made.report.left_out] == [Fault.GONE, Fault.GONE]


def test_what_was_taken_out_of_an_attachment_is_told(office):
    made = office(skjema_pdf=plain("Skjema", change=lambda pdf: pdf.attachments.update({"a.txt": b"a"}))).pack()

    assert Note.FILES in made.report.parts[-1].notes
    assert made.report.is_whole


def test_an_input_that_is_wrong_refuses_the_pack_and_the_last_one_stays(desk):
    desk.drop("m.yaml", MEETING)
    kept = desk.pack().pdf
    desk.drop("m.yaml", MEETING.replace("tittel: Budsjett", "tittell: Budsjett"))

    with pytest.raises(InputError) as refused:
        desk.pack()

    assert any("tittell" in str(problem) for problem in refused.value.problems)
    assert (desk.output / "SSU/2026-03-12/2026-03-12 SSU sakspakke.pdf").read_bytes() == kept


def test_an_attachment_that_is_not_there_refuses_the_pack_as_it_does_the_build(desk):
    desk.drop("m.yaml", MEETING.replace("    forslag", "    vedlegg: [borte.pdf]\n    forslag"))

    with pytest.raises(InputError) as refused:
        desk.pack()

    assert "Vedlegget borte.pdf finnes ikke." in str(refused.value)


def test_a_broken_template_refuses_the_pack(desk):
    desk.drop("m.yaml", MEETING)
    template(desk.root / "templates" / "saksframlegg.docx", "{{ sak.tittell }}")

    with pytest.raises(TemplateError, match="tittell"):
        desk.pack()


def test_what_is_worth_a_look_in_the_input_is_told(desk):
    desk.drop("m.yaml", MEETING.replace("    forslag", "    vedtak: Ja\n    forslag"))

    made = desk.pack()

    assert any("linje" in str(problem) and problem.warning for problem in made.report.problems)


def test_a_document_that_was_edited_in_word_is_told_for_the_pack_is_made_of_the_input(desk):
    desk.drop("m.yaml", MEETING)
    desk.build()
    paper = desk.output / "SSU" / "2026-03-12" / "2026-03-12 SSU saksframlegg 02-26 Budsjett.docx"
    paper.write_bytes(word_file("Mitt eget"))

    made = desk.pack()

    (told,) = [str(problem) for problem in made.report.problems]
    assert told.startswith(
        "output/SSU/2026-03-12/2026-03-12 SSU saksframlegg 02-26 Budsjett.docx: Merk: Dokumentet er endret"
    )
    assert "Mitt eget" not in " ".join(texts(made.pdf))


def test_without_libreoffice_the_pack_is_made_to_read_and_claims_nothing(desk, monkeypatch):
    monkeypatch.setattr(desk, "converter", None)
    monkeypatch.setenv(VARIABLE, str(desk.root / "ingen"))
    forget_what_is_installed()
    desk.attach("notat.pdf", plain("Notatet"))
    desk.attach("tall.xlsx", b"PK")
    desk.drop("m.yaml", MEETING.replace("    forslag", "    vedlegg: [notat.pdf, tall.xlsx]\n    forslag"))

    try:
        made = desk.pack()
    finally:
        monkeypatch.undo()
        forget_what_is_installed()

    assert "rdocx" in made.report.converter
    assert made.report.how_to_get_better
    assert tuple(made.report.conformance) == ()
    assert "Det mangler penger." in texts(made.pdf)[2]
    assert [one.source for one in made.report.left_out] == ["tall.xlsx"]
    assert b"pdfaid" not in made.pdf


def forget_what_is_installed() -> None:
    installed.office.cache_clear()
    installed.binary.cache_clear()
