"""Documents that try to fetch pictures, from the network and from other files, in each way that their format has."""

from __future__ import annotations

import struct
import zlib

from tests.pdf.packing import DRAWING, PACKAGE, RELATIONS, relation, relations, zipped
from tests.pdf.reaching_out_sheets import TEXT, odg, odp, ods, pptx, xlsx

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SIZE = 37
"""Pixels along each side of the picture that nobody should find in a PDF."""


def png() -> bytes:
    """Return a picture of SIZE by SIZE pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\x00" + b"\xc0\x20\x60" * SIZE for _ in range(SIZE))
    head = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def docx(*urls: str) -> bytes:
    """Return a Word file with each address as a linked picture, a field, an old picture, a template and a chunk.

    A drawing in it tries them too.
    """
    body, links = _picture("v", "embed"), relation("v", "image", "media/v.svg", "Internal")
    for number, url in enumerate(urls):
        body += _picture(f"p{number}") + _old_picture(f"p{number}") + _field(url)
        body += f'<w:altChunk r:id="c{number}"/>'
        links += relation(f"p{number}", "image", url) + relation(f"c{number}", "aFChunk", url)
    document = (
        f'<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}" xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture"'
        f' xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml">'
        f"<w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>{body}<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p></w:body>"
        "</w:document>"
    )
    settings = f'<w:settings xmlns:w="{WORD}" xmlns:r="{RELATIONS}"><w:attachedTemplate r:id="t"/></w:settings>'
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="svg" ContentType="image/svg+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}.document.main+xml"/>'
            f'<Override PartName="/word/settings.xml" ContentType="{main}.settings+xml"/></Types>',
            "_rels/.rels": relations(relation("d", "officeDocument", "word/document.xml", "Internal")),
            "word/document.xml": document,
            "word/media/v.svg": svg(*urls),
            "word/settings.xml": settings,
            "word/_rels/document.xml.rels": relations(links + relation("s", "settings", "settings.xml", "Internal")),
            "word/_rels/settings.xml.rels": relations(relation("t", "attachedTemplate", urls[0])),
        }
    )


def odt(*urls: str) -> bytes:
    """Return an OpenDocument text with each address as a picture, a linked section and an object."""
    names = {
        "office": "office",
        "text": "text",
        "draw": "drawing",
        "svg": "svg-compatible",
        "style": "style",
        "script": "script",
    }
    space = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value}:1.0"' for key, value in names.items())
    link = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    body = "".join(
        f'<text:p><draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char">'
        f'<draw:image xlink:href="{url}" {link}/></draw:frame>'
        f'<draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char">'
        f'<draw:object xlink:href="{url}" {link}/></draw:frame>'
        f'<draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char">'
        f'<draw:floating-frame xlink:href="{url}" {link}/></draw:frame></text:p>'
        f'<text:section text:name="s{number}"><text:section-source xlink:href="{url}"/><text:p/></text:section>'
        for number, url in enumerate(urls)
    )
    kind = "application/vnd.oasis.opendocument.text"
    return zipped(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            f'manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
            "content.xml": f'<office:document-content {space} xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'office:version="1.2"><office:body><office:text><text:p>{TEXT}</text:p>{body}</office:text></office:body>'
            "</office:document-content>",
        }
    )


def html(*urls: str) -> bytes:
    """Return a web page with each address as a picture, a background, a style sheet and a frame."""
    body = "".join(
        f'<link rel="stylesheet" href="{url}"><img src="{url}"><table background="{url}"><tr><td>x</td></tr></table>'
        f'<iframe src="{url}"></iframe><object data="{url}"></object>'
        for url in urls
    )
    return f"<html><body background='{urls[0]}'><p>{TEXT}</p>{body}</body></html>".encode()


def rtf(*urls: str) -> bytes:
    """Return a rich text with each address as a picture field and an included text."""
    body = "".join(
        rf'{{\field\fldedit{{\*\fldinst{{ {kind} \\d "{url}" }}}}{{\fldrslt{{x}}}}}}\par '
        for url in urls
        for kind in ("INCLUDEPICTURE", "INCLUDETEXT")
    )
    return rf"{{\rtf1\ansi{{\*\template {urls[0]}}} {TEXT}\par {body}}}".encode()


def svg(*urls: str) -> bytes:
    """Return a drawing with each address as a picture, a style sheet, a fill, a font and a drawing within."""
    body = "".join(
        f'<image xlink:href="{url}" x="0" y="0" width="50" height="50"/><image href="{url}" width="50" height="50"/>'
        f'<use xlink:href="{url}#a"/><rect width="9" height="9" style="fill:url({url}#a)"/><rect fill="url({url}#a)"/>'
        f'<style>@import url("{url}"); @font-face {{ font-family: a; src: url({url}); }}</style>'
        f'<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="{url}"/></foreignObject>'
        for url in urls
    )
    return (
        f'<?xml version="1.0"?><?xml-stylesheet href="{urls[0]}"?><svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" width="300" height="200"><text y="90">{TEXT}</text>{body}</svg>'
    ).encode()


KINDS = {
    ".docx": docx,
    ".odt": odt,
    ".html": html,
    ".rtf": rtf,
    ".ods": ods,
    ".odp": odp,
    ".odg": odg,
    ".xlsx": xlsx,
    ".pptx": pptx,
    ".svg": svg,
}


def _picture(relation: str, mode: str = "link") -> str:
    size = 'cx="900000" cy="900000"'
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent {size}/><wp:docPr id="1" name="b" descr="b"/>'
        f'<a:graphic><a:graphicData uri="{DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="b"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


def _old_picture(relation: str) -> str:
    return (
        '<w:p><w:r><w:pict><v:shape style="width:90pt;height:90pt">'
        f'<v:imagedata r:href="{relation}" r:id="{relation}"/></v:shape></w:pict></w:r></w:p>'
    )


def _field(url: str) -> str:
    return "".join(
        f'<w:p><w:fldSimple w:instr=" {kind} &quot;{url}&quot; \\d "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
        for kind in ("INCLUDEPICTURE", "INCLUDETEXT")
    )
