"""What a PDF says of itself and claims to be: nothing here needs what reads and writes PDF."""

from __future__ import annotations

from dataclasses import dataclass

NO_OFFICE = "laget uten LibreOffice"
"""Stands among the keywords of what the second converter made, for the archive to refuse."""


def is_by_office(pdf: bytes) -> bool:
    """Tell whether a PDF of docgen was made by LibreOffice, and not by the second converter."""
    return NO_OFFICE.encode() not in pdf


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself; `created` and `modified` as Word writes them, `2026-11-22T09:00:00Z`."""

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: str = ""
    language: str = ""
    created: str = ""
    modified: str = ""
    source: str = ""
    """The input that the document comes from."""
    made_of: str = ""
    """The digest of the document."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Which standards a PDF says that it follows: PDF/A by part and level (`2a`, `2b`, or empty), and PDF/UA-1."""

    pdf_a: str = ""
    is_pdf_ua: bool = False


ARCHIVE = Claims("2a", is_pdf_ua=True)
