"""The gate: encodings, line ends, NFC and forbidden characters, in every format."""

from __future__ import annotations

import json

import pytest

FORMATS = {
    "a.yaml": "tittel: {}\n",
    "a.json": '{{"tittel": "{}"}}\n',
    "a.toml": 'tittel = "{}"\n',
    "a.md": "---\ntittel: {}\n---\n",
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_are_read_without_a_word(drop, name, encoding):
    source = drop(name, FORMATS[name].format("Møte på Ås – «nå»").encode(encoding))

    assert source.tree == {"tittel": "Møte på Ås – «nå»"}
    assert source.warnings == ()


def test_utf_16_big_endian_is_read(drop):
    source = drop("a.yaml", b"\xfe\xff" + "tittel: Møte".encode("utf-16-be"))

    assert source.tree == {"tittel": "Møte"}


@pytest.mark.parametrize("name", FORMATS)
def test_windows_1252_is_read_with_a_warning(drop, name):
    source = drop(name, FORMATS[name].format("Møte på Ås – nå").encode("cp1252"))

    assert source.tree == {"tittel": "Møte på Ås – nå"}
    assert "Filen er ikke lagret som UTF-8, og er lest som Windows-1252." in str(source.warnings[0])
    assert source.warnings[0].warning


def test_the_warning_of_windows_1252_names_the_first_such_line(drop):
    source = drop("a.yaml", "type: mandat\r\norgan: SSU\r\nnavn: Samarbeidsområde\r\n".encode("cp1252"))

    assert str(source.warnings[0]).startswith("a.yaml, linje 3:")


def test_bytes_that_no_encoding_knows_are_refused_with_their_line(refused):
    told = refused("a.yaml", b"type: mandat\ntittel: \xf8\x81\n")

    assert told[0].startswith("a.yaml, linje 2: Tegnene på denne linjen kan ikke leses")


def test_a_mix_of_utf_8_and_windows_1252_is_refused(refused):
    told = refused("a.yaml", "tittel: Møte\n".encode() + "sted: Tromsø\n".encode("cp1252"))

    assert told[0].startswith("a.yaml, linje 2: Filen er UTF-8 noen steder og Windows-1252 andre steder.")


def test_damaged_utf_16_is_refused(refused):
    told = refused("a.yaml", "tittel: Møte".encode("utf-16")[:-1])

    assert "Den begynner som UTF-16" in told[0]


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04\x14\x00\x06\x00", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1", b"tittel: a\0b\n", b"t\0i\0t\0"],
    ids=["docx", "pdf", "doc", "nul", "utf-16 without mark"],
)
@pytest.mark.parametrize("name", FORMATS)
def test_what_is_not_text_is_refused(refused, name, content):
    told = refused(name, content)

    assert len(told) == 1
    assert told[0].startswith(f"{name}: Dette er ikke en tekstfil, selv om navnet sier det.")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused_with_a_way_on(refused, name, content):
    assert refused(name, content) == [
        f"{name}: Filen er tom. Skriv det dokumentet skal inneholde. «docgen new» lager en fil å begynne med."
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", "# bare en kommentar\n"),
        ("a.yaml", "---\n"),
        ("a.json", "{}"),
        ("a.toml", "# x\n"),
        ("a.md", "---\n---"),
    ],
)
def test_a_file_that_says_nothing_is_empty(refused, name, content):
    assert f"{name}: Filen er tom." in refused(name, content)[0]


def test_over_2_mb_is_refused(refused, drop):
    drop("a.yaml", "tittel: " + "x" * 1_999_000)

    assert "Filen er for stor: 2,1 MB." in refused("a.yaml", "tittel: " + "x" * 2_100_000)[0]


