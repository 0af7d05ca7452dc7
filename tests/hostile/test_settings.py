"""A docgen.toml that can't be used: nothing is built, and nothing is changed."""

from __future__ import annotations

import os

from .bad import Bad, table
from .ground import SETTINGS, Ground, assert_kept_inside, assert_sound

TOML = "docgen.toml"


def _more(*lines: str) -> str:
    """Return the good settings with more lines, the first of them being line 11."""
    return SETTINGS + "".join(f"{line}\n" for line in lines)


def _folder(name: str, folder: str) -> Bad:
    return Bad(f"{name}-{folder}", _more("[mapper]", f"{name} = '{folder}'"), f"mapper.{name}: ", 12, TOML, 2)


CASES = (
    Bad("empty", b"", "Filen er tom.", None, TOML, 2),
    Bad("not-text", b"\0\1\2", "Dette er ikke en tekstfil", None, TOML, 2),
    Bad("latin-1", SETTINGS.encode("latin-1") + b'[pdf]\nlag = "kanskje"\n', "er verken ja eller nei", 12, TOML, 2),
    Bad("yaml", "eier:\n  navn: X\n", "Linjen er ikke en nøkkel med en verdi.", 1, TOML, 2),
    Bad("quote-without-end", SETTINGS.replace('HF"', "HF"), "blir ikke avsluttet på linjen", 5, TOML, 2),
    Bad("key-twice", _more("[eier]"), "Nøkkelen eier står to ganger.", 11, TOML, 2),
    Bad("unknown-key", "farge = 1\n" + SETTINGS, "Nøkkelen farge er ikke kjent her.", 1, TOML, 2),
    Bad("misspelt-key", _more("[mappar]"), "Mente du mapper?", 11, TOML, 2),
    Bad("unknown-folder", _more("[mapper]", "arkiv = 'x'"), "Nøkkelen arkiv er ikke kjent her.", 12, TOML, 2),
    Bad("no-owner", '"målform" = "bokmål"\n', "eier mangler.", 1, TOML, 2),
    Bad("owner-as-a-list", "eier = [1, 2]\n", "Her skal det stå nøkler med verdier", 1, TOML, 2),
    Bad("owner-without-a-name", "[eier]\nkommuner = ['A']\n", "navn mangler.", 1, TOML, 2),
    Bad("unknown-language", SETTINGS.replace('"bokmål"', '"svensk"'), "«svensk» kan ikke stå her.", 1, TOML, 2),
    Bad("unknown-colour", SETTINGS.replace("gul", "lilla"), "docgen har ingen farge lilla.", 10, TOML, 2),
    Bad("colour-as-a-group", SETTINGS.replace('"gul"', "{a = 1}"), "Her skal det stå tekst", 10, TOML, 2),
    Bad("unknown-word", _more("[ord]", "sakslista = 'x'"), "Ingen dokumenter skriver ut ordet sakslista.", 12, TOML, 2),
    Bad("word-as-a-list", _more("[ord]", "saksliste = ['x']"), "Her skal det stå tekst", 12, TOML, 2),
    Bad("bad-number-form", "saksnummer = '99/99'\n" + SETTINGS, "viser ikke hvordan sak 1 i 2022 skrives", 1, TOML, 2),
    Bad("rule-as-a-list", _more("[godkjenning]", "'retningslinje 1' = ['SSU']"), "Her skal det stå tekst", 12, TOML, 2),
    Bad("deep", "a = " + "[" * 200 + "]" * 200, "mer enn 50 nivåer", None, TOML, 2),
    Bad("too-large", SETTINGS + "#" * 2_000_000, "Filen er for stor: 2,0 MB.", None, TOML, 2),
    _folder("utdata", "../ut"),
    _folder("utdata", "/srv/ut"),
    _folder("utdata", "C:\\ut"),
    _folder("utdata", "..\\ut"),
    _folder("utdata", "a/../../ut"),
    _folder("utdata", "\\\\server\\ut"),
    _folder("utdata", "."),
    _folder("utdata", "./"),
    _folder("utdata", "inputs"),
    _folder("utdata", "Inputs"),
    _folder("utdata", "inputs/ut"),
    _folder("utdata", "inputs\\ut"),
    _folder("utdata", "./inputs"),
    _folder("utdata", "mandates"),
    _folder("utdata", "templates/"),
    _folder("utdata", "~/ut"),
    _folder("utdata", "con"),
    _folder("utdata", "ut?"),
    _folder("utdata", ".docgen"),
    _folder("inndata", "output/inn"),
    _folder("inndata", ".."),
    _folder("inndata", "/"),
    _folder("inndata", "~"),
    _folder("maler", "../maler"),
)


@table(CASES)
def test_settings_that_can_not_be_used_stop_the_build_and_change_nothing(ground: Ground, case: Bad) -> None:
    ground.drop(TOML, case.content)
    good = ground.documents()
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == case.code, outcome.told
    place = f"{TOML}, linje {case.line}" if case.line else TOML
    for fragment in case.fragments:
        assert any(line.startswith(place) and fragment in line for line in outcome.err.splitlines()), outcome.err
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)
    assert ground.documents() == good


def test_a_rule_about_a_guideline_of_endless_number_is_told(ground: Ground) -> None:
    rules = "".join(f"'{kind} {digits * 5000}' = 'SSU'\n" for kind in ("retningslinje", "2-") for digits in "9٣")
    ground.drop(TOML, f"{SETTINGS}[godkjenning]\n{rules}")

    outcome = ground.build()

    assert outcome.code == 2, outcome.told
    assert outcome.told.count("er ikke noe dokument som kan godkjennes.") == 4
    assert_sound(outcome)


def test_a_pipe_named_docgen_toml_is_no_workspace(ground: Ground) -> None:
    (ground.root / TOML).unlink()
    os.mkfifo(ground.root / TOML)

    outcome = ground.build()

    assert outcome.code == 2
    assert_sound(outcome)
    assert "Det finnes ingen docgen.toml her" in outcome.err


def test_a_folder_that_is_no_workspace_is_told(ground: Ground) -> None:
    (ground.root / TOML).unlink()
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == 2
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)
    assert "Det finnes ingen docgen.toml her" in outcome.err
