"""What the next build will make, made while the files still come to rest: nothing is fixed or published before that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256

from docgen.deliver.publish import Waiting
from docgen.model.library import TooNarrow
from docgen.problems import DocgenError, WorkspaceError
from docgen.run.foreseen import ForeseenLedger
from docgen.run.ledger import Ledger
from docgen.run.looking import Look
from docgen.run.making import Order, Press
from docgen.run.planning import Todo
from docgen.run.production import Progress, away
from docgen.run.remembering import named_files
from docgen.run.report import Made
from docgen.run.root import TOML
from docgen.run.scan import Stamp
from docgen.run.seen import Unsettled, stamp_of, watched

FEW = 20
"""How many inputs are made ready at most, and three documents of each: more are soon made, and would be as soon."""

NOT_READY = (DocgenError, OSError, TooNarrow, Unsettled)
"""What keeps a build from being made ready; the build itself says what there is to say of it."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A document, and where it waits to be published; neither when it need not be made again."""

    order: Order
    data: bytes | None = None
    waiting: Waiting | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A build that is ready for when the files have come to rest with the stamps `at_rest`.

    `beside` are the files that the inputs name, as they lie there.
    """

    found: Look
    todo: Todo
    press: Press
    foreseen: ForeseenLedger
    at_rest: Mapping[str, Stamp]
    beside: Mapping[str, Stamp | None]
    documents: list[_Ready] = field(default_factory=list)

    def is_still_so(self, at_rest: Mapping[str, Stamp] | None) -> bool:
        """Return whether all files that it was made of are as they were then."""
        if at_rest is None or at_rest != self.at_rest:
            return False
        root, digests = self.press.workspace.root, self.todo.inputs.digests
        there = {**self.beside, **{name: at_rest.get(name) for name in self.found.changes.content}}
        if any(stamp_of(root, name) != stamp for name, stamp in there.items()):
            return False
        try:  # a share may tell the time in steps of two seconds
            now = {name: (root / name).read_bytes() for name in self.found.changes.content}
        except OSError:
            return False
        return all(sha256(data).hexdigest() == digests[name] for name, data in now.items())

    def is_fixed(self, ledger: Ledger) -> bool:
        """Fix what is to be fixed; return False, with nothing fixed, when the register is not as it was then."""
        return ledger.write(self.foreseen.coming, self.foreseen.record)

    def published(self, progress: Progress | None) -> Iterator[Made]:
        """Publish the documents; give what came of each. Raises WorkspaceError when the workspace is gone."""
        press = self.press
        for at, one in enumerate(self.documents, 1):
            plan = one.order.plan
            made = press.published(plan, one.order, one.data, one.waiting) if one.data else press.as_it_was(one.order)
            if made.state == "failed" and not (press.workspace.root / TOML).exists():
                raise WorkspaceError(away(press.workspace))
            if progress:
                progress(at, len(self.documents), made.file)
            yield made

    def drop(self) -> None:
        """Remove the documents that still wait."""
        for one in reversed(self.documents):  # the first made the folder of the others
            if one.waiting:
                one.waiting.drop()


def can_be_ahead(found: Look) -> bool:
    """Return whether what a look has found is little, and of a kind that can be made ready."""
    chosen, changes = found.scope, found.changes
    return (
        not (chosen.is_whole or found.is_restyled or found.held or found.asked or changes.removed)
        and bool(changes.content)
        and len(chosen.asked) <= FEW
    )


def ahead(
    found: Look, todo: Todo, press: Press, foreseen: ForeseenLedger, at_rest: Mapping[str, Stamp]
) -> Ahead | None:
    """Return the build with its documents made, or None where one can't be made, or is to be approved."""
    if len(todo.plans) > 3 * FEW or any(
        how.new or how.is_unseen for name, how in todo.approvals.standings.items() if name in todo.asked
    ):
        return None
    beside = {
        place: stamp
        for one in todo.inputs.library.entries
        if one.file in todo.asked
        for place, stamp in watched(press.workspace, one.file, named_files(one))
    }
    made = Ahead(found, todo, press, foreseen, at_rest, beside)
    with suppress(*NOT_READY):
        # What was just written comes first.
        for plan in sorted(todo.plans, key=lambda plan: plan.input not in found.changes.content):
            if not (one := _ready(press, press.order(plan))):
                break
            made.documents.append(one)
    if len(made.documents) == len(todo.plans):
        return made
    made.drop()
    return None


def _ready(press: Press, order: Order | None) -> _Ready | None:
    """Return a document that waits to be published, or None when it can't be made."""
    if order is None or order.is_fresh:
        return _Ready(order) if order else None
    data = press.rendered(order)
    return _Ready(order, data, press.put_by(order.plan, data)) if data else None
