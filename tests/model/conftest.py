"""A workspace of texts: what a test writes is read, typed and checked as in a build."""

from __future__ import annotations

import textwrap

import pytest

from docgen.model.agenda import Numbers
from docgen.model.check import check
from docgen.model.house import House, rule
from docgen.model.library import Entry, Library, entry
from docgen.read import read

SSU = """
    type: mandat
    organ: SSU
    navn: Strategisk samarbeidsutvalg
    medlemmer:
      - {navn: Kari Nes, rolle: leder, stilling: direktør, representerer: Sykehuset}
      - {navn: Ola Vik, rolle: nestleder, representerer: Vik kommune, vara: Eva Lie}
      - {navn: Per Dal, representerer: Dal kommune}
      - {navn: Eva Lie, rolle: vara, stilling: kommunalsjef, representerer: Vik kommune}
      - {navn: Liv Aas, rolle: observatør}
    kapitler:
      - {tittel: Formål, tekst: Samarbeid.}
      - {tittel: Oppgaver, tekst: Mange.}
    """


class Desk:
    """The inputs of a test. `put` writes one, `problems` tells what is wrong with it, in Norwegian."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.present: set[str] = set()
        self.house = House(owner="Helsefellesskapet", rules=(rule("retningslinje 2-12", "SSU"),))

    def put(self, name: str, text: str) -> None:
        self.files[name] = textwrap.dedent(text).strip() + "\n"

    def library(self) -> tuple[Library, Numbers]:
        library = Library([entry(read(name, text.encode())) for name, text in self.files.items()], self.house)
        return library, check(library, lambda _source, named: named in self.present)

    def entry(self, name: str) -> Entry:
        library, _numbers = self.library()
        return next(one for one in library.entries if one.file == name)

    def problems(self, name: str) -> list[str]:
        return [str(problem) for problem in self.entry(name).problems]

    def numbers(self, name: str) -> list[str]:
        """Return the numbers of an input's cases as they are printed, `-` for none."""
        library, numbers = self.library()
        body = next(meeting.body for one, meeting in library.meetings if one.file == name)
        return [library.form(body).text(number) if number else "-" for number in numbers[name].numbers]


@pytest.fixture
def desk() -> Desk:
    found = Desk()
    found.put("SSU.yaml", SSU)
    return found
