"""From YAML text to a finished docx: docgen's whole path, with validation, against PyYAML and docxtpl.

Run by `make bench`. The input is a meeting with a 15-case agenda; both make the notice from docgen's own template
innkalling.docx, in turn, on one core, in one process that has already loaded everything. docgen reads, checks, numbers
and renders; the peer is the script that one would write: yaml.safe_load, a context, DocxTemplate, render, save. The
texts are compared. The last line is JSON: how many times as fast docgen is, against PyYAML's own loader and against
its C loader.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from docx import Document
from docxtpl import DocxTemplate, RichText
from timing import emptied, on_one_core, seconds, written

from docgen.model.check import check
from docgen.model.documents import documents
from docgen.model.house import House
from docgen.model.library import Entry, Library, entry
from docgen.read import read
from docgen.render import Template, compile_template

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "templates" / "innkalling.docx"

MANDATE = """
type: mandat
organ: SSU
navn: Strategisk samarbeidsutvalg
medlemmer:
  - {navn: Kari Nes, rolle: leder, representerer: Vik kommune}
  - {navn: Ola Dal, rolle: nestleder, representerer: Sykehuset}
  - {navn: Liv Moe, rolle: sekretær, representerer: Sykehuset}
"""


def meeting() -> str:
    """Return a meeting with 15 cases, about 4 KB."""
    cases = "".join(
        f"""
  - tittel: Sak {number} om samhandling mellom sykehus og kommuner
    type: drøfting
    ansvarlig: Kari Nes
    tid: {number} min
    punkter:
      - Status for tiltak {number} i handlingsplanen for året
      - Drøfting av forslag til videre arbeid i grupper og plenum"""
        for number in range(1, 16)
    )
    return f"""type: møte
organ: SSU
dato: 2026-11-12
tid: 09.00-11.30
sted: Rådhuset, møterom 3
møtenummer: 4/2026
status: innkalt
forfall meldes til: sekretariatet
saker:{cases}
"""


def docgens(text: bytes, mandate: Entry, house: House, template: Template, target: Path) -> None:
    """Make the notice as a build does: read, type, check, number, view, render, write beside and replace."""
    library = Library([mandate, entry(read("inputs/møte.yaml", text))], house)
    numbers = check(library, lambda _source, _named: True)
    assert all(one.is_right for one in library.entries)
    plan = next(plan for plan in documents(library, numbers) if plan.kind == "innkalling")
    context = plan.view()
    data = template.render(context, dict(plan.facts), context["dokument"]["tittel"], f"{plan.language}-NO")
    written(target, data)


def peers(text: bytes, common: dict[str, Any], loader: Any, target: Path) -> None:
    """Make the same notice as a script on PyYAML and docxtpl does."""
    given = yaml.load(text, loader)
    context = common | {
        "saker": [
            common["saker"][0]
            | {
                "nr": f"{number:02}/26",
                "tittel": case["tittel"],
                "ansvarlig": case["ansvarlig"],
                "tid": case["tid"],
                "punkter": [RichText(point) for point in case["punkter"]],
            }
            for number, case in enumerate(given["saker"], 1)
        ]
    }
    template = DocxTemplate(TEMPLATE)
    template.render(context, autoescape=True)
    template.save(target)


def text_of(file: Path) -> list[str]:
    """Return every line of the document's text, tables included."""
    document = Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [line.strip() for line in [*(p.text for p in document.paragraphs), *cells] if line.strip()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    rounds = parser.parse_args().rounds
    text, house = meeting().encode(), House(owner="Helsefellesskapet")
    mandate = entry(read("mandates/SSU.yaml", MANDATE.encode()))
    template = compile_template(TEMPLATE.read_bytes(), TEMPLATE.name, "innkalling")
    library = Library([mandate, entry(read("inputs/møte.yaml", text))], house)
    plans = documents(library, check(library, lambda _source, _named: True))
    common: dict[str, Any] = dict(next(plan for plan in plans if plan.kind == "innkalling").view())
    loaders = {"pyyaml_docxtpl": yaml.SafeLoader, "cyaml_docxtpl": yaml.CSafeLoader}
    figures: dict[str, list[float]] = {name: [] for name in ("docgen", *loaders)}
    on_one_core()
    gc.freeze()  # both as docgen build does; they help the peers too
    gc.set_threshold(50_000)
    with tempfile.TemporaryDirectory() as folder:
        outs = {name: Path(folder, name) for name in figures}
        for _ in range(rounds):
            ours = emptied(outs["docgen"])
            figures["docgen"].append(seconds(lambda out: docgens(text, mandate, house, template, out), ours, 200))
            for name, loader in loaders.items():
                theirs = partial(peers, text, common, loader)
                figures[name].append(seconds(theirs, emptied(outs[name]), 4))
        texts = {name: text_of(out / "0.docx") for name, out in outs.items()}
    assert texts["docgen"] == texts["pyyaml_docxtpl"] == texts["cyaml_docxtpl"], "the texts are not the same"
    middle = {name: median(values) for name, values in figures.items()}
    for name, value in middle.items():
        print(f"{name:16} {value * 1000:8.2f} ms a document, {1 / value:7.0f} documents a second")
    ratios = {
        name: round(median(a / b for a, b in zip(figures[name], figures["docgen"], strict=True)), 1)
        for name in ("pyyaml_docxtpl", "cyaml_docxtpl")
    }
    print(json.dumps({"whole_path": ratios}))


if __name__ == "__main__":
    main()
