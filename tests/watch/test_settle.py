"""A file is at rest when it has been the same for the quiet time."""

from __future__ import annotations

from docgen.run.scan import Stamp
from docgen.watch.settle import Changes, Settling

QUIET = 2.0


def stamp(size: int = 1, changed: int = 0, number: int = 0) -> Stamp:
    return size, changed, changed, number


class Ground:
    """Files by name with their content, and a settling that sees them when told to."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[Stamp, bytes]] = {}
        self.read: list[str] = []
        self.settling = Settling(QUIET, self._content)

    def _content(self, name: str, _stamp: Stamp) -> bytes:
        self.read.append(name)
        return self.files[name][1]

    def write(self, name: str, content: bytes, changed: int) -> None:
        self.files[name] = (stamp(len(content), changed), content)

    def seen(self, now: float) -> Changes:
        return self.settling.seen({name: one[0] for name, one in self.files.items()}, now)


def at_rest(content: bytes = b"a") -> Ground:
    ground = Ground()
    ground.write("a.yaml", content, 0)
    ground.seen(0.0)
    assert ground.seen(2.0).settled == {"a.yaml"}
    return ground


def test_a_new_file_is_told_once_when_it_has_been_quiet_for_two_seconds():
    ground = Ground()
    ground.write("a.yaml", b"a", 0)

    told = [ground.seen(now).settled for now in (0.0, 1.9, 2.0, 4.0)]

    assert told == [set(), set(), {"a.yaml"}, set()]


def test_a_write_begins_the_quiet_time_anew():
    ground = Ground()
    ground.write("a.yaml", b"a", 0)
    ground.seen(0.0)
    ground.write("a.yaml", b"ab", 1)
    ground.seen(1.0)

    early, right = ground.seen(2.5), ground.seen(3.0)

    assert early.settled == set()
    assert right.settled == {"a.yaml"}


def test_a_file_that_is_always_being_written_does_not_hold_up_another():
    ground = Ground()
    ground.write("quiet.yaml", b"a", 0)

    for now in range(3):
        ground.write("busy.yaml", b"b", now)
        changes = ground.seen(float(now))

    assert changes.settled == {"quiet.yaml"}
    assert set(changes.unsettled) == {"busy.yaml"}
    assert changes.unsettled["busy.yaml"].began == 0.0


def test_other_content_under_the_same_stamp_is_no_rest():
    ground = Ground()
    ground.write("a.yaml", b"a", 0)
    ground.seen(0.0)
    ground.write("a.yaml", b"b", 0)

    early, right = ground.seen(2.0), ground.seen(4.0)

    assert early.settled == set()
    assert right.settled == {"a.yaml"}


def test_a_touched_file_with_the_same_content_is_no_news():
    ground = at_rest()
    ground.write("a.yaml", b"a", 5)

    ground.seen(5.0)
    changes = ground.seen(7.0)

    assert changes.settled == set()
    assert dict(changes.unsettled) == {}


def test_a_touched_file_whose_content_was_not_read_is_news():
    ground = at_rest(b"")
    ground.write("a.yaml", b"", 5)

    ground.seen(5.0)

    assert ground.seen(7.0).settled == {"a.yaml"}


def test_a_file_is_gone_only_after_the_quiet_time():
    ground = at_rest()
    del ground.files["a.yaml"]

    told = [ground.seen(now).gone for now in (5.0, 6.9, 7.0, 9.0)]

    assert told == [set(), set(), {"a.yaml"}, set()]


def test_a_file_moved_away_and_replaced_by_another_was_never_gone():
    ground = at_rest()
    del ground.files["a.yaml"]
    ground.seen(5.0)
    ground.write("a.yaml", b"new", 6)

    changes = [ground.seen(now) for now in (5.5, 7.5)]

    assert [one.gone for one in changes] == [set(), set()]
    assert changes[1].settled == {"a.yaml"}


def test_a_file_moved_away_and_back_is_no_news_even_when_its_content_was_not_read():
    ground = at_rest(b"")
    there = ground.files.pop("a.yaml")
    ground.seen(5.0)
    ground.files["a.yaml"] = there

    changes = [ground.seen(now) for now in (6.0, 8.0, 10.0)]

    assert [(one.settled, one.gone) for one in changes] == [(set(), set())] * 3
    assert dict(changes[-1].unsettled) == {}


def test_a_file_at_rest_is_not_read_again():
    ground = at_rest()
    ground.read.clear()

    ground.seen(5.0)
    ground.seen(50.0)

    assert ground.read == []


def test_due_tells_when_the_next_file_may_come_to_rest():
    ground = at_rest()
    assert ground.settling.due() == float("inf")

    ground.write("b.yaml", b"b", 5)
    ground.seen(5.0)

    assert ground.settling.due() == 7.0


def test_stamps_are_those_of_the_last_look():
    ground = at_rest()
    ground.write("b.yaml", b"bb", 5)
    del ground.files["a.yaml"]

    ground.seen(5.0)

    assert ground.settling.stamps() == {"b.yaml": stamp(2, 5)}


def test_at_rest_is_what_has_been_quiet_and_nothing_else():
    ground = at_rest()
    ground.write("b.yaml", b"bb", 5)

    ground.seen(5.0)
    assert ground.settling.at_rest() == {"a.yaml": stamp(1, 0)}
    ground.write("a.yaml", b"aa", 6)
    ground.seen(7.0)

    assert ground.settling.at_rest() == {"b.yaml": stamp(2, 5)}


def test_a_file_that_was_heard_of_late_rests_the_sooner():
    settling = Settling(QUIET, lambda _name, _stamp: b"same", lambda _stamp: 0.04)
    files = {"a.yaml": (1, 1, 1, 1)}

    settling.seen(files, 10.0)

    assert not settling.seen(files, 10.0 + QUIET - 0.05).settled
    assert settling.seen(files, 10.0 + QUIET - 0.03).settled == {"a.yaml"}
