"""From a meeting that is saved to its first finished docx, with `docgen watch` at work, against PyYAML and docxtpl.

Run by `make bench`. A real watcher follows the example workspace, then one of 1,000 inputs; new meetings of 15 cases
are dropped one after the other, every second one renamed into its place, the others written there. A drop is timed
from its own time on disk until its agenda lies in output/, less the time that docgen waits for a file to settle. The
watcher waits for the disk, gives numbers that last, and checks what it has written. While a drop settles, the peer
makes the same agenda of the same file: yaml.safe_load, pydantic models, DocxTemplate, render, save, in a process that
has loaded everything. The texts are compared. `in process` is the same drop without a watcher and without waiting:
Builder.prepare reads, checks, numbers and renders, as the watcher lets it while a file settles, and what is timed is
Builder.build to the first document. `without settling` is Builder.build alone, with nothing made ready.

The last line is JSON: how many times as fast docgen is, at the median of the drops.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Literal

import yaml
from docx import Document
from docxtpl import DocxTemplate, RichText
from process import build_at_once, installed
from pydantic import BaseModel, Field
from secretariat import bodies, make_workspace

from docgen.model.check import check
from docgen.model.documents import documents
from docgen.model.library import Library, entry
from docgen.run.build import Builder
from docgen.run.workspace import find, read_input
from docgen.watch.folders import look
from docgen.watch.pace import QUIET

ROOT = Path(__file__).resolve().parent.parent
DOCGEN = str(Path(sys.executable).with_name("docgen"))

MILLISECONDS, TIMES = 20, 20
"""What is asked for: at most so long over the settle time, and at least so many times as fast as the peer."""

_PATIENCE = 120.0
_STEP = 0.0002


class PeersCase(BaseModel):
    """A case as a script would model it."""

    title: str = Field(alias="tittel")
    kind: Literal["orientering", "drøfting", "beslutning"] = Field(alias="type")
    responsible: str = Field("", alias="ansvarlig")
    time: str = Field("", alias="tid")
    points: list[str] = Field([], alias="punkter")


class PeersMeeting(BaseModel):
    """A meeting as a script would model it."""

    body: str = Field(alias="organ")
    day: date = Field(alias="dato")
    time: str = Field(alias="tid")
    place: str = Field(alias="sted")
    status: Literal["utkast", "innkalt", "avholdt", "godkjent"]
    cases: list[PeersCase] = Field(alias="saker")


@dataclass(frozen=True, slots=True)
class Drop:
    """A new meeting: its text, where it goes in the workspace, and where its agenda will lie. Each has its own year."""

    number: int
    body: str

    @property
    def day(self) -> str:
        return f"{2030 + self.number}-03-05"

    @property
    def name(self) -> str:
        return f"inputs/{self.body}/{self.day} {self.body}.yaml"

    @property
    def agenda(self) -> str:
        return f"output/{self.body}/{self.day}/{self.day} {self.body} innkalling.docx"

    @property
    def text(self) -> str:
        cases = "".join(
            f"""
  - tittel: Sak {number} om samhandling mellom sykehus og kommuner
    type: drøfting
    ansvarlig: Kari Nes
    tid: {number} min
    punkter:
      - Status for tiltak {number} i handlingsplanen for året
      - Drøfting av forslag til videre arbeid i grupper og plenum"""
            for number in range(1, 16)
        )
        return f"""type: møte
