"""The last line of a build. Light, for builds with nothing to do."""

from __future__ import annotations

from docgen.messages import _, many


def summary(
    inputs: int,
    refused: int,
    *,
    made: int = 0,
    unchanged: int = 0,
    planned: int = 0,
    failed: int = 0,
    pdfs: int = 0,
    pdfs_failed: int = 0,
) -> str:
    """Return how many documents came of a build: `12 dokumenter laget, 3 uendret, 12 PDF-er laget, 1 fil avvist.`"""
    if not inputs:
        return _("There are no inputs yet. docgen new møte makes the first one.")
    parts = []
    if planned:
        parts.append(many("{count} document would be made", "{count} documents would be made", planned))
    if made or not (planned or unchanged):
        parts.append(many("{count} document made", "{count} documents made", made))
    if unchanged:
        parts.append(_("{count} unchanged", count=unchanged))
    if failed:
        parts.append(many("{count} document not made", "{count} documents not made", failed))
    if pdfs:
        parts.append(many("{count} PDF made", "{count} PDF files made", pdfs))
    if pdfs_failed:
        parts.append(many("{count} PDF not made", "{count} PDF files not made", pdfs_failed))
    if refused:
        parts.append(many("{count} file refused", "{count} files refused", refused))
    return ", ".join(parts) + "."
