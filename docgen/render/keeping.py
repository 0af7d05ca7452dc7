"""Compiled templates as bytes: for the processes of a pool, and for the next run.

Whoever makes these bytes decides what docgen does with them: they hold code. Read only what docgen itself wrote, where
nobody else can write.
"""

from __future__ import annotations

import pickle
import zlib
from dataclasses import fields, replace
from functools import lru_cache
from hashlib import sha256

from docgen.program import program
from docgen.render.template import Template

_SEAL = 32
"""Bytes of the checksum that the rest follows."""


def key(digest: str, kind: str | None) -> str:
    """Return the name of a template (its digest) compiled as `kind`, by this program, here."""
    return sha256(f"{digest} {kind} {program()} {zlib.ZLIB_RUNTIME_VERSION}".encode()).hexdigest()


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
