"""A workspace with any number of inputs, none of which bears on another, and what must lie in output/ in the end."""

from __future__ import annotations

import os
import time
from hashlib import blake2b
from pathlib import Path

from docgen.run.build import build
from docgen.run.scan import Stamp, stamp
from tests.files import documents_in
from tests.run.office import Office

GUIDELINE = """\
type: retningslinje
nummer: {at}
tittel: Rutine {at}
gyldig fra: 2026-01-01
kapitler:
  - tittel: Formål
    tekst: Slik gjør vi det, {told}. Alle som arbeider her, skal kjenne rutinen og følge den.
  - tittel: Ansvar
    tekst: |
      - Lederen ser til at rutinen er kjent.
      - Alle melder fra når den ikke kan følges.
"""

MEETING = """\
type: møte
organ: SSU
dato: {year}-03-12
tid: 9-11
sted: {told}
status: utkast
saker:
  - tittel: Budsjett
    bakgrunn: Det mangler penger.
"""

FIRST_YEAR = 2001
MOST_MEETINGS = 60
"""Each is the first of its year, so that none has a number that another one moves."""


class Archive(Office):
    """Inputs by their number: a few draft meetings, of two documents each, and guidelines of one."""

    def name(self, at: int) -> str:
        return f"inputs/{at % 20:02}/{at:05}.yaml"

    def text(self, at: int, told: str = "Rådhuset") -> bytes:  # type: ignore[override]
        if at % 5 == 0 and at < 5 * MOST_MEETINGS:
            return MEETING.format(year=FIRST_YEAR + at // 5, told=told).encode()
        return GUIDELINE.format(at=at + 1, told=told).encode()

    def file(self, at: int) -> Path:
        file = self.root / self.name(at)
        file.parent.mkdir(parents=True, exist_ok=True)
        return file


class Clean:
    """What a build of all at once makes of the inputs as they will be in the end, by path from output/."""

    def __init__(self, root: Path, texts: dict[int, bytes]) -> None:
        office = Archive(root)
        for at, text in texts.items():
            office.file(at).write_bytes(text)
        report = build(office.workspace)
        assert report.is_whole, office.problems(report)
        self.documents = digests(office.output)
        assert len(self.documents) > len(texts)


def digests(output: Path) -> dict[str, bytes]:
    """Return the digest of every document in a folder, by path."""
    return {file.relative_to(output).as_posix(): _digest(file) for file in documents_in(output)}


def _digest(file: Path) -> bytes:
    return blake2b(file.read_bytes(), digest_size=16).digest()


class Awaited:
    """The documents that are not yet as they shall be. Each is read again only when it was written."""

    def __init__(self, output: Path, documents: dict[str, bytes]) -> None:
        self._output, self._left = output, dict(documents)
        self._seen: dict[str, Stamp] = {}

    def are_there(self) -> bool:
        for name, digest in list(self._left.items()):
            try:
                now = stamp(os.stat(self._output / name))
                if now == self._seen.get(name):
                    continue
                self._seen[name] = now
                if _digest(self._output / name) == digest:
                    del self._left[name]
            except FileNotFoundError:
                continue
        return not self._left

    def wait(self, within: float) -> float:
        """Wait till all are there, and return after how many seconds that was. Fails after so many."""
        begun = time.monotonic()
        while not self.are_there():
            assert time.monotonic() - begun < within, f"{len(self._left)} are not there, as {sorted(self._left)[:3]}"
            time.sleep(0.05 + len(self._left) / 10_000)
        return time.monotonic() - begun