organ: {self.body}
dato: {self.day}
tid: 09.00-11.30
sted: Rådhuset, møterom 3
status: innkalt
saker:{cases}
"""

    def write(self, root: Path) -> Path:
        """Write the meeting, in one of two ways, and return its file."""
        file = root / self.name
        file.parent.mkdir(parents=True, exist_ok=True)
        if self.number % 2:
            beside = file.with_suffix(".tmp")
            beside.write_text(self.text, "utf-8")
            os.replace(beside, file)
        else:
            file.write_text(self.text, "utf-8")
        return file


class Peer:
    """The script that one would write: it has loaded its libraries, and keeps nothing else between two documents."""

    def __init__(self, root: Path, body: str, folder: Path) -> None:
        self._workspace = find(root)
        self._house = self._workspace.settings.house
        mandates = [entry(read_input(self._workspace, file)) for file in sorted((root / "mandates").iterdir())]
        self._mandate = next(one for one in mandates if getattr(one.seen, "body", None) == body)
        self._template = root / "templates" / "innkalling.docx"
        self._folder = folder

    def seconds(self, drop: Drop, file: Path) -> float:
        """Return how long it takes the peer to make the agenda. All but the cases it is given for nothing."""
        library = Library([self._mandate, entry(read_input(self._workspace, file))], self._house)
        plans = documents(library, check(library, lambda _source, _named: True))
        common: dict[str, Any] = dict(next(plan for plan in plans if plan.kind == "innkalling").view())
        begin = time.perf_counter()
        meeting = PeersMeeting.model_validate(yaml.safe_load(file.read_text("utf-8")))
        cases = [
            common["saker"][0]
            | {
                "nr": common["saker"][number]["nr"],
                "tittel": case.title,
                "ansvarlig": case.responsible,
                "tid": case.time,
                "punkter": [RichText(point) for point in case.points],
            }
            for number, case in enumerate(meeting.cases)
        ]
        template = DocxTemplate(self._template)
        template.render(common | {"saker": cases}, autoescape=True)
        template.save(self.made(drop))
        return time.perf_counter() - begin

    def made(self, drop: Drop) -> Path:
        return self._folder / f"{drop.number}.docx"


@contextmanager
def watched(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Give a watcher of the workspace that has built it."""
    process = subprocess.Popen(
        [DOCGEN, "watch"], cwd=root, env=installed(), stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def finished(root: Path, drop: Drop) -> float:
    """Wait for the agenda of a drop, and return when it lay in its place."""
    agenda, until = root / drop.agenda, time.monotonic() + _PATIENCE
    while not agenda.exists():
        assert time.monotonic() < until, f"{agenda} was not made"
        time.sleep(_STEP)
    return time.perf_counter()


def told(watcher: subprocess.Popen[str], drop: Drop) -> None:
    """Read what the watcher prints until it has told of the drop, and has nothing more to do."""
    assert watcher.stdout
    for line in watcher.stdout:
        if drop.agenda in line:
            return
    raise AssertionError("the watcher has ended")


def watching(root: Path, drops: list[Drop], peer: Peer) -> list[tuple[float, float]]:
    """Drop the meetings; return how long each took over the settle time, and how long the peer took."""
    with watched(root) as watcher:
        first, *rest = drops
        first.write(root)
        finished(root, first)
        told(watcher, first)
        peer.seconds(first, root / first.name)
        found = []
        for drop in rest:
            file = drop.write(root)
            # The system gives files the time of its last tick, up to 4 ms ago, and the settle time counts from there.
            begin = time.perf_counter() - (time.time() - file.stat().st_ctime)
            time.sleep(QUIET / 4)  # the watcher looks at it first, and has the machine for itself
            peers = peer.seconds(drop, file)
            time.sleep(max(QUIET - 0.1 - (time.perf_counter() - begin), 0))
            found.append((finished(root, drop) - begin - QUIET, peers))
            told(watcher, drop)
        return found


def in_process(root: Path, drops: list[Drop], peer: Peer, *, is_ready: bool) -> list[tuple[float, float]]:
    """Build drop after drop; return how long each took to its first document, and how long the peer took."""
    with closing(Builder(find(root), watching=True)) as builder:
        builder.build()
        found = []
        for drop in drops:
            file = drop.write(root)
            peers = peer.seconds(drop, file)
            at_rest = look(builder.workspace).files
            if is_ready:
                builder.prepare(at_rest)
            with put_in_place() as ends:
                begin = time.perf_counter()
                builder.build(at_rest=at_rest)
            found.append((ends[root / drop.agenda] - begin, peers))
    return found[1:]


@contextmanager
def put_in_place() -> Iterator[dict[Path, float]]:
    """Give when each file got its name: from then on a person sees it."""
    found, replace = {}, os.replace

    def replaced(file: Path, to: Path) -> None:
        replace(file, to)
        found[to] = time.perf_counter()

    os.replace = replaced  # type: ignore[assignment]
    try:
        yield found
    finally:
        os.replace = replace


def compared(root: Path, drop: Drop, peer: Peer) -> None:
    """See that docgen and the peer have made the same text."""
    ours, theirs = text_of(root / drop.agenda), text_of(peer.made(drop))
    assert ours == theirs, [pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]][:3]


def text_of(file: Path) -> list[str]:
    """Return every line of the document's text, tables included."""
    document = Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [line.strip() for line in [*(p.text for p in document.paragraphs), *cells] if line.strip()]


def example(root: Path) -> str:
    """Make a copy of the repository's own workspace, and return a body of it."""
    root.mkdir()
    for name in ("templates", "mandates", "inputs"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "docgen.toml", root)
    return "FSU Eldre"


def told_of(name: str, found: list[tuple[float, float]]) -> float:
    """Print the figures, and return how many times as fast docgen is."""
    ours = [one for one, _peers in found]
    ninth = quantiles(ours, n=10)[-1] if len(ours) > 1 else ours[0]
    ratio = median(peers / one for one, peers in found)
    middle, peers = median(ours) * 1000, median(one for _ours, one in found) * 1000
    print(f"{name:30} {middle:7.1f} ms {ninth * 1000:7.1f} ms {peers:8.1f} ms {ratio:7.1f} times")
    return round(ratio, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--rounds", type=int, default=30, help="drops in the example workspace, half as many in the other"
    )
    parser.add_argument("--inputs", type=int, default=1000)
    given = parser.parse_args()
    ratios = {}
    with tempfile.TemporaryDirectory() as folder:
        rows = {"example": given.rounds, f"{given.inputs}_inputs": max(given.rounds // 2, 1)}
        print(f"{'':30} {'median':>10} {'9th of 10':>10} {'peer':>11}")
        for row, rounds in rows.items():
            root, peers = Path(folder, row), Path(folder, f"{row} peer")
            peers.mkdir()
            if row == "example":
                body = example(root)
            else:
                make_workspace(root, given.inputs)
                body = bodies(given.inputs)[0]
            build_at_once(root)
            peer = Peer(root, body, peers)
            drops = [Drop(number, body) for number in range(rounds + 1)]
            ratios[row] = told_of(row, watching(root, drops, peer))
            compared(root, drops[-1], peer)
            for name, is_ready, first in (("in process", True, 40), ("without settling", False, -45)):
                more = [Drop(number, body) for number in range(first, first + 1 + rounds)]
                found = in_process(root, more, peer, is_ready=is_ready)
                ratios[f"{row} {name}".replace(" ", "_")] = told_of(f"{row}, {name}", found)
                compared(root, more[-1], peer)
    print(f"asked: under {MILLISECONDS} ms, and at least {TIMES} times as fast as the peer")
    print(json.dumps({"watching": ratios}))


if __name__ == "__main__":
    main()
