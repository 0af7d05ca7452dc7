"""Which converter this machine has, and how to get the better one."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from docgen.deliver.pdf.office import binary, office
from docgen.messages import _

PARTS = "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"
"""Of LibreOffice, as Debian and Ubuntu name them: for texts, sheets and slides. The last brings drawings too."""
PACKAGES = f"{PARTS} python3-uno fonts-crosextra-carlito"


@dataclass(frozen=True, slots=True)
class AtHand:
    """The converter that will be used: its name, whether its PDF is fit for the archive, and else how to get there."""

    name: str
    is_for_archive: bool
    fix: str = ""

    @property
    def engine(self) -> str:
        """`LibreOffice`, of whatever version, or `rdocx`."""
        return "LibreOffice" if self.is_for_archive else "rdocx"


def at_hand() -> AtHand:
    """Return the converter that this machine has. There is always one."""
    if found := office():
        return AtHand(f"LibreOffice {found.version}", is_for_archive=True)
    if binary():
        return AtHand(_("rdocx, since LibreOffice lacks its Python"), is_for_archive=False, fix=_how_to_get_uno())
    return AtHand(_("rdocx, without LibreOffice"), is_for_archive=False, fix=_how_to_get_libreoffice())


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
