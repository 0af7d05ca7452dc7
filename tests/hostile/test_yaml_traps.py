"""YAML that means something else than it says, or too much."""

from __future__ import annotations

from .bad import Bad, assert_outcome, table
from .ground import MEETING, Ground, another, retitled, text_of

LAUGHS = "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
DEEP = "bakgrunn:\n" + "".join(f"{'  ' * level}- a:\n" for level in range(1, 60))


def _list(items: int) -> str:
    return MEETING + "til stede:\n" + "  - Kari\n" * items


TABS = "Linjen er rykket inn med tabulator eller hardt mellomrom."
REFERENCE = "er en YAML-henvisning, og det tar docgen ikke imot."
A_TAG = "Et ord som begynner med !, er et YAML-merke"
BRACKET = "Parentesen som begynner her, blir ikke avsluttet"

CASES = (
    Bad("tab-indentation", MEETING.replace("  - tittel: Års", "\t- tittel: Års"), TABS, 9),
    Bad("tab-after-spaces", MEETING.replace("    bakgrunn", "  \tbakgrunn"), TABS, 10),
    Bad("hard-spaces", MEETING.replace("    bakgrunn", "\u00a0\u00a0\u00a0\u00a0bakgrunn"), TABS, 10),
    Bad("key-twice", MEETING + "sted: Rådhuset\n", ("Nøkkelen sted står to ganger.", "linje 5"), 11),
    Bad("key-twice-in-a-case", MEETING + "    tittel: To\n", "Nøkkelen tittel står to ganger.", 11),
    Bad("billion-laughs", "a: &a [ha, ha]\n" + LAUGHS, REFERENCE, 1),
    Bad("anchor-alone", MEETING.replace("Storvåg", "&sted Storvåg"), REFERENCE, 5),
    Bad("alias-of-nothing", MEETING.replace("Storvåg rådhus", "*sted"), REFERENCE, 5),
    Bad("alias-of-itself", "saker: &a\n  - *a\n", REFERENCE, 1),
    Bad(
        "merge-key",
        MEETING + "<<: {organ: FSU}\n",
        "<< (henting av nøkler fra et annet sted) tar docgen ikke imot.",
        11,
    ),
    Bad("python-object", MEETING + "merknad: !!python/object/apply:os.system ['touch eid']\n", A_TAG, 11),
    Bad("python-name", MEETING + "merknad: !!python/name:os.system\n", A_TAG, 11),
    Bad("own-tag", MEETING + "merknad: !include /etc/passwd\n", A_TAG, 11),
    Bad("binary-tag", MEETING + "merknad: !!binary aGVp\n", A_TAG, 11),
    Bad("several-documents", MEETING + "---\n" + MEETING, "Her begynner et dokument til", 12),
    Bad("directive", "%YAML 1.1\n---\n" + MEETING.replace("type", "%type"), "En linje kan ikke begynne med %.", 3),
    Bad("sixty-levels", DEEP, "mer enn 50 nivåer", 26),
    Bad("a-hundred-thousand-brackets", "saker: " + "[" * 100_000, "mer enn 50 nivåer", 1),
    Bad("a-hundred-thousand-braces", "saker: " + "{a: " * 100_000, "mer enn 50 nivåer", 1),
    Bad("ten-thousand-and-one-values", _list(10_001), "Filen har mer enn 10\u00a0000 verdier.", 9999),
    Bad("more-than-two-megabytes", _list(0) + "  # x\n" * 400_000, "Filen er for stor: 2,4 MB.", None),
    Bad(
        "quote-without-end",
        MEETING.replace("Storvåg", '"Storvåg'),
        "Anførselstegnet som begynner her, blir ikke avsluttet.",
        5,
    ),
    Bad(
        "apostrophe-first",
        MEETING.replace("Storvåg", "'Storvåg"),
        "Anførselstegnet som begynner her, blir ikke avsluttet.",
        5,
    ),
    Bad(
        "colon-in-a-title",
        MEETING.replace("Årsrapport", "Årsrapport: to: tre"),
        "Verdien har et kolon fulgt av et mellomrom",
        9,
    ),
    Bad("no-space-after-colon", MEETING.replace("sted: ", "sted:"), "Det mangler mellomrom etter kolonet.", 5),
    Bad("list-as-key", MEETING + "[a, b]: c\n", "En liste eller en gruppe kan ikke være nøkkel", 11),
    Bad("group-as-key", MEETING + "? {a: b}\n: c\n", "En liste eller en gruppe kan ikke være nøkkel", 11),
    Bad("flow-nonsense", MEETING + "forfall: {a: b: c]\n", BRACKET, 11),
    Bad("bracket-without-end", MEETING + "forfall: [Kari, Per\n", BRACKET, 11),
    Bad("percent-first", MEETING.replace("Årsrapport", "%d prosent"), "En verdi kan ikke begynne med %.", 9),
    Bad("at-first", MEETING.replace("Årsrapport", "@Kari"), "En verdi kan ikke begynne med @.", 9),
    Bad("backtick-first", MEETING.replace("Årsrapport", "`kode`"), "En verdi kan ikke begynne med `.", 9),
    Bad("backslash", MEETING.replace("Årsrapport", '"C:\\Saker"'), "har en egen betydning i YAML", 9),
    Bad(
        "text-after-pipe",
        MEETING + "merknad: | hei\n  du\n",
        "Det kan ikke stå noe etter | eller > på samme linje.",
        11,
    ),
    Bad("only-a-list", "- type: møte\n- organ: SSU\n", "Filen begynner ikke med nøkler og verdier", 1),
    Bad("only-a-word", "møte\n", "Filen begynner ikke med nøkler og verdier", 1),
    Bad("empty-key", MEETING + ": x\n", "Linjen er ikke rykket inn likt", 11),
    Bad("null-key", MEETING + "~: x\n", "Nøkkelen ~ er ikke kjent her.", 11),
    Bad("a-key-of-a-hundred-kilobytes", MEETING + "x" * 100_000 + ": x\n", "verken en nøkkel med kolon", 11),
    Bad("a-line-of-a-megabyte", MEETING.replace("Årsrapport", "ha " * 350_000), "Teksten er på 1049999 tegn", 9),
    Bad("cut-by-a-comment", retitled("Rapport #3"), "Det som står etter #", 9, code=0),
)


@table(CASES)
def test_yaml_that_is_a_trap(ground: Ground, case: Bad) -> None:
    assert_outcome(ground, case)


def test_what_yaml_would_take_for_something_else_is_printed_as_written(ground: Ground) -> None:
    titles = [
        "no",
        "yes",
        "0150",
        "0x1F",
        "1e3",
        "22.10",
        "09:30:15",
        "2022-10-24",
        ".inf",
        "=",
        "01/22",
        "12_000",
        "null x",
    ]
    cases = "".join(f"  - tittel: {title}\n" for title in titles)
    ground.drop("inputs/offer.yaml", another("saker:\n" + cases))

    outcome = ground.build()

    assert outcome.code == 0, outcome.told
    lines = text_of(ground.documents()["SSU/2026-05-29/2026-05-29 SSU innkalling.docx"]).splitlines()
    assert [title for title in titles if title not in lines] == []
