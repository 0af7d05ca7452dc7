"""One real `docgen build`, and what it asked the system to do: in which order, and what a power cut at any point takes.

DOCGEN_STEPS=all lets every call fail.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import PurePath

import pytest

from tests.crash.power_cuts import Trace, trace, wrong_after_power_cuts
from tests.crash.syscalls import Call, needs_strace, traced
from tests.crash.truths import faults, heal

pytestmark = needs_strace

ALL = os.environ.get("DOCGEN_STEPS") == "all"


@pytest.fixture(scope="module", params=["first", "later", "after a kill"])
def build_of(request, lasting_folder) -> Trace:
    """The very first build, a later one, and one that finds what a killed one has left."""
    folder = lasting_folder / request.param
    folder.mkdir()
    return trace(folder, 2 * (request.param == "later"), killed=request.param == "after a kill")


def test_a_power_cut_takes_nothing_that_was_said_to_be_kept_not_even_of_the_database(build_of):
    wrong, cuts = wrong_after_power_cuts(build_of)

    assert wrong == {}
    assert cuts > 20


def is_register(call: Call) -> bool:
    return call.path.name.startswith("register.db")


def is_document(path: PurePath | None) -> bool:
    return path is not None and path.suffix == ".docx"


def test_numbers_are_flushed_before_the_first_document_gets_its_name(build_of):
    done = build_of.calls

    first = next(at for at, call in enumerate(done) if call.is_rename and is_document(call.to))

    before = done[:first]
    assert any(b"case_number" in call.data or b"meeting" in call.data for call in before if is_register(call))
    written = max(at for at, call in enumerate(before) if call.is_write and call.path.name == "register.db-wal")
    assert any(call.is_flush and call.path.name == "register.db-wal" for call in before[written:])


def test_the_register_has_nothing_unflushed_when_a_document_gets_its_name(build_of):
    unflushed = set()
    for call in build_of.calls:
        if call.is_write and is_register(call):
            unflushed.add(call.path)
        elif call.is_flush:
            unflushed.discard(call.path)
        assert not (call.is_rename and is_document(call.to) and unflushed)


def test_a_document_is_written_flushed_renamed_and_its_folder_flushed(build_of):
    done = build_of.calls

    renames = [(at, call) for at, call in enumerate(done) if call.is_rename and is_document(call.to)]

    assert len(renames) >= 5
    for at, call in renames:
        own = [one.name for one in done[:at] if one.path == call.path and not one.name.startswith("open")]
        assert own == ["write"] * (len(own) - 1) + ["fsync"]
        assert len(own) > 1
        after = next(one for one in done[at + 1 :] if not one.name.startswith("open"))
        assert (after.is_flush, after.path) == (True, call.to.parent)


FAILING = (
    "fsync:error=EIO",
    "fdatasync:error=EIO",
    "pwrite64:error=ENOSPC",
    "write:error=ENOSPC",
    "rename:error=EACCES",
)

ENGLISH = re.compile(r"Traceback|Error:|\[Errno")


def failing(found: Trace) -> Iterator[str]:
    """Give what to make fail: of each kind of call one in the middle and the last, or all of them.

    The status page and the cache come after these, and it is at most noted that they can't be written.
    """
    needed = list(takewhile(lambda call: not call.path.name.startswith(".Status.html"), found.calls))
    for inject in FAILING:
        name = inject.partition(":")[0]
        many = sum(call.name == name and call.path.is_relative_to(found.root) for call in needed)
        for at in range(1, many + 1) if ALL else sorted({many // 3 + 1, many}):
            yield f"{inject}:when={at}"


@pytest.mark.parametrize("build_of", ["later"], indirect=True, scope="module")
def test_a_call_that_fails_is_told_in_norwegian_and_the_next_build_mends_it(build_of, quick_folder):
    wrong, told = {}, []
    for number, inject in enumerate(failing(build_of)):
        office = build_of.office.copy(quick_folder / f"failing {number}")

        done = traced(quick_folder / "log", "-m", "docgen", "build", "--workspace", str(office.root), inject=inject)

        found = faults(office, build_of.known) + heal(office, build_of.known)
        if done.returncode not in (0, 1, 2) or ENGLISH.search(done.stderr) or found:
            wrong[inject] = [str(done.returncode), done.stderr, *found]
        told += [done.stderr] if done.returncode else []

    assert wrong == {}
    assert len(told) >= 5
    assert any("Disken er full" in one for one in told)
