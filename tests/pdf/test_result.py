"""What is in a PDF, and when none is given: the title, the bookmarks, the pages of the contents, and what it claims."""

from __future__ import annotations

import io
import re
import time
import zipfile

import docx
import pikepdf
import pypdf
import pytest
from docx.oxml import OxmlElement

from docgen.deliver.pdf import Claims, Converter, Document
from docgen.deliver.pdf.document import UnprovenError
from docgen.deliver.pdf.finishing import conformance, finished
from docgen.deliver.pdf.proof import prove
from docgen.deliver.pdf.word_file import word_file
from docgen.messages import speak
from tests.pdf import rich
from tests.pdf.inspection import tags
from tests.pdf.packing import zipped


@pytest.fixture(autouse=True)
def in_norwegian():
    speak("nb")


def of(converter: Converter, document: Document) -> bytes:
    ((_key, made),) = converter.convert([(1, document)])
    assert isinstance(made, bytes), made
    return made


def problem(converter: Converter, document: Document) -> str:
    ((_key, made),) = converter.convert([(1, document)])
    assert not isinstance(made, bytes)
    return str(made)


def test_the_same_document_gives_the_same_bytes_another_time_in_another_process(guideline):
    with Converter(1) as converter:
        first = of(converter, guideline)
    time.sleep(1.1)  # LibreOffice writes the time of day in seconds

    with Converter(1) as converter:
        assert of(converter, guideline) == first


def test_the_properties_are_the_documents_own(pdf, guideline):
    core = docx.Document(io.BytesIO(guideline.content)).core_properties
    told = pypdf.PdfReader(io.BytesIO(pdf)).metadata

    assert told.title == core.title == "Samarbeid om følgetjeneste"
    assert told.author == core.author == "Helsefellesskapet Nordvik"
    assert told.creation_date == core.created
    assert told.producer.startswith("docgen ")


def test_another_title_and_language_can_be_asked_for(converter, guideline):
    made = of(converter, Document(guideline.name, guideline.content, "nynorsk", "Ein annan tittel <&>"))

    told = pypdf.PdfReader(io.BytesIO(made))
    assert told.metadata.title == "Ein annan tittel <&>"
    assert told.xmp_metadata.dc_title["x-default"] == "Ein annan tittel <&>"
    assert told.root_object["/Lang"] == "nn-NO"


def test_the_bookmarks_are_the_headings_on_their_pages(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    found = list(flat(reader.outline))

    assert [one.title for one in found] == [
        "1 A Avtale",
        "1.1 Under",
        "1.1.1 Lenger under",
        "2 B Bilde",
        "3 C Lister",
        "4 D Tabell",
    ]
    for one in found:
        page = reader.get_destination_page_number(one)
        assert one.title.partition(" ")[2] in reader.pages[page].extract_text()


def flat(outline):
    for one in outline:
        if isinstance(one, list):
            yield from flat(one)
        else:
            yield one


def test_the_table_of_contents_tells_the_pages_where_the_headings_are(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    contents = reader.pages[0].extract_text()

    for title in ("A Avtale", "B Bilde", "C Lister", "D Tabell"):
        told = int(re.search(rf"{title}[ .\t]*(\d+)", contents)[1])
        assert told > 1 or title == "A Avtale"
        assert re.search(rf"^\d {title}", reader.pages[told - 1].extract_text(), re.MULTILINE)


def test_every_page_tells_its_number_and_how_many_there_are(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))

    for number, page in enumerate(reader.pages, 1):
        assert f"{number} av {len(reader.pages)}" in page.extract_text()


def test_quotes_lists_tables_and_pictures_are_tagged_as_what_they_are(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = list(tags(opened))

    kinds = {tag.kind for tag in found}
    assert {"/TOC", "/TOCI", "/L", "/LI", "/LBody", "/Table", "/TH", "/TD", "/Figure", "/Note", "/Link"} <= kinds


def test_the_picture_is_told_in_words(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        told = [str(tag.object.Alt) for tag in tags(opened) if tag.kind == "/Figure"]

    assert told == [rich.ALT["nb"]]


def changed(document: Document, old: str, new: str) -> Document:
    """Return a document with something else in its text or properties."""
    target = io.BytesIO()
    count = 0
    with zipfile.ZipFile(io.BytesIO(document.content)) as source, zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            content, times = re.subn(old.encode(), new.encode(), source.read(name))
            count += times
            package.writestr(name, content)
    assert count
    return Document(document.name, target.getvalue())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'descr="[^"]+"', 'descr=""'),
        (r"<w:tblHeader/>", ""),
        (r'<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Heading3"/>'),
        (r"<dc:title>[^<]+</dc:title>", ""),
    ],
    ids=["alternative text", "header row", "heading level", "title"],
)
def test_what_lacks_something_that_only_its_maker_can_give_claims_no_accessibility(converter, guideline, old, new):
    made = of(converter, changed(guideline, old, new))

    assert conformance(made) == Claims("2b", is_pdf_ua=False)


