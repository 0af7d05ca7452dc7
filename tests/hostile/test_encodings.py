"""Files that are not the text they seem to be."""

from __future__ import annotations

import gzip
import io
import zipfile

from .bad import Bad, assert_outcome, table
from .ground import MEETING, Ground, retitled


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def _with(at: str, what: bytes) -> bytes:
    """Return the good meeting with something right before `at`."""
    return retitled("Årsrapport").encode().replace(at.encode(), what + at.encode(), 1)


NOT_TEXT = "Dette er ikke en tekstfil, selv om navnet sier det."
HALF = "Et tegn her er ødelagt: bare halve tegnet er med."

CASES = (
    Bad("latin-1", MEETING.replace("–", "-").encode("latin-1"), "er lest som Windows-1252", 1, code=0),
    Bad("windows-1252", MEETING.encode("cp1252"), "Se etter at æ, ø og å er blitt riktige.", 1, code=0),
    Bad("utf-16-without-mark", MEETING.encode("utf-16-le"), NOT_TEXT),
    Bad("utf-16-big-endian-without-mark", MEETING.encode("utf-16-be"), NOT_TEXT),
    Bad("utf-16-cut-in-a-character", MEETING.encode("utf-16")[:-1], "begynner som UTF-16"),
    Bad("utf-16-with-half-a-character", MEETING.replace("Å", "\ud83d").encode("utf-16", "surrogatepass"), HALF, 9),
    Bad("utf-32-with-mark", MEETING.encode("utf-32"), NOT_TEXT),
    Bad("utf-8-cut-in-a-character", MEETING.encode() + "    vurdering: ø".encode()[:-1], "andre steder", 1),
    Bad("utf-8-and-windows-1252", MEETING.encode() + b"    vurdering: bl\xe5b\xe6r\n", "andre steder", 1),
    Bad("utf-8-with-half-a-character", _with("Års", b"\xed\xa0\x80"), HALF, 9),
    Bad("neither-utf-8-nor-windows-1252", _with("Års", b"\x81\x8d"), "verken UTF-8 eller Windows-1252", 9),
    Bad("nul-bytes", _with("Års", b"\0\0"), NOT_TEXT),
    Bad("only-nul-bytes", b"\0" * 500, NOT_TEXT),
    Bad("docx-renamed", _zip(), NOT_TEXT),
    Bad("doc-renamed", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, NOT_TEXT),
    Bad("pdf-renamed", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", NOT_TEXT),
    Bad("png-renamed", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01", NOT_TEXT),
    Bad("gzip-renamed", gzip.compress(MEETING.encode(), mtime=0), "verken UTF-8 eller Windows-1252", 1),
    Bad("docx-renamed-json", _zip(), NOT_TEXT, name="inputs/offer.json"),
    Bad("empty", b"", "Filen er tom."),
    Bad("only-spaces", b" \n\t\n\r\n", "Filen er tom."),
    Bad("only-a-byte-order-mark", b"\xef\xbb\xbf", "Filen er tom."),
    Bad("only-comments", b"# her kommer det noe\n", "Filen er tom."),
    Bad("mark-in-the-middle", _with("Års", b"\xef\xbb\xbf"), "U+FEFF er tatt bort", 9, code=0),
    Bad("two-marks-first", b"\xef\xbb\xbf\xef\xbb\xbf" + MEETING.encode(), "U+FEFF er tatt bort", 1, code=0),
    Bad("control-characters", _with("rapport", b"\x07\x1b[31m\x0b"), ("U+0007 er tatt bort", "U+001B er"), 9, code=0),
    Bad("c1-control-characters", _with("rapport", "\x9b31m".encode()), "U+009B er tatt bort", 9, code=0),
    Bad("not-a-character", _with("Års", "\uffff".encode()), "U+FFFF er tatt bort", 9, code=0),
    Bad("line-separator", _with("rapport", "\u2028".encode()), "U+2028 er lest som et mellomrom", 9, code=0),
    Bad(
        "half-a-character-in-json", b'{"type": "m\\u00f8te",\n "organ": "S\\ud800U"}', HALF, 2, name="inputs/offer.json"
    ),
    Bad("half-a-character-in-a-key", b'{"type": "m\\u00f8te",\n "\\udc00": "x"}', HALF, 1, name="inputs/offer.json"),
    Bad("half-a-character-in-yaml-escape", MEETING + '    vurdering: "\\ud800"\n', HALF, 11),
    Bad("half-a-character-in-toml", 'type = "møte"\norgan = "\\ud800"\n', HALF, 2, name="inputs/offer.toml"),
)


@table(CASES)
def test_a_file_that_is_not_the_text_it_seems(ground: Ground, case: Bad) -> None:
    assert_outcome(ground, case)


def test_the_same_meeting_in_another_encoding_makes_the_same_documents(ground: Ground) -> None:
    good = ground.documents()
    for encoding in ("utf-8-sig", "utf-16"):
        ground.drop("inputs/offer.yaml", MEETING.encode(encoding))

        outcome = ground.build()

        assert (outcome.code, "offer.yaml:" in outcome.err, "offer.yaml, " in outcome.err) == (0, False, False), (
            encoding
        )
        assert ground.documents() == good
