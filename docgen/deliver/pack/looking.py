"""What must be seen of a part before it is joined: where its stamps go, and where the agenda mentions the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.deliver.pack.font import width, written
from docgen.deliver.pack.geometry import Sheet, sheet
from docgen.deliver.pack.links import Place, places
from docgen.deliver.pack.parts import Words
from docgen.deliver.pack.room import Spot, free_spot, no_room
from docgen.deliver.pack.sight import Sight, UnseenError, seen
from docgen.deliver.pack.taking import Taken


@dataclass(frozen=True, slots=True)
class Job:
    """A file to look at: how each page lies and how wide its stamp is in size 1, and the names to look for."""

    data: bytes
    pages: list[tuple[Sheet, float]]
    mentions: list[tuple[str, ...]]
    is_tagged: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of a part: a Spot a page, whether each page has text, and where it mentions each other part."""

    spots: list[Spot]
    has_text: list[bool]
    places: list[list[Place]]


def stamp_text(stamp: str, page: int, pages: int, words: Words) -> str:
    """Return what is written on a page of the pack, whose pages count from 1; `stamp` is its part's."""
    number = words.page.format(page=page, pages=pages)
    return written(" · ".join(text for text in (stamp, number) if text))


def job_of(one: Taken, stamps: Sequence[str], mentions: Sequence[tuple[str, ...]], is_tagged: bool) -> Job:
    """Return what to look for in a part, on each of whose pages one of the stamps goes.

    `mentions` are the names of the other parts, which an agenda is searched for.
    """
    pages = [(sheet(page.obj), width(text, 1)) for page, text in zip(one.pdf.pages, stamps, strict=True)]
    return Job(one.data, pages, list(mentions) if one.part.is_agenda else [], is_tagged)


def look(job: Job) -> Looked:
    """Look at a file. Whether there is text is asked only where no tags say so.

    What PDFium can't show is taken to be full of text.
    """
    try:
        with seen(job.data) as sight:
            found = [_page(sight, position, *page, job.is_tagged) for position, page in enumerate(job.pages)]
            spots, texts = [spot for spot, _ in found], [text for _, text in found]
            return Looked(spots, texts, places(sight, len(spots), job.mentions) if job.mentions else [])
    except UnseenError:
        return Looked([no_room(*page) for page in job.pages], [True] * len(job.pages), [])


def _page(sight: Sight, position: int, lie: Sheet, wide: float, is_tagged: bool) -> tuple[Spot, bool]:
    try:
        with sight.page(position) as page:
            return free_spot(page, lie, wide), is_tagged or page.has_text()
    except UnseenError:
        return no_room(lie, wide), True
