"""What is wrong with a template is told before anything is made: all at once, with the paragraph and what to write."""

from __future__ import annotations

import pytest
from docx import Document

from docgen.problems import TemplateError
from docgen.render import compile_template, faults
from docgen.render.annotate import annotated
from tests.render.word_files import NS, opened, saved, table_file, with_xml, word_file

TELL = [
    # what stands in the template (for innkalling), what is told, what is proposed
    ("{{ dokument.titel }}", "Navnet dokument.titel finnes ikke.", "Mente du dokument.tittel?"),
    ("{{ tittel }}", "Navnet tittel finnes ikke.", "Mente du dokument.tittel?"),
    ("{{ møte.organ.navn }}", "møte.organ har ingen deler", "Skriv {{ møte.organ }}."),
    ("{{ ord.sakslista }}", "Navnet ord.sakslista finnes ikke.", "Mente du ord.saksliste?"),
    ("{{ saker }}", "saker er en liste og kan ikke skrives ut", "{{ x.nr }}"),
    ("{{ saker.tittel }}", "saker er en liste og har ingen egen tittel.", "{{ x.tittel }}"),
    ("{{ dokument.utkast }}", "dokument.utkast er ja eller nei", "{% if dokument.utkast %}…{% endif %}"),
    ("{{ dokument }}", "dokument har flere deler", "{{ dokument.tittel }}"),
    ("{{ None }}", "kan ikke skrives ut", ""),
    ("{{ true }}", "er ja eller nei", ""),
    ("{{p ingress }}", "ingress er en tekstlinje, ikke formatert tekst.", "Skriv {{ ingress }}."),
    ("{{ saker[0].forslag }}", "er formatert tekst med egne avsnitt.", "{{p saker[0].forslag }}"),
    ("{{ mottakere|join(', ') }}", "mottakere er en liste", '{{ mottakere|join(", ", "navn") }}'),
    ("{{ ingress|join(', ') }}", "Filteret join krever en liste", "{{ ingress }}"),
    ("{{ ingress|replace('a', 'b') }}", "Navnet |replace finnes ikke.", ""),
    ("{{ ingress|uper }}", "Navnet |uper finnes ikke.", "Mente du |upper?"),
    ("{{ møte dato }}", "Koden {{ møte dato }} kan ikke leses.", "uten mellomrom"),
    ("{{ }}", "kan ikke leses", "{{ dokument.tittel }}"),
    ("{{ møte.dato", "En kode begynner med {{ og slutter ikke.", "Skriv }} der den slutter"),
    ("møte.dato }}", "}} avslutter en kode som ikke har noen begynnelse.", "Skriv {{ der koden begynner"),
    ("{% if ingress %}a", "Koden {% if ingress %} blir aldri avsluttet.", "Skriv {% endif %}"),
    ("a{% endif %}", "Koden {% endif %} har ingen if foran seg.", "Ta den bort"),
    ("{% if ingress %}a{% endfor %}b{% endif %}", "Koden {% endfor %} har ingen for foran seg.", "Ta den bort"),
    ("{% if ingress %}a{% else %}b{% elif ingress %}c{% endif %}", "etter en else", "den siste før {% endif %}"),
    ("{% for %}a{% endfor %}", "kan ikke leses", "{% for sak in saker %}"),
    ("{% for a, b in saker %}a{% endfor %}", "mer enn ett navn om gangen", "{%p for sak in saker %}"),
    ("{% for a in ingress %}a{% endfor %}", "ingress er ingen liste", "{%p if … %}"),
    ("{% if ingress == %}a{% endif %}", "kan ikke leses", "{% if sak.forslag %}"),
    ("tekst {%p if ingress %}", "tar bort den andre teksten", "alene i et eget avsnitt"),
    ("{%tr if ingress %}", "står utenfor en tabell", "med p i stedet"),
    ("{% set a = ingress %}", "er av et slag som maler ikke kan bruke", "De som finnes, er for"),
    ("{%- if ingress %}a{% endif %}", "minustegn", "Ta bort minustegnet"),
    ("{{ ingress + 'a' }}", "Dette kan ikke stå i en mal: et regnestykke.", "Bare navn"),
    ("{% if ingress is defined %}a{% endif %}", "Dette kan ikke stå i en mal: is ….", "Bare navn"),
    ("{{ loop.index }}", "Navnet loop finnes ikke.", ""),
    ("{{tr ingress }}", "står utenfor en tabell", ""),
]


