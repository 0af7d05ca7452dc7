"""A workspace that was good and built, into which the tests drop what is bad, and then build again."""

from __future__ import annotations

import hashlib
import io
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from docx import Document

from docgen.cli.main import main

from ..docx_validity import faults_of_docx
from ..files import documents_in
from .watch import Seen, watched

REPOSITORY = Path(__file__).parents[2]
MOST_SECONDS = 5.0
"""Of computing, so that a machine that is busy with something else fails no test; MOST_WAITED is what anyone waits."""
MOST_WAITED = 25

SETTINGS = """\
"målform" = "bokmål"

[eier]
navn = "Helsefellesskapet Prøve"
helseforetak = "Sykehuset Prøve HF"
kommuner = ["Nordvik", "Sørvik"]

["følsomhet"]
"Åpen" = "grønn"
"Intern" = "gul"
"""

GOOD = """\
type: møte
organ: SSU
dato: 16. april 2026
tid: 09.00–11.30
sted: Storvåg rådhus
status: avholdt
saker:
  - tittel: Godkjenning av innkalling
    bakgrunn: Innkallingen gikk ut to uker før møtet.
    vedtak: Godkjent.
    konsensus: ja
"""

MEETING = """\
type: møte
organ: SSU
dato: 28. mai 2026
tid: 09.00–11.30
sted: Storvåg rådhus
status: innkalt
saker:
  - tittel: Godkjenning av innkalling
  - tittel: Årsrapport
    bakgrunn: Rapporten gjelder fjoråret.
"""
"""What stands in the file that the tests spoil: line 5 is the place, line 7 the cases."""

BAD = "inputs/offer.yaml"


def another(cases: str) -> str:
    """Return another meeting in the same file, with these cases; the numbers of the first are fixed."""
    head = MEETING.partition("saker:")[0].replace("28. mai", "29. mai")
    return f"{head}{cases}flyttet fra: ikke 02/26\n"


def retitled(title: str) -> str:
    """Return the meeting with another title of its second case, known by its fixed number; all else on its line."""
    return MEETING.replace("tittel: Årsrapport\n", f"tittel: {title}\n    nr: 03/26\n")


@dataclass(frozen=True)
class Outcome:
    """What a build answered."""

    code: int
    out: str
    err: str
    seconds: float
    seen: Seen

    @property
    def told(self) -> str:
        return self.out + self.err


