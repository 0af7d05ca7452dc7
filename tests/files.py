"""Which files of a workspace tests look at: not the cache, the lock and the page that any build may write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

OWN = ("builder.lock", "builder.txt", "built.db", "built.db-journal", "Status.html")


def documents_in(folder: Path) -> Iterator[Path]:
    """Give the files below a folder (output/, say) that are not docgen's own bookkeeping, sorted."""
    for file in sorted(folder.rglob("*")):
        is_own = file.name in OWN or file.name.endswith(".FEIL.txt") or file.parent.name == "log"
        if file.is_file() and not is_own:
            yield file
