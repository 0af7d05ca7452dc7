"""A register made again from what documents tell: what is certain is taken in, what contradicts itself is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count, groupby

from docgen.messages import _
from docgen.model.carried import LOGGED_KINDS, MEETING_KINDS, Paper, ToldCase
from docgen.model.case_number import CaseNumber, NumberForm
from docgen.model.known_meetings import plain_title
from docgen.model.rebuilt_editions import editions
from docgen.model.rebuilt_meetings import Gathered, gathered
from docgen.model.record import Edition, Facts, KnownCase, KnownMeeting
from docgen.model.row_facts import case_facts, meeting_facts
from docgen.problems import Problem, Where


@dataclass(frozen=True, slots=True)
class Series:
    """The case numbers of a sequence and year: how many were found, and which before the last are missing."""

    name: str
    year: int
    first: str
    last: str
    count: int
    meetings: int
    missing: tuple[str, ...]


@dataclass(slots=True)
class Rebuilt:
    """What documents tell of a register: the facts of its rows in order, and what is not certain or not there."""

    meetings: list[Facts] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    seals: list[str] = field(default_factory=list)
    """The rows of the lost log, and their hashes, that the documents name."""
    series: list[Series] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """What the documents contradict each other in."""
    lost: list[Problem] = field(default_factory=list)
    """What could not be recovered."""


def rebuilt(papers: Iterable[Paper]) -> Rebuilt:
    """Return what the documents tell. The same documents give the same, in whatever order they are named."""
    known = sorted(papers, key=lambda one: one.name)
    found = Rebuilt()
    meetings = gathered([one for one in known if one.kind in MEETING_KINDS], found.problems)
    _Numbering(found).take(meetings)
    found.series = _series(meetings)
    by_document: dict[str, list[Paper]] = defaultdict(list)
    for one in known:
        if one.kind in LOGGED_KINDS:
            by_document[one.document.casefold()].append(one)
    for of_one in by_document.values():
        found.editions += editions(of_one[-1].document, of_one, found.problems)
    for number, (name, meeting) in enumerate(zip(_minutes_names(meetings), meetings, strict=True), 1):
        found.editions += editions(name, meeting.papers, found.problems, meeting=number)
    found.seals = sorted({f"{one.seal[0]} {one.seal[1]}" for one in known if one.seal})
    found.lost += _lost(known, found, meetings)
    return found


class _Numbering:
    """The meetings as the log tells them, each number given once."""

    def __init__(self, found: Rebuilt) -> None:
        self.found = found
        self.taken: dict[tuple[str, CaseNumber], tuple[Gathered, KnownCase]] = {}

    def take(self, meetings: Sequence[Gathered]) -> None:
        for number, one in enumerate(meetings, 1):
            keys = _keys(number, one)
            told: set[CaseNumber] = set()
            for paper, cases in [*one.earlier, (one.newest, [case for _number, case in sorted(one.cases.items())])]:
                head = KnownMeeting(number, paper.body, paper.date, paper.start, paper.source, paper.meeting_number, ())
                facts = []
                for case in cases:
                    known = _known(case, keys[case.number], one.newest.sequence)
                    is_new = case.number not in told
                    facts.append(case_facts(known, given=is_new and self._is_free(one, known)))
                    told.add(case.number)
                self.found.meetings.append(meeting_facts(head, facts))

    def _is_free(self, one: Gathered, case: KnownCase) -> bool:
        """Return whether nobody else has the number.

        A number that two meetings have stays with both, so that neither case is given another than the printed one.
        """
        there = self.taken.setdefault((case.sequence, case.number), (one, case))
        if there[0] is one:
            return True
        what = _(
            "Case number {number} is «{title}» here, and «{other}» in {file}.",
            number=one.newest.form.text(case.number),
            title=case.title,
            other=there[1].title,
            file=there[0].newest.name,
        )
        fix = _(
            "Both keep the number as it was printed, and nobody else gets it. If one of the documents is not of this "
            "workspace, move it and the new register away, and make the register again."
        )
        self.found.problems.append(Problem(what, fix, Where(one.newest.name)))
        return False


def _keys(meeting: int, one: Gathered) -> dict[CaseNumber, str]:
    """Return what each case of a meeting is known by from now on."""
    found: dict[CaseNumber, str] = {}
    taken: set[str] = set()
    for number, told in sorted(one.cases.items()):
        name = f"{meeting}:{told.id.casefold() if told.id else plain_title(told.title)}"
        tried = chain((name,), (f"{name} #{at}" for at in count(2)))
        found[number] = next(key for key in tried if key not in taken)
        taken.add(found[number])
    return found


def _known(told: ToldCase, key: str, sequence: str) -> KnownCase:
    return KnownCase(
        sequence,
        told.number,
        key,
        told.title,
        told.id,
        told.title if told.exempt else "",
        told.exempt,
        told.outcome,
        told.follows,
        told.late,
    )


def _minutes_names(meetings: Sequence[Gathered]) -> list[str]:
    """Return what the register calls the minutes of each meeting; two of a body may be on one day."""
    found: list[str] = []
    for number, one in enumerate(meetings, 1):
        name = f"protokoll {one.newest.body} {one.newest.date}"
        is_taken = name.casefold() in (other.casefold() for other in found)
        found.append(f"{name} {one.newest.start or number}" if is_taken else name)
    return found


def _series(meetings: Sequence[Gathered]) -> list[Series]:
    numbers: dict[tuple[str, int], set[CaseNumber]] = defaultdict(set)
    sat: dict[tuple[str, int], int] = defaultdict(int)
    forms: dict[str, tuple[str, NumberForm]] = {}
    for one in meetings:
        name = one.newest.sequence
        forms.setdefault(name, (one.newest.body if name == one.newest.body.casefold() else name, one.newest.form))
        for year in {number.year for number in one.cases}:
            sat[name, year] += 1
        for number in one.cases:
            numbers[name, number.year].add(number)
    return [_one_series(*forms[name], year, there, sat[name, year]) for (name, year), there in sorted(numbers.items())]


def _one_series(shown: str, form: NumberForm, year: int, there: set[CaseNumber], meetings: int) -> Series:
    plain = {number.number for number in there}
    missing = [at for at in range(1, max(plain)) if at not in plain]
    return Series(
        shown,
        year,
        form.text(min(there)),
        form.text(max(there)),
        len(there),
        meetings,
        tuple(_ranges(missing, lambda at: form.text(CaseNumber(year, at)))),
    )


def _ranges(numbers: Iterable[int], text: Callable[[int], str]) -> Iterator[str]:
    """Give each run of numbers as `02/26–05/26`."""
    # Numbers that follow each other are as far from their places in the list.
    for _distance, run in groupby(enumerate(numbers), key=lambda one: one[1] - one[0]):
        together = [number for _place, number in run]
        yield "–".join(text(number) for number in dict.fromkeys((together[0], together[-1])))


def _lost(papers: Sequence[Paper], found: Rebuilt, meetings: Sequence[Gathered]) -> list[Problem]:
    """Return, as notes, what the documents do not tell."""
    return [
        *(_missing(one) for one in found.series if one.missing),
        *(_exempt(one) for one in meetings if any(case.exempt for case in one.cases.values())),
        *_unseen(found.editions),
        *(_edited(one) for one in papers if not one.is_untouched),
    ]


def _missing(one: Series) -> Problem:
    return Problem(
        _("No document has these case numbers of {year}: {numbers}.", year=one.year, numbers=", ".join(one.missing)),
        _("They are not given to anybody. Find the minutes, and write nr: on the cases in their inputs."),
        Where(one.name),
        warning=True,
    )


def _exempt(one: Gathered) -> Problem:
    numbers = [one.newest.form.text(number) for number, case in sorted(one.cases.items()) if case.exempt]
    return Problem(
        _(
            "Own titles and ids of cases exempt from public access stand in no document: {numbers}.",
            numbers=", ".join(numbers),
        ),
        _("Write nr: on them in the input when the next build asks which they are."),
        Where(one.newest.name),
        warning=True,
    )


def _unseen(editions: Iterable[Edition]) -> Iterator[Problem]:
    """Give a note for each document with versions that are known by their rows only."""
    for document, of_one in groupby(editions, key=lambda one: one.document):
        known = list(of_one)
        unseen = [one.version for one in known if not one.digest]
        if unseen:
            what = _("The content was found in no document of version {versions}.", versions=", ".join(unseen))
            fix = _("Their rows in the version log were taken in, so those can't change.")
            if not known[-1].digest:
                fix = _(
                    "The next build takes the input for what was approved, if that is its last version. "
                    "See that it is right."
                )
            yield Problem(what, fix, Where(document), warning=True)


def _edited(one: Paper) -> Problem:
    return Problem(
        _("The document has been edited by a person."),
        _("Its case numbers were taken in, but it was not kept as an approved document."),
        Where(one.name),
        warning=True,
    )
