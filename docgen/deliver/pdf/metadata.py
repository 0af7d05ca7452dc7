"""What a PDF says of itself, in its document information and, word for word the same, in XMP."""

from __future__ import annotations

import re
from html import escape

import pikepdf

from docgen import __version__
from docgen.deliver.pdf.about import About, Claims
from docgen.deliver.seal import place

PRODUCER = f"docgen {__version__}"

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

_PART = "http://www.aiim.org/pdfua/ns/id/"
_EXTENSION = f"""
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_PART}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""In PDF/A, XMP may only say what the standard knows or what is described there (ISO 19005-2 § 6.6.2.3)."""


def describe(pdf: pikepdf.Pdf, about: About, claims: Claims, producer: str = PRODUCER) -> None:
    """Write what the PDF says of itself, in place of whatever stood there. The same each time: no clock, no chance."""
    info = {
        "/Title": about.title,
        "/Author": about.author,
        "/Subject": about.subject,
        "/Keywords": about.keywords,
        "/Producer": producer,
        "/CreationDate": _pdf_date(about.created),
        "/ModDate": _pdf_date(about.modified),
    }
    written = {key: pikepdf.String(_clean(value)) for key, value in info.items() if value}
    pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary(written))
    pdf.Root.Metadata = pdf.make_stream(_xmp(about, claims, producer), Type=pikepdf.Name.Metadata)
    pdf.Root.Metadata.Subtype = pikepdf.Name.XML
    if about.language:
        pdf.Root.Lang = pikepdf.String(about.language)
    if about.title:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


def claims(pdf: pikepdf.Pdf) -> Claims:
    """Return what a PDF says that it follows; nothing where it has no XMP or says it in a way of its own."""
    if "/Metadata" not in pdf.Root:
        return Claims()
    xmp = pdf.Root.Metadata.read_bytes().decode("utf-8", "replace")
    part, level = (_said(xmp, f"pdfaid:{name}") for name in ("part", "conformance"))
    return Claims(f"{part}{level.lower()}" if part else "", _said(xmp, "pdfuaid:part") == "1")


def _said(xmp: str, name: str) -> str:
    found = re.search(rf"<{name}>\s*(\w+)\s*</{name}>|\b{name}=[\"'](\w+)[\"']", xmp)
    return next(filter(None, found.groups()), "") if found else ""


def _xmp(about: About, claims: Claims, producer: str) -> bytes:
    dc = _alternatives("title", about.title) + _alternatives("description", about.subject)
    dc += _list("creator", "Seq", about.author) + _list("language", "Bag", about.language)
    dc += _values("dc", source=about.source)
    blocks = [
        _block("dc", "http://purl.org/dc/elements/1.1/", dc),
        _block("pdf", "http://ns.adobe.com/pdf/1.3/", _values("pdf", Producer=producer, Keywords=about.keywords)),
        _block("xmp", "http://ns.adobe.com/xap/1.0/", _values("xmp", **_xmp_dates(about))),
        _block("xmpMM", "http://ns.adobe.com/xap/1.0/mm/", _values("xmpMM", InstanceID=place(about.made_of))),
    ]
    if claims.pdf_a:
        part, level = claims.pdf_a[0], claims.pdf_a[1:].upper()
        said = _values("pdfaid", part=part, conformance=level)
        blocks.append(_block("pdfaid", "http://www.aiim.org/pdfa/ns/id/", said))
    if claims.is_pdf_ua:
        blocks.append(_block("pdfuaid", _PART, _values("pdfuaid", part="1")) + _EXTENSION)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f"{''.join(blocks)}\n</rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    ).encode()


def _block(prefix: str, namespace: str, content: str) -> str:
    if not content:
        return ""
    return f'\n<rdf:Description rdf:about="" xmlns:{prefix}="{namespace}">{content}\n</rdf:Description>'


def _values(prefix: str, **values: str) -> str:
    filled = ((name, value) for name, value in values.items() if value)
    return "".join(f"\n<{prefix}:{name}>{_escaped(value)}</{prefix}:{name}>" for name, value in filled)


def _alternatives(name: str, text: str) -> str:
    said = f'<rdf:Alt><rdf:li xml:lang="x-default">{_escaped(text)}</rdf:li></rdf:Alt>'
    return f"\n<dc:{name}>{said}</dc:{name}>" if text else ""


def _list(name: str, kind: str, text: str) -> str:
    return f"\n<dc:{name}><rdf:{kind}><rdf:li>{_escaped(text)}</rdf:li></rdf:{kind}></dc:{name}>" if text else ""


def _xmp_dates(about: About) -> dict[str, str]:
    dates = {"CreateDate": about.created, "ModifyDate": about.modified, "MetadataDate": about.modified}
    return {name: date for name, date in dates.items() if _DATE.fullmatch(date)}


def _pdf_date(date: str) -> str:
    """Return `D:20261122090000Z`, or nothing for a date that is written in another way."""
    found = _DATE.fullmatch(date)
    return f"D:{''.join(found.groups())}Z" if found else ""


def _escaped(text: str) -> str:
    return escape(_clean(text), quote=False)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)
