"""Texts made to be slow or to go deep: a document or a problem, within the time that anything may take."""

from __future__ import annotations

import json

import pytest

from .ground import BAD, MEETING, Ground, another, assert_kept_inside, assert_right, assert_sound

TEXTS = {
    "two-megabytes-of-words": "ord og ord " * 170_000,
    "two-megabytes-without-a-space": "ø" * 900_000,
    "brackets": "[" * 50_000,
    "brackets-in-pairs": "[a](" * 20_000,
    "brackets-nested": "[" * 5_000 + "a" + "](b)" * 5_000,
    "pictures-nested": "![" * 5_000 + "a" + "](b.png)" * 5_000,
    "stars": "*a **a " * 20_000,
    "stars-only": "*" * 100_000,
    "stars-closed": "*" * 20_000 + "a" + "*" * 20_000,
    "underscores": "_a __a " * 20_000,
    "backticks": "".join("a" + "`" * length for length in range(1, 800)),
    "backslashes": "\\" * 100_000,
    "entities": "&lt;" * 100_000,
    "angles": "<" * 100_000,
    "unclosed-comments": "<!--" * 50_000,
    "autolinks": "<http://a.no> " * 20_000,
    "quotes-in-quotes": "> " * 5_000 + "a",
    "quotes-on-each-line": "".join("> " * level + "a\n" for level in range(400)),
    "lists-in-lists": "".join("  " * level + "- a\n" for level in range(400)),
    "list-signs": "- " * 5_000 + "a",
    "numbers": "1. " * 5_000 + "a",
    "ten-thousand-items": "- a\n" * 10_000,
    "ten-thousand-loose-items": "- a\n\n" * 5_000,
    "ten-thousand-headings": "## a\n" * 10_000,
    "table-of-ten-thousand-rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * 10_000,
    "table-of-a-thousand-columns": "|" + "a|" * 1_000 + "\n|" + "-|" * 1_000 + "\n" + ("|" + "1|" * 1_000 + "\n") * 5,
    "tables-that-never-begin": "|a\n" * 10_000,
    "ten-thousand-footnotes": "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(2_000)),
    "one-footnote-ten-thousand-times": "a[^1] " * 10_000 + "\n\n[^1]: b\n",
    "footnotes-in-footnotes": "a[^1]\n\n" + "".join(f"[^{n}]: b[^{n + 1}]\n\n" for n in range(1_000)),
    "footnote-in-itself": "a[^1]\n\n[^1]: b[^1]\n",
    "link-definitions": "".join(f"[a{n}]: http://a.no/{n}\n" for n in range(10_000)),
    "link-definition-that-never-ends": "[a]: <" + "b" * 100_000,
    "fences": "```\n" * 10_001,
    "spaces": "a" + " " * 500_000 + "b",
    "tabs": "\t" * 100_000 + "a",
    "blank-lines": "\n" * 100_000 + "a",
    "hard-breaks": "a  \n" * 5_000,
    "combining-marks": "a" + "\u0301" * 100_000,
    "right-to-left-marks": "\u202e\u2066" * 50_000,
    "hangul-jamo": "\u1100\u1161" * 100_000,
    "one-letter-that-becomes-eighteen": "\ufdfa" * 100_000,
}


@pytest.mark.parametrize("id", TEXTS)
def test_a_text_made_to_be_slow_is_not(ground: Ground, id: str) -> None:
    quoted = json.dumps(TEXTS[id], ensure_ascii=False)
    ground.drop(BAD, MEETING + f"    vurdering: {quoted}\n")
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code in (0, 1), outcome.told
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)
    assert_right({name: data for name, data in ground.documents().items() if len(data) < 200_000}, allow=TEXTS[id])


def test_a_meeting_of_as_many_cases_as_a_file_may_hold_is_made_in_time(ground: Ground) -> None:
    cases = "".join(f"  - tittel: Sak {number}\n    bakgrunn: Tekst\n" for number in range(200))
    ground.drop(BAD, another("saker:\n" + cases))

    outcome = ground.build()

    assert outcome.code == 0, outcome.told
    assert_sound(outcome)


@pytest.mark.parametrize("suffix", ["yaml", "json", "toml", "md"])
def test_a_thousand_faults_are_told_in_time(ground: Ground, suffix: str) -> None:
    keys = [f"ukjent{number}" for number in range(3_000)]
    content = {
        "yaml": "".join(f"{key}: x\n" for key in keys),
        "json": json.dumps(dict.fromkeys(keys, "x")),
        "toml": "".join(f"{key} = 'x'\n" for key in keys),
        "md": "---\n" + "".join(f"{key}: x\n" for key in keys) + "---\n",
    }[suffix]
    head = {"yaml": "type: møte\n", "json": '{"type": "møte", ', "toml": "type = 'møte'\n", "md": "---\ntype: møte\n"}[
        suffix
    ]
    ground.drop(f"inputs/feil.{suffix}", head + content.removeprefix("{").removeprefix("---\n"))

    outcome = ground.build()

    assert outcome.code == 1
    assert_sound(outcome)
    assert "Nøkkelen ukjent0 er ikke kjent her." in outcome.err
