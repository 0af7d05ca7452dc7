"""What docgen needs and finds on this machine, and how to get what is missing."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from docgen import __version__
from docgen.cli.finding import Finding, apt
from docgen.cli.pdf_health import pdf
from docgen.messages import _

PYTHON = (3, 11)
PATIENCE = 30
"""Seconds that a program gets to tell what it has."""

_FONT_FOLDERS = (
    "C:/Windows/Fonts",
    "~/AppData/Local/Microsoft/Windows/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "/usr/share/fonts",
    "~/.local/share/fonts",
)


def machine() -> Iterator[Finding]:
    """Give what was found of Python, docgen's packages, fonts and programs."""
    yield _python()
    yield Finding("docgen", __version__)
    yield from _packages()
    yield _deflater()
    yield _fonts()
    yield from pdf()
    yield _poppler()


def _python() -> Finding:
    fix = "" if sys.version_info >= PYTHON else _("Install Python 3.11 or later from python.org.")
    return Finding("Python", platform.python_version(), fix, needed=True)


def _packages() -> Iterator[Finding]:
    """Give the packages that are missing, or one line for all of them."""
    try:
        required = metadata.requires("docgen") or []
    except metadata.PackageNotFoundError:
        fix = _("Install docgen: pip install docgen.")
        yield Finding(_("Packages"), _("docgen itself is not installed, only its files are here."), fix, needed=True)
        return
    names = [match[0] for line in required if "extra ==" not in line and (match := re.match(r"[\w.-]+", line))]
    missing = [name for name in names if name != "isal" and not _version(name)]
    for name in missing:
        yield Finding(name, _("missing"), _("Write pip install {name}.", name=name), needed=True)
    if not missing:
        shown = ", ".join(f"{name} {version}" for name in names if (version := _version(name)))
        yield Finding(_("Packages"), shown)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _deflater() -> Finding:
    name = _("Packing of Word files")
    if find_spec("isal"):
        return Finding(name, f"isal {_version('isal')}")
    fix = _("All works, but somewhat slower. Write pip install isal for the fast one.")
    return Finding(name, "zlib", fix)


def _fonts() -> Finding:
    """Look for the font of the templates: Calibri comes with Word, and Carlito takes the same room."""
    families = _installed_fonts()
    found = [name for name in ("Calibri", "Carlito") if any(name.casefold() in one for one in families)]
    if found:
        return Finding(_("Fonts"), ", ".join(found))
    fix = _(
        "Calibri comes with Word. Without Word, install Carlito: on Debian and Ubuntu {apt}.",
        apt=apt("fonts-crosextra-carlito"),
    )
    return Finding(_("Fonts"), _("neither Calibri nor Carlito"), fix)


def _installed_fonts() -> set[str]:
    if program := shutil.which("fc-list"):
        return {line.casefold() for line in _answer([program, ":", "family"]).splitlines()}
    folders = (Path(folder).expanduser() for folder in _FONT_FOLDERS)
    return {name.casefold() for folder in folders for _top, _folders, names in os.walk(folder) for name in names}


def _poppler() -> Finding:
    if program := shutil.which("pdftoppm"):
        return Finding("Poppler", program)
    fix = _("Only for pictures of pages. On Debian and Ubuntu: {apt}.", apt=apt("poppler-utils"))
    return Finding("Poppler", _("missing"), fix)


def _answer(command: list[str]) -> str:
    """Return what a program says, empty when it can't be started or does not answer."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")
