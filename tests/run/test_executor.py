"""The work of many documents, here and in a pool: all are made, and what ends a process ends one document at most."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import docgen.run.pool
import docgen.run.processes
from docgen.messages import speak
from docgen.render import Template, compile_template
from docgen.run import executor
from docgen.run.executor import outcomes
from docgen.run.pool import pooled, tasks
from docgen.run.work import Job, Outcome, outcome
from tests.render.word_files import texts, word_file
from tests.run.poison import Deadly, DeadlyOnce, Raising, Unhurried, context

REPOSITORY = Path(__file__).parents[2]

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


@cache
def template() -> Template:
    return compile_template(word_file("{{ tekst }}"), "templates/mal.docx", None)


def job(title: str, given: dict[str, Any] | None = None, before: Job | None = None) -> Job:
    values: Any = context(title) if given is None else given
    return Job(template(), values, (("docgen.type", "mal"),), "nb", {}, f"output/{title}.docx", before)


def jobs(number: int, special: dict[int, dict[str, Any]] | None = None) -> Iterator[tuple[int, Job]]:
    """Give jobs whose keys are their numbers; some have a context of their own."""
    for at in range(number):
        yield at, job(f"Sak {at}", (special or {}).get(at))


def in_pool(given: Iterator[tuple[int, Job]], processes: int = 2) -> dict[int, Outcome]:
    found = list(pooled(given, processes))
    assert len(found) == len(dict(found)), "a job was told of twice"
    return dict(found)


@pytest.fixture(autouse=True)
def _in_bokmål() -> None:
    speak("nb")


def problem(of: Outcome) -> str:
    assert of.data is None
    (one,) = of.problems
    return str(one)


def test_the_pool_makes_the_same_documents_as_this_process():
    here = dict(outcomes(jobs(120), 1))

    there = in_pool(jobs(120))

    assert there == here
    assert [texts(there[at].data or b"") for at in (0, 119)] == [["Om Sak 0."], ["Om Sak 119."]]


@pytest.mark.parametrize("run", [lambda given: dict(outcomes(given, 1)), in_pool], ids=["here", "in a pool"])
def test_one_bad_document_does_not_stop_the_others(run: Callable[..., dict[int, Outcome]]):
    empty = {"dokument": context("x")["dokument"]}

    found = run(jobs(60, {7: Raising(), 30: empty}))

    assert sorted(at for at, one in found.items() if one.data is None) == [7, 30]
    assert problem(found[7]).startswith("output/Sak 7.docx: docgen klarte ikke å lage dokumentet")
    assert "RuntimeError, tests.run.poison:" in problem(found[7])
    assert "Kari" not in problem(found[7])
    assert "Koden {{ tekst }} spør etter tekst, som ikke finnes." in problem(found[30])


def test_a_comparison_is_made_of_its_two_documents():
    compared = outcome(job("ny", before=job("gammel")))

    assert compared.data is not None
    assert compared.data[:2] == b"PK"
    assert in_pool(iter([(0, job("ny", before=job("gammel")))]))[0] == compared


def test_the_processes_speak_the_language_of_this_one():
    speak("en")
    try:
        found = in_pool(jobs(1, {0: Raising()}))
    finally:
        speak("nb")

    assert "it is docgen's fault" in problem(found[0])


@posix
def test_a_document_that_ends_its_process_is_told_of_and_the_others_are_made(monkeypatch):
    started: list[int] = []
    real = docgen.run.processes.Processes
    monkeypatch.setattr(docgen.run.pool, "Processes", lambda processes: started.append(processes) or real(processes))

    found = in_pool(jobs(150, {70: Deadly()}))

    assert [at for at, one in found.items() if one.data is None] == [70]
    assert problem(found[70]).startswith("output/Sak 70.docx: Dokumentet kunne ikke lages")
    assert len(found) == 150
    assert started.count(2) == 3, "two ended, and the third went on"
    assert 1 <= started.count(1) <= 4, "few were ever tried alone"


@posix
def test_a_process_may_end_while_much_is_on_its_way_to_it():
    """The first releases of Python 3.11 wait for ever then."""
    large = {"bilde.png": bytes(300_000)}

    def given() -> Iterator[tuple[int, Job]]:
        return ((at, replace(one, pictures=large)) for at, one in jobs(60, {3: Deadly(), 40: Deadly()}))

    found = in_pool(given())

    assert sorted(at for at, one in found.items() if one.data is None) == [3, 40]


def test_a_pool_that_has_not_noticed_that_a_process_ended_is_woken_up(monkeypatch):
    """By chance Python's own pool overlooks one that ends just as another is started."""

    class Deaf:
        asked = 0

        def submit(self, _function, given):
            if not given:
                raise BrokenProcessPool
            self.asked += 1
            return Future()

        def kill(self):
            pass

    real, pools = docgen.run.processes.Processes, [Deaf()]
    monkeypatch.setattr(docgen.run.pool, "Processes", lambda processes: pools.pop() if pools else real(processes))
    monkeypatch.setattr(docgen.run.pool, "KNOCK", 0.05)

    found = in_pool(jobs(60))

    assert all(one.data for one in found.values())
    assert len(found) == 60


