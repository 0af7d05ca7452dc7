"""How the benchmarks run a whole process: with what it takes in time and memory, and as an installed program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_LAUNCHER = """
import json, os, sys, time
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_DUP2, 1, 2)]
begin = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_child, status, usage = os.wait4(child, 0)
print(json.dumps([time.perf_counter() - begin, usage.ru_maxrss, os.waitstatus_to_exitcode(status)]))
"""

_AT_ONCE = "import os, sys; os.fsync = lambda file: None; from docgen.cli.main import main; sys.exit(main(['build']))"


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took, from its start to its end: seconds, and at most so many megabytes."""

    seconds: float
    megabytes: float


def installed() -> dict[str, str]:
    """Return the environment of a program that keeps its bytecode, as an installed one does, and makes no PDF.

    PDF is measured by itself: LibreOffice takes fifty times as long over a document as docgen does.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"DOCGEN_NO_PDF": "1"}


def measured(command: list[str], folder: Path) -> Run:
    """Run a command to its end and return what it took.

    A small process starts it: what a process was started from counts as its own memory.
    """
    launcher = [sys.executable, "-S", "-E", "-c", _LAUNCHER, *command]
    done = subprocess.run(launcher, cwd=folder, env=installed(), check=True, capture_output=True, text=True)
    seconds, most, code = json.loads(done.stdout)
    assert code == 0, f"{command[0]} ended with {code}"
    return Run(seconds, most / (2**20 if sys.platform == "darwin" else 2**10))


def build_at_once(root: Path) -> None:
    """Build a workspace and do not wait for the disk: what comes of it need only last until the benchmark is done."""
    command = [sys.executable, "-c", _AT_ONCE]
    done = subprocess.run(command, cwd=root, env=installed(), check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
