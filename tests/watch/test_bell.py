"""The bell wakes the watcher, from another thread and by a signal, and tells it to stop."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from docgen.watch.bell import Bell, Stopped

LONG = 20.0
SOON = 5.0


@pytest.fixture
def bell() -> Iterator[Bell]:
    bell = Bell()
    yield bell
    bell.close()


def test_it_wakes_the_one_who_waits(bell: Bell):
    threading.Timer(0.05, bell.ring).start()
    began = time.monotonic()

    rang = bell.wait(LONG)

    assert rang
    assert time.monotonic() - began < SOON


def test_rung_before_it_wakes_at_once_and_only_once(bell: Bell):
    for _ in range(100_000):
        bell.ring()

    assert bell.wait(LONG)
    assert not bell.wait(0.01)


def test_not_rung_it_lets_the_time_pass(bell: Bell):
    began = time.monotonic()

    rang = bell.wait(0.05)

    assert not rang
    assert time.monotonic() - began >= 0.05


@pytest.mark.parametrize(
    ("number", "raised"), [(signal.SIGTERM, Stopped), (signal.SIGINT, KeyboardInterrupt)], ids=["SIGTERM", "Ctrl-C"]
)
def test_a_signal_wakes_and_stops_the_one_who_waits(bell: Bell, number, raised):
    began = time.monotonic()

    with bell.rung_by_signals():
        threading.Timer(0.05, os.kill, (os.getpid(), number)).start()
        with pytest.raises(raised):
            bell.wait(LONG)

    assert time.monotonic() - began < SOON


def test_a_signal_lets_what_is_under_way_be_done(bell: Bell):
    done = []

    with bell.rung_by_signals():
        os.kill(os.getpid(), signal.SIGTERM)
        done.append("dokumentet")
        with pytest.raises(Stopped):
            bell.check()

    assert done == ["dokumentet"]


def test_a_second_ctrl_c_stops_at_once(bell: Bell):
    with bell.rung_by_signals():
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


def test_signals_are_as_before_when_the_watch_is_over(bell: Bell):
    before = signal.getsignal(signal.SIGTERM)

    with bell.rung_by_signals():
        assert signal.getsignal(signal.SIGTERM) != before

    assert signal.getsignal(signal.SIGTERM) == before