class Ground:
    """The workspace `root` in a folder of its own; beside it lies `outside`, which nothing may read or write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "ws"
        self.outside = folder / "utenfor"
        self.output = self.root / "output"

    @classmethod
    def good(cls, folder: Path) -> Ground:
        """Return a workspace with good inputs, built."""
        ground = cls(folder)
        ground.outside.mkdir(parents=True)
        (ground.outside / "hemmelig.txt").write_text("hemmelig", "utf-8")
        shutil.copytree(REPOSITORY / "templates", ground.root / "templates", ignore=shutil.ignore_patterns("*.md"))
        ground.drop("docgen.toml", SETTINGS)
        ground.drop("mandates/SSU.md", (REPOSITORY / "mandates" / "SSU.md").read_bytes())
        ground.drop("inputs/godt møte.yaml", GOOD)
        ground.drop(BAD, MEETING)
        outcome = ground.build()
        assert (outcome.code, outcome.err.count("\n")) == (0, 1), outcome.told
        return ground

    def copy(self, folder: Path) -> Ground:
        shutil.copytree(self.folder, folder, symlinks=True, dirs_exist_ok=True)
        return Ground(folder)

    def drop(self, name: str, content: str | bytes) -> Path:
        """Write a file of the workspace."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def build(self, *args: str) -> Outcome:
        """Build in this process: the whole command but for Python's own start."""
        out, err = io.StringIO(), io.StringIO()
        start = time.process_time()
        with redirect_stdout(out), redirect_stderr(err), watched() as seen, _no_hang():
            code = main(["build", "--workspace", str(self.root), *args])
        return Outcome(code, out.getvalue(), err.getvalue(), time.process_time() - start, seen)

    def command(self, *args: str) -> Outcome:
        """Run the real command in a process of its own."""
        environment = {key: value for key, value in os.environ.items() if key not in ("DOCGEN_WORKSPACE", "LANGUAGE")}
        line = [sys.executable, "-m", "docgen", *args, "--workspace", str(self.root)]
        start = _computed_by_children()
        done = subprocess.run(
            line, capture_output=True, timeout=MOST_WAITED, check=False, env=environment, cwd=self.folder
        )
        seconds = _computed_by_children() - start
        out, err = done.stdout.decode(), done.stderr.decode()
        return Outcome(done.returncode, out, err, seconds, Seen())

    def documents(self) -> dict[str, bytes]:
        """Return what lies in output/ by its path there, with `/`; other things than files are named too."""
        return {file.relative_to(self.output).as_posix(): file.read_bytes() for file in documents_in(self.output)}

    def is_own(self, path: Path) -> bool:
        """Return whether docgen may write there: in output/, in .docgen, and its answers beside what is wrong."""
        cache = Path(os.environ["DOCGEN_CACHE"])
        places = (path, *path.parents)
        return ".FEIL.txt" in path.name or any(own in places for own in (self.output, self.root / ".docgen", cache))

    def all_but_output(self) -> dict[str, str]:
        """Return everything that lies here, inside the workspace and beside it, but for output/ and the register."""
        return {
            os.fsencode(path.relative_to(self.folder)).decode("utf-8", "backslashreplace"): _mark(path)
            for path in sorted(self.folder.rglob("*"))
            if not self.is_own(path)
        }


def _computed_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def _no_hang() -> Iterator[None]:
    """Break off what hangs, with an error that says where."""

    def broken_off(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError("docgen hangs")

    before = signal.signal(signal.SIGALRM, broken_off)
    signal.alarm(MOST_WAITED)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _mark(path: Path) -> str:
    if path.is_symlink():
        return f"-> {os.readlink(path)}"
    if path.is_file() and os.access(path, os.R_OK):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{path.lstat().st_mode:o}"


def assert_sound(outcome: Outcome) -> None:
    """Whatever the input was: no traceback, not slow, and nothing sent out or started."""
    assert "Traceback" not in outcome.told, outcome.told
    assert outcome.seconds < MOST_SECONDS, f"{outcome.seconds:.1f} s"
    assert outcome.seen.outward == []


def assert_kept_inside(ground: Ground, outcome: Outcome, before: dict[str, str]) -> None:
    """Only output/ and the register were written to, and nothing beside the workspace was read."""
    assert ground.all_but_output() == before
    strange = [path for path in outcome.seen.changed if not ground.is_own(path)]
    assert [path for path in strange if path != Path(os.devnull)] == []
    assert [path for path in outcome.seen.read if path.is_relative_to(ground.outside)] == []


def assert_right(documents: dict[str, bytes], *, allow: str = "") -> None:
    """Every document opens in Word as it is."""
    for name, data in documents.items():
        assert faults_of_docx(data, allow=allow) == [], name


def text_of(data: bytes) -> str:
    """Return all text of a Word file: paragraphs, also in tables, headers, footers and notes."""
    document = Document(io.BytesIO(data))
    roots = [document.element]
    roots += [part.element for part in document.part.package.iter_parts() if hasattr(part, "element")]
    lines = {}
    for root in roots:
        for paragraph in root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
            lines["".join(_pieces(paragraph))] = None
    return "\n".join(lines)


def _pieces(paragraph: object) -> Iterator[str]:
    for element in paragraph.iter():  # type: ignore[attr-defined]
        match str(element.tag).rpartition("}")[2]:
            case "t":
                yield element.text or ""
            case "br" | "tab":
                yield " "
            case "noBreakHyphen":
                yield "-"
