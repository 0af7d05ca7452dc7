"""Make the pictures of the README out of the PDF files in output/ (make demo makes those), and of the status page."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from docgen.run.build import build
from docgen.run.workspace import find

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
    status_page(PICTURES / "status.png")
    for name, (pattern, page) in PAGES.items():
        (pdf,) = (ROOT / "output").glob(pattern)
        pages = ["-f", str(page), "-l", str(page), "-singlefile"]
        subprocess.run(["pdftoppm", "-r", "70", "-png", *pages, pdf, PICTURES / name], check=True)


def status_page(picture: Path) -> None:
    """Take a picture of the page of the example workspace, in which somebody has just written a key wrongly."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder) / "helsefellesskapet"
        for name in ("templates", "mandates", "inputs"):
            shutil.copytree(ROOT / name, there / name)
        shutil.copy(ROOT / "docgen.toml", there)
        build(find(there))
        meeting = there / "inputs" / "SSU" / "2026-12-03 SSU.yaml"
        meeting.write_text(meeting.read_text("utf-8").replace("    tittel:", "    titel:", 1), "utf-8")
        build(find(there))
        with sync_playwright() as player:
            browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 900, "height": 1000})
            page.goto((there / "output" / "Status.html").as_uri())
            page.screenshot(path=picture)
            browser.close()


if __name__ == "__main__":
    main()
