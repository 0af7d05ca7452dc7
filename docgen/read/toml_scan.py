"""Where the values of a TOML file stand, and how its bare ones are written: tomllib tells neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.problems import Path
from docgen.read.gate import Lines
from docgen.read.tree import MOST_LEVELS

GAP = re.compile(r"(?:\s++|#[^\n]*+)*+")
PART = re.compile(r"""[ \t]*+(?:([A-Za-z0-9_-]++)|("(?:[^"\\\n]|\\.)*+")|'([^'\n]*+)')[ \t]*+""")
STRING = re.compile(
    r'''"""(?:[^\\]|\\.)*?"""(?:"{0,2})|"(?:[^"\\\n]|\\.)*+"'''
    r"""|\'\'\'.*?\'\'\'(?:\'{0,2})|'[^'\n]*+'""",
    re.DOTALL,
)
BARE = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]++|[^\s,\]}#\"']++")


@dataclass(frozen=True, slots=True)
class Met:
    """A value or the head of a table: its path, its line, and how it is written when it is not in quotes."""

    path: Path
    line: int
    bare: str = ""


class Lost(Exception):
    """The text is not TOML from here on."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def scan(text: str) -> Iterator[Met]:
    """Give each value and each table head in order. Raises Lost where the text is not TOML or is too deep.

    It is meant for text that tomllib has read, or has refused for a key given twice: it checks nothing that it
    need not know.
    """
    return _Scan(text).statements()


class _Scan:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._at = 0
        self._last: dict[Path, int] = {}  # the position of the last table of each array of tables

    def statements(self) -> Iterator[Met]:
        table: Path = ()
        self._skip(GAP)
        while self._at < len(self._text):
            line = self._line()
            if self._take("[["):
                *parents, name = self._keys()
                array = (*self._resolved(tuple(parents)), name)
                self._last[array] = self._last.get(array, -1) + 1
                table = (*array, self._last[array])
                self._need("]]")
                yield Met(table, line)
            elif self._take("["):
                table = self._resolved(self._keys())
                self._need("]")
                yield Met(table, line)
            else:
                yield from self._pair(table)
            self._skip(GAP)

    def _pair(self, table: Path) -> Iterator[Met]:
        path = (*table, *self._keys())
        self._need("=")
        while self._take(" ") or self._take("\t"):
            pass
        yield from self._value(path)

    def _value(self, path: Path) -> Iterator[Met]:
        line = self._line()
        if len(path) > 2 * MOST_LEVELS:
            raise Lost(line)
        if self._take("["):
            yield Met(path, line)
            yield from self._array(path)
        elif self._take("{"):
            yield Met(path, line)
            yield from self._inline(path)
        elif found := STRING.match(self._text, self._at):
            self._at = found.end()
            yield Met(path, line)
        elif found := BARE.match(self._text, self._at):
            self._at = found.end()
            yield Met(path, line, found[0])
        else:
            raise Lost(line)

    def _array(self, path: Path) -> Iterator[Met]:
        position = 0
        self._skip(GAP)
        while not self._take("]"):
            yield from self._value((*path, position))
            position += 1
            self._skip(GAP)
            self._take(",")
            self._skip(GAP)

    def _inline(self, path: Path) -> Iterator[Met]:
        self._skip(GAP)
        while not self._take("}"):
            yield from self._pair(path)
            self._skip(GAP)
            self._take(",")
            self._skip(GAP)

    def _keys(self) -> tuple[str, ...]:
        keys: list[str] = []
        while True:
            found = PART.match(self._text, self._at)
            if not found or len(keys) > 2 * MOST_LEVELS:
                raise Lost(self._line())
            self._at = found.end()
            bare, basic, literal = found.groups()
            keys.append(bare or (_unquoted(basic) if basic else literal))
            if not self._take("."):
                return tuple(keys)

    def _resolved(self, keys: tuple[str, ...]) -> Path:
        """Return the path of a table head: inside an array of tables, the last table is meant."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self._last:
                path = (*path, self._last[path])
        return path

    def _line(self) -> int:
        return self._lines.at(self._at)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _take(self, sign: str) -> bool:
        if not self._text.startswith(sign, self._at):
            return False
        self._at += len(sign)
        return True

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise Lost(self._line())


def _unquoted(basic: str) -> str:
    """Return what a key in double quotes says."""
    import tomllib  # only for keys with quotes: tomllib knows their escapes

    try:
        return str(tomllib.loads(f"k = {basic}")["k"])
    except tomllib.TOMLDecodeError:
        return basic[1:-1]
