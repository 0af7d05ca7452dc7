"""What must hold after any crash: told as the faults that were found, so that a test can also show that they are."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docgen.deliver.facts import carried, is_whole
from docgen.model.carried import Paper
from docgen.register import RegisterError, verify
from docgen.register.store import Register
from docgen.run.build import build
from docgen.run.making import Press
from tests.crash.secretariat import Secretariat
from tests.files import documents_in

TABLES = {"case_number": 4, "edition": 2}
"""The tables that a row adds to, and how many columns are the key of each."""

Tables = dict[str, dict[str, list[Any]]]


@dataclass(slots=True)
class Known:
    """What docgen has said is so: of the register, and by file the digest of each document of the last build."""

    id: str = ""
    tables: Tables = field(default_factory=lambda: {name: {} for name in TABLES})
    heads: dict[str, str] = field(default_factory=dict)
    published: dict[str, str] = field(default_factory=dict)

    def hear(self, line: bytes) -> None:
        """Take in what a build has said, a line a transaction or document. A line that was cut off was not said."""
        if not line.endswith(b"\n"):
            return
        said = json.loads(line)
        if "file" in said:
            self.published[said["file"]] = said["digest"]
            return
        self.learn(said)

    def learn(self, kept: dict[str, Any]) -> None:
        """Take in all that is in a register."""
        self.id = kept["id"]
        self.heads |= kept["heads"]
        for name in TABLES:
            self.tables[name] |= kept["tables"][name]


def say_what_is_kept(to: int) -> None:
    """Make this process write down each commit once it is done, and each document once it is published."""
    control, published = Register._control, Press.published

    def controlled(register, command):
        control(register, command)
        if command == "COMMIT":
            _say(to, register_of(register._reading.connection))

    def pressed(press, plan, order, data):
        made = published(press, plan, order, data)
        if made.state in ("made", "unchanged", "beside", "held") and data is not None:
            _say(to, {"file": made.file, "digest": sha256(data).hexdigest()})
        return made

    Register._control, Press.published = controlled, pressed


def _say(to: int, what: dict[str, Any]) -> None:
    os.write(to, json.dumps(what).encode() + b"\n")


def register_of(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return all that is in a register, as a build says it."""
    rows = connection.execute("SELECT row, hash, facts FROM log ORDER BY row").fetchall()
    tables = {
        name: {json.dumps(row[:width]): list(row[width:]) for row in connection.execute(f"SELECT * FROM {name}")}
        for name, width in TABLES.items()
    }
    return {
        "id": json.loads(rows[0][2])["id"],
        "heads": {str(row): digest for row, digest, _ in rows},
        "tables": tables,
    }


def faults(office: Secretariat, known: Known) -> list[str]:
    """Return what is wrong with a workspace just after a crash, before anything has mended it."""
    try:
        now = read_register(office)
    except sqlite3.DatabaseError as error:
        return [f"the register can't be read: {error}"]
    return [*_register_faults(office, known, now), *_document_faults(office, now), *_published_faults(office, known)]


def _register_faults(office: Secretariat, known: Known, now: dict[str, Any] | None) -> Iterator[str]:
    if now is None:
        if known.heads:
            yield "the register is gone"
        return
    looked = verify(office.register)
    yield from map(str, looked.problems)
    if known.id not in ("", now["id"]):
        yield "another register has taken the place"
    for row, digest in known.heads.items():
        if now["heads"].get(row) != digest:
            yield f"row {row} of the log is gone or changed"
    for name, rows in known.tables.items():
        for key, values in rows.items():
            if now["tables"][name].get(key) != values:
                yield f"{name} {key} is gone or changed"
    marker = office.workspace.marker
    if now["tables"]["case_number"] and (not marker.exists() or f"id: {now['id']}" not in marker.read_text("utf-8")):
        yield "numbers are given, and no marker tells of the register"


