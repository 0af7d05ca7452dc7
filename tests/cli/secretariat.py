"""A workspace with something in its register, and docgen run in it as a user runs it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import docx

from docgen.deliver.facts import facts
from docgen.model.case_number import DEFAULT_FORM
from docgen.model.record import Record
from docgen.register import opened_to_read
from docgen.run.report import Report
from tests.cli.conftest import Docgen, Done
from tests.run.office import APPROVED, MEETING, Office

GUIDELINE = """
type: retningslinje
nummer: 2
tittel: Utskrivning
versjonslogg:
  - {versjon: Første versjon, godkjent: {organ: SSU, dato: 2024-05-10}}
  - {versjon: 2, beskrivelse: Nytt kapittel, godkjent: {organ: SSU, dato: 2025-06-01, sak: 05/25}}
kapitler:
  - {tittel: Formål, tekst: Trygghet.}
"""
LATER = MEETING.replace("2026-03-12", "2026-06-04").replace("Budsjett\n", "Regnskap\n")

NOTICE = "SSU/2026-03-12/2026-03-12 SSU innkalling.docx"
MINUTES = "SSU/2026-03-12/2026-03-12 SSU protokoll.docx"
GUIDELINE_MADE = "retningslinjer/Retningslinje 2 Utskrivning.docx"


def wrong(report: Report) -> list[str]:
    return [str(problem) for problem in report.problems if not problem.warning]


class Secretariat(Office):
    """`docgen` runs a command; the register is at `database`, and `forced` changes it as docgen never does."""

    @property
    def database(self) -> Path:
        return self.root / ".docgen/register.db"

    def docgen(self, *args: str) -> Done:
        return Docgen(self.root)(*args)

    def registered(self) -> None:
        """Call and hold a meeting, approve its minutes and a guideline, and call the next meeting."""
        self.drop("m.yaml", APPROVED)
        self.drop("n.yaml", LATER)
        self.built("r.yaml", GUIDELINE)

    def forced(self, *statements: str) -> None:
        """Run SQL on the database, which first forgets that it refuses it."""
        connection = sqlite3.connect(self.database)
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()

    def lose_the_register(self) -> None:
        shutil.rmtree(self.root / ".docgen")

    def record(self) -> Record:
        register = opened_to_read(self.database, self.root / ".docgen/register.id")
        assert register is not None
        with register:
            return Record.of(register.rows())

    def numbers(self) -> dict[str, str]:
        """Every fixed number and its case's title."""
        return {
            f"{one.body} {DEFAULT_FORM.text(case.number)}": case.title
            for one in self.record().meetings.values()
            for case in one.cases
        }

    def edit(self, name: str) -> None:
        """Write in a document as a person does in Word."""
        file = self.output / name
        document = docx.Document(str(file))
        document.add_paragraph("Skrevet av et menneske")
        document.save(str(file))

    def facts(self, name: str) -> dict[str, str]:
        return facts(self.output / name)

    def accepts_everything(self) -> None:
        """The next build takes everything as it is, the one after it writes nothing, and verify finds nothing."""
        first = self.build()
        assert wrong(first) == []
        assert (first.fixed, first.frozen, first.count("beside"), first.count("failed")) == ([], [], 0, 0)
        before = self.content()
        second = self.build()
        assert second.count("made") == 0
        assert self.content() == before
        verified = self.docgen("verify")
        assert (verified.returncode, verified.stderr) == (0, "")
