"""A secretariat whose inputs go on: a meeting is called, minutes and a guideline approved, older minutes corrected."""

from __future__ import annotations

import os
import shutil
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import docgen.run.templates
from docgen.run.workspace import Workspace, find
from tests.run.office import Office

START = date(2026, 1, 8)

MEETING = """
type: møte
organ: SSU
dato: {day}
tid: 9-11
sted: Rådhuset
status: {status}
saker:
  - tittel: Godkjenning av protokoll {turn}
    {outcome}
  - tittel: Budsjett {turn}
    bakgrunn: Det mangler penger.
    {outcome}
"""

GUIDELINE = """
type: retningslinje
nummer: 1
tittel: Utskriving
versjonslogg:
{rows}
kapitler:
  - {{tittel: Formål, tekst: Samarbeid etter runde {turn}.}}
"""

compiled_once = lru_cache(docgen.run.templates.compile_template)
"""Compiling templates is most of a build. A crash test is not about them, and builds the same ones all the time."""


class Secretariat(Office):
    """`advance` writes the inputs of the next round: numbers to fix, and versions to freeze from the second on."""

    def __init__(self, root: Path, turn: int = -1) -> None:
        if not root.exists():
            super().__init__(root)
        self.root, self.turn = root, turn

    def copy(self, root: Path) -> Secretariat:
        """Return another secretariat in a folder of its own that has come just as far."""
        shutil.copytree(self.root, root, ignore=shutil.ignore_patterns("templates"))
        shutil.copytree(self.root / "templates", root / "templates", copy_function=os.link)
        return Secretariat(root, self.turn)

    def advance(self) -> None:
        self.turn += 1
        self._meeting(self.turn, "innkalt")
        if self.turn > 0:
            self._meeting(self.turn - 1, self._approved(self.turn - 1))
        if self.turn > 1:
            correction = f"rettelser: [{{dato: {self._day(self.turn)}, tekst: Rettet en skrivefeil.}}]"
            self._meeting(self.turn - 2, f"{self._approved(self.turn - 2)}\n{correction}")
        rows = [self._row(at) for at in range(self.turn + 1)]
        self.drop("retningslinje.yaml", GUIDELINE.format(rows="\n".join(rows), turn=self.turn))

    @property
    def register(self) -> Path:
        return self.workspace.register

    @property
    def workspace(self) -> Workspace:
        return find(self.root)

    def _meeting(self, turn: int, status: str) -> None:
        outcome = "behandling: Gjennomgått." if status.startswith("godkjent") else "ansvarlig: Kari Nes"
        text = MEETING.format(day=self._day(turn), status=status, turn=turn, outcome=outcome)
        self.drop(f"{self._day(turn)}.yaml", text)

    def _approved(self, turn: int) -> str:
        """Return the status of a meeting whose minutes the first case of the next one approved."""
        return f"godkjent\ngodkjent: {{sak: {2 * turn + 3:02}/26, dato: {self._day(turn + 1)}}}"

    @staticmethod
    def _day(turn: int) -> date:
        return START + timedelta(days=28 * turn)

    def _row(self, at: int) -> str:
        described = f"beskrivelse: Endret i runde {at}, " if at else ""
        return f"  - {{versjon: {at + 1}, {described}godkjent: {{organ: SSU, dato: {self._day(at)}}}}}"
