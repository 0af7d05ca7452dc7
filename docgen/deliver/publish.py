"""Files appear whole, and nothing that a person wrote is overwritten."""

from __future__ import annotations

import io
import os
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from docgen.model.fingerprint import PART, PROPERTY, fingerprint

State = Literal["made", "unchanged", "beside"]

_FINGERPRINT = re.compile(rf'name="{PROPERTY}"[^>]*>\s*<vt:lpwstr>([0-9a-f]{{32}})</vt:lpwstr>')


@dataclass(frozen=True, slots=True)
class Published:
    """Where a document was put. `beside` says that `file` stands beside one that a person has edited."""

    file: Path
    state: State


def publish(target: Path, data: bytes) -> Published:
    """Write `data` to `target`, or beside it when a person has edited what stands there.

    Writes to a temporary file in the same folder, flushes it to disk, reads it back and replaces the target, so that a
    crash leaves the old file or the new one. Raises OSError when the file can't be written, for example while Word
    has it open on Windows.
    """
    old = _content(target)
    if old == data:
        return Published(target, "unchanged")
    if old is None or is_untouched(old):
        _replace(target, data)
        return Published(target, "made")
    beside = target.with_name(f"{target.stem} (ny){target.suffix}")
    there = _content(beside)
    if there == data:
        return Published(beside, "beside")
    if there is not None and not is_untouched(there):
        beside = _free(beside, data)
    _replace(beside, data)
    return Published(beside, "beside")


def is_untouched(document: bytes) -> bool:
    """Return whether `document` is one that docgen made and nobody has edited since."""
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            found = _FINGERPRINT.search(package.read(PART).decode("utf-8", "replace"))
            parts = [(member.filename, member.CRC) for member in package.infolist()]
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError):
        return False
    return found is not None and found[1] == fingerprint(parts)


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _free(beside: Path, data: bytes) -> Path:
    """Return a name beside that nobody has edited: ` (ny 2)`, ` (ny 3)` …"""
    count = 2
    while True:
        tried = beside.with_name(f"{beside.stem.removesuffix(' (ny)')} (ny {count}){beside.suffix}")
        there = _content(tried)
        if there is None or there == data or is_untouched(there):
            return tried
        count += 1


def _replace(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != data:
            raise OSError(f"{temporary.name} was not written as it should")
        os.replace(temporary, target)
        _sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Flush the folder itself, without which a power cut may forget the new name. Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
