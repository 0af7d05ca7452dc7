"""What secretariats attach besides Word and PDF: all of it comes out on paper, and no PDF claims more than it keeps."""

from __future__ import annotations

import io

import docx
import page as page_validation
import pdfua
import pikepdf
import pypdf
import pytest
from docx.oxml import parse_xml
from openpyxl import Workbook

from docgen.deliver.pdf import Claims, Document
from docgen.deliver.pdf.finishing import conformance
from docgen.deliver.pdf.word_file import word_file
from docgen.messages import speak
from tests.pdf.inspection import marked_content, pictures, structure
from tests.pdf.packing import DRAWING, open_document
from tests.pdf.reaching_out import svg
from tests.pdf.reaching_out_sheets import odg, odp, pptx
from tests.pdf.test_result import of, problem

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOTH = Claims("2a", is_pdf_ua=True)


@pytest.fixture(autouse=True)
def in_norwegian():
    speak("nb")


def attached(name: str, content: bytes) -> Document:
    return Document(name, content, "bokmål", "Vedlegg til sak 3")


def text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    boxes = (page.mediabox for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return [(round(box.width), round(box.height)) for box in boxes]


def workbook(columns: int, rows: int = 30) -> bytes:
    """Return a workbook with a sheet of so many cells, a hidden one, and one more."""
    book = Workbook()
    budget = book.active
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            budget.cell(row, column, f"r{row}k{column}")
    hidden = book.create_sheet("Lønn")
    hidden["A1"], hidden.sheet_state = "Skjult beløp", "hidden"
    book.create_sheet("Tre")["A1"] = "Siste ark"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def word(*changes) -> bytes:
    document = docx.Document()
    document.add_heading("Notat", 1)
    document.add_paragraph("Første avsnitt")
    for change in changes:
        change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def with_lines(document) -> None:
    line = '<w:{} w:val="single" w:sz="4" w:space="1" w:color="auto"/>'
    borders = "".join(map(line.format, ("top", "left", "bottom", "right")))
    framed = document.add_paragraph("Med ramme")
    framed._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {W}>{borders}</w:pBdr>"))
    document.add_paragraph("Etter rammen")


def with_bullets(document) -> None:
    document.add_paragraph("Et punkt", style="List Bullet")
    document.add_paragraph("Et punkt under", style="List Bullet 2")


def with_a_sign(code: str):
    def change(document) -> None:
        sign = parse_xml(f'<w:r {W}><w:sym w:font="Wingdings" w:char="{code}"/></w:r>')
        document.add_paragraph("Tegn: ")._p.append(sign)

    return change


FILES = {
    "Ramme.docx": (word(with_lines), BOTH),
    "Punkter.docx": (word(with_bullets), BOTH),
    "Hake.docx": (word(with_a_sign("F0FC")), BOTH),
    "Telefon.docx": (word(with_a_sign("F029")), Claims("2b")),
    "Notat.odt": (open_document("text", "<text:h text:outline-level='1'>Notat</text:h><text:p>Hei</text:p>"), BOTH),
    "Notat.rtf": (rb"{\rtf1\ansi Hei\par}", BOTH),
    "Notat.txt": ("Møte\r\n\tslutt\r\n".encode(), BOTH),
    "Skisse.svg": (svg("http://127.0.0.1:9/a.png"), BOTH),
    "Tabell.csv": (b"Navn;Sum\r\nA;1\r\n", Claims("2b")),
    "Budsjett.xlsx": (workbook(4), Claims("2b")),
    "Lysbilder.pptx": (pptx(), Claims("2b")),
    "Lysbilder.odp": (odp(), Claims("2b")),
    "Kart.odg": (odg(), Claims("2b")),
}


@pytest.fixture(scope="module")
def made(converter):
    speak("nb")
    jobs = [(name, attached(name, content)) for name, (content, _claims) in FILES.items()]
    return dict(converter.convert(jobs))


@pytest.mark.parametrize("name", FILES)
def test_a_pdf_claims_what_the_validators_find_and_no_more(made, name, tmp_path):
    pdf = made[name]
    assert isinstance(pdf, bytes), pdf
    place = tmp_path / "vedlegg.pdf"
    place.write_bytes(pdf)
    known = page_validation.ValidationProfile
    profiles = [known.PDF_A_2A, known.PDF_UA_1] if conformance(pdf) == BOTH else [known.PDF_A_2B]

    for profile in profiles:
        report = page_validation.validate_pdf(str(place), profile=profile)
        assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    if conformance(pdf).is_pdf_ua:
        assert [(found.rule_id, found.message) for found in pdfua.validate(str(place)).findings] == []
    assert conformance(pdf) == FILES[name][1]


def test_lines_around_a_paragraph_are_still_there(made):
    content = pypdf.PdfReader(io.BytesIO(made["Ramme.docx"])).pages[0].get_contents().get_data()

    assert content.count(b" l S") >= 4
    assert content.count(b"BMC") + content.count(b"BDC") == content.count(b"EMC")
    assert [line for line in text(made["Ramme.docx"]).splitlines() if line] == [
        "Notat",
        "Første avsnitt",
        "Med ramme",
        "Etter rammen",
    ]


def test_bullets_are_read_as_bullets(made):
    assert text(made["Punkter.docx"]).count("•") == 2
    assert "✓" in text(made["Hake.docx"])


def test_a_text_box_in_a_word_file_claims_what_it_keeps(converter, tmp_path):
    shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    place = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"

    def with_a_box(document) -> None:
        document.element.body.insert(
            1,
            parse_xml(
                f'<w:p {W} xmlns:wp="{place}" xmlns:a="{DRAWING}/main" xmlns:wps="{shape}"><w:r><w:drawing><wp:inline>'
                '<wp:extent cx="2000000" cy="900000"/><wp:docPr id="5" name="Boks" descr="En boks"/><a:graphic>'
                f'<a:graphicData uri="{shape}"><wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
                '<a:ext cx="2000000" cy="900000"/></a:xfrm><a:prstGeom prst="ellipse"/></wps:spPr><wps:txbx>'
                "<w:txbxContent><w:p><w:r><w:t>I boksen</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/>"
                "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
            ),
        )

    pdf = of(converter, attached("Boks.docx", word(with_a_box)))

    file = tmp_path / "boks.pdf"
    file.write_bytes(pdf)
    report = page_validation.validate_pdf(str(file), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert "I boksen" in text(pdf)
    assert report.is_compliant or not conformance(pdf).is_pdf_ua


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_plain_text_is_read_in_its_own_encoding_to_the_last_line(converter, encoding):
    lines = ["Ærlig talt", "", *(f"\t{number} kroner" for number in range(200)), "på Ås"]

    pdf = of(converter, attached("Notat.txt", "\r\n".join(lines).encode(encoding)))

    assert [line.split() for line in text(pdf).splitlines() if line.strip()] == [line.split() for line in lines if line]


def test_a_form_feed_in_a_plain_text_begins_a_page(converter):
    pdf = of(converter, attached("Notat.txt", b"En\nto\n\x0ctre <&>\x07\n"))

    pages = [page.extract_text().split() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert pages == [["En", "to"], ["tre", "<&>"]]


def test_a_plain_text_needs_no_libreoffice(monkeypatch):
    from docgen.deliver.pdf import Converter

    monkeypatch.setattr("docgen.deliver.pdf.converter.office", lambda: None)
    with Converter(1) as converter:
        assert "på Ås" in text(of(converter, attached("Notat.txt", "Hei\npå Ås".encode())))
        assert "Uten LibreOffice blir det bare laget PDF" in problem(converter, attached("a.svg", svg("a")))
        assert "Uten LibreOffice blir det bare laget PDF" in problem(converter, attached("a.csv", b"a;b"))


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_cells_of_a_plain_table_stay_the_texts_that_they_are(converter, separator):
    rows = [["Sak", "Nr", "Dato", "Merknad"], ["01/22", "0150", "22.10", "=1+1"], ["ø", "1E5", "TRUE", "slutt å"]]
    content = "\r\n".join(separator.join(row) for row in rows).encode("cp1252")

    pdf = of(converter, attached("Saker.csv", content))

    assert [line.split() for line in text(pdf).splitlines() if line.strip()] == [" ".join(row).split() for row in rows]


def test_a_plain_table_keeps_its_headings_on_every_page_and_loses_no_line(converter):
    rows = ["sep=;", "Navn;Sum", *(f"Post {number};{number}" for number in range(150))]

    pdf = of(converter, attached("Poster.csv", "\n".join(rows).encode()))

    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) > 2
    assert all("Navn" in page for page in pages)
    found = " ".join(pages)
    assert [number for number in range(150) if f"Post {number}" not in found] == []


def test_a_table_that_came_out_short_is_thrown_away(converter, monkeypatch):
    from docgen.deliver.pdf import table

    right = table.as_workbook
    monkeypatch.setattr(table, "as_workbook", lambda rows: right(rows[:-1]))

    told = problem(converter, attached("Saker.csv", b"Sak;Nr\nen;to\nden siste;raden\n"))

    assert "Ikke hele dokumentet kom med i PDF-en" in told


def test_every_column_of_a_sheet_stands_beside_the_others(converter):
    pdf = of(converter, attached("Budsjett.xlsx", workbook(14)))

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert sizes(pdf) == [(842, 595), (595, 842)]
    assert {"r1k1", "r1k14", "r30k14"} <= set(reader.pages[0].extract_text().split())
    assert reader.pages[1].extract_text().strip() == "Siste ark"


def test_a_narrow_sheet_stays_upright_and_a_huge_one_readable(converter):
    narrow = of(converter, attached("Smal.xlsx", workbook(4)))
    huge = of(converter, attached("Bred.xlsx", workbook(80)))

    assert sizes(narrow) == [(595, 842)] * 2
    assert sizes(huge) == [(842, 595)] * 3 + [(595, 842)]  # side by side
    assert {f"r30k{column}" for column in range(1, 81)} <= set(text(huge).split())


def test_a_hidden_sheet_is_not_shown(made):
    assert "Skjult beløp" not in text(made["Budsjett.xlsx"])
    assert "Siste ark" in text(made["Budsjett.xlsx"])


def test_slides_come_one_a_page_and_hidden_ones_not(converter):
    slide = (
        '<draw:page draw:name="{0}"{1}><draw:frame svg:width="9cm" svg:height="3cm"><draw:text-box><text:p>Bilde {0}'
    )
    end = "</text:p></draw:text-box></draw:frame></draw:page>"
    body = "".join(slide.format(number, "") + end for number in (1, 2, 3))

    pdf = of(converter, attached("Foredrag.odp", open_document("presentation", body)))

    pages = [page.extract_text().strip() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert pages == ["Bilde 1", "Bilde 2", "Bilde 3"]


def test_a_drawing_is_as_large_as_it_says_and_told_in_words(made):
    reader = pypdf.PdfReader(io.BytesIO(made["Skisse.svg"]))

    figure = next(tag for tag in tags(reader.root_object["/StructTreeRoot"]) if tag.get("/S") == "/Figure")
    assert figure["/Alt"] == "Vedlegg til sak 3"
    assert "Hit og ikke lenger." in reader.pages[0].extract_text()


def test_a_drawing_is_held_by_the_tag_that_tells_what_it_shows(made):
    with pikepdf.open(io.BytesIO(made["Skisse.svg"])) as opened:
        assert [*structure(opened), *marked_content(opened), *pictures(opened)] == []
        content = opened.pages[0].Contents.read_bytes()

    assert content.index(b"/Figure<</MCID 0>>BDC") < content.index(b"BT") < content.rindex(b"EMC")


def tags(element):
    below = element.get("/K", [])
    for kid in below if isinstance(below, list) else [below]:
        one = kid.get_object()
        if hasattr(one, "get"):
            yield one
            yield from tags(one)


@pytest.mark.parametrize("name", ["Skisse.svg", "Budsjett.xlsx", "Notat.docx", "Notat.odt"])
def test_a_broken_attachment_is_named(converter, name):
    told = problem(converter, attached(name, b"PK\x03\x04 og resten mangler"))

    assert told.startswith(f"{name}: Filen er skadet, eller er ikke det navnet sier")


@pytest.mark.parametrize("name", ["Logg.txt", "Logg.csv", "Celler.csv"])
def test_what_is_too_long_for_paper_is_named(converter, name):
    content = b";\n" * 150_000 if name == "Celler.csv" else b"en linje i en logg\n" * 300_000

    assert f"{name}: Filen er for lang til å bli sider" in problem(converter, attached(name, content))


@pytest.mark.parametrize("name", ["Budsjett.xls", "Notat.doc", "Foredrag.ppt", "Notat.rtf"])
def test_what_libreoffice_takes_for_plain_text_is_refused(converter, name):
    """So it takes what is broken, and all sheets and slides where its part for them is not installed."""
    told = problem(converter, attached(name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 og resten mangler"))

    assert "LibreOffice kan ikke åpne filen" in told
    assert "installer hele" in told
    assert text(of(converter, attached("Notat.txt", b"Hei"))).strip() == "Hei"


def test_the_words_of_a_plain_text_are_looked_for():
    from docgen.deliver.pdf.prepared import prepared

    document, word = prepared(attached("Notat.txt", b"Begynnelsen\nmidten\nslutten\n"))

    assert (word.first, word.last) == ("begynnelsen", "slutten")
    assert word_file(document.content).first == "begynnelsen"