def _document_faults(office: Secretariat, now: dict[str, Any] | None) -> Iterator[str]:
    """Give each document that is not whole, and each that tells of what the register does not know."""
    kept = now or {"heads": {}, "tables": {name: {} for name in TABLES}}
    numbers = {tuple(json.loads(key)) for key in kept["tables"]["case_number"]}
    contents = {values[1] for values in kept["tables"]["edition"].values()}
    for name in documents(office):
        found = carried(office.output / name)
        if found is None or not is_whole(office.output / name) or not found.is_untouched:
            yield f"{name} is not whole"
            continue
        paper = Paper(name, name, found.facts, is_untouched=True)
        if paper.seal and kept["heads"].get(str(paper.seal[0])) != paper.seal[1]:
            yield f"{name} has a seal that is not in the register"
        if paper.content and paper.content not in contents:
            yield f"{name} has an approved content that is not in the register"
        for case in paper.cases():
            number = case.number
            if (paper.sequence, number.year, number.number, number.suffix) not in numbers:
                yield f"{name} has the case number {number} that is not in the register"


def _published_faults(office: Secretariat, known: Known) -> Iterator[str]:
    for name, digest in known.published.items():
        file = office.root / name
        if not file.exists() or sha256(file.read_bytes()).hexdigest() != digest:
            yield f"{name} is not as it was said to be published"


def read_register(office: Secretariat) -> dict[str, Any] | None:
    """Return what is in the register, read by SQLite alone in a copy, or None where there is none yet."""
    file = office.register
    if not file.exists():
        return None
    with TemporaryDirectory(dir=office.root.parent) as folder:
        for end in ("", "-wal"):
            if file.with_name(file.name + end).exists():
                shutil.copy(file.with_name(file.name + end), folder)
        with closing(sqlite3.connect(Path(folder, file.name))) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            made = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'log'").fetchone()[0]
            return register_of(connection) if made else None


_UNFINISHED = re.compile(r"\.[^/]+\.(docx|html)\.[0-9]+\.tmp")


def documents(office: Secretariat) -> list[str]:
    """Return every file in output/ but what a killed program left unfinished, which nobody can take for a document."""
    return [name for name in office.names() if not _UNFINISHED.fullmatch(name.rpartition("/")[2])]


def heal(office: Secretariat, known: Known) -> list[str]:
    """Build, and return what is wrong then: all must be made, in step with the register, and nothing twice."""
    known.published.clear()
    try:
        report = build(office.workspace)
    except RegisterError as error:
        return [str(error)]
    found = [str(one) for one in report.problems if not one.warning] + faults(office, known)
    found += [f"{made.file}: {made.state}" for made in report.documents if made.state not in ("made", "unchanged")]
    if found:
        return found
    now = read_register(office) or {"tables": {"case_number": {}}}
    there = set(documents(office))
    found += [f"{name} was left unfinished" for name in office.names() if name not in there]
    found += [f"{made.file} is missing" for made in report.documents if made.file.removeprefix("output/") not in there]
    given = {tuple(json.loads(key)) for key in now["tables"]["case_number"]}
    printed = {number for name in there if name.endswith("innkalling.docx") for number in _numbers_in(office, name)}
    if given != printed or len(given) != 2 * (office.turn + 1):
        found.append(f"the register has {sorted(given)}, the notices {sorted(printed)}")
    if sorted(number for _sequence, _year, number, _suffix in given) != list(range(1, len(given) + 1)):
        found.append(f"a number is passed over: {sorted(given)}")
    return found


def _numbers_in(office: Secretariat, name: str) -> Iterator[tuple[str, int, int, str]]:
    found = carried(office.output / name)
    paper = Paper(name, name, found.facts if found else {}, is_untouched=True)
    for case in paper.cases():
        yield paper.sequence, case.number.year, case.number.number, case.number.suffix


def idle(office: Secretariat) -> list[str]:
    """Build once more, and return what was written, though nothing was to be."""
    before = state(office)
    report = build(office.workspace)
    after = state(office)
    found = [
        f"{name} was written" for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)
    ]
    return found + [f"{made.file}: {made.state}" for made in report.documents if made.state != "unchanged"]


def state(office: Secretariat) -> dict[str, tuple[int, int, bytes]]:
    """Return every file of the workspace: which it is, when it was written, and its bytes.

    But not the `-shm`, in which SQLite notes who reads: a killed program leaves one, and it holds nothing.
    """
    files = (file for file in documents_in(office.root) if not file.name.endswith("-shm"))
    return {
        file.relative_to(office.root).as_posix(): (file.stat().st_ino, file.stat().st_mtime_ns, file.read_bytes())
        for file in files
    }
