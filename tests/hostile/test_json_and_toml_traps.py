"""JSON and TOML that is broken, endless or something else than it says."""

from __future__ import annotations

import json

from .bad import Bad, assert_outcome, table
from .ground import BAD, Ground

JSON = "inputs/offer.json"
TOML = "inputs/offer.toml"

MEETING = {
    "type": "møte",
    "organ": "SSU",
    "dato": "28. mai 2026",
    "tid": "09.00–11.30",
    "sted": "Storvåg rådhus",
    "status": "innkalt",
    "saker": [
        {"tittel": "Godkjenning av innkalling"},
        {"tittel": "Årsrapport", "bakgrunn": "Rapporten gjelder fjoråret."},
    ],
}
AS_JSON = json.dumps(MEETING, ensure_ascii=False, indent=1)
AS_TOML = """\
type = "møte"
organ = "SSU"
dato = "28. mai 2026"
tid = "09.00–11.30"
sted = "Storvåg rådhus"
status = "innkalt"

[[saker]]
tittel = "Godkjenning av innkalling"

[[saker]]
tittel = "Årsrapport"
bakgrunn = "Rapporten gjelder fjoråret."
"""


def _j(old: str, new: str) -> str:
    assert old in AS_JSON
    return AS_JSON.replace(old, new, 1)


def _t(old: str, new: str) -> str:
    assert old in AS_TOML
    return AS_TOML.replace(old, new, 1)


def _nested(levels: int) -> str:
    return '{"a": ' * levels + "1" + "}" * levels


IN_JSON = (
    Bad("key-twice", _j('"tid"', '"sted": "x",\n "tid"'), "Nøkkelen sted står to ganger.", 7),
    Bad("key-twice-by-an-escape", _j('"tid"', '"st\\u0065d": "x",\n "tid"'), "Nøkkelen sted står to ganger.", 7),
    Bad("comma-last", _j('fjoråret."', 'fjoråret.",'), "Her skal det stå en nøkkel i doble anførselstegn.", 15),
    Bad("comment", _j('"tid"', '// møtetid\n "tid"'), "Her skal det stå en nøkkel i doble anførselstegn.", 5),
    Bad("single-quotes", _j('"SSU"', "'SSU'"), "Denne verdien kan ikke leses som JSON.", 3),
    Bad("typographic-quotes", _j('"SSU"', "“SSU”"), "Denne verdien kan ikke leses som JSON.", 3),
    Bad("no-quotes", _j('"SSU"', "SSU"), "Denne verdien kan ikke leses som JSON.", 3),
    Bad(
        "line-break-in-a-text",
        _j("Storvåg ", "Storvåg\n"),
        "Det står et linjeskift eller en tabulator mellom anførselstegnene.",
        6,
    ),
    Bad("bad-escape", _j("Storvåg ", "C:\\Storvåg "), "En omvendt skråstrek (\\) mellom anførselstegn har en egen", 6),
    Bad(
        "bad-unicode-escape", _j("Storvåg ", "\\u12 "), "En omvendt skråstrek (\\) mellom anførselstegn har en egen", 6
    ),
    Bad("never-ends", AS_JSON.rstrip("}\n"), "Filen slutter før innholdet er ferdig.", 16),
    Bad("two-in-one-file", f"{AS_JSON}\n{AS_JSON}", "Det står noe etter at innholdet er slutt.", 18),
    Bad("only-a-list", "[1, 2]", "Filen begynner ikke med nøkler og verdier", 1),
    Bad("only-null", "null", "Filen begynner ikke med nøkler og verdier", 1),
    Bad("nothing-in-it", "{}", "Filen er tom."),
    Bad("infinity-for-a-date", _j('"28. mai 2026"', "Infinity"), "«Infinity» er ikke en dato.", 4),
    Bad(
        "a-number-of-a-hundred-thousand-digits",
        _j('"28. mai 2026"', "9" * 100_000),
        "«99999999999999999999999999999999999999999999999999999999999",
        4,
    ),
    Bad("a-number-with-a-huge-exponent", _j('"28. mai 2026"', "1e999999999"), "«1e999999999» er ikke en dato.", 4),
    Bad("sixty-levels", _nested(60), "mer enn 50 nivåer"),
    Bad("a-hundred-thousand-levels", _nested(100_000), "mer enn 50 nivåer"),
    Bad("a-hundred-thousand-brackets", "[" * 100_000, "mer enn 50 nivåer"),
    Bad(
        "ten-thousand-and-one-values",
        _j('"tid"', f'"forfall": {["x"] * 10_001},\n "tid"'.replace("'", '"')),
        "Filen har mer enn 10 000 verdier.",
        None,
    ),
    Bad("nul-by-an-escape", _j("Storvåg ", "Stor\\u0000våg "), "U+0000 er tatt bort", 6, code=0),
    Bad("prototype", _j('"tid"', '"__proto__": {"a": "b"},\n "tid"'), "Nøkkelen __proto__ er ikke kjent her.", 5),
    Bad("dunder-class", _j('"tid"', '"__class__": "x",\n "tid"'), "Nøkkelen __class__ er ikke kjent her.", 5),
)

