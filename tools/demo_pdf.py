"""Convert the documents in output/ to PDF beside them, for looking at, by LibreOffice with a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OUTPUT = Path(__file__).resolve().parent.parent / "output"


def main() -> int:
    soffice = shutil.which("soffice")
    documents = sorted(OUTPUT.rglob("*.docx"))
    if soffice is None:
        print("LibreOffice is missing, so no PDF was made. See docgen doctor.", file=sys.stderr)
        return 1
    by_folder: dict[Path, list[Path]] = {}
    for document in documents:
        by_folder.setdefault(document.parent, []).append(document)
    with tempfile.TemporaryDirectory() as profile:
        for folder, files in by_folder.items():
            command = [soffice, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "pdf"]
            subprocess.run([*command, "--outdir", folder, *files], check=True, stdout=subprocess.DEVNULL)
    missing = [str(document) for document in documents if not document.with_suffix(".pdf").exists()]
    print(f"{len(documents) - len(missing)} PDF files made in {OUTPUT.name}/")
    for name in missing:
        print(f"No PDF of {name}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
