"""Which converter this machine has, whether it works, and how to get a better one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from docgen.deliver.pdf.office import binary, office
from docgen.messages import _
from docgen.problems import Problem

_WRITER, _CALC, _IMPRESS = (f"libreoffice-{part}-nogui" for part in ("writer", "calc", "impress"))
"""Parts of LibreOffice, as Debian and Ubuntu name them: for texts, for sheets, for slides and drawings."""
PACKAGES = f"{_WRITER} {_CALC} {_IMPRESS} python3-uno fonts-crosextra-carlito"

_LIBRARIES = {_CALC: ("libsclo.so", "libsclo.dylib", "sclo.dll"), _IMPRESS: ("libsdlo.so", "libsdlo.dylib", "sdlo.dll")}
"""What is there when a part is: on Linux, macOS and Windows."""


@dataclass(frozen=True, slots=True)
class AtHand:
    """The converter that will be used: its name, whether its PDF is fit for the archive, and else how to get there.

    `place` is its program file, empty for the converter that comes with docgen. `missing` are the packages of the
    parts that it lacks, for sheets or for slides.
    """

    name: str
    is_for_archive: bool
    fix: str = ""
    place: str = ""
    missing: tuple[str, ...] = ()

    @property
    def engine(self) -> str:
        """`LibreOffice`, of whatever version, or `rdocx`."""
        return "LibreOffice" if self.is_for_archive else "rdocx"


def at_hand() -> AtHand:
    """Return the converter that this machine has. There is always one."""
    if found := office():
        missing = tuple(_missing(found.binary.parent))
        return AtHand(f"LibreOffice {found.version}", is_for_archive=True, place=str(found.binary), missing=missing)
    if binary():
        return AtHand(_("rdocx, since LibreOffice lacks its Python"), is_for_archive=False, fix=_how_to_get_uno())
    return AtHand(_("rdocx, without LibreOffice"), is_for_archive=False, fix=_how_to_get_libreoffice())


def tried() -> Problem | None:
    """Make PDF of a small document as any other, and return what goes wrong, if anything does."""
    # Only here: they are slow to load, and only a doctor asks.
    from docgen.deliver.pdf.converter import Converter
    from docgen.deliver.pdf.document import Document
    from docgen.deliver.pdf.plain_word import of_text

    with Converter(1) as converter:
        document = Document("docgen.docx", of_text("docgen", "nb-NO"), "nb-NO", "docgen")
        ((_key, made),) = converter.convert([("", document)])
    return made if isinstance(made, Problem) else None


def _missing(program: Path) -> list[str]:
    folders = (program, program.parent / "Frameworks")
    return [
        package
        for package, names in _LIBRARIES.items()
        if not any((folder / name).exists() for folder in folders for name in names)
    ]


def _how_to_get_uno() -> str:
    return _(
        "PDF is made for reading, but not for the archive. On Debian and Ubuntu: sudo apt install python3-uno. "
        "Elsewhere, install LibreOffice from libreoffice.org, which has all it needs."
    )


def _how_to_get_libreoffice() -> str:
    if sys.platform == "win32":
        return _(
            "PDF is made for reading, but not for the archive. Install LibreOffice: write winget install "
            "TheDocumentFoundation.LibreOffice, or fetch it from libreoffice.org."
        )
    return _(
        "PDF is made for reading, but not for the archive. Install LibreOffice: on Debian and Ubuntu "
        "sudo apt install {packages}, elsewhere from libreoffice.org.",
        packages=PACKAGES,
    )
