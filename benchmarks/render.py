"""Documents per second: docgen against docxtpl and docxtemplater, on equal templates and the same content.

Run by `make bench`. All three run in turn on one core; each figure is the median of the rounds. Peers are used as
their own guides say: a new template object for every document. The texts of the three documents are compared.
The last line is JSON: how many times as fast docgen is. `--zlib` measures without the fast deflater.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from statistics import median

from docx import Document
from docx.document import Document as WordDocument
from docxtpl import DocxTemplate
from timing import emptied, on_one_core, seconds, written

HERE = Path(__file__).resolve().parent

WORDS = [
    "Helsefellesskapet",
    "skal",
    "sikre",
    "gode",
    "og",
    "sammenhengende",
    "tjenester",
    "til",
    "pasienter",
    "som",
    "har",
    "behov",
    "for",
    "hjelp",
    "fra",
    "både",
    "sykehus",
    "og",
    "kommune.",
    "Partene",
    "møtes",
    "som",
    "likeverdige,",
    "deler",
    "kunnskap",
    "og",
    "planlegger",
    "sammen.",
]


def sentence(start: int, length: int) -> str:
    """Return words of Norwegian text; a different start gives a different text."""
    return " ".join(WORDS[(start + place) % len(WORDS)] for place in range(length)) + "."


AGENDA = {
    "dokument": {
        "tittel": "Innkalling til møte i SSU",
        "navn": "Innkalling SSU 24.10.2022",
        "eier": "Helsefellesskapet",
    },
    "fakta": [
        {"navn": "Dato", "verdi": "24. oktober 2022"},
        {"navn": "Tid", "verdi": "kl. 09.00–11.30"},
        {"navn": "Sted", "verdi": "Rådhuset, møterom 3"},
    ],
    "ingress": sentence(3, 25),
    "saker": [
        {
            "nr": f"{number:02}/22",
            "tittel": sentence(number, 7),
            "ansvarlig": "Kari Nordmann",
            "tid": f"{10 + number} min",
            "punkter": [sentence(number * point, 9) for point in range(1, 4)],
        }
        for number in range(1, 16)
    ],
    "avsender": "Ola Nordmann, leder",
}

GUIDELINE = {
    "dokument": {"tittel": "Retningslinje for samarbeid", "navn": "Retningslinje 3", "eier": "Helsefellesskapet"},
    "kapitler": [
        {
            "tittel": sentence(chapter, 4),
            "avsnitt": [sentence(chapter + part, 80) for part in range(4)],
            "punkter": [sentence(chapter * point, 14) for point in range(1, 6)],
        }
        for chapter in range(1, 11)
    ],
    "versjonslogg": [
        {"versjon": str(number), "beskrivelse": sentence(number, 12), "godkjent": "SSU 24. oktober 2022"}
        for number in range(1, 5)
    ],
}


class Tags:
    """How docxtpl (and docgen) write a loop and a value."""

    @staticmethod
    def value(loop: str, name: str) -> str:
        return f"{{{{ {loop}.{name} }}}}" if name else f"{{{{ {loop} }}}}"

    @staticmethod
    def start(items: str, item: str) -> str:
        return f"{{%p for {item} in {items} %}}"

    @staticmethod
    def end(items: str) -> str:
        return "{%p endfor %}"


class JavaScriptTags(Tags):
    """How docxtemplater writes them: within a loop the names are the item's own."""

    @staticmethod
    def value(loop: str, name: str) -> str:
        return f"{{{name or '.'}}}"

    @staticmethod
    def start(items: str, item: str) -> str:
        return f"{{#{items.rpartition('.')[2]}}}"

    @staticmethod
    def end(items: str) -> str:
        return f"{{/{items.rpartition('.')[2]}}}"


def header(document: WordDocument, tags: type[Tags]) -> None:
    """Write what both kinds begin with: the name in the header, and the title."""
    value = "{#dokument}{%s}{/dokument}" if tags is JavaScriptTags else "{{ dokument.%s }}"
    document.sections[0].header.paragraphs[0].text = value % "navn"
    document.sections[0].footer.paragraphs[0].text = value % "eier"
    document.add_heading(value % "tittel", 0)


def loop(document: WordDocument, tags: type[Tags], items: str, item: str, body: Callable[[], None]) -> None:
    document.add_paragraph(tags.start(items, item))
    body()
    document.add_paragraph(tags.end(items))


def table(document: WordDocument, tags: type[Tags], items: str, item: str, fields: list[str]) -> None:
    """Write a table with a head and a row that repeats."""
    made = document.add_table(1, len(fields), style="Table Grid")
    for cell, field in zip(made.rows[0].cells, fields, strict=True):
        cell.text = field.capitalize()
    values = [tags.value(item, field) for field in fields]
    if tags is JavaScriptTags:
        values[0], values[-1] = tags.start(items, item) + values[0], values[-1] + tags.end(items)
    else:
        made.add_row().cells[0].text = f"{{%tr for {item} in {items} %}}"
    for cell, value in zip(made.add_row().cells, values, strict=True):
        cell.text = value
    if tags is Tags:
        made.add_row().cells[0].text = "{%tr endfor %}"


