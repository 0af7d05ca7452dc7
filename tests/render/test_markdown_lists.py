"""Lists, tables and footnotes of Markdown as Word's own."""

from __future__ import annotations

import pytest

from docgen.render.tables import column_widths
from tests.docx_validity import faults_of_docx
from tests.render.markdown_document import PARTS, Made, W, made, norwegian_parts, without_styles

LIST_STYLES = [f"List {kind}{level}" for kind in ("Bullet", "Number") for level in ("", " 2", " 3")]


def numbering(document: Made) -> dict[str, tuple[str, str, str]]:
    """Return what each numbering used in the document counts: its definition, level and start."""
    found = {}
    for num in document.find("w:num", "word/numbering.xml"):
        override = num.find(f"{{{W}}}lvlOverride")
        if override is not None:
            abstract, start = num.find(f"{{{W}}}abstractNumId"), override.find(f"{{{W}}}startOverride")
            found[num.get(f"{{{W}}}numId")] = tuple(
                element.get(f"{{{W}}}{name}")
                for element, name in ((abstract, "val"), (override, "ilvl"), (start, "val"))
            )
    return found


def nums(document: Made) -> list[str | None]:
    """Return the numbering that each paragraph names itself."""
    return [
        num.get(f"{{{W}}}val") if (num := paragraph.find(f".//{{{W}}}numId")) is not None else None
        for paragraph in document.find(".//w:body/w:p")
    ]


def test_bullets_have_words_list_styles_in_three_levels_and_deeper_ones_stay_at_the_third():
    document = made("- en\n  - to\n    - tre\n      - fire\n- fem")

    styles = ["List Bullet", "List Bullet 2", "List Bullet 3", "List Bullet 3", "List Bullet"]
    assert document.styled == list(zip(styles, ["en", "to", "tre", "fire", "fem"], strict=True))
    assert document.new == {}


def test_each_numbered_list_starts_anew_at_its_own_number():
    document = made("1. a\n2. b\n\nTekst\n\n1. c\n\nTekst\n\n4. d\n5. e")

    starts = numbering(document)
    used = [num for num in nums(document) if num]
    assert [starts[num][2] for num in used] == ["1", "1", "1", "4", "4"]
    assert len(set(used)) == 3
    assert {style for style, text in document.styled if len(text) == 1} == {"List Number"}


def test_an_inner_numbered_list_starts_anew_under_each_item():
    document = made("1. a\n   1. a1\n   2. a2\n2. b\n   1. b1")

    first, inner, again, second, other = nums(document)
    assert first == second
    assert inner == again
    assert len({first, inner, other}) == 3
    assert [style for style, _ in document.styled][1] == "List Number 2"


def test_a_numbered_list_keeps_the_numbers_it_jumps_to():
    document = made("5. fem\n7. sju\n8. åtte")

    starts = numbering(document)
    assert [starts[num][2] for num in nums(document)] == ["5", "7", "7"]


def test_a_list_of_ones_counts_as_markdown_says():
    document = made("1. a\n1. b\n1. c")

    assert len(set(nums(document))) == 1


def test_numbers_under_a_bullet_count_from_one_in_digits_but_stand_further_in():
    document = made("- punkt\n  1. a\n  2. b\n     - c")

    assert [style for style, _ in document.styled] == ["List Bullet", "List Number 2", "List Number 2", "List Bullet 3"]
    outer = made("1. a")
    (definition, _, _), (expected, _, _) = *numbering(document).values(), *numbering(outer).values()
    assert definition == expected
    assert document.docx.paragraphs[1].paragraph_format.left_indent.pt == 36


def test_a_number_too_high_for_word_is_text():
    assert made("99999999. tekst").lines == ["99999999. tekst"]


def test_items_with_space_between_them_keep_it():
    loose, tight = made("- a\n\n- b"), made("- a\n- b")

    assert loose.values(".//w:contextualSpacing", "val") == ["0", "0"]
    assert tight.values(".//w:contextualSpacing", "val") == []


def test_what_follows_in_an_item_stands_under_its_text():
    document = made(
        "- punkt\n\n  mer\n\n  > sitat\n\n  ```\n  kode\n  ```\n\n  | a | b |\n  |---|---|\n  | c | d |\n\n- slutt"
    )

    assert [pair for pair in document.styled if pair[1]] == [
        ("List Bullet", "punkt"),
        ("List Continue", "mer"),
        ("Quote", "sitat"),
        ("Body Text", "kode"),
        ("List Bullet", "slutt"),
    ]
    assert document.docx.paragraphs[3].paragraph_format.left_indent.pt == 18
    assert document.values(".//w:tblInd", "w") == ["360"]
    assert document.docx.tables[0].cell(1, 1).text == "d"


