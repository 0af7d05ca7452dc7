"""What LibreOffice leaves on the machine while it works and afterwards, for the tests to look at."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import psutil

CLIENT = "office_client.py"


def working_in(folder: Path) -> list[psutil.Process]:
    """Return the LibreOffices and their clients that run, of whatever parent, and have their files in a folder."""
    found = []
    for process in psutil.process_iter():
        try:
            is_office = process.name().startswith("soffice") or any(CLIENT in word for word in process.cmdline())
            told = [*process.cmdline(), *process.environ().values()] if is_office else []
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
        if any(str(folder) in word for word in told):
            found.append(process)
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
