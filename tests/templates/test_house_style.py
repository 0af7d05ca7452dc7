"""What every template must be, so that a person can edit it in Word and everybody can read what is made of it."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx.shared import Cm

from docgen.render import faults
from tests.docx_validity import faults_of_docx
from tests.templates.conftest import TEMPLATES, W, template, value
from tests.templates.samples import KINDS
from tools.house_style import look
from tools.house_style.__main__ import KINDS as LAID
from tools.house_style.__main__ import main

BUILT_IN = {
    "Title": "Title", "Subtitle": "Subtitle", "Heading1": "heading 1", "Heading2": "heading 2", "Heading3": "heading 3",
    "Heading4": "heading 4", "BodyText": "Body Text", "ListBullet": "List Bullet", "ListBullet2": "List Bullet 2",
    "ListBullet3": "List Bullet 3", "ListNumber": "List Number", "ListNumber2": "List Number 2",
    "ListNumber3": "List Number 3", "ListContinue": "List Continue", "Quote": "Quote", "Caption": "caption",
    "TOC1": "toc 1", "TOC2": "toc 2", "TOC3": "toc 3", "TOCHeading": "TOC Heading", "Header": "header",
    "Footer": "footer", "FootnoteText": "footnote text", "FootnoteReference": "footnote reference",
    "Hyperlink": "Hyperlink", "TableGrid": "Table Grid",
}  # fmt: skip


def style(kind: str, identity: str):
    return template(kind).part("styles").find(f"{W}style[@{W}styleId='{identity}']")


def test_there_is_one_template_for_each_kind_of_document():
    assert {path.stem for path in TEMPLATES.glob("*.docx")} == set(KINDS) == set(LAID)


def test_laying_the_house_style_again_gives_the_same_bytes(tmp_path):
    main(tmp_path)

    for kind in KINDS:
        assert (tmp_path / f"{kind}.docx").read_bytes() == template(kind).data, (
            f"templates/{kind}.docx is not as tools/house_style makes it: run `python -m tools.house_style`"
        )


def test_every_tag_asks_for_what_there_is(kind):
    assert faults(template(kind).data, f"{kind}.docx", kind) == []


def test_a_template_is_a_whole_word_file(kind):
    found = [fault for fault in faults_of_docx(template(kind).data) if "the tag" not in fault]

    assert found == []


def test_python_docx_opens_a_template_and_sees_a4_with_even_margins(kind):
    section = docx.Document(io.BytesIO(template(kind).data)).sections[0]

    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert abs(section.left_margin - Cm(2.5)) < Cm(0.01)
    assert section.left_margin == section.right_margin
    assert section.different_first_page_header_footer


def test_styles_have_the_names_that_word_itself_gives_them(kind):
    for identity, name in BUILT_IN.items():
        assert value(style(kind, identity).find(f"{W}name")) == name


def test_styles_are_few(kind):
    styles = template(kind).part("styles")

    assert len(styles.findall(f"{W}style")) < 70
    assert len(template(kind).data) < 16_000


def test_the_language_is_norwegian(kind):
    language = template(kind).part("styles").find(f".//{W}rPrDefault//{W}lang")

    assert value(language) == "nb-NO"


def test_headings_stay_with_the_text_below_them(kind):
    for level in range(1, 5):
        properties = style(kind, f"Heading{level}").find(f"{W}pPr")

        assert properties.find(f"{W}keepNext") is not None
        assert properties.find(f"{W}keepLines") is not None
        assert value(properties.find(f"{W}outlineLvl")) == str(level - 1)


def test_no_heading_level_is_skipped(kind):
    last = 0
    for paragraph in template(kind).part("document").iter(f"{W}p"):
        found = re.match(r"Heading(\d)", value(paragraph.find(f"{W}pPr/{W}pStyle")))
        if found:
            assert int(found[1]) <= last + 1
            last = int(found[1])


def test_head_rows_repeat_and_rows_are_not_torn(kind):
    for table in template(kind).part("document").iter(f"{W}tbl"):
        if value(table.find(f"{W}tblPr/{W}tblStyle")) != "DocgenTable":
            continue
        head, *rows = table.findall(f"{W}tr")

        assert head.find(f"{W}trPr/{W}tblHeader") is not None
        assert value(table.find(f"{W}tblPr/{W}tblLook"), "firstRow") == "1"
        for row in rows:
            is_tag = "{%tr" in "".join(row.itertext())
            assert is_tag or row.find(f"{W}trPr/{W}cantSplit") is not None


def test_tables_are_as_wide_as_the_text(kind):
    for table in template(kind).part("document").iter(f"{W}tbl"):
        assert sum(int(value(column, "w")) for column in table.iter(f"{W}gridCol")) == look.TEXT_WIDTH


def test_nothing_floats_and_no_paragraph_has_a_border(kind):
    forbidden = {"pBdr", "framePr", "drawing", "pict", "object", "txbxContent", "tblpPr", "AlternateContent"}
    for part in ("document", "styles", "header1", "header2", "footer1", "footer2"):
        tags = {element.tag.rpartition("}")[2] for element in template(kind).part(part).iter("*")}

        assert not tags & forbidden


def test_space_is_made_by_styles_and_not_by_empty_paragraphs(kind):
    document = template(kind).part("document")
    fields = {p for p in document.iter(f"{W}p") if p.find(f".//{W}fldChar") is not None}
    empty_cells = {p for cell in document.iter(f"{W}tc") for p in cell.findall(f"{W}p")}

    for paragraph in set(document.iter(f"{W}p")) - fields - empty_cells:
        assert "".join(paragraph.itertext()).strip()


def test_bullets_are_letters_of_the_text_font(kind):
    levels = [
        level
        for level in template(kind).part("numbering").iter(f"{W}lvl")
        if value(level.find(f"{W}numFmt")) == "bullet"
    ]

    assert levels
    assert {value(level.find(f"{W}lvlText")) for level in levels} == {"•", "–", "▪"}
    assert {value(level.find(f"{W}rPr/{W}rFonts"), "ascii") for level in levels} == {look.FONT}


@pytest.mark.parametrize(("bullet", "number"), [("ListBullet", "ListNumber")])
def test_lists_have_three_levels_of_one_list(kind, bullet, number):
    for name in (bullet, number):
        uses = [style(kind, name + suffix).find(f"{W}pPr/{W}numPr") for suffix in ("", "2", "3")]

        assert [value(use.find(f"{W}ilvl")) for use in uses] == ["0", "1", "2"]
        assert len({value(use.find(f"{W}numId")) for use in uses}) == 1


@pytest.mark.parametrize("kind", ["retningslinje", "vedlegg"])
def test_word_numbers_the_chapters_of_a_guideline(kind):
    numbering = template(kind).part("numbering")
    texts = {
        value(level.find(f"{W}pStyle")): value(level.find(f"{W}lvlText"))
        for level in numbering.iter(f"{W}lvl")
        if value(level.find(f"{W}pStyle")).startswith("Heading")
    }

    assert texts == {"Heading1": "%1", "Heading2": "%1.%2", "Heading3": "%1.%2.%3"}
    assert style(kind, "Heading2").find(f"{W}pPr/{W}numPr") is not None


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"retningslinje", "vedlegg"}))
def test_other_documents_have_headings_without_numbers(kind):
    assert style(kind, "Heading1").find(f"{W}pPr/{W}numPr") is None


@pytest.mark.parametrize("kind", ["mandat", "retningslinje", "vedlegg", "organisering"])
def test_long_documents_have_a_table_of_contents_that_word_knows(kind):
    document = template(kind).part("document")
    instructions = {field.text for field in document.iter(f"{W}instrText")}

    assert value(document.find(f".//{W}docPartGallery")) == "Table of Contents"
    assert instructions == {' TOC \\o "1-2" \\h \\z \\u '}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.1, 1.4.3)."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (look.INK, "FFFFFF"), (look.INK, look.TINT), (look.GREY, "FFFFFF"), (look.GREY, look.PALE),
        (look.DRAFT, look.DRAFT_TINT), (look.DRAFT, "FFFFFF"), (look.LINK, "FFFFFF"), (look.TAG, "FFFFFF"),
    ],
)  # fmt: skip
def test_letters_can_be_read_on_their_ground(ink, ground):
    assert contrast(ink, ground) >= 4.5
