"""Files appear whole or not at all, and what a person wrote is never overwritten."""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.deliver.facts import is_untouched
from docgen.deliver.publish import publish
from tests.deliver.conftest import edit, made, text


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "SSU" / "2026-03-12" / "innkalling.docx"


def names(target: Path) -> list[str]:
    return sorted(file.name for file in target.parent.iterdir())


def test_a_new_document_is_written_in_a_folder_that_is_made(target):
    published = publish(target, made("Ny"))

    assert (published.file, published.state) == (target, "made")
    assert target.read_bytes() == made("Ny")
    assert names(target) == ["innkalling.docx"]


def test_a_document_with_the_same_bytes_is_not_touched(target):
    publish(target, made("Lik"))
    before = target.stat()

    published = publish(target, made("Lik"))

    assert (published.file, published.state) == (target, "unchanged")
    assert (target.stat().st_mtime_ns, target.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_document_of_docgen_that_nobody_has_edited_is_replaced(target):
    publish(target, made("Gammel"))

    published = publish(target, made("Ny"))

    assert published.state == "made"
    assert text(target) == "Ny"
    assert names(target) == ["innkalling.docx"]


def test_an_edited_document_is_kept_and_the_new_one_stands_beside_it(target):
    publish(target, made("Gammel"))
    edited = edit(target, "Min egen setning")

    published = publish(target, made("Ny"))

    assert (published.file.name, published.state) == ("innkalling (ny).docx", "beside")
    assert target.read_bytes() == edited
    assert text(published.file) == "Ny"


def test_the_new_one_beside_is_not_touched_when_nothing_is_new(target):
    publish(target, made("Gammel"))
    edit(target, "Min egen setning")
    beside = publish(target, made("Ny")).file
    before = beside.stat().st_mtime_ns

    published = publish(target, made("Ny"))

    assert (published.file, published.state) == (beside, "beside")
    assert beside.stat().st_mtime_ns == before
    assert names(target) == ["innkalling (ny).docx", "innkalling.docx"]


def test_the_new_one_beside_is_replaced_by_a_newer_one(target):
    publish(target, made("Gammel"))
    edit(target, "Min egen setning")
    publish(target, made("Ny"))

    publish(target, made("Nyere"))

    assert text(target.with_name("innkalling (ny).docx")) == "Nyere"
    assert names(target) == ["innkalling (ny).docx", "innkalling.docx"]


def test_when_both_are_edited_both_are_kept(target):
    publish(target, made("Gammel"))
    first = edit(target, "Min egen setning")
    beside = publish(target, made("Ny")).file
    second = edit(beside, "Også her")

    published = publish(target, made("Nyere"))

    assert published.file.name == "innkalling (ny 2).docx"
    assert (target.read_bytes(), beside.read_bytes()) == (first, second)
    assert text(published.file) == "Nyere"


def test_a_third_edited_one_is_kept_too_and_the_same_bytes_are_found_again(target):
    publish(target, made("1"))
    edit(target, "a")
    for count in ("2", "3"):
        edit(publish(target, made(count)).file, "b")

    published = publish(target, made("4"))

    assert published.file.name == "innkalling (ny 3).docx"
    assert publish(target, made("4")) == published
    assert len(names(target)) == 4


@pytest.mark.parametrize("content", [b"", b"Bare tekst", b"PK\x03\x04 ikke noen zip", made("x")[:-40]])
def test_a_file_that_docgen_did_not_make_is_never_overwritten(target, content):
    target.parent.mkdir(parents=True)
    target.write_bytes(content)

    published = publish(target, made("Ny"))

    assert published.state == "beside"
    assert target.read_bytes() == content


def test_a_document_without_a_fingerprint_is_somebody_s_own(target):
    from docx import Document

    target.parent.mkdir(parents=True)
    Document().save(str(target))

    assert not is_untouched(target.read_bytes())
    assert publish(target, made("Ny")).state == "beside"


def test_only_an_untouched_document_agrees_with_its_fingerprint(target):
    publish(target, made("Ny"))

    assert is_untouched(target.read_bytes())
    assert not is_untouched(edit(target, "Endret"))


def test_saving_in_word_without_a_change_of_text_is_an_edit_too(target):
    """Somebody may have changed a style or a comment: docgen can't tell, so it keeps the file."""
    from docx import Document

    publish(target, made("Ny"))
    document = Document(str(target))
    document.styles["Normal"].font.bold = True
    document.save(str(target))

    assert not is_untouched(target.read_bytes())


FULL, READ_ONLY, DENIED, GONE = errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOENT


def failing(number: int) -> Callable[..., None]:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def at_open(monkeypatch: pytest.MonkeyPatch, fail: Callable[..., None]) -> None:
    opened = Path.open
    monkeypatch.setattr(
        Path, "open", lambda file, mode="r", *rest: fail() if mode == "wb" else opened(file, mode, *rest)
    )


def at_write(monkeypatch: pytest.MonkeyPatch, fail: Callable[..., None]) -> None:
    """It fails after a few bytes."""
    opened = Path.open

    class Full(io.RawIOBase):
        write = staticmethod(fail)

    def half(file: Path, mode: str = "r", *rest: int):
        if mode != "wb":
            return opened(file, mode, *rest)
        with opened(file, mode) as begun:
            begun.write(b"PK")
        return Full()

    monkeypatch.setattr(Path, "open", half)


def at_fsync(monkeypatch: pytest.MonkeyPatch, fail: Callable[..., None]) -> None:
    monkeypatch.setattr(os, "fsync", fail)


def at_check(monkeypatch: pytest.MonkeyPatch, fail: Callable[..., None]) -> None:
    """What is read back is not what was written, or can't be read."""
    read = Path.read_bytes

    def back(file: Path) -> bytes:
        if file.suffix == ".tmp" and fail is not LIES:
            fail()
        return read(file)[: -1 if file.suffix == ".tmp" else None]

    monkeypatch.setattr(Path, "read_bytes", back)


def at_replace(monkeypatch: pytest.MonkeyPatch, fail: Callable[..., None]) -> None:
    monkeypatch.setattr(os, "replace", fail)


LIES = failing(errno.EIO)
STEPS = [at_open, at_write, at_fsync, at_check, at_replace]
FAULTS = [(step, failing(number)) for step in STEPS for number in (FULL, READ_ONLY, DENIED, GONE)] + [(at_check, LIES)]


def no_sleep(_seconds: float) -> None:
    raise AssertionError("what time does not mend is not waited for")


@pytest.mark.parametrize(("step", "fail"), FAULTS)
def test_when_a_step_fails_the_old_document_stays_and_the_next_try_makes_the_new_one(target, monkeypatch, step, fail):
    publish(target, made("Gammel"))
    slept: list[float] = []
    with monkeypatch.context() as broken:
        step(broken, fail)

        with pytest.raises(OSError):  # noqa: PT011 - each fault has an error of its own
            publish(target, made("Ny"), sleep=slept.append)

    assert target.read_bytes() == made("Gammel")
    assert names(target) == ["innkalling.docx"]
    assert publish(target, made("Ny"), sleep=no_sleep).state == "made"
    assert text(target) == "Ny"


@pytest.mark.parametrize(("step", "fail"), FAULTS)
def test_when_a_step_fails_for_a_new_document_there_is_no_file(target, monkeypatch, step, fail):
    target.parent.mkdir(parents=True)
    with monkeypatch.context() as broken:
        step(broken, fail)

        with pytest.raises(OSError):  # noqa: PT011 - each fault has an error of its own
            publish(target, made("Ny"), sleep=lambda _seconds: None)

    assert names(target) == []
    assert publish(target, made("Ny"), sleep=no_sleep).state == "made"


@pytest.mark.parametrize(("step", "fail"), [(step, failing(number)) for step in STEPS for number in (FULL, READ_ONLY)])
def test_a_full_or_read_only_disk_is_not_waited_for(target, monkeypatch, step, fail):
    publish(target, made("Gammel"))
    step(monkeypatch, fail)

    with pytest.raises(OSError, match=r"No space|Read-only"):
        publish(target, made("Ny"), sleep=no_sleep)


def test_a_folder_in_which_one_may_not_write_is_not_waited_for(target, monkeypatch):
    publish(target, made("Gammel"))
    at_open(monkeypatch, failing(DENIED))

    with pytest.raises(PermissionError):
        publish(target, made("Ny"), sleep=no_sleep)


@pytest.mark.parametrize("number", [FULL, READ_ONLY, DENIED])
def test_a_folder_that_can_not_be_made_is_not_waited_for(target, monkeypatch, number):
    with monkeypatch.context() as broken:
        broken.setattr(Path, "mkdir", failing(number))

        with pytest.raises(OSError, match=os.strerror(number)):
            publish(target, made("Ny"), sleep=no_sleep)

    assert publish(target, made("Ny")).state == "made"


def test_a_folder_that_vanishes_and_comes_back_gets_its_document(target):
    publish(target, made("Gammel"))
    shutil.rmtree(target.parent.parent)

    assert publish(target, made("Ny")).state == "made"
    assert names(target) == ["innkalling.docx"]


def test_the_file_is_flushed_before_it_is_put_in_place_and_its_folder_after(target, monkeypatch):
    target.parent.mkdir(parents=True)
    order: list[str] = []
    fsync, replace = os.fsync, os.replace
    kind = {True: "folder", False: "file"}
    monkeypatch.setattr(
        os, "fsync", lambda handle: (order.append(kind[os.path.isdir(f"/proc/self/fd/{handle}")]), fsync(handle))[1]
    )
    monkeypatch.setattr(os, "replace", lambda a, b: (order.append("replace"), replace(a, b))[1])

    publish(target, made("Ny"))

    assert order == ["file", "replace", "folder"]


def test_the_new_document_goes_away_when_the_edited_one_is_deleted(target):
    publish(target, made("Gammel"))
    edit(target, "Min egen setning")
    publish(target, made("Ny"))
    target.unlink()

    publish(target, made("Ny"))

    assert names(target) == ["innkalling.docx"]


def test_a_new_document_that_was_edited_too_stays_when_the_other_is_deleted(target):
    publish(target, made("Gammel"))
    edit(target, "Min egen setning")
    beside = publish(target, made("Ny")).file
    edit(beside, "Min egen setning")
    target.unlink()

    publish(target, made("Ny"))

    assert names(target) == ["innkalling (ny).docx", "innkalling.docx"]


def test_a_document_never_takes_the_name_of_another(tmp_path):
    target, other = tmp_path / "Rutine.docx", tmp_path / "Rutine (ny).docx"
    publish(other, made("En annen retningslinje"))
    publish(target, made("Gammel"), {target, other})
    edit(target, "Min egen setning")

    published = publish(target, made("Ny"), {target, other})

    assert published.file.name == "Rutine (ny 2).docx"
    assert text(other) == "En annen retningslinje"


def test_the_document_of_another_input_is_not_taken_for_an_old_copy(tmp_path):
    target, other = tmp_path / "Rutine.docx", tmp_path / "Rutine (ny).docx"
    publish(other, made("En annen retningslinje"))

    publish(target, made("Ny"), {target, other})

    assert text(other) == "En annen retningslinje"


def test_the_document_of_an_input_that_can_not_be_made_now_is_not_taken_either(tmp_path):
    """Of an input with a fault no document is planned, so its names are not told of."""
    target, other = tmp_path / "Rutine.docx", tmp_path / "Rutine (ny).docx"
    publish(other, made("En annen retningslinje", "inputs/b"))

    publish(target, made("Gammel", "inputs/a"))
    edit(target, "Min egen setning")
    published = publish(target, made("Ny", "inputs/a"))

    assert published.file.name == "Rutine (ny 2).docx"
    assert text(other) == "En annen retningslinje"