def test_a_truncated_document_is_named(converter, guideline):
    told = problem(converter, Document("Kuttet.docx", guideline.content[:5000]))

    assert told.startswith("Kuttet.docx: Filen er skadet, eller er ikke det navnet sier")


@pytest.mark.parametrize("name", ["Tom.docx", "Tom.odt"])
def test_an_empty_file_gives_no_blank_pdf(converter, name):
    assert "Filen er skadet" in problem(converter, Document(name, b""))


@pytest.mark.parametrize("name", ["Program.exe", "Side.html", "Uten endelse"])
def test_a_file_of_another_kind_is_named(converter, name):
    told = problem(converter, Document(name, b"<p>Hei</p>"))

    assert told.startswith(f"{name}: Av denne filtypen blir det ikke laget PDF.")


@pytest.mark.parametrize("name", ["Notat.txt", "Tabell.csv"])
def test_other_kinds_become_pdf_that_claims_no_accessibility(converter, name):
    content = {".txt": "Hei på deg\n".encode(), ".csv": b"a;b\n1;2\n"}[name[-4:]]

    made = of(converter, Document(name, content))

    assert conformance(made) == Claims("2b")


def test_a_file_that_libreoffice_can_not_open_is_named(converter):
    told = problem(converter, Document("Notat.odt", zipped({"content.xml": "<a/>"})))

    assert told.startswith("Notat.odt: LibreOffice kan ikke åpne filen")


def test_a_bomb_in_a_document_is_named(converter, guideline, monkeypatch):
    monkeypatch.setattr("docgen.deliver.pdf.word_file.MOST_XML", 1000)

    assert "Filen er skadet" in problem(converter, guideline)


def test_a_pdf_without_the_first_or_last_words_is_no_proof(pdf, guideline):
    word = word_file(guideline.content)

    assert (word.first, word.last) == ("retningslinje9", "detteerdetsisteavsnittet")
    assert prove(pdf, word.first, word.last) >= 5
    with pytest.raises(UnprovenError):
        prove(pdf, "detsombarestårher", word.last)
    with pytest.raises(UnprovenError):
        prove(pdf, word.first, "detsombarestårher")
    with pytest.raises(UnprovenError):
        prove(pdf[:2000])


def test_a_pdf_that_lacks_words_is_thrown_away(guideline, monkeypatch):
    right = word_file

    def with_more(content):
        import dataclasses

        return dataclasses.replace(right(content), last="detsomaldrikomut")

    monkeypatch.setattr("docgen.deliver.pdf.prepared.word_file", with_more)
    with Converter(1) as converter:
        told = problem(converter, guideline)

    assert "Ikke hele dokumentet kom med i PDF-en, så den ble kastet." in told


def test_the_words_of_fields_deletions_and_frames_are_not_looked_for():
    written_file = docx.Document()
    written_file.add_paragraph("Først")
    deleted = written_file.add_paragraph("Til slutt")
    deleted.add_run(" og slettet")
    run = deleted.runs[-1]._r
    parent = run.getparent()
    wrapper = docx.oxml.parse_xml(
        '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="a"/>'
    )
    parent.replace(run, wrapper)
    wrapper.append(run)
    hidden = written_file.add_paragraph("Skjult")
    hidden.runs[0].font.hidden = True
    target = io.BytesIO()
    written_file.save(target)

    word = word_file(target.getvalue())

    assert (word.first, word.last) == ("først", "tilslutt")


@pytest.mark.parametrize(
    ("said", "expected"),
    [([' TOC \\o "1-3" '], True), ([" T", 'OC \\o "1-3" '], True), ([" PAGE ", " REF _Ref1 "], False), ([], False)],
    ids=["whole", "in pieces", "other fields", "no field"],
)
def test_a_table_of_contents_is_found_however_it_is_said(said, expected):
    document = docx.Document()
    paragraph = document.add_paragraph("Innhold")
    for piece in said:
        text = OxmlElement("w:instrText")
        text.text = piece
        paragraph.add_run()._r.append(text)
    target = io.BytesIO()
    document.save(target)

    assert word_file(target.getvalue()).has_indexes is expected


def test_what_is_no_pdf_is_no_proof():
    from docgen.deliver.pdf.about import About

    with pytest.raises(UnprovenError):
        finished(b"%PDF-1.7 og resten mangler", About())
