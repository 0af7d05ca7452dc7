"""A build in which one step fails, is the last, or is where the power goes."""

from __future__ import annotations

import errno
import json
import os
import pickle
import signal
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from docgen.problems import DocgenError
from docgen.run.build import build
from tests.crash.disk import Loss, put
from tests.crash.killing import Child
from tests.crash.secretariat import Secretariat
from tests.crash.steps import Step, Steps
from tests.crash.truths import Known

Mutation = Callable[[], None]
"""Breaks a rule of docgen in the process that it is called in."""


def no_mutation() -> None:
    """docgen as it is."""


@dataclass(slots=True)
class Ending:
    """How a build ended: its exit code, the steps it came to, what it told people, and what it said is kept."""

    code: int
    steps: list[Step] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    known: Known = field(default_factory=Known)


class Scene:
    """A workspace in which the same build is done again and again, each time in a copy, and each time otherwise."""

    def __init__(self, office: Secretariat, known: Known, mutation: Mutation = no_mutation) -> None:
        self.office, self.known, self._mutation = office, known, mutation
        self._count = 0

    def copy(self) -> Secretariat:
        self._count += 1
        return self.office.copy(self.office.root.with_name(f"{self.office.root.name} {self._count}"))

    def steps(self) -> list[Step]:
        """Return the steps of a build in which nothing goes wrong."""
        ending = self.played(self.copy(), lambda _step: None)
        assert ending.code == 0
        assert not ending.told, ending.told
        return ending.steps

    def fails(self, office: Secretariat, at: Step, error: Exception, *, done: bool = False) -> Ending:
        """Build, with this error at a step: instead of it, or when it is `done` all the same."""

        def fail(step: Step) -> None:
            if step.number == at.number:
                raise error

        return self.played(office, *((lambda _step: None, fail) if done else (fail,)))

    def is_killed(self, office: Secretariat, at: Step) -> Ending:
        def die(step: Step) -> None:
            if step.number == at.number and step.what != "write":
                os.kill(os.getpid(), signal.SIGKILL)
            if step.number > at.number:  # half of the write is done
                os.kill(os.getpid(), signal.SIGKILL)
            if step.number == at.number:
                raise _Half

        return self.played(office, die)

    def loses_power(self, office: Secretariat, at: int, loss: Loss) -> Ending:
        """Build until that step, or to the end when there is none, and leave what a power cut then leaves."""
        return self.played(office, lambda _step: None, power=(at, loss))

    def is_lied_to(self, office: Secretariat, at: Step) -> Ending:
        return self.played(office, lambda _step: None, lie=at.number)

    def played(
        self,
        office: Secretariat,
        before: Callable[[Step], None],
        after: Callable[[Step], None] = lambda _step: None,
        *,
        power: tuple[int, Loss] | None = None,
        lie: int = -1,
    ) -> Ending:
        """Build in a process of its own, and return how it ended."""
        said, told, left = (office.root.with_suffix(end) for end in (".said", ".told", ".left"))
        ending = Ending(0)

        def cut_power(disk_left: Callable[[Loss], dict[PurePath, bytes]]) -> None:
            assert power
            left.write_bytes(pickle.dumps(disk_left(power[1])))
            os.kill(os.getpid(), signal.SIGKILL)

        def work() -> None:
            self._mutation()

            def counted(step: Step) -> None:
                ending.steps.append(step)
                if power and step.number == power[0]:
                    cut_power(steps.disk.left)
                before(step)

            steps = Steps(office.root, counted, after)
            steps.lie = lie
            try:
                problems = [str(one) for one in build(office.workspace).problems if not one.warning]
            except DocgenError as error:
                problems = [str(one) for one in error.problems]
            told.write_text(json.dumps([problems, [[s.number, s.what, s.file] for s in ending.steps]]), "utf-8")
            if power:
                cut_power(steps.disk.left)

        ending.known = pickle.loads(pickle.dumps(self.known))
        ending.code = Child(work, said).end(ending.known)
        if told.exists():
            ending.told, listed = json.loads(told.read_text("utf-8"))
            ending.steps = [Step(*one) for one in listed]
        if left.exists():
            kept = pickle.loads(left.read_bytes())
            put(kept, office.root, "output")
            # What SQLite flushes is not seen from here: its files are as they were, as with synchronous = FULL.
            put(kept, office.root, ".docgen", spared="register.db")
        return ending


class _Half(BaseException):
    """Ends a write in the middle; the next step is the process's last."""


def errors(step: Step) -> list[Exception]:
    """Return what can go wrong at a step."""
    if step.file:
        return [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), OSError(errno.EIO, os.strerror(errno.EIO))]
    found: list[Exception] = []
    for code, text in ((sqlite3.SQLITE_FULL, "database or disk is full"), (sqlite3.SQLITE_IOERR, "disk I/O error")):
        error = sqlite3.OperationalError(text)
        error.sqlite_errorcode = code
        found.append(error)
    return found
