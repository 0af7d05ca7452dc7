"""The properties of a made document: its title, language and facts, which programs read without opening the text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from docgen.render.literal import as_attribute, as_text

CORE = "docProps/core.xml"
APP = "docProps/app.xml"
CUSTOM = "docProps/custom.xml"

MADE = "2000-01-01T00:00:00Z"
"""When every document says it was made: a real time would make each build's bytes differ."""

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CUSTOM_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The one property set that Word shows under Advanced Properties, Custom ([MS-OE376] 2.1.1834)."""


def core_properties(title: str, language: str, owner: str) -> str:
    """Return docProps/core.xml. The template's author is not the document's: the owner is, or nobody."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{as_text(title)}</dc:title><dc:creator>{as_text(owner)}</dc:creator>"
        f"<dc:language>{as_text(language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{MADE}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{MADE}</dcterms:modified></cp:coreProperties>'
    )


def custom_properties(facts: Mapping[str, str]) -> str:
    """Return docProps/custom.xml with the facts as text, in their own order."""
    rows = "".join([_property(number, name, value) for number, (name, value) in enumerate(facts.items(), 2)])
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{rows}</Properties>'
    )


@lru_cache(maxsize=512)
def _property(number: int, name: str, value: str) -> str:
    """Return one custom property; the documents of a meeting share most of theirs."""
    return (
        f'<property fmtid="{_CUSTOM_SET}" pid="{number}" name="{as_attribute(name)}">'
        f"<vt:lpwstr>{as_text(value)}</vt:lpwstr></property>"
    )


def app_properties() -> str:
    """Return docProps/app.xml: the template's page count, company and editing time do not hold for the document."""
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>docgen</Application></Properties>"
    )
