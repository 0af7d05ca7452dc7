"""Putting a pack where it belongs: whole or not at all, and never over what docgen did not make."""

from __future__ import annotations

from contextlib import suppress
from itertools import chain, islice, takewhile
from pathlib import Path

from docgen.deliver.publish import State, content, names_beside
from docgen.deliver.seal import seal
from docgen.disk import HeldError, write_whole
from docgen.messages import _

_TRIES = 3
_MOST_BESIDE = 20


def put(target: Path, data: bytes, within: Path | None = None) -> tuple[Path, State]:
    """Write a sealed pack to `target`, or beside it when what stands there is not docgen's or is open elsewhere.

    Return where it is, and what came of it: `beside` somebody else's file, or `held` by a program that has the pack
    open. When the pack is in its place, what docgen put beside it before is removed. Raises OSError.
    """
    why: State = "made"
    for place in islice(chain((target,), names_beside(target)), _MOST_BESIDE):
        try:
            there = content(place)
            if there is not None and not is_ours(there):
                why = "beside" if why == "made" else why
                continue
            if there != data:
                _write(place, data, within)
        except HeldError:
            why = "held"
            continue
        if place != target:
            return place, why
        _drop_beside(target)
        return target, "unchanged" if there == data else "made"
    raise FileExistsError(_("there are too many files of that name"))


def is_ours(data: bytes) -> bool:
    """Return whether docgen made this pack, and nobody has changed it since: it has a seal, and is of no document."""
    found = seal(data)
    return found is not None and found.is_untouched and not found.made_of


def _write(place: Path, data: bytes, within: Path | None) -> None:
    for left in range(_TRIES - 1, -1, -1):
        try:
            write_whole(place, data, within)
        except FileNotFoundError:
            # A build that began meanwhile takes the unfinished file for one that a crash left, and sweeps it away.
            if not left or not place.parent.is_dir():
                raise
        else:
            return


def _drop_beside(target: Path) -> None:
    """Remove the packs that docgen put beside this one while it was held."""
    for place in takewhile(Path.exists, names_beside(target)):
        with suppress(OSError):  # it is open: it is in nobody's way
            if is_ours(place.read_bytes()):
                place.unlink()
