"""Files that mean harm, or are broken: each is listed in the pack and the rest of it is whole, or is made harmless."""

from __future__ import annotations

import io
import re
import resource
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, Pdf, StreamDecodeLevel, String

from docgen.deliver.pack import gate
from docgen.deliver.pack.merged import merged
from docgen.deliver.pack.parts import Fault, Missing, Note, Pack
from tests.pack.reading import bookmarks, texts, tree
from tests.pack.samples import INFO, WORDS, annotated, bytes_of, page_with, part, plain, tagged

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


def hung_on(change: Callable[[Pdf, object], None]) -> bytes:
    """Return a tagged file of which something hangs in a chain of 120,000 objects."""
    with Pdf.open(io.BytesIO(tagged(("P", "Godt")))) as pdf:
        chain = pdf.make_indirect(Dictionary(A=1))
        for _ in range(120_000):
            chain = pdf.make_indirect(Dictionary(A=chain))
        change(pdf, chain)
        return bytes_of(pdf)


def on_a_class(pdf: Pdf, marker: object) -> None:
    pdf.Root.StructTreeRoot.ClassMap = Dictionary(K=marker)


def on_an_attribute(pdf: Pdf, marker: object) -> None:
    pdf.Root.StructTreeRoot.K.A = marker


def on_a_layer(pdf: Pdf, marker: object) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=marker))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]))


def on_the_order_of_tabs(pdf: Pdf, marker: object) -> None:
    pdf.pages[0].obj.Tabs = marker


def on_a_link(pdf: Pdf, marker: object) -> None:
    annotated(pdf, Subtype=Name.Link, Contents=marker, Dest=Array([pdf.pages[0].obj, Name.Fit]))


def on_a_destination(pdf: Pdf, marker: object) -> None:
    annotated(pdf, Subtype=Name.Link, Dest=Array([pdf.pages[0].obj, Name.XYZ, marker, marker, marker]))


def on_a_profile(pdf: Pdf, marker: object) -> None:
    profile = pdf.make_stream(b"x", N=3, X=marker)
    pdf.Root.OutputIntents = Array([Dictionary(DestOutputProfile=profile, OutputConditionIdentifier=marker)])
    said = b'<x pdfaid:part="2" pdfaid:conformance="B" pdfuaid:part="1"/>'
    pdf.Root.Metadata = pdf.make_stream(said, Type=Name.Metadata, Subtype=Name.XML)


CHAINED = [on_a_class, on_an_attribute, on_a_layer, on_the_order_of_tabs, on_a_link, on_a_destination, on_a_profile]


@pytest.mark.parametrize("change", CHAINED)
def test_a_chain_without_end_does_not_end_the_process_wherever_it_hangs(change):
    pack = merged([part(hung_on(change)), part(plain("Godt"))], INFO)

    assert len(pack.placed) == 2
    assert texts(pack.pdf)[-1].endswith("Godt")


# --- what is taken in, but not as it was ---


def action(kind: str, **more: object) -> Dictionary:
    return Dictionary({"/S": Name(f"/{kind}"), **{f"/{key}": value for key, value in more.items()}})


SCRIPT = action("JavaScript", JS="app.alert('SKADE')")
LAUNCH = action("Launch", F="SKADE.exe")


def opens(pdf: Pdf) -> None:
    pdf.Root.OpenAction = SCRIPT


def acts(pdf: Pdf) -> None:
    pdf.Root.AA = Dictionary(WC=SCRIPT)


def page_acts(pdf: Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=SCRIPT)


def named_script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), SCRIPT])))


def link_to(**how: object) -> Callable[[Pdf], None]:
    return lambda pdf: annotated(pdf, Subtype=Name.Link, **how)


def film(pdf: Pdf) -> None:
    annotated(pdf, Subtype=Name.RichMedia, RichMediaContent=Dictionary(SKADE=pdf.make_stream(b"SKADE")))


