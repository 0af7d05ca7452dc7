"""What a compiled template makes is a whole Word document: tables, cells, ids, properties, language and parts."""

from __future__ import annotations

import subprocess
import sys

import pytest
from docx import Document
from docx.shared import Pt

from docgen.model.values import Markdown
from docgen.render import compile_template
from tests.docx_validity import faults_of_docx
from tests.render.word_files import (
    NS,
    changed,
    opened,
    parts_of,
    rendered,
    rows,
    saved,
    table_file,
    texts,
    with_part,
    with_xml,
    word_file,
)


def test_formatted_text_takes_the_look_of_its_place() -> None:
    document = Document()
    document.add_heading("Overskrift", 1)
    document.add_paragraph("{{p tekst }}", style="Quote")
    paragraph = document.add_paragraph()
    run = paragraph.add_run("Punkt: {{r punkt }} slutt")
    run.italic = True
    run.font.size = Pt(8)

    made = rendered(saved(document), {"tekst": Markdown("Et **viktig** ord"), "punkt": Markdown("**fett**")})

    quote, line = opened(made).paragraphs[1:3]
    assert (quote.text, quote.style.name) == ("Et viktig ord", "Quote")
    assert line.text == "Punkt: fett slutt"
    assert all(run.italic and run.font.size == Pt(8) for run in line.runs if run.text)
    assert [run.bold for run in line.runs if run.text == "fett"] == [True]
    assert faults_of_docx(made) == []


def test_rows_and_cells_repeat() -> None:
    template = table_file(
        ["Navn", "Rolle"], ["{%tr for m in folk %}", ""], ["{{ m.navn }}", "{{ m.rolle }}"], ["{%tr endfor %}", ""]
    )

    made = rendered(template, {"folk": [{"navn": "Kari", "rolle": "leder"}, {"navn": "Ola", "rolle": ""}]})

    assert rows(made) == [["Navn", "Rolle"], ["Kari", "leder"], ["Ola", ""]]
    assert faults_of_docx(made) == []


def test_a_table_without_rows_vanishes() -> None:
    template = table_file(["{%tr for m in folk %}"], ["{{ m }}"], ["{%tr endfor %}"])

    empty, full = rendered(template, {"folk": []}), rendered(template, {"folk": ["<w:tr>"]})

    assert opened(empty).tables == []
    assert faults_of_docx(empty) == []
    assert rows(full) == [["<w:tr>"]]


@pytest.mark.parametrize("names", [[], ["Kari"], ["Kari", "Ola", "Per", "Pål"]])
def test_the_grid_of_a_table_follows_its_cells(names: list[str]) -> None:
    template = table_file(["Navn", "{%tc for n in navn %}", "{{ n }}", "{%tc endfor %}"], ["Fast", "", "", ""])

    made = rendered(template, {"navn": names})

    grid = opened(made).tables[0]._tbl.tblGrid.gridCol_lst
    assert len(grid) == max(4, 1 + len(names))
    assert [cell.text for cell in opened(made).tables[0].rows[0].cells] == ["Navn", *names]
    assert faults_of_docx(made) == []


def test_a_cell_whose_paragraphs_all_vanish_keeps_one() -> None:
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "{%p for x in saker %}"
    cell.add_paragraph("{{ x }}")
    cell.add_paragraph("{%p endfor %}")

    made = rendered(saved(document), {"saker": []})
    full = rendered(saved(document), {"saker": ["a", "b"]})

    assert rows(made) == [[""]]
    assert faults_of_docx(made) == []
    assert rows(full) == [["a\nb"]]


def test_a_header_whose_paragraphs_all_vanish_keeps_one() -> None:
    document = Document()
    header = document.sections[0].header
    header.paragraphs[0].text = "{%p if utkast %}"
    header.add_paragraph("UTKAST")
    header.add_paragraph("{%p endif %}")

    made = rendered(saved(document), {"utkast": False})

    assert [paragraph.text for paragraph in opened(made).sections[0].header.paragraphs] == [""]
    assert faults_of_docx(made) == []


def test_cellbg_and_colspan_set_the_cell() -> None:
    template = table_file(["{% cellbg farge %}{{ navn }}", "{% colspan bredde %}b"])

    made = parts_of(rendered(template, {"farge": "FFAA00", "navn": "Intern", "bredde": "2"}))[
        "word/document.xml"
    ].decode()

    assert '<w:shd w:val="clear" w:color="auto" w:fill="FFAA00"/>' in made
    assert '<w:gridSpan w:val="2"/>' in made


def test_a_value_in_a_property_is_escaped_for_its_place() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:tag w:val="{{ felt }}"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>x</w:t></w:r></w:p>'
        "</w:sdtContent></w:sdt>"
    )

    made = rendered(with_xml(word_file("a"), control), {"felt": 'a"b<c>\n&d'})

    assert 'w:val="a&quot;b&lt;c&gt; &amp;d"' in parts_of(made)["word/document.xml"].decode()
    assert faults_of_docx(made) == []


def test_bookmarks_and_drawings_in_a_loop_do_not_repeat_their_ids() -> None:
    inside = (
        '<w:p><w:bookmarkStart w:id="7" w:name="her"/><w:r><w:t>{{ x }}</w:t></w:r><w:bookmarkEnd w:id="7"/>'
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="1" cy="1"/><wp:docPr id="3" name="Logo"/></wp:inline></w:drawing></w:r></w:p>'
    )
    line = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    loop = line.format("{%p for x in saker %}") + inside + line.format("{%p endfor %}")

    made = rendered(with_xml(word_file("a"), loop), {"saker": ["en", "to"]})

    assert texts(made)[1:] == ["en", "to"]
    assert parts_of(made)["word/document.xml"].count(b"<wp:docPr ") == 2
    assert faults_of_docx(made) == []


