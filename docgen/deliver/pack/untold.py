"""Whether a file that says that everyone can read it tells of all that it paints: in its tags, or as decoration."""

from __future__ import annotations

from pikepdf import Object, Pdf, PdfError, parse_content_stream

_BEGIN, _END = ("BDC", "BMC"), "EMC"
_PAINT = "S s f F f* B B* b b* sh Do BI Tj TJ ' \""
_OPERATORS = " ".join((*_BEGIN, _END, _PAINT))


def is_all_told(pdf: Pdf) -> bool:
    """Return whether all that the pages paint is marked content (ISO 14289-1, 7.1)."""
    try:
        return all(_is_told(page.obj) for page in pdf.pages)
    except PdfError:
        return False


def _is_told(page: Object) -> bool:
    depth = 0
    for instruction in parse_content_stream(page, _OPERATORS):
        operator = str(instruction.operator)
        if operator in _BEGIN:
            depth += 1
        elif operator == _END:
            depth -= 1
        elif depth == 0:
            return False
    return True
