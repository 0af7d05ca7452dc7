"""The only place for Word files: templates are compiled once, and documents made of them as strings and bytes.

Importing this is cheap; docxtpl, lxml and Jinja are loaded when a template is compiled or checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.render.template import Template

if TYPE_CHECKING:
    from docgen.render.tags import Fault

__all__ = ["Template", "compile_template", "faults"]


def compile_template(data: bytes, name: str, kind: str | None) -> Template:
    """Return the Word template `data`, ready to make documents.

    `name` is the file's, for messages. `kind` is one of model.context.CONTEXTS and tells which names the tags may use;
    None leaves the names unchecked until a document is made. Raises TemplateError with everything that is wrong.
    """
    from docgen.render.compile import compiled

    return compiled(data, name, kind)


def faults(data: bytes, name: str, kind: str | None) -> list[Fault]:
    """Return everything that is wrong with the template, each with its part and paragraph; raises nothing."""
    from docgen.render.compile import faults as found

    return found(data, name, kind)
