"""A watched workspace whose disk fails: the last good documents stay, it is told, and all is made when it is mended."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.deliver import publish
from docgen.run.build import Builder
from docgen.run.report import Report
from docgen.watch import loop, pace
from tests.run.office import MEETING, Office
from tests.storm.faulty import BROKEN, DENIED, FULL, GONE, READ_ONLY, STEPS, Disk, Step, at_folder
from tests.watch.live import POLLING, soon, watched

TOLD = {
    FULL: "disken er full",
    READ_ONLY: "disken er skrivebeskyttet",
    DENIED: "ingen tilgang, eller åpen i et annet program",
    GONE: "den finnes ikke",
    BROKEN: "disken melder om feil",
}

DRAFT = MEETING.replace("innkalt", "utkast")
CHANGED = {False: DRAFT.replace("Rådhuset", "Kirken"), True: MEETING.replace("Rådhuset", "Kirken")}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="which file a handle is of is asked of /proc")


class Watched(Office):
    """An office whose watcher is running, in a hurry."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.reports: list[Report] = []
        self.said: list[str] = []
        self.notice = "innkalling (utkast)"

    def documents(self) -> dict[str, bytes]:
        return {name: (self.output / name).read_bytes() for name in self.names() if name.endswith(".docx")}

    def page(self) -> str:
        return (self.output / "Status.html").read_text("utf-8")

    def tells(self, words: str) -> bool:
        """Whether the watcher has said so: of a build that was made, or of one that could not be."""
        told = [str(problem) for report in self.reports for problem in report.problems]
        return any(words in text for text in [*told, *self.said])

    def is_right(self) -> bool:
        report = self.reports[-1]
        is_there = any(name.endswith(f"{self.notice}.docx") for name in self.names())
        return report.is_whole and not report.held and is_there and "Kirken" in self.text(self.notice)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    monkeypatch.setattr(publish, "PAUSES", (0.01,))
    monkeypatch.setattr(pace, "_TRIES", (0.1,))
    monkeypatch.setattr(loop, "rest", lambda _faults: 0.1)
    office = Watched(tmp_path / "arbeidsrom")
    office.drop("møte.yaml", DRAFT)
    with watched(Builder(office.workspace, watching=True), office, POLLING):
        assert soon(lambda: office.reports and office.reports[-1].is_whole and office.names())
        yield office


def is_mended(office: Watched, before: dict[str, bytes]) -> None:
    """All is made with nobody touching anything, the page says so, and nothing is left of what failed."""
    assert soon(office.is_right)
    assert before.keys() <= office.documents().keys()
    assert soon(lambda: not [name for name in office.names() if name.endswith(".tmp") or "(ny)" in name])
    assert soon(lambda: all(text not in office.page() for text in TOLD.values()))


@pytest.mark.parametrize("number", TOLD)
@pytest.mark.parametrize("step", STEPS)
def test_documents_that_can_not_be_written_are_told_of_and_made_when_they_can(office, monkeypatch, step: Step, number):
    """Only the folder of the meeting fails, so the page can tell."""
    before = office.documents()
    disk = Disk(monkeypatch, step, number, lambda file: "output/SSU/" not in file)

    with disk.fails():
        office.drop("møte.yaml", CHANGED[False])
        assert soon(lambda: disk.count > 2 or (disk.count and step is at_folder))
        assert soon(lambda: office.tells(TOLD[number]) or "(ny)" in "".join(office.names()))
        kept = {name: office.documents()[name] for name in before}
        # When the folder can't be flushed the new document is in its place already: it is only not known to stay.
        assert kept == before or step is at_folder
        # Then the next try finds it there, and all is right.
        assert soon(lambda: TOLD[number] in office.page() or "(ny)" in office.page() or step is at_folder)

    is_mended(office, before)


@pytest.mark.parametrize("called", [False, True], ids=["draft", "called"])
@pytest.mark.parametrize("number", TOLD)
@pytest.mark.parametrize("step", STEPS)
def test_a_workspace_that_can_not_be_written_in_at_all_goes_on_by_itself(
    office, monkeypatch, step: Step, number, called
):
    """The page, the cache, the answers and the log fail with the documents."""
    before = office.documents()
    root = str(office.root)
    inputs = str(office.root / "inputs/møte.yaml")
    office.notice = "innkalling" if called else office.notice
    disk = Disk(monkeypatch, step, number, lambda file: not file.startswith(root) or file == inputs)

    with disk.fails():
        office.drop("møte.yaml", CHANGED[called])
        assert soon(lambda: disk.count > 2 or (disk.count and step is at_folder))
        assert soon(lambda: office.tells(TOLD[number]) or "(ny)" in "".join(office.names()))
        assert step is at_folder or {name: office.documents()[name] for name in before} == before

    is_mended(office, before)
    assert not called or soon(lambda: "01/26" in office.text("innkalling"))


def test_a_workspace_that_goes_in_the_middle_of_a_build_is_not_made_anew_in_its_place(office: Watched, monkeypatch):
    """Else the share could not come back, or the documents would lie hidden below it."""
    before, away = office.documents(), office.root.with_name("borte")
    write, root = publish.write_whole, office.root

    def going(target: Path, data: bytes, *within: Path) -> None:
        if "innkalling" in target.name and root.exists():
            root.rename(away)
        write(target, data, *within)

    monkeypatch.setattr(publish, "write_whole", going)
    office.drop("møte.yaml", CHANGED[False])
    assert soon(away.exists)
    assert soon(lambda: office.said)
    monkeypatch.setattr(publish, "write_whole", write)
    assert not root.exists()

    away.rename(root)

    is_mended(office, before)


def test_an_empty_folder_in_the_place_of_the_workspace_is_left_empty(office: Watched):
    """As the place where a share was mounted."""
    before, away = office.documents(), office.root.with_name("borte")
    office.root.rename(away)
    office.root.mkdir()
    assert soon(lambda: office.said)
    looked = len(office.reports)
    assert not soon_enough(lambda: list(office.root.iterdir()) or len(office.reports) > looked)

    office.root.rmdir()
    away.rename(office.root)
    office.drop("møte.yaml", CHANGED[False])

    is_mended(office, before)


def soon_enough(happened: Callable[[], object]) -> bool:
    """Whether it happens within the time that many looks take."""
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        if happened():
            return True
        time.sleep(0.02)
    return False
