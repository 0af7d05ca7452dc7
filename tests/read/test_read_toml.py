"""TOML: what is written is what is read, no key twice, errors in plain words."""

from __future__ import annotations

import time

import pytest


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2022-10-24",
            "09:30:00",
            "09:30:00.500",
            "2022-10-24 09:30:00",
            "2022-10-24T09:30:00Z",
            "1979-05-27t00:32:00-07:00",
        ),
        *(
            "1_000",
            "+5",
            "-0",
            "0x1F",
            "0o17",
            "0b101",
            "22.10",
            "1e5",
            "6.626e-34",
            "inf",
            "-nan",
            "true",
            "false",
            "0",
        ),
    ],
)
def test_a_bare_value_is_the_text_that_is_written(drop, written):
    lists = f"a = {written} # x\nb = [{written}, {written},\n{written}]\n"
    tables = f"c = {{d={written}, e.f = {written} }}\n[[g]]\nh={written}"

    source = drop("a.toml", lists + tables)

    assert source.tree == {
        "a": written,
        "b": [written] * 3,
        "c": {"d": written, "e": {"f": written}},
        "g": [{"h": written}],
    }
    assert source.warnings == ()


def test_text_in_quotes_is_as_in_toml(drop):
    content = (
        'a = "01/22"\nb = \'C:\\Saker\'\nc = """\nEn\n"To" """\nd = """x""""\ne = \'\'\'y\'\'\'\'\nf = 2022-10-24\n'
    )

    source = drop("a.toml", content)

    assert source.tree == {"a": "01/22", "b": "C:\\Saker", "c": 'En\n"To" ', "d": 'x"', "e": "y'", "f": "2022-10-24"}
    assert source.find(("f",)).line == 8


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a = 1\na = 2", ["linje 2, a: Nøkkelen a står to ganger. Den står på linje 1 også."]),
        ("a = 1\na = 2\n[b]\nc = 1\nc = 2", ["linje 2, a: Nøkkelen a", "linje 5, b.c: Nøkkelen c"]),
        ("[a]\n[b]\n[a]", ["linje 3, a: Nøkkelen a står to ganger."]),
        ("a = {b = 1, b = 2}", ["linje 1, a.b: Nøkkelen b står to ganger."]),
        ("[[s]]\nt = 1\n[[s]]\nt = 1\nt = 2", ["linje 5, s[2].t: Nøkkelen t står to ganger."]),
        ("[[s]]\n[s.u]\n[s.u]", ["linje 3, s[1].u: Nøkkelen u står to ganger."]),
        ('"é" = 1\n"e\u0301" = 2', ["linje 2, é: Nøkkelen é står to ganger."]),
        ('"é" = 1\n"e\\u0301" = 2', ["linje 2, é: Nøkkelen é står to ganger."]),
        ("a = 1\n'a' = 2", ["linje 2, a: Nøkkelen a står to ganger."]),
        ("a.b = 1\na.b.c = 2", ["linje 2: Navnet er brukt til noe annet lenger opp."]),
        ("[[a]]\n[a]", ["linje 2: Navnet er brukt til noe annet lenger opp."]),
    ],
)
def test_a_key_given_twice_is_refused_with_both_lines(refused, content, told):
    problems = refused("a.toml", content)

    assert len(problems) == len(told)
    for problem, expected in zip(problems, told, strict=True):
        assert expected in problem


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (
            'a = 1\nmålform = "x"',
            2,
            "En nøkkel med æ, ø, å, mellomrom eller andre tegn må ha anførselstegn rundt seg i TOML.",
        ),
        ('til stede = "x"', 1, "En nøkkel med æ, ø, å"),
        ("[følsomhet]", 1, "En nøkkel med æ, ø, å"),
        ("a = 1\nb = 01/22", 2, "Verdien mangler anførselstegn, eller kan ikke leses."),
        ("a = 0150", 1, "Verdien mangler anførselstegn"),
        ("a = 09:30", 1, "Verdien mangler anførselstegn"),
        ("a = 24.10.2022", 1, "Verdien mangler anførselstegn"),
        ("a = nei", 1, "Verdien mangler anførselstegn"),
        ("a = ", 1, "Verdien mangler anførselstegn"),
        ("a = " + "9" * 5_000, 1, "Verdien mangler anførselstegn"),
        ("a = 2022-02-30", 1, "Datoen eller klokkeslettet finnes ikke."),
        ('a = 1\nb = "x', 2, "Anførselstegnet som begynner her, blir ikke avsluttet på linjen."),
        ('a = "x\ny"', 1, "Anførselstegnet som begynner her"),
        ('a = 1\nb = """x\ny\n', 2, "Anførselstegnet som begynner her"),
        ("a = 'x", 1, "Anførselstegnet som begynner her"),
        ('a = "C:\\Saker"', 1, "En omvendt skråstrek (\\) mellom doble anførselstegn har en egen betydning i TOML."),
        ("a: 1", 1, "Linjen er ikke en nøkkel med en verdi."),
        ("- a", 1, "Linjen er ikke en nøkkel med en verdi."),
        ('{"a": 1}', 1, "Linjen er ikke en nøkkel med en verdi."),
        ("[a", 1, "Hakeparentesen som begynner her, blir ikke avsluttet."),
        ("a = [1, 2", 1, "Parentesen som begynner her, blir ikke avsluttet, eller det mangler et komma i den."),
        ("a = [1 2]", 1, "Parentesen som begynner her"),
    ],
)
def test_errors_of_toml_are_told_in_plain_words_with_their_line(refused, content, line, what):
    problems = refused("a.toml", content)

    assert len(problems) == 1
    assert problems[0].startswith(f"a.toml, linje {line}: {what}")


