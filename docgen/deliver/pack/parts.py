"""What a pack is made of, and what is told of it when it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """A PDF file of the pack: the agenda, a case paper or an attachment."""

    data: bytes | Path | Fault
    """The file, or why there is none."""
    title: str
    """What it is called in its bookmark and, when it can't be taken in, on the page that says so."""
    language: str
    """As a language tag, `nb-NO`: what it is read aloud in."""
    stamp: str = ""
    """What stands before the page number on its pages: `SSU 24.10.2022 · Sak 03/22`."""
    under: tuple[str, ...] = ()
    """The bookmarks that its own stands below, outermost first: `("Sak 03/22 Budsjett",)`."""
    mentioned: tuple[str, ...] = ()
    """What the agenda calls it, the number first: each becomes a link where it first stands there."""
    is_agenda: bool = False
    """The other parts are looked for in its text."""

    @property
    def whole_title(self) -> str:
        """What it is called where its bookmark does not stand below others: `Sak 03/22 Budsjett – Saksframlegg`."""
        return " – ".join((*self.under, self.title))


class Fault(StrEnum):
    """Why a part is not in the pack."""

    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LARGE = "too large"
    TOO_MANY_PAGES = "too many pages"
    UNSHOWABLE = "unshowable"
    """To show it takes for ever, or more memory than there is."""
    GONE = "gone"
    UNMADE = "unmade"
    """No PDF could be made of it."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words that the pack itself prints or has read aloud, in its language. `{…}` is filled in."""

    page: str
    """`side {page} av {pages}`: ends the stamp."""
    go_to: str
    """`Gå til {title}`: what a link on the agenda says."""
    picture: str
    """`{title}, side {page}. Siden har ingen tekst som kan leses opp.`: stands for a page without text."""
    missing: str
    """`Ikke med i sakspakken`: the heading and bookmark of the page that lists what could not be taken in."""
    missing_lead: str
    """The sentence below that heading."""
    faults: Mapping[Fault, str]
    """Why a part is missing, as the end of a line: `filen kan bare åpnes med passord`."""


@dataclass(frozen=True, slots=True)
class PackInfo:
    """What the pack says of itself."""

    title: str
    author: str
    language: str
    created: datetime
    """With a time zone; two packs of the same parts and information are the same bytes."""
    words: Words
    duplex: bool = False
    """Every part begins on a right-hand page, after an empty one where it must."""


class Note(StrEnum):
    """What a person should know of a part that is in the pack."""

    MENDED = "mended"
    """The file was damaged; all that could be found of it is in the pack."""
    FORM = "form"
    """It was a form or had comments: what stood in them is part of the page now."""
    ACTIVE = "active"
    """Scripts, actions, sound, film or links that start programs or open files were taken out."""
    FILES = "files"
    """Files that were embedded in it are not in the pack."""
    UNTAGGED = "untagged"
    """It had no tags that could be used: its pages are read in the order they were drawn in, or not at all."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a part of the pack begins, and how many pages it has. Pages count from 1."""

    title: str
    page: int
    pages: int
    notes: frozenset[Note]
    under: tuple[str, ...] = ()
    conformance: tuple[str, ...] = ()
    """What it claims to be by itself, as Pack.conformance; nothing of the page that docgen puts in."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that is listed in the pack and not in it."""

    title: str
    fault: Fault
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """The pack, and the report of it."""

    pdf: bytes = field(repr=False)
    pages: int
    placed: tuple[Placed, ...]
    missing: tuple[Missing, ...]
    unlinked: tuple[str, ...]
    """The whole titles of the parts that should have had a link from an agenda, and stand in none."""
    conformance: tuple[str, ...]
    """What it claims to be: `PDF/A-2a`, `PDF/UA-1`, both or nothing."""
