"""The build: inputs are read, checked, numbered, rendered and published, and the report tells what came of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.deliver.publish import made_from, publish
from docgen.messages import _
from docgen.model.check import check
from docgen.model.documents import Plan, documents, source_name
from docgen.model.library import Library, entry
from docgen.model.organisation import Organisation
from docgen.problems import InputError, Problem, TemplateError, Where, reason
from docgen.run.pictures import pictures
from docgen.run.report import Made, Report, State
from docgen.run.templates import Templates
from docgen.run.work import Job, work
from docgen.run.workspace import Workspace, input_files, inside, read_input, real

Progress = Callable[[int, int, str], None]
"""Told after each document: how many are done, how many there are, and the file's name."""

Pictures = dict[str, dict[str, Path]]
"""By input file, its pictures as written, and where they lie."""


def build(
    workspace: Workspace, files: Sequence[Path] = (), *, dry_run: bool = False, progress: Progress | None = None
) -> Report:
    """Make the documents of `files`, or of every input, and return what came of it.

    Every input is read in any case, since what one says (members, numbers, attachments) stands in others' documents.
    With `dry_run` nothing is written.
    """
    report = Report()
    todo = planned(workspace, files, report)
    templates = Templates(workspace)
    for done, plan in enumerate(todo.plans, 1):
        report.documents.append(
            _told(workspace, plan, "planned") if dry_run else _made(workspace, plan, templates, todo, report)
        )
        if progress:
            progress(done, len(todo.plans), plan.name)
    return report


@dataclass(frozen=True, slots=True)
class Todo:
    """The documents to make, the pictures of each input, and where every document of the workspace has its place."""

    plans: list[Plan]
    shown: Pictures
    places: frozenset[Path]
    nameless: frozenset[str]
    """Inputs that can't be read now, so that nobody knows which documents are theirs but the documents themselves."""


def planned(workspace: Workspace, files: Sequence[Path], report: Report) -> Todo:
    """Read and check every input, tell the report of it, and return the documents to make of `files` (or of all)."""
    library = _library(workspace, report)
    numbers = check(library, lambda source, named: inside(workspace, source, named) is not None)
    shown = {one.file: pictures(workspace, one) for one in library.entries}
    for one in library.entries:
        if isinstance(one.value, Organisation):
            # It prints the mandates' chapters, and so their pictures.
            shown[one.file] = {
                k: v for m, _mandate in library.mandates.values() for k, v in shown[m.file].items()
            } | shown[one.file]
    plans = documents(library, numbers)
    everything = set(report.inputs)
    asked = {workspace.name(file) for file in files} or everything
    refused = [one.file for one in library.entries if not one.is_right]
    report.refused = sorted(name for name in {*report.refused, *refused} if name in asked)
    for one in library.entries:
        if one.file in asked:
            report.add(sorted(one.problems, key=lambda problem: problem.where.line or 0))
    report.inputs = sorted(asked)
    report.problems = sorted(
        (problem for problem in report.problems if problem.where.file in asked), key=lambda problem: problem.where.file
    )
    report.problems[:0] = workspace.warnings
    places = frozenset(workspace.output / plan.folder / plan.name for plan in plans)
    seen = {one.file for one in library.entries if one.seen is not None}
    nameless = frozenset(source_name(name) for name in everything - seen)
    return Todo([plan for plan in plans if plan.input in asked], shown, places, nameless)


def _library(workspace: Workspace, report: Report) -> Library:
    """Return every input, typed. One that can't be read is refused."""
    entries = []
    for file in input_files(workspace):
        report.inputs.append(workspace.name(file))
        try:
            entries.append(entry(read_input(workspace, file)))
        except InputError as error:
            report.refused.append(workspace.name(file))
            report.add(error.problems)
    return Library(entries, workspace.settings.house, report.refused)


def _made(workspace: Workspace, plan: Plan, templates: Templates, todo: Todo, report: Report) -> Made:
    """Make and publish one document; what goes wrong with it is told, and the last good one stays."""
    try:
        images = {written: file.read_bytes() for written, file in todo.shown[plan.input].items()}
        data = work(Job(templates.of(plan), plan.view(), plan.facts, plan.language, images))
        target = _target(workspace, plan)
        if todo.nameless and (owner := made_from(target)) in todo.nameless:
            report.add([_belongs_to_another(workspace, plan, owner)])
            return _told(workspace, plan, "failed")
        published = publish(target, data, todo.places)
    except TemplateError as error:
        report.add(error.problems)
        return _told(workspace, plan, "failed")
    except OSError as error:
        report.add([_not_written(workspace, plan, error)])
        return _told(workspace, plan, "failed")
    if published.state == "beside":
        report.add([_edited(workspace, plan, published.file)])
    return _told(workspace, plan, published.state, published.file)


def _target(workspace: Workspace, plan: Plan) -> Path:
    """Return where the document goes. Raises OSError when a link would lead it out of output/."""
    folder = workspace.output / plan.folder
    if not real(folder).is_relative_to(real(workspace.output)):
        raise OSError(_("the folder is a link that leads out of {output}", output=workspace.name(workspace.output)))
    return folder / plan.name


def _told(workspace: Workspace, plan: Plan, state: State, file: Path | None = None) -> Made:
    name = workspace.name(file or workspace.output / plan.folder / plan.name)
    return Made(name, plan.kind, plan.input, state, plan.numbers, plan.provisional)


def _not_written(workspace: Workspace, plan: Plan, error: OSError) -> Problem:
    return Problem(
        _("The document can't be written: {reason}.", reason=reason(error)),
        _("Close it in Word if it is open there, see that there is room on the disk, and build again."),
        Where(workspace.name(workspace.output / plan.folder / plan.name)),
    )


def _belongs_to_another(workspace: Workspace, plan: Plan, owner: str) -> Problem:
    return Problem(
        _("The document with this name was made from {owner}, which can't be read now, so it was kept.", owner=owner),
        _("Mend {owner} first. The document of {input} is then made too.", owner=owner, input=plan.input),
        Where(workspace.name(workspace.output / plan.folder / plan.name)),
    )


def _edited(workspace: Workspace, plan: Plan, beside: Path) -> Problem:
    return Problem(
        _("The document has been edited since docgen made it, so it was kept."),
        _(
            "The new one is called «{name}». Move your changes to {input}, and delete the edited one.",
            name=beside.name,
            input=plan.input,
        ),
        Where(workspace.name(workspace.output / plan.folder / plan.name)),
        warning=True,
    )
