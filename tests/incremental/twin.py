"""A workspace that is built again and again, and a twin of it that is built from nothing after each change."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from math import inf
from pathlib import Path
from unittest.mock import patch

from docgen.messages import speak
from docgen.register import open_to_read
from docgen.run import executor, looking, recipes, seen, templates, untouched, work
from docgen.run.build import Builder, build
from docgen.run.report import Made, Report
from docgen.run.workspace import Workspace, find
from docgen.watch.folders import look
from tests.files import documents_in

MEMORY = Path("/dev/shm")
"""Where a folder lies in memory, so that a flush to disk costs nothing."""

REPOSITORY = Path(__file__).parents[2]

_compiled = lru_cache(maxsize=200)(templates.template)

rendered: list[str] = []
"""The names of the documents that were rendered, whatever was then done with them."""

read: list[str] = []
"""The names of the inputs that were read from disk."""


@contextmanager
def at_once() -> Iterator[None]:
    """Trust the time of a file at once, compile a template once for all tests, and note what is rendered and read."""
    make, contents = work.work, seen.input_contents

    def made(job: work.Job) -> bytes:
        rendered.append(job.name)
        return make(job)

    def looked(workspace: Workspace, file: Path) -> bytes:
        read.append(workspace.name(file))
        return contents(workspace, file)

    with (
        patch.object(seen, "_FRESH", 0),
        patch.object(templates, "template", _compiled),
        # Else a test that runs while docgen's code is being edited would make everything anew.
        patch.object(looking, "program", lambda: "the program"),
        patch.object(recipes, "program", lambda: "the program"),
        patch.object(untouched, "program", lambda: "the program"),
        patch.object(work, "work", made),
        # Else a machine that is busy would render some of them where nobody notes it.
        patch.object(executor, "PATIENCE", inf),
        patch.object(seen, "input_contents", looked),
    ):
        yield


@dataclass(slots=True)
class Clock:
    """The only thing that is faked, with the age at which a file is trusted: it stands still through a build."""

    now: datetime = datetime(2026, 1, 5, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: its report, and the documents that it rendered and the inputs that it read."""

    report: Report
    rendered: tuple[str, ...]
    read: tuple[str, ...]

    def made(self) -> dict[str, Made]:
        return {one.file: one for one in self.report.documents}

    def problems(self) -> list[str]:
        return sorted(str(problem) + (" *" if problem.warning else "") for problem in self.report.problems)


