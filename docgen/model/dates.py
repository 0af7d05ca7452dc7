"""Dates and numbers: read as people write them, printed the Norwegian way.

The names of months and days come from Babel, which is imported the first time one is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, total_ordering
from typing import Literal

from docgen.messages import _
from docgen.model.bad_value import BadValue, shown

Language = Literal["nb", "nn"]

FIRST_YEAR, LAST_YEAR = 1900, 2100

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_DOTTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4}|[0-9]{2})")
_MONTH_DOTTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{4})")
_NAMED = re.compile(r"(?:([0-9]{1,2})\.? ?)?([^\W\d_]{3,15})\.?,? ?([0-9]{4}|[0-9]{2})?")
_YEAR = re.compile(r"[0-9]{4}")
_SLASHED = re.compile(r"([0-9]{1,4})/([0-9]{1,2})[/-]([0-9]{1,4})")
_WITHOUT_YEAR = re.compile(r"[0-9]{1,2}\. ?[0-9]{1,2}\.?")
_WEEKDAY = re.compile(r"([^\W\d_]+)\.?,? (?:den )?(.+)")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date, a month of a year, or a year. A month sorts before its days, a year before its months."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def is_whole(self) -> bool:
        return self.day is not None

    @property
    def iso(self) -> str:
        """`2022-10-24`, `2022-10` or `2022`."""
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts)

    def as_date(self) -> date:
        """Return the day. Raises ValueError for a month or a year: ask `is_whole` first."""
        if self.month is None or self.day is None:
            raise ValueError(f"{self.iso} is not a whole date")
        return date(self.year, self.month, self.day)

    def __str__(self) -> str:
        return self.iso

    def __lt__(self, other: PartialDate) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.year, self.month or 0, self.day or 0) < (other.year, other.month or 0, other.day or 0)


def read_date(text: str, *, partial: bool = False) -> PartialDate:
    """Return the date that a person wrote; with `partial` also a month of a year, or a year.

    A weekday in front is checked against the date. Years of two digits are 1980 to 2079. Raises BadValue.
    """
    plain = " ".join(text.split()).lower()
    found = _digits(text, plain) or _after_weekday(text, plain) or _named(text, plain)
    if not partial and not found.is_whole:
        raise BadValue(
            _("The date «{text}» has no day.", text=shown(text)),
            _("Write the whole date, such as 24.10.2022 or 24. oktober 2022."),
        )
    return found


def full_year(text: str) -> int:
    """Return the year of two or four digits: `79` is 2079 and `80` is 1980."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 80 else 1900)


def _digits(text: str, plain: str) -> PartialDate | None:
    """Return a date that is written in digits alone."""
    if match := _DOTTED.fullmatch(plain):
        day, month, year = match.groups()
        return _checked(text, year, month, day)
    if match := _ISO.fullmatch(plain):
        return _checked(text, *match.groups())
    if match := _MONTH_DOTTED.fullmatch(plain):
        month, year = match.groups()
        return _checked(text, year, month, None)
    return _checked(text, plain, None, None) if _YEAR.fullmatch(plain) else None


def _after_weekday(text: str, plain: str) -> PartialDate | None:
    """Return the date that stands after a weekday, if the text begins with one."""
    match = _WEEKDAY.fullmatch(plain)
    day = _weekdays().get(match[1]) if match else None
    if match is None or day is None:
        return None
    found = _digits(text, match[2]) or _named(text, match[2])
    if found.is_whole:
        _check_weekday(match[1], day, found.as_date())
    return found


def _named(text: str, plain: str) -> PartialDate:
    """Return a date with the name of its month."""
    match = _NAMED.fullmatch(plain.removeprefix("den "))
    if not match:
        raise _not_a_date(text, plain)
    day, name, year = match.groups()
    month = _months().get(name)
    if month is None:
        raise _not_a_month(text, name) if year else _not_a_date(text, plain)
    if not year or (len(year) == 2 and not day):
        raise _year_missing(text)
    return _checked(text, year, str(month), day)


