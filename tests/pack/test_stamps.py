"""A stamp stands on every page, upright as the page is seen, and covers nothing."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf
from PIL import Image, ImageChops

from docgen.deliver.pack.font import written
from docgen.deliver.pack.merged import merged
from tests.pack.reading import links, text_within, texts, tree
from tests.pack.samples import INFO, bytes_of, page_with, part, plain, tagged

STAMP = "SSU 24.10.2022 · Sak 03/22 · side 1 av 1"
SCALE = 2


def picture(data: bytes, page: int = 0) -> Image.Image:
    return pypdfium2.PdfDocument(data)[page].render(scale=SCALE).to_pil().convert("L")


def lines(data: bytes) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Return each line of the first page as it is seen, with its box from the upper left corner, in points."""
    command = ["pdftotext", "-bbox-layout", "-l", "1", "-", "-"]
    said = subprocess.run(command, input=data, capture_output=True, check=True).stdout
    from xml.etree import ElementTree

    space = "{http://www.w3.org/1999/xhtml}"
    return [
        (
            " ".join(word.text for word in line.iter(f"{space}word")),
            tuple(float(line.get(side)) for side in ("xMin", "yMin", "xMax", "yMax")),
        )
        for line in ElementTree.fromstring(said).iter(f"{space}line")
    ]


def stamp_box(data: bytes, text: str = STAMP) -> tuple[float, float, float, float]:
    return next(box for line, box in lines(data) if line == text)


def changed(change: Callable[[Pdf, Object], object], size: tuple[float, float] = (595, 842)) -> bytes:
    pdf = Pdf.new()
    page = page_with(pdf, size=size)
    change(pdf, page)
    return bytes_of(pdf)


def full_of_text(pdf: Pdf, page: Object) -> None:
    """Write text from edge to edge."""
    from docgen.deliver.pack.font import shown

    rows = (
        b"BT /F1 9 Tf 4 %d Td %s Tj ET\n" % (row, shown("Tekst fra kant til kant " * 6)) for row in range(4, 834, 9)
    )
    page.Contents = pdf.make_stream(b"".join(rows))


def grey_all_over(pdf: Pdf, page: Object) -> None:
    page.Contents = pdf.make_stream(b"q 0.9 g 0 0 595 842 re f Q\n" + page.Contents.read_bytes())


def black_all_over(pdf: Pdf, page: Object) -> None:
    page.Contents = pdf.make_stream(b"q 0 g 0 0 595 842 re f Q\n")


def left_open(pdf: Pdf, page: Object) -> None:
    """Change how everything after is drawn, and never change it back."""
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\nq 0.1 0 0 0.1 300 300 cm 1 g 0 0 5 5 re W n")


ODD = {
    "turned right": lambda pdf, page: page.__setitem__("/Rotate", 90),
    "upside down": lambda pdf, page: page.__setitem__("/Rotate", 180),
    "turned left": lambda pdf, page: page.__setitem__("/Rotate", -90),
    "cropped": lambda pdf, page: page.__setitem__("/CropBox", Array([50, 300, 450, 560])),
    "cropped and turned": lambda pdf, page: (
        page.__setitem__("/CropBox", Array([50, 300, 450, 560])),
        page.__setitem__("/Rotate", 270),
    ),
    "away from the origin": lambda pdf, page: page.__setitem__("/MediaBox", Array([-100, 200, 495, 1042])),
    "corners swapped": lambda pdf, page: page.__setitem__("/MediaBox", Array([595, 842, 0, 0])),
    "large units": lambda pdf, page: page.__setitem__("/UserUnit", 2),
    "coloured": grey_all_over,
    "settings left open": left_open,
}


@pytest.mark.parametrize("change", ODD.values(), ids=ODD)
def test_the_stamp_is_upright_within_the_page_and_covers_nothing(change):
    before = changed(change)

    pack = merged([part(before)], INFO)

    original, stamped = picture(before), picture(pack.pdf)
    assert original.size == stamped.size
    drawn = ImageChops.difference(original, stamped).getbbox()
    assert drawn is not None, "the stamp is not seen"
    left, top, right, bottom = drawn
    assert right - left > 6 * (bottom - top), "the stamp does not lie along the page as it is seen"
    lowest, highest = original.crop(drawn).getextrema()
    assert highest - lowest == 0, "there was something where the stamp is"
    assert top > 4 * SCALE
    assert bottom < stamped.height - 4 * SCALE
    assert min(stamped.crop(drawn).getextrema()) < lowest - 100
    tree(pack.pdf)


def test_a_page_that_is_full_to_its_edges_is_drawn_smaller_below_the_stamp():
    before = changed(full_of_text)

    pack = merged([part(before)], INFO)

    _, top, _, bottom = stamp_box(pack.pdf)
    assert all(not (box[1] < bottom and box[3] > top) for line, box in lines(pack.pdf) if line != STAMP)
    assert texts(pack.pdf)[0].removeprefix(STAMP).split() == texts(before)[0].split()


def full_and_turned(pdf: Pdf, page: Object) -> None:
    full_of_text(pdf, page)
    page.Rotate = 180


