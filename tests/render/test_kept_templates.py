"""A compiled template that is kept as bytes makes the same documents, at once and without the libraries."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.messages import speak
from docgen.model.context import CONTEXTS
from docgen.problems import TemplateError
from docgen.program import program
from docgen.render import Template, compile_template
from docgen.render.keeping import key, packed, unpacked
from tests.render.test_compile_templates import TEMPLATES, sample
from tests.render.word_files import word_file

ROOT = Path(__file__).parents[2]


def example(kind: str) -> Template:
    return compile_template((TEMPLATES / f"{kind}.docx").read_bytes(), f"templates/{kind}.docx", kind)


@pytest.mark.parametrize("full", [True, False], ids=["everything", "nothing"])
@pytest.mark.parametrize("kind", sorted(CONTEXTS))
def test_a_kept_template_makes_the_same_bytes(kind: str, full: bool) -> None:
    template, context = example(kind), sample(CONTEXTS[kind], full)

    kept = unpacked(packed(template), template.name)

    assert kept is not None
    assert (kept.name, kept.kind, kept.digest, kept.uses) == (
        template.name,
        kind,
        template.digest,
        template.uses,
    )
    for language in ("nb-NO", "nn-NO"):
        given = (context, {"docgen.type": kind}, "Tittel", language, {}, "Eieren")
        assert kept.render(*given) == template.render(*given)


def test_a_template_goes_to_another_process_and_is_the_same_there_however_often_it_comes():
    template = example("protokoll")
    context = sample(CONTEXTS["protokoll"], full=True)

    first, second = pickle.loads(pickle.dumps(template)), pickle.loads(pickle.dumps(template))

    assert first is second
    assert first.render(context, {}, "T") == template.render(context, {}, "T")


def test_a_kept_template_tells_what_is_wrong_in_the_language_of_the_run():
    template = compile_template(word_file("Møtet er {{ møte.dto }} i Oslo"), "innkalling.docx", None)
    kept = unpacked(packed(template), "templates/SSU/innkalling.docx")
    assert kept is not None

    told = {}
    for language in ("nb", "en"):
        speak(language)
        try:
            with pytest.raises(TemplateError) as error:
                kept.render({"møte": {"dato": "24. oktober"}}, {}, "T")
        finally:
            speak("nb")
        told[language] = str(error.value)

    assert "templates/SSU/innkalling.docx: " in told["nb"]
    assert "Det står i avsnittet «Møtet er {{ møte.dto }} i Oslo»" in told["nb"]
    assert "It stands in the paragraph «Møtet er {{ møte.dto }} i Oslo»" in told["en"]


def test_bytes_that_are_not_whole_are_no_template():
    data = packed(example("vedlegg"))
    middle = len(data) // 2

    assert unpacked(data, "a") is not None
    assert unpacked(data[:-1], "a") is None
    assert unpacked(data[:20], "a") is None
    assert unpacked(b"", "a") is None
    assert unpacked(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :], "a") is None


def test_a_template_is_kept_for_its_bytes_its_kind_and_this_program_only(monkeypatch):
    mine = key("a", "protokoll")

    assert key("a", "protokoll") == mine
    assert key("b", "protokoll") != mine
    assert key("a", "vedlegg") != mine
    program.cache_clear()
    monkeypatch.setattr(sys, "version", "3.99.0")
    assert key("a", "protokoll") != mine
    program.cache_clear()


def test_a_change_of_docgens_code_changes_the_program(monkeypatch, tmp_path):
    (tmp_path / "words").mkdir()
    code = tmp_path / "words" / "nb.toml"
    code.write_text("a = 1")
    monkeypatch.setattr(sys.modules["docgen.program"], "__file__", str(tmp_path / "program.py"))
    program.cache_clear()
    before = program()
    code.write_text("a = 2")
    program.cache_clear()

    after = program()

    program.cache_clear()
    assert after != before


RENDERING = """
import pickle, sys
from pathlib import Path
from docgen.render.keeping import unpacked

for kept, context in pickle.loads(Path(sys.argv[1]).read_bytes()):
    template = unpacked(kept, "mal.docx")
    sys.stdout.buffer.write(template.render(context, {"a": "b"}, "Tittel", "nb-NO", {}, "Eier"))
heavy = {"docxtpl", "lxml", "jinja2", "docx", "rapidfuzz"} & set(sys.modules)
assert not heavy, heavy
"""


def test_a_whole_document_is_made_of_a_kept_template_without_docxtpl_lxml_and_jinja(tmp_path):
    samples = [(example(kind), sample(CONTEXTS[kind], full=True)) for kind in sorted(CONTEXTS)]
    given = tmp_path / "given"
    given.write_bytes(pickle.dumps([(packed(template), context) for template, context in samples]))

    made = subprocess.run([sys.executable, "-c", RENDERING, given], cwd=ROOT, capture_output=True, check=False)

    assert made.stderr.decode() == ""
    assert made.stdout == b"".join(
        template.render(context, {"a": "b"}, "Tittel", "nb-NO", {}, "Eier") for template, context in samples
    )
