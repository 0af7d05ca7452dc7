"""What the formats have in common: limits, places found when asked for, duplicate keys, and characters from escapes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from docgen.messages import _
from docgen.problems import InputError, Path, Problem, Where
from docgen.read.gate import SURROGATE, empty, removals, surrogate, tidy
from docgen.source import Place, Source, Tree

MOST_LEVELS = 50
MOST_NODES = 10_000
MOST_TOLD = 100

Places = Callable[[], Iterable[tuple[Path, int]]]
"""Gives each value of a file with its line, in order. A key given twice comes twice. Costs a read of the file."""

# Escapes (of YAML, JSON or TOML) that can bring in what the gate keeps out of the file's own text.
ESCAPE = re.compile(r"\\[0abefrvxuUNLP\n]")


def source(file: str, text: str, tree: dict[str, Tree], places: Places, warnings: list[Problem]) -> Source:
    """Return the finished Source, its tree free of what escapes may have brought in."""
    if not tree:
        raise InputError(empty(file))
    find = finder(places)
    if "\\" in text and ESCAPE.search(text):
        tree = _unescaped(file, tree, places, find, warnings)
    return Source(file, tree, find, tuple(warnings))


def finder(places: Places) -> Callable[[Path], Place]:
    """Return the `find` of a Source: it reads the places when it is first asked, and then remembers them."""
    known: dict[Path, int] = {}

    def find(path: Path) -> Place:
        if not known:
            for place, line in places():
                steps = tidied(place)
                for length in range(len(steps) + 1):
                    known.setdefault(steps[:length], line)
        while path and path not in known:
            path = path[:-1]
        return Place(known.get(path))

    return find


def tidied(path: Path) -> Path:
    return tuple(tidy(step) if isinstance(step, str) else step for step in path)


def twice(file: str, places: Places) -> list[Problem]:
    """Return a problem for each key that is given again, as many as anyone will read."""
    first: dict[Path, int] = {}
    again: set[Path] = set()
    lengths: set[int] = set()
    problems: list[Problem] = []
    for place, line in places():
        path = tidied(place)
        if len(problems) == MOST_TOLD:
            break
        if any(path[:length] in again for length in lengths if length < len(path)):
            continue  # inside a key that is told of already
        if path in first and path and isinstance(path[-1], str):
            again.add(path)
            lengths.add(len(path))
            problems.append(
                Problem(
                    _("The key {key} is given twice.", key=path[-1]),
                    _("It stands on line {line} too. Keep one of them.", line=first[path]),
                    Where(file, path, line),
                )
            )
        first.setdefault(path, line)
    return problems


def within_limits(file: str, value: Any) -> None:
    """Raise InputError if `value` (of dicts and lists) has too many levels or values."""
    level = [value]
    depth = count = 0
    while level:
        depth += 1
        if depth > MOST_LEVELS:
            raise InputError(too_deep(Where(file)))
        items = [item for held in level for item in (held.values() if isinstance(held, dict) else held)]
        count += len(items)
        if count > MOST_NODES:
            raise InputError(too_many(Where(file)))
        level = [item for item in items if isinstance(item, dict | list)]


def too_deep(where: Where) -> Problem:
    return Problem(
        _("The file has more than {most} levels inside each other.", most=MOST_LEVELS),
        _("Look for brackets or indentations that have run wild here, and write it flatter."),
        where,
    )


def too_many(where: Where) -> Problem:
    return Problem(
        _("The file has more than {most} values.", most=f"{MOST_NODES:,}".replace(",", "\u00a0")),
        _("Split it into several files."),
        where,
    )


def not_keys(file: str, fix: str = "") -> Problem:
    """Return the problem with a file that holds a list or a single text."""
    return Problem(
        _("The file does not begin with keys and values."),
        fix or _('Write a key, a colon, a space and a value on each line: "tittel: Budsjett".'),
        Where(file, (), 1),
    )


def _unescaped(
    file: str, tree: dict[str, Tree], places: Places, find: Callable[[Path], Place], warnings: list[Problem]
) -> dict[str, Tree]:
    problems: list[Problem] = []

    def clean(text: str, path: Path) -> str:
        if SURROGATE.search(text):
            problems.append(surrogate(Where(file, path, find(path).line)))
            return ""
        tidy_text = tidy(text)
        if tidy_text != text:
            warnings.extend(removals(text, Where(file, path, find(path).line or 1)))
        return tidy_text

    def cleaned(value: Tree, path: Path) -> Tree:
        if isinstance(value, str):
            return clean(value, path)
        if isinstance(value, list):
            return [cleaned(item, (*path, at)) for at, item in enumerate(value)]
        found: dict[str, Tree] = {}
        for key, item in value.items():
            name = clean(key, path)
            found[name] = cleaned(item, (*path, name))
        if len(found) != len(value) and not problems:
            problems.extend(twice(file, places))
        return found

    result = cleaned(tree, ())
    if problems:
        raise InputError(*problems)
    assert isinstance(result, dict)
    return result
