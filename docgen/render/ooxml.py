"""The XML of Word files: a parser that fetches and expands nothing, and what the parts say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from docgen.render.names import CONTENT_TYPES, TYPES, WORDPROCESSINGML

Element = etree._Element


def parsed(xml: bytes) -> Element:
    """Return the root of an XML part. Raises etree.XMLSyntaxError for what is no XML, ValueError for one with a DTD."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError
    # A new parser each time: lxml's default one resolves entities, and a shared one is not safe in threads.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    root = etree.fromstring(xml, parser)
    # In another coding, as UTF-16, a DTD can't be seen before parsing; this parser has then fetched nothing of it.
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise ValueError
    return root


def written(root: Element) -> bytes:
    """Return the part as Word writes it: UTF-8 with a declaration."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the content type of every part."""
    defaults, overrides = {}, {}
    for entry in parsed(parts[CONTENT_TYPES]):
        if entry.tag == f"{{{TYPES}}}Override":
            overrides[entry.get("PartName", "").lstrip("/")] = entry.get("ContentType", "")
        else:
            defaults[entry.get("Extension", "").lower()] = entry.get("ContentType", "")
    return {
        name: overrides.get(name) or defaults.get(name.rpartition(".")[2].lower(), "")
        for name in parts
        if name != CONTENT_TYPES
    }


def of_type(types: Mapping[str, str], *kinds: str) -> list[str]:
    """Return the parts whose WordprocessingML type is one of `kinds`, as `header` or `footnotes`."""
    wanted = {f"{WORDPROCESSINGML}{kind}+xml" for kind in kinds}
    return sorted(name for name, found in types.items() if found in wanted)


def remove(elements: Iterable[Element]) -> None:
    """Take the elements out of their tree; text after them stays."""
    for element in list(elements):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tail:
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)
