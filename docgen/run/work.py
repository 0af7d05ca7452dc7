"""The work of one document: from bytes and words to bytes. No file is read or written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docgen.model.context import Felles
from docgen.model.dates import Language
from docgen.render import Template


@dataclass(frozen=True, slots=True)
class Job:
    """All that a document is made from."""

    template: Template
    context: Felles
    facts: tuple[tuple[str, str], ...]
    language: Language
    pictures: Mapping[str, bytes]


def work(job: Job) -> bytes:
    """Return the finished document. Raises TemplateError for a fault that only this document meets."""
    return job.template.render(
        job.context,
        dict(job.facts),
        job.context["dokument"]["tittel"],
        f"{job.language}-NO",
        job.pictures,
        job.context["dokument"]["eier"],
    )


def compared(before: bytes, after: bytes, facts: tuple[tuple[str, str], ...]) -> bytes:
    """Return a document that tracks the changes between two that were made of one template."""
    from docgen.render.redline import redline  # only a draft of something approved pays for it

    return redline(before, after, properties=dict(facts))
