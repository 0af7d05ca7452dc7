"""What the documents made of the templates say, and what they leave out."""

from __future__ import annotations

import re

import pytest

from docgen.words import words
from tests.docx_validity import faults_of_docx
from tests.templates.conftest import W, made, shown, value
from tests.templates.samples import KINDS, LANGUAGES, bare, long, sample


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("draft", [False, True])
def test_a_full_document_is_whole_and_has_no_tag_left(kind, language, draft):
    document = made(kind, sample(kind, language, draft=draft), language)

    assert faults_of_docx(document.data) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bare_document_is_whole_and_has_no_tag_left(kind, language):
    document = made(kind, bare(kind, language), language)

    assert faults_of_docx(document.data) == []


def test_a_long_document_is_whole(kind):
    assert faults_of_docx(made(kind, long(kind)).data) == []


def test_a_heading_without_anything_under_it_is_left_out(kind):
    """What is always there: the list of cases, and where the extract is signed."""
    always = {"innkalling": {"Saksliste"}, "tilleggssaksliste": {"Saker"}, "protokoll": {"Saker"}}
    paragraphs = made(kind, bare(kind)).part("document").iter(f"{W}p")

    headings = [shown(p) for p in paragraphs if value(p.find(f"{W}pPr/{W}pStyle")).startswith("Heading")]

    case = {"Godkjenning av innkalling og saksliste"} if kind == "protokoll" else set()
    assert set(headings) == always.get(kind, set()) | case


def test_a_bare_document_has_no_empty_paragraph_or_table(kind):
    document = made(kind, bare(kind)).part("document")

    for paragraph in document.iter(f"{W}p"):
        assert shown(paragraph).strip() or next(paragraph.iterancestors(f"{W}tc"), None) is not None
    for table in document.iter(f"{W}tbl"):
        assert len(table.findall(f"{W}tr")) > 1


def test_a_draft_says_so_on_every_page_and_a_final_document_does_not(kind):
    draft, final = made(kind, sample(kind, draft=True)), made(kind, sample(kind))

    for header in ("header1", "header2"):
        assert any("UTKAST" in line for line in draft.text(header))
        assert not any("UTKAST" in line for line in final.text(header))


@pytest.mark.parametrize(("label", "letters"), [("intern", "000000"), ("åpen", "FFFFFF"), ("fortrolig", "FFFFFF")])
def test_the_label_stands_in_its_colour_with_letters_that_read_on_it(kind, label, letters):
    context = sample(kind, label=label)
    header = made(kind, context).part("header1")
    cell = next(cell for cell in header.iter(f"{W}tc") if "Følsomhet" in "".join(cell.itertext()))

    light = any(value(run) == "LysSkrift" for run in cell.iter(f"{W}rStyle"))

    assert value(cell.find(f"{W}tcPr/{W}shd"), "fill") == context["dokument"]["følsomhet"]["farge"]
    assert light == (letters == "FFFFFF")


def test_a_document_without_a_label_has_no_coloured_cell(kind):
    header = made(kind, sample(kind, label="")).part("header1")

    assert header.find(f".//{W}shd") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_name_owner_and_page_number(kind, language):
    context = sample(kind, language)
    document = made(kind, context, language)

    assert any(context["dokument"]["navn"] in line for line in document.text("header1"))
    for footer in ("footer1", "footer2"):
        assert document.text(footer) == ["Helsefellesskapet Fjordlandet\tSide 1 av 1"]
        fields = [field.text.strip() for field in document.part(footer).iter(f"{W}instrText")]
        assert fields == ["PAGE", "NUMPAGES"]


def test_the_version_stands_in_the_header_and_among_the_facts():
    document = made("retningslinje", sample("retningslinje"))

    assert any(re.search(r"Versjon:\s2$", line) for line in document.text("header1"))
    assert "Versjon\t2" in document.text()


