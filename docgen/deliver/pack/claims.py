"""What the pack says of itself: its title and author, and which standards it keeps because all its parts do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from docgen.deliver.pack.graph import each, is_table
from docgen.deliver.pack.parts import PackInfo
from docgen.deliver.pack.weight import is_too_heavy
from docgen.deliver.seal import place

_PART = re.compile(rb"pdfaid:part(?:>|=[\"'])\s*(\d)")
_LEVEL = re.compile(rb"pdfaid:conformance(?:>|=[\"'])\s*([ABUabu])")
_UNIVERSAL = re.compile(rb"pdfuaid:part(?:>|=[\"'])\s*(\d)")
_LEVELS = ("", "b", "u", "a")
_MAKER = "docgen"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a file claims: the level of PDF/A-2 (`a`, `u`, `b` or none), PDF/UA-1, and which colours it means."""

    level: str
    is_universal: bool
    colours: bytes


def claim_of(pdf: Pdf) -> Claim:
    """Return what a part claims of itself."""
    found = pdf.Root.get(Name.Metadata)
    said = found.read_bytes() if isinstance(found, Stream) and not is_too_heavy(found) else b""
    part, level, universal = _PART.search(said), _LEVEL.search(said), _UNIVERSAL.search(said)
    is_second = part is not None and part[1] == b"2"
    return Claim(
        level[1].decode().lower() if level and is_second else "",
        universal is not None and universal[1] == b"1",
        _colours(pdf),
    )


def _colours(pdf: Pdf) -> bytes:
    """Return a digest of the colour profile, without when it was made and its own digest (ICC.1:2010, 7.2)."""
    profile = _profile(pdf)
    if profile is None or is_too_heavy(profile):
        return b""
    data = profile.read_bytes()
    return blake2b(data[:24] + data[36:84] + data[100:], digest_size=16).digest()


def _profile(pdf: Pdf) -> Stream | None:
    for intent in each(pdf.Root.get(Name.OutputIntents)):
        profile = intent.get(Name.DestOutputProfile) if is_table(intent) else None
        if isinstance(profile, Stream):
            return profile
    return None


def common(claims: Sequence[Claim]) -> Claim:
    """Return what all of them claim: the lowest level, and none where they don't mean the same colours.

    A file of PDF/A that names no colours tells them with each picture, and means no others (ISO 19005-2, 6.2.4.3).
    """
    colours = {claim.colours for claim in claims if claim.colours}
    level = min((claim.level for claim in claims), key=_LEVELS.index, default="")
    if len(colours) != 1:
        return Claim("", all(claim.is_universal for claim in claims), b"")
    return Claim(level, all(claim.is_universal for claim in claims), *colours)


def conformance(claim: Claim) -> tuple[str, ...]:
    """Return the standards by name, as a person knows them."""
    return (*([f"PDF/A-2{claim.level}"] if claim.level else []), *(["PDF/UA-1"] if claim.is_universal else []))


def say(pack: Pdf, info: PackInfo, claim: Claim, intents_from: Pdf) -> None:
    """Write what the pack is, twice as the standards want it: for people's programs and for machines."""
    pack.Root.Lang = String(info.language)
    pack.Root.MarkInfo = Dictionary(Marked=True)
    pack.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pack.trailer.Info = pack.make_indirect(
        Dictionary(
            Title=String(info.title),
            Author=String(info.author),
            Creator=String(_MAKER),
            Producer=String(_MAKER),
            CreationDate=String(_date(info.created)),
            ModDate=String(_date(info.created)),
        )
    )
    pack.Root.Metadata = pack.make_stream(_xmp(info, claim).encode(), Type=Name.Metadata, Subtype=Name.XML)
    profile = _profile(intents_from)
    if claim.level and profile is not None:
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=_condition(intents_from),
            DestOutputProfile=pack.make_stream(profile.read_bytes(), N=profile.get(Name.N, 3)),
        )
        pack.Root.OutputIntents = Array([pack.make_indirect(intent)])


def _condition(pdf: Pdf) -> Object:
    for intent in each(pdf.Root.get(Name.OutputIntents)):
        named = intent.get(Name.OutputConditionIdentifier)
        if isinstance(named, String):
            return String(str(named))
    return String("Custom")


def _date(when: datetime) -> str:
    return when.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")


def _xmp(info: PackInfo, claim: Claim) -> str:
    made = info.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    archived = f"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>{claim.level.upper()}</pdfaid:conformance>"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_text(info.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{_text(info.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{_text(info.language)}</rdf:li></rdf:Bag></dc:language></rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreatorTool>{_MAKER}</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>{_MAKER}</pdf:Producer></rdf:Description>
{_described("xmpMM", _MM, f"<xmpMM:InstanceID>{place('')}</xmpMM:InstanceID>")}\
{_described("pdfaid", "http://www.aiim.org/pdfa/ns/id/", archived) if claim.level else ""}\
{_described("pdfuaid", _UA, "<pdfuaid:part>1</pdfuaid:part>") + _SCHEMA if claim.is_universal else ""}\
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def _described(prefix: str, name: str, said: str) -> str:
    return f'<rdf:Description rdf:about="" xmlns:{prefix}="{name}">{said}</rdf:Description>\n'


def _text(text: str) -> str:
    return escape("".join(letter for letter in text if letter.isprintable() or letter == " "))


_MM = "http://ns.adobe.com/xap/1.0/mm/"
_UA = "http://www.aiim.org/pdfua/ns/id/"
_SCHEMA = f"""<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_UA}</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that is kept</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""PDF/A wants a name that it does not know itself to be explained in the file (ISO 19005-2, 6.6.2.3)."""