@pytest.mark.parametrize("fill", [full_of_text, full_and_turned])
def test_links_and_bookmarks_lead_to_the_same_place_on_a_page_that_is_drawn_smaller(fill):
    pdf = Pdf.new()
    full, other = page_with(pdf), page_with(pdf)
    fill(pdf, full)
    views = [[Name.XYZ, 4, 400, 0], [Name.XYZ, None, 400, None], [Name.FitH, 400], [Name.FitR, 4, 400, 200, 500]]
    views.append([Name.Fit])
    other.Annots = Array([pdf.make_indirect(link_to(full, view)) for view in views])
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Avsnitt", Array([full, *views[0]])))

    pack = merged([part(bytes_of(pdf), "Vedlegg")], INFO)

    with Pdf.open(io.BytesIO(pack.pdf)) as made:
        change = re.search(rb"([-\d. ]+) cm [-\d. ]+ re W n", made.pages[0].Contents[0].read_bytes())
        scale, _, _, _, x, y = map(float, change[1].split())
        assert scale < 1
        left, top, right = scale * 4 + x, scale * 400 + y, scale * 200 + x
        found = [
            [value if isinstance(value, Name) else value and float(value) for value in link.Dest.as_list()[1:]]
            for link in made.pages[1].Annots
        ]
        (mark,) = made.open_outline().root[0].children
        assert float(mark.destination[3]) == pytest.approx(top, abs=0.1)
    assert found == [
        [Name.XYZ, pytest.approx(left, abs=0.1), pytest.approx(top, abs=0.1), 0],
        [Name.XYZ, None, pytest.approx(top, abs=0.1), None],
        [Name.FitH, pytest.approx(top, abs=0.1)],
        [Name.FitR, *(pytest.approx(value, abs=0.1) for value in (left, top, right, scale * 500 + y))],
        [Name.Fit],
    ]


def link_to(page: Object, view: list[object]) -> Dictionary:
    place = Array([72, 72, 144, 90])
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=place, Dest=Array([page, *view]))


def test_a_link_of_an_agenda_that_is_drawn_smaller_lies_on_what_it_is_drawn_over():
    agenda = changed(full_of_text)

    pack = merged([part(agenda, "Saksliste", is_agenda=True), part(plain(), "Sak", mentioned=("kant til kant",))], INFO)

    (link,) = links(pack.pdf)
    assert text_within(pack.pdf, link).replace(" ", "").startswith("kanttilkant"[:8])


def test_on_a_dark_page_the_stamp_is_white():
    pack = merged([part(changed(black_all_over))], INFO)

    assert picture(pack.pdf).getextrema() == (0, 255)


def test_a_tagged_page_that_leaves_its_settings_open_is_stamped_where_it_should_be():
    drawn = b"q 0.9 g 0 0 595 842 re f /P <</MCID 0>> BDC 0 0 10 10 re f EMC q 0.1 0 0 0.1 300 300 cm 1 g q"
    with Pdf.open(io.BytesIO(tagged(("P", "Tekst")))) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(drawn)
        data = bytes_of(pdf)

    pack = merged([part(data)], INFO)

    left, top, right, bottom = stamp_box(pack.pdf)
    assert bottom < 40
    assert right - left > 100
    assert picture(pack.pdf).crop([round(side * SCALE) for side in (left, top, right, bottom)]).getextrema()[0] < 60


def test_a_scanned_page_is_stamped_where_the_scan_is_even():
    noise = Image.effect_noise((595, 842), 8).point(lambda value: 235 + value % 12)
    noise.paste(0, (100, 30, 500, 800))
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    image = pdf.make_stream(
        noise.tobytes(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=595,
        Height=842,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    page.Resources = Dictionary(XObject=Dictionary(Im=image))
    page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")

    pack = merged([part(bytes_of(pdf))], INFO)

    left, top, right, bottom = stamp_box(pack.pdf)
    assert bottom < 30 or top > 800
    assert picture(pack.pdf).crop([round(side * SCALE) for side in (left, top, right, bottom)]).getextrema()[0] < 60


def test_a_stamp_goes_below_the_text_where_the_head_is_full():
    def head(pdf: Pdf, page: Object) -> None:
        page.Contents = pdf.make_stream(b"0 790 595 52 re f\n")

    pack = merged([part(changed(head))], INFO)

    assert stamp_box(pack.pdf)[1] > 780


def test_the_stamp_is_no_more_than_the_page_is_wide():
    pack = merged([part(changed(lambda pdf, page: None, size=(90, 120)))], INFO)

    left, _, right, _ = stamp_box(pack.pdf)
    assert left >= 0
    assert right <= 90


def test_a_poster_has_a_stamp_that_can_be_read_when_it_is_seen_whole():
    pack = merged([part(changed(lambda pdf, page: None, size=(2384, 3370)))], INFO)

    _, top, _, bottom = stamp_box(pack.pdf)
    assert bottom - top > 24


def test_a_page_without_a_size_is_an_a4():
    def lost(pdf: Pdf, page: Object) -> None:
        page.MediaBox = Array([0, 0, 0, 0])

    pack = merged([part(changed(lost))], INFO)

    assert stamp_box(pack.pdf)[2] < 595


def test_letters_of_norwegian_and_sami_are_stamped_and_can_be_copied():
    stamp = "Ráđi «ÆØÅ æøå» čđŋšŧž – § 5 · 100 €"

    pack = merged([part(plain(), stamp=stamp)], INFO)

    assert texts(pack.pdf)[0].startswith(f"{stamp} · side 1 av 1")


def test_a_letter_that_the_font_lacks_is_written_as_near_as_can_be():
    assert written("e\u0301 ǟ Ж ﬁ") == "é a ? fi"


def test_the_stamp_is_an_artifact_and_in_no_tag():
    pack = merged([part(plain())], INFO)

    with Pdf.open(io.BytesIO(pack.pdf)) as pdf:
        first = pdf.pages[0].obj.Contents[0].read_bytes()
    assert first.startswith(b"/Artifact <</Type /Pagination>> BDC")
    assert first.rstrip().endswith(b"EMC")
