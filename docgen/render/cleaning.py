"""Making a template fit to be a document: Word's editing traces go out, the document's properties get their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from docgen.render.names import CONTENT_TYPES, RELS, TYPES, WORDPROCESSINGML, relationships_name, target_name, w
from docgen.render.ooxml import Element, content_types, of_type, parsed, remove, written
from docgen.render.properties import APP, CORE, CUSTOM, app_properties

TEXT_KINDS = ("document.main", "header", "footer", "footnotes", "endnotes")
"""The kinds of part that a reader reads, as their content types name them."""

DROPPED_KINDS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "printerSettings")
DROPPED_RELATIONSHIPS = (
    "/thumbnail",
    "/customXml",
    "/printerSettings",
    "/attachedTemplate",
    "/comments",
    "/commentsExtended",
    "/commentsIds",
    "/commentsExtensible",
    "/people",
    "/recipientData",
    "/mailMergeSource",
    "/mailMergeHeaderSource",
)
SETTINGS_TRACES = ("rsids", "attachedTemplate", "docVars", "mailMerge", "updateFields", "trackRevisions", "proofState")
TEXT_TRACES = ("proofErr", "commentRangeStart", "commentRangeEnd", "lastRenderedPageBreak", "permStart", "permEnd")
WRITING_IDS = ("paraId", "textId")

PROPERTY_PARTS = {
    CORE: (
        "application/vnd.openxmlformats-package.core-properties+xml",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    ),
    APP: (
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties",
    ),
    CUSTOM: (
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
    ),
}


def cleaned(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the template's parts without Word's traces, and with room for the document's own properties."""
    kept = _without_dropped(parts)
    types = content_types(kept)
    for name in of_type(types, *TEXT_KINDS, "styles", "numbering"):
        kept[name] = _changed(kept[name], _clean_text)
    for name in of_type(types, "settings"):
        kept[name] = _changed(kept[name], _clean_settings)
    return _with_properties(kept)


def as_document(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a document, also when it was saved as a Word template (.dotx)."""
    dotx, docx = (f"{WORDPROCESSINGML}{kind}.main+xml".encode() for kind in ("template", "document"))
    return parts | {CONTENT_TYPES: parts[CONTENT_TYPES].replace(dotx, docx)}


def in_language(parts: dict[str, bytes], language: str) -> dict[str, bytes]:
    """Return the parts that say which language the text is in, saying `language` (as `nn-NO`)."""
    types = content_types(parts)
    changed = {}
    for name in of_type(types, "styles"):
        changed[name] = _changed(parts[name], lambda root: _speak(root, language))
    for name in of_type(types, "settings"):
        changed[name] = _changed(parts[name], lambda root: _set_theme_language(root, language))
    return changed


def _changed(xml: bytes, change: Callable[[Element], None]) -> bytes:
    root = parsed(xml)
    change(root)
    return written(root)


def _without_dropped(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts without those that only editing needs, and without the relationships that lead to them."""
    types = content_types(parts)
    dropped = set(of_type(types, *DROPPED_KINDS))
    dropped |= {name for name in parts if name.startswith("customXml/") or "printerSettings" in name}
    kept = dict(parts)
    for name in [name for name in parts if name.endswith(".rels")]:
        folder, _, file = name.partition("_rels/")
        source = folder + file.removesuffix(".rels")
        root = parsed(parts[name])
        lost = [relationship for relationship in root if relationship.get("Type", "").endswith(DROPPED_RELATIONSHIPS)]
        dropped |= {target_name(source, one.get("Target", "")) for one in lost if one.get("TargetMode") != "External"}
        if lost:
            remove(lost)
            kept[name] = written(root)
    dropped |= {relationships_name(name) for name in dropped}
    root = parsed(kept[CONTENT_TYPES])
    remove([entry for entry in root if entry.get("PartName", "").lstrip("/") in dropped])
    kept[CONTENT_TYPES] = written(root)
    return {name: content for name, content in kept.items() if name not in dropped}


def _clean_text(root: Element) -> None:
    references = root.iter(w("commentReference"))
    remove([run for reference in references if (run := reference.getparent()) is not None])
    remove(root.iter(*(w(tag) for tag in TEXT_TRACES), w("rsid")))
    for element in root.iter(etree.Element):
        for attribute in _trace_attributes(element):
            del element.attrib[attribute]
    remove([lang for lang in root.iter(w("lang")) if _norwegian(lang.get(w("val"), "")) and not _is_default(lang)])


def _trace_attributes(element: Element) -> list[str]:
    return [
        name
        for name in map(str, element.attrib)
        if name.rpartition("}")[2].startswith("rsid") or name.rpartition("}")[2] in WRITING_IDS
    ]


def _norwegian(language: str) -> bool:
    return language.partition("-")[0].lower() in ("nb", "nn", "no")


def _is_default(lang: Element) -> bool:
    return any(ancestor.tag == w("docDefaults") for ancestor in lang.iterancestors())


def _clean_settings(root: Element) -> None:
    remove(root.iter(*(w(tag) for tag in SETTINGS_TRACES)))


def _speak(styles: Element, language: str) -> None:
    """Set the language of text that says nothing of its own."""
    defaults = styles.find(w("docDefaults"))
    if defaults is None:
        defaults = etree.Element(w("docDefaults"))
        styles.insert(0, defaults)
    run_default = defaults.find(w("rPrDefault"))
    if run_default is None:
        run_default = etree.Element(w("rPrDefault"))
        defaults.insert(0, run_default)
    look = run_default.find(w("rPr"))
    if look is None:
        look = etree.SubElement(run_default, w("rPr"))
    lang = look.find(w("lang"))
    if lang is None:
        lang = etree.Element(w("lang"))
        # Only these three may follow w:lang in a w:rPr.
        later = [child for child in look if child.tag in (w("eastAsianLayout"), w("specVanish"), w("oMath"))]
        look.insert(look.index(later[0]) if later else len(look), lang)
    lang.set(w("val"), language)


def _set_theme_language(settings: Element, language: str) -> None:
    for theme in settings.iter(w("themeFontLang")):
        theme.set(w("val"), language)


def _with_properties(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts with docProps/ in its usual place, whatever the template had or called it."""
    package_rels = parsed(parts["_rels/.rels"])
    types = parsed(parts[CONTENT_TYPES])
    kinds = {kind for _content, kind in PROPERTY_PARTS.values()}
    old = [relationship for relationship in package_rels if relationship.get("Type") in kinds]
    gone = {target_name("", one.get("Target", "")) for one in old} | PROPERTY_PARTS.keys()
    remove(old)
    remove([entry for entry in types if entry.get("PartName", "").lstrip("/") in gone])
    numbers = _free_numbers(package_rels)
    for name, (content, kind) in PROPERTY_PARTS.items():
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content)
        attributes = {"Id": f"rId{next(numbers)}", "Type": kind, "Target": name}
        etree.SubElement(package_rels, f"{{{RELS}}}Relationship", attributes)
    kept = {name: content for name, content in parts.items() if name not in gone}
    return kept | {
        "_rels/.rels": written(package_rels),
        CONTENT_TYPES: written(types),
        APP: app_properties().encode(),
    }


def _free_numbers(rels: Element) -> Iterator[int]:
    taken = {relationship.get("Id") for relationship in rels}
    return (number for number in range(1, 10_000) if f"rId{number}" not in taken)


def text_parts(parts: Mapping[str, bytes]) -> list[str]:
    """Return the parts where tags are filled in, the document's own text first."""
    types = content_types(parts)
    main = of_type(types, TEXT_KINDS[0])
    return main + of_type(types, *TEXT_KINDS[1:])