def attached(pdf: Pdf) -> None:
    pdf.attachments["SKADE.exe"] = b"MZ SKADE"


def attached_to_page(pdf: Pdf) -> None:
    annotated(
        pdf,
        Subtype=Name.FileAttachment,
        FS=Dictionary(Type=Name.Filespec, F="SKADE.exe", EF=Dictionary(F=pdf.make_stream(b"SKADE"))),
    )


def form(pdf: Pdf) -> None:
    """A form with a field, a button that sends it, scripts that calculate, and XFA."""
    looks = pdf.make_stream(
        b"BT /F1 9 Tf 2 4 Td <0034> Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 72, 18])
    )
    looks.Resources = pdf.pages[0].obj.Resources
    annotated(
        pdf, Subtype=Name.Widget, FT=Name.Tx, T="felt", V="Svar", F=4, AP=Dictionary(N=looks), AA=Dictionary(K=SCRIPT)
    )
    annotated(pdf, Subtype=Name.Widget, FT=Name.Btn, T="send", F=4, A=action("SubmitForm", F="http://SKADE"))
    fields = pdf.pages[0].obj.Annots
    pdf.Root.AcroForm = Dictionary(Fields=fields, XFA=pdf.make_stream(b"<xdp>SKADE</xdp>"), CO=fields)


def external_stream(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject = Dictionary(
        Fx=pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), F="/etc/SKADE")
    )


def reference(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject = Dictionary(
        Fx=pdf.make_stream(
            b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Ref=Dictionary(F="SKADE.pdf", Page=0)
        )
    )


def printer_program(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject = Dictionary(
        Ps=pdf.make_stream(b"(SKADE) run", Type=Name.XObject, Subtype=Name.PS)
    )


def hidden_data(pdf: Pdf) -> None:
    pdf.pages[0].obj.PieceInfo = Dictionary(SKADE=Dictionary(Private=pdf.make_stream(b"SKADE")))
    pdf.Root.Metadata = pdf.make_stream(b"<x>SKADE</x>", Type=Name.Metadata, Subtype=Name.XML)


HARMFUL: dict[str, tuple[Callable[[Pdf], None], set[Note]]] = {
    "script when opened": (opens, {Note.ACTIVE}),
    "script when closed": (acts, {Note.ACTIVE}),
    "script of a page": (page_acts, {Note.ACTIVE}),
    "script by name": (named_script, {Note.ACTIVE}),
    "link to a script": (link_to(A=SCRIPT), {Note.ACTIVE}),
    "link to a program": (link_to(A=LAUNCH), {Note.ACTIVE}),
    "link to a file": (link_to(A=action("URI", URI="file:///etc/SKADE")), {Note.ACTIVE}),
    "link to another pdf": (link_to(A=action("GoToR", F="SKADE.pdf", D=Array([0, Name.Fit]))), {Note.ACTIVE}),
    "link that does more": (link_to(A=action("URI", URI="https://example.org", Next=LAUNCH)), set()),
    "link that acts when touched": (
        link_to(A=action("URI", URI="https://example.org"), AA=Dictionary(E=SCRIPT)),
        set(),
    ),
    "film": (film, {Note.ACTIVE}),
    "embedded file": (attached, {Note.FILES}),
    "file on the page": (attached_to_page, {Note.FILES, Note.FORM}),
    "form": (form, {Note.FORM}),
    "stream in a file outside": (external_stream, {Note.ACTIVE}),
    "page of another file": (reference, set()),
    "program for a printer": (printer_program, {Note.ACTIVE}),
    "data of other programs": (hidden_data, set()),
}
ACTING = re.compile(
    rb"SKADE|/(?:JS|JavaScript|Launch|OpenAction|AA|SubmitForm|GoToR|RichMedia|EmbeddedFiles?|AcroForm|XFA|PS)\b"
)


def everything_in(pack: Pack) -> bytes:
    """Return all objects of the pack as text, and all its streams unpacked."""
    with Pdf.open(io.BytesIO(pack.pdf)) as pdf:
        return bytes_of(
            pdf,
            compress_streams=False,
            object_stream_mode=ObjectStreamMode.disable,
            stream_decode_level=StreamDecodeLevel.generalized,
        )


@pytest.mark.parametrize("name", HARMFUL)
def test_nothing_that_acts_or_reaches_out_comes_into_the_pack(name):
    change, notes = HARMFUL[name]
    data = plain("Godt", change=change)

    pack = merged([part(data)], INFO)

    assert not pack.missing
    assert ACTING.search(everything_in(pack)) is None
    assert pack.placed[0].notes == notes | {Note.UNTAGGED}
    assert "Godt" in texts(pack.pdf)[0]
    tree(pack.pdf)


def test_what_stood_in_a_form_is_on_the_page_still():
    pack = merged([part(plain("Godt", change=form))], INFO)

    assert (
        len(texts(pack.pdf)[0].removeprefix("SSU 24.10.2022 · Sak 03/22 · side 1 av 1").replace("Godt", "").split())
        == 1
    )


def test_a_link_to_the_web_is_kept_without_what_it_did_besides():
    data = plain(change=link_to(A=action("URI", URI="https://example.org/a", Next=LAUNCH)))

    pack = merged([part(data)], INFO)

    with Pdf.open(io.BytesIO(pack.pdf)) as pdf:
        (link,) = pdf.pages[0].obj.Annots
        assert dict(link.A.items()) == {"/S": Name.URI, "/URI": String("https://example.org/a")}


def test_a_file_that_can_be_opened_but_not_changed_is_taken_in():
    data = plain("Godt", encryption=Encryption(user="", owner="hemmelig"))

    pack = merged([part(data)], INFO)

    assert texts(pack.pdf)[0].endswith("Godt")


def test_a_damaged_file_is_mended_and_the_report_says_so():
    data = plain("Godt").replace(b"startxref", b"startxxxx")

    pack = merged([part(data)], INFO)

    assert Note.MENDED in pack.placed[0].notes
    assert texts(pack.pdf)[0].endswith("Godt")


def bookmarks_in_a_ring(pdf: Pdf) -> None:
    one = pdf.make_indirect(Dictionary(Title=String("Ring"), Dest=Array([pdf.pages[0].obj, Name.Fit])))
    one.Next = one.First = one
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=one, Last=one))


