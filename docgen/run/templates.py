"""Which Word template a document is made from, each compiled when it is new, and kept as long as it is right."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from docgen.messages import _
from docgen.model.documents import Plan
from docgen.model.file_names import file_name_safe
from docgen.problems import Problem, TemplateError, Where, reason
from docgen.render import Template, compile_template
from docgen.render.keeping import key, packed, unpacked
from docgen.render.package import FILE_LIMIT
from docgen.run.cache import fetched, keep
from docgen.run.scan import Stamp, stamp
from docgen.run.workspace import Workspace, contents


@dataclass(frozen=True, slots=True)
class Looked:
    """What a template file was when docgen looked at it: the last good template, and what is wrong with the file now.

    Its stamp is None when there was no reading it.
    """

    stamp: Stamp | None
    template: Template | None
    problems: tuple[Problem, ...] = ()


class Templates:
    """The templates of a workspace, through one build or many.

    A file that has a fault says so in `problems`. Documents are then made with the last good template that was read
    from it; where there is none, each that asks for it is told.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._found: dict[tuple[str, str], Path] = {}
        self._now: dict[Path, Looked] = {}
        self._before: dict[Path, Looked] = {}

    def look_again(self, workspace: Workspace | None = None) -> None:
        """Look at the files again from now on: called when a new build begins. Only changed ones are read."""
        self._before |= self._now
        self._now, self._found = {}, {}
        if workspace and workspace != self._workspace:
            self._workspace = workspace
            # Its language may be another: what is wrong is told anew.
            self._before = {file: Looked(None, one.template) for file, one in self._before.items()}

    def of(self, plan: Plan) -> Template:
        """Return the template of a document: its body's own when there is one. Raises TemplateError."""
        place = plan.kind, plan.body
        if place not in self._found:
            self._found[place] = template_file(self._workspace, *place)
        file = self._found[place]
        if file not in self._now:
            self._now[file] = self._looked(file, plan.kind)
        found = self._now[file]
        if found.template is None:
            raise TemplateError(*found.problems)
        return found.template

    @property
    def problems(self) -> dict[str, tuple[Problem, ...]]:
        """What is wrong with the templates asked for in this build, by file name; also where a good one is used."""
        return {self._workspace.name(file): one.problems for file, one in self._now.items() if one.problems}

    def _looked(self, file: Path, kind: str) -> Looked:
        before = self._before.get(file, Looked(None, None))
        now = _stamp(file)
        if now is not None and now == before.stamp:
            return before
        try:
            return Looked(now, self._opened(file, kind))
        except TemplateError as error:
            return Looked(now, before.template, error.problems)

    def _opened(self, file: Path, kind: str) -> Template:
        name = self._workspace.name(file)
        try:
            return template(contents(file, FILE_LIMIT), name, kind)
        except FileNotFoundError:
            what = _("The template is missing.")
            fix = _("Put it back; docgen init in an empty folder makes a fresh one that you can copy.")
            raise TemplateError(Problem(what, fix, Where(name))) from None
        except OSError as error:
            what = _("The file can't be read: {reason}.", reason=reason(error))
            fix = _("See that it is not open in another program, and that you may read it.")
            raise TemplateError(Problem(what, fix, Where(name))) from None


def template(data: bytes, name: str, kind: str) -> Template:
    """Return the template, as it was kept in an earlier run or compiled now. Raises TemplateError."""
    kept_as = key(sha256(data).hexdigest(), kind)
    kept = fetched(kept_as)
    found = unpacked(kept, name) if kept else None
    if found is None:
        found = compile_template(data, name, kind)
        keep(kept_as, packed(found))
    return found


def template_file(workspace: Workspace, kind: str, body: str = "") -> Path:
    """Return the template of a kind: `templates/<organ>/<kind>.docx` where it exists, else `templates/<kind>.docx`."""
    if body:
        own = workspace.templates / file_name_safe(body) / f"{kind}.docx"
        if own.is_file():
            return own
    return workspace.templates / f"{kind}.docx"


def _stamp(file: Path) -> Stamp | None:
    try:
        return stamp(file.stat())
    except OSError:
        return None
