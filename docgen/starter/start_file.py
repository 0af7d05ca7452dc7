"""The files that `docgen new` gives: every key of an input, with what it is and an example.

A line that begins with `#` and a space explains the key below it; `#` without a space is a key not yet in use.
So the same files tell what the keys mean (see `explained`), and a test holds that each key of the models is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from docgen.model.inputs import Input, shapes
from docgen.model.library import KINDS
from docgen.problems import Path as FieldPath
from docgen.read import read
from docgen.source import Source, Tree
from docgen.starter.files import HERE
from docgen.words import word_key

NAMES = {
    "mandat": "mandat.md",
    "retningslinje": "retningslinje.md",
    "vedlegg": "vedlegg.md",
    "møte": "mote.yaml",
    "organisering": "organisering.yaml",
}
DEFAULTS = {"organ": "SSU", "dato": "24.10.2026", "nummer": "1", "tittel": "Organisering og oppgaver"}

Fields = tuple[str, ...]
"""The way to a key by the names of the models' fields: `("cases", "title")`."""

_UNUSED = re.compile(r"^(\s*)#(?=[^\s#])", re.MULTILINE)


def start_file(kind: str, language: str, facts: dict[str, str] | None = None) -> str:
    """Return the starting file of a kind in "nb" or "nn", with `facts` (organ, dato, nummer, tittel) filled in."""
    text = (HERE / language / "new" / NAMES[kind]).read_text("utf-8")
    for name, value in (DEFAULTS | (facts or {})).items():
        text = text.replace(f"{{{name}}}", value)
    return text


def with_schema(text: str, schema: str) -> str:
    """Return the starting file with the line by which editors find its schema: the first of its YAML."""
    fence = "---\n"
    first = fence if text.startswith(fence) else ""
    return f"{first}# yaml-language-server: $schema={schema}\n{text.removeprefix(fence)}"


def all_in_use(text: str) -> str:
    """Return a starting file with every key in use."""
    return _UNUSED.sub(r"\1", text)


def suffix(kind: str) -> str:
    """Return what the names of starting files of the kind end in."""
    return f".{NAMES[kind].rpartition('.')[2]}"


@cache
def explained(kind: str, language: str) -> dict[Fields, tuple[str, str]]:
    """Return for each key of the starting file how it is written there, and what it is."""
    text = all_in_use(start_file(kind, language))
    source = read(NAMES[kind], text.encode())
    lines = text.split("\n")
    found: dict[Fields, tuple[str, str]] = {}
    for fields, path in _paths(source.tree, KINDS[kind]):
        found.setdefault(fields, (str(path[-1]), _explanation(lines, source, path)))
    return found


def _paths(
    tree: Tree, model: type[Input], fields: Fields = (), path: FieldPath = ()
) -> Iterator[tuple[Fields, FieldPath]]:
    """Give the keys of the tree that the model knows, with their places."""
    if isinstance(tree, list):
        for at, item in enumerate(tree):
            yield from _paths(item, model, fields, (*path, at))
    elif isinstance(tree, dict):
        for key, value in tree.items():
            shape = shapes(model)[word_key(key)]
            yield (*fields, shape.name), (*path, key)
            if shape.model:
                yield from _paths(value, shape.model, (*fields, shape.name), (*path, key))


def _explanation(lines: list[str], source: Source, path: FieldPath) -> str:
    """Return the comment right above the line of a key, empty when there is none."""
    line = source.find(path).line or 1
    at = line - 1
    while at > 0 and lines[at - 1].lstrip().startswith("# "):
        at -= 1
    return " ".join(comment.strip().removeprefix("# ") for comment in lines[at : line - 1])
