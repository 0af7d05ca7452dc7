"""The user's own cache folder, where compiled templates are kept between runs. The only place for platformdirs.

What lies in it is code that docgen runs. So it is never in the workspace, where a share may let others write, and a
folder that others may write in, or that is somebody else's, is passed over: docgen then compiles anew each time.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import time
from pathlib import Path

MOST_FILES = 64
"""In the folder; a template takes some hundred kilobytes, and one that is edited in Word leaves one each time."""

LARGEST = 50_000_000
_DAY = 86_400
_SUFFIX = ".template"


def fetched(key: str) -> bytes | None:
    """Return what is kept under `key` (letters and digits), or None."""
    try:
        folder = _folder()
        _require_ours(folder)
        file = folder / f"{key}{_SUFFIX}"
        with file.open("rb") as opened:
            info = os.fstat(opened.fileno())
            data = opened.read(LARGEST + 1)
    except OSError:
        return None
    if time.time() - info.st_mtime > _DAY:
        # What was used lately is what is thrown away last.
        with contextlib.suppress(OSError):
            os.utime(file)
    return data if len(data) <= LARGEST else None


def keep(key: str, data: bytes) -> None:
    """Keep `data` under `key`, if that can be done. The file appears whole; nothing depends on it after a power cut."""
    with contextlib.suppress(OSError):
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _require_ours(folder)
        temporary = folder / f"{secrets.token_hex(8)}.tmp"
        try:
            with open(temporary, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
                file.write(data)
            os.replace(temporary, folder / f"{key}{_SUFFIX}")
        finally:
            temporary.unlink(missing_ok=True)
        _prune(folder)


def _folder() -> Path:
    """Return the folder: DOCGEN_CACHE, else where this system has the user's caches."""
    if named := os.environ.get("DOCGEN_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path  # slow to load, as such things go

    return user_cache_path("docgen", appauthor=False)


def _require_ours(folder: Path) -> None:
    """Raise OSError when somebody else could have put something in the folder, or could lead it elsewhere."""
    info = os.lstat(folder)
    if not stat.S_ISDIR(info.st_mode):
        raise NotADirectoryError(folder)
    if os.name == "nt":
        # There it lies in the user's own profile, which the system keeps others out of.
        return
    if info.st_uid != os.geteuid() or info.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(folder)


def _prune(folder: Path) -> None:
    """Delete the oldest files when there are too many, and so in time what a crash has left half-written."""
    with os.scandir(folder) as entries:
        files = [(entry.stat().st_mtime, entry.path) for entry in entries if entry.name.endswith((_SUFFIX, ".tmp"))]
    for _time, path in sorted(files)[:-MOST_FILES]:
        with contextlib.suppress(OSError):
            os.unlink(path)
