"""YAML: what is written is what is read, and what YAML does behind one's back is refused."""

from __future__ import annotations

import time

import pytest

from docgen.read import yaml_text


@pytest.mark.parametrize(
    "written",
    [
        *("no", "yes", "on", "off", "Nei", "true", "False", "y", "n"),
        *("0150", "0x1F", "0o17", "1_000", "1e5", "22.10", "-0", "+5", ".5", ".inf", ".nan", "190:20:30"),
        *("09:30", "9:5", "01/22", "2022-10-24", "2022-10-24 09:00:00", "2022-10-24T09:00:00Z", "24.10.2022"),
        *("=", "«sitat»", "nulltoleranse", "C:\\Saker", "a#b", "#", "50 %", "Kari & Ola", "https://helse.no/a#b"),
        *("Sak 3!", "a *b* c", "a: \u00a0b".replace(": ", ":"), "[x", "~/mappe", "a, b", "100,50", "§ 14", "-5", "—"),
    ],
)
def test_a_scalar_is_the_text_that_is_written(drop, written):
    plain = written if written not in ("#", "[x", "=") else f"'{written}'"

    source = drop("a.yaml", f"verdi: {plain}\nliste:\n  - {plain}\n")

    assert source.tree == {"verdi": written, "liste": [written]}
    assert source.warnings == ()


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_the_empty_text(drop, nothing):
    source = drop("a.yaml", f"sted: {nothing}\npunkter:\n  - {nothing}\n  - a\n")

    assert source.tree == {"sted": "", "punkter": ["", "a"]}


def test_nothing_in_quotes_is_text(drop):
    source = drop("a.yaml", "a: '~'\nb: \"null\"\nc: !!str null\nd: |\n  null\n")

    assert source.tree == {"a": "~", "b": "null", "c": "null", "d": "null\n"}


def test_keys_are_text_as_written(drop):
    source = drop("a.yaml", "1: a\nno: b\nTil stede: c\n2022-10-24: d\n~: e\n'a: b': f\n")

    assert list(source.tree) == ["1", "no", "Til stede", "2022-10-24", "~", "a: b"]


def test_json_is_yaml_too(drop):
    source = drop("a.yaml", '{"saker": [{"tittel": "a", "nr": 01/22}], "tom": {}, "liste": []}')

    assert source.tree == {"saker": [{"tittel": "a", "nr": "01/22"}], "tom": {}, "liste": []}


REFERENCE = (
    "er en YAML-henvisning, og det tar docgen ikke imot. Hvis det er tekst, sett anførselstegn rundt hele verdien."
)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a: &x y\nb: *x\n", [f"linje 1, a: &x {REFERENCE}", f"linje 2, b: *x {REFERENCE}"]),
        ("a: &Helse og omsorg\n", ["linje 1, a: &Helse"]),
        ("a: &x {b: c}\n", ["linje 1, a: &x"]),
        ("a: &x [*x]\n", ["linje 1, a: &x", "linje 1, a[1]: *x"]),
        ("&x a: b\n", ["linje 1, a: &x"]),
        ("a: b\n*x : c\n", ["*x"]),
        (
            "a: {x: 1}\nb:\n  <<: {c: d}\n",
            ["linje 3, b.<<: << (henting av nøkler fra et annet sted) tar docgen ikke imot."],
        ),
        ("a: !!python/object:os.system x\n", ["linje 1, a: Et ord som begynner med !, er et YAML-merke"]),
        ("a: !!int 5\n", ["linje 1, a: Et ord som begynner med !"]),
        ("a: !viktig sak\n", ["linje 1, a: Et ord som begynner med !"]),
        ("a: ! sak\n", ["linje 1, a: Et ord som begynner med !"]),
        ("a: !!set {b}\n", ["linje 1, a: Et ord som begynner med !"]),
        ("!!map\na: b\n", ["linje 1: Et ord som begynner med !"]),
        ("a: 1\n---\nb: 2\n", ["linje 3: Her begynner et dokument til"]),
        ("a: 1\n...\nb: 2\n", ["linje 3: Her begynner et dokument til"]),
        ("a: 1\n--- x\n", ["linje 2: Her begynner et dokument til"]),
        ("? [a]\n: b\n", ["linje 1: En liste eller en gruppe kan ikke være nøkkel."]),
        ("a:\n  {b: c}: d\n", ["linje 2, a: En liste eller en gruppe kan ikke være nøkkel."]),
        ("- a\n- b\n", ["linje 1: Filen begynner ikke med nøkler og verdier."]),
        ("hei\n", ["linje 1: Filen begynner ikke med nøkler og verdier."]),
        ("a: 1\nb: 2\na: 3\n", ["linje 3, a: Nøkkelen a står to ganger. Den står på linje 1 også. Behold én av dem."]),
        ("a: 1\na: 2\na: 3\n", ["linje 2, a: Nøkkelen a", "linje 3, a: Nøkkelen a"]),
        ("s:\n  - b: 1\n    b: {c: 1}\n", ["linje 3, s[1].b: Nøkkelen b står to ganger. Den står på linje 2 også."]),
        ("a:\n  x: 1\nb: 2\na:\n  x: 1\n", ["linje 4, a: Nøkkelen a står to ganger."]),
        ("é: 1\ne\u0301: 2\n", ["linje 2, é: Nøkkelen é står to ganger."]),
        ('é: 1\n"e\\u0301": 2\n', ["linje 2, é: Nøkkelen é står to ganger."]),
    ],
)
def test_what_yaml_does_behind_ones_back_is_refused(refused, content, told):
    problems = refused("a.yaml", content)

    assert len(problems) == len(told)
    for problem, expected in zip(problems, told, strict=True):
        assert expected in problem


