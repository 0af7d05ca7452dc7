"""Bring the gettext catalogues up to date: extract the msgids, merge translations, compile.

`python tools/messages.py` updates; `--check` only tells (exit 1) whether the catalogues are complete and compiled.
A new msgid stands in the .po files without a translation: write it there, and run this again.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from docgen import __version__

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "docgen" / "locale"
KEYWORDS = {"_": None, "many": (1, 2)}


def extracted() -> Catalog:
    """Return the msgids of the code, in order of file and line."""
    found = Catalog(project="docgen", charset="utf-8")
    for file, line, msgid, comments, _ in extract_from_dir(
        str(ROOT / "docgen"), [("**.py", "python")], keywords=KEYWORDS
    ):
        found.add(msgid, None, [(f"docgen/{file}", line)], auto_comments=comments)
    return found


def updated(language: str) -> Catalog:
    """Return the language's catalogue with just the msgids of the code, translations kept."""
    po = LOCALE / language / "LC_MESSAGES" / "docgen.po"
    old = read_po(po.open("rb"), locale=language) if po.exists() else Catalog(locale=language)
    new = Catalog(
        locale=language,
        project="docgen",
        version=__version__,
        msgid_bugs_address="",
        last_translator="docgen",
        language_team=language,
        header_comment="# What docgen says to people. Written by tools/messages.py; translate it here.",
        charset="utf-8",
        creation_date=old.creation_date,
        revision_date=old.creation_date,
        fuzzy=False,
    )
    for message in extracted():
        if not message.id:
            continue
        known = old.get(message.id)
        new.add(message.id, known.string if known else None, message.locations)
    return new


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the msgids without a translation."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and not all(message.string if isinstance(message.string, tuple) else (message.string,))
    ]


def written(catalogue: Catalog) -> tuple[bytes, bytes]:
    """Return the catalogue as .po and as .mo."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, omit_header=False, no_location=True, sort_output=True, width=120)
    write_mo(mo, catalogue)
    return po.getvalue(), mo.getvalue()


def main(check: bool) -> int:
    wrong = 0
    for language in ("nb", "nn"):
        catalogue = updated(language)
        folder = LOCALE / language / "LC_MESSAGES"
        for name, content in zip(("docgen.po", "docgen.mo"), written(catalogue), strict=True):
            file = folder / name
            if check and (not file.exists() or file.read_bytes() != content):
                print(f"{file.relative_to(ROOT)} is not up to date: run python tools/messages.py")
                wrong = 1
            elif not check:
                folder.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        for msgid in untranslated(catalogue):
            print(f"{language}: no translation of {msgid!r}")
            wrong = 1
    return wrong if check else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
