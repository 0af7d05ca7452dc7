"""Markdown: front matter and chapters become the same tree as the other formats give."""

from __future__ import annotations

import time

import pytest

FRONT = "---\ntype: mandat\norgan: SSU\n---\n"


def test_chapters_are_the_headings_of_level_1(drop):
    body = (
        "\nInnledende tekst.\n\n# Formål\n\nTekst  \nmer *tekst*.\n\n## Under\n\n- a\n\n"
        "Oppgaver og\nansvar\n===\n1. b\n\n\n# Tomt #\n"
    )

    source = drop("a.md", FRONT + body)

    assert source.tree == {
        "type": "mandat",
        "organ": "SSU",
        "innledning": "Innledende tekst.",
        "kapitler": [
            {"tittel": "Formål", "tekst": "Tekst  \nmer *tekst*.\n\n## Under\n\n- a"},
            {"tittel": "Oppgaver og ansvar", "tekst": "1. b"},
            {"tittel": "Tomt", "tekst": ""},
        ],
    }
    assert source.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "```\n# kode\n```",
        "~~~ x\n# kode\n\n# mer\n~~~",
        "- punkt\n\n  # i punktet",
        "> # sitert",
        "    # innrykket",
        "#uten mellomrom",
        "####### sju",
        "\\# ikke",
        "> sitat\nfortsatt\n===",
    ],
)
def test_what_only_looks_like_a_chapter_is_text(drop, text):
    source = drop("a.md", f"{FRONT}# Formål\n\n{text}\n")

    assert source.tree["kapitler"] == [{"tittel": "Formål", "tekst": text}]


def test_raw_html_hides_no_chapter(drop):
    source = drop("a.md", FRONT + "<div>\n# Formål\n</div>\n")

    assert [chapter["tittel"] for chapter in source.tree["kapitler"]] == ["Formål"]


@pytest.mark.parametrize("body", ["", "\n\n  \n"])
def test_without_a_body_there_are_no_chapters(drop, body):
    assert drop("a.md", FRONT + body).tree == {"type": "mandat", "organ": "SSU"}


def test_text_without_headings_is_the_introduction(drop):
    source = drop("a.md", FRONT + "Bare tekst.\n")

    assert source.tree["innledning"] == "Bare tekst."
    assert source.warnings == ()


def test_text_with_only_lower_headings_is_the_introduction_with_a_warning(drop):
    source = drop("a.md", FRONT + "\n## Formål\n\nTekst\n")

    assert source.tree == {"type": "mandat", "organ": "SSU", "innledning": "## Formål\n\nTekst"}
    assert str(source.warnings[0]).startswith(
        "a.md, linje 6, innledning: Merk: Ingen overskrift begynner med bare én #, så all teksten"
    )


def test_front_matter_follows_the_rules_of_yaml_with_the_lines_of_the_file(refused):
    problems = refused("a.md", "\n---\na: 01/22\na: 2\nb: &x c\nd: @e\n---\n# Formål\n")

    assert [problem.split(":")[0] for problem in problems] == ["a.md, linje 4, a", "a.md, linje 5, b", "a.md, linje 6"]


def test_a_comment_that_cuts_a_value_of_the_front_matter_is_told(drop):
    source = drop("a.md", "---\ntittel: Sak #3\n---\nSe sak #4\n")

    assert [str(warning.where) for warning in source.warnings] == ["a.md, linje 2, tittel"]


def test_a_chapter_without_a_title_is_refused(refused):
    problems = refused("a.md", FRONT + "# Formål\n#\ntekst\n")

    assert problems == [
        "a.md, linje 6, kapitler[2].tittel: Kapitlet mangler tittel. Skriv tittelen etter #, på samme linje."
    ]


def test_without_front_matter_the_file_is_refused(refused):
    problems = refused("a.md", "\n# Formål\n")

    assert problems == [
        "a.md, linje 2: Filen begynner ikke med nøklene sine, så docgen vet ikke hva den er. "
        "Begynn med en linje med ---, så linjer som «type: mandat» og «organ: SSU», og så --- igjen."
    ]


def test_front_matter_without_an_end_is_refused(refused):
    problems = refused("a.md", "---\ntype: mandat\n\n# Formål\n")

    assert problems == [
        "a.md, linje 1: Nøklene øverst i filen blir ikke avsluttet. Skriv en linje med --- mellom nøklene og teksten."
    ]


def test_chapters_both_among_the_keys_and_below_are_refused(refused):
    problems = refused("a.md", "---\ntype: mandat\nInnledning: x\nkapitler: []\n---\ntekst\n# Formål\n")

    assert problems == [
        "a.md, linje 3, Innledning: Innledning står både blant nøklene og i teksten under dem (linje 6). "
        "Behold én av dem.",
        "a.md, linje 4, kapitler: kapitler står både blant nøklene og i teksten under dem (linje 7). Behold én av dem.",
    ]


def test_chapters_among_the_keys_alone_are_fine(drop):
    source = drop("a.md", "---\nkapitler:\n  - {tittel: a, tekst: b}\n---\n")

    assert source.tree == {"kapitler": [{"tittel": "a", "tekst": "b"}]}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 2),
        (("organ",), 3),
        (("innledning",), 6),
        (("kapitler",), 8),
        (("kapitler", 0), 8),
        (("kapitler", 0, "tittel"), 8),
        (("kapitler", 0, "tekst"), 10),
        (("kapitler", 1, "tekst"), 11),
        (("kapitler", 1, "x"), 11),
        (("navn",), 2),
    ],
)
def test_find_gives_the_line_in_the_file(drop, path, line):
    source = drop("a.md", FRONT + "\ntekst\n\n# Formål\n\nx\n# Tomt\n")

    assert source.find(path).line == line


@pytest.mark.parametrize("body", ["# a\n", "- a\n", "a|b\n-|-\n", "[a]: b\n", "```\n"])
def test_a_text_of_too_many_lines_is_refused_fast(refused, body):
    start = time.process_time()

    problems = refused("a.md", FRONT + body * (1_900_000 // len(body)))

    assert problems == ["a.md: Teksten har mer enn 10\u00a0000 linjer. Del den opp i flere filer."]
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "body",
    [
        "# a\n" * 3_000,
        "- a\n" * 9_500,
        "a|b\n-|-\n" + "a|b\n" * 9_500,
        '[a]: b "\n' + "x\n" * 9_500,
        ">" * 1_900_000,
    ],
)
def test_a_text_made_to_be_slow_is_read_fast(drop, body):
    start = time.process_time()

    drop("a.md", FRONT + body)

    assert time.process_time() - start < 5


def test_too_many_chapters_are_refused(refused):
    assert "Filen har mer enn 10\u00a0000 verdier." in refused("a.md", FRONT + "# a\n" * 4_000)[0]
