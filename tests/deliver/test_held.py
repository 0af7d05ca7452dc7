"""A document that is open elsewhere is waited for a little; then the new one stands beside it until it is free."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from docgen.deliver.publish import PAUSES, publish, sweep
from docgen.run.build import build
from tests.deliver.conftest import edit, made, text
from tests.run.office import MEETING, Office


class Word:
    """Has the files named `held` open: as on Windows, nobody else can replace or delete them. Counts the tries."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *held: str, times: int = 1_000_000) -> None:
        self.held, self.left, self.tries, self.slept = set(held), times, 0, list[float]()
        replace, unlink = os.replace, Path.unlink

        def replaced(source, target):
            self.refuse(Path(target))
            replace(source, target)

        def unlinked(file, missing_ok=False):
            self.refuse(file)
            unlink(file, missing_ok)

        monkeypatch.setattr(os, "replace", replaced)
        monkeypatch.setattr(Path, "unlink", unlinked)

    def refuse(self, file: Path) -> None:
        if file.name in self.held:
            self.tries += 1
            if self.tries <= self.left:
                raise PermissionError(errno.EACCES, "Permission denied")

    def publish(self, target: Path, data: bytes):
        return publish(target, data, sleep=self.slept.append)


@pytest.fixture
def target(tmp_path) -> Path:
    target = tmp_path / "innkalling.docx"
    publish(target, made("Gammel"))
    return target


@pytest.fixture
def beside(target) -> Path:
    return target.with_name("innkalling (ny).docx")


def names(target: Path) -> list[str]:
    return sorted(file.name for file in target.parent.iterdir())


@pytest.mark.parametrize("times", range(1, len(PAUSES) + 1))
def test_a_document_that_is_let_go_of_within_a_second_is_replaced(target, monkeypatch, times):
    word = Word(monkeypatch, target.name, times=times)

    published = word.publish(target, made("Ny"))

    assert (published.file, published.state) == (target, "made")
    assert text(target) == "Ny"
    assert names(target) == ["innkalling.docx"]
    assert word.slept == list(PAUSES[:times])


def test_the_pauses_grow_and_are_a_second_in_all():
    assert list(PAUSES) == sorted(PAUSES)
    assert sum(PAUSES) == pytest.approx(1)


def test_a_document_that_stays_open_is_kept_and_the_new_one_stands_beside_it(target, beside, monkeypatch):
    word = Word(monkeypatch, target.name)

    published = word.publish(target, made("Ny"))

    assert (published.file, published.state) == (beside, "held")
    assert target.read_bytes() == made("Gammel")
    assert text(beside) == "Ny"
    assert names(target) == ["innkalling (ny).docx", "innkalling.docx"]


