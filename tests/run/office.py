"""A secretariat's workspace in a folder of the test: inputs are dropped, built, and the documents read."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

from docgen.run.build import build
from docgen.run.report import Report
from docgen.run.workspace import Workspace, find
from tests.files import documents_in
from tests.run.paper import Paper

REPOSITORY = Path(__file__).parents[2]
EXAMPLE = ("docgen.toml", "templates", "mandates", "inputs")

TOML = """
"målform" = "bokmål"
[eier]
navn = "Helsefellesskapet Nordvik"
"""

SSU = """
type: mandat
organ: SSU
navn: Strategisk samarbeidsutvalg
medlemmer:
  - {navn: Kari Nes, rolle: leder, stilling: direktør, representerer: Sykehuset}
  - {navn: Ola Vik, rolle: nestleder, representerer: Vik kommune, vara: Eva Lie}
  - {navn: Per Dal, representerer: Dal kommune}
kapitler:
  - {tittel: Formål, tekst: Samarbeid.}
"""

OU = """
type: mandat
organ: OU
namn: Områdeutvalet
målform: nynorsk
saksnummer: OU 1/2022
medlemmer: [{namn: Liv Aas, rolle: leiar}]
kapitler: [{tittel: Føremål, tekst: Samarbeid.}]
"""

MEETING = """
type: møte
organ: SSU
dato: 2026-03-12
tid: 9-11
sted: Rådhuset
status: innkalt
saker:
  - tittel: Godkjenning av innkalling
  - tittel: Budsjett
    bakgrunn: Det mangler penger.
    forslag: SSU vedtar budsjettet.
  - tittel: Eventuelt
    nummerert: nei
"""

DRAFT = MEETING.replace("innkalt", "utkast")
HELD = MEETING.replace("innkalt", "avholdt").replace(
    "    forslag:", "    vedtak: Budsjettet er vedtatt.\n    konsensus: ja\n    forslag:"
)
APPROVED = HELD.replace("avholdt", "godkjent\ngodkjent: {sak: 04/26, dato: 2026-06-04}")

MEETING_FOLDER = "SSU/2026-03-12"


class Office:
    """`drop` writes an input, `build` builds, `names` are the documents made, and `paper` and `text` read one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(exist_ok=True)
        shutil.copytree(REPOSITORY / "templates", root / "templates")
        self.write("docgen.toml", TOML)
        self.drop("mandates/SSU.yaml", SSU)

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def workspace(self) -> Workspace:
        return find(self.root)

    def write(self, name: str, text: str) -> Path:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        return file

    def drop(self, name: str, text: str) -> Path:
        """Write an input, in inputs/ unless its folder is named."""
        return self.write(name if name.startswith(("mandates/", "inputs/")) else f"inputs/{name}", text)

    def build(self, *files: Path, dry_run: bool = False) -> Report:
        return build(self.workspace, files, dry_run=dry_run)

    def built(self, name: str, text: str) -> Report:
        """Drop one input and build; the test ends here when anything stops it."""
        self.drop(name, text)
        report = self.build()
        assert report.is_whole, self.problems(report)
        return report

    @staticmethod
    def problems(report: Report) -> list[str]:
        return [str(problem) for problem in report.problems]

    def names(self, folder: str = "") -> list[str]:
        """The files below output/ (or a folder of it), sorted."""
        below = self.output / folder
        return sorted(file.relative_to(below).as_posix() for file in documents_in(below))

    def paper(self, ending: str) -> Paper:
        """The one document whose path in output/ ends so, before `.docx`."""
        found = [name for name in self.names() if name.endswith(f"{ending}.docx")]
        assert len(found) == 1, f"{ending} is {found} of {self.names()}"
        return Paper(self.output / found[0])

    def text(self, ending: str) -> str:
        return self.paper(ending).text

    def content(self) -> dict[str, bytes]:
        """Every file below output/ and its bytes."""
        return {name: (self.output / name).read_bytes() for name in self.names()}


def copy_of_the_example(root: Path) -> Path:
    """Copy the repository's own workspace, without what was built."""
    root.mkdir()
    for name in EXAMPLE:
        there = REPOSITORY / name
        if there.is_dir():
            shutil.copytree(there, root / name)
        else:
            shutil.copy(there, root)
    return root
