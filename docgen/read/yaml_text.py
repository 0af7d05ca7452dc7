"""YAML at the level of libyaml's events: every scalar stays text, and what YAML does behind one's back is refused."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from docgen.messages import _
from docgen.problems import InputError, Path, Problem, Where
from docgen.read.gate import empty
from docgen.read.tree import MOST_LEVELS, MOST_NODES, MOST_TOLD, not_keys, source, too_deep, too_many, twice
from docgen.read.yaml_errors import badly_indented, explained, several
from docgen.source import Source, Tree

Loader: Any = getattr(yaml.cyaml, "CParser", yaml.SafeLoader) if yaml.__with_libyaml__ else yaml.SafeLoader

NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
TEXT_TAG = "tag:yaml.org,2002:str"
HARD_SPACE = "\u00a0"  # looks like indentation, and is a letter to YAML


class _Refused(Exception):
    """There is something here that docgen does not take; `_refusals` tells what."""


def read_yaml(file: str, text: str, warnings: list[Problem]) -> Source:
    """Return the Source of YAML. Adds a warning for each value that a ` #` cuts."""
    try:
        tree = _tree(text)
    except (_Refused, yaml.YAMLError):
        raise InputError(*_refusals(file, text) or [empty(file)]) from None
    if not isinstance(tree, dict):
        raise InputError(empty(file) if tree == "" else not_keys(file))
    if f"\n{HARD_SPACE}" in text and (wrong := _refusals(file, text)):
        raise InputError(*wrong)
    if " #" in text or "\t#" in text:
        warnings += islice(_cuts(file, text), MOST_TOLD)
    return source(file, text, tree, partial(places, text), warnings)


def places(text: str) -> Iterator[tuple[Path, int]]:
    """Give each value with its line; a list or a group of keys stands on the line of its key."""
    last = text.rstrip("\n").count("\n") + 1  # libyaml sees the empty value of a key without colon on a line more
    for node in _nodes(text):
        yield node.path, min(node.line, last)


def _tree(text: str) -> Tree:
    """Return the text's one document. Raises _Refused or YAMLError, with little care for which of several faults."""
    documents: list[Tree] = []
    into: Any = documents
    outer: list[Any] = []
    key: str | None = None
    room = MOST_NODES + 1  # for the document itself
    for event in iter(Loader(text).get_event, None):
        kind = event.__class__
        if kind is ScalarEvent:
            value = event.value
            if event.anchor is not None or event.tag is not None:
                if event.anchor is not None or event.tag != TEXT_TAG:
                    raise _Refused
            elif value in NOTHING and not event.style and (key is not None or into.__class__ is list):
                value = ""
            if into.__class__ is list:
                into.append(value)
            elif key is None:
                if value in into or (value == "<<" and not event.style):
                    raise _Refused
                key = value
                continue
            else:
                into[key] = value
                key = None
            room -= 1
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            new: Any = {} if kind is MappingStartEvent else []
            if into.__class__ is list:
                into.append(new)
            elif key is None:
                raise _Refused
            else:
                into[key] = new
            outer.append(into)
            room -= 1
            if event.anchor is not None or event.tag is not None or len(outer) > MOST_LEVELS or room < 0:
                raise _Refused
            into, key = new, None
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            into, key = outer.pop(), None
        elif kind is AliasEvent:
            raise _Refused
    if len(documents) != 1 or room < 0:
        raise _Refused
    return documents[0]


@dataclass(frozen=True, slots=True)
class _Node:
    """A value of the file, and its key when it has one. A key that is not text comes as both."""

    path: Path
    event: Any
    key: Any = None

    @property
    def line(self) -> int:
        written = isinstance(self.event, ScalarEvent) and (self.event.value or self.event.style)
        at = self.event if self.key is None or written else self.key
        return int(at.start_mark.line) + 1


