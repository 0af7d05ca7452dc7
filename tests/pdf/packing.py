"""What documents are packed of, for the tests to pack some that nobody would make."""

from __future__ import annotations

import io
import zipfile

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def open_document(kind: str, body: str, mime: str = "") -> bytes:
    """Return an OpenDocument file of a kind of content."""
    names = ("office", "text", "table", "draw=drawing", "svg=svg-compatible", "presentation", "style")
    space = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value or key}:1.0"'
        for key, _equals, value in (name.partition("=") for name in names)
    )
    mime = f"application/vnd.oasis.opendocument.{mime or kind}"
    return zipped(
        {
            "mimetype": mime,
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            f'manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
            "content.xml": f'<office:document-content {space} xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2"><office:body>'
            f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        }
    )


def relation(name: str, kind: str, target: str, mode: str = "External") -> str:
    return f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def relations(content: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{content}</Relationships>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return target.getvalue()
