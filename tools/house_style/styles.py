"""word/styles.xml: the styles that the templates and the Markdown in them use, and no others."""

from __future__ import annotations

from tools.house_style import look
from tools.house_style.wordml import W

BULLETS, NUMBERS, CELL_BULLETS, HEADINGS, CONTENTS = 1, 2, 3, 4, 5
"""The numbering instances of numbering.py, by w:numId."""


def styles(numbered_headings: bool) -> str:
    """Return styles.xml; with `numbered_headings` the headings carry 1, 1.1, 1.1.1."""
    parts = [
        _defaults(),
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" w:defUnhideWhenUsed="0"'
        ' w:defQFormat="0" w:count="376"/>',
        _paragraph("Normal", "Normal", default=True),
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        _table_normal(),
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
        *_text(),
        *_headings(numbered_headings),
        *_lists(),
        *_contents(),
        *_page(),
        *_facts(),
        *_characters(),
        *_tables(),
    ]
    return f'<w:styles xmlns:w="{W}">{"".join(parts)}</w:styles>'


def _defaults() -> str:
    font = " ".join(f'w:{script}="{look.FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {font}/>"
        '<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="nb-NO" w:eastAsia="nb-NO" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/><w:suppressAutoHyphens/>"
        '<w:spacing w:after="0" w:line="276" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _paragraph(
    style: str,
    name: str,
    *,
    based: str = "Normal",
    following: str = "",
    ppr: str = "",
    rpr: str = "",
    default: bool = False,
    custom: bool = False,
) -> str:
    head = f'w:type="paragraph" w:styleId="{style}"'
    head += ' w:default="1"' if default else ""
    head += ' w:customStyle="1"' if custom else ""
    return (
        f'<w:style {head}><w:name w:val="{name}"/>'
        + ("" if default else f'<w:basedOn w:val="{based}"/>')
        + (f'<w:next w:val="{following}"/>' if following else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


def _spacing(before: int, after: int, line: int = 0) -> str:
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _font(size: float = 0, colour: str = "", bold: bool = False, italic: bool = False) -> str:
    half_points = f"{size * 2:.0f}"
    return (
        ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:i/><w:iCs/>" if italic else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + (f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if size else "")
    )


def _text() -> list[str]:
    indented = f'<w:ind w:left="{look.LIST_STEP}" w:right="{look.LIST_STEP}"/>'
    return [
        _paragraph("BodyText", "Body Text", ppr=_spacing(0, 140)),
        _paragraph(
            "Title",
            "Title",
            following="BodyText",
            ppr="<w:keepNext/><w:keepLines/>" + _spacing(0, 220, 240),
            rpr=_font(23, look.INK, bold=True),
        ),
        _paragraph(
            "Subtitle",
            "Subtitle",
            following="BodyText",
            ppr="<w:keepNext/><w:keepLines/>" + _spacing(0, 200),
            rpr=_font(13, look.GREY),
        ),
        _paragraph(
            "Overtittel",
            "Overtittel",
            following="Title",
            custom=True,
            ppr="<w:keepNext/><w:keepLines/>" + _spacing(120, 40),
            rpr=_font(11, look.GREY, bold=True),
        ),
        _paragraph("Ingress", "Ingress", based="BodyText", following="BodyText", custom=True),
        _paragraph("EtterTabell", "Etter tabell", based="BodyText", custom=True, ppr=_spacing(240, 140)),
        _paragraph("Merknad", "Merknad", based="BodyText", custom=True, rpr=_font(colour=look.GREY, italic=True)),
        _paragraph("Mottakere", "Mottakere", custom=True, ppr=_spacing(240, 0, 259), rpr=_font(10)),
        _paragraph("Vedtak", "Vedtak", based="BodyText", custom=True, ppr=_spacing(0, 100)),
        _paragraph(
            "Quote",
            "Quote",
            based="BodyText",
            ppr=_spacing(60, 160) + indented,
            rpr=_font(colour=look.GREY, italic=True),
        ),
        _paragraph("Caption", "caption", ppr="<w:keepNext/>" + _spacing(160, 80), rpr=_font(9.5, look.GREY, bold=True)),
        _paragraph("FootnoteText", "footnote text", ppr=_spacing(0, 40, 240), rpr=_font(9)),
        _paragraph("Tagg", "docgen-merke", custom=True, rpr=_font(8, look.TAG)),
    ]


def _headings(numbered: bool) -> list[str]:
    kinds = [(17, 400, 120, False), (13.5, 280, 80, False), (11.5, 220, 60, False), (11, 180, 40, True)]
    made = []
    for level, (size, before, after, italic) in enumerate(kinds):
        number = (
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{HEADINGS}"/></w:numPr>'
            if numbered and level < 3
            else ""
        )
        made.append(
            _paragraph(
                f"Heading{level + 1}",
                f"heading {level + 1}",
                following="BodyText",
                ppr=f'<w:keepNext/><w:keepLines/>{number}{_spacing(before, after, 252)}<w:outlineLvl w:val="{level}"/>',
                rpr=_font(size, look.INK, bold=True, italic=italic),
            )
        )
    return made


def _lists() -> list[str]:
    made = []
    for level in range(3):
        suffix, word = (str(level + 1), f" {level + 1}") if level else ("", "")
        for kind, instance in (("Bullet", BULLETS), ("Number", NUMBERS)):
            number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/></w:numPr>'
            made.append(
                _paragraph(f"List{kind}{suffix}", f"List {kind}{word}", based="BodyText", ppr=number + _spacing(0, 90))
            )
        indent = f'<w:ind w:left="{look.LIST_STEP * (level + 1)}"/>'
        made.append(
            _paragraph(f"ListContinue{suffix}", f"List Continue{word}", based="BodyText", ppr=_spacing(0, 90) + indent)
        )
    return made


def _contents() -> list[str]:
    heading = "<w:keepNext/><w:keepLines/>" + _spacing(400, 120)
    made = [_paragraph("TOCHeading", "TOC Heading", ppr=heading, rpr=_font(17, look.INK, bold=True))]
    for level, (number_width, left) in enumerate([(454, 0), (624, 454), (794, 1078)]):
        tabs = (
            f'<w:tabs><w:tab w:val="left" w:pos="{left + number_width}"/>'
            f'<w:tab w:val="right" w:leader="dot" w:pos="{look.TEXT_WIDTH}"/></w:tabs>'
        )
        made.append(
            _paragraph(
                f"TOC{level + 1}",
                f"toc {level + 1}",
                ppr=tabs + _spacing(0, 60) + f'<w:ind w:left="{left}"/>',
            )
        )
    return made


def _page() -> list[str]:
    right = f'<w:tabs><w:tab w:val="right" w:pos="{look.TEXT_WIDTH}"/></w:tabs>'
    return [
        _paragraph("Header", "header", ppr=right + _spacing(0, 0, 240), rpr=_font(9, look.GREY)),
        _paragraph("Footer", "footer", ppr=right + _spacing(0, 0, 240), rpr=_font(9, look.GREY)),
        _paragraph("Eier", "Eier", based="Header", custom=True, rpr=_font(12, look.INK, bold=True)),
        _paragraph("Utkast", "Utkast", based="Header", custom=True, ppr=_spacing(100, 140)),
        _paragraph(
            "Folsomhet",
            "Følsomhet",
            based="Header",
            custom=True,
            ppr=_spacing(0, 0, 240) + '<w:jc w:val="center"/>',
            rpr='<w:color w:val="000000"/>',
        ),
    ]


def _facts() -> list[str]:
    step = look.FACT_STEP
    facts = (
        f'<w:tabs><w:tab w:val="left" w:pos="{step}"/></w:tabs>{_spacing(0, 240)}'
        f'<w:ind w:left="{step}" w:hanging="{step}"/><w:contextualSpacing/>'
    )
    line = '<w:keepLines/><w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="4820"/></w:tabs>' + _spacing(
        760, 0, 252
    )
    return [
        _paragraph("Fakta", "Fakta", custom=True, ppr=facts),
        _paragraph("Underskrift", "Underskrift", custom=True, ppr=line),
    ]


def _characters() -> list[str]:
    def character(style: str, name: str, rpr: str, custom: bool = False) -> str:
        own = ' w:customStyle="1"' if custom else ""
        return (
            f'<w:style w:type="character" w:styleId="{style}"{own}><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{rpr}</w:rPr></w:style>'
        )

    mark = (
        f'<w:b/><w:bCs/><w:color w:val="{look.DRAFT}"/><w:spacing w:val="60"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{look.DRAFT_TINT}"/>'
    )
    return [
        character("Strong", "Strong", "<w:b/><w:bCs/>"),
        character("Emphasis", "Emphasis", "<w:i/><w:iCs/>"),
        character("Hyperlink", "Hyperlink", f'<w:color w:val="{look.LINK}"/><w:u w:val="single"/>'),
        character("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
        character("PlaceholderText", "Placeholder Text", f'<w:color w:val="{look.GREY}"/>'),
        character("Faktanavn", "Faktanavn", _font(colour=look.INK, bold=True), custom=True),
        character("Utkastmerke", "Utkastmerke", mark, custom=True),
        character("Utkastsetning", "Utkastsetning", _font(10, look.DRAFT), custom=True),
        character("LysSkrift", "Lys skrift", '<w:color w:val="FFFFFF"/>', custom=True),
    ]


def _table_normal() -> str:
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


def _border(side: str, size: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'


def _tables() -> list[str]:
    def table(style: str, name: str, borders: str, head: str = "", custom: bool = True, left: int = 108) -> str:
        own = ' w:customStyle="1"' if custom else ""
        return (
            f'<w:style w:type="table" w:styleId="{style}"{own}><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
            f'<w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:left w:w="{left}" w:type="dxa"/>'
            '<w:bottom w:w="57" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"{head}</w:style>"
        )

    lines = _border("top", 8, look.INK) + _border("bottom", 8, look.INK) + _border("insideH", 4, look.RULE)
    head = (
        f'<w:tblStylePr w:type="firstRow"><w:rPr>{_font(colour=look.INK, bold=True)}</w:rPr><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{look.TINT}"/></w:tcPr></w:tblStylePr>'
    )
    grid = "".join(_border(side, 4, "auto") for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    pale = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{look.PALE}"/></w:tcPr>'
    tight = '<w:suppressAutoHyphens w:val="0"/>' + _spacing(0, 0, 259)
    return [
        _paragraph("Tabelltekst", "Tabelltekst", custom=True, ppr=tight, rpr=_font(10)),
        _paragraph(
            "Tabellhode",
            "Tabellhode",
            based="Tabelltekst",
            custom=True,
            ppr="<w:keepNext/>",
            rpr=_font(colour=look.INK, bold=True),
        ),
        _paragraph("Tabellnote", "Tabellnote", based="Tabelltekst", custom=True, rpr=_font(9.5, look.GREY)),
        _paragraph(
            "Tabellpunkt",
            "Tabellpunkt",
            based="Tabelltekst",
            custom=True,
            ppr=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{CELL_BULLETS}"/></w:numPr>' + _spacing(20, 0, 259),
        ),
        table("TableGrid", "Table Grid", grid, custom=False),
        table("DocgenTable", "Docgen Table", lines, head),
        table("DocgenBoks", "Docgen Boks", _border("left", 36, look.INK), pale, left=198),
    ]
