"""A file that nobody can show in reasonable time is listed, and does not keep the pack waiting."""

from __future__ import annotations

import time

from pikepdf import Dictionary, Name, Pdf

from docgen.deliver.pack import eye
from docgen.deliver.pack.merged import merged
from docgen.deliver.pack.parts import Fault, Missing
from tests.pack.reading import texts, tree
from tests.pack.samples import INFO, part, plain


def a_pattern_of_a_trillion_tiles(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    tile = pdf.make_stream(b"0 0 1 1 re f", Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, XStep=0.001)
    tile.YStep, tile.BBox, tile.Resources = 0.001, [0, 0, 1, 1], Dictionary()
    page.Resources.Pattern = Dictionary(P=tile)
    page.Contents = pdf.make_stream(b"/Pattern cs /P scn 0 0 595 842 re f")


def test_a_page_that_takes_for_ever_to_draw_is_listed_and_the_rest_is_whole(monkeypatch):
    monkeypatch.setattr(eye, "PATIENCE", 3.0)
    begun = time.monotonic()

    pack = merged([part(plain("A")), part(plain(change=a_pattern_of_a_trillion_tiles), "Evig"), part(plain("B"))], INFO)

    assert pack.missing == (Missing("Evig", Fault.UNSHOWABLE),)
    assert time.monotonic() - begun < 30
    assert texts(pack.pdf)[0].endswith("Evig: filen kan ikke vises.")
    assert [text[-1] for text in texts(pack.pdf)[1:]] == ["A", "B"]
    tree(pack.pdf)
