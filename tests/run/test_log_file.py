"""The log in the workspace: a line an event, never large, never in the way, and with nobody's words in it."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.run import log_file
from docgen.run.log_file import LOG, log_to_file

log = logging.getLogger("docgen.watch.loop")


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    docgen = logging.getLogger("docgen")
    before, level = list(docgen.handlers), docgen.level
    yield
    for handler in docgen.handlers[:]:
        if handler not in before:
            docgen.removeHandler(handler)
            handler.close()
    docgen.setLevel(level)


def lines(root: Path) -> list[str]:
    return (root / LOG).read_text("utf-8").splitlines()


def test_each_event_is_a_line_with_time_and_zone_and_part(tmp_path):
    log_to_file(tmp_path)

    log.info("%s is settled", "inputs/møte.yaml")
    log.warning("no events")

    first, second = lines(tmp_path)
    time = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}"
    assert re.fullmatch(rf"{time} INFO watch inputs/møte\.yaml is settled", first)
    assert re.fullmatch(rf"{time} WARNING watch no events", second)


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\u2028", "\x85", "\x1b[31m", "\x00"])
def test_a_file_name_can_not_make_a_line_of_its_own(tmp_path, mark):
    log_to_file(tmp_path)

    log.info("%s is settled", f"a{mark}2026-11-22T09:12:03+01:00 ERROR watch løgn.yaml")

    (line,) = lines(tmp_path)
    assert mark[:1] not in line


def test_a_name_that_is_no_text_is_written_all_the_same(tmp_path, monkeypatch):
    # What pytest takes in of the log is sent to another process, which such a name does not survive.
    monkeypatch.setattr(logging.getLogger("docgen"), "propagate", False)
    log_to_file(tmp_path)

    log.info("%s is settled", "a\udcff.yaml")

    assert lines(tmp_path)[0].endswith(r"a\udcff.yaml is settled")


def test_details_that_only_a_programmer_wants_are_left_out(tmp_path):
    log_to_file(tmp_path)

    log.debug("looked")
    log.info("stopped")

    assert [line.rpartition(" ")[2] for line in lines(tmp_path)] == ["stopped"]


def test_an_error_is_told_by_where_it_happened_and_not_by_its_words(tmp_path):
    log_to_file(tmp_path)

    try:
        try:
            int("Kari Nes, diagnose")
        except ValueError as error:
            raise KeyError("Ola Vik") from error
    except KeyError:
        log.exception("fault in the watch")

    (line,) = lines(tmp_path)
    assert re.search(rf"ERROR watch fault in the watch\\nKeyError at {__name__}:\d+ after ValueError at ", line)
    assert "Kari" not in line
    assert "Ola" not in line


def test_the_log_is_kept_small_and_the_newest_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(log_file, "_LARGEST", 1000)
    log_to_file(tmp_path)

    for at in range(200):
        log.info("event %d", at)

    files = sorted((tmp_path / LOG).parent.iterdir())
    assert [file.name for file in files] == ["docgen.log", *(f"docgen.log.{at}" for at in range(1, 6))]
    assert all(file.stat().st_size <= 1000 for file in files)
    assert lines(tmp_path)[-1].endswith("event 199")


def test_a_log_that_somebody_reads_on_windows_grows_on(tmp_path, monkeypatch):
    monkeypatch.setattr(log_file, "_LARGEST", 1000)
    log_to_file(tmp_path)

    def refused(*_names: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.rename", refused)

    for at in range(100):
        log.info("event %d", at)

    assert [line.rpartition(" ")[2] for line in lines(tmp_path)] == [str(at) for at in range(100)]


def test_where_no_log_can_be_written_nothing_is_stopped_or_said(tmp_path, capfd):
    (tmp_path / ".docgen").write_bytes(b"")
    log_to_file(tmp_path)

    log.info("stopped")

    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
def test_a_full_disk_stops_nothing_and_the_log_goes_on_when_there_is_room(tmp_path, capfd):
    file = tmp_path / LOG
    file.parent.mkdir(parents=True)
    file.symlink_to("/dev/full")
    log_to_file(tmp_path)

    log.info("lost")
    log_to_file(tmp_path)
    file.unlink()
    log.info("kept")

    assert capfd.readouterr() == ("", "")
    assert [line.rpartition(" ")[2] for line in lines(tmp_path)] == ["kept"]


def test_a_workspace_that_was_away_gets_its_log_when_it_is_back(tmp_path):
    away = tmp_path / "w"
    away.write_bytes(b"a share that is not there")
    log_to_file(away)
    log.info("lost")
    away.unlink()
    away.mkdir()

    log.info("back")

    assert [line.rpartition(" ")[2] for line in lines(away)] == ["back"]
    shutil.rmtree(away)


def test_the_log_makes_no_workspace_where_one_is_away(tmp_path):
    log_to_file(tmp_path / "mnt" / "w")

    log.info("lost")

    assert list(tmp_path.iterdir()) == []


def test_each_event_is_written_once_and_in_the_workspace_that_was_named_last(tmp_path):
    one, other = tmp_path / "a", tmp_path / "b"
    one.mkdir()
    other.mkdir()
    log_to_file(one)
    log_to_file(one)
    log.info("first")
    log_to_file(other)

    log.info("second")

    assert [line.rpartition(" ")[2] for line in lines(one)] == ["first"]
    assert [line.rpartition(" ")[2] for line in lines(other)] == ["second"]


def test_a_fault_in_docgen_s_own_logging_is_told(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(logging.getLogger("docgen"), "propagate", False)  # pytest has a handler above it
    log_to_file(tmp_path)

    log.info("%d documents", "mange")

    assert "TypeError" in capfd.readouterr().err
