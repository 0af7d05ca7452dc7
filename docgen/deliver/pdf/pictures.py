"""Pictures made ready for pages: upright, in plain colours, and with no more points than a page can show.

Every page of a scan comes along, but only the first picture of a film. What else the file tells, as where a photo was
taken, does not.
"""

from __future__ import annotations

import io
import struct
import threading
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, ImageSequence

from docgen.deliver.jpeg import without_metadata
from docgen.deliver.pdf.paper import room

MOST_PAGES = 1000
MOST_POINTS = 5_000_000_000
"""Of one scan: as many as on 570 sheets of A4 at 300 points an inch, which take a minute or two."""

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")  # others of Pillow's start programs, or are too rare
_LOSSY = ("JPEG", "MPO")  # the latter is what JPEG with several pictures in it is called
_NATURAL = 96
"""Points an inch, of a picture that is not to be made smaller: as a screen shows it."""
_PHOTO, _SCAN = 200, 300
"""Points an inch that a page shows at most: text that was scanned needs more than a photo."""
_SHAPE_OF_PAPER = (1.38, 1.45)
"""How much longer than wide: sheets of the A series, 1.414; no camera makes such pictures."""
_QUALITY = 88
_WORTH = 3
"""How many times more room a picture without loss may take than as JPEG."""
_PREVIEW, _SUBFILE = 1, 254  # a bit of the tag NewSubfileType of TIFF 6.0
_LEAST, _MOST = 0.3, 3.5
"""How oblong a point may be: of a telefax it is 0.5. More is a fault in the file."""

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError, struct.error)
"""What Pillow raises of a broken file, besides its own kinds of OSError."""

_ONE_AT_A_TIME = threading.Lock()
"""A photo may take 300 MB while it is unpacked; and warnings are caught for all threads at once."""


class BrokenPictureError(Exception):
    """The file is no picture, or a broken one."""


class HugePictureError(Exception):
    """The picture has more points or pages than there is room for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for one page: its bytes in the encoding of PDF named by `filter`, its points, and its size in inches.

    `colours` is 3 for RGB (sRGB) and 1 for grey, of which each point takes so many `bits`.
    """

    data: bytes
    filter: str
    across: int
    down: int
    colours: int
    bits: int
    width: float
    height: float
    is_landscape: bool


def pictures(content: bytes) -> list[Picture]:
    """Return the pictures of a file, in order. Raises BrokenPictureError and HugePictureError."""
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="PIL")
        # Pillow warns of over 89 million points, and refuses twice as many: a bomb may be a hundred bytes.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
                return [_picture(one, content) for one in _pages(opened)]
        except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError) as error:
            raise HugePictureError(str(error)) from error
        except _BROKEN as error:
            raise BrokenPictureError(str(error)) from error


def _pages(opened: Image.Image) -> Iterator[Image.Image]:
    """Give the pages of a scan, one at a time; of other files the one picture."""
    if opened.format != "TIFF":
        yield opened
        return
    given = points = 0
    for number, page in enumerate(ImageSequence.Iterator(opened)):
        points += page.width * page.height
        if number == MOST_PAGES or points > MOST_POINTS:
            raise HugePictureError(f"{number + 1} pages of {points} points")
        if not _is_preview(page):
            given += 1
            yield page
    if not given:
        opened.seek(0)
        yield opened


def _is_preview(page: Image.Image) -> bool:
    tags = getattr(page, "tag_v2", {})
    return bool(int(tags.get(_SUBFILE, 0)) & _PREVIEW)