def _nodes(text: str) -> Iterator[_Node]:
    """Give each value in order, whatever it is, until the end or a YAMLError. Read again: only problems ask for it."""
    steps: list[Any] = []  # how far each open list or group has come; None in a group that waits for a key
    key = None
    for event in iter(Loader(text).get_event, None):
        if isinstance(event, CollectionEndEvent):
            steps.pop()
        elif not isinstance(event, NodeEvent):
            continue
        elif steps and steps[-1] is None:
            if not isinstance(event, ScalarEvent):
                yield _Node(tuple(steps[:-1]), event, event)
                return
            steps[-1], key = event.value, event
            continue
        else:
            yield _Node(tuple(steps), event, key)
            key = None
            if isinstance(event, CollectionStartEvent):
                steps.append(None if isinstance(event, MappingStartEvent) else 0)
                continue
        if steps:
            steps[-1] = steps[-1] + 1 if isinstance(steps[-1], int) else None


def _refusals(file: str, text: str) -> list[Problem]:
    """Return all that is wrong, as far as the file can be read."""
    nodes: list[_Node] = []
    wrong: list[Problem] = []
    try:
        for node in _nodes(text):
            nodes.append(node)
            if len(node.path) >= MOST_LEVELS and isinstance(node.event, CollectionStartEvent):
                return [too_deep(Where(file, (), node.line))]
            if len(nodes) > MOST_NODES + 1:
                return [too_many(Where(file, (), node.line))]
            wrong += _faults(file, node)
    except yaml.YAMLError as error:
        wrong.append(explained(file, text, error))
    wrong += twice(file, lambda: ((node.path, node.line) for node in nodes if node.key is not node.event))
    documents = [node for node in nodes if not node.path and node.key is None]
    if len(documents) > 1:
        wrong.append(several(Where(file, (), documents[1].line)))
    return sorted(wrong, key=lambda problem: problem.where.line or 0)


def _faults(file: str, node: _Node) -> Iterator[Problem]:
    """Give what is wrong with one value and its key."""
    where = Where(file, node.path, node.line)
    quotes = _("If it is text, put quotes round the whole value.")
    for event in dict.fromkeys((node.key, node.event)):
        if getattr(event, "anchor", None) is not None:
            sign = "*" if isinstance(event, AliasEvent) else "&"
            what = _("{sign}{name} is a YAML reference, which docgen does not take.", sign=sign, name=event.anchor)
            yield Problem(what, quotes, where)
        if getattr(event, "tag", None) not in (None, TEXT_TAG):
            yield Problem(_("A word that begins with ! is a YAML tag, which docgen does not take."), quotes, where)
    if isinstance(node.key, CollectionStartEvent):
        fix = _("Write a plain word as the key. Text that begins with a bracket must have quotes round it.")
        yield Problem(_("A list or a group can't be a key."), fix, where)
    elif isinstance(node.key, ScalarEvent) and not node.key.style:
        if node.key.value == "<<":
            what = _("<< (taking in keys from another place) is not taken by docgen.")
            yield Problem(what, _("Write the keys out in full."), where)
        if node.key.value.startswith(HARD_SPACE):
            yield badly_indented(where)


def _cuts(file: str, text: str) -> Iterator[Problem]:
    """Give a warning for each plain value that ends in a comment on its line."""
    scalars: list[tuple[int, Any, Path]] = []
    for node in _nodes(text):
        if node.key is not None:
            scalars.append((node.key.start_mark.index, node.key, node.path))
        event: Any = node.event
        if isinstance(event, ScalarEvent):
            scalars.append((node.event.start_mark.index, event, node.path))
    for found in re.finditer(r"[ \t]#", text):
        position = bisect_right(scalars, found.start(), key=lambda scalar: scalar[0]) - 1
        if position < 0:
            continue
        _start, event, path = scalars[position]
        between = text[event.end_mark.index : found.start()]
        if found.start() < event.end_mark.index or event.style or between.strip(" \t"):
            continue
        rest = text[found.start() + 1 :].partition("\n")[0].rstrip()
        whole = f"{event.value} {rest}".strip()
        mark = "'" if '"' in whole or "\\" in whole else '"'
        yield Problem(
            _("What stands after # is read as a comment and is not printed: {rest}", rest=_short(rest)),
            _("If it belongs to the text, put quotes round it: {text}", text=f"{mark}{_short(whole)}{mark}"),
            Where(file, path, event.end_mark.line + 1),
            warning=True,
        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
