"""Files that are broken, or made to fill the memory or never end: listed in the pack, the rest of which is whole."""

from __future__ import annotations

import resource
import time
import zlib
from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, StreamDecodeLevel
from pikepdf.settings import get_qpdf_limits

from docgen.deliver.pack import gate
from docgen.deliver.pack.merged import merged
from docgen.deliver.pack.parts import Fault, Missing
from tests.pack.reading import bookmarks, texts, tree
from tests.pack.samples import INFO, WORDS, bytes_of, page_with, part, plain

MEGABYTES = 600


def bomb() -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(MEGABYTES)) + packer.flush()


BOMB = bomb()


def with_stream(data: bytes, filters: object, where: Callable[[Pdf, object], object]) -> bytes:
    pdf = Pdf.new()
    page_with(pdf)
    stream = pdf.make_stream(b"")
    stream.write(data, filter=filters)
    where(pdf, stream)
    return bytes_of(pdf, compress_streams=False, stream_decode_level=StreamDecodeLevel.none)


def as_contents(pdf: Pdf, stream: object) -> None:
    pdf.pages[0].obj.Contents = stream


def as_picture(pdf: Pdf, stream: object) -> None:
    stream.Type, stream.Subtype, stream.Width, stream.Height = Name.XObject, Name.Image, 46340, 46340
    stream.ColorSpace, stream.BitsPerComponent = Name.DeviceGray, 8
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im=stream)


def as_form(pdf: Pdf, stream: object) -> None:
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    pdf.pages[0].obj.Resources.XObject = Dictionary(Fx=stream)


def written_by_hand(*objects: str) -> bytes:
    """Return a file of objects numbered from 1, the first its root."""
    body, places = bytearray(b"%PDF-1.7\n"), []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    end = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n".encode()
    return bytes(body) + head + table + end


def drawings_within_drawings() -> bytes:
    """Ten drawings of ten of ten …, twelve deep."""
    pdf = Pdf.new()
    page_with(pdf)
    inner = None
    for _ in range(12):
        form = pdf.make_stream(b"/Fx Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        form.Resources = Dictionary(XObject=Dictionary(Fx=inner)) if inner is not None else Dictionary()
        inner = form
    pdf.pages[0].obj.Resources.XObject = Dictionary(Fx=inner)
    return bytes_of(pdf)


def drawing_of_itself() -> bytes:
    pdf = Pdf.new()
    page = page_with(pdf)
    form = pdf.make_stream(b"/Fx Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Resources = Dictionary(XObject=Dictionary(Fx=form))
    page.Resources.XObject = Dictionary(Fx=form)
    return bytes_of(pdf)


PAGES = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"
CHAIN = [f"<</A {number + 5} 0 R>>" for number in range(120_000)]
REFUSED: dict[str, tuple[Callable[[], bytes], Fault]] = {
    "encrypted": (lambda: plain(encryption=Encryption(user="hemmelig", owner="hemmelig")), Fault.ENCRYPTED),
    "empty": (lambda: b"", Fault.BROKEN),
    "no pdf": (lambda: b"Dette er ikke en PDF" * 100, Fault.BROKEN),
    "half": (lambda: plain("a", "b")[:120], Fault.BROKEN),
    "no pages": (lambda: written_by_hand(PAGES[0], "<</Type/Pages/Kids[]/Count 0>>"), Fault.BROKEN),
    "bomb on the page": (lambda: with_stream(BOMB, Name.FlateDecode, as_contents), Fault.TOO_LARGE),
    "bomb in a bomb": (
        lambda: with_stream(zlib.compress(BOMB, 9), Array([Name.FlateDecode] * 2), as_contents),
        Fault.TOO_LARGE,
    ),
    "bomb as a picture": (lambda: with_stream(BOMB, Name.FlateDecode, as_picture), Fault.TOO_LARGE),
    "bomb as a drawing": (lambda: with_stream(BOMB, Name.FlateDecode, as_form), Fault.TOO_LARGE),
    "drawings within drawings": (drawings_within_drawings, Fault.TOO_LARGE),
    "drawing of itself": (drawing_of_itself, Fault.TOO_LARGE),
    "pages in a ring": (
        lambda: written_by_hand(PAGES[0], "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"),
        Fault.BROKEN,
    ),
    "a million pages": (
        lambda: written_by_hand(
            PAGES[0],
            f"<</Type/Pages/Kids[{' '.join(f'{number} 0 R' for number in range(4, 1004))}]/Count 1000000>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            *[f"<</Type/Pages/Parent 2 0 R/Kids[{'3 0 R ' * 1000}]/Count 1000>>"] * 1000,
        ),
        Fault.BROKEN,
    ),
    "a chain without end": (
        lambda: written_by_hand(
            *PAGES, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<</X 4 0 R>>>>", *CHAIN, "<</A 1>>"
        ),
        Fault.BROKEN,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_in_is_listed_and_the_rest_is_whole(name):
    make, fault = REFUSED[name]
    data = make()
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    pack = merged(
        [part(plain("Saksliste"), "Innkalling", is_agenda=True), part(data, "Vedlegg A"), part(plain("Godt"), "B")],
        INFO,
    )

    assert time.monotonic() - begun < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
    assert pack.missing == (Missing("Vedlegg A", fault),)
    pages = texts(pack.pdf)
    assert len(pages) == pack.pages == 3
    assert f"Ikke med i sakspakken {WORDS.missing_lead} • Vedlegg A: {WORDS.faults[fault]}." in pages[1]
    assert pages[2].endswith("Godt")
    assert bookmarks(pack.pdf) == [
        (0, "Innkalling", 1),
        (0, "Ikke med i sakspakken", 2),
        (0, "Vedlegg A", 2),
        (0, "B", 3),
    ]
    tree(pack.pdf)


def test_a_pack_of_which_nothing_can_be_taken_in_says_so():
    pack = merged([part(b"", "Bare denne")], INFO)

    assert pack.pages == 1
    assert "Bare denne: filen er skadet." in texts(pack.pdf)[0]


def test_a_file_that_is_gone_is_listed(tmp_path):
    pack = merged([part(plain()), part(tmp_path / "borte.pdf", "Borte")], INFO)

    assert pack.missing == (Missing("Borte", Fault.GONE),)


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "stor.pdf").write_bytes(plain() + bytes(100_000))
    monkeypatch.setattr(gate, "MOST_BYTES", 100_000)

    pack = merged([part(tmp_path / "stor.pdf", "Stor")], INFO)

    assert pack.missing == (Missing("Stor", Fault.TOO_LARGE),)


def test_a_file_with_too_many_pages_is_not_taken_in(monkeypatch):
    monkeypatch.setattr(gate, "MOST_PAGES", 3)

    pack = merged([part(plain(*"abc"), "Tre"), part(plain(*"abcd"), "Fire")], INFO)

    assert pack.missing == (Missing("Fire", Fault.TOO_MANY_PAGES),)


def test_many_missing_parts_with_long_names_are_listed_over_several_pages():
    titles = [f"Vedlegg {number} " + "med et svært langt navn " * 8 + "x" * 200 for number in range(40)]

    pack = merged([part(b"", title) for title in titles], INFO)

    said = " ".join(texts(pack.pdf))
    assert pack.pages > 1
    assert all(f"Vedlegg {number} med" in said for number in range(40))
    tree(pack.pdf)


def test_a_pack_without_parts_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="parts"):
        merged([], INFO)


def test_the_limits_of_qpdf_are_as_they_were_afterwards():
    before = get_qpdf_limits()

    merged([part(plain()), part(b"")], INFO)

    assert get_qpdf_limits() == before
