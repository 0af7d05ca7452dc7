"""What the views of several documents share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from docgen.model.context import Dokument, Faktum, Følsomhet, Kapittel, Loggrad, Medlem
from docgen.model.dates import Language, PartialDate, long_date
from docgen.model.document import Chapter, Document
from docgen.model.house import House
from docgen.model.library import Library
from docgen.model.mandate import Member
from docgen.model.version_log import VersionRow
from docgen.words import Words, with_choices, words


def printed_words(library: Library, language: Language, body: str | None) -> Words:
    """Return the words of a document: the language's, then the workspace's own choices, then the body's."""
    mandate = library.mandate(body) if body else None
    own = mandate.words if mandate else {}
    if not own and not library.house.words:
        return words(language)
    return with_choices(words(language), library.house.words, own)


def document(
    house: House,
    source: Document,
    *,
    title: str,
    name: str,
    words: Words,
    subtitle: str = "",
    version: str = "",
    draft: bool = False,
    contents: bool = False,
) -> Dokument:
    """Return what every template knows of its document; `name` is what its header says."""
    return {
        "tittel": title,
        "undertittel": subtitle,
        "navn": name,
        "versjon": version,
        "merke": words["utkast_merke"] if draft else "",
        "utkast": draft,
        "eier": house.owner,
        "følsomhet": label(house, source.sensitivity),
        "innholdsfortegnelse": contents,
    }


def label(house: House, written: str | None) -> Følsomhet | None:
    """Return the sensitivity label as documents print it."""
    found = house.label(written) if written else None
    return {"navn": found.printed, "farge": found.colour, "skrift": found.ink} if found else None


def facts(rows: Iterable[tuple[str, str | None]]) -> list[Faktum]:
    """Return the rows that have a value."""
    return [{"navn": name, "verdi": value} for name, value in rows if value]


def date_text(day: date | PartialDate | None, language: Language) -> str:
    return long_date(day, language) if day else ""


def chapters(given: Iterable[Chapter]) -> list[Kapittel]:
    return [{"tittel": chapter.title, "tekst": chapter.text} for chapter in given]


def member(person: Member, words: Words) -> Medlem:
    return {
        "navn": person.name,
        "rolle": words[person.role],
        "stilling": person.position or "",
        "representerer": person.represents or "",
        "part": words[person.party] if person.party else "",
        "vara": person.deputy or "",
        "rett": person.right or "",
        "periode": person.period or "",
    }


def log_rows(rows: Iterable[VersionRow], language: Language, words: Words) -> list[Loggrad]:
    """Return the version log as it is printed: `Partnerskapet 26. september 2024`, with the case when it is known."""
    return [
        {
            "versjon": row.version,
            "beskrivelse": " ".join(row.description.split()),
            "godkjent": _approved(row, language, words),
        }
        for row in rows
    ]


def _approved(row: VersionRow, language: Language, words: Words) -> str:
    given = row.approved
    if given is None:
        return ""
    if given.text is not None:
        return given.text
    text = " ".join(part for part in (given.body, date_text(given.date, language)) if part)
    return f"{text}, {words.sentence('godkjent_sak', nr=given.case)}" if given.case else text
