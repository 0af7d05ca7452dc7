"""A document on its way to PDF, and what can be wrong with it there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath

from docgen.messages import _
from docgen.problems import Problem, Where

LANGUAGES = {"bokmål": "nb-NO", "nynorsk": "nn-NO", "nb": "nb-NO", "nn": "nn-NO"}
"""What a document's language may be called -> what PDF calls it (RFC 3066)."""


WORD = frozenset((".docx", ".docm", ".dotx"))
_OTHERS = ".doc .odt .ott .rtf .txt .xlsx .xlsm .xls .ods .csv .pptx .ppt .odp .odg .svg"
OTHERS = frozenset(_OTHERS.split())
"""What LibreOffice makes a sensible PDF of. It would show any file as text, and web pages reach out."""
_TEXTS = frozenset([".doc", ".odt", ".ott", ".rtf"])
PICTURES = frozenset([".png", ".jpg", ".jpeg", ".jfif", ".gif", ".bmp", ".tif", ".tiff", ".webp"])
"""What docgen makes PDF of by itself."""
OTHER_PICTURES = frozenset([".heic", ".heif", ".avif", ".jxl", ".jp2", ".psd", ".eps", ".raw", ".dng", ".emf", ".wmf"])
"""What every program for pictures can save as one of those."""


class UnprovenError(Exception):
    """A PDF that was made does not open, has no page, or lacks the document's first or last words."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file to make PDF of. `name` is what people know it as, and its ending tells the format.

    `language` is one of LANGUAGES or a tag like `en-GB`; where it or the title is empty, the file's own is used. A
    picture is told in words by its title. `source` is the input that it comes from, for its seal to tell. `form` is the
    ending that `content` should have had, where it is another.
    """

    name: str
    content: bytes
    language: str = ""
    title: str = ""
    source: str = ""
    form: str = ""

    @classmethod
    def at(cls, path: Path, language: str = "", title: str = "") -> Document:
        """Return the document in a file. Raises OSError."""
        return cls(path.name, path.read_bytes(), language, title)

    @property
    def suffix(self) -> str:
        return self.form or PurePath(self.name).suffix.lower()

    @property
    def is_word(self) -> bool:
        return self.suffix in WORD

    @property
    def is_text(self) -> bool:
        """Tell whether LibreOffice opens it as a text, and tags all of it."""
        return self.suffix in WORD | _TEXTS

    @property
    def is_picture(self) -> bool:
        return self.suffix in PICTURES

    @property
    def is_known(self) -> bool:
        """Tell whether PDF is made of such files; not of a web page or a packed file, whatever it is named."""
        start = self.content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
        return self.suffix in WORD | OTHERS | PICTURES and (
            self.suffix == ".svg" or not start.startswith((b"<", b"\x1f\x8b"))
        )


def unknown(document: Document) -> Problem:
    what = _("PDF is not made of this kind of file.")
    if document.suffix in OTHER_PICTURES:
        return _problem(document, what, _("Open the picture, save it as JPEG or PNG, and use that."))
    return _problem(document, what, _("Make a PDF of it in the program that it was made with, and use that."))


def huge(document: Document) -> Problem:
    return _problem(
        document,
        _("The picture is too large, so no PDF was made of it."),
        _("Open it, make it smaller (at most 9,000 points across and down), save it, and try again."),
    )


def too_long(document: Document) -> Problem:
    return _problem(
        document,
        _("The file is too long to become pages, so no PDF was made of it."),
        _("Attach the part of it that the meeting needs, or a summary."),
    )


def refused(document: Document) -> Problem:
    return _problem(
        document,
        _("LibreOffice can't open the file, so no PDF was made of it."),
        _(
            "See that it opens in the program that it was made with. "
            "LibreOffice may also lack its part for such files: install all of it."
        ),
    )


def damaged(document: Document) -> Problem:
    return _problem(
        document,
        _("The file is damaged, or is not what its name says, so no PDF was made of it."),
        _("Open it in the program that it was made with, save it anew, and try again."),
    )


def not_started(document: Document) -> Problem:
    return _problem(
        document,
        _("LibreOffice does not start, so no PDF was made of the document."),
        _("docgen doctor tells what this machine has. If LibreOffice is being updated, try again afterwards."),
    )


def never_done(document: Document) -> Problem:
    return _problem(
        document,
        _("LibreOffice stopped or took too long twice, so no PDF was made of the document."),
        _("Try again. If it happens each time, open the document in Word and make the PDF there: Save as, PDF."),
    )


def unproven(document: Document) -> Problem:
    return _problem(
        document,
        _("The PDF did not hold all of the document, so it was thrown away."),
        _("Open the document in Word, see that it looks right, and make the PDF there: Save as, PDF."),
    )


def needs_office(document: Document) -> Problem:
    return _problem(
        document,
        _("Without LibreOffice, PDF is made of Word documents (.docx) only."),
        _("Make a PDF of the file in the program that it was made with, or install LibreOffice: see docgen doctor."),
    )


def _problem(document: Document, what: str, fix: str) -> Problem:
    return Problem(what, fix, Where(document.name))
