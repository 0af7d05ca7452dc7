"""The whole text of a document of each kind, in both languages, as a secretary has read it and found it good.

`UPDATE_GOLDEN=1 pytest tests/run/test_golden.py` writes the files anew: read the difference before it is committed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from docgen.run.build import build
from docgen.run.workspace import find
from tests.run.office import REPOSITORY
from tests.run.paper import Paper, papers

GOLDEN = Path(__file__).with_name("golden")
LANGUAGES = ("nb", "nn")
DOCUMENTS = {
    "mandat": "mandater/Mandat SSU",
    "retningslinje": "retningslinjer/Retningslinje 2",
    "vedlegg": "retningslinjer/Vedlegg 2.1",
    "organisering": "organisering/",
    "innkalling (utkast)": "SSU/2026-12-03/2026-12-03 SSU innkalling",
    "innkalling": "SSU/2026-09-24/2026-09-24 SSU innkalling",
    "tilleggssaksliste": "SSU/2026-09-24/2026-09-24 SSU tilleggssaksliste",
    "saksframlegg": "SSU/2026-09-24/2026-09-24 SSU saksframlegg 10-26",
    "saksframlegg (unntatt)": "SSU/2026-09-24/2026-09-24 SSU saksframlegg 13-26",
    "protokoll (utkast)": "SSU/2026-09-24/2026-09-24 SSU protokoll",
    "protokoll": "SSU/2026-04-16/2026-04-16 SSU protokoll",
    "særutskrift": "SSU/2026-04-16/2026-04-16 SSU særutskrift 01-26",
}


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request, tmp_path_factory) -> tuple[str, dict[str, Paper]]:
    root = tmp_path_factory.mktemp("gull") / request.param
    shutil.copytree(GOLDEN / request.param, root)
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    report = build(find(root))
    assert report.problems == []
    return request.param, papers(root / "output")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_document_says_what_it_should(made, document):
    language, written = made
    (paper,) = (paper for name, paper in written.items() if name.startswith(DOCUMENTS[document]))
    golden = GOLDEN / language / f"{document}.txt"

    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(paper.text + "\n", encoding="utf-8")

    assert paper.text.splitlines() == golden.read_text("utf-8").splitlines()
