"""Case numbers: the form is given by example, every form is understood.

A form is shown as case 1 of 2022 would be written: `01/22`, `001/22`, `1/2022`, `2022/01`, `01-22`, `HS 01/22`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from docgen.messages import _
from docgen.model.bad_value import BadValue, shown
from docgen.model.dates import FIRST_YEAR, LAST_YEAR, full_year

_EXAMPLE = re.compile(r"([^\d/–-]*(?:-[^\d/–-]+)*-?)([0-9]{1,4})([/–-])([0-9]{1,4})( [^\d/–-]{2,})?")
_PAIR = r"[0-9]{1,4} ?[/–-] ?[0-9]{1,4}(?: ?[a-zæøåA-ZÆØÅ])?"
_NUMBER = re.compile(r"([0-9]{1,4}) ?[/–-] ?([0-9]{1,4})(?: ?([a-zæøåA-ZÆØÅ]))?")
_SAK = re.compile(r"^(?:(?:saksnummer|saks?nr|sak|nr)\b\.?:? ?)+", re.IGNORECASE)
_REFERENCE = re.compile(rf"(.*?)(?:\b(?:sak|saks?nr)\b\.? ?)?(?:nr\b\.?)?[ :–-]*({_PAIR})", re.IGNORECASE)
_MEETING = re.compile(r"(?:møte|protokoll|møtebok|referat)", re.IGNORECASE)
_ARCHIVE = re.compile(r"(?:arkiv|ephorte|jp|[0-9]+[/-][0-9]{5,}|[0-9]{5,})", re.IGNORECASE)

_LONGEST_EXAMPLE = 40
_ARCHIVE_FROM = 1000
"""A number this high, in another order than the body's own, is a case number of the archive (14/3716)."""


@dataclass(frozen=True, order=True, slots=True)
class CaseNumber:
    """Case `number` of a body's `year`. The suffix is seen in practice (037/04 B) and printed back."""

    year: int
    number: int
    suffix: str = ""


_EXAMPLE_CASE = CaseNumber(2022, 1)


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How a body writes its case numbers. `width` is the least number of digits of the case's own number."""

    prefix: str = ""
    separator: str = "/"
    width: int = 2
    year_digits: int = 2
    year_first: bool = False
    tail: str = ""

    @staticmethod
    @cache
    def by_example(text: str) -> NumberForm:
        """Return the form in which case 1 of 2022 is written like `text`. Raises BadValue."""
        plain = " ".join(text.split())
        if len(plain) <= _LONGEST_EXAMPLE and (match := _EXAMPLE.fullmatch(plain)):
            prefix, first, separator, second, tail = match.groups(default="")
            for number, year, year_first in ((first, second, False), (second, first, True)):
                if year in ("22", "2022") and number.lstrip("0") == "1":
                    return NumberForm(prefix, separator, len(number), len(year), year_first, tail)
        raise BadValue(
            _("«{text}» does not show how case 1 of 2022 is written.", text=shown(text)),
            _("Write the number of the first case of 2022 as the body writes it, such as 01/22, 1/2022 or HS 01/22."),
        )

    def text(self, case: CaseNumber) -> str:
        """Return `01/22`; `100/22` when the number is wider than the form.

        Two digits of the year give way to four where they would be read as something else.
        """
        short = self.year_digits == 2 and 1980 <= case.year < 2080 and not _is_year(case.number)
        year = f"{case.year % 100:02}" if short else f"{case.year:04}"
        number = f"{case.number:0{self.width}}"
        pair = (year, number) if self.year_first else (number, year)
        suffix = f" {case.suffix}" if case.suffix else ""
        return f"{self.prefix}{self.separator.join(pair)}{suffix}{self.tail}"

    def read(self, text: str, *, body: str = "") -> CaseNumber:
        """Return the case number that a person wrote in this form or any other. Raises BadValue.

        The form's own order decides where both could be meant: `01/22` is case 1 of 2022, and for a body that writes
        `22/01`, case 22 of 2001. The short name of the `body` may stand in front.
        """
        plain = self.bare(" ".join(text.split()), body)
        match = _NUMBER.fullmatch(plain)
        if not match:
            raise self._not_understood(text, plain)
        first, second, suffix = match.groups(default="")
        own, turned = ((second, first), (first, second)) if self.year_first else ((first, second), (second, first))
        is_turned = _is_turned(own, turned)
        number, year = turned if is_turned else own
        if not _means_a_year(year):
            raise self._not_understood(text, plain)
        if int(number) == 0:
            raise BadValue(
                _("There is no case number 0, as in «{text}».", text=shown(text)),
                _("The first case of the year has number 1. Write it as {example}.", example=self.text(_EXAMPLE_CASE)),
            )
        if is_turned and int(number) >= _ARCHIVE_FROM:
            raise self._archive_number(text)
        return CaseNumber(full_year(year), int(number), suffix.upper())

    def bare(self, plain: str, body: str) -> str:
        """Return the text without the words that may stand around a number of the body."""
        if self.tail:
            plain = _without_tail(plain, self.tail)
        before = ""
        while plain != before:
            before = plain
            plain = _SAK.sub("", _without_head(_without_head(plain, body), self.prefix.strip()))
        return plain

    def _not_understood(self, text: str, plain: str) -> BadValue:
        example = self.text(_EXAMPLE_CASE)
        if not plain:
            return BadValue(_("The case number is empty."), _("Write it as {example}.", example=example))
        if _MEETING.match(plain):
            return BadValue(
                _("«{text}» looks like the number of a meeting or of minutes, not of a case.", text=shown(text)),
                _("Write the number of the case alone, as {example}.", example=example),
            )
        if _ARCHIVE.match(plain):
            return self._archive_number(text)
        return BadValue(
            _("«{text}» is not a case number.", text=shown(text)),
            _("Write number and year alone, as {example}, which is case 1 of 2022.", example=example),
        )

    def _archive_number(self, text: str) -> BadValue:
        return BadValue(
            _("«{text}» looks like a case number of the archive, not of the body.", text=shown(text)),
            _("Write the body's own number, as {example}.", example=self.text(_EXAMPLE_CASE)),
        )


