"""Titles and names of bodies that try to be paths: what is made has a safe name, and lies under output/."""

from __future__ import annotations

import json
import unicodedata
from pathlib import PurePosixPath

import pytest

from .ground import GOOD, MEETING, REPOSITORY, Ground, assert_kept_inside, assert_right, assert_sound

TRICKS = {
    "up": "../../etc/passwd",
    "up-on-windows": "..\\..\\Windows\\win.ini",
    "absolute": "/etc/cron.d/x",
    "drive": "C:\\Users\\x",
    "share": "\\\\server\\x",
    "home": "~/.ssh/authorized_keys",
    "address": "file:///etc/passwd",
    "slash": "a/b",
    "only-dots": "...",
    "one-dot": ".",
    "two-dots": "..",
    "dot-first": ".bashrc",
    "hyphen-first": "--workspace",
    "only-forbidden": '<>:"/\\|?*',
    "device": "CON",
    "device-with-ending": "nul.docx",
    "device-with-digit": "com¹",
    "clock": "CLOCK$",
    "trailing-dots": "navn. . .",
    "desktop-ini": "desktop.ini",
    "onedrive": "a_vti_b",
    "lock": "~$navn",
    "long": "Samarbeid om pasienter " * 40,
    "long-word": "ø" * 999,
    "emoji": "👩🏽‍⚕️ 🏥",
    "only-emoji-joiner": "\u200d\u200b",
    "decomposed": "A\u030arsma\u030al",
    "right-to-left": "rap\u202excod.exe",
    "wildcards": "*?[a-z]",
    "dollar": "$HOME %TEMP% `id` $(id)",
    "newline-like": "a\u2028b\u0085c",
    "tag": "{{ 7*7 }}{% x %}",
    "tmp": "x.tmp",
}
FORBIDDEN = set('<>:"\\|?*') | {chr(code) for code in range(32)}
DEVICES = {"con", "prn", "aux", "nul", "com1", "com¹", "lpt1", "clock$"}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def assert_safe(name: str) -> None:
    """The path of a document can stand on every kind of disk, and in OneDrive."""
    path = PurePosixPath(name)
    assert not path.is_absolute()
    assert 1 < len(path.parts) <= 3
    for part in path.parts:
        assert part not in (".", "..")
        assert not set(part) & FORBIDDEN, part
        assert not part.startswith((".", "~", " ", "-")), part
        assert not part.endswith((".", " ")), part
        assert len(part.encode()) <= 120, part
        assert part.partition(".")[0].strip().casefold() not in DEVICES, part
        assert unicodedata.is_normalized("NFC", part)
        assert "_vti_" not in part
        assert not any(unicodedata.category(sign).startswith("C") for sign in part), ascii(part)


@pytest.mark.parametrize("id", TRICKS)
def test_a_name_that_tries_to_be_a_path_gives_safe_names_under_output(ground: Ground, id: str) -> None:
    trick = TRICKS[id]
    body = trick[:60]  # several names of documents begin with the body's
    mandate = (REPOSITORY / "mandates" / "SSU.md").read_text("utf-8").replace("organ: SSU", f"organ: {_quoted(body)}")
    inputs = {
        "mandates/angrep.md": mandate,
        "inputs/sak.yaml": GOOD.replace("16. april", "17. juni").replace("Godkjenning av innkalling", _quoted(trick)),
        "inputs/organ.yaml": MEETING.replace("28. mai", "18. juni").replace("SSU", _quoted(body)),
        "inputs/retningslinje.yaml": f"type: retningslinje\nnummer: 9\ntittel: {_quoted(trick)}\n",
        "inputs/nummer.yaml": f"type: retningslinje\nnummer: {_quoted(trick)}\ntittel: Vanlig\n",
        "inputs/organisering.yaml": f"type: organisering\ntittel: {_quoted(trick)}\norganer: [SSU]\n",
    }
    for name, content in inputs.items():
        ground.drop(name, content)
    good = ground.documents()
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == 0, outcome.told
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)
    documents = ground.documents()
    assert {name: documents.get(name) for name in good} == good
    made = [name for name in documents if name not in good]
    assert len(made) == len({name.casefold() for name in made}) == 10
    for name in made:
        assert_safe(name)
    assert_right(documents, allow=trick)


def test_bodies_whose_names_become_one_folder_do_not_overwrite_each_other(ground: Ground) -> None:
    mandate = (REPOSITORY / "mandates" / "SSU.md").read_text("utf-8")
    for number, body in enumerate(("A/B", "A-B", "a?b", "a b")):
        ground.drop(f"mandates/{number}.md", mandate.replace("organ: SSU", f'organ: "{body}"'))
        ground.drop(f"inputs/{number}.yaml", MEETING.replace("SSU", f'"{body}"'))
    good = ground.documents()

    outcome = ground.build()

    assert outcome.code == 0, outcome.told
    made = [name for name in ground.documents() if name not in good]
    assert len(made) == len({name.casefold() for name in made}) == 4 * 4