def test_a_key_indented_with_hard_spaces_is_refused(refused):
    problems = refused("a.yaml", "a:\n\u00a0\u00a0b: 1\n")

    assert len(problems) == 1
    assert "linje 2" in problems[0]
    assert "Linjen er rykket inn med tabulator eller hardt mellomrom." in problems[0]


def test_text_may_begin_with_a_hard_space(drop):
    source = drop("a.yaml", "a: |\n  x\n\u00a0\n".replace("\n\u00a0\n", "\n  \u00a0y\n"))

    assert source.tree == {"a": "x\n\u00a0y\n"}


def test_all_refusals_are_told_at_once_with_the_error_that_ends_the_reading(refused):
    problems = refused("a.yaml", "a: &x 1\nb: !y 2\na: 3\nc: @d\ne: *x\n")

    assert [problem.split(":")[0].removesuffix(", a").removesuffix(", b") for problem in problems] == [
        "a.yaml, linje 1",
        "a.yaml, linje 2",
        "a.yaml, linje 3",
        "a.yaml, linje 4",
    ]


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("a:\n\tb: 1\n", 2, "Linjen er rykket inn med tabulator eller hardt mellomrom."),
        ("\ta: b\n", 1, "Linjen er rykket inn med tabulator"),
        ("a: |\n x\n\ty\n", 3, "Linjen er rykket inn med tabulator"),
        ("s:\n  - a: 1\n\t b: 2\n", 3, "Linjen er rykket inn med tabulator"),
        ("a: x\n \u00a0b: 1\n", 2, "Linjen er rykket inn med tabulator eller hardt mellomrom."),
        ("tittel:Budsjett\nb: c\n", 1, "Det mangler mellomrom etter kolonet."),
        ("b: c\ntittel:Budsjett\n", 2, "Det mangler mellomrom etter kolonet."),
        ("s:\n  - tittel:Budsjett\n    nr: 1\n", 2, "Det mangler mellomrom etter kolonet."),
        ("a: b\nsted:\u00a0Ås\nc: d\n", 2, "Det mangler mellomrom etter kolonet."),
        (
            "tittel: Budsjett: del 2\n",
            1,
            "Verdien har et kolon fulgt av et mellomrom, og det leser YAML som en ny nøkkel.",
        ),
        ("a: 'x\nb: y\n", 1, "Anførselstegnet som begynner her, blir ikke avsluttet."),
        ('a: b\nc: "x\nd: y\n', 2, "Anførselstegnet som begynner her, blir ikke avsluttet."),
        ("a: 'det er 'fint' her'\n", 1, "Det står tekst etter anførselstegnet som avslutter verdien."),
        ('a: "Samhandling" i praksis\n', 1, "Det står tekst etter anførselstegnet som avslutter verdien."),
        ('a: "C:\\Saker"\n', 1, "En omvendt skråstrek (\\) mellom doble anførselstegn har en egen betydning i YAML."),
        ("a:\n  b: 1\n c: 2\n", 3, "Linjen er ikke rykket inn likt med dem den hører sammen med."),
        ("a: 1\n  b: 2\n", 2, "Linjen er ikke rykket inn likt"),
        ("s:\n  - a: 1\n   b: 2\n", 3, "Linjen er ikke rykket inn likt"),
        ("s:\n  - a\n b: c\n", 3, "Linjen er ikke rykket inn likt"),
        ("a: @b\n", 1, "En verdi kan ikke begynne med @."),
        ("a: `b`\n", 1, "En verdi kan ikke begynne med `."),
        ("a: %b\n", 1, "En verdi kan ikke begynne med %."),
        ("%a: b\n", 1, "En linje kan ikke begynne med %."),
        ("a: **fet** tekst\n", 1, "En verdi kan ikke begynne med *."),
        ("s:\n  - *kursiv* tekst\n", 2, "En verdi kan ikke begynne med *."),
        ("a: & b\n", 1, "En verdi kan ikke begynne med &."),
        ("a: ]\n", 1, "En verdi kan ikke begynne med ]."),
        ("a: , b\n", 1, "En verdi kan ikke begynne med ,."),
        ("a: ? b\n", 1, "En verdi kan ikke begynne med ?."),
        ("a: - b\n", 1, "En liste kan ikke begynne på samme linje som nøkkelen."),
        ("a: [b, c\nd: e\n", 1, "Parentesen som begynner her, blir ikke avsluttet"),
        ("a: {b: c\n", 1, "Parentesen som begynner her, blir ikke avsluttet"),
        ("a: [Utsatt] Budsjett\n", 1, "Linjen er ikke rykket inn likt"),
        ("a: > tekst\n", 1, "Det kan ikke stå noe etter | eller > på samme linje."),
        ("a: |tekst\n", 1, "Det kan ikke stå noe etter | eller > på samme linje."),
        ("a: |\n  b\nc\n", 3, "Linjen er verken en nøkkel med kolon eller en del av teksten over."),
        ("%YAML 3.0\n---\na: b\n", 1, "Linjen kan ikke leses som YAML."),
    ],
)
def test_errors_of_yaml_are_told_in_plain_words_with_their_line(refused, content, line, what):
    problems = refused("a.yaml", content)

    assert len(problems) == 1
    assert problems[0].startswith(f"a.yaml, linje {line}: {what}")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("tittel: Sak #3\n", "linje 1, tittel: Merk: Det som står etter #, er lest som en kommentar og kommer ikke"),
        ("tittel: Sak   # en merknad\n", "linje 1, tittel: Merk: Det som står etter #"),
        ("tittel: Sak\t# en merknad\n", "linje 1, tittel: Merk: Det som står etter #"),
        ("tittel: # 3 Budsjett\n", "linje 1, tittel: Merk: Det som står etter #"),
        (
            "s:\n  - a # b # c\n",
            "linje 2, s[1]: Merk: Det som står etter #, er lest som en kommentar og kommer ikke med: # b # c Hvis",
        ),
        ("s: [a, b # c\n  , d]\n", "linje 1, s[2]: Merk: Det som står etter #"),
        ("a: b\n  c # d\n", "linje 2, a: Merk: Det som står etter #"),
    ],
)
def test_a_plain_value_cut_by_a_comment_gets_one_warning(drop, content, told):
    source = drop("a.yaml", content)

    assert len(source.warnings) == 1
    assert told in str(source.warnings[0])
    assert source.warnings[0].warning


