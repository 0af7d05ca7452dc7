"""Pictures and scans as PDF: whole, upright, sharp and small, told in words, and without what their files hide."""

from __future__ import annotations

import dataclasses
import io
import random
import zlib
from struct import pack

import page as page_validation
import pdfua
import pikepdf
import pypdf
import pytest
from PIL import Image, ImageCms, ImageDraw
from pypdfium2 import PdfDocument

from docgen.deliver.pdf import Claims, Converter, Document
from docgen.deliver.pdf.finishing import conformance
from docgen.deliver.pdf.pictures import BrokenPictureError, HugePictureError, Picture, pictures
from docgen.messages import speak
from tests.pdf.inspection import faults

RED, PAPER = (255, 0, 0), (2480, 3508)


@pytest.fixture(autouse=True)
def in_norwegian():
    speak("nb")


def drawn(mode: str, size: tuple[int, int]) -> Image.Image:
    """Return a white picture that is red, or dark, in its upper left corner."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 3), fill=RED if mode != "1" else "black")
    return image.convert(mode)


def photo(size: tuple[int, int]) -> Image.Image:
    return Image.effect_noise(size, 60).convert("RGB")


def file(image: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def scan(*pages: Image.Image, **options: object) -> bytes:
    first, *rest = pages
    return file(first, "TIFF", save_all=True, append_images=rest, compression="tiff_lzw", **options)


def pdf(name: str, content: bytes, title: str = "Kart over mottaket") -> bytes:
    with Converter(1) as converter:
        ((_key, made),) = converter.convert([(1, Document(name, content, "bokmål", title))])
    assert isinstance(made, bytes), made
    return made


def problem(name: str, content: bytes) -> str:
    with Converter(1) as converter:
        ((_key, made),) = converter.convert([(1, Document(name, content))])
    assert not isinstance(made, bytes)
    return str(made)


def corner(content: bytes, number: int = 0) -> tuple[int, int, int]:
    """Return the colour on the page just inside the margins, at the top, in the middle of the left half."""
    shown = PdfDocument(content)[number].render(scale=1).to_pil().convert("RGB")
    return shown.getpixel((shown.width // 2 - 20, 60))


def size(content: bytes) -> tuple[int, int]:
    box = pypdf.PdfReader(io.BytesIO(content)).pages[0].mediabox
    return round(box.width), round(box.height)


KINDS = {
    "bilde.png": file(drawn("RGB", (800, 500)), "PNG"),
    "strek.png": file(drawn("1", PAPER), "PNG"),
    "farger.gif": file(drawn("P", (300, 200)), "GIF"),
    "film.gif": file(drawn("P", (300, 200)), "GIF", save_all=True, append_images=[drawn("P", (300, 200)).rotate(9)]),
    "foto.jpg": file(photo((900, 700)), "JPEG"),
    "grått.jpeg": file(drawn("L", (900, 700)), "JPEG"),
    "trykk.jpg": file(drawn("CMYK", (600, 400)), "JPEG"),
    "glass.webp": file(drawn("RGBA", (500, 900)), "WEBP"),
    "gammelt.bmp": file(drawn("RGB", (300, 900)), "BMP"),
    "skannet.tif": scan(drawn("1", PAPER), drawn("RGB", (400, 300)), drawn("L", (700, 990))),
    "nøyaktig.tiff": file(Image.new("I;16", (200, 200), 40000), "TIFF"),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_picture_follows_both_standards(name, tmp_path):
    made = pdf(name, KINDS[name])

    place = tmp_path / "bilde.pdf"
    place.write_bytes(made)
    for profile in (page_validation.ValidationProfile.PDF_A_2A, page_validation.ValidationProfile.PDF_UA_1):
        report = page_validation.validate_pdf(str(place), profile=profile)
        assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert [(found.rule_id, found.message) for found in pdfua.validate(str(place)).findings] == []
    # The colours are told with each picture, so there is no output intent to find.
    assert faults(made) == ["no single output intent with three colours"]
    assert conformance(made) == Claims("2a", is_pdf_ua=True)


def test_the_same_picture_gives_the_same_bytes():
    assert pdf("a.png", KINDS["bilde.png"]) == pdf("a.png", KINDS["bilde.png"])


def test_every_page_of_a_scan_is_there_in_order_and_told_in_words():
    shades = [Image.new("L", (620, 877), number * 8) for number in range(30)]

    made = pdf("Brev.tif", scan(*shades), "Brev fra kommunen")

    assert [corner(made, number)[0] for number in range(30)] == pytest.approx([8 * n for n in range(30)], abs=2)
    with pikepdf.open(io.BytesIO(made)) as opened:
        told = [str(figure.Alt) for figure in opened.Root.StructTreeRoot.K.K]
    assert told == [f"Brev fra kommunen ({number}/30)" for number in range(1, 31)]


def test_a_preview_in_a_scan_is_no_page():
    pages = [Image.new("L", (62, 88)), Image.new("L", (620, 877))]
    pages[0].encoderinfo = {"tiffinfo": {254: 1}}

    assert [one.across for one in pictures(scan(*pages))] == [620]


def test_a_lost_page_is_noticed(monkeypatch):
    from docgen.deliver.pdf import picture_pages

    right = picture_pages.on_pages
    monkeypatch.setattr(picture_pages, "on_pages", lambda found, told: right(found[:-1], told))

    assert "Ikke hele dokumentet kom med" in problem("Brev.tif", KINDS["skannet.tif"])


def test_a_picture_is_told_in_words_by_its_title():
    with pikepdf.open(io.BytesIO(pdf("a.png", KINDS["bilde.png"], "Kart & skisse"))) as opened:
        assert str(opened.Root.StructTreeRoot.K.K[0].Alt) == "Kart & skisse"
        assert str(opened.docinfo.Title) == "Kart & skisse"
        assert str(opened.Root.Lang) == "nb-NO"


def test_a_picture_without_a_title_claims_no_accessibility():
    assert conformance(pdf("IMG_0042.png", KINDS["bilde.png"], "")) == Claims("2b")


def test_a_photo_stands_upright_and_tells_nothing_of_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Kamera AS"
    place = exif.get_ifd(0x8825)
    place[1] = "N"
    taken = drawn("RGB", (400, 200))

    made = pdf("a.jpg", file(taken, "JPEG", exif=exif, comment=b"hjemme"))

    (picture,) = pictures(file(taken, "JPEG", exif=exif))
    assert (picture.across, picture.down) == (200, 400)
    shown = PdfDocument(made)[0].render(scale=1).to_pil().convert("RGB")
    assert shown.getpixel((shown.width // 2 + 60, 60)) == pytest.approx(RED, abs=6)  # it was the upper left corner
    assert shown.getpixel((shown.width // 2 - 60, 60)) == (255, 255, 255)


def test_what_a_jpeg_notes_is_left_behind_and_its_points_are_not():
    exif = Image.Exif()
    exif[0x010F] = "Kamera AS"
    source = file(photo((300, 200)), "JPEG", exif=exif, comment=b"tatt hjemme")
    assert b"Kamera AS" in source
    assert b"tatt hjemme" in source

    (picture,) = pictures(source)

    assert b"Kamera AS" not in picture.data
    assert b"tatt hjemme" not in picture.data
    assert Image.open(io.BytesIO(picture.data)).tobytes() == Image.open(io.BytesIO(source)).tobytes()


def resolution(picture: Picture) -> int:
    return round(picture.across / picture.width)


def test_a_large_photo_is_made_smaller_and_a_scan_is_kept_sharp():
    (taken,) = pictures(file(photo((4000, 3000)), "JPEG"))
    (letter,) = pictures(file(photo((4960, 7016)), "JPEG"))
    (lines,) = pictures(KINDS["strek.png"])

    assert (resolution(taken), taken.is_landscape) == (200, True)
    assert (resolution(letter), letter.is_landscape) == (300, False)
    assert (lines.across, lines.bits) == (2480, 1)


def test_a_small_picture_is_not_blown_up_and_a_large_one_fits_the_page():
    (small,) = pictures(file(drawn("RGB", (96, 48)), "PNG"))
    (wide,) = pictures(file(drawn("RGB", (3000, 500)), "PNG"))
    (high,) = pictures(file(drawn("RGB", (500, 3000)), "PNG"))

    assert (small.width, small.height, small.is_landscape) == (1, 0.5, False)
    assert (wide.width, wide.is_landscape) == (pytest.approx(257 / 25.4), True)
    assert (high.height, high.is_landscape) == (pytest.approx(257 / 25.4), False)
    assert size(pdf("a.png", file(drawn("RGB", (3000, 500)), "PNG"))) == (842, 595)
    assert size(pdf("a.png", file(drawn("RGB", (500, 3000)), "PNG"))) == (595, 842)


def test_a_drawing_keeps_each_point_and_a_photo_without_loss_does_not():
    (screen,) = pictures(file(drawn("RGB", (800, 500)), "PNG"))
    (taken,) = pictures(file(photo((800, 500)), "PNG"))

    assert screen.filter == "FlateDecode"
    assert taken.filter == "DCTDecode" or len(taken.data) < 3 * 800 * 500


def test_lines_are_kept_as_a_telefax_keeps_them_where_that_is_smaller():
    (letter,) = pictures(KINDS["strek.png"])

    assert letter.filter == "CCITTFaxDecode"
    assert corner(pdf("a.png", KINDS["strek.png"])) == (0, 0, 0)


def test_a_telefax_is_as_high_as_it_was_sent():
    (sent,) = pictures(file(drawn("1", (1728, 1145)), "TIFF", dpi=(204, 98)))

    assert sent.height / sent.width == pytest.approx(1145 / 98 / (1728 / 204), rel=0.01)


def test_what_is_transparent_is_white():
    glass = Image.new("RGBA", (300, 300), (255, 0, 0, 0))

    assert corner(pdf("a.png", file(glass, "PNG"))) == (255, 255, 255)


def test_sixteen_bits_are_not_burnt_out():
    assert corner(pdf("a.tif", KINDS["nøyaktig.tiff"]))[0] == pytest.approx(40000 // 256, abs=2)


def test_the_colours_of_a_telephone_become_those_of_a_screen():
    other = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes().replace(b"s\x00R\x00G", b"t\x00R\x00G")
    swapped = other.replace(b"rXYZ", b"____").replace(b"bXYZ", b"rXYZ").replace(b"____", b"bXYZ")  # red is blue in it
    wide = file(Image.new("RGB", (300, 300), (30, 60, 90)), "PNG", icc_profile=swapped)
    broken = file(Image.new("RGB", (300, 300), (30, 60, 90)), "PNG", icc_profile=b"nei")

    assert corner(pdf("a.png", wide)) == pytest.approx((90, 60, 30), abs=3)
    assert corner(pdf("a.png", broken)) == pytest.approx((30, 60, 90), abs=3)


def test_pictures_need_no_libreoffice(monkeypatch):
    monkeypatch.setattr("docgen.deliver.pdf.converter.office", lambda: None)

    assert conformance(pdf("a.png", KINDS["bilde.png"])) == Claims("2a", is_pdf_ua=True)


def bomb(across: int, down: int) -> bytes:
    """Return a picture that says it has so many points, and has none."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", pack(">IIBBBBB", across, down, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("points", [(10_000, 9_500), (60_000, 60_000)])
def test_a_bomb_is_named(points):
    told = problem("Foto.png", bomb(*points))

    assert told.startswith("Foto.png: Bildet er for stort, så det ble ikke laget PDF av det.")


@pytest.mark.parametrize(("limit", "most"), [("MOST_PAGES", 2), ("MOST_POINTS", 8_800_000)])
def test_a_scan_without_end_is_named(monkeypatch, limit, most):
    monkeypatch.setattr(f"docgen.deliver.pdf.pictures.{limit}", most)

    with pytest.raises(HugePictureError):
        pictures(KINDS["skannet.tif"])


@pytest.mark.parametrize("content", [b"ikke noe bilde", b"%!PS-Adobe-3.0 EPSF-3.0\n", KINDS["foto.jpg"][:3000]])
def test_a_broken_picture_is_named(content):
    told = problem("Foto.jpg", content)

    assert told.startswith("Foto.jpg: Filen er skadet, eller er ikke det navnet sier")


def test_a_picture_that_only_some_programs_know_can_be_saved_as_another():
    told = problem("IMG_0042.HEIC", b"\x00\x00\x00\x18ftypheic")

    assert told.startswith("IMG_0042.HEIC: Av denne filtypen blir det ikke laget PDF.")
    assert "Åpne bildet, lagre det som JPEG eller PNG" in told


@pytest.mark.parametrize("name", KINDS)
def test_a_damaged_picture_is_a_picture_or_a_problem_and_nothing_else(name):
    chance = random.Random(name)
    source = KINDS[name] if len(KINDS[name]) < 300_000 else KINDS[name][:300_000]
    for _ in range(25):
        damaged = bytearray(source)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(min(len(damaged), 2000))] = chance.randrange(256)
        try:
            found = pictures(bytes(damaged[: chance.choice((len(damaged), chance.randrange(len(damaged))))]))
        except (BrokenPictureError, HugePictureError):
            continue
        assert all(dataclasses.asdict(one)["data"] for one in found)
