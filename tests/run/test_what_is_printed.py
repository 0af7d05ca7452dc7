"""What the documents of an input say: its language, words, labels, draft marks, remarks, references and facts."""

from __future__ import annotations

import re
import shutil

import pytest
from docx import Document

from tests.run.office import APPROVED, DRAFT, HELD, MEETING, OU

FACTS = ("docgen avtrykk",)


def facts(properties: dict[str, str]) -> dict[str, str]:
    """The properties without docgen's own fingerprint."""
    return {name: value for name, value in properties.items() if name not in FACTS}


def test_a_document_is_in_the_language_of_the_workspace(office):
    office.write("docgen.toml", '"målform" = "nynorsk"\n[eier]\nnavn = "H"\n')
    office.built("m.yaml", MEETING)

    paper = office.paper("innkalling")

    assert (paper.core("language"), paper.text_language) == ("nn-NO", "nn-NO")
    assert "Vi kallar inn til møte i Strategisk samarbeidsutvalg (SSU) torsdag 12. mars 2026." in paper.lines


def test_a_body_has_its_own_language(office):
    office.drop("mandates/OU.yaml", OU)
    office.built("m.yaml", MEETING.replace("SSU", "OU"))

    assert office.paper("innkalling").core("language") == "nn-NO"
    assert "Framlegg til vedtak" in office.text("Budsjett")


def test_a_document_may_choose_another_language_than_its_body(office):
    office.drop("mandates/OU.yaml", OU)
    office.built("m.yaml", "målform: bokmål\n" + MEETING.replace("SSU", "OU").lstrip())

    paper = office.paper("innkalling")

    assert (paper.core("language"), paper.text_language) == ("nb-NO", "nb-NO")
    assert "Det innkalles til møte i Områdeutvalet (OU) torsdag 12. mars 2026." in paper.lines


def test_a_body_prints_its_own_words(office):
    office.drop("mandates/OU.yaml", OU + "ord: {saksliste: dagsorden, protokoll: møtebok}\n")
    office.built("m.yaml", MEETING.replace("SSU", "OU"))

    assert "# Dagsorden" in office.paper("innkalling").body
    assert office.paper("protokoll (utkast)").core("title") == "Møtebok frå møte i Områdeutvalet (OU)"


def test_a_body_s_words_go_before_the_workspace_s(office):
    with (office.root / "docgen.toml").open("a", encoding="utf-8") as file:
        file.write('[ord]\nsaksliste = "agenda"\nforslag_til_vedtak = "innstilling"\n')
    office.drop("mandates/OU.yaml", OU + "ord: {saksliste: dagsorden}\n")
    office.drop("a.yaml", MEETING)
    office.built("b.yaml", MEETING.replace("SSU", "OU"))

    assert "# Agenda" in office.paper("SSU innkalling").body
    assert "# Dagsorden" in office.paper("OU innkalling").body
    assert "# Innstilling" in office.paper("OU saksframlegg OU 2-2026 Budsjett").body


def test_a_body_s_own_template_is_used_for_its_documents_alone(office):
    own = Document()
    own.add_paragraph("Vår egen mal: {{ dokument.tittel }}")
    (office.root / "templates" / "OU").mkdir()
    own.save(office.root / "templates" / "OU" / "innkalling.docx")
    office.drop("mandates/OU.yaml", OU)
    office.drop("a.yaml", MEETING)
    office.built("b.yaml", MEETING.replace("SSU", "OU"))

    assert office.paper("OU innkalling").body == ["Vår egen mal: Innkalling til møte i Områdeutvalet (OU)"]
    assert "Vår egen mal" not in office.text("SSU innkalling")


def test_the_label_stands_in_the_header_of_every_page(office):
    office.built("m.yaml", "følsomhet: intern\n" + MEETING.lstrip())

    for name in ("innkalling", "Budsjett", "protokoll (utkast)"):
        labels = [line for line in office.paper(name).head_and_foot("header") if "Følsomhet Intern (gul)" in line]
        assert len(labels) == 2, name


def test_without_a_label_no_document_speaks_of_one(office):
    office.built("m.yaml", MEETING)

    assert "Følsomhet" not in office.text("innkalling")


def test_a_draft_is_marked_on_every_page(office):
    office.built("m.yaml", DRAFT)

    for name in ("innkalling (utkast)", "Budsjett (utkast)"):
        marks = [line for line in office.paper(name).head_and_foot("header") if "UTKAST" in line]
        assert [mark.split("]")[0] for mark in marks] == ["[topptekst, sidene", "[topptekst, første side"], name


@pytest.mark.parametrize("text", [MEETING, HELD, APPROVED])
def test_what_is_no_draft_bears_no_draft_mark(office, text):
    office.built("m.yaml", text)

    for name in office.names("SSU"):
        if "(utkast)" not in name:
            assert "UTKAST" not in office.text(name.removesuffix(".docx")), name


def test_numbers_are_said_to_be_provisional_in_a_draft_alone(office):
    office.drop("m.yaml", DRAFT)
    office.built("n.yaml", MEETING.replace("2026-03-12", "2026-04-12"))

    assert "Saksnumrene er foreløpige til møtet er innkalt." in office.text("2026-03-12 SSU innkalling (utkast)")
    assert "Saksnummeret er foreløpig til møtet er innkalt." in office.text("saksframlegg Budsjett (utkast)")
    for name in office.names("SSU/2026-04-12"):
        assert "foreløpig" not in office.text(name.removesuffix(".docx")), name


