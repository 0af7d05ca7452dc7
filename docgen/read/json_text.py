"""JSON: numbers as they are written, and no key twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from docgen.messages import _
from docgen.problems import InputError, Path, Problem, Where
from docgen.read.gate import Lines
from docgen.read.tree import MOST_LEVELS, not_keys, source, too_deep, twice, within_limits
from docgen.source import Source, Tree

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)


class _Twice(Exception):
    """An object has a key twice; `twice` tells which."""


def read_json(file: str, text: str, warnings: list[Problem]) -> Source:
    """Return the Source of JSON."""
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str)
    except _Twice:
        raise InputError(*twice(file, partial(places, text))) from None
    except RecursionError:
        raise InputError(too_deep(Where(file))) from None
    except json.JSONDecodeError as error:
        raise InputError(_explained(file, text, error)) from None
    if not isinstance(value, dict):
        raise InputError(not_keys(file, _('Write the keys and values between { and }: {"tittel": "Budsjett"}.')))
    within_limits(file, value)
    return source(file, text, {key: _text(item) for key, item in value.items()}, partial(places, text), warnings)


def places(text: str) -> Iterator[tuple[Path, int]]:
    """Give each value with its line, as far as the text is JSON; a list or an object stands on the line of its key."""
    lines = Lines(text)
    steps: list[Any] = []  # how far each open list or object has come; None in an object that waits for a key
    key_line = 0
    for found in TOKEN.finditer(text):
        token = found[0]
        if token in "}]":
            steps.pop()
        elif token == ",":
            steps[-1] = steps[-1] + 1 if isinstance(steps[-1], int) else None
        elif token != ":":
            line = lines.at(found.start())
            if steps and steps[-1] is None:
                steps[-1], key_line = _key(token), line
                continue
            yield tuple(steps), key_line if token in "{[" and steps and isinstance(steps[-1], str) else line
            if token in "{[":
                steps.append(None if token == "{" else 0)
        if not 0 < len(steps) <= MOST_LEVELS:
            return


def _key(token: str) -> str:
    try:
        return str(json.loads(token))
    except json.JSONDecodeError:
        return token  # the file goes wrong here, after the key given twice that it is read for


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice
    return found


def _text(value: Any) -> Tree:
    """Return a parsed value as text: `true` and `false` are words, null is nothing."""
    match value:
        case str():
            return value
        case dict():
            return {key: _text(item) for key, item in value.items()}
        case list():
            return [_text(item) for item in value]
        case None:
            return ""
    return "true" if value else "false"


def _explained(file: str, text: str, error: json.JSONDecodeError) -> Problem:
    quotes = _('All text must have double quotes round it: "01/22". So must dates and times.')
    near = text[error.pos : error.pos + 1]
    match error.msg:
        case "Unterminated string starting at":
            what, fix = _("The quotes that begin here have no end."), _('Write " at the end of the value.')
        case "Invalid control character at":
            what = _("There is a line break or a tab inside the quotes.")
            fix = _("Write \\n for a line break and \\t for a tab.")
        case message if "escape" in message:
            what = _("A backslash (\\) inside quotes has a meaning of its own in JSON.")
            fix = _("Write two backslashes for one.")
        case "Extra data":
            what = _("There is something after the end of the data.")
            fix = _("Take it out, or look for a } or ] too many above.")
        case message if "property name" in message or "trailing comma" in message:
            what = _("A key in double quotes is expected here.")
            fix = _("Write the key in double quotes, and no comma after the last value.")
        case message if "':'" in message:
            what, fix = _("There is no colon after the key."), _('Write it so: "tittel": "Budsjett".')
        case _message if not near:
            what, fix = _("The file ends before the data do."), _("Look for a bracket that lacks its } or ].")
        case message if "','" in message:
            what, fix = _("There is no comma between two values, or a value lacks its quotes."), quotes
        case _message if near in ("}", "]"):
            what = _("A value is missing here.")
            fix = _('Write the value, or "" if there is none; no comma after the last.')
        case _message:
            what, fix = _("This value can't be read as JSON."), quotes
    return Problem(what, fix, Where(file, (), error.lineno))
