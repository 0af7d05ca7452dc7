"""What lies in the folders and is no ordinary file, or is there no longer: nothing hangs, and the rest is made."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

import docgen.run.seen as seen

from ..files import documents_in
from .bad import REMADE
from .ground import BAD, MEETING, Ground, Outcome, assert_kept_inside, assert_sound

as_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")


def _built(ground: Ground, code: int) -> Outcome:
    good = ground.documents()
    (ground.output / REMADE).unlink()
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == code, outcome.told
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)
    assert ground.documents() == good
    return outcome


def test_a_folder_named_as_an_input_is_a_folder(ground: Ground) -> None:
    (ground.root / "inputs" / "x.yaml").mkdir()

    _built(ground, 0)


def test_a_pipe_named_as_an_input_is_told_and_not_waited_for(ground: Ground) -> None:
    os.mkfifo(ground.root / "inputs" / "x.yaml")

    outcome = _built(ground, 1)

    assert "inputs/x.yaml: Filen kan ikke leses" in outcome.err


def test_a_socket_named_as_an_input_is_told(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ground.root / "inputs")  # the path of a socket may have 107 bytes only
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("x.yaml")

        outcome = _built(ground, 1)

    assert "inputs/x.yaml: Filen kan ikke leses" in outcome.err


def test_a_link_to_nothing_is_told(ground: Ground) -> None:
    (ground.root / "inputs" / "x.yaml").symlink_to("finnes ikke.yaml")

    outcome = _built(ground, 1)

    assert "inputs/x.yaml: Filen kan ikke leses" in outcome.err


def test_a_link_to_itself_is_told(ground: Ground) -> None:
    (ground.root / "inputs" / "x.yaml").symlink_to("x.yaml")

    outcome = _built(ground, 1)

    assert "inputs/x.yaml: Filen kan ikke leses" in outcome.err


def test_a_link_to_a_file_outside_is_passed_over_and_not_read(ground: Ground) -> None:
    secret = ground.outside / "hemmelig.yaml"
    secret.write_text(MEETING.replace("28. mai", "1. juni"), "utf-8")
    (ground.root / "inputs" / "x.yaml").symlink_to(secret)
    (ground.root / "mandates" / "y.yaml").symlink_to("/etc/passwd")

    outcome = _built(ground, 0)

    assert Path("/etc/passwd") not in outcome.seen.read


def test_a_loop_of_folders_is_walked_once(ground: Ground) -> None:
    (ground.root / "inputs" / "a").mkdir()
    (ground.root / "inputs" / "a" / "b").symlink_to(ground.root / "inputs")

    _built(ground, 0)


def test_a_file_that_disappears_during_the_build_is_told(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = seen.input_names
    monkeypatch.setattr(seen, "input_names", lambda *found: [*listed(*found), "inputs/borte.yaml"])

    outcome = _built(ground, 1)

    assert "inputs/borte.yaml: Filen kan ikke leses" in outcome.err


@as_root
def test_a_file_that_may_not_be_read_is_told(ground: Ground) -> None:
    ground.drop("inputs/x.yaml", MEETING).chmod(0)

    outcome = _built(ground, 1)

    assert "inputs/x.yaml: Filen kan ikke leses" in outcome.err


def test_a_file_of_many_gigabytes_is_refused_without_being_read(ground: Ground) -> None:
    with (ground.root / "inputs" / "x.yaml").open("wb") as file:
        file.truncate(20_000_000_000)  # a hole: it takes no room on the disk
    before = {path for path in documents_in(ground.root) if path.name != "x.yaml"}

    outcome = ground.build()

    assert outcome.code == 1
    assert_sound(outcome)
    assert "inputs/x.yaml: Filen er for stor: 20000,0 MB." in outcome.err
    assert {path for path in documents_in(ground.root) if path.name != "x.yaml"} == before


def test_files_that_editors_leave_are_no_inputs(ground: Ground) -> None:
    for name in ("~$møte.yaml", ".møte.yaml", ".~lock.møte.yaml", "møte.yaml~", "møte.yaml.tmp", "#møte.yaml#"):
        ground.drop(f"inputs/{name}", b"\0\xff")
    ground.drop("inputs/.git/x.yaml", b"\0\xff")

    _built(ground, 0)


@pytest.mark.parametrize(
    "name",
    [
        "{{ 7*7 }}",
        "a\nb",
        "a\tb",
        "\x1b[31mrød",
        "-rf",
        "$(id)",
        "m\u0301\u0308",
        "🏥",
        "x" * 240,
        "a\u202eb",
        "' OR 1=1",
    ],
)
def test_an_input_may_have_any_name(ground: Ground, name: str) -> None:
    (ground.root / BAD).rename(ground.root / "inputs" / f"{name}.yaml")
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == 0, outcome.told
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)


def test_an_input_whose_name_is_no_unicode_is_told(ground: Ground) -> None:
    os.rename(ground.root / BAD, os.fsencode(ground.root / "inputs") + b"/m\xf8te.yaml")
    good = ground.documents()
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == 1
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)
    assert "Navnet på filen kan ikke leses." in outcome.err
    assert ground.documents() == good


def test_a_folder_where_a_document_should_be_is_told(ground: Ground) -> None:
    (ground.output / REMADE).unlink()
    (ground.output / REMADE).mkdir()

    outcome = ground.build()

    assert outcome.code == 1
    assert_sound(outcome)
    assert f"output/{REMADE}: Dokumentet kan ikke skrives" in outcome.err


def test_a_file_where_output_should_be_is_told(ground: Ground) -> None:
    kept = ground.folder / "kept"
    ground.output.rename(kept)
    ground.output.write_text("en fil", "utf-8")

    outcome = ground.build()

    assert outcome.code == 1
    assert_sound(outcome)
    assert "Dokumentet kan ikke skrives" in outcome.err
    assert ground.output.read_text("utf-8") == "en fil"


def test_a_folder_of_output_that_links_out_is_told_and_nothing_is_written_there(ground: Ground) -> None:
    meeting = ground.output / "SSU" / "2026-04-16"
    for file in meeting.iterdir():
        file.unlink()
    meeting.rmdir()
    meeting.symlink_to(ground.outside)
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == 1
    assert_sound(outcome)
    assert "Dokumentet kan ikke skrives" in outcome.err
    assert ground.all_but_output() == before


def test_a_document_that_links_out_is_replaced_and_not_written_through(ground: Ground) -> None:
    data = (ground.output / REMADE).read_bytes()
    (ground.output / REMADE).unlink()
    (ground.output / REMADE).symlink_to(ground.outside / "hemmelig.txt")
    before = ground.all_but_output()

    outcome = ground.build()

    assert_sound(outcome)
    assert ground.all_but_output() == before
    made = [file.read_bytes() for file in (ground.output / REMADE).parent.iterdir() if "protokoll" in file.name]
    assert data in made


def test_a_missing_folder_of_inputs_is_no_trouble(ground: Ground) -> None:
    for file in (ground.root / "inputs").iterdir():
        file.unlink()
    (ground.root / "inputs").rmdir()
    good = ground.documents()

    outcome = ground.build()

    assert outcome.code == 0, outcome.told
    assert ground.documents() == good
