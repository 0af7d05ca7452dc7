"""The processes of a pool: started clean, deaf to Ctrl-C, and gone when docgen is gone."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

import docgen.run.pool
from docgen.run.pool import pooled
from tests.run.test_executor import REPOSITORY, jobs, posix


def test_closing_leaves_no_process_behind(tmp_path):
    running = pooled(jobs(2000), 2)
    next(running)
    assert psutil.Process().children(recursive=True) != []

    running.close()

    assert workers() == []


def workers() -> list[psutil.Process]:
    """Return the processes of a pool of this process."""
    children = psutil.Process().children(recursive=True)
    return [one for one in children if any("spawn_main" in word for word in one.cmdline())]


PROGRAM = """
print("programmet kjøres")
if __name__ == "__main__":
    import sys
    sys.path.insert(0, ".")
    from tests.run.test_executor import in_pool, jobs
    print(len(in_pool(jobs(60))))
"""


def test_a_process_of_the_pool_does_not_load_the_program_that_docgen_was_started_by(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")

    made = subprocess.run([sys.executable, program], cwd=REPOSITORY, capture_output=True, check=True)

    assert made.stdout.decode().split("\n") == ["programmet kjøres", "60", ""]


LONG = """
import sys
sys.path.insert(0, ".")
from tests.run.poison import Deadly, DeadlyOnce, Raising, Unhurried, context
from tests.run.test_executor import job
from docgen.run.pool import pooled

slow = [(at, job("a", Unhurried(context("a"), sys.argv[1], 0.02))) for at in range(4000)]
try:
    for key, one in pooled(iter(slow), 2):
        print(key, flush=True)
except KeyboardInterrupt:
    print("stanset", flush=True)
    sys.exit(130)
"""


@pytest.fixture
def long_build(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """A build in a process group of its own, with both of its processes at work; and their numbers."""
    folder = tmp_path / "prosesser"
    folder.mkdir()
    building = subprocess.Popen(
        [sys.executable, "-c", LONG, folder],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        wait_until(lambda: len(list(folder.iterdir())) == 2)
        yield building, [int(file.name) for file in folder.iterdir()]
    finally:
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(building.pid, signal.SIGKILL)
        building.kill()
        building.communicate()


def wait_until(holds: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_there(process: int) -> bool:
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@posix
def test_the_processes_end_when_docgen_is_killed(long_build):
    building, processes = long_build
    assert all(is_there(one) for one in processes)

    building.kill()

    wait_until(lambda: not any(is_there(one) for one in processes))


@posix
def test_ctrl_c_stops_the_work_quietly_and_leaves_no_process(long_build):
    building, processes = long_build

    os.killpg(building.pid, signal.SIGINT)  # as a terminal does: to docgen and to all its processes
    out, err = building.communicate(timeout=20)

    assert building.returncode == 130
    assert out.decode().splitlines()[-1] == "stanset"
    assert err.decode() == ""
    assert not any(is_there(one) for one in processes)


@posix
def test_a_ctrl_c_that_reaches_the_processes_does_not_stop_them(long_build):
    building, processes = long_build

    for one in processes:
        os.kill(one, signal.SIGINT)

    made = [building.stdout.readline() for _document in range(6 * docgen.run.pool.TASK_WEIGHT)]
    assert len(set(made)) == len(made)
    assert all(is_there(one) for one in processes)
    assert building.poll() is None


@posix
def test_a_process_that_somebody_kills_costs_no_document(long_build):
    building, processes = long_build

    os.kill(processes[0], signal.SIGKILL)

    # All goes on: new processes come, and more documents.
    wait_until(lambda: len(list((Path(building.args[-1])).iterdir())) >= 4)
    assert building.poll() is None