def test_without_list_continue_the_paragraph_is_indented():
    document = made("1. a\n\n   b", parts=without_styles("List Continue"))

    assert document.styled[1] == ("Body Text", "b")
    assert document.docx.paragraphs[1].paragraph_format.left_indent.pt == 18


def test_an_item_that_begins_with_something_else_still_has_its_mark():
    document = made("- ```\n  kode\n  ```\n-\n- - indre")

    assert document.styled == [
        ("List Bullet", ""),
        ("Body Text", "kode"),
        ("List Bullet", ""),
        ("List Bullet", ""),
        ("List Bullet 2", "indre"),
    ]


@pytest.mark.parametrize(
    "parts", [without_styles(*LIST_STYLES), {k: v for k, v in PARTS.items() if "numbering" not in k}]
)
def test_a_template_without_lists_gets_them(parts):
    if "word/numbering.xml" not in parts:
        rels = parts["word/_rels/document.xml.rels"].replace(b"relationships/numbering", b"relationships/none")
        types = parts["[Content_Types].xml"].replace(
            b'<Override PartName="/word/numbering.xml"', b'<Override PartName="/x"'
        )
        parts = {**parts, "[Content_Types].xml": types, "word/_rels/document.xml.rels": rels}

    document = made("- a\n  - b\n    1. c\n\ntekst\n\n3. d", parts=parts)

    assert document.docx.paragraphs[0]._p.pPr.numPr is not None
    used = set(document.values(".//w:body//w:numId", "val"))
    assert used <= set(document.values("w:num", "numId", "word/numbering.xml"))
    formats = document.values(".//w:numFmt", "val", "word/numbering.xml")
    assert formats[-6:] in (["bullet"] * 3 + ["decimal", "lowerLetter", "lowerRoman"],)


def test_numberings_stand_after_the_definitions_they_use():
    document = made("- a\n\n1. b", parts=without_styles(*LIST_STYLES))

    tags = [element.tag.rpartition("}")[2] for element in document.find("*", "word/numbering.xml")]
    assert tags == sorted(tags)
    assert "<w:num " in document.parts["word/numbering.xml"].decode()


TABLE = "| Navn | Funksjon | Merknad |\n|:-----|:--------:|--------:|\n| Kari | *Leder* | nr. 5 |\n| Ola | Medlem |\n"


def test_a_table_has_a_header_row_that_repeats_and_rows_that_do_not_split():
    document = made(TABLE)

    (table,) = document.docx.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Navn", "Funksjon", "Merknad"],
        ["Kari", "Leder", "nr.\u00a05"],
        ["Ola", "Medlem", ""],
    ]
    assert len(document.find(".//w:tr[1]/w:trPr/w:tblHeader")) == len(document.find(".//w:tblHeader")) == 1
    assert len(document.find(".//w:cantSplit")) == 3
    assert table.style.name == "Table Grid"
    assert document.values(".//w:tblLook", "firstRow") == ["1"]
    assert document.values(".//w:tblW", "type") == ["pct"]
    assert document.values(".//w:jc", "val") == ["left", "center", "right"] * 3


def test_header_cells_are_bold_when_the_table_style_does_not_make_them_so():
    document = made(TABLE)

    header, body = document.docx.tables[0].rows[0], document.docx.tables[0].rows[1]
    assert [run.bold for cell in header.cells for run in cell.paragraphs[0].runs] == [True, True, True]
    assert [run.bold for cell in body.cells for run in cell.paragraphs[0].runs] == [None, None, None]


def test_cells_have_the_templates_table_text_style_when_it_has_one():
    document = made(TABLE, parts=norwegian_parts())

    assert set(document.values(".//w:tc//w:pStyle", "val")) == {"Tabelltekst"}


def test_two_tables_never_touch_and_none_ends_the_text():
    document = made(f"{TABLE}\n<!-- -->\n\n{TABLE}")

    kinds = [element.tag.rpartition("}")[2] for element in document.find(".//w:body/*")]
    assert kinds == ["tbl", "p", "p", "tbl", "p", "sectPr"]


def test_surplus_cells_stand_in_the_last_one():
    document = made("> | a | b |\n> |---|---|\n> | 1 | 2 | *tre* | | 4 |")

    assert document.docx.tables[0].cell(1, 1).text == "2 | tre | 4"


