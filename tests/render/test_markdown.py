"""Markdown in a Word file: paragraphs, headings, inline marks, links and pictures."""

from __future__ import annotations

import pytest

from docgen.render.blocks import images_in, plain
from docgen.render.looking import look
from docgen.render.story import Story
from tests.docx_validity import faults_of_docx
from tests.render.markdown_document import LOOK, PARTS, jpeg_header, made, norwegian_parts, png, without_styles

RICH = """
# Formål

Retningslinjen gjelder **samarbeidet** mellom *sykehuset* og kommunene.[^1] Se [avtalen](https://example.no/ærlig?a=1&b=2).

- Første
  1. Tall
  2. Tall
     - Tredje nivå

> Et sitat

| Rolle | Frist |
|:------|------:|
| Leder | 1. mai |

![Logo](logo.png)

[^1]: En note med [lenke](https://example.no) og liste:

    1. punkt
"""


def test_a_rich_text_makes_a_document_that_word_opens_as_it_is():
    document = made(RICH, images={"logo.png": png(20, 10)}, parts=norwegian_parts())

    assert faults_of_docx(document.file) == []
    assert set(document.new) == {
        "word/numbering.xml",
        "word/footnotes.xml",
        "word/_rels/document.xml.rels",
        "word/_rels/footnotes.xml.rels",
        "[Content_Types].xml",
        *(name for name in document.parts if name.startswith("word/media/")),
    }


def test_plain_text_needs_no_part_but_the_document():
    document = made("Saken tas til orientering.\n\nNeste avsnitt.")

    assert document.new == {}
    assert document.styled == [("Body Text", "Saken tas til orientering."), ("Body Text", "Neste avsnitt.")]


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "\t\n"])
def test_empty_text_makes_nothing(text):
    assert made(text).blocks == ""


def test_paragraphs_have_the_style_of_the_paragraph_that_held_the_tag():
    document = made("En\n\n**To**", style="Quote")

    assert document.styled == [("Quote", "En"), ("Quote", "To")]


def test_styles_are_found_by_name_whatever_language_word_has_given_their_ids():
    document = made("# Tittel\n\nTekst\n\n- punkt", parts=norwegian_parts())

    assert document.values(".//w:pStyle", "val") == ["Overskrift1", "Brdtekst", "Punktliste"]


def test_without_body_text_plain_paragraphs_have_the_default_style():
    document = made("Tekst", parts=without_styles("Body Text"))

    assert document.styled == [("Normal", "Tekst")]


def test_a_line_break_in_the_text_is_a_space_and_a_hard_one_stays():
    document = made("En linje\nog en til.  \nHard en.\\\nHard to.")

    assert document.lines == ["En linje og en til.\nHard en.\nHard to."]


@pytest.mark.parametrize(
    ("text", "level", "styles"),
    [
        ("# A\n\n## B\n\n# C", 1, ["Heading 2", "Heading 3", "Heading 2"]),
        ("### A\n\n#### B", 1, ["Heading 2", "Heading 3"]),
        ("# A\n\n### B\n\n## C", 0, ["Heading 1", "Heading 2", "Heading 2"]),
        ("## A\n\n# B\n\n## C", 2, ["Heading 3", "Heading 3", "Heading 4"]),
        ("# A\n\n## B\n\n### C", 5, ["Heading 6", "Heading 6", "Heading 6"]),
        ("A\n===\n\nB\n---", 1, ["Heading 2", "Heading 3"]),
    ],
)
def test_headings_stand_below_the_chapters_own_without_skipping_a_level(text, level, styles):
    document = made(text, level=level)

    assert [style for style, _ in document.styled] == styles


def test_a_template_with_few_heading_styles_uses_its_deepest():
    parts = without_styles("heading 3", "heading 4", "heading 5", "heading 6")

    document = made("# A\n\n## B", level=1, parts=parts)

    assert [style for style, _ in document.styled] == ["Heading 2", "Heading 2"]


def test_a_heading_in_a_list_is_bold_text_and_not_in_the_table_of_contents():
    document = made("- # Tittel\n- tekst")

    assert document.styled == [("List Bullet", "Tittel"), ("List Bullet", "tekst")]
    assert [run.bold for run in document.docx.paragraphs[0].runs] == [True]


def test_bold_italics_both_struck_and_code_are_run_properties():
    document = made("vanlig **fet** *kursiv* ***begge*** ~~strøket~~ `kode`")

    runs = {run.text: run for run in document.docx.paragraphs[0].runs if run.text.strip()}
    assert (runs["fet"].bold, runs["fet"].italic) == (True, None)
    assert (runs["kursiv"].bold, runs["kursiv"].italic) == (None, True)
    assert (runs["begge"].bold, runs["begge"].italic) == (True, True)
    assert runs["strøket"].font.strike
    assert runs["kode"].font.name == "Courier New"
    assert runs["vanlig "].bold is None


