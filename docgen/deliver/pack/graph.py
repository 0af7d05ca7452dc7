"""The objects that hang together in a file, walked without recursion: a chain of 100,000 would end the process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeGuard

from pikepdf import Array, Dictionary, Object, Pdf, PdfError, Stream

Number = tuple[int, int]
"""What an indirect object is known by in its file: its number and generation."""

_REFERENCE = re.compile(rb"(\d+) (\d+) R\b")
_DEPTH = 1000
_COUNT = 400_000
_SURELY_SHORT = 3000
"""So few objects make no chain that is too long, in whatever order they are."""


class EndlessError(Exception):
    """The objects of a file hang together in too long a chain, or are too many, for an honest document."""


AMISS = (PdfError, EndlessError, ValueError, TypeError, AttributeError, KeyError, IndexError, RuntimeError)
"""What pikepdf and this package say of a file in which a thing is not of the kind that it must be."""


def text_of(thing: Object) -> bytes:
    """Return an object as it is written in a file, its references as numbers; of a stream, its dictionary."""
    return (thing.stream_dict if isinstance(thing, Stream) else thing).unparse(resolved=True)


def references(text: bytes) -> Iterator[Number]:
    """Give the references in an object as `text_of` writes it; a text that looks like one is taken for one too."""
    return ((int(number), int(generation)) for number, generation in _REFERENCE.findall(text))


def reachable(pdf: Pdf, starts: Iterable[Object], stop: Iterable[Number] = ()) -> Iterator[Object]:
    """Give every indirect object that hangs on `starts`, each once; those in `stop` are left, with what is on them.

    Raises EndlessError.
    """
    seen = set(stop)
    waiting = [(number, 1) for start in starts for number in _beginnings(start)]
    most = len(seen) + _COUNT
    while waiting:
        number, depth = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        if depth > _DEPTH or len(seen) > most:
            raise EndlessError
        thing = pdf.get_object(number)
        if isinstance(thing, Object):  # what is not there, and a plain number, is no Object
            yield thing
            waiting.extend((found, depth + 1) for found in references(text_of(thing)))


def see_that_it_ends(pdf: Pdf, starts: Iterable[Object], stop: Iterable[Number]) -> None:
    """See that what hangs on `starts` can be copied, which qpdf does by recursion. Raises EndlessError."""
    if len(pdf.get_xref_table()) > _SURELY_SHORT:
        for _ in reachable(pdf, starts, stop):
            pass


def _beginnings(start: Object) -> list[Number]:
    return [start.objgen] if start.is_indirect else list(references(text_of(start)))


def same(one: object, other: object) -> bool:
    """Tell whether two are the same object of a file; to compare what they hold could take for ever."""
    return isinstance(one, Object) and isinstance(other, Object) and one.is_indirect and one.objgen == other.objgen


def is_table(thing: object) -> TypeGuard[Object]:
    """Tell whether a thing from a file is a dictionary or a stream, which can be asked for its keys."""
    return isinstance(thing, Dictionary | Stream)


def each(thing: object) -> list[Any]:
    """Return what an array holds; a thing that is no array stands for itself, and what is not there for nothing."""
    if thing is None:
        return []
    return list(thing.as_list()) if isinstance(thing, Array) else [thing]
