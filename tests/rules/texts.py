"""An input as a person would write it, in any of the formats."""

from __future__ import annotations

import json
from collections.abc import Iterator

Tree = str | list["Tree"] | dict[str, "Tree"]

FORMATS = ("yaml", "json", "toml", "md", "yml")


def text_of(tree: dict[str, Tree], suffix: str) -> str:
    """Return the text of an input file with this suffix."""
    match suffix:
        case "json":
            return json.dumps(tree, ensure_ascii=False, indent=1)
        case "toml":
            return "\n".join(_toml(tree)) + "\n"
        case "md":
            return "---\n" + "\n".join(_yaml(tree)) + "\n---\n"
    return "\n".join(_yaml(tree)) + "\n"


def _scalar(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _flow(value: Tree) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    return "[" + ", ".join(map(_flow, value)) + "]" if isinstance(value, list) else _scalar(value)


def _yaml(tree: dict[str, Tree]) -> Iterator[str]:
    for key, value in tree.items():
        if isinstance(value, list) and value:
            yield f"{key}:"
            yield from (f"- {_flow(one)}" for one in value)
        else:
            yield f"{key}: {_flow(value)}"


def _inline(value: Tree) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)} = {_inline(one)}" for key, one in value.items()) + "}"
    return "[" + ", ".join(map(_inline, value)) + "]" if isinstance(value, list) else _scalar(value)


def _toml(tree: dict[str, Tree]) -> Iterator[str]:
    yield from (f"{_scalar(key)} = {_inline(value)}" for key, value in tree.items())
