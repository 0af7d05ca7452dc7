"""When a file is at rest: its stamp and content have been the same for a quiet time. No clock and no disk in here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf

from docgen.run.scan import Stamp

Content = Callable[[str, Stamp], bytes]
"""Gives a digest of a file's content, or nothing when the content need not or can't be read."""


@dataclass(slots=True)
class Restless:
    """A file that is being written, or that is gone and may come back (then it has no stamp).

    It has been as it is `since` then, and did last come to rest before it `began`.
    """

    stamp: Stamp | None
    digest: bytes
    since: float
    began: float


@dataclass(frozen=True, slots=True)
class Changes:
    """What a look at the folders showed: files that came to rest with another content, files that went, and the rest.

    `unsettled` are those that are not at rest yet.
    """

    settled: frozenset[str]
    gone: frozenset[str]
    unsettled: Mapping[str, Restless]


@dataclass(frozen=True, slots=True)
class _Known:
    stamp: Stamp
    digest: bytes


class Settling:
    """Follows files from look to look. Each change is told once, when the file has been quiet for `quiet` seconds.

    Editors write a temporary file, move the old one away and the new one in: a file that is gone is so only when it has
    not come back for the quiet time, and one that came back with the same content was not changed.
    """

    def __init__(self, quiet: float, content: Content, age: Callable[[Stamp], float] = lambda _stamp: 0.0) -> None:
        """`age` gives the seconds that a file had been as it is when it was looked at: events take a moment to come."""
        self.quiet = quiet
        self._content = content
        self._age = age
        self._known: dict[str, _Known] = {}
        self._restless: dict[str, Restless] = {}

    def seen(self, files: Mapping[str, Stamp], now: float) -> Changes:
        """Take in what there is `now`, in seconds of a clock that never goes back, and return what came of it."""
        settled = set()
        for name, stamp in files.items():
            known = self._known.get(name)
            if known is not None and known.stamp == stamp and name not in self._restless:
                continue
            if self._comes_to_rest(name, stamp, now) and self._is_news(name, stamp):
                settled.add(name)
        absent = {name for known in (self._known, self._restless) for name in known if name not in files}
        gone = {name for name in absent if self._is_gone(name, now)}
        return Changes(frozenset(settled), frozenset(gone), self._restless)

    def stamps(self) -> dict[str, Stamp]:
        """Return every file that was there at the last look, with its stamp."""
        found = {name: one.stamp for name, one in self._known.items()}
        for name, one in self._restless.items():
            if one.stamp is None:
                found.pop(name, None)
            else:
                found[name] = one.stamp
        return found

    def at_rest(self) -> dict[str, Stamp]:
        """Return the files that are at rest, with the stamps they have had for the quiet time."""
        return {name: one.stamp for name, one in self._known.items() if name not in self._restless}

    def has_rested(self, name: str) -> bool:
        """Return whether a file was told of, and not that it is gone: it was no program's temporary file."""
        return name in self._known

    def due(self) -> float:
        """Return when the next file may come to rest, infinite when all are."""
        return min((one.since for one in self._restless.values()), default=inf) + self.quiet

    def _comes_to_rest(self, name: str, stamp: Stamp, now: float) -> bool:
        """Return whether a file that is there has been quiet long enough; its digest is then that of all that time."""
        one = self._restless.get(name)
        if one is None or one.stamp != stamp:
            began = one.began if one else now
            self._restless[name] = Restless(stamp, self._content(name, stamp), now - self._age(stamp), began)
            return False
        if now - one.since < self.quiet:
            return False
        # A share may tell the time in steps of two seconds, and two writes of one step have the same stamp.
        digest = self._content(name, stamp)
        if digest != one.digest:
            one.digest, one.since = digest, now
            return False
        return True

    def _is_news(self, name: str, stamp: Stamp) -> bool:
        """Let a file rest, and return whether it is another one than when it last did."""
        was, now = self._known.get(name), _Known(stamp, self._restless.pop(name).digest)
        self._known[name] = now
        if was is None or was.digest != now.digest:
            return True
        return was.stamp != now.stamp and not now.digest

    def _is_gone(self, name: str, now: float) -> bool:
        """Return whether a file that is not there has been away so long that it won't come back."""
        one = self._restless.get(name)
        if one is None or one.stamp is not None:
            self._restless[name] = Restless(None, b"", now, one.began if one else now)
            return False
        if now - one.since < self.quiet:
            return False
        del self._restless[name]
        # What never came to rest before it went was never told of, and is not missed.
        return self._known.pop(name, None) is not None
