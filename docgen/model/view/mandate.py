"""The views of a mandate and of the document that is made out of the mandates."""

from __future__ import annotations

import re

from docgen.model.context import Faktum, MandatKontekst, Organ, OrganiseringKontekst
from docgen.model.library import Library
from docgen.model.mandate import Mandate
from docgen.model.organisation import BodyPart, Organisation
from docgen.model.view.common import chapters, document, facts, log_rows, member, printed_words
from docgen.model.view.guideline import is_long
from docgen.words import Words

_NUMBERS_TO = re.compile(r"(?<=\d)-(?=\d)")
"""The hyphen of `retningslinje 2-12`, which is printed as a dash."""


def full_name(mandate: Mandate) -> str:
    """Return `Strategisk samarbeidsutvalg (SSU)`, or the name alone when the short name says no more."""
    plain = mandate.name.casefold()
    return mandate.name if mandate.body.casefold() in plain else f"{mandate.name} ({mandate.body})"


def mandate_view(mandate: Mandate, library: Library) -> MandatKontekst:
    """Return what the template of a mandate sees."""
    language = library.language(mandate, mandate.body)
    words = printed_words(library, language, mandate.body)
    title = mandate.title or words.sentence("mandat_for", organ=full_name(mandate))
    return {
        "dokument": document(
            library.house,
            mandate,
            title=title,
            name=title,
            words=words,
            version=mandate.version,
            draft=mandate.is_draft,
            contents=is_long(mandate.chapters),
        ),
        "ord": words.printed(),
        "organ": mandate.body,
        "navn": mandate.name,
        "fakta": body_facts(mandate, library, words),
        "innledning": mandate.introduction,
        "kapitler": chapters(mandate.chapters),
        "medlemmer": [member(person, words) for person in mandate.members],
        "har_vara": any(person.deputy for person in mandate.members),
        "versjonslogg": log_rows(mandate.version_log, language, words),
    }


def body_facts(mandate: Mandate, library: Library, words: Words) -> list[Faktum]:
    """Return the facts of a body: above it, who leads it, how often it meets and how it decides."""
    parent = library.mandate(mandate.parent) if mandate.parent else None

    def with_role(role: str) -> str:
        return ", ".join(person.name for person in mandate.members if person.role == role)

    return facts(
        (
            (words["overordnet_organ"], full_name(parent) if parent else mandate.parent),
            (words["leder"], with_role("leder")),
            (words["nestleder"], with_role("nestleder")),
            (words["sekretær"], with_role("sekretær")),
            (words["møter_per_år"], mandate.meetings),
            (words["beslutningsform"], words[mandate.decision]),
            (words["ved_uenighet"], mandate.disagreement),
            (words["godkjenner"], ", ".join(_NUMBERS_TO.sub("–", what) for what in mandate.approves)),
        )
    )


def organisation_view(organisation: Organisation, library: Library) -> OrganiseringKontekst:
    """Return what the template of the organisation document sees: each body out of its own mandate."""
    language = library.language(organisation)
    words = printed_words(library, language, None)
    return {
        "dokument": document(
            library.house,
            organisation,
            title=organisation.title,
            name=organisation.title,
            words=words,
            version=organisation.version,
            draft=organisation.is_draft,
            contents=len(organisation.bodies) > 3,
        ),
        "ord": words.printed(),
        "innledning": organisation.introduction,
        "kapitler_før": chapters(organisation.chapters),
        "organer": [
            _organ(part, mandate, organisation, library, words)
            for part in organisation.bodies
            if (mandate := library.mandate_in_force(part.body))
        ],
        "kapitler_etter": chapters(organisation.after),
        "versjonslogg": log_rows(organisation.version_log, language, words),
    }


def _organ(part: BodyPart, mandate: Mandate, organisation: Organisation, library: Library, words: Words) -> Organ:
    wanted = [title.casefold() for title in part.chapters or organisation.take]
    taken = [chapter for chapter in mandate.chapters if not wanted or chapter.title.casefold() in wanted]
    return {
        "organ": mandate.body,
        "navn": full_name(mandate),
        "fakta": body_facts(mandate, library, words) if part.facts else [],
        "innledning": mandate.introduction,
        "kapitler": chapters(taken),
        "medlemmer": [member(person, words) for person in mandate.members] if part.members else [],
    }
