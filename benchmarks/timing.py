"""How the benchmarks write files and take time."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path


def on_one_core() -> None:
    """Keep this process, and those it starts, on one core where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def written(path: Path, content: bytes) -> None:
    """Write a file that appears whole."""
    beside = path.with_suffix(".tmp")
    beside.write_bytes(content)
    os.replace(beside, path)


def seconds(make: Callable[[Path], None], folder: Path, count: int) -> float:
    """Return how long one takes, when `count` are made in the folder."""
    gc.collect()  # nobody pays for what another left behind
    start = time.perf_counter()
    for number in range(count):
        make(folder / f"{number}.docx")
    return (time.perf_counter() - start) / count


def emptied(folder: Path) -> Path:
    """Return the folder with nothing in it: to replace a file can cost more than to make it, for each peer alike."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
