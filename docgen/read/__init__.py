"""Read input files: from bytes to a tree of text with places. The one room for yaml, json, tomllib, front matter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from docgen.messages import _
from docgen.problems import InputError, Problem, Where
from docgen.read.gate import MOST_BYTES, gate, too_large
from docgen.source import Source

__all__ = ["MOST_BYTES", "SUFFIXES", "read", "too_large"]

SUFFIXES = (".yaml", ".yml", ".json", ".toml", ".md")
"""The suffixes that `read` takes, in lower case."""

Reader = Callable[[str, str, list[Problem]], Source]


def read(file: str, data: bytes) -> Source:
    """Return what the input file `file` (its name in the workspace, with `/`) says; its suffix tells the format.

    Every scalar is text as written. Raises InputError with all problems that could be found, warnings last.
    """
    reader = _reader(file)
    text, warnings = gate(file, data)
    try:
        return reader(file, text, warnings)
    except InputError as error:
        told = [problem for problem in warnings if problem not in error.problems]
        raise InputError(*error.problems, *told) from None


def _reader(file: str) -> Reader:
    # Imported here: a workspace with only YAML should not pay for the Markdown parser, nor --help for any of them.
    match PurePosixPath(file).suffix.lower():
        case ".yaml" | ".yml":
            from docgen.read.yaml_text import read_yaml as reader
        case ".json":
            from docgen.read.json_text import read_json as reader
        case ".toml":
            from docgen.read.toml_text import read_toml as reader
        case ".md":
            from docgen.read.markdown_text import read_markdown as reader
        case suffix:
            what = _("docgen can't read files of the kind {suffix}.", suffix=suffix) if suffix else _no_suffix()
            fix = _("Save it as one of these: {suffixes}.", suffixes=", ".join(SUFFIXES))
            raise InputError(Problem(what, fix, Where(file)))
    return reader


def _no_suffix() -> str:
    return _("The name of the file has no ending, so docgen can't tell what kind it is.")
