"""Events of the system ring the bell, and what follows them is started again when it has stopped."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.watch.bell import Bell
from docgen.watch.observer import Hints

SOON = 5.0


class Folder:
    """A folder of inputs that is followed; `hears` tells whether the bell rings after a change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.inputs = root / "inputs"
        self.inputs.mkdir(parents=True)
        (root / ".docgen").mkdir()
        self.bell = Bell()
        self.hints = Hints(self.bell.ring)
        self.now = 0.0

    def check(self, later: float = 0.0) -> bool:
        self.now += later
        return self.hints.check([self.inputs], self.root, self.now)

    def calm(self) -> None:
        """Let the bell ring out of what was done before."""
        while self.bell.wait(0.7):
            pass

    def hears(self, name: str, text: str = "a") -> bool:
        self.calm()
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, "utf-8")
        return self.bell.wait(SOON)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    folder = Folder(tmp_path / "arbeid")
    yield folder
    folder.hints.stop()
    folder.bell.close()


def test_a_saved_file_rings(folder: Folder):
    assert folder.check()

    assert folder.hears("inputs/SSU/2026/møte.yaml")
    assert folder.hears("docgen.toml")


def test_to_read_a_file_does_not_ring(folder: Folder):
    folder.check()
    assert folder.hears("inputs/møte.yaml")
    folder.calm()

    (folder.inputs / "møte.yaml").read_bytes()

    assert not folder.bell.wait(0.7)


def test_what_docgen_makes_does_not_ring(folder: Folder):
    (folder.root / "output" / "SSU").mkdir(parents=True)
    folder.check()
    folder.calm()

    (folder.root / "output" / "SSU" / "protokoll.docx").write_bytes(b"x")

    assert not folder.bell.wait(0.7)


def test_a_thread_that_has_died_is_replaced(folder: Folder):
    folder.check()
    for emitter in folder.hints._observer.emitters:
        emitter.stop()
        emitter.join(SOON)

    assert folder.check(1.0)

    assert folder.hears("inputs/møte.yaml")


def test_a_folder_that_was_gone_and_is_another_one_now_is_followed(folder: Folder):
    folder.check()
    folder.inputs.rename(folder.root / "borte")
    folder.check(1.0)
    folder.inputs.mkdir()

    assert folder.check(1.0)

    assert folder.hears("inputs/møte.yaml")


def test_a_workspace_that_is_gone_is_followed_when_it_is_back(folder: Folder):
    folder.check()
    shutil.rmtree(folder.root)
    assert not folder.check(1.0)
    folder.inputs.mkdir(parents=True)

    assert folder.check(1.0)

    assert folder.hears("inputs/møte.yaml")


EXHAUSTED = """
import sys, time
from pathlib import Path
from docgen.watch.observer import AGAIN, PROBE, Hints
hints = Hints(lambda: None)
root = Path(sys.argv[1])
limit = Path("/proc/sys/user/max_inotify_watches")
print(hints.check([root / "inputs"], root, 1000.0))
limit.write_text("64")
print(hints.check([root / "inputs"], root, 1001.0))
print(hints.check([root / "inputs"], root, 1001.0 + AGAIN))
limit.write_text("14")
print(hints.check([root / "inputs"], root, 1001.0 + AGAIN + PROBE))
hints.stop()
"""


def test_without_room_for_all_folders_events_are_not_trusted_until_there_is(folder: Folder):
    for at in range(12):
        (folder.inputs / str(at)).mkdir()
    script = f'echo 8 > /proc/sys/user/max_inotify_watches && exec {sys.executable} -c "$1" "$2"'
    alone = ["unshare", "-Ur", "sh", "-c", script, "sh", EXHAUSTED, str(folder.root)]

    done = subprocess.run(alone, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])

    if done.returncode and "unshare" in done.stderr:
        pytest.skip("no room of one's own for inotify on this machine")
    assert done.stdout.split() == ["False", "False", "True", "False"], done.stderr
