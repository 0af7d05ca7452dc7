"""A template tells which names its tags ask for: a document is the same as long as these hold the same."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from typing import Any

import pytest

from docgen.model.context import CONTEXTS
from docgen.render import compile_template
from tests.render.test_compile_templates import TEMPLATES, sample
from tests.render.word_files import saved, word_file


def uses(*paragraphs: str) -> set[str]:
    return set(compile_template(word_file(*paragraphs), "mal.docx", None).uses)


def test_the_names_that_tags_print_test_and_go_through_are_used():
    assert uses("{{ dokument.tittel }}", "{%p if møte.sted %}", "{{ ingress }}", "{%p endif %}") == {
        "dokument",
        ".tittel",
        "møte",
        ".sted",
        "ingress",
    }
    loop = uses("{%p for sak in saker if har_tid %}", "{{ sak.tittel }}", "{%p endfor %}")
    assert loop == {"saker", ".tittel", "har_tid"}
    assert uses('{{ mottakere|join(", ", "navn") }} {{ a if b else c }} {{ d ~ e }} {{ f or not g }}') == {
        *("mottakere", ".navn", "., ", "a", "b", "c", "d", "e", "f", "g")
    }


def test_a_word_is_used_by_itself_however_it_is_written():
    assert uses("{{ ord.saksliste }}", '{{ ord["protokoll"]|upper }}') == {"ord.saksliste", "ord.protokoll"}


def test_all_words_are_used_where_it_can_not_be_told_which():
    assert uses("{%p if ord %}", "Ja", "{%p endif %}", "{{ ord.sak }}") == {"ord", "ord.sak"}


def test_a_name_of_a_loop_is_not_one_of_the_context():
    inner = uses("{%p for ord in saker %}", "{{ ord.tittel }} {{ loop.index }}", "{%p endfor %}", "{{ ord.sak }}")

    assert inner == {"saker", "ord.sak", ".tittel"}


def test_what_a_header_prints_is_used_too():
    from docx import Document

    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ dokument.navn }}"
    document.add_paragraph("{{ tittel }}")

    assert compile_template(saved(document), "mal.docx", None).uses == {"dokument", "tittel", ".navn"}


def test_the_digest_is_that_of_the_file():
    data = word_file("{{ a }}")

    assert compile_template(data, "mal.docx", None).digest == sha256(data).hexdigest()


def _asked_for(value: Any, uses: Collection[str]) -> Any:
    if isinstance(value, dict):
        return {name: _asked_for(part, uses) for name, part in value.items() if f".{name}" in uses}
    return [_asked_for(part, uses) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", sorted(CONTEXTS))
def test_a_document_is_the_same_without_what_its_template_does_not_use(kind: str) -> None:
    template = compile_template((TEMPLATES / f"{kind}.docx").read_bytes(), f"{kind}.docx", kind)
    context = sample(CONTEXTS[kind], full=True)
    asked = {name.partition(".")[0] for name in template.uses}
    less = {name: _asked_for(value, template.uses) for name, value in context.items() if name in asked}
    less["dokument"] = context["dokument"]
    less["ord"] = {word: text for word, text in context["ord"].items() if f"ord.{word}" in template.uses}

    assert template.render(less, {}, "Tittel") == template.render(context, {}, "Tittel")
    assert 0 < len(less["ord"]) < len(context["ord"])
