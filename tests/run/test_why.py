"""`docgen build --why`: what each document is made anew for."""

from __future__ import annotations

import pytest

from tests.run.office import MEETING, SSU, Office

NOTICE = "output/SSU/2026-03-12/2026-03-12 SSU innkalling.docx"


@pytest.fixture
def built(office: Office) -> Office:
    office.drop("ssu.yaml", MEETING)
    office.build()
    return office


def why(office: Office, **change: bool) -> dict[str, str]:
    return {made.file: made.why for made in office.build(**change).documents if made.why}


def test_a_new_input_is_new(office):
    office.drop("ssu.yaml", MEETING)

    assert why(office)[NOTICE] == "det er nytt"


def test_a_changed_input_is_named_with_what_changed(built):
    built.drop("ssu.yaml", MEETING.replace("Det mangler penger.", "Det mangler folk."))

    assert why(built) == {
        "output/SSU/2026-03-12/2026-03-12 SSU saksframlegg 02-26 Budsjett.docx": "inputs/ssu.yaml er endret: sak"
    }


def test_a_changed_mandate_is_named_by_the_documents_that_print_it(built):
    mandate = built.root / "mandates" / "SSU.yaml"
    mandate.write_text(SSU.replace("Per Dal", "Per Lund"), "utf-8")

    found = why(built)

    assert found[NOTICE].startswith("mandates/SSU.yaml er endret: ")
    assert not any("saksframlegg" in file for file in found)


def test_a_changed_word_is_docgen_toml(built):
    toml = built.root / "docgen.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[ord]\nsaksliste = "Sakskart"\n', "utf-8")

    assert why(built)[NOTICE] == "docgen.toml er endret: ord"


def test_a_changed_template_is_named(built):
    template = built.root / "templates" / "innkalling.docx"
    template.write_bytes((built.root / "templates" / "innkalling.docx").read_bytes() + b"")
    other = (built.root / "templates" / "tilleggssaksliste.docx").read_bytes()
    template.write_bytes(other)

    assert why(built)[NOTICE].startswith("malen templates/innkalling.docx er endret")


def test_a_document_that_was_gone_or_changed_is_told_so(built):
    (built.root / NOTICE).unlink()

    assert why(built) == {NOTICE: "det var borte"}


def test_without_a_cache_docgen_says_that_it_does_not_know(built):
    (built.output / ".docgen" / "built.db").unlink()

    assert set(why(built, dry_run=True).values()) == {"docgen vet ikke lenger hva det ble laget av"}
    assert built.build().count("made") == 0
