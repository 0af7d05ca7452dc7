"""The words that documents print, in bokmål and nynorsk, with a workspace's or a body's own choices among them.

nb.toml and nn.toml hold the same keys: names that a template can write, such as `ord.saksliste`. A value may have two
kinds of places. `{organ}` is a fact, filled when the document is made. `{ord.protokoll}` is another word of the same
list, filled here: so that a body that says `ord: {protokoll: referat}` gets «Godkjenning av referat» too. Norwegian
bends its words, so sentences refer to others only where the plain form fits («godkjenning av {ord.protokoll}», never
«protokollen»). A word filled inside a sentence begins with a small letter unless it is an abbreviation, like SSU.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

_PLACE = re.compile(r"\{(\w+)\}")
_WORD_PLACE = re.compile(r"\{ord\.(\w+)\}")


class Words(Mapping[str, str]):
    """Key to printed word, unchangeable. `own` are the values as written, where `{ord.…}` is not yet filled."""

    __slots__ = ("_filled", "own")

    def __init__(self, own: Mapping[str, str]) -> None:
        self.own = MappingProxyType(dict(own))
        referring = {key: _filled(word, self.own) for key, word in self.own.items() if "{ord." in word}
        self._filled = self.own | referring

    def __getitem__(self, key: str) -> str:
        return self._filled[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._filled)

    def __len__(self) -> int:
        return len(self._filled)

    def printed(self) -> dict[str, str]:
        """Return the words as a dictionary of one's own, as templates see them."""
        return self._filled.copy()

    def sentence(self, key: str, **facts: str) -> str:
        """Return the word with its places filled from `facts`.

        Unlike `str.format` it reads nothing else out of a body's own wording: stray braces stay as they are.
        """
        return _PLACE.sub(lambda match: facts.get(match[1], match[0]), self[key])


@cache
def words(language: str) -> Words:
    """Return the words of `nb` or `nn`."""
    if language not in ("nb", "nn"):
        raise ValueError(language)
    return Words(tomllib.loads(Path(__file__).with_name(f"{language}.toml").read_text("utf-8")))


def with_choices(base: Words, *overrides: Mapping[str, str]) -> Words:
    """Return `base` with the words that are chosen in `overrides`, a later one winning.

    A choice begins with a capital where the word it replaces does. Keys are found as people write them (`Til stede`);
    those that no document prints are passed over, since whoever knows the file tells of them.
    """
    chosen = dict(base.own)
    for override in overrides:
        for written, word in override.items():
            key = word_key(written)
            if key in chosen and word.strip():
                chosen[key] = _like(base.own[key], word.strip())
    return base if chosen == base.own else Words(chosen)


def word_key(written: str) -> str:
    """Return the key that a person wrote, with case, space, `_` and `-` made one."""
    return "_".join(written.casefold().replace("-", " ").replace("_", " ").split())


def _filled(value: str, own: Mapping[str, str]) -> str:
    def word(match: re.Match[str]) -> str:
        found = own.get(match[1])
        if found is None:
            return match[0]
        return found if match.start() == 0 else _small(found)

    return _WORD_PLACE.sub(word, value)


def _small(word: str) -> str:
    """Return the word with a small first letter; an abbreviation keeps its capitals."""
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


def _like(base: str, word: str) -> str:
    return word[:1].upper() + word[1:] if base[:1].isupper() else word
