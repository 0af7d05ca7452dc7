"""The meetings that documents tell of: which documents are of one meeting, and what each of its cases is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from docgen.messages import _
from docgen.model.bad_value import BadValue
from docgen.model.carried import Paper, ToldCase
from docgen.model.case_number import CaseNumber
from docgen.model.known_meetings import plain_title
from docgen.problems import Problem, Where

_STATUSES = ("utkast", "innkalt", "avholdt", "godkjent")
_WHOLE_AGENDA = ("innkalling", "protokoll")
"""Documents that are made anew whenever a title changes; those of one case may be left from before."""

_Read = tuple[Paper, list[ToldCase]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A meeting: its documents, the newest of them, and its cases by number as the newest tells each.

    `earlier` are documents from when it had another date, or cases other titles, with those cases.
    """

    papers: list[Paper]
    newest: Paper
    cases: dict[CaseNumber, ToldCase]
    earlier: list[tuple[Paper, list[ToldCase]]]


def gathered(papers: Iterable[Paper], problems: list[Problem]) -> list[Gathered]:
    """Return the meetings with fixed numbers, oldest first, and tell what the documents contradict each other in."""
    read = [one for paper in papers if (one := _read(paper, problems))]
    found = [_gathered(of_one, problems) for of_one in _by_meeting(read)]
    return sorted(found, key=lambda one: (one.newest.date, one.newest.start, one.newest.body, min(one.cases)))


def _read(paper: Paper, problems: list[Problem]) -> _Read | None:
    """Return a document with its cases, or None when it has none with a fixed number."""
    try:
        cases = paper.cases()
        if cases and not (paper.body and paper.date and paper.status in _STATUSES):
            raise BadValue(_("body, date or status of the meeting is missing"), "")
    except BadValue as bad:
        what = _("What the document carries of its meeting can't be read: {what}", what=bad.what)
        fix = _("It was passed over. Write nr: on the cases of its input, as they stand in the document.")
        problems.append(Problem(what, fix, Where(paper.name)))
        return None
    return (paper, cases) if cases else None


def _by_meeting(read: Sequence[_Read]) -> list[list[_Read]]:
    """Return the documents of each meeting together: those of one body, date and time, and those it had before."""
    groups: dict[tuple[str, ...], list[_Read]] = defaultdict(list)
    for one in read:
        paper = one[0]
        groups[paper.body.casefold(), paper.sequence, paper.date, paper.start].append(one)
    found: list[list[_Read]] = []
    # The largest first: what is left from before a meeting was moved is then compared with all of the meeting.
    for key in sorted(groups, key=lambda key: (-len(groups[key]), key)):
        same = next((other for other in found if _is_same_meeting(other, groups[key])), None)
        if same is None:
            found.append(groups[key])
        else:
            same += groups[key]
    return found


def _is_same_meeting(one: Sequence[_Read], other: Sequence[_Read]) -> bool:
    """Return whether two groups are one meeting whose date or time was changed: they share cases and their numbers."""
    first, second = one[0][0], other[0][0]
    if (first.body.casefold(), first.sequence) != (second.body.casefold(), second.sequence):
        return False
    here, there = _names(one), _names(other)
    shared = [number for number in here.keys() & there.keys() if not here[number].isdisjoint(there[number])]
    sources = {paper.source for paper, _cases in one}
    is_one_source = any(paper.source in sources for paper, _cases in other)
    return bool(shared) and (is_one_source or len(shared) == min(len(here), len(there)))


def _names(read: Sequence[_Read]) -> dict[CaseNumber, set[str]]:
    """Return, by number, all that its case is called."""
    found: dict[CaseNumber, set[str]] = defaultdict(set)
    for _paper, cases in read:
        for case in cases:
            found[case.number] |= {plain_title(case.title)} | ({f"id: {case.id.casefold()}"} if case.id else set())
    return found


def _rank(paper: Paper) -> tuple[int, bool, bool]:
    """Order documents of one meeting by how new they are certain to be."""
    return _STATUSES.index(paper.status), paper.is_untouched, paper.kind in _WHOLE_AGENDA


