"""Attachments and pictures that lie outside the workspace: told, and never read."""

from __future__ import annotations

import os

import pytest

from .bad import REMADE
from .ground import BAD, MEETING, Ground, Outcome, assert_kept_inside, assert_right, assert_sound, text_of

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000000200015e"
    "f3d90d0000000049454e44ae426082"
)
WAYS_OUT = {
    "absolute": "{outside}/bilde.png",
    "up": "../../utenfor/bilde.png",
    "up-from-the-root": "../utenfor/bilde.png",
    "up-and-down": "vedlegg/../../../utenfor/bilde.png",
    "up-on-windows": "..\\..\\utenfor\\bilde.png",
    "drive": "C:\\bilder\\bilde.png",
    "share": "\\\\server\\deling\\bilde.png",
    "share-with-slashes": "//server/deling/bilde.png",
    "file-address": "file://{outside}/bilde.png",
    "web-address": "http://eksempel.example/bilde.png",
    "secure-address": "https://eksempel.example/bilde.png",
    "data-address": "data:image/png;base64,iVBORw0KGgo=",
    "link-to-a-file": "lenke.png",
    "through-a-linked-folder": "mappe/bilde.png",
    "process": "/proc/self/environ",
    "encoded": "%2e%2e/%2e%2e/utenfor/bilde.png",
    "home": "~/bilde.png",
    "folder": "vedlegg",
    "nothing": ".",
}


def _prepared(ground: Ground) -> None:
    (ground.outside / "bilde.png").write_bytes(PNG)
    (ground.root / "inputs" / "vedlegg").mkdir()
    (ground.root / "inputs" / "lenke.png").symlink_to(ground.outside / "bilde.png")
    (ground.root / "inputs" / "mappe").symlink_to(ground.outside)


def _built(ground: Ground, content: str) -> Outcome:
    ground.drop(BAD, content)
    good = ground.documents()
    (ground.output / REMADE).unlink()
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == 1, outcome.told
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)
    assert ground.documents() == good
    return outcome


@pytest.mark.parametrize("id", WAYS_OUT)
def test_an_attachment_outside_the_workspace_is_told_and_not_read(ground: Ground, id: str) -> None:
    _prepared(ground)
    path = WAYS_OUT[id].format(outside=ground.outside)

    outcome = _built(ground, MEETING + f"    vedlegg: ['{path}']\n")

    assert f"{BAD}, linje 11, saker[2].vedlegg[1]: Vedlegget {path} finnes ikke." in outcome.err


@pytest.mark.parametrize("id", [id for id in WAYS_OUT if id != "file-address"])
def test_a_picture_outside_the_workspace_is_told_and_not_read(ground: Ground, id: str) -> None:
    _prepared(ground)
    path = WAYS_OUT[id].format(outside=ground.outside)

    outcome = _built(ground, MEETING + f"    vurdering: 'Se ![et bilde](<{path}>).'\n")

    assert f"{BAD}, linje 11, saker[2].vurdering: " in outcome.err
    assert "bilde" in outcome.err.lower()


def test_a_picture_at_a_file_address_is_only_text(ground: Ground) -> None:
    _prepared(ground)
    written = f"![et bilde](file://{ground.outside}/bilde.png)"
    ground.drop(BAD, MEETING + f"    vurdering: 'Se {written}.'\n")
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == 0, outcome.told
    assert_kept_inside(ground, outcome, before)
    assert any(f"Se {written}." in text_of(data) for data in ground.documents().values())


def test_a_web_address_in_the_text_is_printed_and_not_fetched(ground: Ground) -> None:
    ground.drop(BAD, MEETING + "    vurdering: '[les](http://eksempel.example/a) <https://eksempel.example>'\n")

    outcome = ground.build()

    assert outcome.code == 0, outcome.told
    assert_sound(outcome)
    assert_right(ground.documents())


@pytest.mark.parametrize(
    ("id", "content"),
    [
        ("text", b"dette er tekst"),
        ("empty", b""),
        ("only-the-first-bytes", PNG[:12]),
        ("no-size", PNG[:16] + b"\0" * 8 + PNG[24:]),
        ("cut-off", PNG[:40]),
        ("endless-chunk", PNG[:33] + b"\xff\xff\xff\xff" + PNG[37:]),
        ("huge-on-paper", PNG[:16] + b"\x7f\xff\xff\xff" * 2 + PNG[24:]),
        ("svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ],
)
def test_a_picture_that_is_none_ends_in_a_right_document_or_a_problem(ground: Ground, id: str, content: bytes) -> None:
    ground.drop("inputs/bilde.png", content)
    ground.drop(BAD, MEETING + "    vurdering: '![et bilde](bilde.png)'\n")
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code in (0, 1), id
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)
    assert_right(ground.documents())


def test_a_picture_of_an_input_is_not_read_through_a_folder_that_links_out(ground: Ground) -> None:
    outside = ground.outside / "inndata"
    outside.mkdir()
    (outside / "møte.yaml").write_text(MEETING.replace("28. mai", "1. juni"), "utf-8")
    os.symlink(outside, ground.root / "inputs" / "lenket")
    good = ground.documents()
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == 0, outcome.told
    assert_kept_inside(ground, outcome, before)
    assert ground.documents() == good
