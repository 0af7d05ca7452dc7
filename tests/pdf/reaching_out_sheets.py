"""Sheets, slides and drawings that try to fetch things, in each way that their format has."""

from __future__ import annotations

from xml.sax.saxutils import escape

from tests.pdf.packing import DRAWING, PACKAGE, RELATIONS, open_document, relation, relations, zipped

TEXT = "Hit og ikke lenger."

_LINK = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
_BOX = (
    f'<draw:frame svg:width="9cm" svg:height="3cm"><draw:text-box><text:p>{TEXT}</text:p></draw:text-box></draw:frame>'
)


def ods(*urls: str) -> bytes:
    """Return an OpenDocument sheet with each address in formulas, as a linked sheet, a linked range and a picture."""
    cells = "".join(
        f'<table:table-cell table:formula="{escape(formula, {chr(34): "&quot;"})}" office:value-type="string"/>'
        for url in urls
        for formula in (
            f'of:=WEBSERVICE("{url}")',
            f"of:='{as_url(url)}'#$Sheet1.A1",
            f'of:=DDE("soffice";"{url}";"a1")',
            f'of:=HYPERLINK("{url}")',
        )
    )
    linked = "".join(
        f'<table:table table:name="l{number}"><table:table-source xlink:type="simple" xlink:href="{as_url(url)}" '
        f'table:filter-name="Text - txt - csv (StarCalc)" table:filter-options="44,34,76" table:mode="{mode}"/>'
        '<table:table-row><table:table-cell table:number-columns-repeated="2">'
        f'<table:cell-range-source table:name="a" xlink:type="simple" xlink:href="{as_url(url)}" '
        'table:filter-name="HTML" table:last-column-spanned="1" table:last-row-spanned="1"/>'
        f"</table:table-cell></table:table-row></table:table>"
        for number, url in enumerate(urls)
        for mode in ("copy-all",)
    )
    shapes = "".join(
        f'<draw:frame svg:width="3cm" svg:height="3cm"><draw:image xlink:href="{url}" {_LINK}/></draw:frame>'
        for url in urls
    )
    return open_document(
        "spreadsheet",
        f'<table:table table:name="a"><table:shapes>{shapes}</table:shapes><table:table-row><table:table-cell>'
        f"<text:p>{TEXT}</text:p></table:table-cell>{cells}</table:table-row></table:table>{linked}",
    )


def odp(*urls: str) -> bytes:
    """Return an OpenDocument slide with each address as a picture, an object, a sound, a film and its background."""
    shapes = "".join(
        f'<draw:frame svg:width="3cm" svg:height="3cm"><draw:image xlink:href="{url}" {_LINK}/></draw:frame>'
        f'<draw:frame svg:width="3cm" svg:height="3cm"><draw:object xlink:href="{url}" {_LINK}/></draw:frame>'
        f'<draw:frame svg:width="3cm" svg:height="3cm"><draw:plugin xlink:href="{url}" {_LINK} '
        'draw:mime-type="application/vnd.sun.star.media"/></draw:frame>'
        for url in urls
    )
    return open_document("presentation", f'<draw:page draw:name="a">{_BOX}{shapes}</draw:page>')


def odg(*urls: str) -> bytes:
    """Return an OpenDocument drawing with each address as a picture and an object."""
    shapes = "".join(
        f'<draw:frame svg:width="3cm" svg:height="3cm"><draw:image xlink:href="{url}" {_LINK}/></draw:frame>'
        f'<draw:frame svg:width="3cm" svg:height="3cm"><draw:object xlink:href="{url}" {_LINK}/></draw:frame>'
        for url in urls
    )
    return open_document("drawing", f'<draw:page draw:name="a">{_BOX}{shapes}</draw:page>', "graphics")


