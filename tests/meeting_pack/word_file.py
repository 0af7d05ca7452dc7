"""Small Word files for tests: templates with given paragraphs, and attachments."""

from __future__ import annotations

import io
from pathlib import Path

import docx


def word_file(*paragraphs: str, author: str = "") -> bytes:
    """Return a Word file of these paragraphs."""
    made = docx.Document()
    made.core_properties.author = author
    for text in paragraphs:
        made.add_paragraph(text)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def template(file: Path, *paragraphs: str) -> None:
    """Write a template of these paragraphs."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(word_file(*paragraphs))
