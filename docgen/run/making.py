"""Making documents: rendered, frozen where they are approved, and published; what goes wrong with one is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from docgen.deliver.publish import made_from, publish
from docgen.messages import _
from docgen.model.documents import Plan
from docgen.problems import Problem, TemplateError, Where, reason
from docgen.run.report import Made, Report, State
from docgen.run.templates import Templates
from docgen.run.work import Job, compared, work
from docgen.run.workspace import Workspace, real

Pictures = dict[str, dict[str, Path]]
"""By input file, its pictures as written, and where they lie."""


@dataclass(frozen=True, slots=True)
class Press:
    """What all documents of a build are made with.

    `places` are where every document of the workspace has its place. `nameless` are inputs that can't be read now, so
    that nobody knows which documents are theirs but the documents themselves.
    """

    workspace: Workspace
    templates: Templates
    shown: Pictures
    shown_before: Mapping[str, Mapping[str, bytes]]
    """By input file, the pictures of the edition that its draft is compared with."""
    places: frozenset[Path]
    nameless: frozenset[str]
    report: Report

    def rendered(self, plan: Plan) -> bytes | None:
        """Return the document, or None when it can't be made; the report tells why."""
        try:
            images = {written: file.read_bytes() for written, file in self.shown[plan.input].items()}
            if plan.compares:
                before, after = plan.compares
                was = self._worked(before, self.shown_before[plan.input])
                return compared(was, self._worked(after, images), plan.facts)
            return self._worked(plan, images)
        except TemplateError as error:
            self.report.add(error.problems)
        except OSError as error:
            self.report.add([self._not_written(self._target(plan), error)])
        return None

    def _worked(self, plan: Plan, images: Mapping[str, bytes]) -> bytes:
        return work(Job(self.templates.of(plan), plan.view(), plan.facts, plan.language, images))

    def published(self, plan: Plan, data: bytes | None) -> Made:
        """Publish a document that was rendered, and return what came of it. The last good one stays if it fails."""
        if data is None:
            return self.told(plan, "failed")
        try:
            target = self._inside(self._target(plan))
            if self.nameless and (owner := made_from(target)) in self.nameless:
                self.report.add([self._belongs_to_another(plan, owner)])
                return self.told(plan, "failed")
            published = publish(target, data, self.places)
        except OSError as error:
            self.report.add([self._not_written(self._target(plan), error)])
            return self.told(plan, "failed")
        if published.state == "beside":
            self.report.add([self._edited(plan, published.file)])
        return self.told(plan, published.state, published.file)

    def restored(self, name: str, kind: str, input_file: str, data: bytes) -> Made:
        """Put an edition in force back that is gone from output/; `name` is its path from there."""
        file = self.workspace.output / name
        try:
            state: State = publish(self._inside(file), data, self.places).state
        except OSError as error:
            self.report.add([self._not_written(file, error)])
            state = "failed"
        return Made(self.workspace.name(file), kind, input_file, state)

    def told(self, plan: Plan, state: State, file: Path | None = None) -> Made:
        return Made(
            self.workspace.name(file or self._target(plan)),
            plan.kind,
            plan.input,
            state,
            plan.numbers,
            plan.provisional,
        )

    def _target(self, plan: Plan) -> Path:
        return self.workspace.output / plan.folder / plan.name

    def _inside(self, file: Path) -> Path:
        """Return the file itself. Raises OSError when a link would lead it out of output/."""
        output = self.workspace.output
        if not real(file.parent).is_relative_to(real(output)):
            raise OSError(_("the folder is a link that leads out of {output}", output=self.workspace.name(output)))
        return file

    def _not_written(self, file: Path, error: OSError) -> Problem:
        return Problem(
            _("The document can't be written: {reason}.", reason=reason(error)),
            _("Close it in Word if it is open there, see that there is room on the disk, and build again."),
            Where(self.workspace.name(file)),
        )

    def _belongs_to_another(self, plan: Plan, owner: str) -> Problem:
        return Problem(
            _(
                "The document with this name was made from {owner}, which can't be read now, so it was kept.",
                owner=owner,
            ),
            _("Mend {owner} first. The document of {input} is then made too.", owner=owner, input=plan.input),
            Where(self.workspace.name(self._target(plan))),
        )

    def _edited(self, plan: Plan, beside: Path) -> Problem:
        return Problem(
            _("The document has been edited since docgen made it, so it was kept."),
            _(
                "The new one is called «{name}». Move your changes to {input}, and delete the edited one.",
                name=beside.name,
                input=plan.input,
            ),
            Where(self.workspace.name(self._target(plan))),
            warning=True,
        )