def _picture(page: Image.Image, content: bytes) -> Picture:
    page.load()
    is_lossy, is_as_it_was = page.format in _LOSSY, page.format == "JPEG" and page.mode in ("L", "RGB")
    oblong = _oblong(page)
    image = ImageOps.exif_transpose(page)
    if image.size != page.size:
        oblong = 1 / oblong
    if image.getexif() != page.getexif():
        is_as_it_was = False
    if (converted := _in_srgb(image)) is not None:
        image, is_as_it_was = converted, False
    image = _plain(image)
    width, height, is_landscape = room(image.width / _NATURAL, image.height * oblong / _NATURAL)
    if image.mode == "1":
        encodings = (_fax(image), "CCITTFaxDecode"), (_deflated(image), "FlateDecode")
        data, encoding = min(encodings, key=lambda one: len(one[0]))
        return _made(data, encoding, image, width, height, is_landscape)
    most = round(width * (_SCAN if _is_paper(image) else _PHOTO))
    if most < image.width:
        size = most, max(1, round(image.height * most / image.width))
        image, is_as_it_was = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3), False
    jpeg = without_metadata(content) if is_as_it_was else content
    if jpeg is content:  # it can't stay as it was
        jpeg = _saved(image, "JPEG", quality=_QUALITY)
    if is_lossy or len(png := _deflated(image)) > _WORTH * len(jpeg):
        return _made(jpeg, "DCTDecode", image, width, height, is_landscape)
    return _made(png, "FlateDecode", image, width, height, is_landscape)


def _made(data: bytes, encoding: str, image: Image.Image, width: float, height: float, is_landscape: bool) -> Picture:
    colours, bits = (3 if image.mode == "RGB" else 1), (1 if image.mode == "1" else 8)
    return Picture(data, encoding, image.width, image.height, colours, bits, width, height, is_landscape)


def _oblong(page: Image.Image) -> float:
    """Return how high a point is to its width."""
    across, down = page.info.get("dpi", (1, 1))
    shape = float(across) / float(down) if across and down else 1.0
    return shape if _LEAST < shape < _MOST else 1.0


def _in_srgb(image: Image.Image) -> Image.Image | None:
    """Return a picture that has colours of its own, as a telephone's, in those of a screen; None where it has not."""
    own = image.info.get("icc_profile")
    if not own or image.mode not in ("RGB", "CMYK"):
        return None
    with suppress(ImageCms.PyCMSError, OSError):  # a broken profile: the colours are taken as they are
        profile = ImageCms.ImageCmsProfile(io.BytesIO(own))
        if "sRGB" not in ImageCms.getProfileDescription(profile):
            return ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    return None


def _plain(image: Image.Image) -> Image.Image:
    """Return a picture in black and white, grey or RGB, upon white where it is transparent."""
    if image.has_transparency_data:
        shown = image.convert("RGBA")
        paper = Image.new("RGBA", shown.size, "white")
        paper.alpha_composite(shown)
        return paper.convert("RGB")
    if image.mode in ("1", "L", "RGB"):
        return image
    if image.mode.startswith("I"):  # 16 bits: the upper eight; Pillow would cut off all above 255
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("RGB")


def _is_paper(image: Image.Image) -> bool:
    shape = max(image.size) / min(image.size)
    return _SHAPE_OF_PAPER[0] < shape < _SHAPE_OF_PAPER[1]


def _fax(image: Image.Image) -> bytes:
    """Return a black and white picture as a telefax has it (ITU-T T.6), where it is text half as large as deflated."""
    ink = ImageOps.invert(image)  # of a telefax, 1 is black
    tiff = _saved(ink, "TIFF", compression="group4", tiffinfo={278: image.height})  # RowsPerStrip: one strip
    with Image.open(io.BytesIO(tiff), formats=("TIFF",)) as opened:
        tags = opened.tag_v2  # type: ignore[attr-defined]
        ((start,), (length,)) = tags[273], tags[279]  # StripOffsets, StripByteCounts
    return tiff[start : start + length]


def _deflated(image: Image.Image) -> bytes:
    """Return a picture as PNG has it, each row told from the one above, which PDF can read too."""
    png = _saved(image, "PNG")
    data, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        if kind == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    return data


def _saved(image: Image.Image, encoding: str, **options: object) -> bytes:
    target = io.BytesIO()
    bare = image.copy()
    bare.info = {}
    bare.save(target, encoding, **options)
    return target.getvalue()
