"""The pack for the public: what is exempt and what is personal is nowhere in it, for it was made without."""

from __future__ import annotations

import io

import docx
import pytest
from pikepdf import Dictionary, Name, Pdf, String

from docgen.problems import InputError
from tests.meeting_pack.extracting import everything_in
from tests.meeting_pack.word_file import template, word_file
from tests.pack.reading import bookmarks, texts
from tests.pack.samples import annotated, bytes_of, page_with, plain
from tests.run.office import MEETING

SECRETS = ("Hemmelig", "Avtalen", "Storgata", "Kontraktøren", "oppsigelse")
SSU = """
type: mandat
organ: SSU
navn: Strategisk samarbeidsutvalg
medlemmer:
  - {navn: Kari Nes, rolle: leder, stilling: "direktør, tlf. 22 33 44 55", representerer: Sykehuset, vara: Eva Vara}
  - {navn: Ola Vik, representerer: Vik kommune, periode: 2024–2027 (permisjon), rett: Stemmerett på vilkår}
  - {navn: "Marit Bø, marit@vik.example", rolle: sekretær, representerer: Vik kommune}
kapitler: [{tittel: Formål, tekst: Samarbeid.}]
"""
PRIVATE = (
    "22 33 44 55",
    "Eva Vara",
    "permisjon",
    "vilkår",
    "@vik",
    "@dal",
    "90 01 12 22",
    "Syk Person",
    "inhabil",
    "Bestill",
)
MEETING_WITH_EXEMPT = MEETING.replace(
    "saker:",
    """forfall meldes til: Marit Bø, marit@vik.example, tlf. 90 01 12 22
merknad: Bestill lunsj.
referent: Marit Bø, marit@vik.example
forfall: [{navn: Ola Vik, vara: Syk Person}]
saker:""",
).replace(
    "    bakgrunn: Det",
    "    ansvarlig: Per Dal (per@dal.example)\n    habilitet: Ola Vik er inhabil\n    bakgrunn: Det",
)
EXEMPT = """  - tittel: Oppsigelse av Hans Hemmelig
    id: oppsigelse-hans
    ansvarlig: Kontraktøren
    tid: 10 min Kontraktøren
    punkter: [Avtalen i Storgata]
    bakgrunn: Avtalen med Hans Hemmelig.
    forslag: Avtalen avsluttes.
    vedlegg: [{fil: Hans Hemmelig.pdf, tittel: Avtalen med Hans}]
    unntatt:
      hjemmel: offl. § 13
      offentlig tittel: Personalsak
"""
ATTACHED = MEETING.replace("    forslag", "    vedlegg: [notat.pdf]\n    forslag")


@pytest.fixture
def office(desk):
    desk.drop("mandates/SSU.yaml", SSU)
    desk.attach("Hans Hemmelig.pdf", plain("Storgata 7"))
    desk.drop("m.yaml", MEETING_WITH_EXEMPT + EXEMPT)
    return desk


def refusal(office, **wish: object) -> list[str]:
    with pytest.raises(InputError) as refused:
        office.pack(public=True, **wish)
    return [str(problem) for problem in refused.value.problems]


def warnings(made) -> list[str]:
    return [str(problem) for problem in made.report.problems]


def test_nothing_of_an_exempt_case_is_anywhere_in_the_file_but_number_public_title_and_ground(office):
    whole, public = office.pack(), office.pack(public=True)

    assert all(secret in everything_in(whole.pdf) for secret in SECRETS[:4])
    found = everything_in(public.pdf)
    assert [secret for secret in SECRETS if secret.casefold() in found.casefold()] == []
    agenda = texts(public.pdf)[0]
    assert "03/26 Personalsak Unntatt offentlighet, jf. offl. § 13" in agenda
    assert public.report.exempt == ["Sak 03/26 Personalsak"]
    assert [one.case for one in public.report.parts] == ["", "Sak 02/26 Budsjett"]
    assert not any("Personalsak" in title for _, title, _ in bookmarks(public.pdf))


def test_of_people_nothing_is_left_but_name_role_and_organisation(office):
    public = office.pack(public=True)

    found = everything_in(public.pdf)
    assert [one for one in PRIVATE if one in found] == []
    agenda = texts(public.pdf)[0]
    assert "Kari Nes (Sykehuset)" in agenda
    assert "Marit Bø (Vik kommune)" in agenda
    assert "Ansvarlig: Per Dal" in agenda
    assert not any("e-postadresse" in told or "telefon" in told for told in warnings(public))


