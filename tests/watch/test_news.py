"""What the watcher prints: each thing once, when it is new."""

from __future__ import annotations

from docgen.cli.watch_news import News
from docgen.problems import Problem, Where
from docgen.run.report import Made, Report, State

FILE = "output/SSU/protokoll.docx"
WRONG = Problem("Organet OU finnes ikke.", "Skriv SSU.", Where("inputs/møte.yaml", ("organ",), 2))


def lines(*reports: Report) -> list[list[str]]:
    """What is printed of each report after the ones before."""
    told: list[str] = []
    news = News(told.append)
    found = []
    for report in reports:
        told.clear()
        news.built(report)
        found.append(list(told))
    return found


def made(state: State) -> Report:
    return Report(documents=[Made(FILE, "protokoll", "inputs/møte.yaml", state)])


def refused() -> Report:
    return Report(refused=["inputs/møte.yaml"], problems=[WRONG])


def test_a_document_is_told_each_time_it_is_made():
    assert lines(made("made"), made("unchanged"), made("made")) == [[f"Laget: {FILE}"], [], [f"Laget: {FILE}"]]


def test_a_document_that_waits_for_word_is_told_once_and_again_when_it_is_made():
    told = lines(made("held"), made("held"), made("made"))

    assert told == [[f"Venter, for den er åpen i et annet program: {FILE}"], [], [f"Laget: {FILE}"]]


def test_a_refused_file_is_told_once_with_what_is_wrong_and_again_when_it_is_right():
    told = lines(refused(), refused(), Report())

    assert told == [
        ["inputs/møte.yaml, linje 2, organ: Organet OU finnes ikke. Skriv SSU.", "Avvist: inputs/møte.yaml"],
        [],
        ["Riktig igjen, eller borte: inputs/møte.yaml"],
    ]


def test_a_file_that_is_refused_for_another_reason_is_told_of_again():
    other = Report(refused=["inputs/møte.yaml"], problems=[Problem("Datoen mangler.", "Skriv dato:.", WRONG.where)])

    assert lines(refused(), other)[1] == ["inputs/møte.yaml, linje 2, organ: Datoen mangler. Skriv dato:."]
