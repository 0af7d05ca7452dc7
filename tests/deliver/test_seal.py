"""The seal of a PDF: it tells what the PDF was made of, and any change of the file breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.deliver.seal import Seal, place, seal, sealed

MADE_OF = "0123456789abcdef" * 2


def pdf(source: str = "inputs/SSU/møte", rest: bytes = b"") -> bytes:
    said = f"<dc:source>{source}</dc:source><xmpMM:InstanceID>{place(MADE_OF)}</xmpMM:InstanceID>"
    return b"%PDF-1.7\n" + said.encode() + rest


def test_a_sealed_pdf_tells_what_it_was_made_of():
    assert seal(sealed(pdf("inputs/A &amp; B"))) == Seal("inputs/A & B", MADE_OF, is_untouched=True)


def test_a_pdf_that_is_not_sealed_yet_is_no_untouched_one():
    assert not seal(pdf()).is_untouched


def test_sealing_moves_no_byte():
    assert len(sealed(pdf())) == len(pdf())
    assert sealed(pdf()).replace(seal_in(sealed(pdf())), b"0" * 32) == pdf()


def seal_in(data: bytes) -> bytes:
    start = data.index(MADE_OF.encode()) + len(MADE_OF) + 1
    return data[start : start + 32]


@given(at=st.integers(0, 10_000), to=st.integers(1, 255))
def test_any_byte_that_is_changed_breaks_the_seal(at: int, to: int):
    data = bytearray(sealed(pdf(rest=b"resten av filen")))
    data[at % len(data)] ^= to

    found = seal(bytes(data))

    assert found is None or not found.is_untouched


def test_what_is_added_breaks_the_seal():
    assert not seal(sealed(pdf()) + b"\n").is_untouched


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04"])
def test_a_file_that_docgen_has_not_made_has_no_seal(data: bytes):
    assert seal(data) is None


def test_a_pdf_without_a_place_is_not_sealed():
    with pytest.raises(ValueError, match="place"):
        sealed(b"%PDF-1.7\n")
