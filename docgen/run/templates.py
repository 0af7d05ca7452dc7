"""Which Word template a document is made from, each compiled once a build."""

from __future__ import annotations

from pathlib import Path

from docgen.messages import _
from docgen.model.documents import Plan
from docgen.model.file_names import file_name_safe
from docgen.problems import Problem, TemplateError, Where, reason
from docgen.render import Template, compile_template
from docgen.render.package import FILE_LIMIT
from docgen.run.workspace import Workspace, contents


class Templates:
    """The templates of a workspace. One that has a fault keeps it, and says it to each document that asks."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._compiled: dict[Path, Template | TemplateError] = {}

    def of(self, plan: Plan) -> Template:
        """Return the template of a document: its body's own when there is one. Raises TemplateError."""
        file = template_file(self._workspace, plan.kind, plan.body)
        if file not in self._compiled:
            self._compiled[file] = self._opened(file, plan.kind)
        found = self._compiled[file]
        if isinstance(found, TemplateError):
            raise found
        return found

    def _opened(self, file: Path, kind: str) -> Template | TemplateError:
        name = self._workspace.name(file)
        try:
            return compile_template(contents(file, FILE_LIMIT), name, kind)
        except FileNotFoundError:
            what = _("The template is missing.")
            fix = _("Put it back; docgen init in an empty folder makes a fresh one that you can copy.")
            return TemplateError(Problem(what, fix, Where(name)))
        except OSError as error:
            what = _("The file can't be read: {reason}.", reason=reason(error))
            fix = _("See that it is not open in another program, and that you may read it.")
            return TemplateError(Problem(what, fix, Where(name)))
        except TemplateError as error:
            return error


def template_file(workspace: Workspace, kind: str, body: str = "") -> Path:
    """Return the template of a kind: `templates/<organ>/<kind>.docx` where it exists, else `templates/<kind>.docx`."""
    if body:
        own = workspace.templates / file_name_safe(body) / f"{kind}.docx"
        if own.is_file():
            return own
    return workspace.templates / f"{kind}.docx"
