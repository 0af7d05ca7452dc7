"""Word template -> Template: checked, cleaned, its tags turned into Python code. Done once per template."""

from __future__ import annotations

import io
import marshal
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from docgen.messages import _
from docgen.problems import Problem, TemplateError, Where
from docgen.render.cleaning import as_document, cleaned, in_language, text_parts
from docgen.render.codegen import Generator
from docgen.render.grammar import ENVIRONMENT, check
from docgen.render.looking import look
from docgen.render.names import DOCUMENT, W, w
from docgen.render.ooxml import Element, content_types, of_type, parsed
from docgen.render.pack import Package, small
from docgen.render.package import opened
from docgen.render.part import Part
from docgen.render.places import Place
from docgen.render.safety import dangers, parsed_parts
from docgen.render.shapes import top
from docgen.render.tags import MARK, MARK_END, OPENING, Fault, Tag, shortened
from docgen.render.template import Filled, Template
from docgen.render.wholeness import keep_whole

LANGUAGES = ("nb-NO", "nn-NO")
TEXT_LIMIT = 2_000_000
"""Of a part with tags; docxtpl's regular expressions take about a second for so much."""

HEADER = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
TAG = re.compile(r"\{([{%])(.*?)([}%]\})", re.DOTALL)
NUMBER = re.compile(f"{MARK}(\\d+){MARK_END}")
OUR_SIGNS = re.compile(rb"\xef\xb7[\x90-\xaf]")
"""U+FDD0 to U+FDEF in UTF-8, which docgen puts in while compiling; nobody else has a use for them."""
HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)


def compiled(data: bytes, name: str, kind: str | None) -> Template:
    """Return the template, ready to make documents. Raises TemplateError with all that is wrong with it."""
    parts, texts, found = _read(data, name, kind)
    if found:
        raise TemplateError(*(fault.problem for fault in found))
    written = [_filled(text, name) for text in texts if text.tags]
    filled = tuple(part for part, _uses in written)
    made = {part.name for part in filled}
    kept = {part: content for part, content in parts.items() if part not in made}
    uses = frozenset(name for _part, uses in written for name in uses)
    return Template(name, kind, sha256(data).hexdigest(), uses, filled, _packages(kept), look(parts))


def _packages(kept: dict[str, bytes]) -> dict[str, Package]:
    """Return the untouched parts in each language. Most are the same, and share their memory."""
    own = {language: in_language(kept, language) for language in LANGUAGES}
    differ = {name for parts in own.values() for name in parts}
    same = small({name: raw for name, raw in kept.items() if name not in differ})
    rest = {name: raw for name, raw in kept.items() if name in differ}
    return {language: Package({**same, **small(rest | parts)}) for language, parts in own.items()}


def faults(data: bytes, name: str, kind: str | None) -> list[Fault]:
    """Return everything that is wrong with the template, in the order of the document."""
    try:
        _parts, _texts, found = _read(data, name, kind)
    except TemplateError as error:
        return [Fault(problem) for problem in error.problems]
    return found


def _read(data: bytes, name: str, kind: str | None) -> tuple[dict[str, bytes], list[Part], list[Fault]]:
    """Return the template's parts, those with text read for tags, and the faults of these."""
    parts = cleaned(_harmless(data, name))
    texts = _texts(parts, name)
    found = [*_tags_elsewhere(parts, name), *(fault for text in texts for fault in _faults_of(text, texts, kind))]
    return parts, texts, found


