"""From a tree of text to a typed input: keys as people write them, aliases, and every problem at once."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Generic, NamedTuple, TypeVar, Union, get_args, get_origin

from pydantic import AliasChoices, BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from docgen.messages import _
from docgen.problems import Path, Problem
from docgen.source import Source, Tree
from docgen.words import word_key


class Input(BaseModel):
    """What a person wrote. Field names are English; the keys of the file are the aliases, bokmål first.

    `shorthand` names the field that a plain text stands for, so that `forfall: [Kari Nes]` means `navn: Kari Nes`.
    `elsewhere` answers keys that people try here but that belong another place: key -> what to write instead.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=False)

    shorthand: ClassVar[str] = ""

    @classmethod
    def elsewhere(cls) -> dict[str, str]:
        return {}


def aka(*keys: str) -> AliasChoices:
    """Return the keys by which a field is written: bokmål first, then nynorsk and English."""
    return AliasChoices(*keys)


M = TypeVar("M", bound=Input)


_one_key = cache(word_key)


@dataclass(frozen=True, slots=True)
class Shape:
    """What `typed` must know of a field: its name, the key to show, the model inside it, and whether it is a list."""

    name: str
    key: str
    model: type[Input] | None
    many: bool
    is_plain: bool
    """Whether a text is the field's value as it stands."""


@cache
def shapes(model: type[Input]) -> dict[str, Shape]:
    """Return the fields of `model` by every key they may be written with (made one)."""
    found: dict[str, Shape] = {}
    for name, info in model.model_fields.items():
        alias = info.validation_alias
        keys = [str(key) for key in alias.choices] if isinstance(alias, AliasChoices) else [name]
        inner, many = _inside(info.annotation)
        shape = Shape(name, keys[0], inner, many, inner is None and not many)
        found |= {_one_key(key): shape for key in keys}
    return found


def _inside(annotation: Any) -> tuple[type[Input] | None, bool]:
    """Return the model that a field's type holds, and whether the field is a list."""
    many = False
    for part in _parts(annotation):
        if get_origin(part) in (tuple, list):
            many = True
        if isinstance(part, type) and issubclass(part, Input):
            return part, many
    return None, many


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    if get_origin(annotation) in (Union, types.UnionType, Annotated, tuple, list):
        for part in get_args(annotation):
            yield from _parts(part)


class Typed(NamedTuple, Generic[M]):
    """An input as a model, or None and all its problems.

    `rest` is what is left of an input with problems when the wrong values are taken out, or None when too little is.
    It is for finding more problems, so that all are told at once, and never for making a document.
    """

    value: M | None
    rest: M | None
    problems: list[Problem]


def typed(source: Source, model: type[M]) -> Typed[M]:
    """Return the source as a `model`."""
    problems: list[Problem] = []
    known = _known(source, (), source.tree, model, problems)
    try:
        value = model.model_validate(known)
    except ValidationError as error:
        astray = {problem.where.path[:-1] for problem in problems}
        details = error.errors(include_url=False)
        told = [(detail["type"], _told(source, model, detail)) for detail in details]
        # A misspelt key is also missing under its right name: one problem is enough.
        problems += [problem for kind, problem in told if kind != "missing" or problem.where.path[:-1] not in astray]
        return Typed(None, _rest(known, model, details), problems)
    return Typed(None if problems else value, value if problems else None, problems)


def _rest(known: Any, model: type[M], details: list[ErrorDetails]) -> M | None:
    """Return the model without its wrong values. An item that lacks a value stays, so that the others keep places."""
    for detail in details:
        *above, last = detail["loc"]
        within: Any = known
        for step in above:
            within = within[step]
        if detail["type"] == "missing" and above:
            within[last] = "?"
        elif isinstance(within, dict):
            within.pop(last, None)
        else:
            return None
    try:
        return model.model_validate(known)
    except ValidationError:
        return None


def _known(source: Source, path: Path, tree: dict[str, Tree], model: type[Input], problems: list[Problem]) -> Any:
    """Return `tree` with the model's own names for its keys. Empty values are left out: they are as not written."""
    table = shapes(model)
    known: dict[str, Any] = {}
    written: dict[str, str] = {}
    for key, value in tree.items():
        shape = table.get(_one_key(key))
        if shape is None:
            problems.append(_unknown(source, (*path, key), model))
        elif shape.name in written:
            problems.append(
                source.problem(
                    (*path, key),
                    _("{key} and {other} mean the same.", key=key, other=written[shape.name]),
                    _("Keep one of them."),
                )
            )
        elif value.__class__ is str and shape.is_plain:
            # Most values are such, and go the short way.
            if value.strip():
                written[shape.name] = key
                known[shape.name] = value
        elif not _is_empty(value):
            written[shape.name] = key
            known[shape.name] = _value(source, (*path, key), value, shape, problems)
    return known


