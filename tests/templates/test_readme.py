"""templates/README.md explains every name that a template may use."""

from __future__ import annotations

from typing import get_type_hints

import pytest

from docgen.model import context
from tests.templates.conftest import TEMPLATES

README = (TEMPLATES / "README.md").read_text("utf-8")
RECORDS = [
    context.Følsomhet, context.Dokument, context.Faktum, context.Kapittel, context.Loggrad, context.VedleggLinje,
    context.Medlem, context.Møte, context.Oppfølging, context.Sak, context.Fremmøtt, context.Organ,
    *context.CONTEXTS.values(),
]  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_name_is_explained(record):
    for name in get_type_hints(record):
        assert any(written in README for written in (f"`{name}`", f".{name}`", f"`{name}.")), name


def test_every_template_is_named():
    for file in TEMPLATES.glob("*.docx"):
        assert f"`{file.name}`" in README