@dataclass(slots=True)
class Twin:
    """A workspace on disk. Whatever is written in it gets a time of its own, later than all before."""

    root: Path = field(default_factory=lambda: _new_root() / "a")
    clock: Clock = field(default_factory=Clock)
    ticks: int = 1_700_000_000_000_000_000
    builder: Builder | None = None

    def __post_init__(self) -> None:
        speak("nb")
        shutil.copytree(REPOSITORY / "templates", self.root / "templates")

    def close(self) -> None:
        shutil.rmtree(self.root.parent)

    @property
    def output(self) -> Path:
        return self.root / "output"

    # What is done in the workspace

    def write(self, name: str, data: str | bytes) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        self.touch(name)

    def touch(self, name: str) -> None:
        self.ticks += 1_000_000
        os.utime(self.root / name, ns=(self.ticks, self.ticks))

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it, if it is there."""
        there = self.root / name
        if there.is_dir():
            shutil.rmtree(there)
        else:
            there.unlink(missing_ok=True)

    def move(self, name: str, to: str) -> None:
        file = self.root / to
        file.parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).rename(file)

    def documents(self) -> list[str]:
        """Return the documents in output/, from the workspace."""
        return [file.relative_to(self.root).as_posix() for file in self.output.rglob("*.docx")]

    def page(self) -> list[str]:
        """Return what the page says that tells how everything stands, in any order."""
        return sorted((self.output / "Status.html").read_text(encoding="utf-8").split("<"))

    def edit(self, name: str) -> None:
        """Edit a document as a person would: a paragraph more."""
        self.write(name, with_paragraph((self.root / name).read_bytes(), f"Skrevet av en person {self.ticks}."))

    # Building

    def build(self, files: Iterable[str] = (), *, long_lived: bool = False, ahead: bool = False) -> Built:
        """Build this workspace, with a builder that lives on, and made ready, or with one for the occasion."""
        if not long_lived:
            return _built(lambda: build(find(self.root), [self.root / name for name in files], clock=self.clock))
        if self.builder is None:
            self.builder = Builder(find(self.root), self.clock)
        builder = self.builder
        if not ahead or files:
            return _built(lambda: builder.build(files=[self.root / name for name in files]))
        rendered.clear()
        there = look(builder.workspace).files
        fixed, made = registered(self.root), documents_of(self)
        builder.prepare(there)
        assert (registered(self.root), documents_of(self)) == (fixed, made), "nothing is fixed or made beforehand"
        early = tuple(rendered)
        built = _built(lambda: builder.build(at_rest=there))
        return replace(built, rendered=early + built.rendered)

    def at_rest(self) -> untouched.Untouched | None:
        """Return how docgen says that the workspace stands, when it says that nothing is to be done."""
        return untouched.untouched(self.root)

    def copied(self) -> Twin:
        """Return a copy of the workspace as it is now, in the same time."""
        self.clock.now += timedelta(minutes=1)
        root = self.root.parent / "b"
        if root.exists():
            shutil.rmtree(root)
        root.mkdir()
        other = object.__new__(Twin)
        other.root, other.clock, other.ticks, other.builder = root, Clock(self.clock.now), self.ticks, None
        shutil.copytree(self.root, root, symlinks=True, dirs_exist_ok=True)
        return other


def registered(root: Path) -> int:
    """Return how many rows the register has."""
    file = root / ".docgen" / "register.db"
    if not file.exists():
        return 0
    with open_to_read(file) as register:
        return len(register.rows())


def documents_of(one: Twin) -> dict[str, bytes]:
    """Return the documents that lie in output/, and their bytes."""
    return {name: (one.root / name).read_bytes() for name in one.documents()}


def _new_root() -> Path:
    return Path(tempfile.mkdtemp(prefix="docgen-twin-", dir=MEMORY if MEMORY.is_dir() else None))


def _built(run: Callable[[], Report]) -> Built:
    rendered.clear()
    read.clear()
    report = run()
    return Built(report, tuple(rendered), tuple(read))


def with_paragraph(document: bytes, text: str) -> bytes:
    """Return a Word file with a paragraph of this text put first."""
    return _rewritten(document, "<w:body>", f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>")


@lru_cache(maxsize=1000)
def _rewritten(document: bytes, old: str, new: str) -> bytes:
    there, made = BytesIO(document), BytesIO()
    with zipfile.ZipFile(there) as before, zipfile.ZipFile(made, "w") as after:
        for info in before.infolist():
            data = before.read(info)
            if info.filename == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), 1)
            after.writestr(info, data)
    return made.getvalue()


# What must be alike


def unlike(one: Twin, now: Built, other: Twin, clean: Built, *, by_state: bool) -> Iterator[str]:
    """Give what a build made otherwise than a clean build of the same workspace did.

    Where both began with the same documents, what came of each must be alike too, and what was registered (`by_state`).
    """
    for name in ("inputs", "refused", *(("fixed", "frozen") if by_state else ())):
        if getattr(now.report, name) != getattr(clean.report, name):
            yield f"{name}: {getattr(now.report, name)}, clean {getattr(clean.report, name)}"
    made, wanted = now.made(), clean.made()
    for file in sorted({*made, *wanted}):
        if not by_state and file not in made and wanted[file].input in clean.report.refused:
            # An edition in force that can't be made now: put back as it was approved, where the last good one is gone.
            continue
        yield from _unlike_document(file, made.get(file), wanted.get(file), one, other, by_state=by_state)


def _unlike_document(
    file: str, made: Made | None, wanted: Made | None, one: Twin, other: Twin, *, by_state: bool
) -> Iterator[str]:
    here, there = _content(one.root / file), _content(other.root / file)
    if (wanted or made) and (wanted is None or wanted.state in ("made", "unchanged", "beside")) and here != there:
        yield f"{file}: {'other bytes' if here and there else 'not there' if there else 'there'}"
    if made is None or wanted is None:
        # An edition in force is told of only when it had to be put back.
        if here is None or here != there or (wanted or made).state != "made":
            yield f"{file}: {made and made.state}, clean {wanted and wanted.state}"
        return
    for name in ("kind", "input", "numbers", "provisional"):
        if getattr(made, name) != getattr(wanted, name):
            yield f"{file}: {name} {getattr(made, name)}, clean {getattr(wanted, name)}"
    if made.state != wanted.state and (by_state or not {made.state, wanted.state} <= _DONE):
        yield f"{file}: {made.state}, clean {wanted.state}"


_DONE = {"made", "unchanged"}


def told_otherwise(one: Twin, now: Built, other: Twin, clean: Built) -> Iterator[str]:
    """Give the problems and answers that differ."""
    problems, wanted = now.problems(), clean.problems()
    yield from (f"told: {text}" for text in problems if text not in wanted)
    yield from (f"not told: {text}" for text in wanted if text not in problems)
    beside, needed = answers(one), answers(other)
    for name in sorted({*beside, *needed}):
        if beside.get(name) != needed.get(name):
            yield f"{name}: {beside.get(name, b'').decode()!r}, clean {needed.get(name, b'').decode()!r}"


def unlike_pages(one: Twin, other: Twin) -> Iterator[str]:
    """Give what only one of the pages says."""
    now, clean = one.page(), other.page()
    yield from (f"on the page: {text}" for text in now if text not in clean)
    yield from (f"not on the page: {text}" for text in clean if text not in now)


def answers(one: Twin) -> dict[str, bytes]:
    """Return the answers beside the files of a workspace, by name."""
    return {file.relative_to(one.root).as_posix(): file.read_bytes() for file in one.root.rglob("*.FEIL.txt")}


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def output_of(one: Twin) -> dict[str, bytes]:
    """Return every document and its bytes."""
    return {file.relative_to(one.output).as_posix(): file.read_bytes() for file in documents_in(one.output)}
