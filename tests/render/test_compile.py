"""A compiled template prints what docxtpl would, only what the data says, and always a whole Word document."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.problems import TemplateError
from docgen.render import compile_template
from tests.docx_validity import faults_of_docx
from tests.render.word_files import (
    rendered,
    saved,
    texts,
    word_file,
)

CASES = word_file(
    "Saker for {{ organ }}",
    "{%p for sak in saker %}",
    "Sak {{ sak.nr }}: {{ sak.tittel }}{% if sak.merknad %} ({{ sak.merknad }}){% endif %}",
    "{%p for punkt in sak.punkter %}",
    "{{ loop.index }} av {{ loop.length }}: {{ punkt }}{% if not loop.last %};{% else %}.{% endif %}",
    "{%p endfor %}",
    "{%p endfor %}",
    "{%p if saker|length > 1 %}",
    "Flere saker",
    "{%p elif saker %}",
    "En sak",
    "{%p else %}",
    "Ingen saker",
    "{%p endif %}",
    "{{ navn|join(', ') }} {{ organ|upper }} {{ 'ja' if saker else 'nei' }} {{ organ ~ '!' }}",
)
WORDS = st.text("abcæøå <>&{}%#\"'\n\t", max_size=12)
CONTENT = st.fixed_dictionaries(
    {
        "organ": WORDS,
        "navn": st.lists(WORDS, max_size=3),
        "saker": st.lists(
            st.fixed_dictionaries(
                {"nr": WORDS, "tittel": WORDS, "merknad": WORDS, "punkter": st.lists(WORDS, max_size=3)}
            ),
            max_size=3,
        ),
    }
)


def with_docxtpl(data: bytes, context: dict[str, Any]) -> bytes:
    document = DocxTemplate(io.BytesIO(data))
    document.render(context, autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


COMPILED_CASES = compile_template(CASES, "saker.docx", None)


@settings(max_examples=60, deadline=None)
@given(CONTENT)
def test_the_text_is_the_same_as_docxtpls(content: dict[str, Any]) -> None:
    ours = COMPILED_CASES.render(content, {}, "Saker", "nb-NO")

    assert texts(ours) == texts(with_docxtpl(CASES, content))
    assert faults_of_docx(ours, allow=str(content)) == [] or "{" in str(content)


@pytest.mark.parametrize(
    "value",
    [
        "{{ 7 * 7 }}",
        "{% for x in y %}",
        "{# skjult #}",
        "<w:p/>",
        "</w:t></w:r>",
        "&amp; &lt;",
        "«a» \"b\" 'c'",
        "{_{ x }_}",
    ],
)
def test_data_that_looks_like_a_tag_or_xml_is_printed_as_it_is(value: str) -> None:
    made = rendered(word_file("{{ tittel }}"), {"tittel": value})

    assert texts(made) == [value]


def test_line_breaks_and_tabs_in_data_become_words_own() -> None:
    made = rendered(word_file("Se {{ tittel }} her"), {"tittel": "en\nto\ttre\r\nfire"})

    assert texts(made) == ["Se en\nto\ttre\nfire her"]
    assert faults_of_docx(made) == []


def test_characters_that_xml_forbids_do_not_break_the_document() -> None:
    made = rendered(word_file("{{ tittel }}"), {"tittel": "a\x00b\x0bc\x1bd\ufffee\ud800f"})

    assert texts(made) == ["abcdef"]


def test_two_renderings_are_the_same_bytes() -> None:
    context = {"organ": "SSU", "navn": ["Kari"], "saker": [{"nr": "1", "tittel": "A", "merknad": "", "punkter": ["x"]}]}

    first = compile_template(CASES, "saker.docx", None).render(context, {"sak": "1"}, "T", "nb-NO")
    second = compile_template(CASES, "saker.docx", None).render(context, {"sak": "1"}, "T", "nb-NO")

    assert first == second


@pytest.mark.parametrize("value", [None, True, False, [], {}, 1.5, ["a"]])
def test_what_is_not_text_is_never_printed(value: object) -> None:
    template = compile_template(word_file("Verdi: {{ verdi }}"), "mal.docx", None)

    with pytest.raises(TemplateError) as error:
        template.render({"verdi": value}, {}, "T", "nb-NO")

    assert "ville skrevet ut noe som ikke er tekst" in str(error.value)
    assert "«Verdi: {{ verdi }}»" in str(error.value)


def test_whole_numbers_print_as_digits() -> None:
    made = rendered(word_file("{{ antall }} av {{ saker|length }}"), {"antall": 3, "saker": ["a", "b"]})

    assert texts(made) == ["3 av 2"]


def test_a_name_missing_when_rendering_is_told_with_paragraph_and_the_nearest_name() -> None:
    template = compile_template(word_file("Møtet er {{ møte.dto }} i Oslo"), "innkalling.docx", None)

    with pytest.raises(TemplateError) as error:
        template.render({"møte": {"dato": "i dag", "sted": "her"}}, {}, "T", "nb-NO")

    assert str(error.value) == (
        "innkalling.docx: Koden {{ møte.dto }} spør etter dto, som ikke finnes. "
        "Det står i avsnittet «Møtet er {{ møte.dto }} i Oslo». Mente du dato?"
    )


def test_a_part_of_something_that_is_not_there_is_told() -> None:
    template = compile_template(word_file("{{ dokument.følsomhet.navn }}"), "mal.docx", None)

    with pytest.raises(TemplateError, match="spør etter navn i noe som mangler"):
        template.render({"dokument": {"følsomhet": None}}, {}, "T", "nb-NO")


def test_a_loop_over_text_is_told() -> None:
    template = compile_template(word_file("{%p for x in navn %}", "{{ x }}", "{%p endfor %}"), "mal.docx", None)

    with pytest.raises(TemplateError, match="går gjennom noe som ikke er en liste"):
        template.render({"navn": "abc"}, {}, "T", "nb-NO")


def test_a_tag_that_word_has_split_over_runs_is_read_whole() -> None:
    document = Document()
    paragraph = document.add_paragraph("Sak {")
    for piece in ("{ sa", "k.ti", "ttel }", "} og mer"):
        paragraph.add_run(piece).bold = True

    made = rendered(saved(document), {"sak": {"tittel": "Budsjett"}})

    assert texts(made) == ["Sak Budsjett og mer"]


def test_braces_alone_in_two_paragraphs_are_no_tag() -> None:
    made = rendered(word_file("slutter med {", "{ begynner, 100 %", "} {{ a }}"), {"a": "x"})

    assert texts(made) == ["slutter med {", "{ begynner, 100 %", "} x"]


def test_words_curly_quotes_are_read_as_straight_ones() -> None:
    made = rendered(word_file("{% if a == “x” %}ja{% endif %} {{ b|join(«, ») }}"), {"a": "x", "b": ["1", "2"]})

    assert texts(made) == ["ja 1, 2"]


def test_braces_written_as_docxtpl_wants_them_print_as_braces() -> None:
    made = rendered(word_file("{_{ a }_} {{ a }}"), {"a": "x"})

    assert texts(made) == ["{{ a }} x"]


def test_comments_in_a_template_print_nothing() -> None:
    made = rendered(word_file("{#p bare for oss #}", "a{# her også #}b {{ a }}"), {"a": "x"})

    assert texts(made) == ["ab x"]
