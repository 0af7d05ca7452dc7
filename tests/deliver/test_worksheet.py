"""A table as a workbook: texts stay texts, and the same table is the same bytes."""

import io
import re
import time
from datetime import date
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from docgen.deliver.facts import is_untouched
from docgen.deliver.worksheet import Sheet, workbook

HOSTILE = [
    "=1+1",
    "=cmd|'/c calc'!A1",
    "+1",
    "-1",
    "@SUM(1;2)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "'=1+1",
    '=HYPERLINK("http://x")',
    "#N/A",
    "2022-01-01",
    "01/22",
    "  to  ",
    "<b>&amp;</b>",
]


def read_back(data: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True))


def xml(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    return ZipFile(io.BytesIO(data)).read(name).decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_looks_like_something_else_comes_back_as_it_was(text):
    data = workbook(Sheet("Saker", ("Tittel",), ((text,),)))

    assert read_back(data) == [(text,)]
    assert not re.search(r"<f[ >]", xml(data))
    assert re.findall(r'<c r="A2" [^>]*t="(\w+)"', xml(data)) == ["inlineStr"]


def test_a_text_stays_a_text_when_somebody_edits_its_cell():
    data = workbook(Sheet("Saker", ("Tittel",), (("=1+1",),)))

    style = int(re.findall(r'<c r="A2" s="(\d+)"', xml(data))[0])
    formats = re.findall(r"<xf [^>]*>", xml(data, "xl/styles.xml").partition("<cellXfs")[2])
    assert 'quotePrefix="1"' in formats[style]
    assert 'numFmtId="49"' in formats[style]  # 49 is Excel's own format for text, ECMA-376 18.8.30


def test_what_excel_would_take_for_a_code_of_a_character_is_written_as_itself():
    data = workbook(Sheet("Saker", ("Tittel",), (("fil_x0041_navn",),)))

    # ECMA-376 22.9.2.19: a reader takes _x005F_ for the underscore that it stands for.
    assert "fil_x005F_x0041_navn" in xml(data)


def test_numbers_and_days_are_no_texts():
    data = workbook(Sheet("Saker", ("År", "Dato", "Tom"), ((2022, date(2022, 10, 24), ""),)))

    assert [str(value) for value in read_back(data)[0]] == ["2022", "2022-10-24 00:00:00", "None"]
    assert "24.10.2022" not in xml(data)


def test_the_same_table_makes_the_same_bytes_at_another_time():
    sheet = Sheet("Saker", ("Tittel",), (("Budsjett",),))
    first = workbook(sheet)
    time.sleep(2.1)  # a zip tells times in steps of two seconds

    assert workbook(sheet) == first


def test_a_workbook_that_was_saved_by_another_program_is_known_as_edited():
    made = workbook(Sheet("Saker", ("Tittel",), (("Budsjett",),)))
    saved = io.BytesIO()
    load_workbook(io.BytesIO(made)).save(saved)

    assert is_untouched(made)
    assert not is_untouched(saved.getvalue())


def test_a_table_without_rows_has_its_headings():
    page = load_workbook(io.BytesIO(workbook(Sheet("Saker", ("Organ", "Sak"), ())))).active

    assert [cell.value for cell in page[1]] == ["Organ", "Sak"]
    assert page.auto_filter.ref == "A1:B1"
