"""One look at a workspace before a build: what lies on disk, what changed, and which inputs that bears on."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from docgen.model.families import EVERY, reads
from docgen.model.library import Entry, Library
from docgen.problems import InputError, Problem
from docgen.program import program
from docgen.run.built import Built
from docgen.run.inputs import Reader
from docgen.run.ledger import Ledger
from docgen.run.scan import Stamp
from docgen.run.seen import Seen
from docgen.run.stale import Changes, Scope, changes, elsewhere, scope, stirred_by, whole
from docgen.run.strays import strays

Held = Mapping[str, Problem | None]
"""Inputs that are passed over: still being written (None), or asked about."""


@dataclass(slots=True)
class Look:
    """What is on disk, what was built, what changed, and what is to be looked at.

    `state` is what must be as it was for anything to be as it was. `held` are inputs that are still being written, and
    `asked` those that a person is asked about.
    """

    seen: Seen
    reader: Reader
    built: Built
    changes: Changes
    scope: Scope
    state: dict[str, str]
    held: Held
    asked: dict[str, Problem]
    left: int = 0
    """How many inputs were left for the next batch."""

    @property
    def is_restyled(self) -> bool:
        """Whether a template is not surely as it was."""
        return self.state["stamps"] != self.built.meta.get("stamps") or "null" in self.state["stamps"]

    def at_everything(self) -> None:
        """Look at all inputs: those that were chosen do not tell enough."""
        self.scope = whole(self.changes, self.seen, self.built, self.held)


@dataclass(slots=True)
class Batches:
    """How many of thousands of changed inputs are looked at together in a build, and in which turn each is."""

    most: int
    turns: dict[str, int] = field(default_factory=dict)
    """Whole families are in one turn, so that the others may as well have come later."""


def look(
    there: Seen,
    built: Built,
    ledger: Ledger,
    reader: Reader,
    held: Held,
    at_rest: Mapping[str, Stamp] | None,
    batches: Batches | None = None,
) -> Look:
    """Return what is to be looked at. With `at_rest`, an input that has another stamp than there is passed over.

    Of more inputs that are new or changed than one of the `batches` takes, the rest is passed over.
    """
    if at_rest is not None:
        there.is_strict = True
        held = {**_restless(there, built, at_rest), **held}
    asked = {name: problem for name, problem in held.items() if problem}
    if built.inputs.keys() != set(there.inputs):  # else all of them were looked at before
        asked |= strays(there.inputs, built.inputs, platform.node())
    # What a person is asked about is as if it were not there.
    there.inputs = [name for name in there.inputs if name not in asked]
    held = dict.fromkeys(name for name in held if name not in asked)
    stamps = {name: list(stamp) if (stamp := there.stamp(name)) else None for name in there.templates}
    state = {
        "program": program(),
        "settings": there.workspace.digest,
        "register": ledger.head,
        "templates": json.dumps(there.templates),
    }
    found = changes(built, there, _restyled(built, stamps), held, state)
    left: frozenset[str] = frozenset()
    if batches and not found.everything and len(found.content) > batches.most:
        batch = _batch(found, built, there, ledger, reader, batches)
        left = found.content - batch.content
        found, held = batch, {**held, **dict.fromkeys(left)}
    chosen = None if found.everything else _scope(found, built, there, ledger, reader, held)
    state["stamps"] = json.dumps(stamps)
    return Look(there, reader, built, found, chosen or whole(found, there, built, held), state, held, asked, len(left))


def _batch(found: Changes, built: Built, there: Seen, ledger: Ledger, reader: Reader, batches: Batches) -> Changes:
    """Return the changes whose turn it is. What has changed since the turns were given is taken at once."""
    changed = found.new | found.changed
    if not batches.turns:
        bearing = _bearing(found, built, there, ledger, reader)
        stirred = {family for name in found.removed for family in bearing.pop(name)}
        batches.turns = _turns(bearing, stirred, batches.most)
    now = min((batches.turns.get(name, 0) for name in changed), default=0)
    chosen = {name for name in changed if batches.turns.get(name, now) == now}
    return replace(found, new=found.new & chosen, changed=found.changed & chosen, due=frozenset())


def _bearing(found: Changes, built: Built, there: Seen, ledger: Ledger, reader: Reader) -> dict[str, frozenset[str]]:
    """Return the families that each change bears on."""
    context = Library(_hubs(built, there, reader, {}).values(), there.workspace.settings.house)
    bearing: dict[str, frozenset[str]] = {}
    for name in sorted(found.content):
        read = _entries([name] if name not in found.removed else [], there, reader, {})
        there.typed.pop(name, None)  # thousands of them would fill the memory
        bearing[name] = stirred_by(name, read.get(name), built, context, ledger.record)
    return bearing


def _turns(bearing: Mapping[str, frozenset[str]], stirred: Iterable[str], most: int) -> dict[str, int]:
    """Return in which turn to look at each input: about `most` in each, but those of a family together.

    Those of the families that are `stirred` already are in the first one.
    """
    turns: dict[str, int] = {}
    together, turn = set(stirred), 0
    while len(turns) < len(bearing):
        first, before = len(turns), -1
        while len(turns) > before:
            before = len(turns)
            for name, families in bearing.items():
                if name not in turns and (len(turns) - first < most or not together.isdisjoint(families)):
                    turns[name] = turn
                    together |= families
        together, turn = set(), turn + 1
    return turns


def _hubs(built: Built, there: Seen, reader: Reader, held: Held) -> dict[str, Entry]:
    """Return the inputs that any other may depend on."""
    names = {name for name, one in built.inputs.items() if EVERY in one.families} & set(there.inputs)
    return _entries(names, there, reader, held)


def _scope(found: Changes, built: Built, there: Seen, ledger: Ledger, reader: Reader, held: Held) -> Scope | None:
    """Return the inputs to look at and read, or None for all of them."""
    if not (found.content or found.due) and all(one.standing != "unread" for one in built.inputs.values()):
        return Scope(frozenset(), frozenset(), elsewhere=elsewhere(frozenset(), frozenset(), (), built), is_whole=False)
    context = Library(_hubs(built, there, reader, held).values(), there.workspace.settings.house)
    entries = _entries((found.new | found.changed) - set(held), there, reader, held)
    chosen = scope(found, entries, context, built, ledger.record, there, held)
    if chosen is None:
        return None
    read = _entries(chosen.read, there, reader, held)
    named = frozenset(family for entry in read.values() for family in reads(entry, context))
    return replace(chosen, elsewhere=elsewhere(chosen.read, chosen.removed, named, built))


def _entries(names: Iterable[str], there: Seen, reader: Reader, held: Held) -> dict[str, Entry]:
    """Return those of the named inputs that can be read."""
    found = {}
    for name in names:
        try:
            one = reader.last(name, there) if name in held else reader.entry(name, there)
        except InputError:
            continue
        if one:
            found[name] = one
    return found


def _restless(there: Seen, built: Built, at_rest: Mapping[str, Stamp]) -> dict[str, None]:
    """Return the inputs that came, went or were written after the watcher had looked."""
    here = set(there.inputs)
    moved = {name for name in here if at_rest.get(name) != there.found.files.get(name)}
    return dict.fromkeys(moved | {name for name in at_rest if name in built.inputs and name not in here})


def _restyled(built: Built, stamps: Mapping[str, object]) -> frozenset[str]:
    """Return the templates that are not as they were."""
    known = built.templates
    return frozenset(name for name, stamp in stamps.items() if stamp is None or known.get(name) != stamp)
