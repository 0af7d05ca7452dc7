"""What `docgen doctor` says of the converter to PDF, which it really tries."""

from __future__ import annotations

from pathlib import Path

from docgen.deliver.pdf import office as installed


def a_copy(place: Path, *without: str) -> Path:
    """Return a folder with all of LibreOffice's program files but some, by links to the installed ones."""
    place.mkdir()
    for file in installed.binary().parent.iterdir():
        if file.name not in without:
            (place / file.name).symlink_to(file)
    return place


def test_the_doctor_says_which_converter_works_and_is_fit_for_the_archive(fresh):
    done = fresh("doctor")

    assert done.returncode == 0
    assert (
        f"✓ PDF: LibreOffice {installed.office().version} ({installed.binary()}), virker, duger for arkivet"
        in done.stdout
    )


def test_the_doctor_says_that_libreoffice_does_not_start(fresh, tmp_path):
    place = a_copy(tmp_path / "program", "soffice.bin")
    (place / "soffice.bin").write_text("ikke noe program")

    done = fresh.process("doctor", DOCGEN_LIBREOFFICE=str(place))

    assert done.returncode == 1
    assert "✗ PDF: LibreOffice" in done.stdout
    assert "LibreOffice starter ikke" in done.stdout
    assert "Installer LibreOffice på nytt" in done.stdout
    assert done.stderr == "1 ting må ordnes.\n"


def test_the_doctor_says_which_parts_of_libreoffice_are_missing(fresh, tmp_path):
    place = a_copy(tmp_path / "program", "libsclo.so")

    done = fresh.process("doctor", DOCGEN_LIBREOFFICE=str(place))

    assert done.returncode == 0
    assert "– Deler av LibreOffice: noen mangler. Regneark eller lysbilder" in done.stdout
    assert "sudo apt install libreoffice-calc-nogui." in done.stdout