@pytest.mark.parametrize(("paragraph", "what", "fix"), TELL)
def test_each_fault_is_told_with_its_paragraph_and_a_remedy(paragraph: str, what: str, fix: str) -> None:
    found = faults(word_file("Innkalling", paragraph), "innkalling.docx", "innkalling")

    assert any(what in fault.problem.what and fix in fault.problem.fix for fault in found), found
    assert all(f"«{paragraph}»" in fault.problem.what for fault in found)
    assert {(fault.part, fault.paragraph) for fault in found} == {("word/document.xml", 1)}


def test_all_faults_are_told_at_once_in_the_order_of_the_text() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ dokument.nvan }}"
    for text in ("{{ feil1 }}", "{%p for sak in saker %}", "{{ sak.titel }}", "{{ sak.nr", "{%p for x in sakr %}"):
        document.add_paragraph(text)

    with pytest.raises(TemplateError) as error:
        compile_template(saved(document), "innkalling.docx", "innkalling")

    told = [problem.what.split(" Det står ")[0] for problem in error.value.problems]
    assert told == [
        "Navnet feil1 finnes ikke.",
        "Koden {%p for sak in saker %} blir aldri avsluttet.",
        "Navnet sak.titel finnes ikke.",
        "En kode begynner med {{ og slutter ikke.",
        "Navnet sakr finnes ikke.",
        "Koden {%p for x in sakr %} blir aldri avsluttet.",
        "Navnet dokument.nvan finnes ikke.",
    ]
    assert "Det står i toppteksten, i avsnittet «{{ dokument.nvan }}»." in error.value.problems[-1].what


def test_of_very_many_faults_the_first_hundred_are_told() -> None:
    found = faults(word_file(*["{{ feil }}"] * 150), "innkalling.docx", "innkalling")

    assert [fault.paragraph for fault in found] == list(range(100))


def test_a_loop_variable_is_known_in_its_loop_only() -> None:
    inside = word_file("{%p for s in saker %}", "{{ s.nr }}", "{%p endfor %}")
    outside = word_file("{%p for s in saker %}", "{{ s.nr }}", "{%p endfor %}", "{{ s.nr }}")

    assert faults(inside, "innkalling.docx", "innkalling") == []
    assert [fault.paragraph for fault in faults(outside, "innkalling.docx", "innkalling")] == [3]


def test_both_ends_of_an_inline_condition_stand_in_one_paragraph() -> None:
    found = faults(word_file("{% if ingress %}a", "b{% endif %}"), "innkalling.docx", "innkalling")

    assert [fault.problem.what.split(" Det")[0] for fault in found] == [
        "Kodene {% if ingress %} og {% endif %} passer ikke sammen."
    ]
    assert found[0].problem.fix == "Skriv {%p if … %} og {%p endif %}, hver i sitt eget avsnitt."


def test_a_loop_over_rows_does_not_end_in_another_table_or_paragraph() -> None:
    document = Document()
    for text in ("{%tr for s in saker %}", "{%tr endfor %}"):
        document.add_table(1, 1).cell(0, 0).text = text

    found = faults(saved(document), "innkalling.docx", "innkalling")

    assert "passer ikke sammen" in found[0].problem.what