@pytest.mark.parametrize(
    "text",
    [
        "*strukturelle",
        "2 * 3 * 4",
        "fil_med_navn",
        "{{ sak.tittel }}",
        "{% for x in y %}",
        "<b>ikke fet</b>",
        "<script>alert(1)</script>",
        "Helse & omsorg <post@example>",
        "[ ] åpen",
        "[^9] uten note",
        "[tekst][mangler]",
        "![bilde",
        "2024-09-26 --- (c) ... 'sitat'",
        "https://example.no",
        "[x](javascript:alert(1))",
    ],
)
def test_what_is_no_markdown_is_printed_as_it_was_written(text):
    assert made(text).lines == [text]
    assert made(f"Før {text} etter").lines == [f"Før {text} etter"]


def test_runs_keep_the_look_of_the_run_that_held_the_tag():
    story = Story(LOOK, {})

    xml = story.runs("Sak **01/22**", '<w:rPr><w:color w:val="FF0000"/><w:sz w:val="20"/></w:rPr>')

    look = '<w:color w:val="FF0000"/><w:sz w:val="20"/></w:rPr>'
    assert xml == (
        f'<w:r><w:rPr>{look}<w:t xml:space="preserve">Sak </w:t></w:r>'
        f'<w:r><w:rPr><w:b/><w:bCs/>{look}<w:t xml:space="preserve">01/22</w:t></w:r>'
    )


def test_runs_are_one_line_whatever_blocks_the_text_might_hold():
    story = Story(LOOK, {})

    xml = story.runs("- en\n\n# to [^1]", "")

    assert xml == '<w:r><w:t xml:space="preserve">- en  # to [^1]</w:t></w:r>'


def test_run_properties_may_come_with_their_namespace_and_switched_off_bold():
    story = Story(LOOK, {})
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    xml = story.runs("**fet**", f'<w:rPr xmlns:w="{namespace}"><w:b w:val="0"/><w:i/></w:rPr>')

    assert xml == '<w:r><w:rPr><w:b/><w:bCs/><w:i/></w:rPr><w:t xml:space="preserve">fet</w:t></w:r>'


def test_a_link_is_a_real_one_with_its_text_its_tip_and_its_address():
    document = made('Se [vår *side*](https://example.no/ærlig?a=1&b=2 "Vår side") nå.', parts=norwegian_parts())

    (link,) = document.docx.paragraphs[0].hyperlinks
    assert (link.text, link.address) == ("vår side", "https://example.no/%C3%A6rlig?a=1&b=2")
    assert document.values(".//w:hyperlink", "tooltip") == ["Vår side"]
    assert document.values(".//w:hyperlink//w:rStyle", "val") == ["Hyperkobling", "Hyperkobling"]
    assert document.lines == ["Se vår side nå."]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("<https://example.no/a_b>", "https://example.no/a_b"),
        ("<post@example.no>", "mailto:post@example.no"),
        ("[ring](tel:+4712345678)", "tel:+4712345678"),
        ("[x][ref]\n\n[ref]: http://example.no", "http://example.no"),
        ("[x](https://blåbær.no/sti)", "https://xn--blbr-roah.no/sti"),
        ("[](https://example.no)", "https://example.no"),
    ],
)
def test_web_mail_and_telephone_addresses_become_links(text, address):
    (link,) = made(text).docx.paragraphs[0].hyperlinks

    assert link.address == address
    assert link.text != ""


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("[retningslinjen](retningslinje 1.docx)", "[retningslinjen](retningslinje 1.docx)"),
        ("[retningslinjen](../retningslinje-1.docx)", "retningslinjen (../retningslinje-1.docx)"),
        ('[x](fil.docx "Tittel")', 'x (fil.docx "Tittel")'),
        ("<ftp://example.no>", "<ftp://example.no>"),
        ("[x](file:///etc/passwd)", "[x](file:///etc/passwd)"),
        ("[x](https://bruker:passord@example.no)", "x (https://bruker:passord@example.no)"),
        ("[x](http://[)", "x (http://[)"),
    ],
)
def test_other_addresses_are_printed(text, printed):
    document = made(text)

    assert document.lines == [printed]
    assert document.new == {}


def test_the_same_address_has_one_relationship():
    document = made("[a](https://example.no) [b](https://example.no)")

    assert document.new["word/_rels/document.xml.rels"].count(b"https://example.no") == 1


def test_a_definition_that_no_link_uses_is_printed():
    document = made("[brukt] tekst\n\n[brukt]: https://a.no\n[Merknad]: husk-dette\n[brukt]: https://b.no")

    assert document.lines == ["brukt tekst", "[Merknad]: husk-dette", "[brukt]: https://b.no"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("jf. § 3-4 og §§ 5", "jf. §\u00a03-4 og §§\u00a05"),
        ("kl. 09.00, Kl. 9", "kl.\u00a009.00, Kl.\u00a09"),
        ("nr. 5", "nr.\u00a05"),
        ("10 000 og 1 234 567 kroner", "10\u00a0000 og 1\u00a0234\u00a0567 kroner"),
        ("kl.\n09.00", "kl.\u00a009.00"),
        ("inkl. 5, kr. 500, sikl. 3", "inkl. 5, kr. 500, sikl. 3"),
        ("2022 100, 10 00, 5 0000", "2022 100, 10 00, 5 0000"),
        ("*kl. 9*", "kl.\u00a09"),
        ("§ **3**", "§\u00a03"),
        ("`kl. 9 § 3`", "kl. 9 § 3"),
    ],
)
def test_a_line_never_ends_after_kl_or_a_section_sign_or_within_a_number(text, printed):
    assert made(text).lines == [printed]


