"""TOML: tomllib says what is right, `toml_scan` how dates and numbers are written and where all stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import partial
from typing import Any

from docgen.messages import _
from docgen.problems import InputError, Path, Problem, Where
from docgen.read.gate import surrogate
from docgen.read.toml_scan import Lost, scan
from docgen.read.tree import MOST_LEVELS, MOST_NODES, source, too_deep, too_many, twice, within_limits
from docgen.source import Source, Tree

# tomllib's time grows with the square of the parts of a dotted key: such a key is looked at before it is read.
# Quoted parts are searched to 200 characters only, or a line of quotation marks would take the same square time here.
LONG_KEY = re.compile(
    rf"""(?<![\w-])(?:(?:[\w-]++|"(?:[^"\\\n]|\\.){{0,200}}+"|'[^'\n]{{0,200}}+')[ \t]*+\.[ \t]*+){{{MOST_LEVELS}}}"""
)
TWICE = re.compile("Cannot overwrite|Cannot declare|Cannot mutate|Duplicate inline")
NEEDS_QUOTES = re.compile(r"[^A-Za-z0-9_.\"' \t-]|[\w-][ \t]+[\w-]")


def read_toml(file: str, text: str, warnings: list[Problem]) -> Source:
    """Return the Source of TOML."""
    long_key = LONG_KEY.search(text) is not None
    if long_key or text.count("=") + text.count(",") + text.count("[") > MOST_NODES:
        _look_over(file, text, long_key)
    try:
        value = tomllib.loads(text)
    except RecursionError:
        raise InputError(too_deep(Where(file))) from None
    except ValueError as error:
        raise InputError(*_explained(file, text, str(error))) from None
    within_limits(file, value)
    return source(file, text, _Written(text).tree(value), partial(places, text), warnings)


def places(text: str) -> Iterator[tuple[Path, int]]:
    """Give each value and each table with its line, as far as the text is TOML."""
    try:
        for met in scan(text):
            yield met.path, met.line
    except Lost:
        return


class _Written:
    """Puts what is written in place of what tomllib made of it. Scans the file only when there is such a value."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._bare: dict[Path, str] = {}

    def tree(self, value: dict[str, Any]) -> dict[str, Tree]:
        return {key: self._value(item, (key,)) for key, item in value.items()}

    def _value(self, value: Any, path: Path) -> Tree:
        if isinstance(value, str):
            return value
        if isinstance(value, dict):
            return {key: self._value(item, (*path, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [self._value(item, (*path, at)) for at, item in enumerate(value)]
        if not self._bare:
            self._bare = {met.path: met.bare for met in scan(self._text) if met.bare}
        return self._bare[path]


def _look_over(file: str, text: str, long_key: bool) -> None:
    """Raise InputError if the file is too deep or too large for tomllib to read in reasonable time."""
    try:
        for count, met in enumerate(scan(text)):
            if len(met.path) > MOST_LEVELS:
                raise InputError(too_deep(Where(file, (), met.line)))
            if count > MOST_NODES:
                raise InputError(too_many(Where(file, (), met.line)))
    except Lost as lost:
        if long_key:
            raise InputError(too_deep(Where(file, (), lost.line))) from None


def _explained(file: str, text: str, message: str) -> list[Problem]:
    """Return tomllib's error as problems with their lines."""
    if TWICE.search(message):
        found = twice(file, partial(places, text))
        if found:
            return found
    line = _line(text, message)
    lines = text.split("\n")
    what, fix = _meaning(message, lines[line - 1] if line <= len(lines) else "")
    return [Problem(what, fix, Where(file, (), line))]


def _line(text: str, message: str) -> int:
    if found := re.search(r"\(at line (\d+)", message):
        return int(found[1])
    try:
        for _met in scan(text):
            pass
    except Lost as lost:
        return lost.line
    return text.rstrip("\n").count("\n") + 1


def _meaning(message: str, line: str) -> tuple[str, str]:
    """Return what tomllib's message means, and what to write instead."""
    if ("'=' after a key" in message or "table declaration" in message or "Invalid" in message) and _bare(line):
        what = _("A key with æ, ø, å, a space or another sign must have quotes round it in TOML.")
        return what, _('Write it so: "målform" = "nynorsk".')
    if "'=' after a key" in message or "Invalid statement" in message:
        return _("The line is not a key with a value."), _('Write it so: tittel = "Budsjett".')
    if "table declaration" in message or "table name" in message:
        return _("The square bracket that begins here has no end."), _("Write ] after the name, or ]] after [[.")
    if "Unterminated" in message or "Expected \"'" in message or "Illegal character" in message:
        what = _("The quotes that begin here have no end on the line.")
        return what, _('Write " at the end. Text of several lines stands between """ and """.')
    if "scalar value" in message:
        problem = surrogate(Where(""))
        return problem.what, problem.fix
    if "Unescaped" in message or "escape" in message.lower():
        what = _("A backslash (\\) inside double quotes has a meaning of its own in TOML.")
        return what, _("Use single quotes: 'C:\\Saker'.")
    if "Unclosed" in message:
        what = _("The bracket that begins here has no end, or a comma is missing inside it.")
        return what, _("Write the end of the bracket.")
    if TWICE.search(message):
        return _("The name is in use above for something else."), _("Give each key and each [table] once.")
    if "date" in message:
        return _("There is no such date or time."), _('Write it in quotes, as people write it: "24.10.2022".')
    what = _("The value lacks its quotes, or can't be read.")
    return what, _('All text must have quotes round it: "01/22". So must times and dates: "09.30".')


def _bare(line: str) -> bool:
    """Tell whether the line begins with a key or a table name that TOML takes only in quotes."""
    if "=" not in line and not line.lstrip().startswith("["):
        return False
    key = line.partition("=")[0].strip().strip("[]").strip()
    return not key.startswith(("'", '"')) and bool(NEEDS_QUOTES.search(key))
