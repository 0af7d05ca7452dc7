"""Puts a template together as a Word file: the same bytes each time."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from tools.house_style import page
from tools.house_style.numbering import numbering
from tools.house_style.styles import styles
from tools.house_style.wordml import R, W, Xml

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_APP = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DAY = (2024, 1, 1, 0, 0, 0)

_PARTS = {
    "styles": ("rIdStyles", "styles.xml"),
    "numbering": ("rIdNumbering", "numbering.xml"),
    "settings": ("rIdSettings", "settings.xml"),
    "fontTable": ("rIdFonts", "fontTable.xml"),
    "footnotes": ("rIdFootnotes", "footnotes.xml"),
    "endnotes": ("rIdEndnotes", "endnotes.xml"),
}
_PAGE = {
    "rIdHeader": ("header", "header1.xml"),
    "rIdHeaderFirst": ("header", "header2.xml"),
    "rIdFooter": ("footer", "footer1.xml"),
    "rIdFooterFirst": ("footer", "footer2.xml"),
}


def package(title: str, body: Xml, numbered_headings: bool = False) -> bytes:
    """Return the template `title` as the bytes of a .docx."""
    document = f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}{page.section()}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relationships(),
        "docProps/core.xml": _core(title),
        "docProps/app.xml": _app(),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _document_relationships(),
        "word/styles.xml": styles(numbered_headings),
        "word/numbering.xml": numbering(numbered_headings),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/footnotes.xml": _notes("footnote"),
        "word/endnotes.xml": _notes("endnote"),
        "word/header1.xml": page.header(),
        "word/header2.xml": page.first_header(),
        "word/footer1.xml": page.footer(),
        "word/footer2.xml": page.footer(),
    }
    return _zipped(parts)


def _zipped(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, xml in parts.items():
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            root = etree.fromstring(xml.encode())
            archive.writestr(info, etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
    return made.getvalue()


def _content_types() -> str:
    kinds = {f"/word/{file}": f"{_TYPES}.{kind}+xml" for kind, (_, file) in _PARTS.items()}
    kinds |= {f"/word/{file}": f"{_TYPES}.{kind}+xml" for kind, file in _PAGE.values()}
    kinds |= {
        "/word/document.xml": f"{_TYPES}.document.main+xml",
        "/docProps/core.xml": _CORE,
        "/docProps/app.xml": _APP,
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in sorted(kinds.items()))
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(*relations: tuple[str, str, str]) -> str:
    made = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


def _package_relationships() -> str:
    return _relationships(
        ("rId1", f"{R}/officeDocument", "word/document.xml"),
        ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", f"{R}/extended-properties", "docProps/app.xml"),
    )


def _document_relationships() -> str:
    own = [(name, f"{R}/{kind}", file) for kind, (name, file) in _PARTS.items()]
    return _relationships(*own, *((name, f"{R}/{kind}", file) for name, (kind, file) in _PAGE.items()))


def _core(title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:language>nb-NO</dc:language>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2024-01-01T00:00:00Z</dcterms:created></cp:coreProperties>'
    )


def _app() -> str:
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>"
    )


def _settings() -> str:
    word = "http://schemas.microsoft.com/office/word"
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:autoHyphenation/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:endnotePr><w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{word}" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="nb-NO"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _fonts() -> str:
    return (
        f'<w:fonts xmlns:w="{W}"><w:font w:name="Calibri"><w:altName w:val="Carlito"/>'
        '<w:panose1 w:val="020F0502020204030204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _notes(kind: str) -> str:
    """Return footnotes.xml or endnotes.xml with the two separators that Word asks for."""

    def note(number: int, name: str) -> str:
        return (
            f'<w:{kind} w:type="{name}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240"'
            f' w:lineRule="auto"/></w:pPr><w:r><w:{name}/></w:r></w:p></w:{kind}>'
        )

    notes = note(-1, "separator") + note(0, "continuationSeparator")
    return f'<w:{kind}s xmlns:w="{W}" xmlns:r="{R}">{notes}</w:{kind}s>'
