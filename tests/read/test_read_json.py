"""JSON: numbers as written, no key twice, errors in plain words."""

from __future__ import annotations

import time

import pytest


def test_scalars_are_text_as_written(drop):
    source = drop(
        "a.json", '{"a": 1, "b": -0, "c": 1e5, "d": 22.10, "e": [true, false, null], "f": 1E400, "g": "01/22"}'
    )

    assert source.tree == {
        "a": "1",
        "b": "-0",
        "c": "1e5",
        "d": "22.10",
        "e": ["true", "false", ""],
        "f": "1E400",
        "g": "01/22",
    }


def test_a_number_of_many_digits_is_kept(drop):
    assert drop("a.json", '{"a": ' + "9" * 6_000 + "}").tree == {"a": "9" * 6_000}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"a": 1,\n"a": 2}', ["linje 2, a: Nøkkelen a står to ganger. Den står på linje 1 også."]),
        (
            '{"x": {"b": 1,\n"b": 1},\n"c": [{"d": 1,\n"d": 2}]}',
            ["linje 2, x.b: Nøkkelen b", "linje 4, c[1].d: Nøkkelen d"],
        ),
        ('{"é": 1,\n"e\\u0301": 2}', ["linje 2, é: Nøkkelen é står to ganger."]),
        ('{"\\u0061": 1,\n"a": 2}', ["linje 2, a: Nøkkelen a står to ganger."]),
        ('{"x": {"a": 1,\n"a": 2}]]', ["linje 2, x.a"]),
        ('{"x": {"a": 1,\n"a": 2}, "\\q": 1', ["linje 2, x.a"]),
        ('{"x": {"a": 1,\n"a": 2}, "y": ' + "[" * 1_000_000, ["linje 2, x.a"]),
    ],
)
def test_a_key_given_twice_is_refused_with_both_lines(refused, content, told):
    problems = refused("a.json", content)

    assert len(problems) == len(told)
    for problem, expected in zip(problems, told, strict=True):
        assert expected in problem


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("[1]", 1, "Filen begynner ikke med nøkler og verdier. Skriv nøkler og verdier mellom { og }"),
        ('"a"', 1, "Filen begynner ikke med nøkler og verdier."),
        ('{\n"a": 01/22}', 2, "Det mangler komma mellom to verdier, eller anførselstegn rundt en verdi."),
        ('{"a": 1\n"b": 2}', 2, "Det mangler komma mellom to verdier"),
        ("{\na: 1}", 2, "Her skal det stå en nøkkel i doble anførselstegn."),
        ('{"a": 1,\n}', 2, "Her skal det stå en nøkkel i doble anførselstegn."),
        ('{"a": [1,]}', 1, "Her mangler det en verdi."),
        ('{"a" 1}', 1, "Det mangler kolon etter nøkkelen."),
        ('{"a": "x\ny"}', 1, "Det står et linjeskift eller en tabulator mellom anførselstegnene."),
        ('{"a":\n"x', 2, "Anførselstegnet som begynner her, blir ikke avsluttet."),
        ('{"a": "C:\\Saker"}', 1, "En omvendt skråstrek (\\) mellom anførselstegn har en egen betydning i JSON."),
        ('{"a": }', 1, "Her mangler det en verdi."),
        ('{"a": 1}\n}', 2, "Det står noe etter at innholdet er slutt."),
        ('{"a": nei}', 1, "Denne verdien kan ikke leses som JSON."),
        ('{"a": [1', 1, "Filen slutter før innholdet er ferdig."),
        ("// merknad\n{}", 1, "Denne verdien kan ikke leses som JSON."),
    ],
)
def test_errors_of_json_are_told_in_plain_words_with_their_line(refused, content, line, what):
    # Later Pythons tell a comma before the end by the place of the comma, on the line above.
    lines = (line, 1) if content == '{"a": 1,\n}' else (line,)

    problems = refused("a.json", content)

    assert len(problems) == 1
    assert problems[0].startswith(tuple(f"a.json, linje {at}: " for at in lines))
    assert what in problems[0]


@pytest.mark.parametrize("content", ["[" * 1_000_000, '{"a":' * 300_000, '{"a":' + "[" * 50 + "]" * 50 + "}"])
def test_over_50_levels_are_refused_fast(refused, content):
    start = time.process_time()

    told = refused("a.json", content)

    assert "Filen har mer enn 50 nivåer inni hverandre." in told[0]
    assert time.process_time() - start < 5


def test_over_10_000_values_are_refused_fast(refused):
    start = time.process_time()

    told = refused("a.json", '{"a": [' + "1," * 900_000 + "1]}")

    assert "Filen har mer enn 10\u00a0000 verdier." in told[0]
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("a",), 2),
        (("saker",), 3),
        (("saker", 0), 4),
        (("saker", 0, "t{,"), 5),
        (("saker", 1), 7),
        (("saker", 1, "x"), 7),
        (("saker", 9), 3),
    ],
)
def test_find_gives_the_line_of_a_path_or_of_what_is_round_it(drop, path, line):
    source = drop("a.json", '{\n"a": "\\"{,",\n"saker":\n[{\n"t{,": 1\n},\n{"y": 2}]}')

    assert source.find(path).line == line
