"""Names of files: readable, and safe wherever a secretariat keeps them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.file_names import LIMIT_BYTES, file_name_safe, unique

NASTY = st.text(
    alphabet=st.one_of(st.sampled_from('/\\:*?"<>|. ~-_%#\0\n\t\u202e\u200b\ud800å中🏥e\u0301'), st.characters())
)
NAMES = st.text(alphabet="aAåÅ ()2.", min_size=1, max_size=6)
DEVICES = ["CON", "prn", "Aux", "NUL", "COM1", "lpt9", "COM²", "con .x", "NUL.2022", "CONIN$"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2022-10-24 SSU innkalling", "2022-10-24 SSU innkalling"),
        ("Sak 01/22: Mål og «plan»?", "Sak 01-22 Mål og «plan»"),
        ("Retningslinje 1.2 Avtale.", "Retningslinje 1.2 Avtale"),
        ("A / B \\ C", "A - B - C"),
        ("../../etc/passwd", "etc-passwd"),
        ("..\\..\\Windows", "Windows"),
        ("~$laas", "$laas"),
        (".lock", "lock"),
        ("desktop.ini", "desktop-ini"),
        ("Møte_vti_referat", "Møtevtireferat"),
        ("to\nlinjer\x00og\x07mer", "to linjerogmer"),
        ("tekst\u202efdp.exe", "tekstfdp.exe"),
        ("A\u030angstro\u0308m", "Ångström"),
        ("", "dokument"),
        ("...", "dokument"),
        ("?*:", "dokument"),
        ("\ud800", "dokument"),
    ],
)
def test_a_title_becomes_a_name_that_people_can_read(text: str, name: str) -> None:
    assert file_name_safe(text) == name


@pytest.mark.parametrize("device", DEVICES)
def test_the_names_of_windows_devices_are_no_file_names(device: str) -> None:
    for extension in ("", ".docx"):
        assert not PureWindowsPath(file_name_safe(device, extension=extension)).is_reserved()


def test_a_name_that_only_begins_like_a_device_stays() -> None:
    assert file_name_safe("Konsensus") == "Konsensus"
    assert file_name_safe("Auxilium") == "Auxilium"


def test_a_long_name_is_cut_between_words_and_keeps_its_extension() -> None:
    name = file_name_safe("Ærlig samhandling " * 20, extension=".docx")

    assert name == "Ærlig samhandling " * 5 + "Ærlig samhandling.docx"
    assert len(name.encode()) <= LIMIT_BYTES


def test_a_long_word_is_cut_at_a_letter() -> None:
    name = file_name_safe("å" * 200, extension=".docx")

    assert name == "å" * 57 + ".docx"


@given(NASTY, st.sampled_from(["", ".docx", ".pdf"]), st.integers(40, 160))
def test_any_text_becomes_one_safe_name(text: str, extension: str, limit: int) -> None:
    name = file_name_safe(text, limit, extension=extension)

    assert name.endswith(extension)
    assert name != extension
    assert len(name.encode()) <= limit
    assert not re.search(r'[\\/:*?"<>|]', name)
    assert not any(unicodedata.category(character).startswith("C") for character in name)
    assert name == unicodedata.normalize("NFC", name)
    assert name == name.strip(" .")
    assert not name.startswith("~")
    assert not PureWindowsPath(name).is_reserved()
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert name not in (".", "..")


@given(NASTY)
def test_a_safe_name_is_safe_as_it_is(text: str) -> None:
    name = file_name_safe(text)

    assert file_name_safe(name) == name


def test_equal_names_are_numbered_before_their_extension() -> None:
    names = ["Sak.docx", "sak.docx", "Sak.pdf", "SAK.docx", "Avtale 1.2", "avtale 1.2"]

    assert unique(names) == ["Sak.docx", "sak (2).docx", "Sak.pdf", "SAK (3).docx", "Avtale 1.2", "avtale 1.2 (2)"]


def test_a_numbered_name_does_not_take_one_that_comes_later() -> None:
    assert unique(["Sak", "sak", "Sak (2)"]) == ["Sak", "sak (3)", "Sak (2)"]


def test_a_numbered_name_is_no_longer_than_the_limit() -> None:
    long = file_name_safe("ord " * 100, extension=".docx")

    names = unique([long] * 12)

    assert max(len(name.encode()) for name in names) <= LIMIT_BYTES
    assert all(name.endswith(".docx") for name in names)
    assert len(set(names)) == 12


@given(st.lists(NAMES, max_size=8))
def test_unique_names_differ_in_more_than_case_and_the_first_stays(names: list[str]) -> None:
    found = unique(names)

    assert len({name.casefold() for name in found}) == len(names)
    assert found[:1] == names[:1]
