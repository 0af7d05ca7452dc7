"""What a document is made of, as digests: two recipes that are equal make the same bytes."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from hashlib import blake2b, sha256

from docgen.program import program
from docgen.run.work import Job

PROGRAM, TEMPLATE, PROPERTIES, LANGUAGE, PICTURES, WORDS = "program", "mal", "egenskaper", "målform", "bilder", "ord"
"""Parts of a recipe that are no names of the context which templates see."""

_BEFORE = "før: "
"""How the parts begin of the edition that a draft is compared with."""


def recipe(job: Job) -> str:
    """Return the recipe of a document: a JSON object of its parts, each with a digest.

    Of the context it holds what the template asks for: a word that it does not print is no part of its documents.
    """
    parts = _parts(job)
    if job.before:
        parts |= {f"{_BEFORE}{name}": told for name, told in _parts(job.before).items()}
    return json.dumps({PROGRAM: program(), **parts}, ensure_ascii=False, separators=(",", ":"))


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


def _parts(job: Job) -> dict[str, str]:
    template, pictures = job.template, job.pictures
    parts = {
        TEMPLATE: f"{template.name} {template.digest}",
        PROPERTIES: _digest(job.facts),
        LANGUAGE: job.language,
    }
    if pictures:
        parts[PICTURES] = _digest([(name, sha256(data).hexdigest()) for name, data in sorted(pictures.items())])
    asked = {name.partition(".")[0] for name in template.uses} | {"dokument"}
    for name, value in job.context.items():
        if name == WORDS:
            parts[name] = _digest(_words(job.context["ord"], template.uses))
        elif name == "dokument":
            parts[name] = _digest(value)
        elif name in asked:
            parts[name] = _digest(_printed(value, template.uses))
    return parts


def _printed(value: object, uses: Collection[str]) -> object:
    """Return a value of the context without the parts that the template does not ask for."""
    if isinstance(value, Mapping):
        # What is empty is told apart from what has only parts that nobody asks for: a template may ask if it is there.
        return {name: _printed(part, uses) for name, part in value.items() if f".{name}" in uses} if value else None
    if isinstance(value, list | tuple):
        return [_printed(part, uses) for part in value]
    return value


def _words(words: Mapping[str, str], uses: Collection[str]) -> dict[str, str]:
    """Return the words that a template prints: all of them, where it does not say which."""
    return {key: word for key, word in words.items() if WORDS in uses or f"{WORDS}.{key}" in uses}


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
