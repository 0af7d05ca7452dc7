"""The register is refused a place where it would not be safe, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.register import check_place, place
from docgen.register.place import Mount, mounts

NORMAL = (
    Mount("/", "overlay", "rw,relatime"),
    Mount("/proc", "proc"),
    Mount("/home", "ext4"),
    Mount("/mnt/felles", "cifs"),
    Mount("/mnt/felles/lokal", "xfs"),
    Mount("/net", "autofs"),
    Mount("/net", "nfs4"),
)


def refusal(folder: str, listed: tuple[Mount, ...] = NORMAL, **environment: str) -> str:
    """What is said of a folder, or the empty text."""
    problem = check_place(Path(folder), lambda _folder: listed, environment)
    return problem.what if problem else ""


NETWORK = "Mappen ligger på en annen maskin, og der er registeret ikke trygt."


@pytest.mark.parametrize("folder", ["/home/kari/arbeid/.docgen", "/arbeid", "/mnt/felles/lokal/a", "/mnt/fellesskap"])
def test_a_folder_on_the_machines_own_disk_is_right(folder):
    assert refusal(folder) == ""


@pytest.mark.parametrize("folder", ["/mnt/felles", "/mnt/felles/SSU/.docgen", "/net/a"])
def test_a_folder_on_a_network_share_is_refused(folder):
    assert refusal(folder) == NETWORK


KINDS = (
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "drvfs", "afs", "ncpfs", "davfs", "webdav", "afpfs", "ceph"),
    *("lustre", "vboxsf", "vmhgfs", "prl_fs", "fuse.sshfs", "fuse.rclone", "fuse.glusterfs"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_network_is_known(kind):
    assert refusal("/mnt/c/arbeid", (Mount("/", "ext4"), Mount("/mnt/c", kind))) == NETWORK


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "apfs", "hfs", "NTFS", "tmpfs", "overlay", "fuseblk"])
def test_every_kind_of_own_disk_is_right(kind):
    assert refusal("/mnt/c/arbeid", (Mount("/", "cifs"), Mount("/mnt/c", kind))) == ""


def test_the_whole_disk_of_a_container_is_its_own():
    assert refusal("/arbeid", (Mount("/", "9p"),)) == ""


def test_a_drive_of_windows_that_is_a_share_is_refused():
    assert refusal("/arbeid", (Mount("/", "NTFS", "rw,remote"),)) == NETWORK


@pytest.mark.parametrize("folder", [r"\\server\felles\x", "//server/felles/x", r"\\?\UNC\server\felles", r"\\wsl$\x"])
def test_the_path_of_a_share_is_refused(folder):
    assert place._is_share(folder)


@pytest.mark.parametrize("folder", [r"\\?\C:\docgen", r"C:\docgen", "/docgen", r"\\.\C:\docgen"])
def test_a_path_of_this_machine_is_no_share(folder):
    assert not place._is_share(folder)


def test_a_share_is_refused_by_its_path_alone():
    assert refusal("//server/felles/.docgen", (Mount("/", "ext4"),)) == NETWORK


@pytest.mark.parametrize(
    "name",
    [
        "OneDrive",
        "OneDrive - Sykehuset Fjordlandet HF",
        "onedrive-sykehuset",
        "Dropbox",
        "Dropbox (Privat)",
        "Google Drive",
        "GoogleDrive-kari@example.no",
        "Library/Mobile Documents/com~apple~CloudDocs",
        "Library/CloudStorage/Ukjent",
        "Library/CloudStorage/GoogleDrive-kari@example.no/Min disk",
        "iCloudDrive",
        "Nextcloud",
        "Nextcloud2",
        "ownCloud",
        "Box",
        "Box Sync",
        "Jottacloud",
    ],
)
def test_a_synchronised_folder_is_refused(name):
    said = refusal(f"/home/kari/{name}/SSU/.docgen", HOME="/home/kari")

    assert said.startswith("Et annet program synkroniserer mappen (/home/kari/")
    assert said.endswith(", og kan legge tilbake et gammelt register.")


@pytest.mark.parametrize("name", ["Box/a", "Min disk/a", "OneDriver", "Dropboxer", "Driveri", "min onedrive-kopi"])
def test_a_folder_that_only_sounds_like_one_is_right(name):
    assert refusal(f"/home/kari/arkiv/{name}", HOME="/home/kari") == ""


def test_the_folder_of_the_drive_that_google_shows_is_refused():
    assert "synkroniserer" in refusal("/Min disk/SSU")


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_a_folder_that_windows_says_is_onedrive_is_refused(name):
    assert "(/home/kari/Jobb)" in refusal("/home/kari/Jobb/SSU", **{name: "/home/kari/Jobb"})


def test_a_library_of_sharepoint_is_refused(monkeypatch):
    monkeypatch.setattr(place, "_registered_roots", lambda: {Path("/home/kari/Fjordlandet/SSU - Dokumenter")})

    assert "synkroniserer" in refusal("/home/kari/Fjordlandet/SSU - Dokumenter/arbeid")


@pytest.mark.parametrize("mark", [".dropbox", ".owncloudsync.log", ".sync_3a5f.db", "._sync_3a5f.db", ".stfolder"])
def test_a_folder_below_the_mark_of_a_synchronising_program_is_refused(tmp_path, mark):
    (tmp_path / mark).write_bytes(b"")

    assert f"({tmp_path})" in refusal(str(tmp_path / "SSU" / ".docgen"))


def test_a_link_does_not_hide_where_a_folder_is(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "arbeid").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    (tmp_path / "disk").symlink_to("/mnt/felles")

    assert "synkroniserer" in refusal(str(tmp_path / "arbeid" / ".docgen"))
    assert refusal(str(tmp_path / "disk" / ".docgen")) == NETWORK


def test_the_refusal_names_the_setting_that_moves_the_register():
    problem = check_place(Path("/mnt/felles/SSU/.docgen"), lambda _folder: NORMAL, {})

    assert "docgen.toml, under [mapper]: register = " in problem.fix
    assert problem.where.file == "/mnt/felles/SSU/.docgen"


def test_the_machine_that_runs_the_tests_lists_its_disks(tmp_path):
    assert mounts(tmp_path)
    assert check_place(tmp_path / "not yet there" / ".docgen") is None
