"""The one way to write the facts of a row, and the hash that chains it to the row before."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from unicodedata import normalize

FIRST = "0" * 64
"""What the first row is chained to."""

_LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON takes in as it stands (RFC 8259 § 6)."""

_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def canonical(value: Any) -> str:
    """Return `value` as JSON that is always the same: keys sorted by code point, no spaces, text in NFC.

    Raises ValueError for what facts may not hold: fractions, null, too large numbers, keys that are one in NFC.
    """
    return _written(_plain(value))


def row_hash(number: int, at: str, event: str, facts: str, previous: str) -> str:
    """Return SHA-256 over the canonical JSON of the list of the five; `facts` is canonical already."""
    text = f"[{number},{_written(at)},{_written(event)},{facts},{_written(previous)}]"
    return sha256(text.encode()).hexdigest()


def digest_of(data: bytes) -> str:
    """Return the digest by which the register knows a frozen file."""
    return sha256(data).hexdigest()


def moment(time: datetime) -> str:
    """Return a time that knows its zone as the log writes it: `2024-09-26T12:00:00Z`."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_moment(text: str) -> bool:
    """Return whether `text` is a time as the log writes it."""
    if not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= _LARGEST:
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        plain = {_text(key): _plain(one) for key, one in value.items()}
        if len(plain) == len(value):
            return plain
    raise ValueError(f"the register does not take in {value!r}")


def _text(text: str) -> str:
    if text.isascii():
        return text
    text.encode()  # a lone surrogate is no text, and SQLite could not keep it
    return normalize("NFC", text)
