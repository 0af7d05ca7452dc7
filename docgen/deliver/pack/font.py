"""The one font that a pack writes with itself: stamps, and the page that lists what is missing."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zlib import compress

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

_NAME = "DocgenStamp"
_TAG = "AAAAAA"
"""Six letters that say that a font is a part of one."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The font's measures in thousandths of its size, and the number and width of each letter's glyph."""

    ascent: int
    descent: int
    capitals: int
    box: tuple[int, ...]
    unknown: int
    letters: dict[str, tuple[int, int]]


@cache
def measures() -> Measures:
    told = json.loads(_file("json"))
    told["letters"] = {letter: (number, width) for letter, (number, width) in told["letters"].items()}
    return Measures(**{**told, "box": tuple(told["box"])})


def _file(suffix: str) -> bytes:
    return files(__package__).joinpath("font", f"{_NAME}.{suffix}").read_bytes()


def written(text: str) -> str:
    """Return the text in letters that the font has: without the accents that it lacks, else with question marks."""
    known = measures().letters
    return "".join(letter if letter in known else _nearest(letter) for letter in unicodedata.normalize("NFC", text))


def _nearest(letter: str) -> str:
    if letter.isspace():
        return " "
    bare = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in bare if part in measures().letters) or "?"


def width(text: str, size: float) -> float:
    """Return how wide a `written` text is, in points."""
    known = measures().letters
    return sum(known[letter][1] for letter in text) * size / 1000


def shown(text: str) -> bytes:
    """Return a `written` text as the operand of Tj."""
    known = measures().letters
    return b"<%s>" % "".join(f"{known[letter][0]:04X}" for letter in text).encode()


def font(pdf: Pdf) -> Object:
    """Put the font into a file, and return it: embedded, and so that its text can be copied and read aloud."""
    size, data = measures(), _file("ttf")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{_TAG}+{_NAME}"),
        Flags=4,  # its glyphs are chosen by number
        FontBBox=Array(size.box),
        ItalicAngle=0,
        Ascent=size.ascent,
        Descent=size.descent,
        CapHeight=size.capitals,
        StemV=80,
        FontFile2=_packed(pdf, data, Length1=len(data)),
    )
    glyphs = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(f"/{_TAG}+{_NAME}"),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        CIDToGIDMap=Name.Identity,
        DW=size.unknown,
        W=_widths(size),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name(f"/{_TAG}+{_NAME}"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(glyphs)]),
            ToUnicode=_packed(pdf, _to_unicode(size)),
        )
    )


def _packed(pdf: Pdf, data: bytes, **told: int) -> Object:
    """Return a stream that is deflated already: the font of another file is then seen to be the same."""
    stream = pdf.make_stream(b"", **told)
    stream.write(compress(data), filter=Name.FlateDecode)
    return stream


def _widths(size: Measures) -> Array:
    widths = dict(sorted(size.letters.values()))
    return Array([entry for number, wide in widths.items() for entry in (number, Array([wide]))])


def _to_unicode(size: Measures) -> bytes:
    """Return the map from glyphs back to letters; of letters that share a glyph the first is the one."""
    letters: dict[int, str] = {}
    for letter, (number, _) in size.letters.items():
        letters.setdefault(number, letter)
    pairs = [f"<{number:04X}> <{ord(letter):04X}>" for number, letter in sorted(letters.items())]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{maps}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
""".encode()
