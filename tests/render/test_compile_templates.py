"""Each template of the workspace makes whole documents, whatever its context holds: everything, or nothing at all."""

from __future__ import annotations

from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from docgen.model.context import CONTEXTS, Sak
from docgen.model.values import Markdown
from docgen.render import compile_template, faults
from docgen.words import words
from tests.docx_validity import faults_of_docx
from tests.render.word_files import opened

TEMPLATES = Path(__file__).parents[2] / "templates"
TEXT = Markdown(
    "Et avsnitt med **fet** og [lenke](https://example.org).[^1]\n\n1. en\n2. to\n   - dypere\n\n"
    "| Hva | Når |\n|---|---|\n| A | B |\n\n> sitat\n\n[^1]: En fotnote.\n"
)


def sample(shape: Any, full: bool, name: str = "") -> Any:
    """Return a value of the type: with everything in it, or as empty as it can be."""
    options = get_args(shape)
    if NoneType in options:
        return sample(options[0], full, name) if full else None
    if is_typeddict(shape):
        return {field: sample(inner, full, field) for field, inner in get_type_hints(shape).items()}
    if get_origin(shape) is list:
        return [sample(options[0], full, name) for _each in range(3)] if full else []
    if get_origin(shape) is dict:
        return words("nb").printed() if name == "ord" else dict.fromkeys(get_type_hints(Sak), "felt")
    if shape is bool:
        return full
    if shape is Markdown:
        return TEXT if full else Markdown("")
    if name in ("farge", "skrift"):
        return "2E7D32"
    return f'{name} <w:p/> & {{{{ {name} }}}} "sitat"' if full else ""


@pytest.mark.parametrize("kind", sorted(CONTEXTS))
def test_a_template_has_no_faults(kind: str) -> None:
    assert faults((TEMPLATES / f"{kind}.docx").read_bytes(), f"{kind}.docx", kind) == []


@pytest.mark.parametrize("full", [True, False], ids=["everything", "nothing"])
@pytest.mark.parametrize("kind", sorted(CONTEXTS))
def test_a_template_makes_whole_documents(kind: str, full: bool) -> None:
    template = compile_template((TEMPLATES / f"{kind}.docx").read_bytes(), f"{kind}.docx", kind)
    context = sample(CONTEXTS[kind], full)

    made = template.render(context, {"docgen.type": kind}, "Tittel", "nn-NO")

    assert faults_of_docx(made, allow=str(context)) == []
    assert made == template.render(context, {"docgen.type": kind}, "Tittel", "nn-NO")
    text = "\n".join(paragraph.text for paragraph in opened(made).paragraphs)
    assert "None" not in text
    assert "True" not in text
    assert "False" not in text
