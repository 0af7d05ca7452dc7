"""The real command, in a process of its own: exit codes, and what stands on the screen."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

import pytest

from . import templates as make
from .ground import BAD, MEETING, Ground, assert_sound, retitled


def _pipe(ground: Ground) -> None:
    os.mkfifo(ground.root / "inputs" / "x.yaml")


def _link_to_itself(ground: Ground) -> None:
    (ground.root / "inputs" / "x.yaml").symlink_to("x.yaml")


def _name_without_letters(ground: Ground) -> None:
    os.rename(ground.root / BAD, os.fsencode(ground.root / "inputs") + b"/m\xf8te.yaml")


def _dropping(name: str, content: str | bytes) -> Callable[[Ground], None]:
    def dropped(ground: Ground) -> None:
        ground.drop(name, content)

    return dropped


SPOILT = {
    "latin-1": (_dropping(BAD, MEETING.replace("–", "-").encode("latin-1")), 0, "er lest som Windows-1252"),
    "tag-in-a-title": (_dropping(BAD, retitled("'{{ 7*7 }}'")), 0, "dokument"),
    "path-in-a-title": (_dropping(BAD, retitled("../../../etc/passwd")), 0, "dokument"),
    "pipe": (_pipe, 1, "inputs/x.yaml: Filen kan ikke leses: den er ikke en vanlig fil."),
    "link-to-itself": (_link_to_itself, 1, "inputs/x.yaml: Filen kan ikke leses: den er en lenke som viser tilbake"),
    "name-without-letters": (_name_without_letters, 1, "Navnet på filen kan ikke leses."),
    "nul-bytes": (_dropping(BAD, b"\0\0"), 1, f"{BAD}: Dette er ikke en tekstfil"),
    "tab": (_dropping(BAD, MEETING.replace("  - ", "\t- ")), 1, f"{BAD}, linje 8: Linjen er rykket inn"),
    "billion-laughs": (_dropping(BAD, "a: &a [x]\nb: [*a, *a]\n"), 1, f"{BAD}, linje 1, a: &a er en YAML-henvisning"),
    "brackets": (_dropping(BAD, "a: " + "[" * 100_000), 1, f"{BAD}, linje 1: Filen har mer enn 50 nivåer"),
    "brackets-in-json": (_dropping("inputs/x.json", "[" * 500_000), 1, "inputs/x.json: Filen har mer enn 50 nivåer"),
    "impossible-date": (_dropping(BAD, MEETING.replace("28. mai", "31. juni")), 1, "«31. juni 2026» finnes ikke"),
    "no-zip": (
        _dropping("templates/protokoll.docx", b"x"),
        1,
        "templates/protokoll.docx: Malen er ikke et Word-dokument",
    ),
    "bomb": (_dropping("templates/protokoll.docx", make.bomb()), 1, "templates/protokoll.docx: Malen er for stor"),
    "laughing-template": (_dropping("templates/innkalling.docx", make.laughing()), 1, "definerer XML-entiteter"),
    "injection": (
        _dropping("templates/innkalling.docx", make.saying("{{ dokument.__class__ }}")),
        1,
        "templates/innkalling.docx: Navnet __class__ begynner med understrek.",
    ),
    "folder-outside": (
        _dropping("docgen.toml", "[eier]\nnavn = 'x'\n[mapper]\nutdata = '../ut'\n"),
        2,
        "docgen.toml, linje 4",
    ),
    "broken-settings": (_dropping("docgen.toml", "[eier"), 2, "docgen.toml, linje 1"),
}


@pytest.mark.parametrize("id", SPOILT)
def test_the_command_ends_as_it_should(ground: Ground, id: str) -> None:
    spoil, code, told = SPOILT[id]
    spoil(ground)
    before = ground.all_but_output()

    outcome = ground.command("build")

    assert outcome.code == code, outcome.told
    assert told in outcome.err
    assert_sound(outcome)
    assert ground.all_but_output() == before


@pytest.mark.parametrize("id", ["pipe", "link-to-itself", "name-without-letters"])
@pytest.mark.parametrize("command", [["check"], ["build", "--dry-run", "--json"], ["build", "inputs/godt møte.yaml"]])
def test_other_commands_meet_the_same_files_without_a_traceback(ground: Ground, id: str, command: list[str]) -> None:
    spoil, _code, _told = SPOILT[id]
    spoil(ground)
    good = ground.documents()
    before = ground.all_but_output()

    outcome = ground.command(*command)

    assert outcome.code == (0 if "inputs/godt møte.yaml" in command else 1), outcome.told
    assert_sound(outcome)
    if "--json" in command:
        assert json.loads(outcome.out)["refused"]
    assert ground.all_but_output() == before
    assert ground.documents() == good


@pytest.mark.parametrize("id", ["no-zip", "injection"])
def test_the_check_of_templates_meets_a_hostile_one_without_a_traceback(ground: Ground, id: str) -> None:
    spoil, _code, told = SPOILT[id]
    spoil(ground)
    before = ground.all_but_output()

    outcome = ground.command("templates", "check")

    assert outcome.code == 1, outcome.told
    assert told in outcome.err
    assert_sound(outcome)
    assert ground.all_but_output() == before


def test_a_pipe_among_the_templates_is_not_waited_for(ground: Ground) -> None:
    os.mkfifo(ground.root / "templates" / "ekstra.docx")

    outcome = ground.command("templates", "check")

    assert outcome.code == 1, outcome.told
    assert_sound(outcome)
    assert "templates/ekstra.docx: Filen kan ikke leses" in outcome.err
