"""Times of day and ranges of them: read as people write them, printed as `kl. 09.00–11.30`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from docgen.messages import _
from docgen.model.bad_value import BadValue, shown

_TIME = re.compile(r"(?:([0-9]{1,2})(?:[:.]([0-9]{2})(?:[:.]00)?)?|([0-9]{1,2})([0-9]{2}))")
_CLOCK = re.compile(r"^(?:klokka|klokken|kl)\b\.?:? ?")
_FROM = re.compile(r"^(?:fra|frå) ")
_TO = re.compile(r" ?[-–—−] ?| til ")


@dataclass(frozen=True, slots=True)
class TimeRange:
    """When something starts and, if that is known, ends."""

    start: time
    end: time | None = None

    def __str__(self) -> str:
        return f"{self.start:%H:%M}" + (f"–{self.end:%H:%M}" if self.end else "")


def read_time(text: str) -> time:
    """Return the time of `09:00`, `09.00`, `0900`, `9` or any of these after `kl.`. Raises BadValue."""
    plain = _CLOCK.sub("", " ".join(text.split()).lower())
    match = _TIME.fullmatch(plain)
    if not match:
        raise BadValue(
            _("«{text}» is not a time.", text=shown(text)) if plain else _("The time is empty."),
            _("Write the time as 09.00 or 09:00."),
        )
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    if hour == 24 and minute == 0:
        raise BadValue(
            _("The time «{text}» is the end of the day, which docgen can't use.", text=shown(text)),
            _("Write 23.59, or 00.00 if you mean the beginning of the day."),
        )
    if hour > 23 or minute > 59:
        raise BadValue(
            _("There is no time «{text}».", text=shown(text)),
            _("Write an hour from 00 to 23 and minutes from 00 to 59, such as 09.30."),
        )
    return time(hour, minute)


def read_time_range(text: str) -> TimeRange:
    """Return the range of `09:00–11:30`, `kl 9-11.30`, `fra 9 til 11`, or of a start alone. Raises BadValue."""
    plain = " ".join(text.split()).lower()
    plain = _FROM.sub("", _CLOCK.sub("", _FROM.sub("", plain)))
    parts = _TO.split(plain)
    if len(parts) > 2:
        raise BadValue(
            _("«{text}» is not a time from and to.", text=shown(text)),
            _("Write the start and the end with a dash between, such as 09.00–11.30."),
        )
    start = read_time(parts[0])
    if len(parts) == 1:
        return TimeRange(start)
    end = read_time(parts[1])
    if end <= start:
        raise BadValue(
            _("The end in «{text}» is not after the start.", text=shown(text)),
            _("Write the start first and the end last, such as 09.00–11.30."),
        )
    return TimeRange(start, end)


def time_text(moment: time) -> str:
    """Return `09.00`."""
    return f"{moment.hour:02}.{moment.minute:02}"


def time_range_text(span: TimeRange) -> str:
    """Return `kl. 09.00–11.30` with a no-break space and an en dash."""
    text = f"kl.\N{NO-BREAK SPACE}{time_text(span.start)}"
    return text if span.end is None else f"{text}–{time_text(span.end)}"
