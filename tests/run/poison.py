"""Contexts of documents that go wrong in a process of the pool: imported there, so they stand in a module."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any


def context(title: str) -> dict[str, Any]:
    return {"dokument": {"tittel": title, "eier": "Nordvik"}, "tekst": f"Om {title}."}


class Raising(dict[str, Any]):
    def __getitem__(self, name: str) -> Any:
        raise RuntimeError("Kari Nordmann, født 1. mai 1980")


class Deadly(dict[str, Any]):
    """Ends the process that reads it, as too little memory does."""

    def __getitem__(self, name: str) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)


class DeadlyOnce(dict[str, Any]):
    """Ends the first process that reads it, and leaves a mark so that the next lives. `mark` is the file."""

    def __init__(self, values: dict[str, Any], mark: str) -> None:
        super().__init__(values)
        self.mark = mark

    def __getitem__(self, name: str) -> Any:
        if not Path(self.mark).exists():
            Path(self.mark).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__getitem__(name)


class Unhurried(dict[str, Any]):
    """Takes its time, and tells which process it is in by a file in `folder`."""

    def __init__(self, values: dict[str, Any], folder: str, seconds: float) -> None:
        super().__init__(values)
        self.folder, self.seconds = folder, seconds

    def __getitem__(self, name: str) -> Any:
        if name == "tekst":
            Path(self.folder, str(os.getpid())).touch()
            time.sleep(self.seconds)
        return super().__getitem__(name)
