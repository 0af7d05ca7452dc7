"""Making documents: each only when its recipe has changed, and published; what goes wrong with one is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.deliver.facts import made_from
from docgen.deliver.publish import Published, Waiting, publish, put_by
from docgen.model.documents import Plan
from docgen.model.file_names import same_name
from docgen.problems import TemplateError, Where
from docgen.run.built import Built
from docgen.run.known import KnownDocument
from docgen.run.placing import belongs_to_another, edited, held, inside, not_written
from docgen.run.recipes import kept_recipe, recipe
from docgen.run.report import Made, Report, State
from docgen.run.seen import Seen, stamp_of
from docgen.run.templates import Templates
from docgen.run.why import Causes
from docgen.run.work import Job, outcome
from docgen.run.workspace import Workspace

Pictures = dict[str, dict[str, Path]]
"""By input file, its pictures as written, and where they lie."""


WantPdf = Callable[[KnownDocument, Seen, Path | None], None]
"""Told of a document as it now lies in output/, and where, if that is not its place."""


@dataclass(frozen=True, slots=True)
class Order:
    """A document that is to be made: its plan, the work that makes it, and the recipe that it is made after."""

    plan: Plan
    job: Job
    recipe: str
    why: str
    """What is not as it was; empty when the document that lies in output/ is of this very recipe."""

    @property
    def is_fresh(self) -> bool:
        """Whether the document need not be made again."""
        return not self.why


@dataclass(frozen=True, slots=True)
class Places(Container[Path]):
    """Where every document of the workspace has its place: the paths from output/, as same_name gives them."""

    output: Path
    files: Collection[str]

    def __contains__(self, file: object) -> bool:
        assert isinstance(file, Path)
        return file.is_relative_to(self.output) and same_name(file.relative_to(self.output).as_posix()) in self.files


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
    places: Container[Path]
    nameless: frozenset[str]
    report: Report
    built: Built
    seen: Seen
    causes: Causes
    want_pdf: WantPdf | None = None
    """Who is told of each document, where PDF is made too."""
    noted: dict[str, KnownDocument] = field(default_factory=dict)
    """What is now known of the documents of this build, by path from output/."""

    def order(self, plan: Plan) -> Order | None:
        """Return what a document is to be made of, or None when that can't be had; the report tells why."""
        try:
            images = {written: file.read_bytes() for written, file in self.shown[plan.input].items()}
            job = self._job(plan, images)
        except TemplateError as error:
            self.report.add(error.problems)
            return None
        except OSError as error:
            self.report.add([not_written(self._where(plan), error)])
            return None
        made_of = recipe(job)
        known = self.built.documents.get(plan.file)
        if known and known.recipe == made_of and self.seen.is_as_made(plan.file, known.stamp):
            return Order(plan, job, made_of, "")
        is_there = self.seen.lies_in_output(plan.file)
        return Order(plan, job, made_of, self.causes.why(plan.input, known, made_of, is_there=is_there))

    def _job(self, plan: Plan, images: Mapping[str, bytes]) -> Job:
        """Return the work that makes a document. Raises TemplateError."""
        old, new = plan.compares or (None, plan)
        template, name = self.templates.of(new), self.workspace.name(self._target(plan))
        before = None
        if old:
            shown = self.shown_before[plan.input]
            before = Job(template, old.view(), old.facts, old.language, shown, name)
        return Job(template, new.view(), plan.facts, new.language, images, name, before)

    def rendered(self, order: Order) -> bytes | None:
        """Return the document, or None when it can't be made; the report tells why."""
        made = outcome(order.job)
        self.report.add(made.problems)
        return made.data

    def as_it_was(self, order: Order) -> Made:
        """Return what to tell of a document that need not be made again."""
        # It may be another file that it is made from now: one in another format.
        known = self.built.documents[order.plan.file]
        plan = order.plan
        self._take_note(replace(known, input=plan.input, numbers=plan.numbers, provisional=plan.provisional))
        return self.told(order.plan, "unchanged")

    def put_by(self, plan: Plan, data: bytes) -> Waiting:
        """Write a document that is soon to be published. Raises OSError."""
        return put_by(inside(self._target(plan), self.workspace), data, self.workspace.root)

    def published(self, plan: Plan, order: Order | None, data: bytes | None, waiting: Waiting | None = None) -> Made:
        """Publish a document that was rendered, and return what came of it. The last good one stays if it fails."""
        if data is None or order is None:
            return self.told(plan, "failed")
        try:
            # One that waits already lies there.
            target = self._target(plan) if waiting and waiting.is_whole else inside(self._target(plan), self.workspace)
            if self.nameless and (owner := made_from(target)) in self.nameless:
                self.report.add([belongs_to_another(self._where(plan), plan.input, owner)])
                return self.told(plan, "failed")
            published = publish(target, data, self.places, self.workspace.root, waiting=waiting)
        except OSError as error:
            self.report.add([not_written(self._where(plan), error)])
            return self.told(plan, "failed")
        if published.state == "beside":
            self.report.add([edited(self._where(plan), plan.input, published.file)])
        elif published.state == "held":
            self.report.add([held(self._where(plan), published.file)])
        self._note(plan, order, published)
        return self.told(plan, published.state, published.file, order.why)

    def restored(self, name: str, kind: str, input_file: str, digest: str, data: bytes) -> Made:
        """Put an edition in force back that is gone from output/; `name` is its path from there."""
        file = self.workspace.output / name
        try:
            state: State = publish(inside(file, self.workspace), data, self.places, self.workspace.root).state
        except OSError as error:
            self.report.add([not_written(Where(self.workspace.name(file)), error)])
            state = "failed"
        else:
            self.keep(name, kind, input_file, digest)
        return Made(self.workspace.name(file), kind, input_file, state)

    def keep(self, name: str, kind: str, input_file: str, digest: str) -> None:
        """Note a document of an edition in force that lies in output/ and that the input can't make now."""
        stamp = stamp_of(self.workspace.output, name)
        self._take_note(KnownDocument(name, stamp, input_file, kept_recipe(digest), kind, state="kept"))

    def _note(self, plan: Plan, order: Order, published: Published) -> None:
        """Note a document as it lies in output/. One that another program or a person keeps is tried again."""
        is_done = published.state in ("made", "unchanged")
        known = KnownDocument(
            plan.file,
            stamp_of(self.workspace.output, plan.file) if is_done else None,
            plan.input,
            order.recipe if is_done else "",
            plan.kind,
            plan.body,
            order.job.template.name,
            "made" if is_done else published.state,
            plan.numbers,
            plan.provisional,
        )
        self._take_note(known, published.file)

    def _take_note(self, known: KnownDocument, file: Path | None = None) -> None:
        """Note a document, and let its PDF be made; `file` is where it lies, when that is not its place."""
        self.noted[known.file] = known
        if self.want_pdf:
            self.want_pdf(known, self.seen, file)

    def told(self, plan: Plan, state: State, file: Path | None = None, why: str = "") -> Made:
        return Made(
            self.workspace.name(file or self._target(plan)),
            plan.kind,
            plan.input,
            state,
            plan.numbers,
            plan.provisional,
            why,
        )

    def foretold(self, plan: Plan) -> Made:
        """Return what a build would make of a plan."""
        order = self.order(plan)
        if order and order.is_fresh:
            return self.told(plan, "unchanged")
        return self.told(plan, "planned", why=order.why if order else "")

    def _where(self, plan: Plan) -> Where:
        return Where(self.workspace.name(self._target(plan)))

    def _target(self, plan: Plan) -> Path:
        return self.workspace.output / plan.folder / plan.name