def test_the_new_one_beside_is_not_written_again_nor_waited_for_while_nothing_is_new(target, beside, monkeypatch):
    word = Word(monkeypatch, target.name)
    word.publish(target, made("Ny"))
    before, word.slept, word.tries = beside.stat(), [], 0

    published = word.publish(target, made("Ny"))

    assert published.state == "held"
    assert (beside.stat().st_mtime_ns, beside.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert (word.slept, word.tries) == ([], 1)


def test_a_newer_one_takes_the_place_of_the_new_one_beside(target, beside, monkeypatch):
    word = Word(monkeypatch, target.name)
    word.publish(target, made("Ny"))

    word.publish(target, made("Nyere"))

    assert text(beside) == "Nyere"
    assert names(target) == ["innkalling (ny).docx", "innkalling.docx"]


def test_when_the_document_is_closed_the_new_one_takes_its_place(target, monkeypatch):
    word = Word(monkeypatch, target.name)
    word.publish(target, made("Ny"))
    word.held.clear()

    published = word.publish(target, made("Ny"))

    assert (published.file, published.state) == (target, "made")
    assert text(target) == "Ny"
    assert names(target) == ["innkalling.docx"]


def test_a_person_s_changes_saved_meanwhile_are_kept(target, beside, monkeypatch):
    word = Word(monkeypatch, target.name)
    word.publish(target, made("Ny"))
    word.held.clear()
    edited = edit(target, "Min egen setning")

    published = word.publish(target, made("Ny"))

    assert (published.file, published.state) == (beside, "beside")
    assert target.read_bytes() == edited


def test_an_open_document_that_is_as_it_should_be_is_unchanged(target, monkeypatch):
    word = Word(monkeypatch, target.name)

    assert word.publish(target, made("Gammel")).state == "unchanged"
    assert (word.tries, word.slept) == (0, [])


def test_a_document_that_nobody_else_can_read_is_held_too(target, beside, monkeypatch):
    read = Path.read_bytes

    def locked(file: Path) -> bytes:
        if file == target:
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(file)

    monkeypatch.setattr(Path, "read_bytes", locked)

    assert publish(target, made("Ny"), sleep=lambda _seconds: None).state == "held"
    assert text(beside) == "Ny"


def test_when_the_new_one_beside_is_open_too_it_fails_and_both_are_kept(target, beside, monkeypatch):
    word = Word(monkeypatch, target.name)
    word.publish(target, made("Ny"))
    word.held.add(beside.name)

    with pytest.raises(PermissionError):
        word.publish(target, made("Nyere"))

    assert (target.read_bytes(), beside.read_bytes()) == (made("Gammel"), made("Ny"))
    assert names(target) == ["innkalling (ny).docx", "innkalling.docx"]


def test_an_old_new_one_that_is_open_is_left_and_goes_the_next_time(target, beside, monkeypatch):
    word = Word(monkeypatch, target.name)
    word.publish(target, made("Ny"))
    word.held = {beside.name}

    assert word.publish(target, made("Ny")).state == "made"
    assert beside.exists()

    word.held.clear()
    assert word.publish(target, made("Ny")).state == "unchanged"
    assert not beside.exists()


def test_all_that_stood_beside_goes_but_not_what_was_edited(target, beside, monkeypatch):
    word = Word(monkeypatch, target.name)
    word.publish(target, made("Ny"))
    edited = edit(beside, "Min egen setning")
    word.publish(target, made("Nyere"))
    assert names(target) == ["innkalling (ny 2).docx", "innkalling (ny).docx", "innkalling.docx"]
    word.held.clear()

    word.publish(target, made("Nyere"))

    assert names(target) == ["innkalling (ny).docx", "innkalling.docx"]
    assert beside.read_bytes() == edited


NOTICE = "SSU/2026-03-12/2026-03-12 SSU innkalling.docx"


@pytest.fixture
def office(tmp_path, monkeypatch) -> Office:
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    monkeypatch.setattr("docgen.deliver.publish.time.sleep", lambda _seconds: None)
    office = Office(tmp_path / "arbeidsrom")
    office.built("m.yaml", MEETING)
    return office


def test_a_build_tells_where_the_new_document_is_and_swaps_it_when_the_old_one_is_closed(office, monkeypatch):
    before = office.content()[NOTICE]
    word = Word(monkeypatch, NOTICE.rpartition("/")[2])
    office.drop("m.yaml", MEETING.replace("Rådhuset", "Kirken"))

    report = build(office.workspace)

    assert office.content()[NOTICE] == before
    assert "Kirken" in office.text("innkalling (ny)")
    assert report.is_whole
    assert [str(problem) for problem in report.problems] == [
        f"output/{NOTICE}: Merk: Dokumentet kan ikke byttes ut nå. Det er åpent i et annet program, eller det er ikke "
        "lov til å endre det. Det nye heter «2026-03-12 SSU innkalling (ny).docx», og tar plassen når dokumentet er "
        "lukket."
    ]
    assert report.count("held") == 1

    word.held.clear()
    report = build(office.workspace)

    assert report.problems == []
    assert "Kirken" in office.text("SSU innkalling")
    assert not [name for name in office.names() if "(ny)" in name]


def left(folder: Path, name: str) -> Path:
    file = folder / name
    file.write_bytes(b"PK")
    return file


def test_what_a_killed_build_left_unfinished_is_removed(tmp_path):
    files = [
        left(tmp_path, ".innkalling.docx.4711.tmp"),
        left(tmp_path, ".innkalling.pdf.4712.tmp"),
        left(tmp_path, ".møte.yaml.FEIL.txt.1.tmp"),
        left(tmp_path, ".Status.html.99.tmp"),
    ]

    assert sweep(files) == 4
    assert names(files[0]) == []


@pytest.mark.parametrize(
    "name",
    [
        "innkalling.docx.4711.tmp",
        ".innkalling.docx.tmp",
        ".innkalling.docx.x1.tmp",
        ".docx.1.tmp",
        ".notat.md.4711.tmp",
        ".innkalling.docx.4711.tmp.docx",
        "~WRL0001.tmp",
    ],
)
def test_what_others_left_is_left(tmp_path, name):
    file = left(tmp_path, name)

    assert sweep([file]) == 0
    assert file.exists()


def test_a_link_or_a_folder_of_such_a_name_is_left(tmp_path):
    kept = left(tmp_path, "kept.docx")
    link, folder = tmp_path / ".a.docx.1.tmp", tmp_path / ".b.docx.1.tmp"
    link.symlink_to(kept)
    folder.mkdir()

    assert sweep([link, folder, tmp_path / ".gone.docx.1.tmp"]) == 0
    assert (kept.exists(), link.is_symlink(), folder.is_dir()) == (True, True, True)


def test_what_can_not_be_removed_now_is_left_to_the_next_time(tmp_path, monkeypatch):
    first, second = left(tmp_path, ".a.docx.1.tmp"), left(tmp_path, ".b.docx.1.tmp")
    Word(monkeypatch, first.name)

    assert sweep([first, second]) == 1
    assert names(first) == [first.name]