LEVELS = "Filen har mer enn 50 nivåer inni hverandre."
VALUES = "Filen har mer enn 10\u00a0000 verdier."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a = " + "[" * 1_000_000, LEVELS),
        ("a = " + "{b = " * 300_000, LEVELS),
        ("a" + ".a" * 900_000 + " = 1", LEVELS),
        ('"\\"".' * 300_000 + "a = 1", LEVELS),
        ("''." * 600_000 + "a = 1", LEVELS),
        ("[a" + ".a" * 900_000 + "]", LEVELS),
        ("a = {b" + ".b" * 900_000 + " = 1}", LEVELS),
        ("a = [" + "1," * 900_000 + "]", VALUES),
        ("[[a]]\n" * 300_000, VALUES),
        ("".join(f"k{at} = 1\n" for at in range(150_000)), VALUES),
        ("[a]\n" * 400_000, VALUES),
        ("[a]\n" * 9_000, "Nøkkelen a står to ganger."),
        ("a = 1\na = 2\nb = " + "[" * 1_000_000, LEVELS),
        ("a = 1\na = 2\nb = " + "[" * 5_000, "Nøkkelen a står to ganger."),
        (
            "[[a]]\nb = 1\nb = 2\n" + "".join("a." * 49 + f"k{at} = 1\n" for at in range(9_000)),
            "Nøkkelen b står to ganger.",
        ),
        ('"\\"' * 600_000, "Linjen er ikke en nøkkel med en verdi."),
        ('"' * 1_900_000, "Linjen er ikke en nøkkel med en verdi."),
    ],
    ids=lambda value: value[:12],
)
def test_deep_large_and_hostile_files_are_refused_fast(refused, content, told):
    start = time.process_time()

    problems = refused("a.toml", content)

    assert told in problems[0]
    assert time.process_time() - start < 5


def test_many_dots_in_a_text_are_no_depth(drop):
    text = "a." * 60 + "a"

    assert drop("a.toml", f'tekst = "{text}"\n').tree == {"tekst": text}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("type",), 1),
        (("eier",), 3),
        (("eier", "navn"), 4),
        (("eier", "a", "b"), 5),
        (("eier", "a"), 5),
        (("saker",), 7),
        (("saker", 0, "tittel"), 8),
        (("saker", 1), 9),
        (("saker", 1, "punkter", 1), 11),
        (("saker", 1, "under", "x y", "nr"), 14),
        (("saker", 1, "vedtak"), 9),
        (("liste",), 15),
    ],
)
def test_find_gives_the_line_of_a_path_or_of_what_is_round_it(drop, path, line):
    content = """\
type = "møte" # x
# merknad
[eier]
navn = '''A'''
a.b = 1

[[saker]]
tittel = "En"
[[saker]]
punkter = ["a", # b
  "c"]
[saker.under]
 . = 0
"x y".nr = 1
[liste]
""".replace(" . = 0\n", "# =\n")

    source = drop("a.toml", content)

    assert source.find(path).line == line
