"""Inputs that nobody meant to be there: copies that a program left beside a file, and names that differ by case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator

from docgen.messages import _
from docgen.problems import Problem, Where

_ENDINGS = re.compile(
    r"""
      [ ]?\( [^()]* (?:konfli|conflic) [^()]* (?:\([^()]*\)[^()]*)? \)   # Dropbox, Nextcloud, ownCloud, Box, FileCloud
    | [ ]?\( [^()]* motstridende [^()]* \)             # Dropbox, in a Norwegian of its own
    | [ ]\( \d{1,2} \)                                 # Windows, Google, browsers: «møte (1)»
    | [ ]-[ ](?:kopi|copy) (?:[ ]?\(\d{1,2}\))?        # Windows: «møte - Kopi (2)»
    | [ ](?:kopi|copy) (?:[ ]\d{1,2})?                 # a Mac: «møte kopi 2»
    | \.sync-conflict-\d{8}-\d{6} (?:-\w+)?            # Syncthing
    | _conflict-\d{8}-\d{6}                            # ownCloud, before
    | _conf\(\d+\)                                     # Google Drive, before
    | _ [^_]+ _\w{3}-\d\d-\d{4}-\d{4} _\w*Conflict (?:_\d+)?   # Synology Drive
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What programs put at the end of a copy's name."""

_MACHINE = re.compile(r"-(?:DESKTOP-[A-Z0-9]{7}|LAPTOP-[A-Z0-9]{8}|WIN-[A-Z0-9]{11}|[A-Z0-9]{1,12}-PC)(?:-\d{1,2})?")
"""OneDrive puts the machine's name there: these are such as Windows gives by itself. Any other could be a word."""

_MAYBE = re.compile(r"\)$|kopi|copy|conf|-DESKTOP-|-LAPTOP-|-WIN-|-PC", re.IGNORECASE)
"""What no copy's name is without: most names need no closer look."""

_BEGINNINGS = re.compile(r"(?:kopi av|copy of) ", re.IGNORECASE)


def strays(names: Iterable[str], known: Container[str] = (), machine: str = "") -> dict[str, Problem]:
    """Return the inputs to hold and ask about, each with what to say; `names` are from the workspace, with `/`.

    Of names that another disk would take for one, the first goes on: one of `known`, which were inputs before, then one
    in the usual form of Unicode, then by name. A copy is held when what it is a copy of is there beside it.
    OneDrive may have put `machine` on it, the name of this one.
    """
    found: dict[str, Problem] = {}
    first: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (name not in known, name != _composed(name), name)):
        other = first.setdefault(_folded(name), name)
        if other != name:
            found[name] = _same(name, other)
    for name in first.values():
        if original := _original(name, first, machine):
            found[name] = _copy(name, original)
    return found


def _composed(name: str) -> str:
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def _folded(name: str) -> str:
    return _composed(_composed(name).casefold())


def _original(name: str, there: dict[str, str], machine: str) -> str:
    """Return the file that this is a copy of, or the empty text when it is none or that is not there."""
    folder, slash, file = _composed(name).rpartition("/")
    stem, dot, suffix = file.rpartition(".")
    if not _MAYBE.search(stem) and not (machine and machine.casefold() in stem.casefold()):
        return ""
    tried = [stem]
    for one in tried:
        for shorter in _without_mark(one, machine):
            if original := there.get(_folded(f"{folder}{slash}{shorter}{dot}{suffix}")):
                return original
            tried.append(shorter)
    return ""


def _without_mark(stem: str, machine: str) -> Iterator[str]:
    """Give what may be the name before a program marked it as a copy: «møte (1)» of «møte (1) - Kopi»."""
    if begins := _BEGINNINGS.match(stem):
        yield stem[begins.end() :]
    if machine and (ends := re.search(rf"-{re.escape(machine)}(?:-\d{{1,2}})?$", stem, re.IGNORECASE)):
        yield stem[: ends.start()]
    for at in range(1, len(stem)):
        if stem[at] in " (.-_" and (_ENDINGS.fullmatch(stem, at) or _MACHINE.fullmatch(stem, at)):
            yield stem[:at]


def _copy(name: str, original: str) -> Problem:
    return Problem(
        _(
            "This looks like a copy of «{original}», made when two had it open or it was copied.",
            original=_file(original),
        ),
        _(
            "docgen goes on with «{original}» and leaves this one alone. Move what is right into «{original}», and "
            "delete this one. Is it another document, give it another name.",
            original=_file(original),
        ),
        Where(name),
    )


def _same(name: str, other: str) -> Problem:
    return Problem(
        _(
            "The name is the same as that of «{other}»: Windows and OneDrive do not tell them from each other.",
            other=other,
        ),
        _("docgen goes on with «{other}» and leaves this one alone. Give one of them another name.", other=other),
        Where(name),
    )


def _file(name: str) -> str:
    return name.rpartition("/")[2]
