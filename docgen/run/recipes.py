"""What a document is made of, as digests: two recipes that are equal make the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b, sha256

from docgen.model.documents import Plan
from docgen.render import Template

PROGRAM, TEMPLATE, PROPERTIES, LANGUAGE, PICTURES, WORDS = "program", "mal", "egenskaper", "målform", "bilder", "ord"
"""Parts of a recipe that are no names of the context which templates see."""

_BEFORE = "før: "
"""How the parts begin of the edition that a draft is compared with."""


def recipe(
    plan: Plan, template: Template, images: Mapping[str, bytes], before: Mapping[str, bytes], program: str
) -> str:
    """Return the recipe of a document: a JSON object of its parts, each with a digest.

    Of the context it holds what the template asks for: a word that it does not print is no part of its documents.
    `images` are its pictures, and `before` those of the edition that a draft is compared with.
    """
    if plan.compares:
        old, new = plan.compares
        parts = _parts(new, template, images) | {
            f"{_BEFORE}{name}": told for name, told in _parts(old, template, before).items()
        }
        parts[PROPERTIES] = _digest(plan.facts)
    else:
        parts = _parts(plan, template, images)
    return json.dumps({PROGRAM: program, **parts}, ensure_ascii=False, separators=(",", ":"))


def kept_recipe(digest: str) -> str:
    """Return the recipe of a document that is the frozen file with this digest."""
    return json.dumps({"frosset": digest})


def differing(old: str, new: str) -> list[str]:
    """Return the names of the parts that are not the same in two recipes."""
    before, after = _read(old), _read(new)
    return [name.removeprefix(_BEFORE) for name in {**before, **after} if before.get(name) != after.get(name)]


def _read(written: str) -> dict[str, str]:
    try:
        found = json.loads(written)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _parts(plan: Plan, template: Template, images: Mapping[str, bytes]) -> dict[str, str]:
    context = plan.view()
    parts = {
        TEMPLATE: f"{template.name} {template.digest}",
        PROPERTIES: _digest(plan.facts),
        LANGUAGE: plan.language,
    }
    if images:
        parts[PICTURES] = _digest([(name, sha256(data).hexdigest()) for name, data in sorted(images.items())])
    asked = {name.partition(".")[0] for name in template.uses} | {"dokument"}
    for name, value in context.items():
        if name in asked and name != WORDS:
            parts[name] = _digest(value)
    if WORDS in asked:
        words = context["ord"]
        single = None if WORDS in template.uses else {f"{WORDS}.{key}" for key in words} & template.uses
        chosen = words if single is None else {key: words[key] for key in words if f"{WORDS}.{key}" in single}
        parts[WORDS] = _digest(chosen)
    return parts


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
