"""What LibreOffice leaves on the machine while it works and afterwards, for the tests to look at."""

from __future__ import annotations

import hashlib
import os
import re
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


def sockets(folder: Path) -> set[Path]:
    """Return the sockets of the LibreOffices that have their files in a folder: for us, and one for each profile."""
    found = set()
    for process in working_in(folder):
        try:
            told = " ".join(process.cmdline())
        except psutil.NoSuchProcess:
            continue
        if not (profile := re.search(r"UserInstallation=(\S+)", told)):
            continue
        digest = hashlib.md5(profile[1].encode("utf-16-le")).digest()
        names = (re.search(r"pipe,name=(\w+)", told)[1], "SingleOfficeIPC_" + "".join(f"{byte:x}" for byte in digest))
        found |= {Path(f"/tmp/OSL_PIPE_{os.getuid()}_{name}") for name in names}
    return found


def eventually(is_true: Callable[[], object], seconds: float = 10.0) -> bool:
    """Tell whether something comes true within so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_true():
            return True
        time.sleep(0.02)
    return bool(is_true())