def _value(source: Source, path: Path, value: Tree, shape: Shape, problems: list[Problem]) -> Any:
    if shape.many:
        items = value if isinstance(value, list) else [value]
        return [
            _item(source, (*path, at) if items is value else path, item, shape.model, problems)
            for at, item in enumerate(items)
            if not _is_empty(item)
        ]
    return _item(source, path, value, shape.model, problems)


def _is_empty(value: Tree) -> bool:
    return isinstance(value, str) and not value.strip()


def _item(source: Source, path: Path, value: Tree, model: type[Input] | None, problems: list[Problem]) -> Any:
    if model is None:
        return value
    if isinstance(value, dict):
        return _known(source, path, value, model, problems)
    if isinstance(value, str) and model.shorthand:
        return {model.shorthand: value}
    return value


def _unknown(source: Source, path: Path, model: type[Input]) -> Problem:
    """Return the problem with a key that the model does not have, with the nearest one that it has."""
    key = str(path[-1])
    fix = model.elsewhere().get(_one_key(key), "")
    if not fix:
        near = nearest(_one_key(key), shapes(model))
        known = ", ".join(dict.fromkeys(shape.key for shape in shapes(model).values()))
        fix = (
            _("Did you mean {near}?", near=shapes(model)[near].key if near not in _first_keys(model) else near)
            if near
            else _("These keys are known here: {keys}.", keys=known)
        )
    return source.problem(path, _("The key {key} is not known here.", key=key), fix)


def _first_keys(model: type[Input]) -> set[str]:
    return {shape.key for shape in shapes(model).values()}


def nearest(word: str, known: Any) -> str | None:
    """Return the one of `known` that is spelled most like `word`, or None when none is near."""
    from rapidfuzz import process  # only here: a right input pays nothing for it
    from rapidfuzz.distance import OSA

    found = process.extractOne(word, list(known), scorer=OSA.normalized_similarity, score_cutoff=0.6)
    return found[0] if found else None


def _told(source: Source, model: type[Input], detail: ErrorDetails) -> Problem:
    """Return pydantic's error as a problem that a secretary can mend."""
    path = as_written(source, model, detail["loc"])
    context = detail.get("ctx", {})
    key = str(path[-1]) if path else ""
    match detail["type"]:
        case "docgen":
            what, fix = context["what"], context["fix"]
        case "missing":
            what = _("{key} is missing.", key=key)
            fix = _("Write {key}: and its value.", key=key)
        case "enum" | "literal_error":
            what = _("{value} can't be written here.", value=_shown(detail["input"]))
            fix = _("Write one of these: {choices}.", choices=context.get("expected", "").replace("'", ""))
        case "model_type" | "model_attributes_type" | "dict_type":
            what = _("Keys with values are expected here, and {value} is written.", value=_shown(detail["input"]))
            fix = _("Write each on a line of its own, indented under {key}.", key=_last_key(path))
        case "list_type" | "tuple_type":
            what = _("A list is expected here.")
            fix = _("Begin each line under {key} with a hyphen.", key=_last_key(path))
        case _:
            what = _("Text is expected here, and {value} is written.", value=_shown(detail["input"]))
            fix = _("Write the value on the line of its key.")
    return source.problem(path, what, fix)


def _last_key(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"«{value}»" if len(value) <= 60 else f"«{value[:57]}…»"
    return _("a list") if isinstance(value, list | tuple) else _("a group of keys")


def as_written(source: Source, model: type[Input], loc: tuple[int | str, ...]) -> Path:
    """Return a place given in the model's names, as the keys that stand in the file.

    A key that is missing from the file is given by its first alias.
    """
    tree: Tree | None = source.tree
    current: type[Input] | None = model
    path: Path = ()
    for step in loc:
        if isinstance(step, int):
            if isinstance(tree, list):
                # Empty items were left out before pydantic counted.
                full = [at for at, item in enumerate(tree) if not _is_empty(item)]
                at = full[step] if step < len(full) else step
                path, tree = (*path, at), tree[at] if at < len(tree) else None
            continue
        shape = next((s for s in shapes(current).values() if s.name == step), None) if current else None
        if shape is None:
            # A key of the user's own (ord, følsomhet), or a branch of a union, which stands in no file.
            if current is None and isinstance(tree, dict) and step in tree:
                path, tree = (*path, step), tree[step]
            continue
        key = shape.key
        if isinstance(tree, dict):
            key = next((k for k in tree if shapes(current or model).get(_one_key(k)) == shape), shape.key)
            tree = tree.get(key)
        path, current = (*path, key), shape.model
    return path
