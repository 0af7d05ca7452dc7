"""A single bit of the database that has changed is found whenever anything reads otherwise than it was written.

In CI some thousand bits, of every page. DOCGEN_FLIPS=50000 turns so many, and DOCGEN_FLIPS=all each bit of the file,
which takes hours.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from docgen.register import RegisterError, create_or_open, open_to_read, verify
from docgen.register.errors import told
from tests.register.filling import edition, meeting, noon

SHARDS = 4
FLIPS = os.environ.get("DOCGEN_FLIPS", "2000")
HEADER = 100
TABLES = {"log": "*", "case_number": "*", "edition": "*", "file": "digest"}
"""With their columns. A frozen file is read as it was before it was compressed: deflate has bits that mean nothing."""

_random = random.Random(3)


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> bytes:
    """A closed register of some hundred rows: meetings of two bodies, and editions with frozen files."""
    file = tmp_path_factory.mktemp("flips") / "register.db"
    with create_or_open(file, noon) as register, register.writing() as writing:
        for number in range(1, 201):
            writing.add("meeting", meeting(number, "SSU" if number % 2 else "FSU", 2023 + number // 101))
        for position in range(8):
            frozen = _random.randbytes(700 * position)
            writing.add("edition", edition(position, frozen), [frozen])
    return file.read_bytes()


def reading(file: Path) -> object:
    """All that can be read in a register: by docgen, and by anybody table by table, or that it can't be."""
    try:
        with open_to_read(file) as register, told(file):
            rows = register.rows()
            digests = [digest for row in rows[201:] for _name, digest in row.facts["made"]]
            ask = register._reading.connection.execute
            tables = [sorted(ask(f"SELECT {columns} FROM {table}").fetchall()) for table, columns in TABLES.items()]
            return rows, [register.file(digest) for digest in digests], tables, register.head
    except (RegisterError, TypeError):
        return None


def places(original: bytes, shard: int) -> list[tuple[int, int]]:
    """Bits to turn, as byte and bit: all of the head of the file, and as many of each page."""
    if FLIPS == "all":
        return [(at, bit) for at in range(shard, len(original), SHARDS) for bit in range(8)]
    pages = range(0, len(original), 4096)
    chosen = random.Random(shard)
    each = int(FLIPS) // SHARDS // len(pages)
    head = [(at, bit) for at in range(shard, HEADER, SHARDS) for bit in range(8)]
    return head + [(page + chosen.randrange(4096), chosen.randrange(8)) for page in pages for _each in range(each)]


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_bit_that_changes_what_is_read_is_found(original, tmp_path, shard):
    file = tmp_path / "register.db"
    file.write_bytes(original)
    as_written = reading(file)
    assert verify(file).is_sound
    found = unseen = 0

    with file.open("r+b", buffering=0) as opened:
        for at, bit in places(original, shard):
            turned = original[at] ^ (1 << bit)
            os.pwrite(opened.fileno(), bytes((turned,)), at)
            if verify(file).is_sound:
                assert reading(file) == as_written, f"byte {at}, bit {bit}"
                unseen += 1
            else:
                found += 1
            os.pwrite(opened.fileno(), original[at : at + 1], at)

    assert as_written is not None
    assert file.read_bytes() == original
    assert found > unseen
