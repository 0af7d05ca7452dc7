"""A build that was made ready beforehand fixes and publishes what a build would have."""

from __future__ import annotations

import errno
from unittest.mock import patch

import pytest

from docgen import disk
from docgen.run import ahead
from docgen.run.build import build
from tests.run.office import APPROVED, DRAFT, HELD
from tests.run.ready import NOTICE, OTHER, SECOND, Watched, office, published

__all__ = ["office", "published"]


def test_nothing_is_fixed_or_published_beforehand(office: Watched):
    rows, there = office.rows(), office.content()
    office.drop("ny.yaml", OTHER)

    assert office.prepared()

    assert office.rows() == rows
    assert {name: data for name, data in office.content().items() if not name.endswith(".tmp")} == there
    assert len(office.waiting()) == 3


def test_what_was_made_ready_is_fixed_and_put_in_its_place(office: Watched):
    rows = office.rows()
    office.drop("ny.yaml", OTHER)
    assert office.prepared()
    nodes = {file.stat().st_ino for file in office.waiting()}

    report = office.settled()

    assert office.rows() == rows + 1
    assert (office.output / SECOND).stat().st_ino in nodes
    assert office.waiting() == []
    assert [(one.input, [number for number, _title in one.cases]) for one in report.fixed] == [
        ("inputs/ny.yaml", ["03/26", "04/26"])
    ]
    assert report.count("made") == 3
    assert office.build().count("unchanged") == len(report.documents)


def test_it_is_what_a_build_would_have_made(office: Watched):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()
    office.settled()
    made = office.content()

    for name in made:
        (office.output / name).unlink()
    (office.output / ".docgen" / "built.db").unlink()
    office.build()

    assert office.content() == made


@pytest.mark.parametrize("text", [DRAFT, HELD], ids=["draft", "held"])
def test_a_meeting_that_is_saved_again_is_made_anew(office: Watched, text: str):
    rows = office.rows()
    office.drop("første.yaml", text.replace("Det mangler penger.", "Det mangler mye penger."))
    assert office.prepared()

    office.settled()

    assert "mye penger" in "".join(office.text(name[:-5]) for name in office.names() if "Budsjett" in name)
    assert office.rows() == rows
    assert office.waiting() == []


def test_a_document_that_a_person_made_meanwhile_is_kept(office: Watched):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()
    (office.output / SECOND).write_bytes(b"skrevet av en person")

    report = office.settled()

    assert (office.output / SECOND).read_bytes() == b"skrevet av en person"
    assert report.count("beside") == 1
    assert office.waiting() == []


def test_a_waiting_document_that_somebody_touched_is_written_anew(office: Watched):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()
    for file in office.waiting():
        file.write_bytes(b"ikke dette")

    office.settled()

    assert "Høring" in office.text("2026-05-07 SSU innkalling")


def test_nothing_is_left_of_what_is_not_used(office: Watched):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()
    assert (office.output / SECOND).parent.is_dir()

    office.builder.close()

    assert office.waiting() == []
    assert not (office.output / SECOND).parent.exists()
    assert (office.output / NOTICE).exists()


def test_what_a_killed_docgen_made_ready_is_swept(office: Watched):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()
    office.builder._ahead = None  # as if it were no more

    build(office.workspace)

    assert office.waiting() == []
    assert (office.output / SECOND).exists()


def test_an_approval_is_never_made_ready(office: Watched):
    office.drop("første.yaml", APPROVED)

    assert not office.prepared()
    assert office.settled().frozen


def test_a_meeting_whose_mandate_is_changed_with_it_is_not_made_ready(office: Watched):
    office.drop("ny.yaml", OTHER)
    office.write("mandates/SSU.yaml", (office.root / "mandates/SSU.yaml").read_text("utf-8") + "\n# endret\n")

    assert not office.prepared()
    assert office.settled().is_whole


def test_a_disk_that_is_full_leaves_nothing_behind_and_the_build_tells_of_it(office: Watched):
    office.drop("ny.yaml", OTHER)
    real, written = ahead.Press.put_by, []

    def full(press, plan, data):
        if written:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(real(press, plan, data))
        return written[0]

    with patch.object(ahead.Press, "put_by", full):
        assert not office.prepared()

    assert office.waiting() == []
    assert office.settled().is_whole


def test_a_number_is_fixed_before_its_document_is_in_its_place(office: Watched):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()
    rows, seen_rows = office.rows(), []
    real = disk.move

    def moved(file, to):
        seen_rows.append(office.rows())
        real(file, to)

    with patch("docgen.deliver.publish.move", moved):
        office.settled()

    assert seen_rows[0] == rows + 1


def test_a_document_that_could_not_be_put_in_its_place_keeps_its_number(office: Watched):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()

    def full(_file, _to):
        raise OSError(errno.ENOSPC, "No space left on device")

    with patch("docgen.deliver.publish.move", full), patch("docgen.disk.move", full):
        failed = office.settled()
    mended = office.settled()

    assert failed.count("failed") == 3
    assert [number for one in failed.fixed for number, _title in one.cases] == ["03/26", "04/26"]
    assert mended.fixed == []
    assert "03/26" in office.text("2026-05-07 SSU innkalling")