def test_the_warning_shows_how_to_keep_the_whole_text(drop):
    source = drop("a.yaml", "tittel: Sak #3\n")

    assert source.tree == {"tittel": "Sak"}
    assert source.warnings[0].fix == 'Hvis det hører til teksten, sett anførselstegn rundt: "Sak #3"'


@pytest.mark.parametrize(
    "content",
    [
        "# hel linje\na: b\n  # innrykket\nc: d\n",
        "a: 'Sak #3' # med anførselstegn\n",
        'a: "Sak #3"\n',
        "a: Sak#3\n",
        "saker: # listen\n  - a\n",
        "a: | # tekst\n  Sak #3\n  # Overskrift\n",
        "a: >\n  Sak #3\n\n# slutt\n",
        "a: [b] # liste\n",
        "'a #1': b\n",
    ],
)
def test_other_comments_get_no_warning(drop, content):
    assert drop("a.yaml", content).warnings == ()


DEEP = {
    "flow lists": "a: " + "[" * 100_000,
    "flow groups": "{a: " * 100_000,
    "hyphens": "a:\n" + "- " * 500_000,
    "indentation": "".join(" " * at + "a:\n" for at in range(1_500)),
    "just too deep": "".join(" " * at + "a:\n" for at in range(51)) + " " * 51 + "a: b\n",
}


