"""A copy of a template with a Word comment at each fault, for the person who mends it in Word."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from docgen.messages import _
from docgen.render.names import DOCUMENT, w
from docgen.render.tags import Fault

AUTHOR, INITIALS = "docgen", "dg"


def annotated(data: bytes, faults: list[Fault]) -> bytes:
    """Return the template with a comment at the paragraph of each fault.

    What stands in a header, footer or note (where Word allows no comment), or in no paragraph at all, is told at the
    beginning of the text. Raises what python-docx does for a file that is no Word document.
    """
    document = Document(io.BytesIO(data))
    paragraphs = [Paragraph(element, document) for element in document.element.body.iter(w("p"))]
    if not paragraphs:
        paragraphs = [document.add_paragraph()]
    for fault in faults:
        _comment(document, _paragraph(paragraphs, fault), _text(fault))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _paragraph(paragraphs: list[Paragraph], fault: Fault) -> Paragraph:
    if fault.part == DOCUMENT and fault.paragraph is not None and fault.paragraph < len(paragraphs):
        return paragraphs[fault.paragraph]
    return paragraphs[0]


def _comment(document: WordDocument, paragraph: Paragraph, text: str) -> None:
    runs = paragraph.runs or [paragraph.add_run()]
    document.add_comment([runs[0], runs[-1]], text, AUTHOR, INITIALS)


def _text(fault: Fault) -> str:
    told = f"{fault.problem.what} {fault.problem.fix}".strip()
    if fault.part.startswith("word/header"):
        return _("In the header: {told}", told=told)
    if fault.part.startswith("word/footer"):
        return _("In the footer: {told}", told=told)
    return told