def _checked(text: str, year: str, month: str | None, day: str | None) -> PartialDate:
    """Return the date if it is in the calendar and within the years we know."""
    found = PartialDate(full_year(year), int(month) if month else None, int(day) if day else None)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadValue(
            _("The year {year} in «{text}» can't be right.", year=found.year, text=shown(text)),
            _("Write a year from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR),
        )
    try:
        date(found.year, 1 if found.month is None else found.month, 1 if found.day is None else found.day)
    except ValueError:
        raise BadValue(
            _("The date «{text}» is not in the calendar.", text=shown(text)),
            _("Check the day and the month: the day comes first, such as 24.10.2022."),
        ) from None
    return found


def _check_weekday(written: str, day: int, found: date) -> None:
    if found.weekday() == day:
        return
    language: Language = "nn" if written in _names("nn", "days") and written not in _names("nb", "days") else "nb"
    raise BadValue(
        _(
            "{date} is a {right}, but the weekday written is {wrong}.",
            date=long_date(found, language),
            right=weekday(found, language),
            wrong=written,
        ),
        _("Correct the date or the weekday, or leave the weekday out."),
    )


def _not_a_date(text: str, plain: str) -> BadValue:
    if not plain:
        return BadValue(_("The date is empty."), _("Write a date, such as 24.10.2022 or 24. oktober 2022."))
    if match := _SLASHED.fullmatch(plain):
        return BadValue(
            _("The date «{text}» can be read in two ways.", text=shown(text)),
            _("Write it with full stops and the day first, such as {example}.", example=_dotted(*match.groups())),
        )
    if _WITHOUT_YEAR.fullmatch(plain):
        return _year_missing(text)
    return BadValue(
        _("«{text}» is not a date.", text=shown(text)),
        _("Write a date such as 24.10.2022, 2022-10-24 or 24. oktober 2022."),
    )


def _dotted(first: str, second: str, third: str) -> str:
    """Return a date with slashes as we advise to write it: the year last, a day over 12 first."""
    day, month, year = (third, second, first) if len(first) == 4 else (first, second, third)
    if int(month) > 12:
        day, month = month, day
    return f"{day}.{month}.{year}"


def _not_a_month(text: str, name: str) -> BadValue:
    from difflib import get_close_matches

    near = get_close_matches(name, _names("nb", "months"), 1)
    fix = _("Did you mean {near}?", near=near[0]) if near else _("Write the month as januar, februar, mars and so on.")
    return BadValue(_("There is no month «{name}» in «{text}».", name=name, text=shown(text)), fix)


def _year_missing(text: str) -> BadValue:
    return BadValue(
        _("The date «{text}» has no year.", text=shown(text)),
        _("Write the year with four digits, such as 24. oktober 2022."),
    )


def long_date(day: date | PartialDate, language: Language) -> str:
    """Return `24. oktober 2022`, `oktober 2022` or `2022`."""
    if day.month is None:
        return str(day.year)
    month = _names(language, "months")[day.month - 1]
    return f"{month} {day.year}" if day.day is None else f"{day.day}. {month} {day.year}"


def short_date(day: date | PartialDate) -> str:
    """Return `24.10.2022`, `10.2022` or `2022`."""
    if day.month is None:
        return str(day.year)
    return f"{day.month:02}.{day.year}" if day.day is None else f"{day.day:02}.{day.month:02}.{day.year}"


def day_text(iso: str) -> str:
    """Return `26.09.2024` for `2024-09-26`; a month or a year as it is."""
    year, _dash, rest = iso.partition("-")
    month, _dash, day = rest.partition("-")
    return f"{day}.{month}.{year}" if day else f"{month}.{year}" if month else year


def weekday(day: date | PartialDate, language: Language) -> str:
    """Return `mandag`, in nynorsk `måndag`; nothing for a month or a year."""
    if isinstance(day, PartialDate):
        if not day.is_whole:
            return ""
        day = day.as_date()
    return _names(language, "days")[day.weekday()]


@lru_cache(maxsize=1024)
def number_text(number: int, language: Language) -> str:
    """Return `10 000` with a no-break space."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=language)


@cache
def _names(language: Language, kind: Literal["months", "days"]) -> tuple[str, ...]:
    """Return the months from januar, or the days from mandag."""
    from babel import Locale

    locale = Locale.parse(language)
    names = (locale.months if kind == "months" else locale.days)["format"]["wide"]
    return tuple(names[key] for key in sorted(names))


@cache
def _months() -> dict[str, int]:
    """Return the month of every name and abbreviation: `oktober`, `okt`, `sept`."""
    found = {"sept": 9, "jun": 6, "jul": 7, "mar": 3}
    for key, name in _spellings("months"):
        found[name] = key
    return found


@cache
def _weekdays() -> dict[str, int]:
    """Return the weekday, mandag 0, of every name and abbreviation in both languages."""
    return {name: key for key, name in _spellings("days")}


def _spellings(kind: Literal["months", "days"]) -> list[tuple[int, str]]:
    from babel import Locale

    return [
        (key, name.rstrip(".").lower())
        for language in ("nb", "nn")
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for key, name in getattr(Locale.parse(language), kind)[context][width].items()
    ]
