"""`docgen watch` on a disk that is full, read-only or taken away for real: all is made when it is mended, unaided.

Only root may mount, so elsewhere some of these are passed over; test_disk_faults.py goes through the same in one
process.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.run.office import MEETING, Office
from tests.storm.keeper import Keeper, kept, soon

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts and limits as on Linux")

NOTICE = "output/SSU/2026-03-12/2026-03-12 SSU innkalling.docx"


def mounted(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "arbeidsrom")


@pytest.fixture
def small_disk(office: Office) -> Iterator[Path]:
    """output/ on a disk of its own, with room for a megabyte."""
    office.output.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(office.output)):
        pytest.skip("only root may mount")
    yield office.output
    subprocess.run(["umount", "-l", office.output], check=True)


class Desk:
    """A called meeting whose documents are made and kept, and which is then moved to another place."""

    def __init__(self, office: Office, keeper: Keeper) -> None:
        self.office, self.keeper = office, keeper
        office.drop("møte.yaml", MEETING)
        assert soon(lambda: (office.root / NOTICE).exists() and NOTICE in keeper.told)
        self.before = self.documents()

    def moves(self) -> None:
        self.office.drop("møte.yaml", MEETING.replace("Rådhuset", "Kirken"))

    def documents(self) -> dict[str, bytes]:
        return {name: data for name, data in self.office.content().items() if name.endswith(".docx")}

    def is_kept(self, told: str) -> None:
        assert soon(lambda: told in self.keeper.told), self.keeper.told
        assert self.documents() == self.before

    def is_mended(self) -> None:
        assert soon(lambda: self.keeper.made[NOTICE] == 2), self.keeper.told
        assert "Kirken" in self.office.text("innkalling")
        assert self.documents().keys() == self.before.keys()
        assert not [name for name in self.office.names() if name.endswith(".tmp")]
        assert "Traceback" not in self.keeper.told


def test_a_full_disk_keeps_the_last_good_documents_and_is_made_up_for_when_there_is_room(office, small_disk: Path):
    with kept(office.root) as keeper:
        desk = Desk(office, keeper)
        ballast = small_disk / "film.mp4"
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        desk.moves()
        desk.is_kept("disken er full")

        ballast.unlink()

        desk.is_mended()


def test_a_disk_that_becomes_read_only_is_told_of_and_written_when_it_can_be(office, small_disk: Path):
    with kept(office.root) as keeper:
        desk = Desk(office, keeper)
        assert mounted("-o", "remount,ro", str(small_disk))
        desk.moves()
        desk.is_kept("disken er skrivebeskyttet")

        assert mounted("-o", "remount,rw", str(small_disk))

        desk.is_mended()


def test_a_share_that_is_unmounted_leaves_its_place_empty_and_is_worked_in_when_it_is_back(tmp_path: Path):
    share = Office(tmp_path / "tjener")
    here = tmp_path / "arbeidsrom"
    here.mkdir()
    if not mounted("--bind", str(share.root), str(here)):
        pytest.skip("only root may mount")
    try:
        with kept(here, "--poll", "--interval", "0.5") as keeper:
            desk = Desk(share, keeper)
            subprocess.run(["umount", "-l", here], check=True)
            assert soon(lambda: "er borte eller tom" in keeper.told)
            desk.moves()
            assert list(here.iterdir()) == []

            assert mounted("--bind", str(share.root), str(here))

            desk.is_mended()
    finally:
        subprocess.run(["umount", "-l", here], check=False)


def test_a_watcher_that_may_write_no_file_any_more_goes_on_when_it_may(office: Office):
    """Every write fails, also those of the register, the log and its own words."""
    with kept(office.root) as keeper:
        desk = Desk(office, keeper)
        limits = resource.prlimit(keeper.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(keeper.pid, resource.RLIMIT_FSIZE, (0, limits[1]))
        desk.moves()
        assert not soon(lambda: desk.documents() != desk.before, within=6)
        assert keeper.is_alive

        resource.prlimit(keeper.pid, resource.RLIMIT_FSIZE, limits)

        desk.is_mended()


def test_a_watcher_that_can_print_nothing_makes_the_documents_all_the_same(office: Office):
    with open("/dev/full", "wb") as nowhere:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "docgen", "watch", "--workspace", str(office.root)],
            cwd=Path(__file__).parents[2],
            stdout=nowhere,
            stderr=subprocess.PIPE,
        )
    try:
        assert soon(lambda: (office.output / "Status.html").exists() or keeper.poll() is not None)
        office.drop("møte.yaml", MEETING)
        assert soon(lambda: (office.root / NOTICE).exists() or keeper.poll() is not None)
        keeper.terminate()
        _told, wrong = keeper.communicate(timeout=30)
    finally:
        keeper.kill()

    assert (keeper.returncode, wrong) == (0, b"")
    assert (office.root / NOTICE).exists()
    assert os.path.getsize(office.root / NOTICE) > 0
