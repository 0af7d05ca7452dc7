"""How programs save a file: whole, in pieces, or by a dance of names."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

Save = Callable[[Path, bytes], None]

PAUSE = 0.004
"""Seconds between the steps of a dance: long enough for the watcher to look in between."""


def plainly(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def in_pieces(file: Path, data: bytes) -> None:
    """As a copy over a slow line."""
    with file.open("wb") as opened:
        for at in range(0, len(data), 100):
            opened.write(data[at : at + 100])
            opened.flush()
            time.sleep(PAUSE)


def as_word(file: Path, data: bytes) -> None:
    lock = file.with_name(f"~${file.name[2:]}")
    new, old = (file.with_name(f"~WR{kind}{os.getpid() % 10_000:04}.tmp") for kind in "DL")
    lock.write_bytes(b"Kari Nes")
    in_pieces(new, data)
    if file.exists():
        file.rename(old)
        time.sleep(PAUSE)
    new.rename(file)
    time.sleep(PAUSE)
    old.unlink(missing_ok=True)
    lock.unlink()


def as_excel(file: Path, data: bytes) -> None:
    """Excel's temporary file has a name of eight signs and no ending."""
    new = file.with_name(f"{abs(hash(file.name)) % 2**32:08X}")
    in_pieces(new, data)
    if file.exists():
        old = new.with_suffix(".tmp")
        file.rename(old)
        time.sleep(PAUSE)
        new.rename(file)
        old.unlink()
    else:
        new.rename(file)


def as_vim(file: Path, data: bytes) -> None:
    swap, probe, backup = (file.with_name(name) for name in (f".{file.name}.swp", "4913", f"{file.name}~"))
    swap.write_bytes(b"b0VIM")
    probe.write_bytes(b"")
    probe.unlink()
    if file.exists():
        file.rename(backup)
        time.sleep(PAUSE)
    file.write_bytes(data)
    backup.unlink(missing_ok=True)
    swap.unlink()


DANCES: tuple[Save, ...] = (plainly, in_pieces, as_word, as_excel, as_vim)
