"""The view of a guideline or an attachment to one."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.model.context import RetningslinjeKontekst, VedleggLinje
from docgen.model.document import Chapter
from docgen.model.guideline import Guideline
from docgen.model.library import Library
from docgen.model.view.common import chapters, date_text, document, facts, log_rows, printed_words

_LONG = 6000
"""Characters of text from which a document gets a table of contents: about three pages."""


def is_long(given: Sequence[Chapter]) -> bool:
    """Return whether a document of these chapters is long enough for a table of contents."""
    return len(given) > 2 and sum(len(chapter.text) for chapter in given) > _LONG


def guideline_view(guideline: Guideline, kind: str, library: Library) -> RetningslinjeKontekst:
    """Return what the templates of retningslinje and vedlegg see."""
    language = library.language(guideline, guideline.body)
    words = printed_words(library, language, guideline.body)
    name = " ".join(part for part in (words[kind], guideline.number) if part)
    return {
        "dokument": document(
            library.house,
            guideline,
            title=guideline.title,
            subtitle=name,
            name=f"{name} {guideline.title}",
            words=words,
            version=guideline.version,
            draft=guideline.is_draft,
            contents=is_long(guideline.chapters),
        ),
        "ord": words.printed(),
        "nummer": guideline.number or "",
        "tittel": guideline.title,
        "hører_til": _belongs_to(guideline, kind, library, words["retningslinje"]),
        "fakta": facts(
            (
                (words["avtale"], guideline.agreement),
                (words["hjemmel"], guideline.legal_basis),
                (words["gyldig_fra"], date_text(guideline.valid_from, language)),
                (words["dokumentansvarlig"], guideline.owner),
            )
        ),
        "innledning": guideline.introduction,
        "kapitler": chapters(guideline.chapters),
        "vedlegg": [_attachment(number, title, library) for number, title in (a.split for a in guideline.attachments)],
        "versjonslogg": log_rows(guideline.version_log, language, words),
    }


def _belongs_to(guideline: Guideline, kind: str, library: Library, word: str) -> str:
    if kind != "vedlegg" or not guideline.number:
        return ""
    number = guideline.number.split(".")[0]
    owner = library.guidelines.get(("retningslinje", number))
    return " ".join(part for part in (word, number, owner[1].title if owner else "") if part)


def _attachment(number: str, title: str, library: Library) -> VedleggLinje:
    """Return the line of an attachment, its title taken from its own file when the list gives the number alone."""
    there = library.guidelines.get(("vedlegg", number))
    return {"nummer": number, "tittel": title or (there[1].title if there else "")}