@pytest.mark.parametrize("text", ["24. oktober 2022 møtes vi.", "1. mai er fri."])
def test_a_date_at_the_start_of_a_line_is_no_list(text):
    assert made(text).styled == [("Body Text", text)]


def test_a_code_block_keeps_its_lines_and_spaces():
    document = made("```yaml\nmøte:\n  dato: <i dag>\n\n\tslutt\n```")

    (paragraph,) = document.docx.paragraphs
    assert paragraph.text == "møte:\n  dato: <i dag>\n\n    slutt"
    assert [run.font.name for run in paragraph.runs] == ["Courier New"]


def test_words_after_a_code_fence_are_printed():
    assert made("~~~Viktig melding\ntekst\n~~~").lines == ["Viktig melding\ntekst"]


def test_a_quote_has_words_quote_style_and_an_inner_one_stands_further_in():
    document = made("> Ytre\n>\n> > Indre")

    assert document.styled == [("Quote", "Ytre"), ("Quote", "Indre")]
    outer, inner = document.docx.paragraphs
    assert outer.paragraph_format.left_indent is None
    assert inner.paragraph_format.left_indent.cm == pytest.approx(2, abs=0.01)


def test_a_thematic_break_is_three_stars_in_the_middle():
    document = made("Før\n\n---\n\nEtter")

    assert document.lines == ["Før", "* * *", "Etter"]
    assert document.values(".//w:jc", "val") == ["center"]


def test_a_picture_stands_in_the_line_with_its_alt_text_and_never_wider_than_the_text():
    images = {"bilde å.png": png(2000, 1000), "liten.jpg": jpeg_header(96, 48)}

    document = made('![Kart over Østfold](<bilde å.png> "Kart") og ![Logo](liten.jpg)', images=images)

    wide, small = document.docx.inline_shapes
    assert (wide.width.cm, wide.height.cm) == (pytest.approx(16, abs=0.01), pytest.approx(8, abs=0.01))
    assert (small.width.inches, small.height.inches) == (1, 0.5)
    alts = [shape._inline.docPr.get("descr") for shape in (wide, small)]
    assert alts == ["Kart over Østfold", "Logo"]
    assert len({shape._inline.docPr.id for shape in (wide, small)}) == 2
    assert faults_of_docx(document.file) == []


def test_a_picture_with_many_dots_to_the_inch_is_as_small_as_it_says():
    document = made("![x](a.png)", images={"a.png": png(300, 300, dots_per_metre=11811)})

    assert document.docx.inline_shapes[0].width.inches == pytest.approx(1, abs=0.01)


def test_the_same_picture_twice_is_one_file():
    document = made("![a](a.png)\n\n![b](a.png)", images={"a.png": png(8, 8)})

    assert len([name for name in document.new if name.startswith("word/media/")]) == 1
    assert faults_of_docx(document.file) == []


@pytest.mark.parametrize("data", [None, b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", png(0, 0)])
def test_a_picture_that_is_not_there_or_is_none_leaves_its_alt_text(data):
    document = made("Se ![Kart](kart.png) her", images={} if data is None else {"kart.png": data})

    assert document.lines == ["Se [Kart] her"]
    assert document.new == {}


def test_the_pictures_of_a_text_can_be_asked_for_beforehand():
    text = "![A *b*](bilde%20å.png) og `![nei](x)` [![inni](c.png)](https://a.no) ![ref][r]\n\n[r]: <d e.png>"

    assert images_in(text) == [("bilde%20å.png", "A b"), ("c.png", "inni"), ("d e.png", "ref")]
    assert images_in("ingen") == []


def test_a_link_in_a_header_belongs_to_the_header():
    header = b'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    story = Story(look({**PARTS, "word/header1.xml": header}), {})

    story.part = "word/header1.xml"
    story.runs("[a](https://example.no)", "")

    assert list(story.parts()) == ["word/_rels/header1.xml.rels"]


def test_characters_that_xml_forbids_are_dropped_and_the_rest_is_intact():
    assert made("æ\x00ø\x0bå\ufffe &#12; *Ž\ud800č*").lines == ["æøå  Žč"]


def test_plain_gives_the_text_alone():
    assert plain("# Tittel\n\n**Fet** [lenke](https://a.no)\nog mer\n\n- punkt\n\n`kode`") == (
        "Tittel\nFet lenke og mer\npunkt\nkode"
    )
