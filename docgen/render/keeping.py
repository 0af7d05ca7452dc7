"""Compiled templates as bytes: for the processes of a pool, and for the next run.

Whoever makes these bytes decides what docgen does with them: they hold code. Read only what docgen itself wrote, where
nobody else can write.
"""

from __future__ import annotations

import os
import pickle
import sys
import zlib
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from docgen.render.template import Template

_SEAL = 32
"""Bytes of the checksum that the rest follows."""

_CODE = ("render", "words", "model")
"""Where docgen's own code and words lie that decide what a template becomes."""

_LIBRARIES = ("docxtpl", "jinja2", "lxml")


def key(digest: str, kind: str | None) -> str:
    """Return the name of a template (its digest) compiled as `kind`, by this program, here."""
    return sha256(f"{digest} {kind} {program()}".encode()).hexdigest()


def packed(template: Template) -> bytes:
    """Return the template as bytes, with a checksum."""
    inside = pickle.dumps(tuple(getattr(template, one.name) for one in fields(template)), protocol=5)
    return sha256(inside).digest() + inside


def unpacked(data: bytes, name: str) -> Template | None:
    """Return a template that was packed, by the file name that it has now; None when the bytes are not whole."""
    seal, inside = data[:_SEAL], data[_SEAL:]
    if sha256(inside).digest() != seal:
        return None
    return replace(Template(*pickle.loads(inside)), name=name)


@lru_cache(maxsize=32)
def for_pickle(template: Template) -> bytes:
    """Return the template packed, again and again without work: it goes to a process with each task."""
    return packed(template)


@lru_cache(maxsize=32)
def from_pickle(data: bytes) -> Template:
    """Return a template from for_pickle; the same bytes give the same template."""
    return Template(*pickle.loads(data[_SEAL:]))


@cache
def program() -> str:
    """Return a digest that changes with docgen's code, the libraries that compile a template, and Python.

    It looks at when files were changed, not into them: it is asked for in each run. A file's own time may be that of
    its making, far away, but that of its entry on this disk is always new.
    """
    seen = [sys.version, str(sys.implementation.cache_tag), zlib.ZLIB_RUNTIME_VERSION, *map(str, _stamps())]
    return sha256("\n".join(seen).encode()).hexdigest()


def _stamps() -> Iterator[tuple[str, int, int, int]]:
    docgen = Path(__file__).parents[1]
    for folder in _CODE:
        with os.scandir(docgen / folder) as entries:
            files = [(entry.name, entry.stat()) for entry in entries if entry.name.endswith((".py", ".toml"))]
        for name, info in sorted(files):
            yield f"{folder}/{name}", info.st_size, info.st_mtime_ns, info.st_ctime_ns
    for library in _LIBRARIES:
        found = find_spec(library)
        if found and found.origin:
            info = os.stat(found.origin)
            yield library, info.st_size, info.st_mtime_ns, info.st_ctime_ns
