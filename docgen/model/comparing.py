"""A document held against the register: what it carries must be what the register has, or had before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from docgen.messages import _
from docgen.model.bad_value import BadValue
from docgen.model.carried import CONTENT, LOGGED_KINDS, MINUTES, SEAL, Paper, ToldCase
from docgen.model.case_number import CaseNumber
from docgen.model.dates import day_text
from docgen.model.editions import LogLine
from docgen.model.record import Edition, Facts, KnownCase, KnownMeeting, LogRow, Record
from docgen.problems import Problem, Where

REBUILT = "rebuilt"
"""The event of a register made from documents; its `seals` are rows and hashes of the lost one that they name."""

HashOf = Callable[[int], str]


class Comparison:
    """All that the register has held, to hold documents against."""

    def __init__(self, rows: Sequence[LogRow], hash_of: HashOf) -> None:
        self.record = Record.of(rows)
        self._hash_of = hash_of
        self._seals: set[str] = set()
        self._titles: dict[tuple[str, CaseNumber], list[str]] = defaultdict(list)
        self._places: dict[tuple[str, CaseNumber], dict[tuple[str, str], int]] = defaultdict(dict)
        for row in rows:
            if row.event == REBUILT:
                self._seals |= set(row.facts["seals"])
            elif row.event == "meeting":
                self._take_meeting(row.facts)

    def _take_meeting(self, facts: Facts) -> None:
        number: int = facts["meeting"]
        for case in facts["cases"]:
            self._titles[case["sequence"], CaseNumber(case["year"], case["number"], case["suffix"])] += [
                case["public_title"],
                case["title"],
            ]
        # A meeting whose date was changed takes all of its cases with it.
        for known in self.record.meetings[number].cases:
            self._places[known.sequence, known.number][facts["body"].casefold(), facts["date"]] = number

    def problems(self, paper: Paper) -> Iterator[Problem]:
        """Give what is wrong with the facts of an untouched document; as notes, what is only out of date."""
        try:
            cases = paper.cases()
        except BadValue as bad:
            yield _wrong(paper, _("What the document carries of its meeting can't be read: {what}", what=bad.what))
            return
        wrong = [problem for case in cases if (problem := self._case(paper, case))]
        yield from [one for one in wrong if not one.warning][:1] or wrong[:1]
        if paper.kind in LOGGED_KINDS or paper.kind in MINUTES:
            yield from self._log(paper, self._editions(paper, cases))

    def seal(self, paper: Paper) -> Iterator[Problem]:
        """Tell, of a document made from a row that this register lacks, that it is not the right one: the gravest."""
        if SEAL not in paper.facts:
            return
        seal = paper.seal
        if seal is None:
            yield _wrong(paper, _("The row of the register that the document was made from can't be read in it."))
        elif f"{seal[0]} {seal[1]}" in self._seals:
            return
        elif seal[0] > self.record.last:
            what = _(
                "The document was made from row {row} of the register, which ends with row {last}. An old register has "
                "been put back, and case numbers given since then could be given once more.",
                row=seal[0],
                last=self.record.last,
            )
            yield Problem(what, _find_the_right_one(), Where(paper.name))
        elif self._hash_of(seal[0]) != seal[1]:
            what = _(
                "The document was made from another register: row {row} has another hash there. The register has been "
                "replaced or put back, or the document is of another workspace.",
                row=seal[0],
            )
            yield Problem(what, _find_the_right_one(), Where(paper.name))

    def _case(self, paper: Paper, case: ToldCase) -> Problem | None:
        """Return what is wrong with a case that the document tells of, or None."""
        key = (paper.sequence, case.number)
        number = paper.form.text(case.number)
        titles = self._titles.get(key)
        if titles is None:
            what = _("Case number {number} «{title}» is not in the register.", number=number, title=case.title)
            return _wrong(paper, what)
        holder = self.record.holder(*key)
        meeting = self._places[key].get((paper.body.casefold(), paper.date))
        if holder is None or case.title not in titles:
            what = _(
                "Case {number} is «{title}» in the document, and «{known}» in the register, which never had the other.",
                number=number,
                title=case.title,
                known=_shown(holder[1]) if holder else "",
            )
            return _wrong(paper, what)
        if meeting is None:
            what = _(
                "Case {number} is of a meeting of {body} on {date} in the document; the register has it in that of "
                "{other} on {day}.",
                number=number,
                body=paper.body,
                date=day_text(paper.date),
                other=holder[0].body,
                day=day_text(holder[0].date),
            )
            return _wrong(paper, what)
        now = next(one for one in self.record.meetings[meeting].cases if (one.sequence, one.number) == key)
        if case.title in (now.title, now.public_title):
            return None
        what = _("The document is out of date: case {number} is now «{title}».", number=number, title=_shown(now))
        fix = _("Delete it when a newer one has taken its place.")
        return Problem(what, fix, Where(paper.name), warning=True)

    def contested(self) -> Iterator[tuple[CaseNumber, list[KnownMeeting]]]:
        """Give the numbers that two meetings have, as the documents said when the register was made from them."""
        for (_sequence, number), places in self._places.items():
            meetings = list(dict.fromkeys(places.values()))
            if len(meetings) > 1:
                yield number, [self.record.meetings[one] for one in meetings]

    def _editions(self, paper: Paper, cases: Sequence[ToldCase]) -> tuple[Edition, ...]:
        """Return the editions of the document in the register."""
        if paper.kind in LOGGED_KINDS:
            return self.record.editions_of(paper.document)
        place = (paper.body.casefold(), paper.date)
        found = (self._places[paper.sequence, case.number].get(place) for case in cases)
        return self.record.minutes(next((meeting for meeting in found if meeting), 0))

    def _log(self, paper: Paper, editions: Sequence[Edition]) -> Iterator[Problem]:
        """Tell of approved versions that the register does not have, and of content that it never had."""
        lines = [line for line in paper.log() if line.approved]
        other = next((line for at, line in enumerate(lines) if not _is_known(line, editions, at)), None)
        if other:
            yield _wrong(paper, _("The approved version «{line}» is not in the register.", line=other))
        elif CONTENT in paper.facts and paper.content not in {one.digest for one in editions if one.digest}:
            yield _wrong(paper, _("The document says that it is approved, with a content that the register never had."))
        elif CONTENT in paper.facts and paper.content != editions[-1].digest:
            what = _("The document is out of date: version {version} holds now.", version=editions[-1].version)
            fix = _("Delete it when a newer one has taken its place.")
            yield Problem(what, fix, Where(paper.name), warning=True)


def _shown(case: KnownCase) -> str:
    return case.shown or case.title


def _is_known(line: LogLine, editions: Sequence[Edition], at: int) -> bool:
    return at < len(editions) and line.is_same(editions[at])


def _wrong(paper: Paper, what: str) -> Problem:
    fix = _("See whether it is of another workspace, or from before a backup was taken in. Then move it away.")
    return Problem(what, fix, Where(paper.name))


def _find_the_right_one() -> str:
    return _(
        "Build nothing before this is mended. Take in the newest backup with docgen restore. If there is none, write "
        "nr: on the cases of its input as they stand in the document. If it is of another workspace, move it away."
    )
