"""Chains of 120,000 objects, which to follow by recursion would end the process, hung on whatever is copied."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from docgen.deliver.pack.merged import merged
from tests.pack.reading import texts
from tests.pack.samples import INFO, annotated, bytes_of, part, plain, tagged


def hung_on(change: Callable[[Pdf, object], None]) -> bytes:
    """Return a tagged file of which something hangs in a chain of 120,000 objects."""
    with Pdf.open(io.BytesIO(tagged(("P", "Godt")))) as pdf:
        chain = pdf.make_indirect(Dictionary(A=1))
        for _ in range(120_000):
            chain = pdf.make_indirect(Dictionary(A=chain))
        change(pdf, chain)
        return bytes_of(pdf)


def on_a_class(pdf: Pdf, marker: object) -> None:
    pdf.Root.StructTreeRoot.ClassMap = Dictionary(K=marker)


def on_an_attribute(pdf: Pdf, marker: object) -> None:
    pdf.Root.StructTreeRoot.K.A = marker


def on_a_layer(pdf: Pdf, marker: object) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=marker))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]))


def on_the_order_of_tabs(pdf: Pdf, marker: object) -> None:
    pdf.pages[0].obj.Tabs = marker


def on_a_link(pdf: Pdf, marker: object) -> None:
    annotated(pdf, Subtype=Name.Link, Contents=marker, Dest=Array([pdf.pages[0].obj, Name.Fit]))


def on_a_destination(pdf: Pdf, marker: object) -> None:
    annotated(pdf, Subtype=Name.Link, Dest=Array([pdf.pages[0].obj, Name.XYZ, marker, marker, marker]))


def on_a_profile(pdf: Pdf, marker: object) -> None:
    profile = pdf.make_stream(b"x", N=3, X=marker)
    pdf.Root.OutputIntents = Array([Dictionary(DestOutputProfile=profile, OutputConditionIdentifier=marker)])
    said = b'<x pdfaid:part="2" pdfaid:conformance="B" pdfuaid:part="1"/>'
    pdf.Root.Metadata = pdf.make_stream(said, Type=Name.Metadata, Subtype=Name.XML)


CHAINED = [on_a_class, on_an_attribute, on_a_layer, on_the_order_of_tabs, on_a_link, on_a_destination, on_a_profile]


@pytest.mark.parametrize("change", CHAINED)
def test_a_chain_without_end_does_not_end_the_process_wherever_it_hangs(change):
    pack = merged([part(hung_on(change)), part(plain("Godt"))], INFO)

    assert len(pack.placed) == 2
    assert texts(pack.pdf)[-1].endswith("Godt")
