"""Documents of the example workspace as tagged PDF/A-2a and PDF/UA-1 files, made by LibreOffice and mended a little."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from pikepdf import Name, ObjectStreamMode, Pdf

ROOT = Path(__file__).resolve().parents[2]
PATTERNS = ("2026-12-03 SSU innkalling", "2026-12-03 SSU saksframlegg *", "Mandat SSU", "Organisering og oppgaver")
PATTERNS += ("2026-12-08 OU Nordfjella innkalling",)

_EXPORT = ",".join(
    f'"{key}":{{"type":"{kind}","value":"{value}"}}'
    for key, kind, value in (
        ("UseTaggedPDF", "boolean", "true"),
        ("SelectPdfVersion", "long", "2"),
        ("PDFUACompliance", "boolean", "true"),
    )
)
_SCHEMA = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""


def convert(folder: Path) -> None:
    """Make the example workspace and convert some of its documents into `folder`, by LibreOffice."""
    workspace = folder / "workspace"
    for name in ("docgen.toml", "mandates", "inputs", "templates"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        workspace.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, workspace / name)
    docgen = [sys.executable, "-m", "docgen", "--workspace", str(workspace), "build"]
    subprocess.run(docgen, check=True, capture_output=True, cwd=ROOT)
    documents = [file for pattern in PATTERNS for file in sorted((workspace / "output").rglob(f"{pattern}.docx"))]
    office(documents, folder)
    (folder / "papers").mkdir()
    for file in (folder / "raw").glob("*.pdf"):
        mend(file, folder / "papers" / file.name)


def office(documents: list[Path], folder: Path) -> None:
    """Convert documents into `folder`/raw, with a profile of LibreOffice that is the folder's own."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    command += [f"pdf:writer_pdf_Export:{{{_EXPORT}}}", "--outdir", str(folder / "raw")]
    subprocess.run([*command, *map(str, documents)], check=True, capture_output=True)


def mend(source: Path, target: Path) -> None:
    """Let a PDF of LibreOffice keep what it promises: say level A, explain pdfuaid, and be told from link to link."""
    with Pdf.open(source) as pdf:
        said = pdf.Root.Metadata.read_bytes().decode()
        said = said.replace("<pdfaid:conformance>B<", "<pdfaid:conformance>A<").replace("</rdf:RDF>", _SCHEMA, 1)
        pdf.Root.Metadata = pdf.make_stream(said.encode(), Type=Name.Metadata, Subtype=Name.XML)
        pdf.save(target, object_stream_mode=ObjectStreamMode.generate)
