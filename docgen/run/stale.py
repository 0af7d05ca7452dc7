"""What a build has to look at: the inputs that changed since the last one, and those that these bear on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from docgen.model.case_number import CaseNumber
from docgen.model.families import EVERY, families, families_before
from docgen.model.library import Elsewhere, Entry, Library
from docgen.model.record import Record
from docgen.run.built import Built
from docgen.run.scan import Stamp
from docgen.run.seen import Seen, are_as_watched
from docgen.source import source_name

_CONTEXT = ("mandat", "organisering")
"""Kinds that any other input may depend on."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is not as it was. `due` are inputs to look at again though they are the same: their documents are gone, say.

    `everything` tells why all inputs must be looked at: a word for a person, or empty.
    """

    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    due: frozenset[str] = frozenset()
    everything: str = ""

    @property
    def content(self) -> frozenset[str]:
        """The inputs whose content is another than it was, gone ones included."""
        return self.new | self.changed | self.removed


@dataclass(frozen=True, slots=True)
class Scope:
    """The inputs to look at (`asked`), those to read for it (`read`), and what is known of the others."""

    asked: frozenset[str]
    read: frozenset[str]
    removed: frozenset[str] = frozenset()
    """Inputs that are gone."""
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    is_whole: bool = True


def changes(
    built: Built, seen: Seen, templates: Collection[str], held: Collection[str], state: Mapping[str, str]
) -> Changes:
    """Return what changed since the last build.

    `templates` are those that have changed, `state` is what must be as it was for anything to be as it was; `held` are
    inputs that are passed over.
    """
    here, passed = frozenset(seen.inputs), frozenset(held)
    everything = next((name for name, value in state.items() if built.meta.get(name) != value), "")
    looked: dict[str, Stamp | None] = {}
    new, changed = set(), set()
    due = set() if seen.is_hasty else _with_other_documents(built, seen, templates)
    for name in here - passed:
        one = built.inputs.get(name)
        if one is None:
            new.add(name)
        elif seen.is_changed(one):
            changed.add(name)
        elif one.due or (one.watched and not are_as_watched(one, seen, looked)):
            due.add(name)
    return Changes(
        new=frozenset(new),
        changed=frozenset(changed),
        removed=frozenset(built.inputs) - here - passed,
        due=frozenset(due) & here - passed - changed,
        everything="built.db" if built.is_empty else everything,
    )


def _with_other_documents(built: Built, seen: Seen, templates: Collection[str]) -> set[str]:
    """Return the inputs of which a document is not as it was made, or a template has changed."""
    lie = {file: seen.made.files.get(f"{seen.output}/{file}") for file in built.documents}
    found = set()
    for file, one in built.documents.items():
        if lie[file] != one.stamp or one.stamp is None or one.template in templates:
            # What is refused can't be made now, but for the edition in force that is put back.
            known = built.inputs.get(one.input)
            if known and (known.standing == "right" or (one.state == "kept" and lie[file] != one.stamp)):
                found.add(one.input)
    return found


def whole(found: Changes, seen: Seen, built: Built, held: Collection[str]) -> Scope:
    """Return the scope of a build that looks at everything."""
    every = frozenset(seen.inputs) | (frozenset(held) & frozenset(built.inputs))
    return Scope(every - frozenset(held), every, found.removed)


def scope(
    found: Changes,
    entries: Mapping[str, Entry],
    context: Library,
    built: Built,
    record: Record,
    seen: Seen,
    held: Collection[str],
) -> Scope | None:
    """Return the inputs that are to be looked at; None when these are all of them.

    `entries` are the new and changed inputs, read, and `context` the library of those of EVERY.
    """
    known = built.inputs
    stirred: set[str] = set()
    for name in found.content:
        old, now = known.get(name), entries.get(name)
        if (old and old.kind in _CONTEXT) or (now and now.kind in _CONTEXT):
            return None
        stirred |= stirred_by(name, now, built, context, record)
    if any(known[name].kind in _CONTEXT and not are_as_watched(known[name], seen, {}) for name in found.due):
        return None
    refused: set[str] = set()
    if EVERY in stirred:
        # What is told of a body that is missing names the files that can't be read.
        refused = {name for name, one in known.items() if one.problems}
        stirred = (stirred | {family for name in refused for family in known[name].families}) - {EVERY}
    here = frozenset(seen.inputs) | frozenset(held)
    bearing = {name for name, one in known.items() if not stirred.isdisjoint(one.families)}
    asked = (((bearing | refused) & here) | found.new | found.changed | found.due) - frozenset(held)
    beside = stirred | {family for name in asked & set(known) for family in known[name].families}
    read = {name for name, one in known.items() if EVERY in one.families or not beside.isdisjoint(one.families)} & here
    # A name that is given up is another's, who had to be called (2).
    names = {same for name in asked | found.removed if name in known for same in known[name].wanted}
    others = read | asked | found.removed
    if any(not names.isdisjoint(one.wanted) for name, one in known.items() if name not in others):
        return None
    return Scope(frozenset(asked), frozenset(read | asked), found.removed, is_whole=False)


def stirred_by(name: str, now: Entry | None, built: Built, context: Library, record: Record) -> frozenset[str]:
    """Return the families that a change of an input bears on: those that it was of, and is of `now`.

    None stands for one that is gone or can't be read.
    """
    old = built.inputs.get(name)
    is_now = families(now, context) if now else frozenset({EVERY})
    return is_now | frozenset(old.families if old else ()) | families_before(source_name(name), record)


def elsewhere(read: Collection[str], removed: Collection[str], named: Collection[str], built: Built) -> Elsewhere:
    """Return what is known of the inputs that are neither read nor gone; `named` are families whose cases are named."""
    rest = [one for name, one in built.inputs.items() if name not in read and name not in removed]
    return Elsewhere(
        meetings=frozenset(one.meeting for one in rest if one.meeting),
        sources=frozenset(source_name(one.file) for one in rest if one.kind == "møte"),
        names=frozenset(one.document for one in rest if one.document),
        coming=frozenset(
            (sequence, CaseNumber(year, number, suffix))
            for one in rest
            if not set(named).isdisjoint(one.families)
            for sequence, year, number, suffix in one.numbers
        ),
        files=frozenset(name for one in rest for name in one.wanted),
    )
