"""What the generated code of a template calls: the fast helpers, and the careful ones that tell what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Any

from docgen.render.literal import as_attribute, in_run, is_plain

FAILURES = (KeyError, TypeError, IndexError, AttributeError)
"""How the fast code fails on data that is not what the template expects."""

FIRST_DRAWING = 1_000_000
"""Above the ids of the template's own drawings and of pictures in Markdown."""

_TABLE_SIGN = re.compile(r'(</?w:tbl>|<w:tr[ >]|<w:tc[ >]|<w:gridSpan w:val="(\d+)"/>)')
_GRID = re.compile(r"<w:tblGrid>.*?</w:tblGrid>", re.DOTALL)
_GRID_WIDTH = re.compile(r'<w:gridCol w:w="(\d+)"')

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
    return {**_shared(), "items": _items, "text": _text, "endless": _endless}


def careful_helpers() -> dict[str, Any]:
    return {
        **_shared(),
        "items": _careful_items,
        "text": _careful_text,
        "member": _careful_member,
        "filter_join": _careful_join,
        "endless": _careful_endless,
    }


def _shared() -> dict[str, Any]:
    return {
        "__builtins__": {"enumerate": enumerate, "len": len, "str": str},
        "attribute": as_attribute,
        "end_cell": end_cell,
        "end_table": end_table,
        "end_grid": end_grid,
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


def end_grid(pieces: list[str], start: int) -> None:
    """Give a table whose cells repeat as many columns in its grid as its widest row has, in the same width."""
    columns, depth = [0], 0
    for sign, number in _TABLE_SIGN.findall("".join(pieces[start::2])):
        depth += {"<w:tbl>": 1, "</w:tbl>": -1}.get(sign, 0)
        if depth == 1 and sign.startswith("<w:tr"):
            columns.append(0)
        elif depth == 1 and sign.startswith("<w:tc"):
            columns[-1] += 1
        elif depth == 1 and number:
            columns[-1] += int(number) - 1
    for place in range(start, len(pieces), 2):
        if "</w:tblGrid>" in pieces[place]:
            pieces[place] = _GRID.sub(lambda grid: _widened(grid.group(), max(columns)), pieces[place], count=1)
            return


def _widened(grid: str, columns: int) -> str:
    widths = [int(width) for width in _GRID_WIDTH.findall(grid)]
    if len(widths) == columns or not columns:
        return grid
    column = f'<w:gridCol w:w="{sum(widths) // columns}"/>'
    return f"<w:tblGrid>{column * columns}</w:tblGrid>"


def _items(value: object) -> list[Any]:
    if type(value) is not list:
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _endless(_line: int) -> None:
    raise TypeError


def _careful_endless(line: int) -> None:
    raise Unfit(line, "endless")


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