def xlsx(*urls: str) -> bytes:
    """Return an Excel sheet with each address in formulas, as a linked workbook, a picture and a table of data."""
    formulas = [f'WEBSERVICE("{url}")' for url in urls] + [f"[{number}]Ark1!A1" for number in range(1, len(urls) + 1)]
    cells = "".join(f'<c t="str"><f>{escape(one)}</f></c>' for one in formulas)
    pictures = "".join(
        "<xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row>"
        '<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="900000" cy="900000"/><xdr:pic><xdr:nvPicPr>'
        f'<xdr:cNvPr id="{number + 2}" name="b"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
        f'<a:blip r:link="p{number}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/>'
        "</xdr:spPr></xdr:pic><xdr:clientData/>"
        "</xdr:oneCellAnchor>"
        for number, _url in enumerate(urls)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = "application/vnd.openxmlformats-officedocument"
    books = range(1, len(urls) + 1)
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.spreadsheetml.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/a.xml" ContentType="{sheet}.spreadsheetml.worksheet+xml"/>'
            f'<Override PartName="/xl/drawings/d.xml" ContentType="{sheet}.drawing+xml"/>'
            + "".join(
                f'<Override PartName="/xl/externalLinks/e{number}.xml" '
                f'ContentType="{sheet}.spreadsheetml.externalLink+xml"/>'
                for number in books
            )
            + "</Types>",
            "_rels/.rels": relations(relation("d", "officeDocument", "xl/workbook.xml", "Internal")),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="a"/></sheets><externalReferences>'
            + "".join(f'<externalReference r:id="e{number}"/>' for number in books)
            + "</externalReferences></workbook>",
            "xl/_rels/workbook.xml.rels": relations(
                relation("a", "worksheet", "worksheets/a.xml", "Internal")
                + "".join(relation(f"e{n}", "externalLink", f"externalLinks/e{n}.xml", "Internal") for n in books)
            ),
            "xl/worksheets/a.xml": f'<worksheet xmlns="{main}" xmlns:r="{RELATIONS}"><sheetData><row r="1">'
            f'<c t="inlineStr"><is><t>{TEXT}</t></is></c>{cells}</row></sheetData><drawing r:id="d"/></worksheet>',
            "xl/worksheets/_rels/a.xml.rels": relations(relation("d", "drawing", "../drawings/d.xml", "Internal")),
            "xl/drawings/d.xml": f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main" '
            f'xmlns:r="{RELATIONS}">{pictures}</xdr:wsDr>',
            "xl/drawings/_rels/d.xml.rels": relations(
                "".join(relation(f"p{number}", "image", url) for number, url in enumerate(urls))
            ),
        }
        | {
            f"xl/externalLinks/e{number}.xml": f'<externalLink xmlns="{main}" xmlns:r="{RELATIONS}">'
            '<externalBook r:id="e"><sheetNames><sheetName val="Ark1"/></sheetNames></externalBook></externalLink>'
            for number in books
        }
        | {
            f"xl/externalLinks/_rels/e{number}.xml.rels": relations(relation("e", "externalLinkPath", url))
            for number, url in zip(books, urls, strict=True)
        }
    )


def pptx(*urls: str) -> bytes:
    """Return a PowerPoint slide with each address as a linked picture."""
    kind = "application/vnd.openxmlformats-officedocument.presentationml"
    main = "http://schemas.openxmlformats.org/presentationml/2006/main"
    pictures = "".join(
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number + 5}" name="b"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
        f'<a:blip r:link="p{number}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></p:spPr></p:pic>'
        for number, _url in enumerate(urls)
    )
    space = f'xmlns:p="{main}" xmlns:a="{DRAWING}/main" xmlns:r="{RELATIONS}"'
    group = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    text = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="5000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></p:spPr><p:txBody><a:bodyPr/>'
        f"<a:p><a:r><a:t>{TEXT}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/ppt/presentation.xml" ContentType="{kind}.presentation.main+xml"/>'
            f'<Override PartName="/ppt/slides/s.xml" ContentType="{kind}.slide+xml"/></Types>',
            "_rels/.rels": relations(relation("d", "officeDocument", "ppt/presentation.xml", "Internal")),
            "ppt/presentation.xml": f'<p:presentation {space}><p:sldIdLst><p:sldId id="256" r:id="s"/></p:sldIdLst>'
            '<p:sldSz cx="9144000" cy="5143500"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(relation("s", "slide", "slides/s.xml", "Internal")),
            "ppt/slides/s.xml": f"<p:sld {space}><p:cSld><p:spTree>{group}{text}{pictures}</p:spTree></p:cSld></p:sld>",
            "ppt/slides/_rels/s.xml.rels": relations(
                "".join(relation(f"p{number}", "image", url) for number, url in enumerate(urls))
            ),
        }
    )


def as_url(address: str) -> str:
    return address if "://" in address else f"file://{address}"
