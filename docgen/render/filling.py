"""What the generated code of a template calls: the fast helpers, and the careful ones that tell what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Any

from docgen.render.literal import as_attribute, in_run, is_plain

FAILURES = (KeyError, TypeError, IndexError, AttributeError)
"""How the fast code fails on data that is not what the template expects."""

FIRST_DRAWING = 1_000_000
"""Above the ids of the template's own drawings and of pictures in Markdown."""

CELL_ENDS = ("</w:p>", "<w:p/>", "</w:sdt>")


class Unfit(Exception):
    """The data is not what a tag expects. `line` is the tag's in the Jinja source."""

    def __init__(self, line: int, why: str, name: str = "", known: Iterable[str] = ()) -> None:
        super().__init__(line, why, name)
        self.line = line
        self.why = why
        self.name = name
        self.known = tuple(known)


def escaped(pieces: list[str]) -> str:
    """Return the joined pieces, data (at the odd places) made literal. Raises TypeError for data that is not text."""
    if not is_plain(pieces[1::2]):
        pieces[1::2] = [in_run(value) if value else value for value in pieces[1::2]]
    return "".join(pieces)


def fast_helpers() -> dict[str, Any]:
    return {**_shared(), "items": _items, "text": _text}


def careful_helpers() -> dict[str, Any]:
    return {**_shared(), "items": _careful_items, "text": _careful_text, "member": _careful_member} | {
        "filter_join": _careful_join
    }


def _shared() -> dict[str, Any]:
    return {
        "__builtins__": {"enumerate": enumerate, "len": len, "str": str},
        "attribute": as_attribute,
        "end_cell": end_cell,
        "end_table": end_table,
        "filter_upper": str.upper,
        "filter_lower": str.lower,
        "filter_capitalize": _capitalize,
        "filter_join": _join,
        "filter_first": lambda items: items[0] if items else "",
        "filter_last": lambda items: items[-1] if items else "",
    }


def drawing_ids() -> Callable[[], str]:
    """Return a function that gives a new id for each drawing: a loop would else repeat the template's."""
    numbers = count(FIRST_DRAWING)
    return lambda: str(next(numbers))


def end_cell(pieces: list[str]) -> None:
    """Give a table cell, header or the like its last paragraph when the template's own have all gone."""
    last = next((pieces[place] for place in range(len(pieces) - 2, -1, -2) if pieces[place]), "")
    if not last.endswith(CELL_ENDS):
        pieces += ("<w:p/>", "")


def end_table(pieces: list[str], start: int) -> None:
    """Take out a table that has no row: Word calls a document with one damaged."""
    if not any("<w:tr>" in piece or "<w:tr " in piece for piece in pieces[start::2]):
        del pieces[start:]


def _items(value: object) -> list[Any]:
    if type(value) is not list:
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _capitalize(value: str) -> str:
    return value[:1].upper() + value[1:]


def _join(items: list[Any], between: str = "", field: str | None = None) -> str:
    return between.join(items if field is None else [item[field] for item in items])


def _careful_items(value: object, line: int) -> list[Any]:
    if not isinstance(value, list):
        raise Unfit(line, "no list")
    return value


def _careful_text(value: object, line: int) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise Unfit(line, "no text")


def _careful_join(items: list[Any], between: str = "", field: str | None = None, *, line: int) -> str:
    values = items if field is None else [_careful_member(item, field, line) for item in items]
    return between.join(_careful_text(value, line) for value in values)


def _careful_member(holder: object, key: str | int, line: int) -> Any:
    if isinstance(holder, Mapping):
        if key in holder:
            return holder[key]
        raise Unfit(line, "unknown", str(key), holder)
    if isinstance(holder, list) and isinstance(key, int) and -len(holder) <= key < len(holder):
        return holder[key]
    raise Unfit(line, "empty", str(key))