@pytest.mark.parametrize("name", FORMATS)
def test_keys_and_values_come_in_nfc(drop, name):
    decomposed = FORMATS[name].replace("tittel", '"m\u0061\u030alform"' if name == "a.toml" else "m\u0061\u030alform")

    source = drop(name, decomposed.format("A\u030as"))

    assert source.tree == {"målform": "Ås"}
    assert source.warnings == ()


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_are_one(drop, line_end):
    lines = ["type: møte", "bakgrunn: |", "  En", "  To", "sted: Ås", ""]

    source = drop("a.yaml", line_end.join(lines))

    assert source.tree == {"type": "møte", "bakgrunn": "En\nTo\n", "sted": "Ås"}
    assert source.find(("sted",)).line == 5


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("code", ["0001", "000B", "001F", "007F", "0090", "FEFF", "FFFE", "FFFF"])
def test_characters_that_xml_forbids_are_removed_with_a_warning(drop, name, code):
    character = chr(int(code, 16))

    source = drop(name, "\n" * (name == "a.json") + FORMATS[name].format(f"a{character}b"))

    assert source.tree == {"tittel": "ab"}
    assert f"Det usynlige tegnet U+{code} er tatt bort." in str(source.warnings[0])
    assert source.warnings[0].where.line == (2 if name in ("a.json", "a.md") else 1)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("code", ["0085", "2028", "2029"])
def test_line_separators_become_spaces_in_every_format(drop, name, code):
    source = drop(name, FORMATS[name].format(f"a{chr(int(code, 16))}b"))

    assert source.tree == {"tittel": "a b"}
    assert f"Linjeskilletegnet U+{code} er lest som et mellomrom." in str(source.warnings[0])


def test_one_kind_of_character_is_told_once(drop):
    source = drop("a.yaml", "tittel: a\x07\nsted: b\x07\x07\n")

    assert [str(warning).split(" Det følger")[0] for warning in source.warnings] == [
        "a.yaml, linje 1: Merk: Det usynlige tegnet U+0007 er tatt bort 3 steder."
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", 'sted: x\ntittel: "e\\u0301 \\x07 \\r\\n"\n'),
        ("a.json", '{"sted": "x",\n"tittel": "e\\u0301 \\u0007 \\r\\n"}'),
        ("a.toml", 'sted = "x"\ntittel = "e\\u0301 \\u0007 \\r\\n"\n'),
    ],
)
def test_escapes_do_not_get_round_the_gate(drop, name, content):
    source = drop(name, content)

    assert source.tree == {"sted": "x", "tittel": "é  \n"}
    assert [str(warning.where) for warning in source.warnings] == [f"{name}, linje 2, tittel"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", b'a: b\ntittel: "\\ud83d"\n'),
        ("a.yaml", b"a: b\ntittel: \xed\xa0\xbd\n"),
        ("a.yaml", b"\xff\xfe" + "a: b\ntittel: ".encode("utf-16-le") + b"\x3d\xd8"),
        ("a.json", b'{"a": "b",\n"tittel": "x\\ud83d"}'),
        ("a.toml", b'a = "b"\ntittel = "\\ud83d"'),
    ],
)
def test_half_characters_are_refused_with_their_line(refused, name, content):
    told = refused(name, content)

    assert len(told) == 1
    assert "linje 2" in told[0]
    assert "Et tegn her er ødelagt: bare halve tegnet er med." in told[0]


def test_a_whole_character_of_two_escapes_is_kept(drop):
    source = drop("a.json", json.dumps({"tittel": "😀"}))

    assert source.tree == {"tittel": "😀"}


def test_direction_marks_and_joiners_are_left(drop):
    source = drop("a.yaml", "tittel: a\u200bb\u200d\u202ec\u00a0d\n")

    assert source.tree == {"tittel": "a\u200bb\u200d\u202ec\u00a0d"}
    assert source.warnings == ()


def test_warnings_are_told_after_the_problems(refused):
    told = refused("a.yaml", "tittel: \x07Budsjett\nsted: 'Ås\n")

    assert [line.split(":")[0] for line in told] == ["a.yaml, linje 2", "a.yaml, linje 1"]


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a"])
def test_other_suffixes_are_refused(refused, name):
    assert "Lagre den som en av disse: .yaml, .yml, .json, .toml, .md." in refused(name, "tittel: x")[0]


def test_suffixes_may_be_in_capitals(drop):
    assert drop("A.YML", "tittel: x").tree == {"tittel": "x"}
