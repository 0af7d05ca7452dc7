"""How often the watcher looks, how long it waits, and after how long it tries again. All in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docgen.register.place import is_network
from docgen.run.workspace import Workspace

QUIET = 2.0
QUIET_ON_NETWORK = 5.0
"""For how long a file must be unchanged before it is read: a share may tell of a change late."""

RESCAN = 30.0
"""For how long events alone are trusted to tell of changes."""

POLL = 2.0
"""How often to look where there are no events."""

HEARTBEAT = 60.0
"""How often the status page tells anew when docgen last looked."""

ROUTINE = 300.0
"""How often all is gone through though nothing seems changed: what an input names may lie outside the folders."""

PATIENCE = 30.0
"""For how long a picture or a template that is always being written holds up the others."""

_TRIES = (5.0, 10.0, 20.0, 30.0)
_RESTS = (5.0, 15.0, 30.0, 60.0)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a file must be quiet, how often to look without events, and whether to look by events at all."""

    quiet: float = QUIET
    interval: float = POLL
    by_events: bool = True


def pace(workspace: Workspace, *, poll: bool = False, interval: float | None = None) -> Pace:
    """Return the pace for a workspace: by events, unless one asks for looking, or a folder is on another machine."""
    folders: tuple[Path, ...] = (workspace.root, *workspace.input_folders, workspace.templates)
    away = any(is_network(folder) for folder in folders)
    return Pace(QUIET_ON_NETWORK if away else QUIET, interval or POLL, not (poll or away))


def until_next_try(tries: int) -> float:
    """Return how long to wait before documents that could not be put in their place are tried again."""
    return _TRIES[min(tries, len(_TRIES) - 1)]


def rest(faults: int) -> float:
    """Return how long to rest after so many faults in a row before this one."""
    return _RESTS[min(faults, len(_RESTS) - 1)]