@pytest.mark.parametrize("content", DEEP.values(), ids=DEEP.keys())
def test_over_50_levels_are_refused_fast(refused, content):
    start = time.process_time()

    told = refused("a.yaml", content)

    assert "Filen har mer enn 50 nivåer inni hverandre." in told[0]
    assert time.process_time() - start < 5


def test_50_levels_are_taken(drop):
    drop("a.yaml", "".join(" " * at + "a:\n" for at in range(49)) + " " * 49 + "a: b\n")


@pytest.mark.parametrize(
    "content", ["a: [" + "x," * 10_000 + "]", "a:\n" + "- x\n" * 400_000, "a: [" + "[]," * 300_000]
)
def test_over_10_000_values_are_refused_fast(refused, content):
    start = time.process_time()

    told = refused("a.yaml", content)

    assert "Filen har mer enn 10\u00a0000 verdier." in told[0]
    assert time.process_time() - start < 5


def test_nearly_10_000_values_are_taken(drop):
    assert len(drop("a.yaml", "a: [" + "x," * 9_999 + "]").tree["a"]) == 9_999


@pytest.mark.parametrize(
    "content",
    [
        "{" * 1_900_000,
        "? " * 900_000,
        "!" * 1_900_000,
        "a: 1\n" * 300_000,
        "a: !x y\n" * 200_000,
        "a:" * 900_000,
        "a: 'x\n" + "b: \ty\n" * 300_000,
        "\t" * 1_000_000 + "a",
    ],
    ids=lambda content: content[:6],
)
def test_hostile_files_are_refused_fast(refused, content):
    start = time.process_time()

    refused("a.yaml", content)

    assert time.process_time() - start < 5


@pytest.mark.parametrize(("key", "times"), [("a: 1\n", 9_000)])
def test_there_are_never_more_problems_than_anyone_reads(refused, key, times):
    assert len(refused("a.yaml", key * times)) == 100


PLACES = """\
type: møte

saker:
  - tittel: En
    punkter: [a, b,
      c]
  -
    tittel: >-
      To
      linjer
    forslag:
      SSU tar saken til orientering
sted:
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("type",), 1),
        (("saker",), 3),
        (("saker", 0), 4),
        (("saker", 0, "tittel"), 4),
        (("saker", 0, "punkter"), 5),
        (("saker", 0, "punkter", 1), 5),
        (("saker", 0, "punkter", 2), 6),
        (("saker", 1), 8),
        (("saker", 1, "tittel"), 8),
        (("saker", 1, "forslag"), 12),
        (("sted",), 13),
        (("dato",), 1),
        (("saker", 1, "vedtak"), 8),
        (("saker", 7, "vedtak", "x"), 3),
    ],
)
def test_find_gives_the_line_of_a_path_or_of_what_is_round_it(drop, path, line):
    assert drop("a.yaml", PLACES).find(path).line == line


def test_places_are_not_looked_up_before_they_are_asked_for(drop, monkeypatch):
    monkeypatch.setattr(yaml_text, "_nodes", lambda text: pytest.fail("read again"))

    drop("a.yaml", PLACES)


def test_the_loader_without_libyaml_reads_the_same(drop, monkeypatch):
    with_libyaml = drop("a.yaml", PLACES + "a: ~\nb: 01/22\n")

    monkeypatch.setattr(yaml_text, "Loader", yaml_text.yaml.SafeLoader)
    without = drop("a.yaml", PLACES + "a: ~\nb: 01/22\n")

    assert without.tree == with_libyaml.tree
    assert without.find(("saker", 1, "forslag")).line == 12
