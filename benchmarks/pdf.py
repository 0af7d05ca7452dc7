"""Word documents to PDF/A and PDF/UA: docgen's converter against LibreOffice as it comes, and against unoserver.

Run by `make bench`. 48 of the documents of the example workspace, from all over it, each way in turn, round after
round, with a profile that each peer has used before:

- `stock_each`: one `soffice --convert-to` for each document, as scripts do it (unless `--each` says fewer);
- `stock_all`: one call with all of them;
- `unoserver`: its server kept running, asked by its own client from this process;
- docgen: its processes kept running, one a core. Its time holds what the peers leave out: tags mended, conformance
  claimed, the PDF opened and its text found.

`cold` is one document with nothing running, all from start to end, against stock. All are asked for PDF/A-2 and
PDF/UA. The last line is JSON: how many times as many documents a second docgen makes; medians of rounds.
"""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import unoserver
from timing import emptied
from unoserver.client import UnoClient

from docgen.deliver.pdf import Converter, Document
from docgen.deliver.pdf.converter import cores
from docgen.deliver.pdf.office import Office, office
from docgen.run.build import build
from docgen.run.workspace import find

ROOT = Path(__file__).resolve().parent.parent
WORKSPACE = ("docgen.toml", "templates", "mandates", "inputs")
COUNT = 48
COLD = 5
WANTED = {"SelectPdfVersion": 2, "PDFUACompliance": True, "UseTaggedPDF": True}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--documents", type=int, default=COUNT)
    arguments.add_argument("--each", type=int, default=COUNT, help="how many documents stock_each makes in a round")
    given = arguments.parse_args()
    installed = office()
    if installed is None:
        sys.exit("LibreOffice or its Python is missing: see docgen doctor.")
    with tempfile.TemporaryDirectory(prefix="docgen-bench-") as place:
        _measure(installed, Path(place), given.rounds, given.documents, given.each)


def _measure(installed: Office, place: Path, rounds: int, count: int, each: int) -> None:
    documents = spread(example(place / "workspace"), count)
    stock = Stock(installed, place / "profile")
    out = place / "out"
    stock.convert(documents[:1], emptied(out))  # so that the profile is no fresh one
    with unoserver_of(installed, place) as client, Converter() as converter:
        ways: dict[str, Callable[[], None]] = {
            "stock_each": lambda: stock.convert_each(documents[:each], out),
            "stock_all": lambda: stock.convert(documents, out),
            "unoserver": lambda: by_unoserver(client, documents, out),
            "docgen": lambda: by_docgen(converter, documents, out),
        }
        made = {"stock_each": min(each, len(documents))}
        ways["unoserver"]()
        ways["docgen"]()
        found: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                expected = made.get(name, len(documents))
                found[name].append(seconds(way, emptied(out), expected) / expected)
    cold: dict[str, list[float]] = {"stock": [], "docgen": []}
    for one in (documents * COLD)[: COLD * rounds]:
        cold["stock"].append(seconds(lambda one=one: stock.convert([one], out), emptied(out), 1))
        cold["docgen"].append(seconds(lambda one=one: from_nothing(one, out), emptied(out), 1))
    tell(found, cold, len(documents))


def tell(found: dict[str, list[float]], cold: dict[str, list[float]], count: int) -> None:
    print(f"{count} documents, {cores()} cores, {len(found['docgen'])} rounds")
    for name, times in found.items():
        print(f"{name:10} {median(times):6.3f} s a document, {1 / median(times):6.2f} a second")
    for name, times in cold.items():
        print(f"cold {name:10} {median(times):6.3f} s")
    pdf = {name: _ratio(times, found["docgen"]) for name, times in found.items() if name != "docgen"}
    print(json.dumps({"pdf": pdf | {"cold": _ratio(cold["stock"], cold["docgen"])}}))


def _ratio(peer: list[float], own: list[float]) -> float:
    return round(median(theirs / ours for theirs, ours in zip(peer, own, strict=True)), 2)


def seconds(make: Callable[[], None], out: Path, expected: int) -> float:
    """Return how long it takes to fill a folder with so many PDF files, each of them one."""
    start = time.perf_counter()
    make()
    taken = time.perf_counter() - start
    files = list(out.glob("*.pdf"))
    assert len(files) == expected, f"{len(files)} of {expected}"
    assert all(file.read_bytes()[:5] == b"%PDF-" for file in files)
    return taken


def example(place: Path) -> list[Path]:
    """Return the documents of the example workspace, made in a folder, sorted as they lie there."""
    place.mkdir()
    for name in WORKSPACE:
        source = ROOT / name
        shutil.copytree(source, place / name) if source.is_dir() else shutil.copy(source, place / name)
    report = build(find(place))
    assert report.problems == [], report.problems
    flat = place.parent / "documents"
    flat.mkdir()
    files = sorted((place / "output").rglob("*.docx"))
    return [Path(shutil.copy(file, flat / f"{number:03}.docx")) for number, file in enumerate(files)]


def spread(files: list[Path], count: int) -> list[Path]:
    """Return so many of the files, from all over: meetings of every body, mandates and guidelines, as many of each as
    there are among them all.
    """
    return [files[number * len(files) // count] for number in range(count)]


class Stock:
    """LibreOffice as it comes, called as its help says."""

    def __init__(self, installed: Office, profile: Path) -> None:
        kinds = {int: "long", bool: "boolean"}
        asked = {name: {"type": kinds[type(value)], "value": str(value).lower()} for name, value in WANTED.items()}
        self._command = [
            str(installed.binary.with_name("soffice")),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            f"pdf:writer_pdf_Export:{json.dumps(asked)}",
        ]

    def convert(self, documents: list[Path], out: Path) -> None:
        subprocess.run([*self._command, "--outdir", out, *documents], check=True, capture_output=True)

    def convert_each(self, documents: list[Path], out: Path) -> None:
        for one in documents:
            self.convert([one], out)


@contextmanager
def unoserver_of(installed: Office, place: Path) -> Iterator[UnoClient]:
    """Give a client of an unoserver that runs, with the Python that has `uno`, and nothing else of our packages."""
    library = place / "library"
    library.mkdir()
    for part in Path(unoserver.__file__).parents[1].glob("unoserver*"):  # it and what it says of itself
        (library / part.name).symlink_to(part)
    port, uno_port = free_port(), free_port()
    profile = place / "unoserver"
    code = f"import sys; sys.path.append({str(library)!r}); from unoserver.server import main; main()"
    soffice, ports = installed.binary.with_name("soffice"), ["--port", str(port), "--uno-port", str(uno_port)]
    command = [installed.python, "-c", code, *ports, "--executable", soffice, "--user-installation", profile]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert server.poll() is None, "unoserver does not start"
                time.sleep(0.1)
        yield UnoClient(port=str(port))
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def by_unoserver(client: UnoClient, documents: list[Path], out: Path) -> None:
    options = [f"{name}={str(value).lower()}" for name, value in WANTED.items()]
    for one in documents:
        target = out / f"{one.stem}.pdf"
        client.convert(inpath=str(one), outpath=str(target), filtername="writer_pdf_Export", filter_options=options)


def by_docgen(converter: Converter, documents: list[Path], out: Path) -> None:
    for file, pdf in converter.convert((one, Document.at(one)) for one in documents):
        assert isinstance(pdf, bytes), pdf
        (out / f"{file.stem}.pdf").write_bytes(pdf)


def from_nothing(document: Path, out: Path) -> None:
    with Converter(1) as converter:
        by_docgen(converter, [document], out)


if __name__ == "__main__":
    main()