def agenda_template(tags: type[Tags]) -> WordDocument:
    document = Document()
    header(document, tags)
    table(document, tags, "fakta", "f", ["navn", "verdi"])
    document.add_paragraph("{ingress}" if tags is JavaScriptTags else "{{ ingress }}")

    def case() -> None:
        document.add_heading(f"{tags.value('s', 'nr')} {tags.value('s', 'tittel')}", 2)
        document.add_paragraph(f"Ansvarlig: {tags.value('s', 'ansvarlig')} ({tags.value('s', 'tid')})")
        loop(
            document,
            tags,
            "s.punkter",
            "p",
            lambda: document.add_paragraph(tags.value("p", ""), style="List Bullet") and None,
        )

    loop(document, tags, "saker", "s", case)
    document.add_paragraph("{avsender}" if tags is JavaScriptTags else "{{ avsender }}")
    return document


def guideline_template(tags: type[Tags]) -> WordDocument:
    document = Document()
    header(document, tags)

    def chapter() -> None:
        document.add_heading(tags.value("k", "tittel"), 1)
        loop(document, tags, "k.avsnitt", "a", lambda: document.add_paragraph(tags.value("a", "")) and None)
        loop(
            document,
            tags,
            "k.punkter",
            "p",
            lambda: document.add_paragraph(tags.value("p", ""), style="List Bullet") and None,
        )

    loop(document, tags, "kapitler", "k", chapter)
    table(document, tags, "versjonslogg", "v", ["versjon", "beskrivelse", "godkjent"])
    return document


DOCUMENTS = {"agenda": (agenda_template, AGENDA), "guideline": (guideline_template, GUIDELINE)}


def text_of(path: Path) -> list[str]:
    """Return every paragraph's text, those of the header, the tables and the footer too."""
    document = Document(str(path))
    section = document.sections[0]
    paragraphs = [*section.header.paragraphs, *document.paragraphs, *section.footer.paragraphs]
    cells = [cell.text for made in document.tables for row in made.rows for cell in row.cells]
    return [paragraph.text for paragraph in paragraphs] + cells


class JavaScript:
    """The docxtemplater process, started once."""

    def __init__(self) -> None:
        self._node = subprocess.Popen(
            ["node", str(HERE / "docxtemplater.js")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE
        )

    def seconds(self, template: Path, data: dict[str, object], folder: Path, count: int) -> float:
        assert self._node.stdin
        assert self._node.stdout
        job = {"template": str(template), "data": data, "folder": str(folder), "count": count}
        self._node.stdin.write(json.dumps(job) + "\n")
        self._node.stdin.flush()
        return float(self._node.stdout.readline()) / count

    def close(self) -> None:
        assert self._node.stdin
        self._node.stdin.close()
        self._node.wait()


def measured(name: str, folder: Path, javascript: JavaScript, rounds: int) -> dict[str, float]:
    """Return how many times as fast docgen is as each peer, and print the documents per second."""
    from docgen.render import compile_template

    build, content = DOCUMENTS[name]
    python_template, javascript_template = folder / f"{name}.docx", folder / f"{name}-js.docx"
    build(Tags).save(str(python_template))
    build(JavaScriptTags).save(str(javascript_template))
    outs = {peer: folder / f"{name}-{peer}" for peer in ("docgen", "docxtpl", "docxtemplater")}
    template = compile_template(python_template.read_bytes(), python_template.name, None)
    title = content["dokument"]["tittel"]  # type: ignore[index,call-overload]

    def ours(out: Path) -> None:
        written(out, template.render(content, {"organ": "SSU"}, title, "nb-NO"))

    def theirs(out: Path) -> None:
        document = DocxTemplate(str(python_template))
        document.render(content, autoescape=True)
        document.save(str(out))

    times: dict[str, list[float]] = {peer: [] for peer in outs}
    for _round in range(rounds):
        for out in outs.values():
            emptied(out)
        times["docxtpl"].append(seconds(theirs, outs["docxtpl"], 5))
        times["docgen"].append(seconds(ours, outs["docgen"], 100))
        times["docxtemplater"].append(javascript.seconds(javascript_template, content, outs["docxtemplater"], 10))
    texts = {peer: text_of(out / "0.docx") for peer, out in outs.items()}
    for peer in ("docxtpl", "docxtemplater"):
        differing = [pair for pair in zip_longest(texts["docgen"], texts[peer]) if pair[0] != pair[1]]
        assert not differing, f"{name}: docgen and {peer} differ, first in {differing[0]}"
    for peer, found in times.items():
        size = (outs[peer] / "0.docx").stat().st_size
        print(f"{name:10} {peer:14} {1 / median(found):8.1f} documents a second, {size} bytes")
    return {
        peer: round(median(times[peer][place] / times["docgen"][place] for place in range(rounds)), 1)
        for peer in ("docxtpl", "docxtemplater")
    }


def without_isal() -> None:
    """Let docgen find no fast deflater."""
    sys.modules["isal"] = None  # type: ignore[assignment]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--zlib", action="store_true", help="without isal, the fast deflater")
    chosen = options.parse_args()
    if chosen.zlib:
        without_isal()
    on_one_core()
    javascript = JavaScript()
    with tempfile.TemporaryDirectory() as folder:
        ratios = {name: measured(name, Path(folder), javascript, chosen.rounds) for name in DOCUMENTS}
    javascript.close()
    print(json.dumps(ratios))


if __name__ == "__main__":
    main()