def test_the_documents_properties_are_its_own() -> None:
    document = Document()
    document.core_properties.author = "En ansatt"
    document.add_paragraph("{{ a }}")
    template = compile_template(saved(document), "mal.docx", None)

    made = template.render(
        {"a": "x"}, {"docgen.sak": 'SSU "03/22"'}, "Innkalling & saker", "nn-NO", owner="Helse <Nord>"
    )

    core = opened(made).core_properties
    assert (core.title, core.author, core.language) == ("Innkalling & saker", "Helse <Nord>", "nn-NO")
    assert core.created.year == core.modified.year == 2000
    assert b'name="docgen.sak"><vt:lpwstr>SSU &quot;03/22&quot;</vt:lpwstr>' in parts_of(made)["docProps/custom.xml"]
    assert b'custom-properties" Target="docProps/custom.xml"' in parts_of(made)["_rels/.rels"]
    assert not any(b"En ansatt" in content for content in parts_of(made).values())
    assert faults_of_docx(made) == []


@pytest.mark.parametrize("language", ["nb-NO", "nn-NO"])
def test_the_text_says_which_language_it_is_in(language: str) -> None:
    template = compile_template(word_file("{{ a }}"), "mal.docx", None)

    styles = parts_of(template.render({"a": "x"}, {}, "T", language))["word/styles.xml"].decode()

    assert f'<w:lang w:val="{language}"' in styles


def test_traces_of_editing_do_not_reach_the_document() -> None:
    data = changed(
        word_file("{{ a }}"),
        "word/settings.xml",
        "</w:settings>",
        '<w:docVars><w:docVar w:name="hemmelig" w:val="x"/></w:docVars>'
        '<w:rsids><w:rsid w:val="00AA"/></w:rsids></w:settings>',
    )
    data = changed(data, "word/document.xml", "<w:p>", '<w:p w:rsidR="00AABB11">')

    made = parts_of(rendered(data, {"a": "x"}))

    assert b"hemmelig" not in made["word/settings.xml"]
    assert b"rsid" not in made["word/settings.xml"] + made["word/document.xml"]


def test_comments_in_a_template_do_not_reach_the_document() -> None:
    document = Document()
    paragraph = document.add_paragraph("{{ a }}")
    document.add_comment(paragraph.runs, "Husk å spørre Kari", "Ola", "O")

    made = rendered(saved(document), {"a": "x"})

    assert "word/comments.xml" not in parts_of(made)
    assert not any(b"Kari" in content for content in parts_of(made).values())
    assert faults_of_docx(made) == []


def test_untouched_parts_keep_their_bytes() -> None:
    data = with_part(word_file("{{ a }}"), "word/media/logo.png", bytes(range(256)) * 40, "image/png")

    made = rendered(data, {"a": "x"})

    assert parts_of(made)["word/media/logo.png"] == parts_of(data)["word/media/logo.png"]
    assert parts_of(made)["word/theme/theme1.xml"] == parts_of(data)["word/theme/theme1.xml"]


def test_a_file_saved_as_a_word_template_makes_documents() -> None:
    data = changed(word_file("{{ a }}"), "[Content_Types].xml", "document.main+xml", "template.main+xml")

    made = rendered(data, {"a": "x"})

    assert texts(made) == ["x"]


def test_a_loop_may_choose_and_may_say_what_stands_there_when_it_is_empty() -> None:
    data = word_file("{% for n in navn if n.stemme %}{{ n.navn }} {% else %}ingen{% endfor %}")
    names = [{"navn": "Kari", "stemme": True}, {"navn": "Ola", "stemme": False}]

    assert texts(rendered(data, {"navn": names})) == ["Kari "]
    assert texts(rendered(data, {"navn": names[1:]})) == ["ingen"]


def test_a_content_control_whose_paragraphs_all_vanish_keeps_one() -> None:
    line = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    inside = "".join(map(line.format, ("{%p if a %}", "x", "{%p endif %}")))
    data = with_xml(word_file("a"), f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>")

    made = parts_of(rendered(data, {"a": ""}))["word/document.xml"]

    assert b"<w:sdtContent><w:p/></w:sdtContent>" in made


def test_a_template_without_tags_is_a_document_too() -> None:
    made = rendered(word_file("Fast tekst"), {})

    assert texts(made) == ["Fast tekst"]
    assert faults_of_docx(made) == []


def test_a_tag_in_a_footnote_is_filled_in() -> None:
    note = '<w:footnote w:id="1"><w:p><w:r><w:t>{{ b }}</w:t></w:r></w:p></w:footnote>'
    data = with_part(
        word_file("{{ a }}"),
        "word/footnotes.xml",
        f"<w:footnotes {NS}>{note}</w:footnotes>".encode(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
    )

    made = rendered(data, {"a": "x", "b": "y & z"})

    assert b"y &amp; z" in parts_of(made)["word/footnotes.xml"]


def test_importing_the_engine_loads_no_word_library() -> None:
    heavy = "import sys, docgen.render; print([m for m in ('docxtpl', 'lxml', 'jinja2', 'docx') if m in sys.modules])"

    loaded = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)

    assert loaded.stdout.strip() == "[]"
