"""Pictures as a PDF with a page each, and each told in words. LibreOffice would make them larger and less sharp."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from docgen.deliver.pdf.colours import greys, screen
from docgen.deliver.pdf.paper import MARGIN, SHEET
from docgen.deliver.pdf.pictures import Picture

_POINTS = 72
"""In an inch."""
_DRAWN = b"/Figure <</MCID 0>> BDC q %.3f 0 0 %.3f %.3f %.3f cm /P Do Q EMC"


def on_pages(found: Sequence[Picture], told: str) -> bytes:
    """Return a tagged PDF of the pictures. `told` is what they show, in words; with several, their number is added.

    Its colours are told with each picture, so it goes together with any other. It claims nothing yet: see `finished`.
    """
    with pikepdf.new() as pdf:
        document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=document))
        document.P = root
        numbers = Array()
        profiles = {3: pdf.make_stream(screen(), N=3), 1: pdf.make_stream(greys(), N=1)}
        for number, picture in enumerate(found):
            page = _page(pdf, picture, profiles[picture.colours], number)
            figure = pdf.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.Figure, P=document, Pg=page, K=0, A=_layout(page, picture))
            )
            if told:
                figure.Alt = String(told if len(found) == 1 else f"{told} ({number + 1}/{len(found)})")
            document.K.append(figure)
            numbers.append(number)
            numbers.append(pdf.make_indirect(Array([figure])))
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
        root.ParentTreeNextKey = len(found)
        pdf.Root.StructTreeRoot = root
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
        return target.getvalue()


def _page(pdf: Pdf, picture: Picture, profile: Stream, number: int) -> Object:
    across, down = (round(side * _POINTS, 2) for side in (SHEET[::-1] if picture.is_landscape else SHEET))
    page = pdf.add_blank_page(page_size=(across, down)).obj
    page.Resources = Dictionary(XObject=Dictionary(P=_image(pdf, picture, profile)))
    left, bottom, right, top = _box(page, picture)
    page.Contents = pdf.make_stream(_DRAWN % (right - left, top - bottom, left, bottom))
    page.StructParents = number
    return page


def _box(page: Object, picture: Picture) -> tuple[float, float, float, float]:
    """Return where the picture stands: at the top of the page, in the middle. Points from the lower left corner."""
    across, down = float(page.MediaBox[2]), float(page.MediaBox[3])
    width, height = picture.width * _POINTS, picture.height * _POINTS
    left, top = (across - width) / 2, down - MARGIN * _POINTS
    return left, top - height, left + width, top


def _layout(page: Object, picture: Picture) -> Dictionary:
    box = [round(place, 3) for place in _box(page, picture)]
    return Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(box))


def _image(pdf: Pdf, picture: Picture, profile: Stream) -> Stream:
    image = pdf.make_stream(
        picture.data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.across,
        Height=picture.down,
        BitsPerComponent=picture.bits,
        ColorSpace=Array([Name.ICCBased, profile]),
    )
    parameters = _parameters(picture)
    image.write(
        picture.data,
        filter=Name("/" + picture.filter),
        decode_parms=Dictionary(parameters) if parameters else None,
    )
    return image


def _parameters(picture: Picture) -> dict[str, int]:
    if picture.filter == "CCITTFaxDecode":
        return {"/K": -1, "/Columns": picture.across, "/Rows": picture.down}
    if picture.filter == "FlateDecode":
        return {
            "/Predictor": 15,
            "/Colors": picture.colours,
            "/BitsPerComponent": picture.bits,
            "/Columns": picture.across,
        }
    return {}
