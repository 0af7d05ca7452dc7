"""The JSON Schema of each kind of input, made from the models, for editors that complete and check as one writes.

Editors see YAML's own types, docgen only text: so the schemas take numbers and yes/no where docgen reads a text, and
nothing where a key has no value yet. A key may be written with any of its names; that of the starting file is proposed.
"""

from __future__ import annotations

from typing import Any

from pydantic import AliasChoices, TypeAdapter
from pydantic.fields import FieldInfo

from docgen.model.inputs import Input, Shape, shapes
from docgen.model.library import KINDS, TYPE_NAMES
from docgen.starter.start_file import Fields, explained
from docgen.words import word_key

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": ["string", "number", "boolean"]}
NOTHING: Schema = {"type": "null"}


def schema(kind: str, language: str = "nb") -> Schema:
    """Return the JSON Schema (draft 2020-12) of a kind of input, with names and descriptions in the language."""
    groups = _Groups(kind, language)
    root = groups.schema(KINDS[kind], ())
    names = [kind, *(other for other, same in TYPE_NAMES.items() if same == kind)]
    root["properties"]["type"] |= {"anyOf": [{"enum": [kind]}, {"type": "string", "pattern": _pattern(names)}]}
    head = {"$schema": DRAFT, "$id": f"urn:docgen:{schema_name(kind)}", "title": kind.capitalize()}
    return head | root | {"$defs": groups.inner}


def schema_name(kind: str) -> str:
    """Return the kind without letters that some editor might not find in the name of a file."""
    return kind.replace("ø", "o")


class _Groups:
    """Makes the schemas of groups of keys. `inner` gathers those that stand inside others, by their place."""

    def __init__(self, kind: str, language: str) -> None:
        self.kind = kind
        self.language = language
        self.inner: Schema = {}

    def schema(self, model: type[Input], above: Fields) -> Schema:
        """Return the schema of a model whose place is `above`."""
        properties: Schema = {}
        others: Schema = {}
        required = []
        for name, info in model.model_fields.items():
            keys = _keys(name, info)
            written, told = self._explained((*above, name), keys[0])
            options = self._options(shapes(model)[word_key(keys[0])], info, (*above, name))
            if not info.is_required():
                options.append(NOTHING)
            properties[written] = ({"description": told} if told else {}) | _any_of(options)
            others[_pattern(keys)] = _any_of(options)
            if info.is_required():
                given = {"not": {"propertyNames": {"not": {"pattern": _pattern(keys)}}}}
                required.append({"anyOf": [{"required": [written]}, given]})
        found = {"type": "object", "properties": properties, "patternProperties": others, "additionalProperties": False}
        return found | ({"allOf": required} if required else {})

    def _explained(self, fields: Fields, key: str) -> tuple[str, str]:
        """Return how a key is written in the starting files, and what it is. One kind may borrow it from another."""
        for kind in (self.kind, *KINDS):
            found = explained(kind, self.language).get(fields)
            if found and found[1]:
                return found
        return key, ""

    def _options(self, shape: Shape, info: FieldInfo, fields: Fields) -> list[Schema]:
        """Return what may stand after a key."""
        if shape.model:
            group = ".".join(fields)
            self.inner[group] = self.schema(shape.model, fields)
            # A plain text may stand for the group.
            options = [{"$ref": f"#/$defs/{group}"}, *([TEXT] if shape.model.shorthand else [])]
        else:
            options = _leaf(info)
        # One thing need not be written as a list.
        return [{"type": "array", "items": _any_of(options)}, *options] if shape.many else options


def _keys(name: str, info: FieldInfo) -> list[str]:
    alias = info.validation_alias
    return [str(key) for key in alias.choices] if isinstance(alias, AliasChoices) else [name]


def _leaf(info: FieldInfo) -> list[Schema]:
    """Return what may stand in a field without a model: pydantic's own schema, made as wide as what docgen reads."""
    adapter: TypeAdapter[Any] = TypeAdapter(info.rebuild_annotation())
    found = adapter.json_schema()
    found = next((option for option in found.get("anyOf", ()) if option != NOTHING), found)
    found = found.get("items", found)
    if "enum" in found:
        proposed = list(dict.fromkeys(adapter.validate_python(word) for word in found["enum"]))
        return [{"enum": proposed}, {"type": "string", "pattern": _pattern(found["enum"])}]
    if found["type"] == "object":
        return [{"type": "object", "additionalProperties": TEXT}]
    return [TEXT | ({"examples": found["examples"]} if "examples" in found else {})]


def _any_of(options: list[Schema]) -> Schema:
    return options[0] if len(options) == 1 and "$ref" not in options[0] else {"anyOf": options}


def _pattern(words: list[str]) -> str:
    """Return a pattern of the words however they are written: case, space, `_` and `-` are one."""
    return f"^(?:{'|'.join(dict.fromkeys(_any_case(word) for word in words))})$"


def _any_case(word: str) -> str:
    parts = word_key(word).split("_")
    return "[ _-]+".join("".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in part) for part in parts)
