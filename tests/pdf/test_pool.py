"""Several documents at once: no LibreOffice waits for what docgen does, and none that did wrong is asked again."""

from __future__ import annotations

import threading
from pathlib import Path

from docgen.deliver.pdf import Converter, proof
from docgen.deliver.pdf.document import UnprovenError
from docgen.deliver.pdf.office_process import OfficeProcess
from tests.pdf.offices import working_in

right = proof.prove


def test_libreoffice_takes_the_next_document_while_the_former_is_proven(documents, monkeypatch):
    both = threading.Barrier(2, timeout=30)

    def together(*asked):
        both.wait()
        return right(*asked)

    monkeypatch.setattr(proof, "prove", together)
    with Converter(1) as converter:
        made = dict(converter.convert(list(documents.items())[:2]))

    assert [type(one) for one in made.values()] == [bytes, bytes]


def test_a_process_that_made_a_wrong_pdf_makes_no_more(documents, monkeypatch):
    own = threading.local()
    doubted: dict[OfficeProcess, int] = {}

    class Known(OfficeProcess):
        def convert(self, *asked, **named):
            own.process = self
            return super().convert(*asked, **named)

    def wrong_at_first(*asked):
        if not doubted:
            doubted[own.process] = own.process.made
            raise UnprovenError("words are missing")
        return right(*asked)

    monkeypatch.setattr("docgen.deliver.pdf.converter.OfficeProcess", Known)
    monkeypatch.setattr(proof, "prove", wrong_at_first)
    with Converter(2) as converter:
        made = dict(converter.convert(list(documents.items())[:12]))

    assert all(isinstance(one, bytes) for one in made.values())
    ((process, then),) = doubted.items()
    assert process.made <= then + 1  # of what it was at by then


def test_no_more_processes_run_than_were_asked_for(documents, folder: Path, monkeypatch):
    most = 0

    def counted(*asked):
        nonlocal most
        most = max(most, len(list(folder.iterdir())))
        if len(asked[0]) % 2:
            raise UnprovenError("words are missing")
        return right(*asked)

    monkeypatch.setattr(proof, "prove", counted)
    with Converter(2) as converter:
        made = dict(converter.convert(list(documents.items())[:8]))

    assert len(made) == 8
    assert 1 <= most <= 2


def test_where_there_is_much_to_do_one_process_more_than_there_are_cores_works(documents, folder: Path, monkeypatch):
    monkeypatch.setattr("docgen.deliver.pdf.converter.MANY", 3)
    monkeypatch.setattr("docgen.deliver.pdf.converter.cores", lambda: 1)
    some = list(documents.items())
    with Converter() as converter:
        few = dict(converter.convert(some[:2]))
        before = len(working_in(folder))
        many = dict(converter.convert(some[2:12]))
        after = len(working_in(folder))

    assert all(isinstance(one, bytes) for one in (few | many).values())
    assert after == 2 * before
