"""Opening and putting together the zip of a Word file: nothing of what it says about itself is trusted."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib

import pytest

from docgen.problems import TemplateError
from docgen.render.pack import Package, fast_deflate, small, zlib_deflate
from docgen.render.package import opened
from tests.render.word_files import parts_of, word_file, zipped

GOOD = word_file("{{ a }}")


def refused(data: bytes) -> str:
    """Return what is told of a file that is refused."""
    start = time.perf_counter()
    with pytest.raises(TemplateError) as error:
        opened(data, "mal.docx")
    assert time.perf_counter() - start < 5
    return str(error.value)


def with_member(name: str, content: bytes = b"x", flags: int = 0) -> bytes:
    """Return a Word file with one member more, under any name at all."""
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo("erstattes" if len(name) == 9 else "x" * len(name.encode()))
        member.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(member, content)
    return out.getvalue().replace(member.filename.encode(), name.encode())


def test_a_word_file_is_opened() -> None:
    assert opened(GOOD, "mal.docx") == parts_of(GOOD)


@pytest.mark.parametrize("data", [b"", b"PK", b"ikke en zip", GOOD[: len(GOOD) // 2], zipped({"a.txt": b"x"})])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    assert "Malen er ikke et Word-dokument, eller den er skadet." in refused(data)


def test_a_file_with_a_flipped_byte_is_refused_or_read_as_it_was() -> None:
    original = opened(GOOD, "mal.docx")
    for place in range(0, len(GOOD), 997):
        bent = bytearray(GOOD)
        bent[place] ^= 0xFF

        try:
            parts = opened(bytes(bent), "mal.docx")
        except TemplateError:
            continue

        assert all(content == original.get(name, content) for name, content in parts.items())


def test_an_old_or_protected_word_file_is_named_as_such() -> None:
    assert "beskyttet med passord, eller er av Words gamle slag" in refused(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000
    )


@pytest.mark.parametrize("name", ["../../ut.xml", "/etc/ut.xml", "word/../../ut.xml", "C:/ut.xml", "word\\ut.xml"])
def test_names_that_lead_out_of_the_file_are_refused(name: str) -> None:
    assert "et navn som peker ut av filen" in refused(with_member(name))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["word/document.xml", "WORD/Document.XML"])
def test_two_parts_of_the_same_name_are_refused(name: str) -> None:
    assert "to deler med samme navn" in refused(with_member(name, b"<x/>"))


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(GOOD)
    at = data.rfind(b"PK\1\2")
    data[at + 8] |= 1

    assert "beskyttet med passord" in refused(bytes(data))


def test_too_many_members_are_refused() -> None:
    assert "Malen er for stor" in refused(zipped(parts_of(GOOD) | {f"word/{n}.bin": b"" for n in range(2100)}))


def test_a_zip_bomb_is_refused() -> None:
    assert "Malen er for stor" in refused(zipped(parts_of(GOOD) | {"word/media/bombe.bin": bytes(50_000_000)}))


def test_many_small_bombs_are_refused() -> None:
    data = zipped(parts_of(GOOD) | {f"word/media/{n}.bin": bytes(900_000) for n in range(120)})

    assert "Malen er for stor" in refused(data)


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    bomb = zipped(parts_of(GOOD) | {"word/z.xml": b"<a>" + b" " * 900_000 + b"</a>"})
    at = bomb.rfind(b"PK\1\2")
    lying = bomb[: at + 24] + struct.pack("<I", 10) + bomb[at + 28 :]

    assert "Malen er ikke et Word-dokument" in refused(lying)


def test_too_big_a_file_is_refused_unread() -> None:
    assert "Malen er for stor" in refused(GOOD + bytes(20_000_000))


def test_an_xml_part_of_unlikely_size_is_refused() -> None:
    noise = b"".join(str(number).encode() for number in range(4_000_000))

    assert "Malen er for stor" in refused(zipped(parts_of(GOOD) | {"word/stor.xml": noise}))


def test_a_package_is_a_sound_zip_with_fixed_dates_and_order() -> None:
    parts = {"word/b.xml": b"<b/>", "[Content_Types].xml": b"<t/>", "word/a.xml": b"<a/>" * 99}
    deflate, crc32 = fast_deflate()

    data = Package(small(parts)).joined({"word/made.xml": "<æ/>".encode(), "word/a.xml": b"<new/>"}, deflate, crc32)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["[Content_Types].xml", "word/b.xml", "word/made.xml", "word/a.xml"]
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("word/a.xml") == b"<new/>"


def test_the_list_of_contents_stays_first_when_it_is_made_anew() -> None:
    deflate, crc32 = fast_deflate()
    package = Package(small({"[Content_Types].xml": b"<old/>", "word/a.xml": b"<a/>"}))

    data = package.joined({"word/b.xml": b"<b/>", "[Content_Types].xml": b"<new/>"}, deflate, crc32)

    assert list(parts_of(data)) == ["[Content_Types].xml", "word/a.xml", "word/b.xml"]
    assert parts_of(data)["[Content_Types].xml"] == b"<new/>"


def test_without_the_fast_deflater_zlib_makes_the_same_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "isal", None)

    deflate, crc32 = fast_deflate()

    raw = b"<w:p/>" * 1000
    assert zlib.decompress(deflate(raw), -15) == zlib.decompress(zlib_deflate(raw), -15) == raw
    assert crc32(raw) == zlib.crc32(raw)
