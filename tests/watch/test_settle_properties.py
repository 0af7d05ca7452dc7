"""Whatever editors do, no change is lost, nothing is told before it was quiet, and all comes to rest at last."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from docgen.run.scan import Stamp
from docgen.watch.settle import Settling

QUIET = 2000
NAMES = ("a", "b", "c")
GRAIN = 1000
"""Milliseconds. The disk tells the time in steps of a second: two writes of one step and size have the same stamp."""


@dataclass
class Disk:
    now: int = 0
    files: dict[str, tuple[Stamp, bytes]] = field(default_factory=dict)
    past: list[tuple[int, dict[str, tuple[Stamp, bytes]]]] = field(default_factory=list)
    made: int = 0

    def content(self, name: str, _stamp: Stamp) -> bytes:
        return self.files[name][1]

    def write(self, name: str, content: bytes) -> None:
        step = self.now // GRAIN
        self.made += name not in self.files
        number = self.files[name][0][3] if name in self.files else self.made
        self.files[name] = ((len(content), step, step, number), content)

    def remove(self, name: str) -> None:
        self.files.pop(name, None)

    def move(self, name: str, to: str) -> None:
        if name in self.files and name != to:
            self.files[to] = self.files.pop(name)

    def remember(self) -> None:
        self.past.append((self.now, dict(self.files)))

    def was_quiet(self, name: str) -> bool:
        """Whether nobody could have seen the file change in the last two seconds."""
        before = [files for at, files in self.past if at <= self.now - QUIET][-1:]
        since = [files for at, files in self.past if at > self.now - QUIET]
        stamps = {files[name][0] if name in files else None for files in (*before, *since)}
        return len(stamps) == 1 and (before[0].get(name) == self.files.get(name))


steps = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.sampled_from((100, 500, 1000, 1900, 2000, 3000, 7000))),
        st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from((b"x", b"y", b"zz"))),
        st.tuples(st.just("remove"), st.sampled_from(NAMES)),
        st.tuples(st.just("move"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    ),
    max_size=60,
)


@given(steps)
def test_what_is_told_is_what_is_there_and_only_what_was_quiet(story):
    disk, told = Disk(), {}
    settling = Settling(QUIET, disk.content)

    def look() -> None:
        disk.remember()
        changes = settling.seen({name: one[0] for name, one in disk.files.items()}, disk.now)
        assert all(disk.was_quiet(name) for name in changes.settled | changes.gone)
        told.update({name: disk.files[name][1] for name in changes.settled})
        for name in changes.gone:
            del told[name]

    for kind, *rest in story:
        if kind == "wait":
            disk.now += rest[0]
        else:
            getattr(disk, kind)(*rest)
        look()

    for _ in range(4):
        disk.now += QUIET
        look()
    assert told == {name: one[1] for name, one in disk.files.items()}
    assert settling.due() == float("inf")
