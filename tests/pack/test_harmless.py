"""Files that act or reach out are in the pack without what does so, and what they say is in it still."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, Pdf, Stream, StreamDecodeLevel, String
from PIL import Image

from docgen.deliver.pack.merged import merged
from docgen.deliver.pack.parts import Note, Pack
from tests.pack.reading import bookmarks, texts, tree
from tests.pack.samples import INFO, annotated, bytes_of, part, plain


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


def test_a_pack_is_read_from_files_that_stay_as_they_were(tmp_path: Path):
    file = tmp_path / "a.pdf"
    file.write_bytes(plain(change=form))
    before = file.read_bytes()

    merged([part(file)], INFO)

    assert file.read_bytes() == before


def test_a_photograph_loses_where_and_by_whom_it_was_taken_and_keeps_its_picture():
    picture = Image.effect_noise((64, 48), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x013B] = "Fotograf Hans Hemmelig"
    photograph = io.BytesIO()
    picture.save(photograph, "JPEG", exif=exif, comment=b"tatt i Storgata 7", icc_profile=b"fargeprofil")

    def show(pdf: Pdf) -> None:
        stream = pdf.make_stream(
            photograph.getvalue(),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=64,
            Height=48,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        page = pdf.pages[0].obj
        page.Resources.XObject = Dictionary(Im0=stream)
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\nq 64 0 0 48 72 72 cm /Im0 Do Q")

    before = plain(change=show)
    assert b"Hemmelig" in before

    made = merged([part(before)], INFO)

    assert b"Hemmelig" not in made.pdf
    assert b"Storgata" not in made.pdf
    with Pdf.open(io.BytesIO(made.pdf)) as pdf:
        (found,) = [one for one in pdf.objects if isinstance(one, Stream) and one.get(Name.Filter) == Name.DCTDecode]
        raw = found.read_raw_bytes()
        assert b"fargeprofil" in raw
        assert Image.open(io.BytesIO(raw)).tobytes() == Image.open(photograph).tobytes()
