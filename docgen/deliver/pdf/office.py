"""Which LibreOffice is installed, and which Python can speak with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VARIABLE = "DOCGEN_LIBREOFFICE"
"""Environment variable with the program folder of the LibreOffice to use, where it is not the one on the path."""

_FOLDERS = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
)
_PROGRAMS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
"""Environment variables of Windows with the folders that programs are installed in, on whatever disk."""
_BINARIES = ("soffice.bin", "soffice.exe", "soffice")  # macOS has the last alone
_PYTHONS = ("python.exe", "python", "../Resources/python")
_SYSTEM_PYTHON = Path("/usr/bin/python3")
_SYSTEM_UNO = ("lib/python3/dist-packages", "lib64/python3*/site-packages", "lib/python3*/site-packages")
"""Below /usr: where Debian, Fedora and others put uno.py for the system's Python."""


@dataclass(frozen=True, slots=True)
class Office:
    """An installed LibreOffice: its program, its version (`7.4`) and build, and a Python that can `import uno`."""

    binary: Path
    version: str
    build: str
    python: Path

    @property
    def is_bundled(self) -> bool:
        """Tell whether the Python is LibreOffice's own, which finds `uno` by what is set in its environment."""
        return self.python != _SYSTEM_PYTHON


@cache
def binary() -> Path | None:
    """Return the program file of the LibreOffice that is installed, if any; never a shell script around it."""
    for folder in _folders():
        for name in _BINARIES:
            if (folder / name).is_file():
                return folder / name
    return None


@cache
def office() -> Office | None:
    """Return the LibreOffice that docgen can drive, or None where it or a Python with `uno` is missing."""
    program = binary()
    if program is None:
        return None
    python = _python(program.parent)
    bootstrap = _settings(program.parent, "bootstrap")
    version = bootstrap.get("ProductKey", "").rpartition(" ")[2]
    build = _settings(program.parent, "version").get("buildid", "")
    return Office(program, version, build, python) if python and version else None


def _folders() -> Iterator[Path]:
    if named := os.environ.get(VARIABLE):
        yield Path(named)
        return  # a machine with several: the one that was asked for or none
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            yield Path(found).resolve().parent
    yield from map(Path, _FOLDERS)
    yield from (Path(os.environ[name], "LibreOffice", "program") for name in _PROGRAMS if name in os.environ)
    yield from sorted(Path("/opt").glob("libreoffice*/program"), reverse=True)


def _python(folder: Path) -> Path | None:
    """Return LibreOffice's own Python, else the system's where the distribution has given it `uno`."""
    for name in _PYTHONS:
        if (folder / name).is_file():
            return folder / name
    usr = Path("/usr")
    has_uno = any(file for pattern in _SYSTEM_UNO for file in usr.glob(f"{pattern}/uno.py"))
    return _SYSTEM_PYTHON if has_uno and _SYSTEM_PYTHON.exists() else None


def _settings(folder: Path, name: str) -> dict[str, str]:
    """Return the keys of `bootstraprc` or the like; Windows calls it bootstrap.ini, macOS keeps it in Resources."""
    for file in (folder / f"{name}rc", folder / f"{name}.ini", folder.parent / "Resources" / f"{name}rc"):
        if file.is_file():
            lines = file.read_text("utf-8", "replace").splitlines()
            return {key: value for key, _, value in (line.partition("=") for line in lines)}
    return {}
