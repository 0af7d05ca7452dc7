"""A pack is put where it belongs, and never over what docgen did not make or what somebody has changed."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from docgen.deliver.pack.merged import merged
from docgen.deliver.seal import sealed
from docgen.disk import HeldError
from docgen.run.pack import placing
from docgen.run.pack.packing import PlaceError
from docgen.run.pack.placing import is_ours, put
from tests.pack.samples import INFO, part, plain
from tests.run.office import MEETING


def a_pack(text: str) -> bytes:
    return sealed(merged([part(plain(text))], INFO).pdf)


ONE, OTHER = a_pack("En"), a_pack("To")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "output" / "pakke.pdf"


def test_a_pack_replaces_an_older_one(target):
    assert put(target, ONE) == (target, "made")
    assert put(target, OTHER) == (target, "made")
    assert put(target, OTHER) == (target, "unchanged")
    assert target.read_bytes() == OTHER
    assert [file.name for file in target.parent.iterdir()] == ["pakke.pdf"]


THEIRS = {
    "somebody's own": plain("Noens egen"),
    "empty": b"",
    "no PDF": b"Ikke PDF",
    "without a seal": ONE.replace(b"InstanceID", b"instanceID"),
    "added to": ONE + b"\n",
    "a document of docgen": sealed(ONE.replace(b"docgen::", b"docgen:ab:")),
}


@pytest.mark.parametrize("theirs", THEIRS.values(), ids=THEIRS)
def test_a_file_that_docgen_did_not_make_is_kept(target, theirs):
    target.parent.mkdir()
    target.write_bytes(theirs)

    beside = target.with_name("pakke (ny).pdf")
    assert put(target, ONE) == (beside, "beside")
    assert put(target, OTHER) == (beside, "beside")

    assert target.read_bytes() == theirs
    assert beside.read_bytes() == OTHER


def test_a_pack_that_somebody_has_changed_is_kept(target):
    put(target, ONE)
    with pikepdf.open(target, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save(target)
    changed = target.read_bytes()

    file, state = put(target, OTHER)

    assert (file.name, state) == ("pakke (ny).pdf", "beside")
    assert target.read_bytes() == changed


def test_a_pack_that_is_open_is_kept_and_the_new_one_takes_its_place_when_it_is_closed(target, monkeypatch):
    put(target, ONE)
    real = placing.write_whole

    def held(place: Path, data: bytes, within: Path | None = None) -> None:
        if place == target:
            raise HeldError(13, "åpen", str(place))
        real(place, data, within)

    monkeypatch.setattr(placing, "write_whole", held)
    file, state = put(target, OTHER)
    assert (file.name, state) == ("pakke (ny).pdf", "held")
    assert target.read_bytes() == ONE

    monkeypatch.setattr(placing, "write_whole", real)
    assert put(target, OTHER) == (target, "made")
    assert [one.name for one in target.parent.iterdir()] == ["pakke.pdf"]


def test_a_build_that_sweeps_the_unfinished_file_away_does_not_stop_the_pack(target, monkeypatch):
    real, swept = placing.write_whole, []

    def swept_once(place: Path, data: bytes, within: Path | None = None) -> None:
        if not swept:
            swept.append(place)
            raise FileNotFoundError(2, "borte", str(place))
        real(place, data, within)

    target.parent.mkdir()
    monkeypatch.setattr(placing, "write_whole", swept_once)

    assert put(target, ONE) == (target, "made")


def test_every_bit_of_a_pack_is_under_its_seal():
    assert is_ours(ONE)
    for at in range(0, len(ONE), 97):
        assert not is_ours(ONE[:at] + bytes([ONE[at] ^ 1]) + ONE[at + 1 :]), at


def test_a_sealed_pack_is_as_long_and_as_valid_as_before():
    before = merged([part(plain("En"))], INFO).pdf

    assert len(sealed(before)) == len(before)
    assert not is_ours(before)
    with pikepdf.open(io.BytesIO(sealed(before))) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_another_place_can_be_named_but_not_among_the_inputs(desk, tmp_path):
    desk.drop("m.yaml", MEETING)

    assert desk.pack(to=tmp_path).report.file == str(tmp_path / "2026-03-12 SSU sakspakke.pdf")
    for to, said in ((desk.root / "inputs" / "a.pdf", "legges ikke blant inndatafilene"), (tmp_path / "a.doc", ".pdf")):
        with pytest.raises(PlaceError, match=said):
            desk.pack(to=to)
        assert not to.exists()


def test_a_folder_that_is_a_link_out_of_output_gets_nothing(desk, tmp_path):
    desk.drop("m.yaml", MEETING)
    desk.output.mkdir()
    (tmp_path / "utenfor").mkdir()
    (desk.output / "SSU").symlink_to(tmp_path / "utenfor")

    with pytest.raises(PlaceError, match="lenke"):
        desk.pack()

    assert not list((tmp_path / "utenfor").iterdir())
