"""Whether a folder is one that the register can lie in: a disk of this machine that no program copies elsewhere.

SQLite's locks and shared memory do not hold on a network share, so two machines could give the same number. A program
that synchronises a folder copies the database in the middle of a change, and puts an old one back.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from docgen.messages import _
from docgen.problems import Problem, Where

_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "ncp", "afs", "afpfs", "coda", "9p", "drvfs"),
    *("davfs", "davfs2", "webdav", "ceph", "cephfs", "lustre", "gfs2", "ocfs2", "gpfs", "beegfs", "pvfs2", "glusterfs"),
    *("vboxsf", "vmhgfs", "vmhgfs-fuse", "prl_fs", "osxfs", "grpcfuse", "sshfs", "rclone", "s3fs", "gvfsd-fuse"),
    *("gcsfuse", "smbnetfs", "curlftpfs", "onedriver", "google-drive-ocamlfuse", "mfs", "juicefs", "seaweedfs"),
    *("blobfuse", "blobfuse2", "macfuse", "osxfuse"),
}
"""Kinds of file systems that are on another machine, or on the host of a virtual one; `fuse.` may stand before."""

_SYNCED = re.compile(
    r"onedrive( ?-.*)?|dropbox( ?[(-].*)?|google ?(drive|disk)(-.*)?|icloud ?drive.*|mobile documents|cloudstorage"
    r"|nextcloud\d*|owncloud\d*|box sync|jottacloud|pcloud ?drive|megasync|synology ?drive.*|proton ?drive.*",
    re.IGNORECASE,
)
"""Names of folders that programs make and synchronise."""

_DRIVE_ROOTS = {"my drive", "min disk", "shared drives", "delte disker", "other computers"}
"""What Google calls the folders at the top of the drive that it shows."""

_MARKS = (".dropbox", ".dropbox.cache", ".owncloudsync.log", ".nextcloudsync.log", ".stfolder")
_MARK_PATTERNS = ("._sync_*.db", ".sync_*.db")
"""What these programs leave in the folder that they synchronise."""

_DRIVE_REMOTE = 4
"""What Windows answers for a drive letter that is a share (GetDriveTypeW)."""

_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


@dataclass(frozen=True, slots=True)
class Mount:
    """A file system: where it is, its kind, and the words that tell of it (on Windows `remote`)."""

    folder: str
    kind: str
    options: str = ""


def mounts(folder: Path) -> list[Mount]:
    """Return the file systems that `folder` may be on, as the system lists them."""
    if sys.platform == "win32":
        import ctypes

        # Not a list of all drives: to ask for one whose server is away takes many seconds.
        is_remote = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE
        return [Mount(folder.anchor, "", "remote" if is_remote else "fixed")]
    import psutil  # 35 ms, which only a command that opens the register shall take

    return [Mount(one.mountpoint, one.fstype, one.opts) for one in psutil.disk_partitions(all=True)]


def check_place(
    folder: Path, listed: Callable[[Path], Iterable[Mount]] = mounts, environment: Mapping[str, str] = os.environ
) -> Problem | None:
    """Return why the register can't lie in `folder`, which need not be there yet, or None when it can."""
    real = Path(os.path.realpath(folder))
    for place in (folder.absolute(), real):
        if _is_share(str(place)):
            return _network(folder)
    synced = _synced(folder.absolute(), environment) or _synced(real, environment)
    if synced:
        return _refused(
            folder,
            _(
                "The folder is synchronised by another program ({folder}), which could put back an old register.",
                folder=synced,
            ),
        )
    mount = _mount_of(real, listed(real))
    return _network(folder) if mount and _is_network(mount) else None


def is_network(folder: Path, listed: Callable[[Path], Iterable[Mount]] = mounts) -> bool:
    """Return whether the folder is on another machine, whose system does not tell this one of changed files."""
    real = Path(os.path.realpath(folder))
    mount = _mount_of(real, listed(real))
    return _is_share(str(folder.absolute())) or _is_share(str(real)) or (mount is not None and _is_network(mount))


def _is_share(path: str) -> bool:
    r"""Return whether the path is a UNC path: `\\server\share`, `\\?\UNC\server\share` or `//server/share`."""
    plain = path.replace("/", "\\")
    if plain.upper().startswith("\\\\?\\UNC\\"):
        return True
    return plain.startswith("\\\\") and plain[2:4] not in ("?\\", ".\\")


def _mount_of(folder: Path, listed: Iterable[Mount]) -> Mount | None:
    """Return the file system that the folder is on: the longest one, and of several on one place the last."""
    found: Mount | None = None
    for one in listed:
        top = Path(os.path.normpath(one.folder))
        if (folder == top or top in folder.parents) and (
            found is None or len(top.parts) >= len(Path(found.folder).parts)
        ):
            found = one
    return found


def _is_network(mount: Mount) -> bool:
    kind = mount.kind.casefold().removeprefix("fuse.")
    if "remote" in mount.options.casefold().split(","):
        return True
    # 9p is the disk of the Windows machine in WSL, but also the only disk that some containers have.
    return kind in _NETWORK and not (kind == "9p" and mount.folder == "/")


def _synced(folder: Path, environment: Mapping[str, str]) -> str:
    """Return the synchronised folder that `folder` is or lies in, or the empty text."""
    roots = {Path(named) for name in _VARIABLES if (named := environment.get(name))} | _registered_roots()
    homes = {Path(named) for name in ("HOME", "USERPROFILE") if (named := environment.get(name))}
    for place in (folder, *folder.parents):
        name = place.name.casefold()
        is_top = place.parent == place.parent.parent or place.parent.name.casefold() == "cloudstorage"
        if (
            _SYNCED.fullmatch(name)
            or place in roots
            or (name == "box" and place.parent in homes)
            or (name in _DRIVE_ROOTS and is_top)
            or _has_mark(place)
        ):
            return str(place)
    return ""


def _has_mark(folder: Path) -> bool:
    try:
        return any((folder / mark).exists() for mark in _MARKS) or any(
            next(folder.glob(pattern), None) for pattern in _MARK_PATTERNS
        )
    except OSError:  # a folder above may be closed to us
        return False


def _registered_roots() -> set[Path]:
    """Return the folders that OneDrive keeps on Windows, those of SharePoint too, whose names tell nothing."""
    found: set[Path] = set()
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Software\SyncEngines\Providers\OneDrive") as providers:
                for at in range(winreg.QueryInfoKey(providers)[0]):
                    with winreg.OpenKey(providers, winreg.EnumKey(providers, at)) as one:
                        found.add(Path(str(winreg.QueryValueEx(one, "MountPoint")[0])))
        except OSError:  # OneDrive was never set up
            pass
    return found


def _network(folder: Path) -> Problem:
    return _refused(folder, _("The folder is on another machine, where the register would not be safe."))


def _refused(folder: Path, what: str) -> Problem:
    return Problem(
        what,
        _(
            "Choose a folder on this machine's own disk, and write it in docgen.toml: under [mapper], {line}. "
            "Inputs and documents can stay where they are.",
            line='register = "C:/docgen/register"' if os.name == "nt" else 'register = "/var/lib/docgen/register"',
        ),
        Where(str(folder)),
    )