IN_TOML = (
    Bad("key-twice", _t("sted =", 'sted = "x"\nsted ='), "Nøkkelen sted står to ganger.", 6),
    Bad("table-twice", f"{AS_TOML}\n[godkjent]\nsak = '1'\n[godkjent]\n", "Nøkkelen godkjent står to ganger.", 17),
    Bad("list-and-table", f"{AS_TOML}\n[saker]\n", "Navnet er brukt til noe annet lenger opp.", 15),
    Bad("no-quotes", _t('"SSU"', "SSU"), "Verdien mangler anførselstegn, eller kan ikke leses.", 2),
    Bad(
        "quote-without-end",
        _t('rådhus"', "rådhus"),
        "Anførselstegnet som begynner her, blir ikke avsluttet på linjen.",
        5,
    ),
    Bad("key-with-oe-without-quotes", _t("sted =", 'målform = "nynorsk"\nsted ='), "må ha anførselstegn", 5),
    Bad("no-value", _t('"SSU"', ""), "Verdien mangler anførselstegn, eller kan ikke leses.", 2),
    Bad("no-such-date", _t('"28. mai 2026"', "2026-02-30"), "Datoen eller klokkeslettet finnes ikke.", 3),
    Bad("no-such-time", _t('"09.00–11.30"', "25:00:00"), "Verdien mangler anførselstegn, eller kan ikke leses.", 4),
    Bad("bracket-without-end", _t("[[saker]]", "[[saker]"), "Verdien mangler anførselstegn, eller kan ikke leses.", 8),
    Bad(
        "inline-table-without-end",
        _t('"SSU"', "{a = 1"),
        "Parentesen som begynner her, blir ikke avsluttet, eller det",
        2,
    ),
    Bad("bad-escape", _t("Storvåg ", "C:\\Storvåg "), "En omvendt skråstrek (\\) mellom doble anførselstegn har en", 5),
    Bad(
        "a-key-of-five-thousand-parts",
        _t("sted =", ".".join("a" * 5000) + " = 1\nsted ="),
        "Filen har mer enn 50 nivåer inni hverandre.",
        5,
    ),
    Bad("a-hundred-thousand-brackets", _t('"SSU"', "[" * 100_000), "mer enn 50 nivåer", None),
    Bad(
        "a-hundred-thousand-quotes",
        _t('"SSU"', '"' * 100_000),
        "Verdien mangler anførselstegn, eller kan ikke leses.",
        2,
    ),
    Bad("infinity-for-a-date", _t('"28. mai 2026"', "-inf"), "«-inf» er ikke en dato.", 3),
    Bad("only-a-comment", "# hei\n", "Filen er tom."),
    Bad("yaml-in-it", "type: møte\norgan: SSU\n", "Linjen er ikke en nøkkel med en verdi.", 1),
)
CASES = [
    Bad(f"{suffix}-{one.id}", one.content, one.told, one.line, f"inputs/offer.{suffix}", one.code)
    for suffix, cases in (("json", IN_JSON), ("toml", IN_TOML))
    for one in cases
]


@table(CASES)
def test_json_or_toml_that_is_a_trap(ground: Ground, case: Bad) -> None:
    assert_outcome(ground, case)


def test_the_traps_are_made_of_meetings_that_are_good(ground: Ground) -> None:
    for name, content in ((JSON, AS_JSON), (TOML, AS_TOML), (TOML, AS_TOML.replace('"28. mai 2026"', "2026-05-28"))):
        (ground.root / BAD).unlink(missing_ok=True)
        file = ground.drop(name, content)

        outcome = ground.build()

        file.unlink()
        assert outcome.code == 0, outcome.told
