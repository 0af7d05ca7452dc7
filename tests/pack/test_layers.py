"""What a part hides stays hidden, also from whoever prints the pack."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from docgen.deliver.pack.merged import merged
from tests.pack.samples import INFO, bytes_of, page_with, part, plain


def layered(hides: dict[str, object]) -> bytes:
    """A page with a black square in a layer of the name «Lag», which `hides` says is hidden or not."""
    pdf = Pdf.new()
    page = page_with(pdf)
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Lag")))
    page.Resources.Properties = Dictionary(L=layer)
    page.Contents = pdf.make_stream(b"/OC /L BDC 200 300 200 200 re f EMC")
    said = {f"/{key}": Array([layer]) if value == "layer" else value for key, value in hides.items()}
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(said))
    return bytes_of(pdf)


def is_black(data: bytes, page: int) -> bool:
    picture = pypdfium2.PdfDocument(data)[page].render(scale=1).to_pil().convert("L")
    return picture.getpixel((300, 442)) == 0


@pytest.mark.parametrize(
    ("hides", "is_seen"),
    [
        ({}, True),
        ({"OFF": "layer"}, False),
        ({"BaseState": Name.OFF}, False),
        ({"BaseState": Name.OFF, "ON": "layer"}, True),
    ],
)
def test_a_layer_is_seen_in_the_pack_when_it_was_seen_in_the_part(hides, is_seen):
    data = layered(hides)
    assert is_black(data, 0) is is_seen

    pack = merged([part(plain()), part(data)], INFO)

    assert is_black(pack.pdf, 1) is is_seen


def test_two_parts_have_a_layer_of_the_same_name_and_only_one_hides_it():
    pack = merged([part(layered({"OFF": "layer"})), part(layered({}))], INFO)

    assert [is_black(pack.pdf, page) for page in (0, 1)] == [False, True]


def test_every_layer_is_in_the_list_that_readers_show():
    pack = merged([part(layered({"OFF": "layer"})), part(layered({}))], INFO)

    with Pdf.open(io.BytesIO(pack.pdf)) as pdf:
        told = pdf.Root.OCProperties
        assert [layer.objgen for layer in told.D.Order] == [layer.objgen for layer in told.OCGs]
        assert len(told.OCGs) == 2
