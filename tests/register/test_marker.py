"""A workspace knows which register is its own, and never begins anew at 1 because the register is lost."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import pytest

from docgen import disk
from docgen.register import RegisterError, create_or_open, opened, opened_to_read
from tests.register.filling import filled, names, noon


@pytest.fixture
def marker(tmp_path):
    return tmp_path / "arbeidsområde" / ".docgen" / "register.id"


def test_the_first_opening_makes_the_register_and_its_marker(file, marker):
    with opened(file, marker, noon) as register:
        text = marker.read_text("utf-8")

        assert f"\nid: {register.id}\n" in text
        assert f"\nfil: {file}\n" in text
        assert f"\nmaskin: {platform.node()}\n" in text
        assert "\nskrevet: 2024-09-26T12:00:00Z\n" in text
        assert "La den ligge: Uten den ville docgen ikke merke at registeret er borte" in text
    assert names(marker.parent) == ["register.id"]


def test_the_next_opening_finds_the_same_register(file, marker):
    with opened(file, marker) as register:
        first, before = register.id, marker.read_bytes()

    with opened(file, marker) as register, opened_to_read(file, marker) as reader:
        assert register.id == reader.id == first

    assert marker.read_bytes() == before


def test_a_crash_between_register_and_marker_heals(file, marker):
    filled(file, 3).close()

    with opened(file, marker) as register:
        assert register.head.row == 4
        assert register.id in marker.read_text("utf-8")


@pytest.mark.parametrize("open_it", [opened, opened_to_read])
@pytest.mark.parametrize("left", [None, b""])
def test_a_register_that_is_gone_is_not_begun_anew(file, marker, open_it, left):
    opened(file, marker).close()
    file.unlink()
    if left is not None:
        file.write_bytes(left)

    with pytest.raises(RegisterError) as caught:
        open_it(file, marker)

    (problem,) = caught.value.problems
    assert problem.what == f"Registeret til dette arbeidsområdet er borte. Det ble laget på maskinen {platform.node()}."
    assert "docgen restore" in problem.fix
    assert "docgen rebuild-register" in problem.fix
    assert (file.read_bytes() if file.exists() else None) == left


@pytest.mark.parametrize("open_it", [opened, opened_to_read])
def test_the_register_of_another_workspace_is_refused(file, marker, tmp_path, open_it):
    opened(file, marker).close()
    other = tmp_path / "other" / "register.db"
    filled(other, 3).close()
    before = other.read_bytes()

    with pytest.raises(RegisterError, match="Dette er registeret til et annet arbeidsområde"):
        open_it(other, marker)

    assert other.read_bytes() == before


@pytest.mark.parametrize("open_it", [opened, opened_to_read])
def test_a_marker_that_tells_nothing_is_refused(file, marker, open_it):
    opened(file, marker).close()
    marker.write_bytes(b"\xff\x00id:\n")

    with pytest.raises(RegisterError, match="Filen skulle si hvilket register som hører til") as caught:
        open_it(file, marker)

    assert caught.value.problems[0].where.file == str(marker)


@pytest.mark.parametrize("open_it", [opened, opened_to_read])
def test_a_refused_register_is_let_go_of(file, marker, open_it):
    opened(file, marker).close()
    marker.write_text("id: " + "0" * 32)

    with pytest.raises(RegisterError):
        open_it(file, marker)

    assert names(file.parent) == ["register.db"]


def test_reading_makes_no_marker(file, marker):
    assert opened_to_read(file, marker) is None
    create_or_open(file).close()

    with opened_to_read(file, marker) as register:
        assert register.head.row == 1

    assert not marker.exists()


def test_the_marker_is_flushed_to_the_disk_with_its_folder(file, marker, monkeypatch):
    if not Path("/proc/self/fd").exists():
        pytest.skip("which file a handle is of can't be asked here")
    opened(file, marker).close()
    marker.unlink()
    done = []

    def fsync(handle, real=os.fsync):
        done.append(os.readlink(f"/proc/self/fd/{handle}"))
        real(handle)

    def replace(one, other, real=os.replace):
        done.append("replace")
        real(one, other)

    monkeypatch.setattr(disk.os, "fsync", fsync)
    monkeypatch.setattr(disk.os, "replace", replace)

    opened(file, marker).close()

    content, moved, folder = done[-3:]
    assert Path(content).parent == marker.parent
    assert (moved, folder) == ("replace", str(marker.parent))
