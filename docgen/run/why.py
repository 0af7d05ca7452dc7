"""Why a document is made: what of its recipe is not as it was, and which file that comes from."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from docgen.messages import _
from docgen.run.known import KnownDocument
from docgen.run.recipes import PICTURES, PROGRAM, TEMPLATE, differing
from docgen.run.root import TOML

_MOST = 3
"""Files that are named as the cause."""


@dataclass(frozen=True, slots=True)
class Causes:
    """What is not as it was: inputs by file, or what holds for all of them (`settings`, `register`, `built.db` …).

    `related` gives the files that an input takes facts from.
    """

    changed: frozenset[str]
    everything: str
    related: Callable[[str], Collection[str]]

    def why(self, input_file: str, known: KnownDocument | None, recipe: str, *, is_there: bool) -> str:
        """Return why a document is made anew. It `is_there` when a file of its name lies in output/."""
        if known is None or not known.recipe:
            return self._unknown(known, is_there=is_there)
        if known.recipe == recipe:
            return _("it was changed outside docgen") if is_there else _("it was gone")
        parts = differing(known.recipe, recipe)
        told = []
        if TEMPLATE in parts:
            told.append(_("the template {file} has changed", file=known.template))
        if PICTURES in parts:
            told.append(_("a picture has changed"))
        if rest := [part for part in parts if part not in (TEMPLATE, PICTURES, PROGRAM)]:
            told.append(self._content(input_file, ", ".join(dict.fromkeys(rest))))
        return ", ".join(told) or _("docgen itself has changed")

    def _unknown(self, known: KnownDocument | None, *, is_there: bool) -> str:
        if known is not None and known.state == "held":
            return _("it was open in another program")
        if known is not None and known.state == "beside":
            return _("a person has edited the one before")
        if self.everything == "built.db" and is_there:
            return _("docgen does not know any more what it was made of")
        return _("it is new")

    def _content(self, input_file: str, parts: str) -> str:
        if input_file in self.changed:
            return _("{file} has changed: {parts}", file=input_file, parts=parts)
        others = sorted(self.changed.intersection(self.related(input_file)))
        if self.everything == "settings":
            others.append(TOML)
        # What is left comes from another of the meetings that it shares its numbers with.
        if others := others or sorted(self.changed):
            return _("{file} has changed: {parts}", file=", ".join(others[:_MOST]), parts=parts)
        return _("the register has changed: {parts}", parts=parts)
