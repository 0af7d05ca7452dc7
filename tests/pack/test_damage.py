"""Whatever is wrong with a file, a pack is made: with the file, with what could be saved of it, or without it."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pytest

from docgen.deliver.pack.merged import merged
from tests.pack.reading import tree
from tests.pack.samples import INFO, annotated, part, plain, tagged
from tests.pack.test_harmless import form
from tests.pack.test_layers import layered
from tests.pack.test_tags import table, with_class

WORDS = [
    b"null",
    b"/Nei",
    b"-1",
    b"0",
    b"99999999999",
    b"(tekst)",
    b"[]",
    b"<<>>",
    b"true",
    b"1 0 R",
    b"3 0 R",
    b"9 0 R",
]
VALUE = re.compile(rb"(?<= )(\d+ 0 R|/[A-Z]\w+|-?\d+|\([^)]*\)|\[[^\[\]]*\]|<<[^<>]*>>)(?= |\n)")


@cache
def samples() -> list[bytes]:
    """Files in which objects, not streams, are most of what there is to damage."""
    flat = {"compress_streams": False}
    return [
        tagged(("H1", "Overskrift"), ("P", "Tekst"), roles={"A": "P"}),
        table(),
        with_class("Block"),
        layered({"OFF": "layer"}),
        plain("En", "To", change=form, **flat),
        plain("En", change=lambda pdf: annotated(pdf, Rect=[0, 0, 9, 9]), **flat),
    ]


def with_other_values(data: bytes, draw: random.Random) -> bytes:
    """Put other things in the place of some values, each of which is whole and of the wrong kind."""
    places = list(VALUE.finditer(data))
    for place in sorted(draw.sample(places, min(len(places), draw.randint(1, 6))), key=lambda one: -one.start()):
        data = data[: place.start()] + draw.choice(WORDS) + data[place.end() :]
    return data


def with_other_bytes(data: bytes, draw: random.Random) -> bytes:
    wrong = bytearray(data)
    for _ in range(draw.randint(1, 20)):
        wrong[draw.randrange(len(wrong))] = draw.randrange(256)
    return bytes(wrong)


@pytest.mark.parametrize("damage", [with_other_values, with_other_bytes])
@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_part_never_keeps_the_others_from_being_a_whole_pack(damage, seed):
    draw = random.Random(f"{damage.__name__} {seed}")
    for _ in range(8):
        data = damage(draw.choice(samples()), draw)

        pack = merged([part(plain("Sak 1"), is_agenda=True), part(data, "Skadet", mentioned=("Sak 1",))], INFO)

        assert pack.pages >= 2
        tree(pack.pdf, is_drawn=False)


def test_a_real_document_cut_anywhere_never_keeps_the_others_from_being_a_pack(papers: Path):
    data = (papers / "Mandat SSU.pdf").read_bytes()
    for share in range(1, 20):
        pack = merged([part(plain("Sak 1")), part(data[: len(data) * share // 20], "Kuttet")], INFO)

        assert pack.pages >= 2
        tree(pack.pdf, is_drawn=False)
