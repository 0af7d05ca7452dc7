"""A secretariat's workspace with a register, and docgen run in it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import Docgen, Done
from tests.run.office import MEETING, OU, SSU, Office

JUNE = """
type: møte
organ: SSU
dato: 2026-06-04
tid: 9-11
sted: Rådhuset
status: innkalt
saker:
  - Godkjenning av protokoll
  - {tittel: Budsjett, id: budsjett-2, utsatt fra: 02/26}
  - {tittel: Økonomi, utfall: trukket}
"""

NYNORSK = """
type: møte
organ: OU
dato: 2027-01-11
tid: 12-13
sted: Rådhuset
status: innkalt
saker:
  - {tittel: Klage frå Ola, id: ola, unntatt: {hjemmel: offl. § 13, offentlig tittel: Personalsak}}
  - {tittel: Budsjett, fra: SSU 02/26}
"""

GUIDELINE = """
type: retningslinje
nummer: 1
tittel: Opplæring
versjonslogg:
  - {versjon: Første versjon, godkjent: {organ: SSU, dato: 2024-09-26}}
kapitler: [{tittel: Formål, tekst: Lære sammen.}]
"""

SECOND = "  - {versjon: 2, beskrivelse: Nytt formål, godkjent: {organ: Partnerskapet, dato: 2026-06-04, sak: 03/26}}\n"

APPROVED_TWICE = GUIDELINE.replace("kapitler:", f"{SECOND}kapitler:").replace("Lære sammen.", "Lære mer.")


class Registered(Office):
    """An office in which docgen is run as a person runs it; `fix` drops a file and builds."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.docgen = Docgen(root)

    @staticmethod
    def copied(built: Path, folder: Path) -> Registered:
        """Return an office of its own that has what another was given: to build it anew takes seconds a test."""
        office = Registered(folder / "kontor")
        shutil.copytree(built, office.root, dirs_exist_ok=True)
        return office

    def __call__(self, *args: str) -> Done:
        return self.docgen(*args)

    def fix(self, name: str, text: str) -> Done:
        self.drop(name, text)
        done = self("build")
        assert done.returncode == 0, done.stderr
        return done

    def with_cases(self) -> Registered:
        """Fix the numbers of two meetings of SSU, with a postponed and a late case, and of one of OU."""
        self.drop("mandates/SSU.yaml", SSU)
        self.drop("mandates/OU.yaml", OU)
        postponed = MEETING.replace("tittel: Budsjett", "tittel: Budsjett\n    utfall: utsatt")
        self.fix("ssu mars.yaml", postponed)
        self.fix("ssu juni.yaml", JUNE)
        self.fix("ou.yaml", NYNORSK)
        self.fix("ssu juni.yaml", f"{JUNE}  - Sen sak\n")
        return self


def lines(done: Done) -> list[str]:
    """Return what was printed, a line each, with one space between the columns."""
    assert done.returncode == 0, done.stderr
    return [" ".join(line.split()) for line in done.stdout.splitlines()]
