"""Rows as a build adds them: meetings that give numbers, and editions that are frozen with their files."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from docgen.model.case_number import CaseNumber
from docgen.model.record import Approved, Edition, Facts, KnownCase, KnownMeeting, LogRow, Record
from docgen.model.row_facts import case_facts, edition_facts, meeting_facts
from docgen.register import Register, Writing, create_or_open, digest_of

NOON = datetime(2024, 9, 26, 12, 0, tzinfo=UTC)


def noon() -> datetime:
    return NOON


def meeting(number: int, body: str = "SSU", year: int = 2024, *numbers: int, title: str = "Godkjenning") -> Facts:
    """The facts of a meeting of `body` that gives these numbers, or the number that it has itself."""
    known = KnownMeeting(number, body, f"{year}-09-26", "09:00", f"inputs/{number}", "", (), 0)
    cases = (
        KnownCase(body.casefold(), CaseNumber(year, at), f"{number}/{title} {at}", f"{title} {at}")
        for at in numbers or (number,)
    )
    return meeting_facts(known, [case_facts(case, given=True) for case in cases])


def edition(position: int, *files: bytes, document: str = "retningslinje 1") -> Facts:
    """The facts of an approved version that froze these files."""
    made = tuple((f"retningslinjer/{at}.docx", digest_of(data)) for at, data in enumerate(files))
    approved = Approved("Partnerskapet", "2024-09-26", "", "")
    known = Edition(document, position, f"{position}.0", "Ny", approved, "d" * 64, made=made, title="Retningslinje")
    return edition_facts(known)


def allocate(writing: Writing, record: Record, body: str, year: int) -> int:
    """Give the next number of a body and year, as a build does, and return it."""
    record.add(writing.rows(record.last))
    number = record.highest(body.casefold(), year) + 1
    record.add([writing.add("meeting", meeting(len(record.meetings) + 1, body, year, number))])
    return number


def filled(file: Path, meetings: int = 3, *frozen: bytes) -> Register:
    """An open register with so many meetings, and an edition for each frozen file."""
    register = create_or_open(file, noon)
    with register.writing() as writing:
        for number in range(1, meetings + 1):
            writing.add("meeting", meeting(number))
        for position, data in enumerate(frozen):
            writing.add("edition", edition(position, data), [data])
    return register


def numbers(rows: list[LogRow]) -> list[tuple[str, int, int]]:
    """The numbers that are given in these rows, as body, year and number."""
    found = (case for row in rows if row.event == "meeting" for case in row.facts["cases"])
    return [(case["sequence"], case["year"], case["number"]) for case in found]


def force(file: Path, *statements: str) -> None:
    """Change the database as somebody does who takes its guards away first, and puts them back after."""
    with closing(sqlite3.connect(file)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _name, sql in guards:
            connection.execute(sql)
        connection.commit()


@contextmanager
def writing_all_the_time(file: Path, *, closing_it: bool = False) -> Iterator[None]:
    """Let another thread add a meeting after the other to the register while the block runs.

    `closing_it` each time makes SQLite move its `-wal` into the database and remove it.
    """
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            with create_or_open(file) as register:
                while not done.is_set():
                    with register.writing() as writing:
                        writing.add("meeting", meeting(writing.head.row + 1000))
                    if closing_it:
                        break

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        done.set()
        writer.join()


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.register.filling import meeting
from docgen.register import create_or_open
register = create_or_open(Path(sys.argv[1]))
with register.writing() as writing:
    writing.add("meeting", meeting(4))
    if sys.argv[2] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(file: Path, when: str) -> None:
    """Let a program add case 4 and be killed, before its COMMIT or after."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(file), when], check=False)
    assert done.returncode == -signal.SIGKILL