def test_a_row_with_a_loop_tag_holds_nothing_else() -> None:
    data = table_file(["{%tr for s in saker %}", "{{ s.nr }}"], ["{%tr endfor %}", ""])

    found = faults(data, "innkalling.docx", "innkalling")

    assert "tar bort den andre teksten" in found[0].problem.what
    assert "egen tabellrad" in found[0].problem.fix


def test_loops_are_nested_four_deep_at_most() -> None:
    names = ["a", "b", "c", "d", "e"]
    data = word_file(*[f"{{%p for {name} in saker %}}" for name in names], *["{%p endfor %}"] * 5)

    found = faults(data, "innkalling.docx", "innkalling")

    assert [fault.problem.fix for fault in found] == ["Bruk høyst 4 løkker inne i hverandre."]


def test_formatted_text_does_not_stand_in_a_header() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{p innledning }}"

    found = faults(saved(document), "mandat.docx", "mandat")

    assert "der det ikke er plass til formatert tekst" in found[0].problem.what


def test_a_tag_in_a_field_code_or_deleted_text_is_told() -> None:
    field = '<w:p><w:r><w:instrText> HYPERLINK "{{ ingress }}" </w:instrText></w:r></w:p>'

    found = faults(with_xml(word_file("a"), field), "innkalling.docx", "innkalling")

    assert "der docgen ikke kan fylle den ut" in found[0].problem.what


def test_a_fault_in_a_content_controls_property_is_told_with_its_text() -> None:
    line = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    control = '<w:sdt><w:sdtPr><w:tag w:val="{{ feil }}"/></w:sdtPr><w:sdtContent>' + line.format("Vedtak")

    found = faults(with_xml(word_file("a"), f"{control}</w:sdtContent></w:sdt>"), "innkalling.docx", "innkalling")

    assert [fault.problem.what for fault in found] == ["Navnet feil finnes ikke. Det står i avsnittet «Vedtak»."]


def test_tracked_changes_in_a_template_are_told() -> None:
    change = '<w:p><w:ins w:id="1" w:author="Kari"><w:r><w:t>nytt</w:t></w:r></w:ins></w:p>'

    found = faults(with_xml(word_file("a"), change), "innkalling.docx", "innkalling")

    assert [fault.problem.what for fault in found] == [
        "Malen har sporede endringer, og de ville stått i alle dokumentene."
    ]


def test_faults_of_a_kind_without_known_names_are_grammar_only() -> None:
    assert faults(word_file("{{ hva.som.helst }}"), "mal.docx", None) == []
    assert len(faults(word_file("{{ hva som helst }}"), "mal.docx", None)) == 1


def test_the_annotated_copy_has_a_word_comment_at_each_fault() -> None:
    document = Document()
    document.sections[0].footer.paragraphs[0].text = "{{ eier }}"
    document.add_paragraph("Innkalling")
    document.add_paragraph("{{ titel }} {{ saker }}")
    data = saved(document)

    copy = opened(annotated(data, faults(data, "innkalling.docx", "innkalling")))

    told = {comment.comment_id: comment.text for comment in copy.comments}
    marked = {
        int(start.get(f"{{{NS.split(chr(34))[1]}}}id")): paragraph.text
        for paragraph in copy.paragraphs
        for start in paragraph._p.xpath("./w:commentRangeStart")
    }
    assert sorted((marked[number], text.split(".")[0]) for number, text in told.items()) == [
        ("Innkalling", "I bunnteksten: Navnet eier finnes ikke"),
        ("{{ titel }} {{ saker }}", "Navnet titel finnes ikke"),
        ("{{ titel }} {{ saker }}", "saker er en liste og kan ikke skrives ut som den er"),
    ]


def test_an_annotated_copy_that_is_mended_makes_documents_without_the_comments() -> None:
    data = word_file("{{ ingres }}")
    copy = opened(annotated(data, faults(data, "innkalling.docx", "innkalling")))

    copy.paragraphs[0].runs[0].text = "{{ ingress }}"

    assert faults(saved(copy), "innkalling.docx", "innkalling") == []
