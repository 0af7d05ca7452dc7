"""A meeting pack of 30 parts and 300 pages: docgen's, with tags, links and checks, against pypdf's append and stamps.

Run by `make bench`; needs LibreOffice, which converts the parts first. docgen opens and cleans each part, looks for
free room on each page, joins the structure trees, lays links on the agenda, stamps, saves and opens the result again.
The peer is what one would write with pypdf: append each part with a bookmark, and merge a stamp into each page; it
loses the tags, and looks neither for room nor at what came out. It is timed in two ways: with a small PDF made for each
stamp, as scripts do that number pages, and with one PDF of all the stamps, which has far less to do than docgen.
Rounds are interleaved. Processor time is counted, with that of the process that looks for room, and time on the clock:
docgen looks on another core while it joins. The last line is JSON: how many times as fast docgen is by each.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pypdf
from pikepdf import Dictionary, Pdf

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docgen.deliver.pack.font import font, shown  # noqa: E402 # after the path to it
from docgen.deliver.pack.merged import merged  # noqa: E402
from docgen.deliver.pack.parts import Fault, PackInfo, Part, Words  # noqa: E402
from tests.pack.converted import build, pdfs  # noqa: E402

_WORDS = """
    pasienten kommunen sykehuset utskrivning samarbeid fastlege epikrise varsling avdelingen hjemmetjenesten ansvar
    frist melding plan opplæring behandling oppfølging rehabilitering legemidler tjenester bruker pårørende
"""
WORDS = _WORDS.split()
SAID = Words(
    "side {page} av {pages}",
    "Gå til {title}",
    "{title}, side {page}",
    "Mangler",
    "Mangler:",
    dict.fromkeys(Fault, "feil"),
)
INFO = PackInfo("Sakspakke", "Helsefellesskapet", "nb-NO", datetime(2022, 10, 17, tzinfo=UTC), SAID)
KINDS = {"processor": "", "clock": "_clock"}
"""What is counted, and how its ratios end."""
STAMP = "SSU 24.10.2022 · Sak {case:02}/22 · side {page} av {pages}"


def guideline(number: int) -> str:
    """Return an input that becomes about ten pages, with lists and tables."""
    draw = random.Random(number)

    def text(sentences: int) -> str:
        said = (" ".join(draw.choices(WORDS, k=draw.randint(8, 16))).capitalize() + "." for _ in range(sentences))
        return " ".join(said)

    lines = ["---", "type: retningslinje", f"nummer: {number}", f"tittel: Tjeneste {number}", "---", "", text(3), ""]
    for chapter in range(4):
        lines += [f"# Kapittel {chapter + 1}", ""]
        for section in range(3):
            lines += [f"## Punkt {section + 1}", "", text(6), "", text(5), "", *(f"- {text(1)}" for _ in range(5)), ""]
        lines += [
            "| Hva | Hvem | Når |",
            "|---|---|---|",
            *(f"| {text(1)} | {draw.choice(WORDS)} | {day}. mai |" for day in range(1, 7)),
            "",
        ]
    return "\n".join(lines)


def converted(folder: Path, count: int) -> list[bytes]:
    """Return as many tagged PDF/A-2a and PDF/UA-1 files, made by docgen and LibreOffice."""
    workspace = folder / "workspace"
    docgen = [sys.executable, "-m", "docgen"]
    subprocess.run([*docgen, "init", workspace], check=True, capture_output=True, cwd=ROOT)
    for file in (workspace / "inputs").rglob("*.*"):
        file.unlink()
    for number in range(1, count + 1):
        (workspace / "inputs" / f"{number}.md").write_text(guideline(number), "utf-8")
    build(workspace)
    return pdfs(sorted((workspace / "output").rglob("Retningslinje*.docx")))


def by_docgen(files: list[bytes]) -> bytes:
    parts = [
        Part(
            data,
            f"Sak {number:02}/22",
            "nb-NO",
            f"SSU 24.10.2022 · Sak {number:02}/22",
            mentioned=(f"Punkt {number}",),
            is_agenda=number == 1,
        )
        for number, data in enumerate(files, 1)
    ]
    return merged(parts, INFO).pdf


def stamps(texts: list[str]) -> bytes:
    """Return a PDF of a page a stamp, with an embedded font, as a peer's script would make it with a PDF writer."""
    pdf = Pdf.new()
    letters = font(pdf)
    for text in texts:
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        page.Resources = Dictionary(Font=Dictionary(F1=letters))
        page.Contents = pdf.make_stream(b"BT /F1 8 Tf 400 820 Td %s Tj ET" % shown(text))
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def by_pypdf(files: list[bytes], is_one_by_one: bool) -> bytes:
    writer = pypdf.PdfWriter()
    cases = []
    for number, data in enumerate(files, 1):
        before = len(writer.pages)
        writer.append(io.BytesIO(data), outline_item=f"Sak {number:02}/22")
        cases += [number] * (len(writer.pages) - before)
    texts = [STAMP.format(case=case, page=page, pages=len(cases)) for page, case in enumerate(cases, 1)]
    if is_one_by_one:
        overlays = (pypdf.PdfReader(io.BytesIO(stamps([text]))).pages[0] for text in texts)
    else:
        overlays = iter(pypdf.PdfReader(io.BytesIO(stamps(texts))).pages)
    for page, overlay in zip(writer.pages, overlays, strict=True):
        page.merge_page(overlay)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def spent(make: Callable[[], bytes]) -> dict[str, float]:
    """Return the processor time that it takes, with that of the processes it starts, and the time on the clock."""
    gc.collect()
    processor, clock = sum(os.times()[:4]), time.perf_counter()
    make()
    return {"processor": sum(os.times()[:4]) - processor, "clock": time.perf_counter() - clock}


