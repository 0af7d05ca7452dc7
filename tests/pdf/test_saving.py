"""The bytes of a PDF: small, the same each time, and clear about where each stream ends."""

from __future__ import annotations

import io
import zlib

from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf, Stream

from docgen.deliver.pack.merged import merged
from docgen.deliver.pdf.saving import saved, with_clear_ends
from tests.pack.samples import INFO, bytes_of, page_with, part, plain
from tests.pdf.inspection import UNCLEAR


def ending_in_a_return(seed: int = 0) -> bytes:
    """Return data that deflates to a stream whose last byte is a carriage return."""
    return next(data for count in range(256) if zlib.compress(data := b"%d " % seed + b"Q" * count).endswith(b"\r"))


def with_returns(streams: int) -> Pdf:
    pdf = Pdf.new()
    page = page_with(pdf)
    found = {}
    for number in range(streams):
        stream = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1])
        stream.write(zlib.compress(ending_in_a_return(number)), filter=Name.FlateDecode)
        found[f"/Fx{number}"] = stream
    page.Resources.XObject = Dictionary(found)
    return pdf


def test_a_stream_that_ends_in_a_carriage_return_has_a_line_end_of_its_own_and_all_is_found_again():
    pdf = with_returns(30)
    assert UNCLEAR.search(bytes_of(pdf)) is not None

    data = saved(pdf)

    assert UNCLEAR.search(data) is None
    with Pdf.open(io.BytesIO(data)) as again:
        forms = again.pages[0].obj.Resources.XObject
        assert [forms[f"/Fx{number}"].read_bytes() for number in range(30)] == [
            ending_in_a_return(number) for number in range(30)
        ]
        assert not again.get_warnings()


def test_whatever_the_streams_of_objects_and_of_offsets_end_in_the_file_is_clear_and_whole():
    for number in range(300):
        pdf = Pdf.new()
        page_with(pdf, f"Side {number}")
        pdf.docinfo.Title = f"Nummer {number}"

        data = saved(pdf)

        assert UNCLEAR.search(data) is None
        with Pdf.open(io.BytesIO(data)) as again:
            assert str(again.docinfo.Title) == f"Nummer {number}"
            assert not again.get_warnings()


def test_a_file_that_is_clear_is_left_as_it_is():
    packed = (plain(f"Side {number}", object_stream_mode=ObjectStreamMode.generate) for number in range(9))
    data = next(data for data in packed if UNCLEAR.search(data) is None)

    assert with_clear_ends(data) == data


def test_a_picture_and_a_font_that_two_parts_share_are_in_the_pack_once():
    def image(pdf: Pdf) -> None:
        stream = pdf.make_stream(bytes(range(256)) * 40, Type=Name.XObject, Subtype=Name.Image, Width=128, Height=80)
        stream.ColorSpace, stream.BitsPerComponent = Name.DeviceGray, 8
        pdf.pages[0].obj.Resources.XObject = Dictionary(Im=stream)

    pack = merged([part(plain("a", change=image)), part(plain("b", change=image))], INFO)

    with Pdf.open(io.BytesIO(pack.pdf)) as pdf:
        assert sum(Name.Length1 in stream for stream in pdf.objects if _is_stream(stream)) == 1
        assert sum(stream.get(Name.Subtype) == Name.Image for stream in pdf.objects if _is_stream(stream)) == 1


def _is_stream(thing: object) -> bool:
    return isinstance(thing, Stream)


def test_pictures_that_differ_in_one_point_are_two():
    def image(last: int) -> bytes:
        def change(pdf: Pdf) -> None:
            stream = pdf.make_stream(bytes(9999) + bytes([last]), Type=Name.XObject, Subtype=Name.Image, Width=100)
            stream.Height, stream.ColorSpace, stream.BitsPerComponent = 100, Name.DeviceGray, 8
            pdf.pages[0].obj.Resources.XObject = Dictionary(Im=stream)

        return plain(change=change)

    pack = merged([part(image(1)), part(image(2))], INFO)

    with Pdf.open(io.BytesIO(pack.pdf)) as pdf:
        assert sum(stream.get(Name.Subtype) == Name.Image for stream in pdf.objects if _is_stream(stream)) == 2


def test_a_pack_is_a_pdf_of_version_1_7_whatever_its_parts_are():
    pack = merged([part(plain(force_version="2.0"))], INFO)

    assert pack.pdf.startswith(b"%PDF-1.7\n")