def names_in_a_ring(pdf: Pdf) -> None:
    node = pdf.make_indirect(Dictionary(Names=Array([String("mål"), Array([pdf.pages[0].obj, Name.Fit])])))
    node.Kids = Array([node, node])
    pdf.Root.Names = Dictionary(Dests=node)
    annotated(pdf, Subtype=Name.Link, Dest=String("mål"))


def test_bookmarks_in_a_ring_are_read_once():
    pack = merged([part(plain(change=bookmarks_in_a_ring))], INFO)

    assert bookmarks(pack.pdf) == [(0, "Vedlegg", 1), (1, "Ring", 1)]


def test_names_in_a_ring_are_read_once():
    pack = merged([part(plain(change=names_in_a_ring))], INFO)

    with Pdf.open(io.BytesIO(pack.pdf)) as pdf:
        assert pdf.pages[0].obj.Annots[0].Dest[0].objgen == pdf.pages[0].obj.objgen


def test_the_limits_of_qpdf_are_as_they_were_afterwards():
    from pikepdf.settings import get_qpdf_limits

    before = get_qpdf_limits()

    merged([part(plain()), part(b"")], INFO)

    assert get_qpdf_limits() == before


def test_a_pack_is_read_from_files_that_stay_as_they_were(tmp_path: Path):
    file = tmp_path / "a.pdf"
    file.write_bytes(plain(change=form))
    before = file.read_bytes()

    merged([part(file)], INFO)

    assert file.read_bytes() == before