def test_a_template_of_the_house_that_prints_all_it_can_prints_nothing_private(office):
    everything = ("navn", "rolle", "stilling", "representerer", "part", "vara", "rett", "periode")
    case = ("ansvarlig", "tid", "merknad", "unntatt", "habilitet", "konsensus", "fremmet_fra")
    texts_of_case = ("bakgrunn", "vurdering", "forslag", "behandling", "vedtak", "videre_håndtering")
    template(
        office.root / "templates" / "SSU" / "innkalling.docx",
        "{{ dokument.tittel }} {{ møte.sted }} {{ forfall_meldes }}",
        "{%p for medlem in mottakere %}",
        " ".join(f"{{{{ medlem.{name} }}}}" for name in everything),
        "{%p endfor %}",
        "{%p for sak in saker %}",
        "{{ sak.nr }} {{ sak.tittel }} " + " ".join(f"{{{{ sak.{name} }}}}" for name in case),
        *(f"{{{{p sak.{name} }}}}" for name in texts_of_case),
        "{% for fil in sak.vedlegg %}{{ fil }}{% endfor %}",
        "{% for gjort in sak.oppfølging %}{{ gjort.ansvarlig }}{% endfor %}",
        "{%p endfor %}",
    )

    whole, public = office.pack(), office.pack(public=True)

    assert all(word in texts(whole.pdf)[0] for word in ("Avtalen", "Eva Vara", "permisjon", "inhabil"))
    found = everything_in(public.pdf)
    assert [one for one in (*SECRETS, *PRIVATE) if one in found] == []
    assert "02/26 Budsjett" in texts(public.pdf)[0]


def test_the_public_pack_is_a_file_of_its_own_and_says_so(office):
    whole, public = office.pack(), office.pack(public=True)

    assert whole.report.file == "output/SSU/2026-03-12/2026-03-12 SSU sakspakke.pdf"
    assert public.report.file == "output/SSU/2026-03-12/2026-03-12 SSU sakspakke (offentlig).pdf"
    with Pdf.open(io.BytesIO(public.pdf)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Sakspakke SSU 12.03.2026, offentlig utgave"


def test_an_exempt_case_without_a_public_title_refuses_the_public_pack(office):
    office.drop("m.yaml", MEETING_WITH_EXEMPT + EXEMPT.replace("      offentlig tittel: Personalsak\n", ""))

    (told,) = refusal(office)

    assert told.startswith("inputs/m.yaml, linje 2")
    assert "har ingen offentlig tittel. Skriv offentlig tittel:" in told
    assert not office.names()


def test_a_file_of_an_exempt_case_that_another_case_has_too_refuses_the_public_pack(office):
    shared = "    vedlegg: [./Hans Hemmelig.pdf]\n    forslag: SSU"
    office.drop("m.yaml", (MEETING_WITH_EXEMPT + EXEMPT).replace("    forslag: SSU", shared))

    (told,) = refusal(office)

    assert "Vedlegget ./Hans Hemmelig.pdf hører også til en sak som er unntatt" in told
    assert "saker[2].vedlegg[1]" in told


@pytest.mark.parametrize("number", ["151086 95088", "15108695088", "55108695071"])
def test_an_identity_number_refuses_the_public_pack_and_names_file_and_page(office, number):
    office.attach("liste.pdf", plain("Deltakere", f"Nr. {number} ble valgt"))
    office.drop("m.yaml", ATTACHED.replace("notat.pdf", "liste.pdf"))
    kept = office.pack().pdf

    (told,) = refusal(office)

    assert told.startswith("liste.pdf: Side 2 i «Sak 02/26 Budsjett – Vedlegg 1 liste» har et fødselsnummer")
    assert number[6:].strip() not in told
    assert office.names() == ["SSU/2026-03-12/2026-03-12 SSU sakspakke.pdf"]
    assert office.pack().pdf == kept


def test_eleven_digits_with_wrong_check_digits_are_no_identity_number(office):
    office.attach("liste.pdf", plain("Konto 15108695077"))
    office.drop("m.yaml", ATTACHED.replace("notat.pdf", "liste.pdf"))

    assert not any("fødselsnummer" in told for told in warnings(office.pack(public=True)))


def test_addresses_and_telephone_numbers_in_what_is_taken_in_are_told_with_file_and_page(office):
    office.attach("brev.docx", word_file("Ring 900 11 222 eller skriv til post@vik.example."))
    office.drop(
        "m.yaml",
        ATTACHED.replace("notat.pdf", "brev.docx").replace("mangler penger", "svar +47 48112233"),
    )

    found = warnings(office.pack(public=True))

    brev = "brev.docx: Merk: Side 1 i «Sak 02/26 Budsjett – Vedlegg 1 brev» har"
    assert any(told.startswith(f"{brev} en e-postadresse: post@vik.example. ") for told in found), found
    assert any(told.startswith(f"{brev} noe som kan være et telefonnummer: 900 11 222. ") for told in found)
    paper = "inputs/m.yaml: Merk: Side 1 i «Sak 02/26 Budsjett – Saksframlegg» har noe som kan være et telefonnummer:"
    assert any(told.startswith(f"{paper} +47 48112233. ") for told in found)


def test_an_address_that_is_only_read_aloud_or_linked_to_is_told_too(office):
    def linked(pdf: Pdf) -> None:
        annotated(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("mailto:skjult@vik.example")))

    office.attach("brev.pdf", plain("Les mer", change=linked))
    office.drop("m.yaml", ATTACHED.replace("notat.pdf", "brev.pdf"))

    assert any("skjult@vik.example" in told for told in warnings(office.pack(public=True)))


