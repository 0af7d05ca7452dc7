"""One builder at a time in a workspace: a lock that the system frees when its process dies, and who holds it."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from docgen.disk import make_folder
from docgen.messages import _
from docgen.problems import BusyError, Problem, Where, WorkspaceError, reason
from docgen.register import Clock, utc_now

LOCK = ".docgen/builder.lock"
HOLDER = ".docgen/builder.txt"

WATCHING = "docgen watch"
"""The one command that holds the lock for as long as it runs."""

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock: the command, its process, on which machine, and since when."""

    doing: str
    process: str
    machine: str
    since: datetime


@contextmanager
def builder_lock(root: Path, doing: str, clock: Clock = utc_now, *, patience: float = 0) -> Iterator[None]:
    """Hold the lock of the workspace at `root` for the command `doing`, waiting for it at most `patience` seconds.

    Raises BusyError, which says who holds it, and WorkspaceError when the workspace can't be written in.
    """
    # Without a lock of the system there is no knowing whether its holder is alive, so the soft kind is not taken.
    lock = FileLock(root / LOCK, timeout=patience, thread_local=False, fallback_to_soft=False)
    try:
        make_folder((root / LOCK).parent, root)
        lock.acquire()
    except Timeout:
        raise BusyError(_busy(_holder(root / HOLDER))) from None
    except OSError as error:
        raise WorkspaceError(_not_writable(error)) from None
    try:
        _sign(root / HOLDER, Holder(doing, str(os.getpid()), platform.node(), clock()))
        yield
    finally:
        with suppress(OSError):
            (root / HOLDER).unlink()
        lock.release()


def _sign(file: Path, holder: Holder) -> None:
    """Write who holds the lock. It is only told to people: that it can't be written is no reason to stop."""
    lines = {
        "kommando": holder.doing,
        "prosess": holder.process,
        "maskin": holder.machine,
        "siden": holder.since.astimezone().isoformat(timespec="seconds"),
    }
    with suppress(OSError):
        file.write_bytes("".join(f"{key}: {value}\n" for key, value in lines.items()).encode("utf-8", "replace"))


def _holder(file: Path) -> Holder | None:
    """Return who holds the lock, or None when nobody has said so or it can't be read."""
    try:
        with file.open("rb") as opened:
            text = opened.read(_MOST).decode("utf-8", "replace")
        told = dict(re.findall(r"^(\w+): (.*?)\r?$", text, re.MULTILINE))
        return Holder(told["kommando"], told["prosess"], told["maskin"], datetime.fromisoformat(told["siden"]))
    except (OSError, KeyError, ValueError):
        return None


def _busy(holder: Holder | None) -> Problem:
    if holder is None:
        what = _("Another docgen is at work in this workspace.")
        return Problem(what, _("Wait until it is done, and try again."), Where(LOCK))
    since = holder.since.astimezone()
    what = _(
        "{command} has been at work in this workspace since {date} at {time} (process {process} on {machine}).",
        command=holder.doing,
        date=f"{since:%d.%m.%Y}",
        time=f"{since:%H.%M}",
        process=holder.process,
        machine=holder.machine,
    )
    if holder.doing == WATCHING:
        fix = _(
            "It makes the documents by itself. To use this command now, stop {command} first: "
            "with Ctrl-C where it runs, or by ending the process.",
            command=holder.doing,
        )
    else:
        fix = _("Wait until it is done, and try again. If it hangs, end the process.")
    return Problem(what, fix, Where(LOCK))


def _not_writable(error: OSError) -> Problem:
    return Problem(
        _("The workspace can't be locked for this work: {reason}.", reason=reason(error)),
        _("See that you may write in the folder of the workspace, and that its disk is neither full nor read-only."),
        Where(LOCK),
    )
