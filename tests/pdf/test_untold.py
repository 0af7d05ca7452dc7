"""What LibreOffice leaves outside the tags is decoration where it is lines alone, and else takes the claim away."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from docgen.deliver.pdf.untold import tell

LINE = b"q 0.5 w\n90 651 m\n521 651 l S\nQ"
TEXT = b"q\nBT\n90 600 Td /F1 11 Tf<0102>Tj\nET\nQ"


def marked(content: bytes, tag: bytes = b"/P<</MCID 0>>") -> bytes:
    return b"\n%bBDC\n%b\nEMC\n" % (tag, content)


def told(content: bytes) -> tuple[list[str], bytes]:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj.Contents = pdf.make_stream(content)
        return tell(pdf), page.obj.Contents.read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"0.1 w\n" + marked(TEXT),
        marked(TEXT) + marked(LINE, b"/Artifact "),
        marked(marked(TEXT, b"/Span<</Lang(nb-NO)>>") + TEXT + LINE),
        marked(TEXT, b"/BT<</MCID 0>>") + marked(TEXT, b"/EMC<</MCID 1>>") + b"q\nQ",
        marked(TEXT, b"/Do#20S<</ActualText<FEFF0042>>>"),
        b"",
    ],
)
def test_what_is_all_marked_stays_as_it_is(content):
    assert told(content) == ([], content)


@pytest.mark.parametrize("paint", [b"S", b"s", b"f", b"f*", b"F", b"B", b"B*", b"b", b"b*"])
def test_lines_and_areas_are_marked_as_decoration(paint):
    line = b"0 0 9 9 re\n" + paint + b"\n"

    faults, content = told(line + marked(TEXT) + line + marked(TEXT) + line)

    assert faults == []
    assert content.count(b"/Artifact BMC") == 3
    assert content.replace(b"\n/Artifact BMC\n", b"").replace(b"\nEMC\n", b"") == (
        line + marked(TEXT) + line + marked(TEXT) + line
    ).replace(b"\nEMC\n", b"")
    assert told(content) == ([], content)


@pytest.mark.parametrize("content", [TEXT, b"q\n/Im4 Do\nQ", b"q BI /W 1 ID x EI Q", marked(TEXT) + LINE + TEXT])
def test_text_and_pictures_are_not(content):
    assert told(marked(TEXT) + content) == (["text or a picture outside the tags"], marked(TEXT) + content)


@pytest.mark.parametrize(("code", "character"), [("F0B7", "2022"), ("f0fc", "2713")])
def test_the_bullets_of_word_get_their_character(code, character):
    faults, cmap = named(code)

    assert (faults, cmap) == ([], f"beginbfchar\n<01> <{character}>\n<02> <0041>\nendbfchar")


def test_other_letters_that_only_a_font_knows_stay():
    faults, cmap = named("F029")

    assert (faults, cmap) == (
        ["letters that only their font knows"],
        "beginbfchar\n<01> <F029>\n<02> <0041>\nendbfchar",
    )


@pytest.mark.parametrize("place", ["page", "pages", "drawing", "drawing in a drawing"])
def test_fonts_are_found_wherever_they_are_used(place):
    assert named("F029", place)[0] == ["letters that only their font knows"]


def named(code: str, place: str = "page") -> tuple[list[str], str]:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        cmap = pdf.make_stream(f"beginbfchar\n<01> <{code}>\n<02> <0041>\nendbfchar".encode())
        font = pdf.make_indirect(Dictionary(Type=Name.Font, ToUnicode=cmap))
        resources = Dictionary(Font=Dictionary(F1=font, F2=font))
        for _ in range(place.count("drawing")):
            drawing = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, Resources=resources)
            resources = Dictionary(XObject=Dictionary(X1=drawing, X2=drawing))
        if place == "pages":
            del page.obj["/Resources"]
            pdf.Root.Pages.Resources = resources
        else:
            page.obj.Resources = resources
        return tell(pdf), cmap.read_bytes().decode()
