"""What a template may not hold, since a document made of it is sent on: macros, embedded files, links that fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from docgen.messages import _
from docgen.problems import Problem, Where
from docgen.render.names import CONTENT_TYPES, RELS, is_xml, w
from docgen.render.ooxml import Element, content_types, parsed

_FIELD_NAMES = """
    = AUTHOR CREATEDATE DATE DOCPROPERTY EQ FILENAME FORMCHECKBOX FORMDROPDOWN FORMTEXT HYPERLINK IF INDEX KEYWORDS
    LISTNUM NOTEREF NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ STYLEREF
    SUBJECT SYMBOL TA TC TIME TITLE TOA TOC XE
"""
FIELDS = frozenset(_FIELD_NAMES.split())
"""The field codes that read nothing from outside the document. Others (DDE, INCLUDETEXT, LINK, QUOTE …) are refused."""

LOCAL_PATH = re.compile(r"(file:/{0,3})?[A-Za-z]:[\\/]|(?!file:|https?:|[\\/]{2})[^:]*$", re.IGNORECASE)
"""A Word template on the writer's own disk, as `file:///C:\\Users\\…\\Normal.dotm`: not a server's."""

EMBEDDED_TYPES = ("vbaproject", "vbadata", "macroenabled", "activex", "oleobject", "afchunk", "package.spreadsheet")
EMBEDDED_RELATIONSHIPS = (
    "/oleObject",
    "/package",
    "/control",
    "/aFChunk",
    "/vbaProject",
    "/keyMapCustomizations",
    "/attachedToolbars",
    "/subDocument",
    "/frame",
)
EMBEDDED_ELEMENTS = tuple(w(tag) for tag in ("altChunk", "object", "control", "subDoc", "frameset"))


def parsed_parts(parts: Mapping[str, bytes], name: str) -> tuple[dict[str, Element], list[Problem]]:
    """Return the root of every XML part, and a problem for each that can't be read."""
    roots: dict[str, Element] = {}
    problems: list[Problem] = []
    for part, content in parts.items():
        if not is_xml(part):
            continue
        try:
            roots[part] = parsed(content)
        except ValueError:
            problems.append(_entities(part, name))
        except etree.XMLSyntaxError:
            problems.append(
                Problem(
                    _("The template's part {part} is damaged.", part=part),
                    _("Open it in Word and save it anew, or fetch it from a backup."),
                    Where(name),
                )
            )
    return roots, problems


def dangers(parts: Mapping[str, bytes], roots: Mapping[str, Element], name: str) -> Iterator[Problem]:
    """Give a problem for everything in the template that could run, fetch or carry something along."""
    where = Where(name)
    if any(_embedded_type(kind) for kind in content_types(parts).values()) or any("vbaProject" in p for p in parts):
        yield Problem(
            _("The template holds macros or embedded files, which docgen does not allow."),
            _("Save it in Word as a plain Word document (.docx), and take out embedded objects."),
            where,
        )
    for part, root in roots.items():
        if part.endswith(".rels"):
            yield from _bad_relationships(root, where)
        elif part != CONTENT_TYPES:
            yield from _bad_elements(root, where)
            yield from _bad_fields(root, where)


def _entities(part: str, name: str) -> Problem:
    return Problem(
        _("The template's part {part} defines XML entities, which Word never does.", part=part),
        _("Do not use this file. Make the template anew in Word, or fetch it from a backup."),
        Where(name),
    )


def _embedded_type(content_type: str) -> bool:
    kind = content_type.lower()
    return any(bad in kind for bad in EMBEDDED_TYPES)


def _bad_relationships(root: Element, where: Where) -> Iterator[Problem]:
    for relationship in root.iter(f"{{{RELS}}}Relationship"):
        kind, target = relationship.get("Type", ""), relationship.get("Target", "")
        if kind.endswith(EMBEDDED_RELATIONSHIPS):
            yield Problem(
                _("The template holds an embedded file or object ({target}).", target=target),
                _("Delete it in Word: docgen's documents hold text, tables and pictures only."),
                where,
            )
        elif relationship.get("TargetMode") == "External" and not _harmless(kind, target):
            yield Problem(
                _("The template fetches something from another place: {target}", target=target),
                _("In Word, insert the picture or text itself rather than a link to it, and attach no other template."),
                where,
            )


def _harmless(kind: str, target: str) -> bool:
    """Tell whether an outside target may stand: a link, or the writer's own Normal.dotm, which is taken out later."""
    return kind.endswith("/hyperlink") or (kind.endswith("/attachedTemplate") and bool(LOCAL_PATH.match(target)))


def _bad_elements(root: Element, where: Where) -> Iterator[Problem]:
    if any(True for _bad in root.iter(*EMBEDDED_ELEMENTS)):
        yield Problem(
            _("The template holds an embedded object or document."),
            _("Delete it in Word: docgen's documents hold text, tables and pictures only."),
            where,
        )


def _bad_fields(root: Element, where: Where) -> Iterator[Problem]:
    codes = {code.split()[0].upper() if code.split() else "" for code in _field_codes(root)}
    for code in sorted(codes - FIELDS - {""}):
        if code.startswith("="):
            continue
        yield Problem(
            _("The template holds the field {code}, which docgen does not allow.", code=code),
            _("Take the field out in Word (Alt+F9 shows the field codes) and write the text itself."),
            where,
        )


def _field_codes(root: Element) -> Iterator[str]:
    """Give the code of every field. Word may split a code over many runs, and one field may stand inside another."""
    open_fields: list[list[str]] = []
    loose: list[str] = []
    for element in root.iter(w("fldSimple"), w("fldChar"), w("instrText")):
        if element.tag == w("fldSimple"):
            yield element.get(w("instr"), "")
        elif element.tag == w("instrText"):
            (open_fields[-1] if open_fields else loose).append(element.text or "")
        elif element.get(w("fldCharType")) == "begin":
            open_fields.append([])
        elif element.get(w("fldCharType")) == "end" and open_fields:
            yield "".join(open_fields.pop())
    for field in (*open_fields, loose):
        yield "".join(field)
