"""Fonts, pictures and colours that are alike kept once, whichever parts they came with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from docgen.deliver.pack.graph import Number, reachable, references, text_of

_REFERENCE = re.compile(rb"(\d+) (\d+) R\b")


def share(pack: Pdf, resources: Iterable[Object], apart: Iterable[Number] = ()) -> int:
    """Let what is alike among what hangs on the resources be one object. Return how many became superfluous.

    Those in `apart` are themselves, however alike they look.
    """
    starts = list(resources)
    things = {thing.objgen: thing for thing in reachable(pack, starts, apart)}
    texts = {number: text_of(thing) for number, thing in things.items()}
    digests = _digests(things, texts)
    first: dict[bytes, Number] = {}
    alike = {number: first.setdefault(digest, number) for number, digest in digests.items()}
    doubles = {number: one for number, one in alike.items() if number != one}
    for number, thing in things.items():
        if number not in doubles and any(found in doubles for found in references(texts[number])):
            _redirect(pack, thing, doubles)
    for start in starts:
        if not start.is_indirect:
            _redirect(pack, start, doubles)
    return len(doubles)


def _digests(things: dict[Number, Object], texts: dict[Number, bytes]) -> dict[Number, bytes]:
    """Return a digest of each thing with all that hangs on it. What hangs on itself is like nothing else."""
    found: dict[Number, bytes] = {}
    for start in things:
        waiting = [start]
        begun: set[Number] = set()
        while waiting:
            number = waiting[-1]
            missing = [inner for inner in references(texts[number]) if inner in things and inner not in found]
            if number in begun or not missing:
                waiting.pop()
                if number not in found:
                    found[number] = _own(number, missing) if missing else _digest(things[number], texts[number], found)
            else:
                begun.add(number)
                waiting.extend(inner for inner in missing if inner not in begun)
    return found


def _own(number: Number, _missing: list[Number]) -> bytes:
    return b"%d %d" % number


def _digest(thing: Object, text: bytes, known: dict[Number, bytes]) -> bytes:
    told = blake2b(
        _REFERENCE.sub(lambda found: known.get((int(found[1]), int(found[2])), found[0]), text), digest_size=16
    )
    if isinstance(thing, Stream):
        told.update(b"stream" + thing.read_raw_bytes())
    return told.digest()


def _redirect(pack: Pdf, thing: Object, doubles: dict[Number, Number]) -> None:
    """Let the references in a thing lead to the one of each that is kept."""
    places = range(len(thing)) if isinstance(thing, Array) else list(thing.keys())
    for place in places:
        value = thing[place]
        if not isinstance(value, Array | Dictionary | Stream):
            continue
        if not value.is_indirect:
            _redirect(pack, value, doubles)
        elif value.objgen in doubles:
            thing[place] = pack.get_object(doubles[value.objgen])
