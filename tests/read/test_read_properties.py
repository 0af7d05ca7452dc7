"""What holds for every tree and every file."""

from __future__ import annotations

import json
import re
import time
import unicodedata

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.problems import InputError
from docgen.read import SUFFIXES, read
from docgen.read.gate import ODD

# What the gate changes is tested beside it; here only text that it leaves alone.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12).filter(
    lambda text: not ODD.search(text) and unicodedata.is_normalized("NFC", text)
)
TREES = st.dictionaries(
    TEXT,
    st.recursive(
        TEXT, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=12
    ),
    min_size=1,
    max_size=4,
)
LINES = st.text("abæ-#: '\"[]{}|>&*!%@\t\n0\\.=`~?,<", max_size=60)


def as_yaml(tree):
    return yaml.safe_dump(tree, default_style='"', allow_unicode=True, width=60, sort_keys=False)


def as_block_yaml(tree):
    return yaml.safe_dump(tree, default_style="'", allow_unicode=True, width=1_000, sort_keys=False)


def as_json(tree):
    return json.dumps(tree, ensure_ascii=False, indent=1)


def as_toml(tree):
    return "\n".join(f"{toml_value(key)} = {toml_value(value)}" for key, value in tree.items()) + "\n"


def toml_value(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml_value(key)} = {toml_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",\n".join(map(toml_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def as_markdown(tree):
    return f"---\n{as_yaml(tree)}---\n"


WRITERS = {
    "quoted.yaml": as_yaml,
    "single.yml": as_block_yaml,
    "a.json": as_json,
    "a.toml": as_toml,
    "a.md": as_markdown,
}


def paths(value, path=()):
    yield path
    for step, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths(item, (*path, step))


@pytest.mark.parametrize("name", WRITERS)
@given(tree=TREES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_tree_is_read_as_it_was_written_in_every_format(tmp_path, name, tree):
    file = tmp_path / name
    file.write_bytes(WRITERS[name](tree).encode())

    source = read(name, file.read_bytes())

    assert source.tree == tree
    assert source.warnings == ()


def numbered(tree, count):
    """Return the tree with a text of its own in each leaf, to know it again in the file."""
    if isinstance(tree, dict):
        return {f"k{at}": numbered(item, count) for at, item in enumerate(tree.values())}
    if isinstance(tree, list):
        return [numbered(item, count) for item in tree]
    count.append(1)
    return f"verdi{len(count)}x"


@pytest.mark.parametrize("name", WRITERS)
@given(tree=TREES)
@settings(max_examples=40, deadline=None)
def test_find_gives_the_line_that_each_value_stands_on(name, tree):
    tree = numbered(tree, [])
    text = WRITERS[name](tree)
    source = read(name, text.encode())

    found = {path: source.find(path).line for path in paths(tree)}

    lines = text.split("\n")
    for path, line in found.items():
        value = tree
        for step in path:
            value = value[step]
        if isinstance(value, str):
            assert value in lines[line - 1]
        elif path and isinstance(path[-1], str):
            assert re.search(rf"\b{path[-1]}\b", lines[line - 1])


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(
    data=st.binary(max_size=400) | LINES.map(str.encode) | LINES.map(lambda text: f"---\n{text}\n---\n{text}".encode())
)
@settings(max_examples=300, deadline=None)
def test_whatever_the_bytes_nothing_but_an_input_error_comes_out_and_fast(suffix, data):
    start = time.process_time()

    source, problems = read_or_refused(f"a{suffix}", data)

    assert time.process_time() - start < 5
    assert (source is None) == any(not problem.warning for problem in problems)
    assert all(problem.what and problem.fix and problem.where.file == f"a{suffix}" for problem in problems)
    for path in paths(source.tree) if source else ():
        assert source.find(path).line in range(1, data.count(b"\n") + data.count(b"\r") + 2)
        assert not path or not isinstance(path[-1], str) or not ODD.search(path[-1])


def read_or_refused(name, data):
    try:
        source = read(name, data)
    except InputError as error:
        return None, error.problems
    return source, source.warnings


@given(tree=TREES)
@settings(max_examples=20, deadline=None)
def test_the_line_is_the_same_under_all_line_ends(tree):
    text = as_json(numbered(tree, []))

    lines = [
        [read("a.json", text.replace("\n", end).encode()).find(path).line for path in paths(numbered(tree, []))]
        for end in ("\n", "\r\n", "\r")
    ]

    assert lines[0] == lines[1] == lines[2]
