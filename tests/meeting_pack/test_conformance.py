"""What the packs of real meetings claim is true: as a validator sees it, and by our own look at what it misses."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from page import ValidationProfile
from pikepdf import Pdf

from tests.pack.test_conformance import faults
from tests.pdf import inspection

PROFILES = {
    "PDF/A-2a": ValidationProfile.PDF_A_2A,
    "PDF/A-2b": ValidationProfile.PDF_A_2B,
    "PDF/UA-1": ValidationProfile.PDF_UA_1,
}
LOOKS = (
    *(inspection.structure, inspection.marked_content, inspection.pictures, inspection.tables),
    *(inspection.links, inspection.fonts, inspection.active_content),
)


@pytest.mark.parametrize("which", ["whole", "public", "nynorsk"])
def test_the_pack_keeps_the_standards_that_it_claims(which: str, request: pytest.FixtureRequest, tmp_path: Path):
    made = request.getfixturevalue(which)

    assert tuple(made.report.conformance) == ("PDF/A-2a", "PDF/UA-1")
    for claim in made.report.conformance:
        assert faults(made.pdf, PROFILES[claim], tmp_path) == [], claim
    with Pdf.open(io.BytesIO(made.pdf)) as pdf:
        assert [fault for look in LOOKS for fault in look(pdf)] == []
