"""What must be seen of a part before it is joined: where its stamps go, and where the agenda mentions the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.deliver.pack.font import width, written
from docgen.deliver.pack.geometry import Sheet, sheet
from docgen.deliver.pack.links import Place, places
from docgen.deliver.pack.parts import Part, Words
from docgen.deliver.pack.room import Spot, free_spot, no_room
from docgen.deliver.pack.sight import Sight, UnseenError, seen
from docgen.deliver.pack.taking import Taken


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of a part: a Spot a page, whether each page has text, and where it mentions each other part."""

    spots: list[Spot]
    has_text: list[bool]
    places: list[list[Place]]


def stamp_text(part: Part, page: int, pages: int, words: Words) -> str:
    """Return what is written on a page of the pack, whose pages count from 1."""
    number = words.page.format(page=page, pages=pages)
    return written(" · ".join(text for text in (part.stamp, number) if text))


def look(one: Taken, stamps: Sequence[str], mentions: Sequence[Sequence[str]], is_tagged: bool) -> Looked:
    """Look at a part, on each of whose pages one of the stamps goes; `mentions` are the names of the other parts.

    Whether there is text is asked only where no tags say so. What PDFium can't show is taken to be full of text.
    """
    sheets = [sheet(page.obj) for page in one.pdf.pages]
    sizes = list(zip(sheets, (width(text, 1) for text in stamps), strict=True))
    try:
        with seen(one.data) as sight:
            spots, texts = [], []
            for position, (lie, wide) in enumerate(sizes):
                spot, has_text = _page(sight, position, lie, wide, is_tagged)
                spots.append(spot)
                texts.append(has_text)
            return Looked(spots, texts, places(sight, len(sheets), mentions) if one.part.is_agenda else [])
    except UnseenError:
        return Looked([no_room(lie, wide) for lie, wide in sizes], [True] * len(sizes), [])


def _page(sight: Sight, position: int, lie: Sheet, wide: float, is_tagged: bool) -> tuple[Spot, bool]:
    try:
        with sight.page(position) as page:
            return free_spot(page, lie, wide), is_tagged or page.has_text()
    except UnseenError:
        return no_room(lie, wide), True
