"""Rules of docgen that these tests protect, each broken in the process that asks for it: a test must notice."""

from __future__ import annotations
import __future__

import inspect
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docgen import disk
from docgen.deliver import publish
from docgen.model.documents import APPROVED
from docgen.register import connect, marker, store
from docgen.register.store import Register
from docgen.run import lock, production
from docgen.run.ledger import Ledger


def rewritten(owner: Any, name: str, old: str, new: str) -> None:
    """Give a function of a module or class other code in the place of `old`, which must be there."""
    setattr(owner, name, otherwise(owner, name, old, new))


def otherwise(owner: Any, name: str, old: str, new: str) -> Callable[..., Any]:
    """Return a function of a module or class with other code in the place of `old`, which must be there."""
    function = getattr(owner, name)
    source = textwrap.dedent(inspect.getsource(function))
    assert old in source, f"{name} has no {old!r} any more: break the rule where it is now"
    flags = __future__.annotations.compiler_flag
    scope: dict[str, Any] = {}
    code = compile(source.replace(old, new), f"<{name} broken>", "exec", flags)
    exec(code, vars(sys.modules[inspect.unwrap(function).__module__]), scope)
    made: Callable[..., Any] = scope[name]
    return made


def document_not_flushed() -> None:
    rewritten(disk, "write_beside", "os.fsync(file.fileno())", "pass")


def name_not_flushed() -> None:
    rewritten(disk, "move", "sync_folder(to.parent)", "pass")


def new_folder_not_flushed() -> None:
    rewritten(disk, "make_folder", "sync_folder(folder.parent)", "pass")


def not_read_back() -> None:
    rewritten(disk, "write_beside", "temporary.read_bytes() != data", "False")


def written_in_place() -> None:
    def write_whole(target: Path, data: bytes, within: Path | None = None) -> None:
        disk.make_folder(target.parent, within)
        with target.open("wb") as file:
            file.write(data)
            file.flush()
            disk.os.fsync(file.fileno())
        disk.sync_folder(target.parent)

    publish.write_whole = write_whole


def marker_not_flushed() -> None:
    rewritten(disk, "write_beside", "os.fsync(file.fileno())", "pass")


def marker_name_not_flushed() -> None:
    name_not_flushed()


def register_folder_not_flushed() -> None:
    new_folder_not_flushed()
    store.make_folder = lock.make_folder = disk.make_folder


def no_marker() -> None:
    marker.set_marker = lambda *_arguments, **_named: None


def transaction_deferred() -> None:
    rewritten(Register, "writing", "BEGIN IMMEDIATE", "BEGIN DEFERRED")


def synchronous_normal() -> None:
    connect.PRAGMAS = ("synchronous = NORMAL", *connect.PRAGMAS[1:])


def synchronous_off() -> None:
    connect.PRAGMAS = ("synchronous = OFF", *connect.PRAGMAS[1:])


def never_committed() -> None:
    rewritten(Register, "writing", 'self._control("COMMIT" if writing.has_added else "ROLLBACK")', "pass")


def published_before_frozen() -> None:
    def made_frozen(press, todo, ledger, entry, plans):
        orders = {plan.file: press.order(plan) for plan in plans}
        rendered = {plan.file: press.rendered(orders[plan.file]) for plan in plans}
        for plan in plans:
            yield press.published(plan, orders[plan.file], rendered[plan.file])
        frozen = {plan.file: rendered[plan.file] for plan in plans if plan.kind in APPROVED}
        production._is_frozen(press, todo, ledger, entry, frozen)

    production._made_frozen = made_frozen


def numbers_fixed_last() -> None:
    fix, close = Ledger.fix_numbers, Ledger.close

    def later(ledger, library, given, files):
        ledger.due = library, given, files
        return given, []

    def closed(ledger):
        if hasattr(ledger, "due"):
            fix(ledger, *ledger.due)
        close(ledger)

    Ledger.fix_numbers, Ledger.close = later, closed


BROKEN: dict[str, Callable[[], None]] = {
    rule.__name__: rule
    for rule in (
        document_not_flushed,
        name_not_flushed,
        new_folder_not_flushed,
        not_read_back,
        written_in_place,
        marker_not_flushed,
        marker_name_not_flushed,
        register_folder_not_flushed,
        no_marker,
        transaction_deferred,
        synchronous_normal,
        synchronous_off,
        never_committed,
        published_before_frozen,
        numbers_fixed_last,
    )
}