def test_a_withdrawn_case_keeps_its_number_and_says_so(office):
    office.built("m.yaml", MEETING.replace("Budsjett\n", "Budsjett\n    utfall: trukket\n") + "  - Siste sak\n")

    lines = office.paper("innkalling").body

    assert "| 02/26 | Budsjett (Trukket) |" in lines
    assert "| 03/26 | Siste sak |" in lines


def test_a_case_that_comes_back_refers_to_its_old_number(office):
    office.drop("mandates/OU.yaml", OU)
    office.built(
        "m.yaml",
        MEETING
        + "  - {tittel: Utsatt sak, utsatt fra: 5/25, forslag: A.}\n"
        + "  - {tittel: Fra andre, fra: OU 7/25, forslag: B.}\n",
    )

    agenda = office.text("innkalling")
    assert "| 03/26 | Utsatt sak (Utsatt fra sak 05/25) |" in agenda
    assert "| 04/26 | Fra andre / Tidligere behandlet: OU OU 7/2025 |" in agenda
    assert "Tidligere behandlet 05/25" in office.text("Utsatt sak")
    assert "Tidligere behandlet OU OU 7/2025" in office.text("Fra andre")


def test_the_version_log_is_printed_with_all_its_rows(office):
    office.built(
        "r.md",
        """
        ---
        type: retningslinje
        nummer: 2
        tittel: Utskrivning
        versjonslogg:
          - {versjon: Første versjon, godkjent: SSU mai 2024}
          - {versjon: 2, beskrivelse: Nytt kapittel, godkjent: {organ: SSU, dato: 1. juni 2025, sak: 05/25}}
          - {versjon: 3, beskrivelse: Mer}
        ---

        # Formål

        Trygghet.
        """,
    )

    paper = office.paper("Utskrivning (utkast)")

    assert paper.body[-4:] == [
        "‖ Versjon | Beskrivelse av endringer ved revisjon | Godkjent |",
        "| Første versjon |  | SSU mai 2024 |",
        "| 2 | Nytt kapittel | SSU 1. juni 2025, sak 05/25 |",
        "| 3 | Mer |  |",
    ]
    assert facts(paper.properties) == {
        "dokumenttype": "retningslinje",
        "kilde": "inputs/r",
        "nummer": "2",
        "tittel": "Utskrivning",
        "versjon Første versjon": "| SSU | 2024-05",
        "versjon 2": "Nytt kapittel | SSU | 2025-06-01 | 05/25",
        "versjon 3": "Mer",
    }


def test_a_document_carries_its_facts_in_its_properties(office):
    office.built("m.yaml", MEETING.replace("Budsjett\n", "Budsjett\n    id: budsjett-2027\n"))

    paper = office.paper("protokoll (utkast)")

    told = facts(paper.properties)
    assert re.fullmatch("2 [0-9a-f]{64}", told.pop("register"))
    assert told == {
        "dokumenttype": "protokoll",
        "kilde": "inputs/m",
        "organ": "SSU",
        "møtedato": "2026-03-12",
        "møtestart": "09:00",
        "status": "innkalt",
        "sak 01/26": "Godkjenning av innkalling",
        "sak 02/26": "Budsjett",
        "sak 02/26 id": "budsjett-2027",
    }
    assert paper.core("title") == "Protokoll fra møte i Strategisk samarbeidsutvalg (SSU)"
    assert paper.core("creator") == "Helsefellesskapet Nordvik"


def test_provisional_numbers_are_no_facts(office):
    office.built("m.yaml", DRAFT)

    assert not [name for name in office.paper("innkalling (utkast)").properties if name.startswith("sak ")]


def test_remarks_to_oneself_are_printed_nowhere(office):
    office.drop("r.yaml", "type: retningslinje\nnummer: 2\ntittel: R\nmerknad: HEMMELIG LAPP\n")
    office.built("m.yaml", "merknad: HEMMELIG LAPP\n" + APPROVED.lstrip())

    for name in office.names():
        assert all(b"HEMMELIG LAPP" not in part for part in office.paper(name[:-5]).raw.values()), name


def test_the_minutes_tell_of_trouble_with_consensus_and_of_the_plan(office):
    trouble = "    konsensus: nei\n    videre håndtering: Saken løftes til Partnerskapet."
    office.built("m.yaml", HELD.replace("    konsensus: ja", trouble))

    lines = office.paper("protokoll").body

    at = lines.index("Det ble ikke konsensus i saken. Planen for videre håndtering står nedenfor.")
    assert lines[at + 1 : at + 3] == ["### Plan for videre håndtering", "Saken løftes til Partnerskapet."]


def test_what_looks_like_a_tag_or_like_xml_is_printed_as_it_is_written(office):
    office.built("m.yaml", MEETING + "  - {tittel: '{{ organ }} <w:p/> & {% if %}', forslag: '{{ 7*7 }}'}\n")

    assert "{{ organ }} <w:p/> & {% if %}" in office.text("innkalling")
    assert "{{ 7*7 }}" in office.text("protokoll (utkast)")


def test_a_missing_value_is_never_printed_as_none(office):
    shutil.rmtree(office.output, ignore_errors=True)
    office.drop("r.yaml", "type: retningslinje\ntittel: R\n")
    office.built("m.yaml", HELD)

    for name in office.names():
        words = office.text(name[:-5]).replace("|", " ").split()
        assert not {"None", "True", "False", "[]", "Undefined"} & set(words), name