def test_the_title_of_an_exempt_case_in_another_text_refuses_the_public_pack(office):
    office.attach("referat.pdf", plain("Sist: Oppsigelse av Hans Hemmelig"))
    office.drop(
        "m.yaml",
        (MEETING_WITH_EXEMPT + EXEMPT).replace("    forslag: SSU", "    vedlegg: [referat.pdf]\n    forslag: SSU"),
    )

    told = refusal(office)

    assert any("har tittelen på en sak som er unntatt: «Oppsigelse av Hans Hemmelig»" in one for one in told), told


def test_pages_that_are_pictures_of_text_are_told_for_a_person_to_look_at(office):
    scanned = Pdf.new()
    page_with(scanned, "Tekst")
    scanned.add_blank_page(page_size=(595, 842))
    office.attach("skann.pdf", bytes_of(scanned))
    office.drop("m.yaml", ATTACHED.replace("notat.pdf", "skann.pdf"))

    found = warnings(office.pack(public=True))

    assert any("«Sak 02/26 Budsjett – Vedlegg 1 skann» har 1 side uten tekst" in told for told in found), found


def test_what_an_attachment_says_of_who_made_it_is_not_in_the_pack(office):
    def signed(pdf: Pdf) -> None:
        pdf.docinfo["/Author"] = "Anne Forfatter"
        with pdf.open_metadata() as said:
            said["dc:creator"] = ["Anne Forfatter"]

    office.attach("a.pdf", plain("Notat", change=signed))
    office.attach("b.docx", word_file("Notat", author="Anne Forfatter"))
    office.drop("m.yaml", ATTACHED.replace("notat.pdf", "a.pdf, b.docx"))

    public = office.pack(public=True)

    assert len(public.report.parts) == 4
    assert "Forfatter" not in everything_in(public.pdf)


@pytest.mark.parametrize(("label", "is_told"), [("Fortrolig", True), ("Intern gul", True), ("Åpen", False)])
def test_a_label_of_the_documents_that_does_not_say_open_is_told(office, label, is_told):
    office.drop("m.yaml", MEETING + f"følsomhet: {label}\n")

    assert any(f"merket {label}" in told for told in warnings(office.pack(public=True))) == is_told


def test_the_word_files_that_the_public_parts_come_from_are_kept_nowhere(office):
    office.build()
    before = office.content()

    made = office.pack(public=True)

    after = office.content()
    del after[made.report.file.removeprefix("output/")]
    assert after == before
    own = docx.Document(office.output / "SSU" / "2026-03-12" / "2026-03-12 SSU innkalling.docx")
    assert any("marit@vik.example" in paragraph.text for paragraph in own.paragraphs)
