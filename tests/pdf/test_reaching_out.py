"""Nothing is fetched from the network while a document becomes PDF, and no file outside it ends up in the PDF."""

from __future__ import annotations

import io
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pikepdf
import pypdf
import pytest

from docgen.deliver.pdf import Document
from docgen.deliver.pdf import profile as settings
from docgen.deliver.pdf.office import office
from docgen.deliver.pdf.office_process import EXPORT, OfficeProcess
from docgen.deliver.pdf.prepared import prepared
from docgen.messages import speak
from tests.pdf.reaching_out import KINDS, SIZE, png

SECRET = "bannlyst"
PROXY = "/org.openoffice.Inet/Settings"


class Canary(ThreadingHTTPServer):
    """A server on this machine that gives the picture to whoever asks, and remembers what was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/bilde.png"


class _Answer(BaseHTTPRequestHandler):
    server: Canary

    def do_GET(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(png())

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the names are http.server's

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def canary() -> Iterator[Canary]:
    with Canary() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def secrets(tmp_path: Path) -> list[str]:
    """Give the names of files that lie outside the document, in the ways that they can be written."""
    (tmp_path / "hemmelig.png").write_bytes(png())
    (tmp_path / "hemmelig.txt").write_text(f"{SECRET}\n", "utf-8")
    (tmp_path / "hemmelig.html").write_text(f"<p>{SECRET}</p>", "utf-8")
    return [name for file in sorted(tmp_path.iterdir()) for name in (file.as_uri(), str(file))]


def holds_a_secret(pdf: bytes) -> bool:
    """Tell whether the picture or the text of the secret files is in a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        sizes = [(one.get("/Width"), one.get("/Height")) for one in opened.objects if isinstance(one, pikepdf.Stream)]
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return (SIZE, SIZE) in sizes or SECRET in text


def converted(kind: str, urls: list[str]) -> bytes:
    """Return the PDF of a document that tries all addresses, made with a LibreOffice of its own."""
    process = OfficeProcess(office())
    document = Document(f"brev{kind}", KINDS[kind](*urls))
    try:
        if kind != ".html":  # of which no PDF is made
            document, _word = prepared(document)
        return process.convert(document.content, document.suffix, EXPORT, 60)
    finally:
        process.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_fetches_nothing(canary, secrets, kind):
    pdf = converted(kind, [canary.url, *secrets])

    assert canary.asked == []
    assert not holds_a_secret(pdf)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != ".html"])
def test_a_document_fetches_nothing_even_where_the_way_out_is_open(canary, secrets, kind, monkeypatch):
    open_way = tuple(one for one in settings._SETTINGS if one[0] != PROXY)
    monkeypatch.setattr(settings, "_SETTINGS", open_way)

    pdf = converted(kind, [canary.url, *secrets])

    assert canary.asked == []
    assert not holds_a_secret(pdf)


def test_a_web_page_goes_nowhere_under_another_name(canary, converter):
    speak("nb")
    page = KINDS[".html"](canary.url)
    jobs = [
        (name, Document(name, start + page))
        for name in ("a.doc", "a.odt", "a.txt")
        for start in (b"", b"\xef\xbb\xbf \n")
    ]

    made = [str(one) for _name, one in converter.convert(jobs)]

    assert all("Av denne filtypen blir det ikke laget PDF." in one for one in made)
    assert canary.asked == []


@pytest.mark.parametrize("kind", [".docx", ".odt", ".html", ".ods", ".odp", ".odg", ".xlsx", ".pptx"])
def test_libreoffice_as_it_comes_does_fetch(canary, secrets, kind, tmp_path):
    """The documents above are bait that works: without our profile, LibreOffice takes it."""
    source = tmp_path / f"brev{kind}"
    source.write_bytes(KINDS[kind](canary.url, *secrets))
    profile = (tmp_path / "profil").as_uri()
    soffice = office().binary.with_name("soffice")

    subprocess.run(
        [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", source],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )

    pdf = (tmp_path / "brev.pdf").read_bytes()
    assert canary.asked != []
    assert holds_a_secret(pdf)
