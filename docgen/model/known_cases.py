"""Which fixed case a case of an input is: by its number, else its id, else its title; else a question."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from docgen.messages import _
from docgen.model.bad_value import BadValue
from docgen.model.case_number import CaseNumber, NumberForm
from docgen.model.dates import day_text
from docgen.model.known_meetings import plain_title
from docgen.model.library import Entry
from docgen.model.meeting import Case, Meeting
from docgen.model.record import KnownCase, KnownMeeting

Known = list[KnownCase | None]
"""The fixed case that each case of the input is, in the input's order; None for what is new or has no number."""


def known_cases(
    entry: Entry,
    meeting: Meeting,
    known: KnownMeeting,
    written: Sequence[CaseNumber | None],
    form: NumberForm,
) -> Known:
    """Return the fixed case that each case is, and tell what is not certain. `written` are the numbers in the file.

    A question names both what the register has and what the file has, and nothing of the file is fixed until it is
    answered.
    """
    match = _Match(entry, meeting, known, form)
    match.by_number(written)
    match.by_id()
    match.by_title()
    match.by_public_title()
    match.ask_of_the_rest()
    return match.found


def ask_of_ids_elsewhere(
    entry: Entry, meeting: Meeting, known: Known, others: Iterable[KnownMeeting], form: NumberForm
) -> None:
    """Ask when a new case has the id of a case in another meeting, and does not say that it comes from there."""
    ids = {case.id.casefold(): (one, case) for one in others for case in one.cases if case.id}
    for at, case in enumerate(meeting.cases):
        if not case.id or known[at] or case.own_number or case.continues or case.postponed_from:
            continue
        if there := ids.get(case.id.casefold()):
            number = form.text(there[1].number)
            what = _(
                "Id {id} is that of case {number} «{title}» in the meeting on {date}.",
                id=case.id,
                number=number,
                title=there[1].title,
                date=day_text(there[0].date),
            )
            fix = _(
                "Write utsatt fra: {number} or fra: {number} when that case comes back. Else give this one another id.",
                number=number,
            )
            entry.tell(("cases", at, "id"), what, fix)


