"""Plain texts and drawings as Word files, which then become PDF as every document does: tagged, in their language."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

_EMU = 914400
"""English metric units in an inch, as Word measures pictures."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="svg" ContentType="image/svg+xml"/>
<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>
</Types>"""
_MARGIN = 'w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="0" w:footer="0" w:gutter="0"'
_SHEETS = {False: 'w:w="11906" w:h="16838"', True: 'w:w="16838" w:h="11906" w:orient="landscape"'}
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


def of_text(text: str, language: str) -> bytes:
    """Return a text as it stands, line by line, in letters of one width: 80 of them across the page."""
    pages = _CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n").split("\f")
    lines = [
        (line, number > 0 and at == 0) for number, page in enumerate(pages) for at, line in enumerate(_lines(page))
    ]
    return _file("".join(_paragraph(line, is_new) for line, is_new in lines), language)


def of_drawing(svg: bytes, width: float, height: float, is_landscape: bool, told: str) -> bytes:
    """Return a drawing on a page, so many inches wide and high; `told` is what it shows, in words."""
    size = f'cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"'
    named = f'id="1" name="1" descr={quoteattr(told)}'
    body = (
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline><wp:extent {size}/><wp:docPr {named}/>'
        f'<a:graphic><a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/>'
        '</pic:nvPicPr><pic:blipFill><a:blip r:embed="p"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    return _file(body, "", is_landscape, {"word/media/p.svg": svg})


def _lines(page: str) -> list[str]:
    return page.removesuffix("\n").split("\n")


def _paragraph(line: str, is_on_a_new_page: bool) -> str:
    before = "<w:pPr><w:pageBreakBefore/></w:pPr>" if is_on_a_new_page else ""
    pieces = (f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in line.split("\t"))
    return f"<w:p>{before}<w:r>{'<w:tab/>'.join(pieces)}</w:r></w:p>"


def _file(body: str, language: str, is_landscape: bool = False, media: dict[str, bytes] | None = None) -> bytes:
    section = f"<w:sectPr><w:pgSz {_SHEETS[is_landscape]}/><w:pgMar {_MARGIN}/></w:sectPr>"
    document = (
        f'<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}" xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'
        f' xmlns:wp="{_DRAWING}/wordprocessingDrawing"><w:body>{body}{section}</w:body></w:document>'
    )
    spoken = f"<w:lang w:val={quoteattr(language)}/>" if language else ""
    font = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="20"/>'
    styles = (
        f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{font}{spoken}</w:rPr></w:rPrDefault>'
        "</w:docDefaults></w:styles>"
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(d=("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(s=("styles", "styles.xml"), p=("image", "media/p.svg")),
        "word/document.xml": document,
        "word/styles.xml": styles,
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (parts | (media or {})).items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _relations(**targets: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