def test_the_agenda_lists_cases_with_their_points_and_remarks():
    text = made("innkalling", sample("innkalling")).text()

    first = text.index("01/22")
    assert text[first + 1] == "Godkjenning av innkalling og saksliste"
    assert "Budsjett for sekretariatet (Trukket)" in text
    assert "Gjennomgang av status for tiltakene" in text
    assert "Forfall meldes til sekretariat@fjordlandet.example." in text
    assert "Unntatt offentlighet, jf. offentleglova § 23" in [line.replace("\N{NO-BREAK SPACE}", " ") for line in text]


def test_a_line_without_a_number_leaves_the_number_empty():
    rows = made("innkalling", sample("innkalling")).part("document").iter(f"{W}tr")

    last = list(rows)[-1]

    assert [shown(cell.find(f"{W}p")) for cell in last.iter(f"{W}tc")] == ["", "Eventuelt"]


def test_the_minutes_head_a_case_with_its_number():
    text = made("protokoll", sample("protokoll")).text()

    assert "04/22 Budsjett for sekretariatet (Trukket)" in text
    assert "Eventuelt" in text


def test_the_prefilled_minutes_hold_a_control_for_each_field_of_each_case():
    context = sample("protokoll", draft=True)
    document = made("protokoll", context).part("document")

    tags = [value(tag) for tag in document.iter(f"{W}tag")]

    wanted = [tag for case in context["saker"] for tag in case["felt"].values()]
    assert tags == ["fremmøte", "forfall", *wanted]


def test_a_control_keeps_what_was_written_before_the_meeting():
    context = sample("protokoll", draft=True)
    context["saker"][0]["vedtak"] = type(context["endringer"])("Godkjent.")
    document = made("protokoll", context).part("document")

    control = next(c for c in document.iter(f"{W}sdt") if value(c.find(f"{W}sdtPr/{W}tag")) == "sak:01/22:vedtak")

    assert [shown(p) for p in control.iter(f"{W}p")] == ["Godkjent."]
    assert control.find(f"{W}sdtPr/{W}showingPlcHdr") is None


def test_the_minutes_after_the_meeting_have_no_controls():
    document = made("protokoll", sample("protokoll")).part("document")

    assert document.find(f".//{W}sdt") is None


def test_the_table_of_contents_names_the_chapters_and_gives_no_page_number():
    context = sample("retningslinje")
    paragraphs = made("retningslinje", context).part("document").iter(f"{W}p")

    lines = [shown(p) for p in paragraphs if value(p.find(f"{W}pPr/{W}pStyle")) == "TOC1"]

    assert lines == [chapter["tittel"] for chapter in context["kapitler"]] + ["Vedlegg", "Versjonslogg"]


@pytest.mark.parametrize("without", ["kapitler_før", "kapitler_etter", "vedlegg", ""])
@pytest.mark.parametrize("kind", ["mandat", "retningslinje", "vedlegg", "organisering"])
def test_the_table_of_contents_is_one_whole_field(kind, without):
    context = sample(kind)
    context["dokument"]["innholdsfortegnelse"] = True
    if without in context:
        context[without] = []

    marks = made(kind, context).part("document").iter(f"{W}fldChar")

    assert [value(mark, "fldCharType") for mark in marks] == ["begin", "separate", "end"]


@pytest.mark.parametrize("kind", ["mandat", "retningslinje", "vedlegg", "organisering"])
def test_a_short_document_has_no_table_of_contents(kind):
    context = sample(kind)
    context["dokument"]["innholdsfortegnelse"] = False

    assert made(kind, context).part("document").find(f".//{W}docPartGallery") is None


def test_a_mandate_without_deputies_has_no_column_for_them():
    context = sample("mandat")
    with_deputies = made("mandat", context).text()
    without = made("mandat", context | {"har_vara": False}).text()

    assert "Vara" in with_deputies
    assert "Vara" not in without


def test_nynorsk_documents_print_no_bokmål_word_of_ours():
    """Words that differ between the two, wherever a template prints them."""
    nb, nn = words("nb"), words("nn")
    differing = {nb[key] for key in nb if nb[key] != nn[key]} - set(nn.values())

    for kind in KINDS:
        printed = set(made(kind, bare(kind, "nn"), "nn").text()) | set(made(kind, sample(kind, "nn"), "nn").text())

        assert not printed & differing
