"""A case that is exempt from public access stands with its public title, and its own title stands nowhere."""

from __future__ import annotations

import pytest

from tests.run.office import APPROVED, DRAFT, HELD, MEETING

SECRET = "Oppsigelse av Hans Hemmelig"
CASE = f"""
  - tittel: {SECRET}
    id: oppsigelse-hans-hemmelig
    forslag: Avtalen avsluttes.
    ansvarlig: Leder
    vedlegg: [Hans Hemmelig.pdf]
    unntatt:
      hjemmel: offl. § 13
      offentlig tittel: Personalsak
"""


def with_case(meeting: str) -> str:
    case = CASE.lstrip("\n")
    return meeting + (
        case + "    behandling: Drøftet.\n    vedtak: Ja.\n" if "avholdt" in meeting or "godkjent" in meeting else case
    )


@pytest.fixture
def built(office):
    def build(meeting: str):
        office.drop("Hans Hemmelig.pdf", "%PDF-1.7\n")
        office.built("m.yaml", with_case(meeting))
        return office

    return build


@pytest.mark.parametrize("meeting", [DRAFT, MEETING, HELD, APPROVED])
def test_the_own_title_is_in_no_part_of_any_document_nor_in_its_name(built, meeting):
    office = built(meeting)

    for name in office.names("SSU"):
        assert "Hemmelig" not in name
        for part, content in office.paper(name[:-5]).raw.items():
            assert SECRET.encode() not in content, f"{name} {part}"


def test_the_id_of_an_exempt_case_is_no_property(built):
    office = built(MEETING)

    for name in office.names("SSU"):
        properties = office.paper(name[:-5]).raw["docProps/custom.xml"].decode()
        assert "oppsigelse" not in properties, name
    assert office.paper("innkalling").properties["sak 03/26"] == "Personalsak"


def test_the_agenda_prints_the_public_title_and_why_the_case_is_exempt(built):
    office = built(MEETING)

    (line,) = [line for line in office.paper("innkalling").body if "03/26" in line]

    assert "Personalsak" in line
    assert "Unntatt offentlighet, jf. offl. § 13" in line


def test_the_agenda_names_no_attachment_of_an_exempt_case(built):
    office = built(MEETING)

    assert "Hemmelig" not in office.text("innkalling")


def test_the_paper_of_an_exempt_case_says_that_it_is_exempt(built):
    office = built(MEETING)

    lines = office.paper("saksframlegg 03-26 Personalsak").body

    assert lines[1] == "Personalsak"
    assert "Unntatt offentlighet, jf. offl. § 13" in lines
    assert any("Avtalen avsluttes." in line for line in lines)


def test_an_exempt_case_without_a_public_title_is_told(office):
    office.drop("m.yaml", MEETING + f"  - {{tittel: {SECRET}, unntatt: offl. § 13}}\n")

    report = office.build()

    assert any("offentlig tittel" in problem for problem in office.problems(report)), office.problems(report)
