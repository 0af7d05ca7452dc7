"""Accepting all changes of a comparison gives the new document, rejecting all the old one, whatever is compared."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings

from docgen.render import compile_template
from tests.docx_validity import faults_of_docx
from tests.render.redline_documents import compared, guideline, pairs
from tests.render.redline_office import ACCEPT, KEEP, REJECT, SOFFICE, settled
from tests.render.redline_review import accepted, content, faults_of_changes, parts_of, rejected, texts_with_style
from tests.run.office import Office
from tests.templates.samples import KINDS, bare, long, sample

TEMPLATES = Path(__file__).parents[2] / "templates"

_DOCUMENTS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_both_ways(old: bytes, new: bytes) -> None:
    made = compared(old, new)
    assert content(accepted(made)) == content(parts_of(new))
    assert content(rejected(made)) == content(parts_of(old))
    assert faults_of_docx(made) + faults_of_changes(made) == []


@_DOCUMENTS
@given(pairs())
def test_accepting_gives_the_new_guideline_and_rejecting_the_old_one(pair):
    old, new = pair

    assert_both_ways(old.file, new.file)


@_DOCUMENTS
@given(pairs())
def test_it_holds_in_a_template_without_lists_and_notes_and_for_any_end(pair):
    old, new = pair

    assert_both_ways(old.plain, new.plain)


@pytest.mark.parametrize("kind", KINDS)
def test_it_holds_for_every_kind_of_document(kind):
    file = TEMPLATES / f"{kind}.docx"
    template = compile_template(file.read_bytes(), file.name, kind)
    contexts = [sample(kind), sample(kind, "nn"), sample(kind, draft=True), bare(kind), long(kind)]
    first, *others = [template.render(context, {}, "Tittel") for context in contexts]

    for other in others:
        assert_both_ways(first, other)
        assert_both_ways(other, first)


GUIDELINE = """
type: retningslinje
nummer: 3
tittel: Kommunikasjon
kapitler:
  - tittel: Formål
    tekst: Innlagte pasienter meldes innen 24 timer.
  - tittel: Ansvar
    tekst: |
      1. Sykehuset varsler.
      2. Kommunen svarer.
"""


def test_it_holds_for_a_guideline_that_a_secretariat_built(tmp_path):
    office = Office(tmp_path / "kontor")
    made = office.output / "retningslinjer" / "Retningslinje 3 Kommunikasjon.docx"
    office.built("r.yaml", GUIDELINE)
    old = made.read_bytes()
    office.built("r.yaml", GUIDELINE.replace("24", "12").replace("      2.", "      2. Legen får kopi.\n      3."))
    new = made.read_bytes()

    assert old != new
    assert_both_ways(old, new)


OLD = [
    ("Formål", "Retningslinjen skal sikre **trygge** overganger.\n\nDen gjelder for alle."),
    ("Ansvar", "Partene har ansvar:\n\n1. Sykehuset varsler\n2. Kommunen svarer\n\nTekst etter listen.\n\n- en\n- to"),
    (
        "Frister",
        "| Frist | Hvem |\n|---|---|\n| 24 timer | Sykehuset |\n| 72 timer | Kommunen |\n\nSlik.[^1]\n\n[^1]: Lov",
    ),
    ("Bilder", "Her er et kart:\n\n![kart](kart.png)\n\nOg en [lenke](https://example.com/a)."),
    ("Avslutning", "Siste avsnitt."),
]


def edited(*replacements: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the old chapters with something else written here and there."""
    chapters = OLD
    for before, after in replacements:
        chapters = [(title, text.replace(before, after)) for title, text in chapters]
    return chapters


DRAFTS = {
    "words": edited(("for alle", "for alle pasienter i kommunen"), ("**trygge**", "trygge")),
    "lists": edited(("2. Kommunen", "2. Fastlegen får kopi\n3. Kommunen"), ("Tekst etter", "- Tekst etter")),
    "rows": edited(("| 72", "| 48 timer | Legen |\n| 72"), ("24", "12")),
    "columns": edited(("| Hvem |\n|", "| Hvem | Hva |\n|---|"), ("Sykehuset |", "Sykehuset | Melding |")),
    "pictures and links": edited(("kart.png", "skjema.png"), ("com/a", "com/b")),
    "first chapter gone": OLD[1:],
    "last chapter gone": OLD[:-1],
    "chapters moved": [OLD[0], OLD[2], OLD[1], *OLD[3:]],
}


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_agrees(tmp_path):
    old = guideline(OLD)
    jobs = [(old, KEEP)]
    for chapters in DRAFTS.values():
        new = guideline(chapters)
        made = compared(old, new)
        jobs += [(new, KEEP), (made, ACCEPT), (made, REJECT)]

    saved, *rest = [texts_with_style(parts_of(data)) for data in settled(tmp_path, jobs)]

    for name, (new, after, before) in zip(DRAFTS, zip(*[iter(rest)] * 3, strict=True), strict=True):
        assert (name, after) == (name, new)
        assert (name, before) == (name, saved)


def test_a_long_document_is_compared_in_seconds():
    chapters = []
    for a in range(90):
        words = [[f"ord{a * b * c % 997}" for c in range(60)] for b in range(40)]
        chapters.append((f"Kapittel {a}", "\n\n".join(f"Avsnitt {a} om {' '.join(each)}" for each in words)))
    changed = [(f"{title} ny", text.replace(" om ", " mot ")) for title, text in chapters]
    old, new = guideline(chapters), guideline(changed)

    began = perf_counter()
    compared(old, new)

    assert perf_counter() - began < 15