@posix
def test_several_such_documents_do_not_take_others_with_them():
    found = in_pool(jobs(100, {3: Deadly(), 4: Deadly(), 99: Deadly()}))

    assert sorted(at for at, one in found.items() if one.data is None) == [3, 4, 99]
    assert len(found) == 100


@posix
def test_a_process_that_is_ended_once_costs_no_document(tmp_path):
    once = DeadlyOnce(context("Sak 5"), str(tmp_path / "merke"))

    found = in_pool(jobs(60, {5: once}))

    assert [at for at, one in found.items() if one.data is None] == []
    assert texts(found[5].data or b"") == ["Om Sak 5."]


@pytest.fixture
def pools(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, list[int]]]:
    """The pools that were asked for: with how many processes, and the keys of their jobs."""
    asked: list[tuple[int, list[int]]] = []

    def noted(given, processes):
        asked.append((processes, [key for key, _job in given]))
        return iter(())

    monkeypatch.setattr(docgen.run.pool, "pooled", noted)
    return asked


def test_what_is_soon_done_is_done_here(pools):
    assert [at for at, _one in outcomes(jobs(100), 4)] == list(range(100))
    assert pools == []


def test_a_pool_takes_over_when_the_work_lasts_and_as_much_again_is_waiting(pools, tmp_path):
    slow = {at: Unhurried(context("a"), str(tmp_path), executor.PATIENCE / 4) for at in range(100)}

    here = [at for at, _one in outcomes(jobs(100, slow), 3)]

    ((processes, rest),) = pools
    assert here + rest == list(range(100))
    assert len(here) <= 4
    assert processes == 3


def test_no_pool_is_started_for_the_last_few_documents(pools, tmp_path):
    slow = {at: Unhurried(context("a"), str(tmp_path), executor.PATIENCE / 4) for at in range(6)}

    assert [at for at, _one in outcomes(jobs(6, slow), 3)] == list(range(6))
    assert pools == []


def test_one_processor_does_all_the_work_here(pools, monkeypatch):
    monkeypatch.setattr(executor, "PATIENCE", 0)

    assert [at for at, _one in outcomes(jobs(50), 1)] == list(range(50))
    assert pools == []


def test_jobs_are_asked_for_only_as_they_can_be_done(tmp_path):
    given = 0

    def counted() -> Iterator[tuple[int, Job]]:
        nonlocal given
        for one in jobs(5000):
            given += 1
            yield one

    running = pooled(counted(), 2)
    next(running)
    running.close()

    assert given <= 5 * docgen.run.pool.TASK_WEIGHT


def test_tasks_are_kept_small_in_work_and_in_pictures():
    light, heavy = job("a"), job("b", before=job("a"))
    picture = Job(light.template, light.context, (), "nb", {"a.png": bytes(3_000_000)})

    sizes = [
        [len(task.jobs) for task in tasks(iter([(0, one)] * number))]
        for one, number in ((light, 50), (heavy, 3), (picture, 3))
    ]

    assert sizes == [[24, 24, 2], [1, 1, 1], [2, 1]]


def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch, caplog):
    def none(_processes):
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(docgen.run.pool, "Processes", none)

    assert in_pool(jobs(60)) == dict(outcomes(jobs(60), 1))
    assert "no processes can be started" in caplog.text


def test_where_processes_end_before_they_begin_the_work_is_done_here(monkeypatch, caplog):
    monkeypatch.setattr(docgen.run.processes, "_begin", os._exit)  # which takes the language for its exit code
    monkeypatch.setattr(docgen.run.processes, "spoken", lambda: 3)

    assert in_pool(jobs(60)) == dict(outcomes(jobs(60), 1))
    assert "no processes can be started" in caplog.text


@posix
def test_a_document_that_ended_a_process_is_not_tried_here_when_processes_run_out(monkeypatch):
    real, started = docgen.run.processes.Processes, []

    def first_only(processes):
        started.append(processes)
        if len(started) > 1:
            raise OSError(11, "Resource temporarily unavailable")
        return real(processes)

    monkeypatch.setattr(docgen.run.pool, "Processes", first_only)

    found = in_pool(jobs(200, {150: Deadly()}), 1)

    assert found[150].data is None
    assert found[0].data is not None
    assert len(found) == 200