class _Match:
    """The cases matched so far, and those of the register that nothing matches yet."""

    def __init__(self, entry: Entry, meeting: Meeting, known: KnownMeeting, form: NumberForm) -> None:
        self.entry, self.cases, self.form, self.body = entry, meeting.cases, form, meeting.body
        self.left = {case.number: case for case in known.cases}
        self.titles = {plain_title(case.title): case for case in known.cases}
        self.found: Known = [None] * len(meeting.cases)
        self.asked = False

    def by_number(self, written: Sequence[CaseNumber | None]) -> None:
        for at, number in enumerate(written):
            if number in self.left and number is not None:
                self._take(at, self.left[number], "number")

    def by_id(self) -> None:
        ids = {case.id.casefold(): case for case in self.left.values() if case.id}
        for at, case in self._open():
            if case.id and (known := ids.pop(case.id.casefold(), None)):
                self._take(at, known, "id")

    def by_title(self) -> None:
        named: dict[str, list[KnownCase]] = defaultdict(list)
        for known in self.left.values():
            named[plain_title(known.title)].append(known)
        denied = {at: self._denied(case) for at, case in self._open()}
        here: dict[CaseNumber, int] = Counter(
            known.number
            for at, case in self._open()
            for known in named[plain_title(case.title)]
            if known.number != denied[at]
        )
        for at, case in self._open():
            there = [
                one for one in named[plain_title(case.title)] if one.number in self.left and one.number != denied[at]
            ]
            if not there:
                continue
            if len(there) > 1 or here[there[0].number] > 1:
                self._tell_alike(at, case, there[0])
            elif case.id and there[0].id and case.id.casefold() != there[0].id.casefold():
                self._tell_other_id(at, case, there[0])
            else:
                self._take(at, there[0], "title")

    def by_public_title(self) -> None:
        """Know exempt cases by their public title, which is all that a register made from documents knows of them."""
        here = Counter(plain_title(case.exempt.public_title or "") for _at, case in self._open() if case.exempt)
        for at, case in self._open():
            title = plain_title(case.exempt.public_title or "") if case.exempt else ""
            there = [
                one
                for one in self.left.values()
                if one.exempt and one.title == one.public_title and not one.id and plain_title(one.title) == title
            ]
            if title and len(there) == 1 and here[title] == 1:
                self._take(at, there[0], "title")

    def ask_of_the_rest(self) -> None:
        """Ask of each fixed case that nothing in the file is."""
        new = [(at, case) for at, case in self._open() if case.numbered]
        for number, known in sorted(self.left.items()):
            unnumbered = [at for at, case in self._open() if plain_title(case.title) == plain_title(known.title)]
            if unnumbered:
                what = _("Case {number} has a fixed number, and is said to have none.", number=self.form.text(number))
                self.entry.tell(("cases", unnumbered[0]), what, _("Remove nummerert: nei."))
            elif new and not self.asked:
                self._tell_missing(known, new)
            elif not self.asked:
                what = _(
                    "Case {number} «{title}» has a fixed number, and is not in the file any more.",
                    number=self.form.text(number),
                    title=known.title,
                )
                fix = _("Put it back. A case that is not to be treated gets utfall: trukket, and keeps its number.")
                self.entry.tell(("cases",), what, fix)

    def _open(self) -> list[tuple[int, Case]]:
        return [(at, case) for at, case in enumerate(self.cases) if self.found[at] is None]

    def _take(self, at: int, known: KnownCase, how: str) -> None:
        """Let the case be the known one, unless its id or title is that of another."""
        case = self.cases[at]
        other = self._contradicting(case, known, how)
        if other is not None:
            self._tell_contradiction(at, case, known, other, how)
        elif how != "title" and (namesake := self._namesake(at, case, known)) is not None:
            self._tell_namesake(at, namesake, known)
        if not case.numbered:
            return
        self.found[at] = known
        del self.left[known.number]

    def _contradicting(self, case: Case, known: KnownCase, how: str) -> KnownCase | None:
        """Return the other fixed case that the id (when the number was followed) or the title says it is."""
        if how == "number" and case.id:
            for other in self.left.values():
                if other is not known and other.id.casefold() == case.id.casefold():
                    return other
        other = self.titles.get(plain_title(case.title), known)
        is_other = other.number != known.number and plain_title(known.title) != plain_title(case.title)
        return other if is_other and how != "title" else None

    def _namesake(self, at: int, case: Case, known: KnownCase) -> int | None:
        """Return where another case stands that may be the known one: it has its id, or its title that `case` lacks."""
        title = plain_title(known.title)
        for place, other in self._open():
            is_known_by_id = bool(other.id) and (other.id or "").casefold() == known.id.casefold()
            is_told_apart = (
                other.own_number
                or not other.numbered
                or self._denied(other) == known.number
                or self._is_known_by_id(other, known)
            )
            has_title = plain_title(other.title) == title != plain_title(case.title)
            if place != at and (is_known_by_id or (has_title and not is_told_apart)):
                return place
        return None

    def _is_known_by_id(self, case: Case, but: KnownCase) -> bool:
        """Return whether the case has the id of a fixed case that nothing matches yet, other than `but`."""
        ids = {one.id.casefold() for one in self.left.values() if one is not but and one.id}
        return bool(case.id) and (case.id or "").casefold() in ids

    def _denied(self, case: Case) -> CaseNumber | None:
        """Return the number of the fixed case that this one is said not to be."""
        if not case.not_number:
            return None
        try:
            return self.form.read(case.not_number, body=self.body)
        except BadValue:
            return None  # told by agenda

    def _tell_namesake(self, at: int, namesake: int, known: KnownCase) -> None:
        number = self.form.text(known.number)
        what = _(
            "Case {number} is «{title}» in the register. Here «{other}» has that number, and «{title}» has none.",
            number=number,
            title=self.cases[namesake].title,
            other=self.cases[at].title,
        )
        fix = _(
            "Move nr: {number} to the case that it belongs to. Is «{title}» a new case, write nr: ikke {number} on it.",
            number=number,
            title=self.cases[namesake].title,
        )
        self.asked = True
        self.entry.tell(("cases", at), what, fix)

    def _tell_contradiction(self, at: int, case: Case, known: KnownCase, other: KnownCase, how: str) -> None:
        written = (case.number if how == "number" else case.id) or ""
        what = _(
            "«{title}» is case {other} of the register, and {written} is case {number} «{known}» there.",
            title=case.title,
            other=self.form.text(other.number),
            written=f"{'nr' if how == 'number' else 'id'}: {written}",
            number=self.form.text(known.number),
            known=known.title,
        )
        fix = _("Case numbers do not change once they are fixed. Let number, id and title be of the same case.")
        self.asked = True
        self.entry.tell(("cases", at), what, fix)

    def _tell_alike(self, at: int, case: Case, known: KnownCase) -> None:
        what = _(
            "Several cases are called «{title}», and which of them has which fixed number is not certain.",
            title=case.title,
        )
        fix = _("Write nr: on each of them, such as nr: {number}.", number=self.form.text(known.number))
        self.asked = True
        self.entry.tell(("cases", at), what, fix)

    def _tell_other_id(self, at: int, case: Case, known: KnownCase) -> None:
        what = _(
            "«{title}» has id {id} here, and id {other} in the register, where it is case {number}.",
            title=case.title,
            id=case.id,
            other=known.id,
            number=self.form.text(known.number),
        )
        fix = _(
            "Write nr: {number} when it is the same case. Else give it another title, and put case {number} back.",
            number=self.form.text(known.number),
        )
        self.asked = True
        self.entry.tell(("cases", at), what, fix)

    def _tell_missing(self, known: KnownCase, new: list[tuple[int, Case]]) -> None:
        """Ask whether a fixed case that is gone is one of those that are new."""
        titles = " / ".join(f"«{case.title}»" for _at, case in new)
        number = self.form.text(known.number)
        what = _(
            "Case {number} «{title}» has a fixed number and is not in the file any more, and {new} is new.",
            number=number,
            title=known.title,
            new=titles,
        )
        fix = _(
            "Is it the same case with another title, write nr: {number} on it. Is it another one, put {number} back, "
            "with utfall: trukket when it is not to be treated.",
            number=number,
        )
        loc = ("cases", new[0][0]) if len(new) == 1 else ("cases",)
        self.entry.tell(loc, what, fix)
