"""A build with nothing to do: when nothing on disk is other than it was after the last build, nothing is read.

Light: it loads neither the models nor the readers, and asks only for names and stamps.
"""

from __future__ import annotations

import json
import marshal
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from docgen.problems import Problem
from docgen.program import program
from docgen.run.built import as_problem, meta
from docgen.run.root import TOML
from docgen.run.scan import Scan, Stamp, scan, stamp

KEY = "settled"
"""Where the cache tells of a workspace in which nothing is left to do."""

CACHE = ".docgen/built.db"
"""Where the cache lies in output/."""

_PAGE = "Status.html"


@dataclass(frozen=True, slots=True)
class Untouched:
    """How the workspace stands: as after the last build."""

    language: str
    inputs: int
    documents: int
    refused: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What lay in some `folders` at a moment, when the cache in the folder `output` had this stamp."""

    at: int
    folders: list[str]
    found: Scan
    output: str
    cache: Stamp | None

    def is_of(self, root: Path, folders: list[str], output: str) -> bool:
        """Return whether it is of these folders, and no other docgen has built in between."""
        return (self.folders, self.output, self.cache) == (folders, output, _stamp(os.path.join(root, output, CACHE)))


def untouched(root: Path, *, with_pdf: bool = False) -> Untouched | None:
    """Return how the workspace stands when nothing is to be done, or None when that must be looked at."""
    return glanced(root, with_pdf=with_pdf)[0]


def glanced(root: Path, *, with_pdf: bool = False) -> tuple[Untouched | None, Glimpse | None]:
    """Return what `untouched` does; where it is None, what was seen of the inputs, if they were looked at."""
    glimpse = None
    for folder in _output_folders(root):
        cache = _stamp(os.path.join(root, folder, CACHE))
        known = meta(root / folder / CACHE)
        try:
            told: dict[str, Any] = json.loads(known.get(KEY, "null")) or {}
            if told.get("program") != program() or (with_pdf and not _has_pdf(told["pdf"])):
                continue
            glimpse = Glimpse(time.time_ns(), told["folders"], scan(root, told["folders"]), folder, cache)
            if sources(root, glimpse.found, told["others"]) != told["sources"]:
                continue  # most often it is an input, and output/ need not be looked through for nothing
            if results(scan(root, [folder], with_hidden=True)) == told["results"]:
                problems = tuple(map(as_problem, told["problems"]))
                found = Untouched(told["language"], told["inputs"], told["documents"], told["refused"], problems)
                return found, None
        except (ValueError, KeyError, TypeError):
            continue
    return None, glimpse


def _has_pdf(by: str) -> bool:
    """Return whether PDF files that were made by this converter need not be looked at: a better one may be there."""
    if by == "rdocx":
        from docgen.deliver.pdf import at_hand

        return at_hand().engine == by
    return bool(by)


def sources(root: Path, found: Scan, others: Iterable[str]) -> str:
    """Return a digest of the names and stamps of all that documents are made of: inputs, templates and `others`.

    These are further files, named from `root` or absolute. It is empty when a killed build has left something.
    """
    if found.left:
        return ""
    files = [(name, _stamp(os.path.join(root, name))) for name in (TOML, *others)]
    return _digest([sorted(found.files.items()), sorted(found.links), files])


def results(made: Scan) -> str:
    """Return a digest of the names and stamps of all that lies in output/, empty as `sources` is."""
    there = {
        name: stamp
        for name, stamp in made.files.items()
        if "/.docgen/" not in name and not name.endswith(f"/{_PAGE}") and "/~$" not in name and "/.~lock." not in name
    }
    has_page = any(name.endswith(f"/{_PAGE}") for name in made.files)
    return "" if any(name.endswith(".tmp") for name in there) else _digest([has_page, sorted(there.items())])


def _digest(told: list[Any]) -> str:
    # Version 2 of the format has no references, which would depend on how often an object is used.
    return blake2b(marshal.dumps(told, 2), digest_size=16).hexdigest()


def _stamp(path: str) -> Stamp | None:
    try:
        return stamp(os.stat(path))
    except OSError:
        return None


def _output_folders(root: Path) -> list[str]:
    """Return the folders right below the workspace that hold a cache."""
    try:
        with os.scandir(root) as entries:
            return [entry.name for entry in entries if os.path.exists(os.path.join(entry.path, CACHE))]
    except OSError:
        return []
