"""The example inputs, damaged at random: documents or problems, never a traceback.

DOCGEN_FUZZ_SECONDS says for how long (4 seconds); with more than 10 the damages are others each time.
"""

from __future__ import annotations

import os
import random
import time
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.model.check import check
from docgen.model.documents import documents
from docgen.model.library import Entry, Library, entry
from docgen.problems import InputError
from docgen.read import read
from docgen.run.templates import Templates
from docgen.run.work import Job, work
from docgen.run.workspace import find, input_files, read_input

from .ground import REPOSITORY

SECONDS = float(os.environ.get("DOCGEN_FUZZ_SECONDS", "4"))
WORKSPACE = find(REPOSITORY)
EXAMPLES = {WORKSPACE.name(file): file.read_bytes() for file in input_files(WORKSPACE)}
RIGHT = {name: entry(read_input(WORKSPACE, WORKSPACE.root / name)) for name in EXAMPLES}
TEMPLATES = Templates(WORKSPACE)

NASTY = [
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\t", b"\r", b"\x85", b"\x1b[31m", b"{{ 7*7 }}", b"{% x %}",
    b"]]>", b"</w:t>", b"&", b"*", b"*a", b"&a ", b"<<: ", b"!!x ", b"---\n", b"...\n", b"- ", b"  ", b": ", b"#", b"'",
    b'"', b"[", b"]", b"{", b"}", b"|", b">", b"`", b"[^1]", b"![", b"](", b"../", b"\\", b"%", b"@", b"2026-02-30",
    b"99/99", "\u202e".encode(), "\u2028".encode(), "\ufdd0".encode(), "😀".encode(),
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """Give an example with one to six damages: flipped, cut, doubled or shuffled."""
    name = draw(st.sampled_from(sorted(EXAMPLES)))
    chance = random.Random(draw(st.integers(0, 2**32)))
    data = bytearray(EXAMPLES[name])
    for _ in range(draw(st.integers(1, 6))):
        data = _damage(data, chance)
    return name, bytes(data)


def _damage(data: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(data) + 1)
    lines = data.split(b"\n")
    line = chance.randrange(len(lines))
    match chance.randrange(8):
        case 0 if data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        case 1:
            del data[at : at + chance.randrange(1, 200)]
        case 2:
            data[at:at] = chance.choice(NASTY)
        case 3:
            del data[at:]
        case 4:
            chance.shuffle(lines)
            data = bytearray(b"\n".join(lines))
        case 5:
            lines.insert(line, lines[chance.randrange(len(lines))])
            data = bytearray(b"\n".join(lines))
        case 6:
            lines[line] = b" " * chance.randrange(6) + lines[line].lstrip()
            data = bytearray(b"\n".join(lines))
        case _:
            key, colon, _value = lines[line].partition(b":")
            lines[line] = key + colon + b" " + chance.choice(NASTY)
            data = bytearray(b"\n".join(lines))
    return data


def _made(name: str, data: bytes) -> int:
    """Read, check and render an input among the other examples, and return how many documents were made."""
    try:
        damaged_entry = entry(read(name, data))
    except InputError as error:
        told = error.problems
    else:
        return _rendered(name, damaged_entry)
    assert told
    assert all(problem.what and problem.where.file == name for problem in told)
    return 0


def _rendered(name: str, damaged_entry: Entry) -> int:
    others = [replace(one, problems=list(one.problems)) for other, one in RIGHT.items() if other != name]
    library = Library([damaged_entry, *others], WORKSPACE.settings.house)
    numbers = check(library, lambda _source, _named: True)
    made = 0
    for plan in documents(library, numbers):
        if plan.input == name:
            assert Path(plan.file).parts[0] not in ("..", "/")
            work(Job(TEMPLATES.of(plan), plan.view(), plan.facts, plan.language, {}))
            made += 1
    return made


def test_damaged_examples_end_in_documents_or_problems() -> None:
    deadline = time.monotonic() + SECONDS
    made = tried = 0

    @settings(
        max_examples=300,
        deadline=None,
        derandomize=SECONDS <= 10,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(damaged())
    def hold(one: tuple[str, bytes]) -> None:
        nonlocal made, tried
        if time.monotonic() < deadline:
            start = time.process_time()
            made += _made(*one)
            tried += 1
            assert time.process_time() - start < 5

    hold()
    while SECONDS > 10 and time.monotonic() < deadline:
        hold()

    assert tried > 20
    assert made > 0
