"""What a crash or a power cut must not take: folders, names and files, written whole and flushed to the disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from docgen.messages import _

_HELD = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY)


class HeldError(PermissionError):
    """A file can't be replaced now: another program has it open, as Word on Windows, or it may not be changed."""


def write_whole(target: Path, data: bytes, within: Path | None = None) -> None:
    """Write `data` to `target`, whatever stands there, so that a crash leaves the old file or the new one.

    Written beside, flushed, read back, then put in its place. Its folder is made when it is not there; see make_folder.

    Raises OSError, and of that HeldError when only the last step failed.
    """
    temporary = write_beside(target, data, within)
    try:
        move(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def write_beside(target: Path, data: bytes, within: Path | None = None) -> Path:
    """Write `data` under a temporary name beside `target`, flush it and read it back; return the file.

    The folder is made when it is not there; see make_folder. Raises OSError, and leaves nothing then.
    """
    make_folder(target.parent, within)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != data:
            raise OSError(_("the file was not written as it should"))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def move(file: Path, to: Path) -> None:
    """Move a file within its folder, over one that has the name already. Raises OSError, HeldError."""
    try:
        os.replace(file, to)
    except OSError as error:
        if error.errno in _HELD:
            raise HeldError(error.errno, error.strerror, str(to)) from error
        raise
    sync_folder(to.parent)


def make_folder(folder: Path, within: Path | None = None) -> None:
    """Make a folder and those above it, so that a power cut does not lose them with all that is put in them.

    The folder `within` and those above it are never made: where they are gone, a share is away, and what is written in
    their place would be lost under it when it is back. Raises OSError.
    """
    if folder.is_dir():
        return
    if within is not None and folder in (within, *within.parents):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
    make_folder(folder.parent, within)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Flush the folder itself, without which a power cut may forget the names in it. Windows does so by itself.

    A network share that can't do so is no reason to call a file unwritten that is in its place. Raises OSError.
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