def _harmless(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of a template that can do no harm and that docgen can read. Raises TemplateError."""
    parts = as_document(opened(data, name))
    roots, problems = parsed_parts(parts, name)
    if not problems:
        problems = list(dict.fromkeys([*dangers(parts, roots, name), *_other_dialect(roots, name)]))
    if problems:
        raise TemplateError(*problems)
    return parts


def _other_dialect(roots: Mapping[str, Element], name: str) -> Iterator[Problem]:
    document = roots[DOCUMENT]
    if document.tag != w("document") or document.nsmap.get("w") != W or "_rels/.rels" not in roots:
        yield Problem(
            _("The template is not saved the way Word usually does."),
            _("Open it in Word, choose Save As, and the type Word Document (*.docx)."),
            Where(name),
        )


def _tags_elsewhere(parts: Mapping[str, bytes], name: str) -> Iterator[Fault]:
    """Give a fault for each part, as a chart, that holds a tag and is not filled in."""
    texts = text_parts(parts)
    for part, content in parts.items():
        if part.startswith("word/") and part.endswith(".xml") and part not in texts and _has_tag(parsed(content)):
            yield Fault(
                Problem(
                    _("A tag stands where docgen can't fill it in: in the part {part}.", part=part),
                    _("Use tags in the text, headers, footers and notes only."),
                    Where(name),
                ),
                part,
            )


def _has_tag(root: Element) -> bool:
    return any(
        OPENING.search(text)
        for element in root.iter(etree.Element)
        for text in (element.text or "", *element.attrib.values())
        if "{" in text
    )


def _texts(parts: Mapping[str, bytes], name: str) -> list[Part]:
    texts = text_parts(parts)
    for text in texts:
        if len(parts[text]) > TEXT_LIMIT:
            raise TemplateError(
                Problem(
                    _("The template's text is too long for docgen."),
                    _("Leave only what is the same in every document; the content comes from the input files."),
                    Where(name),
                )
            )
    levels = _heading_styles(parts)
    return [Part(text, parsed(OUR_SIGNS.sub(b"", parts[text])), name, levels) for text in texts]


def _heading_styles(parts: Mapping[str, bytes]) -> dict[str, int]:
    """Return the ids of the heading styles and their levels. Word's ids depend on its language, the names do not."""
    levels = {}
    for part in of_type(content_types(parts), "styles"):
        for style in parsed(parts[part]).iter(w("style")):
            named = style.find(w("name"))
            heading = HEADING.match(named.get(w("val"), "")) if named is not None else None
            if heading:
                levels[style.get(w("styleId"), "")] = int(heading.group(1))
    return levels


def _faults_of(text: Part, texts: list[Part], kind: str | None) -> list[Fault]:
    check(text, top(kind))
    if text.root.tag in (w("footnotes"), w("endnotes")) and text.tags and _prints_markdown(texts):
        text.fault(
            _("A note of the template holds a tag, and the text holds formatted text with notes of its own."),
            _("Move the tag from the note into the text."),
            text.tags[0].paragraph,
        )
    return sorted(text.faults, key=lambda fault: -1 if fault.paragraph is None else fault.paragraph)


def _prints_markdown(texts: list[Part]) -> bool:
    return any(tag.reach in ("p", "r") and not tag.verb for text in texts for tag in text.tags)


def _filled(text: Part, name: str) -> tuple[Filled, set[str]]:
    """Return the part as code, by way of docxtpl's patching and Jinja's parser; and the names that it uses."""
    keep_whole(text)
    source = etree.tostring(text.root, encoding="unicode")
    # DocxTemplate opens its file only when asked to; patch_xml does not ask.
    patched: str = DocxTemplate(io.BytesIO()).patch_xml(source)
    source, lines = _numbered_lines(HEADER + patched, {tag.number: tag for tag in text.tags})
    tree = _tree(source, name)

    def tag_at(line: int) -> Tag | None:
        return lines.get(line)

    fast, careful = Generator(tag_at, careful=False), Generator(tag_at, careful=True)
    code, careful_code = (marshal.dumps(one.code(tree, f"<{text.name}>")) for one in (fast, careful))
    places = tuple(
        Place(line, shortened(tag.written), text.kind, text.text(tag.paragraph)) for line, tag in lines.items()
    )
    return Filled(text.name, code, careful_code, places), fast.uses


def _tree(source: str, name: str) -> nodes.Template:
    """Return Jinja's tree of the part, having made sure that what stands around the tags is whole."""
    try:
        parsed(TAG.sub("", source).encode())
        return ENVIRONMENT.parse(source)
    except (etree.XMLSyntaxError, TemplateSyntaxError):
        raise TemplateError(
            Problem(
                _("docgen can't fill in the template: its tags and its text are entangled."),
                _("Write each tag anew, without pasting, or make the template anew from docgen's own."),
                Where(name),
            )
        ) from None


def _numbered_lines(source: str, tags: Mapping[int, Tag]) -> tuple[str, dict[int, Tag]]:
    """Return the Jinja source with each tag on a line of its own, and the tag of each such line."""
    lines: dict[int, Tag] = {}
    pieces: list[str] = []
    line, position = 1, 0
    for found in TAG.finditer(source):
        number = NUMBER.search(found.group(2))
        if number is None:
            continue
        before = source[position : found.start()]
        body = _without_entities(NUMBER.sub("", found.group(2)))
        pieces += (before, "{", found.group(1), "\n", body, found.group(3))
        line += before.count("\n") + 1
        lines[line] = tags[int(number.group(1))]
        line += body.count("\n")
        position = found.end()
    return "".join(pieces) + source[position:], lines


def _without_entities(text: str) -> str:
    return text.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
