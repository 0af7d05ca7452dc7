"""All that can be read in a pack, by page: its text, and what is only read aloud or seen in a list of bookmarks."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from docgen.deliver.pack.graph import Number, each, is_table
from docgen.deliver.pack.sight import UnseenError, seen

_SAID = (Name.Title, Name.Alt, Name.ActualText, Name.E, Name.T, Name.Contents, Name.TU, Name.URI)


@dataclass(frozen=True, slots=True)
class Read:
    """What can be read on a page: what is drawn there, and what is said of it or leads to it."""

    drawn: str
    said: str


def pages_read(data: bytes) -> list[Read]:
    """Return what can be read on each page of a pack."""
    with Pdf.open(io.BytesIO(data), inherit_page_attributes=False) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        said: list[list[str]] = [[] for _ in numbers]
        for page, text in _said(pdf, numbers):
            said[page].append(text)
    return [Read(text, "\n".join(more)) for text, more in zip(_drawn(data, len(said)), said, strict=True)]


def _drawn(data: bytes, pages: int) -> Iterator[str]:
    with seen(data) as sight:
        for number in range(pages):
            try:
                with sight.page(number) as page, page.letters() as letters:
                    yield letters.text
            except UnseenError:
                yield ""


def _said(pdf: Pdf, numbers: dict[Number, int]) -> Iterator[tuple[int, str]]:
    """Give what stands in structure elements, bookmarks and links, with the page."""
    for page, number in zip(pdf.pages, numbers.values(), strict=True):
        for link in each(page.obj.get(Name.Annots)):
            yield from ((number, text) for text in _strings(link))
            yield from ((number, text) for text in _strings(link.get(Name.A)))
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and not isinstance(thing, Stream):
            number = numbers.get(_page_of(thing), 0)
            yield from ((number, text) for text in _strings(thing))


def _page_of(thing: Object) -> Number:
    page = thing.get(Name.Pg)
    goes_to = thing.get(Name.Dest)
    if page is None and isinstance(goes_to, Array) and len(goes_to):
        page = goes_to[0]
    return page.objgen if is_table(page) else (0, 0)


def _strings(thing: object) -> Iterator[str]:
    if isinstance(thing, Dictionary):
        yield from (str(value) for key in _SAID if isinstance(value := thing.get(key), String))
