"""Files appear whole, and nothing that a person wrote is overwritten."""

from __future__ import annotations

import errno
import io
import os
import re
import zipfile
import zlib
from collections.abc import Container
from dataclasses import dataclass
from html import unescape
from itertools import count
from pathlib import Path
from typing import Literal

from docgen.messages import _
from docgen.model.fingerprint import PART, PROPERTY, SOURCE, fingerprint

State = Literal["made", "unchanged", "beside"]

_FINGERPRINT = re.compile(rf'name="{PROPERTY}"[^>]*>\s*<vt:lpwstr>([0-9a-f]{{32}})</vt:lpwstr>')

_SOURCE = re.compile(rf'name="{SOURCE}"[^>]*>\s*<vt:lpwstr>([^<]*)</vt:lpwstr>')


@dataclass(frozen=True, slots=True)
class Published:
    """Where a document was put. `beside` says that `file` stands beside one that a person has edited."""

    file: Path
    state: State


def publish(target: Path, data: bytes, others: Container[Path] = ()) -> Published:
    """Write `data` to `target`, or beside it when a person has edited what stands there.

    Writes to a temporary file in the same folder, flushes it to disk, reads it back and replaces the target, so that a
    crash leaves the old file or the new one. `others` are the names of all documents, which none takes from another.
    Raises OSError when the file can't be written, for example while Word has it open on Windows.
    """
    old = _content(target)
    if old is None or old == data or is_untouched(old):
        if old != data:
            write_whole(target, data)
        _drop_beside(target, others)
        return Published(target, "unchanged" if old == data else "made")
    beside = _beside(target, data, others)
    if _content(beside) != data:
        write_whole(beside, data)
    return Published(beside, "beside")


def _beside(target: Path, data: bytes, others: Container[Path]) -> Path:
    """Return the name of a new document beside one that a person has edited: ` (ny)`, ` (ny 2)` …

    What a person has edited too is passed by, and so is the name of another document.
    """
    for at in count(1):
        tried = target.with_name(f"{target.stem} (ny{f' {at}' if at > 1 else ''}){target.suffix}")
        there = _content(tried)
        if tried not in others and (there is None or there == data or is_untouched(there)):
            break
    return tried


def _drop_beside(target: Path, others: Container[Path]) -> None:
    """Remove the new document that stood beside an edited one, when nobody has edited it and the edited one is gone."""
    beside = target.with_name(f"{target.stem} (ny){target.suffix}")
    if beside not in others and (there := _content(beside)) is not None and is_untouched(there):
        beside.unlink()


def is_untouched(document: bytes) -> bool:
    """Return whether `document` is one that docgen made and nobody has edited since."""
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            found = _FINGERPRINT.search(package.read(PART).decode("utf-8", "replace"))
            parts = [(member.filename, member.CRC) for member in package.infolist()]
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        return False
    return found is not None and found[1] == fingerprint(parts)


def made_from(file: Path) -> str:
    """Return the input that the document at `file` says it was made from, or the empty text."""
    try:
        with zipfile.ZipFile(file) as package:
            found = _SOURCE.search(package.read(PART).decode("utf-8", "replace"))
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        return ""
    return unescape(found[1]) if found else ""


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def write_whole(target: Path, data: bytes) -> None:
    """Write `data` to `target`, whatever stands there, so that a crash leaves the old file or the new one.

    Its folder is made when it is not there. Raises OSError.
    """
    _make_folder(target.parent)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != data:
            raise OSError(_("the file was not written as it should"))
        os.replace(temporary, target)
        _sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that a power cut does not lose them with all that is put in them."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Flush the folder itself, without which a power cut may forget the new name. Windows does so by itself.

    A network share that can't do so is no reason to call a document unwritten that is in its place.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