DEFAULT_FORM = NumberForm.by_example("01/22")


@dataclass(frozen=True, order=True, slots=True)
class CaseReference:
    """A case of some body; `body` is empty when the text names none."""

    body: str
    number: CaseNumber


def read_reference(text: str, forms: Mapping[str, NumberForm] | None = None, *, own: str = "") -> CaseReference:
    """Return the case of `FSU 05/24`, `SSU sak 3/2023`, `SSU-sak 3/23` or `05/24`. Raises BadValue.

    `forms` holds the number form of each known body by its short name; their names are found in any case and come back
    as `forms` spells them. A body is also known by the prefix of its numbers (`BU 05/24`) when no other has the same.
    The number of any other body is read in the default form. A case of the body `own` comes back without a body.
    """
    plain, known = " ".join(text.split()), forms or {}
    if own in known and _NUMBER.fullmatch(known[own].bare(plain, own)):
        return CaseReference("", known[own].read(plain, body=own))
    for body, form in known.items():
        if _without_head(plain, body) != plain and _NUMBER.fullmatch(form.bare(plain, body)):
            return CaseReference(body, form.read(plain, body=body))
    by_prefix = [body for body, form in known.items() if _without_head(plain, form.prefix.strip()) != plain]
    if len(by_prefix) == 1 and _NUMBER.fullmatch(known[by_prefix[0]].bare(plain, "")):
        return CaseReference(by_prefix[0], known[by_prefix[0]].read(plain))
    match = _REFERENCE.fullmatch(plain)
    if not match:
        raise BadValue(
            _("«{text}» does not name a case.", text=shown(text)),
            _("Write the body and the number of the case, such as FSU 05/24."),
        )
    return CaseReference(match[1].rstrip(" -:,"), DEFAULT_FORM.read(match[2]))


def _is_turned(own: tuple[str, str], turned: tuple[str, str]) -> bool:
    """Tell whether the text must be in the other order: only that gives a year, or a year of four digits."""
    if not _means_a_year(own[1]):
        return True
    return _is_year(int(turned[1])) and len(own[1]) == 2


def _means_a_year(text: str) -> bool:
    return len(text) == 2 or (len(text) == 4 and _is_year(int(text)))


def _is_year(number: int) -> bool:
    return FIRST_YEAR <= number <= LAST_YEAR


def _without_head(plain: str, word: str) -> str:
    """Return the text without `word` at its beginning, unless that would cut a word or a number in two."""
    head, rest = plain[: len(word)], plain[len(word) :]
    if not word or head.casefold() != word.casefold():
        return plain
    cut = (word[-1].isalpha() and rest[:1].isalpha()) or (word[-1].isdigit() and rest[:1].isdigit())
    return plain if cut else rest.lstrip(" :-–,")


def _without_tail(plain: str, tail: str) -> str:
    return plain[: -len(tail)] if plain.casefold().endswith(tail.casefold()) else plain
