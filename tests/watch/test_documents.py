"""The watch with the real builder: what people do with files ends in the right documents."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from docgen.deliver import publish
from docgen.disk import HeldError
from docgen.run.build import Builder
from docgen.run.report import Report
from docgen.watch import pace, watcher
from tests.run.office import MEETING, Office
from tests.watch.live import EVENTS, POLLING, soon, watched, word_saves

NOTICE = "output/SSU/2026-03-12/2026-03-12 SSU innkalling.docx"


class Secretariat(Office):
    """An office whose watcher is running."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        (root / "inputs").mkdir()
        self.reports: list[Report] = []
        self.said: list[str] = []

    @property
    def made(self) -> Counter[str]:
        """How often each document was made."""
        return Counter(one.file for report in self.reports for one in report.documents if one.state == "made")

    def states(self) -> dict[str, str]:
        return {one.file: one.state for one in self.reports[-1].documents}

    def notice(self) -> str:
        return self.text("innkalling")


@pytest.fixture(params=[EVENTS, POLLING], ids=["events", "polling"])
def office(request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    monkeypatch.setattr(watcher, "RESCAN", 1.0)
    office = Secretariat(tmp_path / "arbeidsrom")
    with watched(Builder(office.workspace, watching=True), office, request.param):
        assert soon(lambda: office.reports)
        yield office


def test_many_meetings_dropped_together_are_each_made_once(office: Secretariat):
    dates = [f"2026-{month:02}-{day:02}" for month in range(1, 4) for day in range(1, 21)]
    for date in dates:
        office.drop(f"{date}.yaml", MEETING.replace("2026-03-12", date))

    assert soon(lambda: sum("innkalling" in name for name in office.made) == len(dates))
    assert soon(lambda: office.reports[-1].held == {})
    assert set(office.made.values()) == {1}
    assert office.reports[-1].refused == []


def test_a_meeting_that_word_or_excel_saves_is_made_anew(office: Secretariat):
    file = office.drop("møte.yaml", MEETING)
    assert soon(lambda: NOTICE in office.made)

    for place in ("Teams", "Biblioteket"):
        file.write_text(file.read_text("utf-8"), "utf-8")
        (file.with_name("ny~")).write_text(MEETING.replace("Rådhuset", place), "utf-8")
        word_saves(file, (file.with_name("ny~")).read_text("utf-8"))
        assert soon(lambda place=place: place in office.notice())

    assert all(not report.refused for report in office.reports)
    assert not list(file.parent.glob("*.FEIL.txt"))


def test_a_touch_makes_nothing(office: Secretariat):
    file = office.drop("møte.yaml", MEETING)
    assert soon(lambda: NOTICE in office.made)

    os.utime(file)
    office.drop("annet.yaml", MEETING.replace("2026-03-12", "2026-04-12"))
    assert soon(lambda: any("2026-04-12" in name for name in office.made))

    assert set(office.made.values()) == {1}


def test_documents_stay_while_the_inputs_are_away(office: Secretariat):
    file = office.drop("møte.yaml", MEETING)
    assert soon(lambda: NOTICE in office.made)
    inputs = office.root / "inputs"
    inputs.rename(office.root / "borte")
    assert soon(lambda: office.said)
    (office.root / "borte").rename(inputs)
    assert soon(lambda: office.said[-1] == "inputs er tilbake.")
    file.write_text(MEETING.replace("Rådhuset", "Teams"), "utf-8")

    assert soon(lambda: "Teams" in office.notice())

    assert len(office.said) == 2


def test_a_conflict_copy_is_asked_about_and_the_original_goes_on(office: Secretariat):
    office.drop("møte.yaml", MEETING)
    assert soon(lambda: NOTICE in office.made)
    copy = "møte (Karis conflicted copy 2026-01-02).yaml"
    office.drop(copy, MEETING.replace("Rådhuset", "Kopien"))
    assert soon(lambda: office.reports[-1].held == {f"inputs/{copy}": "asked"})

    office.drop("møte.yaml", MEETING.replace("Rådhuset", "Teams"))

    assert soon(lambda: "Teams" in office.notice())
    assert "Dette ser ut som en kopi av «møte.yaml»" in "\n".join(office.problems(office.reports[-1]))


def test_a_document_that_word_has_open_takes_its_place_when_it_is_closed(office: Secretariat, monkeypatch):
    monkeypatch.setattr(pace, "_TRIES", (0.2,))
    file = office.drop("møte.yaml", MEETING)
    assert soon(lambda: NOTICE in office.made)
    write, is_open = publish.write_whole, [True]

    def held(target: Path, data: bytes, *within: Path) -> None:
        if is_open[0] and target.name == Path(NOTICE).name:
            raise HeldError(13, "åpen i Word", str(target))
        write(target, data, *within)

    monkeypatch.setattr(publish, "write_whole", held)
    file.write_text(MEETING.replace("Rådhuset", "Teams"), "utf-8")
    beside = (office.root / NOTICE).with_name("2026-03-12 SSU innkalling (ny).docx")
    assert soon(beside.exists)
    assert "Rådhuset" in office.text("SSU innkalling")

    is_open[0] = False

    assert soon(lambda: "Teams" in office.text("SSU innkalling"))
    assert soon(lambda: not beside.exists())
    assert soon(lambda: "held" not in office.states().values())


def test_documents_come_back_when_a_person_has_deleted_them(office: Secretariat):
    office.drop("møte.yaml", MEETING)
    assert soon(lambda: NOTICE in office.made)
    made = office.content()

    office.output.rename(office.root / "søppel")

    assert soon((office.root / NOTICE).exists)
    assert soon(lambda: made.keys() <= office.content().keys())
