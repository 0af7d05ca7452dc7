"""Make the pictures of the README out of the PDF files in output/ (make demo makes those)."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"

PAGES = {
    "innkalling": ("SSU/2026-12-03/2026-12-03 SSU innkalling.pdf", 1),
    "saksframlegg": ("SSU/2026-12-03/2026-12-03 SSU saksframlegg 20-26*.pdf", 1),
    "utkast-til-protokoll": ("SSU/2026-12-03/2026-12-03 SSU protokoll (utkast).pdf", 2),
    "protokoll": ("SSU/2026-09-24/2026-09-24 SSU protokoll.pdf", 3),
    "retningslinje": ("retningslinjer/Retningslinje 2*(utkast).pdf", 1),
    "mandat": ("mandater/Mandat OU Nordfjella.pdf", 1),
}
"""Picture name to the PDF it shows (a pattern below output/) and its page."""


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, (pattern, page) in PAGES.items():
        (pdf,) = (ROOT / "output").glob(pattern)
        pages = ["-f", str(page), "-l", str(page), "-singlefile"]
        subprocess.run(["pdftoppm", "-r", "70", "-png", *pages, pdf, PICTURES / name], check=True)


if __name__ == "__main__":
    main()
