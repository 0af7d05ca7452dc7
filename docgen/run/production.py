"""Making what a build is to make: each document published as soon as it is done, approved ones frozen before that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Protocol

from docgen.messages import _
from docgen.model.documents import APPROVED, Plan
from docgen.model.library import Entry
from docgen.problems import Problem, Where, WorkspaceError
from docgen.register import RegisterError
from docgen.run.executor import outcomes
from docgen.run.ledger import Ledger
from docgen.run.making import Order, Press
from docgen.run.planning import Todo
from docgen.run.report import Made
from docgen.run.root import TOML
from docgen.run.work import Job
from docgen.run.workspace import Workspace


class Progress(Protocol):
    """Told after each document, and after each PDF: how many are done, how many there are, and the file's name."""

    def __call__(self, done: int, total: int, name: str, *, is_pdf: bool = False) -> object: ...


_NOTED = 200
"""How many documents are made before they are written down as made."""


def all_made(press: Press, todo: Todo, ledger: Ledger, progress: Progress | None) -> Iterator[Made]:
    """Make the documents that are not as they should be, each published as soon as it is done."""
    ready: list[Made] = []
    done, count, written = 0, len(todo.plans), 0

    def told() -> Iterator[Made]:
        nonlocal done
        while ready:
            made = ready.pop(0)
            done += 1
            if progress:
                progress(min(done, count), count, made.file)
            yield made

    for inputs in _waves(press, todo):
        with closing(outcomes(_jobs(press, todo, ledger, inputs, ready))) as finished:
            for order, came in finished:
                press.report.add(came.problems)
                ready.append(press.published(order.plan, order, came.data))
                if ready[-1].state == "failed" and not (press.workspace.root / TOML).exists():
                    raise WorkspaceError(away(press.workspace))
                yield from told()
                if len(press.noted) - written >= _NOTED:
                    press.built.note(list(press.noted.values())[written:])
                    written = len(press.noted)
        yield from told()


def away(workspace: Workspace) -> Problem:
    """Return what to tell when the workspace is gone while documents are made."""
    return Problem(
        _("The folder of the workspace is gone, as when the network is down."),
        _("The documents that were not made are made when it is back."),
        Where(str(workspace.root)),
    )


def _waves(press: Press, todo: Todo) -> list[list[tuple[Entry, list[Plan]]]]:
    """Return the inputs in the order in which their documents are made: first what somebody has just written."""
    every = list(todo.by_input())
    changed = [one for one in every if one[0].file in press.causes.changed]
    return [changed, [one for one in every if one[0].file not in press.causes.changed]]


def _jobs(
    press: Press, todo: Todo, ledger: Ledger, inputs: Iterable[tuple[Entry, list[Plan]]], ready: list[Made]
) -> Iterator[tuple[Order, Job]]:
    """Give the work that is to be done. What needs none is told at once, and so is what an approval freezes."""
    for entry, plans in inputs:
        how = todo.approvals.standings.get(entry.file)
        approved: list[Plan] = []
        if how is not None and how.is_right and (how.new or how.is_unseen):
            approved = [plan for plan in plans if plan.kind in APPROVED]
            ready += _made_frozen(press, todo, ledger, entry, approved)
        for plan in (one for one in plans if one not in approved):
            order = press.order(plan)
            if order is None:
                ready.append(press.told(plan, "failed"))
            elif order.is_fresh:
                ready.append(press.as_it_was(order))
            else:
                yield order, order.job


def _made_frozen(press: Press, todo: Todo, ledger: Ledger, entry: Entry, plans: Sequence[Plan]) -> Iterator[Made]:
    """Make what an approval of an input freezes: all of it is frozen before any of it is published."""
    orders = {plan.file: press.order(plan) for plan in plans}
    rendered = {name: press.rendered(order) if order else None for name, order in orders.items()}
    if _is_frozen(press, todo, ledger, entry, rendered):
        yield from (press.published(plan, orders[plan.file], rendered[plan.file]) for plan in plans)
    else:
        yield from (press.told(plan, "failed") for plan in plans)


def _is_frozen(press: Press, todo: Todo, ledger: Ledger, entry: Entry, rendered: Mapping[str, bytes | None]) -> bool:
    """Freeze the new versions of an input with the documents made of it; return whether that could be done."""
    how = todo.approvals.standings[entry.file]
    made = [] if how.is_draft else list(rendered.items())
    whole_ones = [(name, data) for name, data in made if data is not None]
    if len(whole_ones) < len(made):
        return False
    known = todo.numbers[entry.file].meeting if entry.file in todo.numbers else None
    try:
        press.report.frozen += ledger.freeze(entry, how, whole_ones, todo.inputs, known.number if known else 0)
    except RegisterError as error:
        press.report.add(error.problems)
        return False
    return True


def restored(press: Press, todo: Todo, ledger: Ledger) -> list[Made]:
    """Put editions in force back that are gone from output/, and that no input can make now."""
    found = []
    for name, kept in todo.approvals.kept.items():
        if ledger.register is None or kept.input not in todo.asked:
            continue
        if (press.workspace.output / name).exists():
            press.keep(name, kept.kind, kept.input, kept.digest)
        else:
            found.append(press.restored(name, kept.kind, kept.input, kept.digest, ledger.register.file(kept.digest)))
    return found
