"""Which documents an input makes, and what they are called (DESIGN § 6)."""

from __future__ import annotations

import unicodedata

import pytest

from tests.run.office import APPROVED, DRAFT, HELD, MEETING, MEETING_FOLDER, OU

CALLED_NAMES = [
    "2026-03-12 SSU innkalling.docx",
    "2026-03-12 SSU saksframlegg 02-26 Budsjett.docx",
]


def test_a_draft_meeting_makes_a_notice_and_papers_that_say_draft(office):
    office.built("m.yaml", DRAFT)

    assert office.names(MEETING_FOLDER) == [
        "2026-03-12 SSU innkalling (utkast).docx",
        "2026-03-12 SSU saksframlegg Budsjett (utkast).docx",
    ]


def test_a_called_meeting_makes_notice_papers_and_prefilled_minutes(office):
    office.built("m.yaml", MEETING)

    assert office.names(MEETING_FOLDER) == sorted([*CALLED_NAMES, "2026-03-12 SSU protokoll (utkast).docx"])


def test_a_held_meeting_makes_minutes(office):
    office.built("m.yaml", HELD)

    assert office.names(MEETING_FOLDER) == sorted([*CALLED_NAMES, "2026-03-12 SSU protokoll.docx"])


def test_an_approved_meeting_makes_an_extract_of_each_numbered_case(office):
    office.built("m.yaml", APPROVED)

    assert office.names(MEETING_FOLDER) == sorted(
        [
            *CALLED_NAMES,
            "2026-03-12 SSU protokoll.docx",
            "2026-03-12 SSU særutskrift 01-26 Godkjenning av innkalling.docx",
            "2026-03-12 SSU særutskrift 02-26 Budsjett.docx",
        ]
    )


def test_a_late_case_makes_a_supplementary_agenda_when_the_meeting_is_called(office):
    late = "  - {tittel: Brann, tillegg: ja, forslag: Slukk.}\n"
    office.built("m.yaml", MEETING + late)

    assert "2026-03-12 SSU tilleggssaksliste.docx" in office.names(MEETING_FOLDER)
    text = office.text("tilleggssaksliste")
    assert "03/26 | Brann" in text
    assert "Budsjett" not in text


def test_a_late_case_of_a_draft_makes_no_supplementary_agenda(office):
    office.built("m.yaml", DRAFT + "  - {tittel: Brann, tillegg: ja}\n")

    assert not [name for name in office.names() if "tillegg" in name]


@pytest.mark.parametrize("field", ["bakgrunn", "vurdering", "forslag"])
def test_a_case_has_a_paper_when_it_has_a_text(office, field):
    office.built("m.yaml", MEETING + f"  - {{tittel: Tekst, {field}: Noe.}}\n  - {{tittel: Bare tittel}}\n")

    papers = [name for name in office.names(MEETING_FOLDER) if "saksframlegg" in name]

    assert papers == [
        "2026-03-12 SSU saksframlegg 02-26 Budsjett.docx",
        "2026-03-12 SSU saksframlegg 03-26 Tekst.docx",
    ]


def test_the_other_kinds_have_folders_of_their_own(office):
    office.drop("r.yaml", "type: retningslinje\nnummer: 2\ntittel: Utskrivning\nvedlegg: [2.1 Sjekkliste]\n")
    office.drop("v.yaml", "type: vedlegg\nnummer: 2.1\ntittel: Sjekkliste\n")
    office.built("o.yaml", "type: organisering\ntittel: Organisering og oppgaver\norganer: [SSU]\n")

    assert office.names() == [
        "mandater/Mandat SSU.docx",
        "organisering/Organisering og oppgaver.docx",
        "retningslinjer/Retningslinje 2 Utskrivning.docx",
        "retningslinjer/Vedlegg 2.1 Sjekkliste.docx",
    ]


def test_a_guideline_whose_last_version_is_not_approved_is_a_draft(office):
    log = "versjonslogg: [{versjon: 1, godkjent: SSU 1. mai 2025}, {versjon: 2, beskrivelse: Nytt}]\n"
    office.built("r.yaml", f"type: retningslinje\nnummer: 2\ntittel: Utskrivning\n{log}")

    assert office.names("retningslinjer") == ["Retningslinje 2 Utskrivning (utkast).docx"]


def test_two_cases_with_one_title_have_names_of_their_own(office):
    office.built("m.yaml", DRAFT + "  - {tittel: BUDSJETT, forslag: Et annet.}\n")

    papers = [name for name in office.names(MEETING_FOLDER) if "saksframlegg" in name]
    assert papers == [
        "2026-03-12 SSU saksframlegg BUDSJETT (utkast) (2).docx",
        "2026-03-12 SSU saksframlegg Budsjett (utkast).docx",
    ]
    assert "Et annet." in office.text("BUDSJETT (utkast) (2)")


def test_two_meetings_of_one_day_keep_their_documents_apart(office):
    office.drop("a.yaml", DRAFT)
    office.built("b.yaml", DRAFT.replace("9-11", "13-15").replace("Rådhuset", "Kirken"))

    notices = [name for name in office.names(MEETING_FOLDER) if "innkalling" in name]
    assert notices == ["2026-03-12 SSU innkalling (utkast) (2).docx", "2026-03-12 SSU innkalling (utkast).docx"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Mål: 50/50?", "Mål 50-50"),
        ("../../../etc/passwd", "etc-passwd"),
        ("CON", "CON"),
        ('A "B" <C> | D*', "A B C - D"),
        ("Å" * 200, "Å" * 10),
        ("A\u030angstrøm", "Ångstrøm"),
        ("...", "saksframlegg 03-26.docx"),
    ],
)
def test_a_document_has_a_name_that_is_safe_everywhere(office, title, shown):
    office.built("m.yaml", MEETING + f"  - tittel: {title!r}\n    forslag: Ja.\n")

    (name,) = [name for name in office.names(MEETING_FOLDER) if "03-26" in name]

    assert shown in name
    assert len(name.encode()) <= 120
    assert not set(name) & set('\\/:*?"<>|')
    assert unicodedata.is_normalized("NFC", name)
    assert {path.name for path in office.root.parent.iterdir()} == {office.root.name}


def test_what_two_meetings_would_both_be_called_is_told_apart_also_in_the_report(office):
    office.drop("a.yaml", DRAFT)
    report = office.built("b.yaml", DRAFT.replace("9-11", "13-15"))

    files = [document.file for document in report.documents]

    assert len(set(files)) == len(files) == len(office.names())


def test_the_report_tells_numbers_and_whether_they_are_provisional(office):
    office.drop("mandates/OU.yaml", OU)
    office.drop("a.yaml", MEETING)
    report = office.built("b.yaml", DRAFT.replace("SSU", "OU"))

    told = {document.file: (document.numbers, document.provisional) for document in report.documents}

    assert told["output/SSU/2026-03-12/2026-03-12 SSU innkalling.docx"] == (("01/26", "02/26"), False)
    assert told["output/OU/2026-03-12/2026-03-12 OU innkalling (utkast).docx"] == (("OU 1/2026", "OU 2/2026"), True)
    assert told["output/mandater/Mandat SSU.docx"] == ((), False)
