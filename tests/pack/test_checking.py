"""A pack that is not what it should be is found out before anyone gets it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from docgen.deliver.pack.checking import WrongPackError, check
from docgen.deliver.pack.merged import merged
from tests.pack.samples import INFO, annotated, bytes_of, part, plain, tagged

PACK = merged([part(tagged(("H1", "En")), is_agenda=True), part(plain("To"), mentioned=("En",))], INFO).pdf


def lost_bookmark(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Dest[0] = pdf.make_indirect(Dictionary(Type=Name.Page))


def lost_link(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[0].Dest = String("et navn")


def lost_link_key(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[0].StructParent = 999


def lost_page_key(pdf: Pdf) -> None:
    pdf.pages[0].obj.StructParents = 999


def extra_link(pdf: Pdf) -> None:
    annotated(pdf, Subtype=Name.Link, Dest=Array([0, Name.Fit]))


@pytest.mark.parametrize("change", [lost_bookmark, lost_link, lost_link_key, lost_page_key, extra_link])
def test_what_leads_nowhere_is_found(change: Callable[[Pdf], None]):
    with Pdf.open(io.BytesIO(PACK)) as pdf:
        change(pdf)
        wrong = bytes_of(pdf)

    with pytest.raises(WrongPackError):
        check(wrong, 2)


def test_a_page_too_few_is_found():
    with pytest.raises(WrongPackError):
        check(PACK, 3)


def test_a_damaged_pack_is_found():
    with pytest.raises(WrongPackError):
        check(PACK.replace(b"startxref", b"startxxxx"), 2)


def test_a_right_pack_is_right():
    check(PACK, 2)
