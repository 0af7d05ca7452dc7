"""A traced build, and what a power cut at any point of it leaves, the database and all."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from tests.crash.disk import LOSSES, Disk, Loss, put
from tests.crash.dying import Scene
from tests.crash.secretariat import Secretariat
from tests.crash.steps import Step, before_the_page
from tests.crash.syscalls import Call, Replay, calls, traced
from tests.crash.truths import Known, faults, heal, read_register


@dataclass(frozen=True, slots=True)
class Trace:
    """A traced build: the workspace before it, what was known then, all calls, and the file in which it spoke."""

    office: Secretariat
    known: Known
    calls: list[Call]
    root: Path
    said: Path


def trace(folder: Path, turns: int, broken: str = "", *, killed: bool = False) -> Trace:
    """Let the secretariat come so far, the last build be killed perhaps, and trace the next one."""
    office, known = Secretariat(folder / "w"), Known()
    for _turn in range(turns):
        office.advance()
        assert heal(office, known) == []
        known.learn(read_register(office) or {})
    office.advance()
    if killed:
        known = killed_after_all_commits(office, known)
        office.advance()
    traced_office, said, log = office.copy(folder / "traced"), folder / "said", folder / "log"
    done = traced(log, "-m", "tests.crash.traced_build", str(traced_office.root), str(said), *[broken][: bool(broken)])
    assert done.returncode == 0, done.stderr
    return Trace(office, known, list(calls(log, folder)), traced_office.root, said)


def killed_after_all_commits(office: Secretariat, known: Known) -> Known:
    """Let a build be killed when all is registered and not all is published, and return what is known then."""
    scene = Scene(office, known)
    last = max(step.number for step in before_the_page(scene.steps()) if step.what == "COMMIT")
    known = scene.is_killed(office, Step(last + 1, "", "")).known
    known.published.clear()
    assert office.register.with_name("register.db-wal").stat().st_size
    return known


def lost(found: Trace) -> Iterator[tuple[str, Loss, dict[PurePath, bytes], Known]]:
    """Give what a power cut leaves just before each call that is more than a write, what it lost, and what was said."""
    disk = Disk(found.office.root)
    replay, known, before = Replay(disk, found.root), pickle.loads(pickle.dumps(found.known)), set()
    for number, call in enumerate([*found.calls, None]):
        if call is None or not (call.is_write or call.name.startswith("open")) or call.path == found.said:
            for loss in LOSSES:
                left = disk.left(loss)
                same = hash((*sorted(left.items()), len(known.heads), len(known.published)))
                if same not in before:
                    before.add(same)
                    yield f"{number} {call.name} {call.path.name}" if call else "end", loss, left, known
        if call and call.path == found.said:
            known.hear(call.data)
        elif call and call.path.is_relative_to(found.root):
            replay.do(call)


def wrong_after_power_cuts(found: Trace) -> tuple[dict[str, list[str]], int]:
    """Return what is wrong after a power cut, and after the build that follows, by where it came; and how many came."""
    wrong, cuts = {}, 0
    for where, loss, left, known in lost(found):
        cuts += 1
        office = found.office.copy(found.office.root.with_name(f"cut {cuts}"))
        for folder in ("output", ".docgen"):
            put(left, office.root, folder)
        told = pickle.loads(pickle.dumps(known))
        if faulty := faults(office, told) + heal(office, told):
            wrong[f"{where}, {loss}"] = faulty
    return wrong, cuts
