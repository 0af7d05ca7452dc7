"""A meeting written as text, and the views that its documents are made from."""

from __future__ import annotations

import pytest

from docgen.model.library import Library
from docgen.model.view.meeting import Sitting, sitting
from tests.model.conftest import Desk

HEAD = "type: møte\norgan: SSU\ndato: 2026-03-12\ntid: 9-11\nsted: Vik\nstatus: avholdt\n"

OU = """
    type: mandat
    organ: OU
    navn: Områdeutvalet
    målform: nynorsk
    saksnummer: OU 1/2022
    """


class Views(Desk):
    """`sitting` gives a meeting of what is written under the head of one of SSU's (or another body's)."""

    def sitting(self, text: str = "", *, head: str = HEAD, cases: str = "saker: [A, B, C]\n") -> Sitting:
        self.put("m.yaml", head + text + cases)
        library, numbers = self.library()
        return sitting(self.meeting(library), numbers["m.yaml"], library)

    @staticmethod
    def meeting(library: Library):
        ((_entry, meeting),) = library.meetings
        return meeting


@pytest.fixture
def desk() -> Views:
    found = Views()
    found.put("SSU.yaml", MANDATE)
    found.put("OU.yaml", OU)
    return found


MANDATE = """
    type: mandat
    organ: SSU
    navn: Strategisk samarbeidsutvalg
    medlemmer:
      - {navn: Kari Nes, rolle: leder, stilling: direktør, representerer: Sykehuset}
      - {navn: Ola Vik, rolle: nestleder, stilling: ordfører, representerer: Vik kommune, vara: Eva Lie}
      - {navn: Per Dal, representerer: Dal kommune}
      - {navn: Eva Lie, rolle: vara, stilling: kommunalsjef, representerer: Vik kommune}
      - {navn: Liv Aas, rolle: observatør, representerer: Statsforvalteren}
      - {navn: Siv Moe, rolle: sekretær}
    """
