"""The work of one document: from bytes and words to bytes. No file is read or written here, and nothing is logged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docgen.messages import _
from docgen.model.context import Felles
from docgen.model.dates import Language
from docgen.problems import Problem, TemplateError, Where
from docgen.render import Template

_COMPARISON = 100
"""A document with tracked changes takes a tenth of a second and more, others some half a millisecond."""


@dataclass(frozen=True, slots=True)
class Job:
    """All that a document is made from. It can be sent to another process.

    `name` is the document's file from the workspace, for what is told of it. With `before`, the document tracks the
    changes from that one.
    """

    template: Template
    context: Felles
    facts: tuple[tuple[str, str], ...]
    language: Language
    pictures: Mapping[str, bytes]
    name: str = ""
    before: Job | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: the document, or why there is none."""

    data: bytes | None
    problems: tuple[Problem, ...] = ()


def weight(job: Job) -> int:
    """Return how much work a job is, about, counted in plain documents."""
    return 1 if job.before is None else _COMPARISON


def outcome(job: Job) -> Outcome:
    """Return the finished document, or the problem that only this one has. Never raises."""
    try:
        return Outcome(work(job))
    except TemplateError as error:
        return Outcome(None, error.problems)
    except Exception as error:  # noqa: BLE001 - what nobody foresaw in one document must not take the others with it
        what = _("docgen failed in making the document, and it is docgen's fault ({error}).", error=_named(error))
        fix = _("The other documents are made. Send this message and the input file to those who look after docgen.")
        return Outcome(None, (Problem(what, fix, Where(job.name)),))


def _named(error: Exception) -> str:
    """Return an error as its name and where in docgen it arose. Its text could hold what the document says."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f", {at.tb_frame.f_globals.get('__name__', '')}:{at.tb_lineno}" if at else ""
    return f"{type(error).__name__}{place}"


def work(job: Job) -> bytes:
    """Return the finished document. Raises TemplateError for a fault that only this document meets."""
    made = job.template.render(
        job.context,
        dict(job.facts),
        job.context["dokument"]["tittel"],
        f"{job.language}-NO",
        job.pictures,
        job.context["dokument"]["eier"],
    )
    return made if job.before is None else compared(work(job.before), made, job.facts)


def compared(before: bytes, after: bytes, facts: tuple[tuple[str, str], ...]) -> bytes:
    """Return a document that tracks the changes between two that were made of one template."""
    from docgen.render.redline import redline  # only a draft of something approved pays for it

    return redline(before, after, properties=dict(facts))
