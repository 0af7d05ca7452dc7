"""Dates, numbers and the names of things, as the status page says them."""

from __future__ import annotations

from datetime import date, datetime

from docgen.messages import _
from docgen.model.dates import Language, PartialDate, long_date, number_text, weekday

_LONG = 10_000


def number(count: int, language: Language) -> str:
    """Return `9999`, and `10 000` with a no-break space."""
    return str(count) if count < _LONG else number_text(count, language)


def day(iso: str, language: Language) -> str:
    """Return `3. desember 2026`, `desember 2026` or `2026` for an ISO date; other text as it is."""
    try:
        return long_date(PartialDate(*map(int, iso.split("-"))), language)
    except (ValueError, TypeError):
        return iso


def day_and_time(iso: str, start: str, language: Language) -> str:
    """Return `torsdag 3. desember 2026 kl. 09.00`, without what is not known."""
    try:
        name = weekday(date.fromisoformat(iso), language) + " "
    except ValueError:
        name = ""
    return f"{name}{day(iso, language)}" + (f" kl.\u00a0{start.replace(':', '.')}" if start else "")


def moment(at: datetime, language: Language) -> str:
    """Return `søndag 22. november 2026 kl. 10.52`, in the time zone that `at` has."""
    return day_and_time(at.date().isoformat(), f"{at:%H.%M}", language)


def kind_of_input(kind: str) -> str:
    """Return what an input is called in the language of the page."""
    known = {
        "møte": _("Meeting"),
        "mandat": _("Mandate"),
        "retningslinje": _("Guideline"),
        "vedlegg": _("Attachment"),
        "organisering": _("Organisation"),
    }
    return known.get(kind, kind)


def stage(status: str) -> str:
    """Return how far a meeting has come, in the language of the page."""
    known = {
        "utkast": _("draft"),
        "innkalt": _("meeting called"),
        "avholdt": _("meeting held"),
        "godkjent": _("minutes approved"),
    }
    return known.get(status, status)
