"""Each rule that keeps numbers and documents safe is broken once, and the tests of this folder must notice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from docgen.deliver import publish
from docgen.model.record import Record
from docgen.register import connect, opened
from docgen.run.seen import Seen
from tests.crash import broken
from tests.crash.disk import Loss
from tests.crash.dying import Scene
from tests.crash.killing import needs_fork
from tests.crash.power_cuts import trace, wrong_after_power_cuts
from tests.crash.secretariat import Secretariat
from tests.crash.syscalls import needs_strace
from tests.crash.truths import Known, faults, heal, idle

END = -1
"""No step has this number: the power goes when the build is done."""


@pytest.fixture
def office(quick_folder) -> Secretariat:
    """A secretariat before its first build, in which everything is new: register, folders, documents."""
    made = Secretariat(quick_folder / "w")
    made.advance()
    return made


def after_a_build(scene: Scene) -> Iterator[str]:
    copy = scene.copy()
    ending = scene.played(copy, lambda _step: None)
    yield from [*ending.told, *faults(copy, ending.known)]


def after_kills(scene: Scene) -> Iterator[str]:
    """Give what is wrong after a kill in the middle of a write, or before a transaction or the end of one."""
    for step in scene.steps():
        if step.what in ("write", "BEGIN IMMEDIATE", "COMMIT"):
            copy = scene.copy()
            yield from faults(copy, scene.is_killed(copy, step).known)


def after_names_are_lost(scene: Scene) -> Iterator[str]:
    yield from _after_power_cuts(scene, "all", ("mkdir", "open"))


def after_data_is_lost(scene: Scene) -> Iterator[str]:
    yield from _after_power_cuts(scene, "data", ("fsync",))


def _after_power_cuts(scene: Scene, loss: Loss, whats: tuple[str, ...]) -> Iterator[str]:
    for number in (*(step.number for step in scene.steps() if step.what in whats), END):
        copy = scene.copy()
        yield from faults(copy, scene.loses_power(copy, number, loss).known)


def after_lies(scene: Scene) -> Iterator[str]:
    for step in scene.steps():
        if step.what == "write" and step.file.startswith("output/"):
            copy = scene.copy()
            yield from faults(copy, scene.is_lied_to(copy, step).known)


@needs_fork
@pytest.mark.parametrize(
    ("rule", "look", "notice"),
    [
        (broken.document_not_flushed, after_data_is_lost, "is not whole"),
        (broken.name_not_flushed, after_names_are_lost, "is not as it was said to be published"),
        (broken.new_folder_not_flushed, after_names_are_lost, "is not as it was said to be published"),
        (broken.marker_not_flushed, after_data_is_lost, "no marker tells"),
        (broken.marker_name_not_flushed, after_names_are_lost, "no marker tells"),
        (broken.register_folder_not_flushed, after_names_are_lost, "no marker tells"),
        (broken.no_marker, after_kills, "no marker tells"),
        (broken.written_in_place, after_kills, "is not whole"),
        (broken.never_committed, after_a_build, "rad 2 i loggen mangler"),
        (broken.published_before_frozen, after_kills, "an approved content that is not in the register"),
        (broken.numbers_fixed_last, after_kills, "the case number"),
        (broken.not_read_back, after_lies, "is not whole"),
    ],
)
def test_a_broken_rule_is_noticed(office, rule, look, notice):
    scene = Scene(office, Known(), rule)

    assert any(notice in fault for fault in look(scene))


@needs_strace
@pytest.mark.parametrize(
    "rule", [broken.synchronous_normal, broken.synchronous_off, broken.register_folder_not_flushed]
)
def test_a_database_that_is_not_flushed_is_noticed(quick_folder, rule):
    found = trace(quick_folder, 0, rule.__name__)

    wrong, _cuts = wrong_after_power_cuts(found)

    assert any("is gone" in fault or "not in the register" in fault for faulty in wrong.values() for fault in faulty)


def settings(office: Secretariat) -> tuple[int, str]:
    with opened(office.register, office.workspace.marker) as register:
        asked = (register._reading.connection.execute(f"PRAGMA {name}") for name in ("synchronous", "journal_mode"))
        synchronous, journal = (cursor.fetchone()[0] for cursor in asked)
    return synchronous, journal


FULL = 2


def test_the_register_is_written_as_safely_as_sqlite_can(office):
    assert settings(office) == (FULL, "wal")


def test_a_weaker_setting_is_noticed(office, monkeypatch):
    monkeypatch.setattr(connect, "PRAGMAS", connect.PRAGMAS)  # put back afterwards

    broken.synchronous_normal()

    assert settings(office) != (FULL, "wal")


def test_a_build_that_writes_what_is_as_it_was_is_noticed(office, monkeypatch):
    assert heal(office, Known()) == []
    monkeypatch.setattr(Seen, "is_as_made", lambda *_asked: False)
    monkeypatch.setattr(publish, "_put", publish._put)  # put back afterwards
    broken.rewritten(publish, "_put", "if old != data:", "if True:")

    assert "output/mandater/Mandat SSU.docx was written" in idle(office)


def test_a_number_that_is_passed_over_is_noticed(office, monkeypatch):
    highest = Record.highest
    monkeypatch.setattr(Record, "highest", lambda *asked: highest(*asked) + 1)

    assert any("a number is passed over" in fault for fault in heal(office, Known()))
