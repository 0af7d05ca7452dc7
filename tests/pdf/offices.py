"""What LibreOffice leaves on the machine while it works and afterwards, for the tests to look at."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import psutil

CLIENT = "office_client.py"


def below(pid: int | None = None) -> list[psutil.Process]:
    """Return the LibreOffices and their clients that a process has started, and that still run."""
    found = []
    for process in psutil.Process(pid).children(recursive=True):
        try:
            if process.status() != psutil.STATUS_ZOMBIE and is_office(process):
                found.append(process)
        except psutil.NoSuchProcess:
            pass
    return found


def is_office(process: psutil.Process) -> bool:
    return process.name().startswith("soffice") or any(CLIENT in word for word in process.cmdline())


def working_in(folder: Path) -> list[int]:
    """Return the processes, of whatever parent, whose command line or environment names a folder."""
    found = []
    for process in psutil.process_iter():
        try:
            told = [*process.cmdline(), *process.environ().values()] if is_office(process) else []
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
        if any(str(folder) in word for word in told):
            found.append(process.pid)
    return found


def sockets() -> set[str]:
    """Return the sockets of LibreOffice that lie about."""
    return {name for name in os.listdir("/tmp") if name.startswith("OSL_PIPE_")}


def eventually(is_true: Callable[[], object], seconds: float = 10.0) -> bool:
    """Tell whether something comes true within so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_true():
            return True
        time.sleep(0.02)
    return bool(is_true())
