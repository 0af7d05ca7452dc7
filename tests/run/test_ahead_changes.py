"""What was made ready is used only when all that it was made of is as it was."""

from __future__ import annotations

import errno
import shutil
from typing import Any
from unittest.mock import patch

import pytest

from docgen.problems import WorkspaceError
from docgen.register import opened
from docgen.run import ahead
from docgen.watch.folders import look
from tests.run.office import DRAFT, TOML
from tests.run.ready import NOTICE, OTHER, SECOND, Watched, office, published

__all__ = ["office", "published"]


def test_a_file_that_was_written_again_is_made_of_what_it_is_now(office: Watched):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()
    office.drop("ny.yaml", OTHER.replace("Høring", "Uttalelse"))

    report = office.settled()

    assert [title for one in report.fixed for _number, title in one.cases] == [
        "Godkjenning av innkalling",
        "Uttalelse",
    ]
    assert "Høring" not in office.text("2026-05-07 SSU innkalling")
    assert office.waiting() == []
    assert office.builder._ahead is None


def test_content_that_changed_under_the_same_stamp_is_not_overlooked(office: Watched):
    """As on a share that counts time in steps of two seconds."""
    file = office.drop("ny.yaml", OTHER)
    assert office.prepared()
    file.write_text(file.read_text("utf-8").replace("Høring", "Møring"), "utf-8")

    with patch.object(ahead, "stamp_of", lambda _root, name: office.at_rest.get(name)):
        is_so = office.builder._ahead.is_still_so(office.at_rest)

    assert not is_so


def test_what_another_docgen_fixed_meanwhile_is_seen(office: Watched):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()
    with opened(office.workspace.register, office.workspace.marker) as register, register.writing() as writing:
        last = register.rows()[-1]
        case = last.facts["cases"][-1] | {"number": 3, "key": "annen", "title": "Annen"}
        other = {"meeting": 2, "date": "2026-04-01", "source": "inputs/annen", "cases": [case]}
        writing.add("meeting", last.facts | other)

    report = office.settled()

    assert [number for one in report.fixed for number, _title in one.cases] == ["04/26", "05/26"]
    assert "04/26" in office.text("2026-05-07 SSU innkalling")


def test_a_register_that_took_the_place_of_this_one_is_seen(office: Watched):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()
    whole = office.workspace.register.read_bytes()
    office.workspace.register.with_name("annet.db").write_bytes(whole)
    office.workspace.register.with_name("annet.db").replace(office.workspace.register)

    is_fixed = office.builder._ahead.is_fixed(office.builder._ledger)

    assert not is_fixed


@pytest.mark.parametrize("name", ["templates/innkalling.docx", "docgen.toml", "mandates/SSU.yaml"])
def test_what_it_was_made_of_may_not_have_changed(office: Watched, published: list[int], name: str):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()
    file = office.root / name
    file.write_bytes(file.read_bytes() if name.endswith("docx") else file.read_bytes() + b"\n")

    office.settled()

    assert published == []
    assert (office.output / SECOND).exists()
    assert office.waiting() == []


def test_an_attachment_that_came_meanwhile_is_seen(office: Watched):
    office.drop("ny.yaml", OTHER.replace("    bakgrunn:", "    vedlegg: [notat.pdf]\n    bakgrunn:"))
    assert office.prepared()
    (office.root / "notat.pdf").write_bytes(b"%PDF")

    is_so = office.builder._ahead.is_still_so(office.at_rest)

    assert not is_so


def test_what_was_read_before_it_was_at_rest_is_not_used_by_other_builds(office: Watched):
    """A file that is being written stands as it was when it was last built."""
    office.drop("utkast.yaml", DRAFT.replace("2026-03-12", "2026-04-09"))
    office.builder.build()
    office.drop("utkast.yaml", DRAFT.replace("2026-03-12", "2026-04-09").replace("saker:", "saker:\n  - tittel: Ny"))
    assert office.prepared()
    office.drop("utkast.yaml", "halvskrevet")
    office.drop("ny.yaml", DRAFT.replace("2026-03-12", "2026-05-07"))

    report = office.builder.build({"inputs/utkast.yaml": None})

    notice = next(one for one in report.documents if "2026-05-07 SSU innkalling" in one.file)
    assert notice.numbers == ("05/26", "06/26")


def test_a_draft_is_not_published_as_it_was_when_another_has_fixed_numbers(office: Watched, published: list[int]):
    office.drop("ny.yaml", DRAFT.replace("2026-03-12", "2026-05-07"))
    assert office.prepared()
    with opened(office.workspace.register, office.workspace.marker) as register, register.writing() as writing:
        last = register.rows()[-1]
        case = last.facts["cases"][-1] | {"number": 3, "key": "annen", "title": "Annen"}
        writing.add("meeting", last.facts | {"meeting": 2, "source": "inputs/annen", "cases": [case]})

    office.settled()

    assert published == []


@pytest.mark.parametrize("asked", [{"dry_run": True}, {"held": {"inputs/ny.yaml": None}}], ids=["dry run", "held"])
def test_what_is_not_to_be_made_is_not_made(office: Watched, published: list[int], asked: dict[str, Any]):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()
    rows = office.rows()

    office.builder.build(at_rest=office.at_rest, **asked)

    assert published == []
    assert office.rows() == rows


def test_a_build_of_one_file_makes_no_other(office: Watched, published: list[int]):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()

    office.builder.build(at_rest=office.at_rest, files=[office.root / "inputs/første.yaml"])

    assert published == []
    assert not (office.output / SECOND).exists()


def test_settings_that_changed_are_seen_whoever_looked_at_the_files(office: Watched, published: list[int]):
    office.drop("ny.yaml", OTHER)
    office.at_rest = {name: stamp for name, stamp in look(office.workspace).files.items() if name != "docgen.toml"}
    office.builder.prepare(office.at_rest)
    office.write("docgen.toml", TOML.replace("Nordvik", "Sørvik"))

    office.builder.build(at_rest=office.at_rest)

    assert published == []


def test_output_that_was_deleted_meanwhile_is_made_whole(office: Watched, published: list[int]):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()
    shutil.rmtree(office.output)

    office.settled()

    assert published == []
    assert {NOTICE, SECOND} <= set(office.names())


def test_a_share_that_is_gone_is_told_of_once(office: Watched):
    office.drop("ny.yaml", OTHER)
    assert office.prepared()

    def gone(_file, _to):
        (office.root / "docgen.toml").rename(office.root / "borte.toml")
        raise OSError(errno.EIO, "Input/output error")

    with patch("docgen.deliver.publish.move", gone), pytest.raises(WorkspaceError, match="er borte"):
        office.settled()