def _gathered(read: Sequence[_Read], problems: list[Problem]) -> Gathered:
    newest = max(
        (paper for paper, _cases in read), key=lambda one: (_rank(one), one.seal or (0, ""), one.date, one.name)
    )
    told: dict[CaseNumber, list[tuple[Paper, ToldCase]]] = defaultdict(list)
    for paper, cases in read:
        for case in cases:
            told[case.number].append((paper, case))
    cases_found = {number: _case(of_one, problems) for number, of_one in told.items()}
    _without_ids_of_two(newest, cases_found, problems)
    dates = sorted({paper.date for paper, _cases in read if _rank(paper) == _rank(newest)})
    if len(dates) > 1:
        what = _("The meeting has several dates in its documents: {dates}.", dates=", ".join(dates))
        fix = _("It was taken in with {date}. The next build asks if that is not certain.", date=newest.date)
        problems.append(Problem(what, fix, Where(newest.name), warning=True))
    return Gathered([paper for paper, _cases in read], newest, cases_found, _earlier(read, newest, cases_found))


def _earlier(read: Sequence[_Read], newest: Paper, now: dict[CaseNumber, ToldCase]) -> list[_Read]:
    """Return the documents that tell how the meeting was before, the oldest first, each state once."""
    best: dict[CaseNumber, tuple[int, bool, bool]] = {}
    for paper, cases in read:
        best |= {case.number: max(best.get(case.number, _rank(paper)), _rank(paper)) for case in cases}
    found: dict[tuple[str, str, tuple[ToldCase, ...]], _Read] = {}
    for paper, cases in sorted(read, key=lambda one: (_rank(one[0]), one[0].date, one[0].name)):
        before = [case for case in cases if case != now[case.number] and _rank(paper) < best[case.number]]
        if before or (paper.date, paper.start) != (newest.date, newest.start):
            found.setdefault((paper.date, paper.start, tuple(before)), (paper, before))
    return list(found.values())


def _case(told: Sequence[tuple[Paper, ToldCase]], problems: list[Problem]) -> ToldCase:
    """Return the case as its newest documents tell it. Where they do not agree, title or id is not guessed."""
    best = max(_rank(paper) for paper, _case in told)
    newest = [(paper, case) for paper, case in told if _rank(paper) == best]
    paper, case = newest[0]
    titles = {plain_title(other.title): other.title for _paper, other in newest}
    ids = {other.id.casefold() for _paper, other in newest}
    if len(titles) == 1 and len(ids) == 1:
        return case
    there, other = next(
        (there, one)
        for there, one in newest
        if (plain_title(one.title), one.id.casefold()) != (plain_title(case.title), case.id.casefold())
    )
    what = _(
        "Case {number} is {one} here, and {other} in {file}.",
        number=paper.form.text(case.number),
        one=_called(case),
        other=_called(other),
        file=there.name,
    )
    fix = _(
        "The number is kept. The next build asks which case it is: write nr: {number} on it.",
        number=paper.form.text(case.number),
    )
    problems.append(Problem(what, fix, Where(paper.name)))
    return replace(case, title=" / ".join(titles.values()), id=case.id if len(ids) == 1 else "")


def _called(case: ToldCase) -> str:
    return f"«{case.title}» (id: {case.id})" if case.id else f"«{case.title}»"


def _without_ids_of_two(newest: Paper, cases: dict[CaseNumber, ToldCase], problems: list[Problem]) -> None:
    """Tell of an id that two numbers of a meeting have, and take it from both."""
    by_id: dict[str, list[CaseNumber]] = defaultdict(list)
    for number, case in sorted(cases.items()):
        if case.id:
            by_id[case.id.casefold()].append(number)
    for numbers in by_id.values():
        if len(numbers) > 1:
            what = _(
                "The documents of the meeting give id {id} several numbers: {numbers}.",
                id=cases[numbers[0]].id,
                numbers=", ".join(newest.form.text(number) for number in numbers),
            )
            fix = _("All the numbers are kept. Write nr: on the case in the input when the next build asks.")
            problems.append(Problem(what, fix, Where(newest.name)))
        for number in numbers if len(numbers) > 1 else ():
            cases[number] = replace(cases[number], id="")