def peak(folder: Path, files: list[bytes]) -> float:
    """Return the most memory, in MB, that a process of its own needs to make the pack."""
    for number, data in enumerate(files):
        (folder / f"part {number:02}.pdf").write_bytes(data)
    done = subprocess.run([sys.executable, __file__, "--only", str(folder)], check=True, capture_output=True, text=True)
    return float(done.stdout)


def most_memory() -> float:
    """Return the most memory, in MB, that this process has had. On Linux getrusage counts its parent's as its own."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--parts", type=int, default=30)
    options.add_argument("--only", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.only:
        by_docgen([file.read_bytes() for file in sorted(chosen.only.glob("part *.pdf"))])
        print(most_memory())
        return
    with tempfile.TemporaryDirectory() as name:
        files = converted(Path(name), chosen.parts)
        ways = {
            "docgen": lambda: by_docgen(files),
            "pypdf, a PDF a stamp": lambda: by_pypdf(files, is_one_by_one=True),
            "pypdf, one PDF of stamps": lambda: by_pypdf(files, is_one_by_one=False),
        }
        made = {way: make() for way, make in ways.items()}
        for way, data in made.items():
            print(f"{way}: {len(pypdf.PdfReader(io.BytesIO(data)).pages)} pages, {len(data) / 1e6:.1f} MB")
        rounds = [{way: spent(make) for way, make in ways.items()} for _ in range(chosen.rounds)]
        for way in ways:
            took = {kind: median(one[way][kind] for one in rounds) for kind in KINDS}
            print(f"{way}: {took['processor']:.3f} s of processor time, {took['clock']:.3f} s on the clock")
        print(f"docgen needs {peak(Path(name), files):.0f} MB")
    ratios = {
        name + ending: round(median(one[way][kind] / one["docgen"][kind] for one in rounds), 2)
        for name, way in (("pypdf", "pypdf, a PDF a stamp"), ("pypdf_one_overlay", "pypdf, one PDF of stamps"))
        for kind, ending in KINDS.items()
    }
    print(json.dumps({"pack": ratios}))


if __name__ == "__main__":
    main()