def test_a_table_wider_than_word_can_have_is_text():
    widest, wider = (made("\n".join("|".join(sign * columns) for sign in "a-b")) for columns in (63, 64))

    assert len(widest.docx.tables[0].columns) == 63
    assert wider.docx.tables == []
    assert wider.lines == [" ".join("|".join(sign * 64) for sign in "a-b")]


def test_columns_are_as_wide_as_their_text_needs():
    rows = [
        ["Nr.", "Oppgave", "Frist"],
        ["1", "Kaller inn til møtet og leder det til alle saker er behandlet. " * 3, "1. mai"],
    ]

    narrow, wide, middle = column_widths(rows, 9000)

    assert narrow + wide + middle == 9000
    assert narrow < middle < wide
    assert narrow >= 3 * 110
    assert wide > 6000


@pytest.mark.parametrize("rows", [[["", ""], ["", ""]], [["a"]], [["x" * 500, "y"]], [["ord " * 500] * 8]])
def test_every_column_has_some_width(rows):
    widths = column_widths(rows, 9000)

    assert sum(widths) == 9000
    assert min(widths) > 100


def test_a_footnote_is_a_real_one():
    document = made("Teksten[^a] går videre.\n\n[^a]: Noten *her*.\n\n    Andre avsnitt.", parts=norwegian_parts())

    assert document.lines == ["Teksten går videre."]
    assert document.values(".//w:footnoteReference", "id") == ["1"]
    assert document.values("w:footnote", "id", "word/footnotes.xml") == ["-1", "0", "1"]
    assert document.text("word/footnotes.xml") == " Noten her.Andre avsnitt."
    assert document.values(".//w:pStyle", "val", "word/footnotes.xml") == ["Fotnotetekst", "Fotnotetekst"]
    assert document.values(".//w:rStyle", "val", "word/footnotes.xml") == ["Fotnotereferanse"]
    assert document.values(".//w:rStyle", "val") == ["Fotnotereferanse"]
    assert faults_of_docx(document.file) == []


def test_footnotes_go_on_after_those_the_template_has():
    first = made("Tekst[^1]\n\n[^1]: Malens note", parts=norwegian_parts())

    second = made("Mer[^1]\n\n[^1]: Ny note", parts={**first.parts, "word/document.xml": PARTS["word/document.xml"]})

    assert second.values("w:footnote", "id", "word/footnotes.xml") == ["-1", "0", "1", "2"]
    assert second.values(".//w:footnoteReference", "id") == ["2"]
    assert set(second.new) == {"word/footnotes.xml"}


def test_a_note_referred_to_twice_stands_twice():
    document = made("En[^1] og to[^1]\n\n[^1]: Noten")

    assert document.values(".//w:footnoteReference", "id") == ["1", "2"]
    assert document.text("word/footnotes.xml") == " Noten Noten"


def test_a_note_that_nothing_refers_to_is_printed_where_it_stands():
    document = made("Tekst\n\n[^1]: Ingen viser hit\n\nSlutt")

    assert document.lines == ["Tekst", "[^1]: Ingen viser hit", "Slutt"]
    assert document.new == {}


def test_a_second_note_with_the_same_name_is_printed():
    document = made("Tekst[^1]\n\n[^1]: Første\n\n[^1]: Andre")

    assert document.lines == ["Tekst", "[^1]: Andre"]
    assert document.text("word/footnotes.xml") == " Første"


def test_a_reference_within_a_note_is_text_and_what_it_means_is_printed():
    document = made("Tekst[^1]\n\n[^1]: Se [^2]\n\n[^2]: Den andre")

    assert document.text("word/footnotes.xml") == " Se [^2]"
    assert document.lines == ["Tekst", "[^2]: Den andre"]


def test_links_in_a_footnote_belong_to_the_footnotes():
    document = made("Tekst[^1]\n\n[^1]: Se [siden](https://example.no)")

    assert b"https://example.no" in document.new["word/_rels/footnotes.xml.rels"]
    assert b"https://example.no" not in document.new["word/_rels/document.xml.rels"]
    assert faults_of_docx(document.file) == []


def test_footnotes_stand_in_lists_and_tables_too():
    document = made("- punkt[^1]\n\n| a[^2] | b |\n|---|---|\n\n[^1]: en\n[^2]: to")

    assert document.text("word/footnotes.xml") == " en to"
    assert faults_of_docx(document.file) == []


def test_two_marks_side_by_side_do_not_read_as_one_number():
    document = made("Tekst[^1][^2]\n\n[^1]: en\n[^2]: to", parts=norwegian_parts())

    assert document.lines == ["Tekst,"]
    assert document.values(".//w:rStyle", "val") == ["Fotnotereferanse"] * 3
