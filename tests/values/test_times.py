"""Times of day are read as people write them, and printed as `kl. 09.00–11.30`."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.bad_value import BadValue
from docgen.model.times import TimeRange, read_time, read_time_range, time_range_text, time_text

MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))


@pytest.mark.parametrize(
    "text", ["09:00", "09.00", "0900", "900", "9", "kl. 9", "kl 09.00", "Kl.9", "klokka 9", "9:00:00"]
)
def test_a_time_is_read_in_every_way_people_write_it(text: str) -> None:
    assert read_time(text) == time(9)


@pytest.mark.parametrize(
    "text",
    [
        "09:00–11:30",
        "09:00-11:30",
        "09.00 - 11.30",
        "0900-1130",
        "kl 9-11.30",
        "kl. 09.00 – kl. 11.30",
        "kl.\N{NO-BREAK SPACE}09.00–11.30",
        "fra 9 til 11.30",
        "frå kl. 9 til 11.30",
        "9 til kl. 11.30",
    ],
)
def test_a_start_and_an_end_are_read_in_every_way_people_write_them(text: str) -> None:
    assert read_time_range(text) == TimeRange(time(9), time(11, 30))


def test_a_start_alone_has_no_end() -> None:
    assert read_time_range("kl. 14") == TimeRange(time(14))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("24.00", "Klokkeslettet «24.00» er slutten på døgnet"),
        ("9-24", "Skriv 23.59, eller 00.00 hvis du mener starten på døgnet."),
        ("11-9", "Slutten i «11-9» er ikke etter starten. Skriv starten først og slutten sist"),
        ("9-9", "er ikke etter starten"),
        ("25:00", "Klokkeslettet «25:00» finnes ikke."),
        ("09.60", "finnes ikke"),
        ("9-10-11", "«9-10-11» er ikke et tidsrom. Skriv starten og slutten med strek mellom"),
        ("", "Klokkeslettet er tomt."),
        ("9-", "Klokkeslettet er tomt."),
        ("kl.", "Klokkeslettet er tomt."),
        ("etter lunsj", "«etter lunsj» er ikke et klokkeslett. Skriv klokkeslettet som 09.00 eller 09:00."),
        ("9.5", "er ikke et klokkeslett"),
    ],
)
def test_what_is_no_time_is_told_with_its_remedy(text: str, told: str) -> None:
    with pytest.raises(BadValue) as bad:
        read_time_range(text)

    assert told in str(bad.value)


@given(MINUTES, MINUTES)
def test_what_is_printed_is_read_back(one: time, other: time) -> None:
    span = TimeRange(min(one, other), max(one, other) if one != other else None)

    assert read_time_range(time_range_text(span)) == span
    assert read_time_range(str(span)) == span
    assert read_time(time_text(one)) == one


def test_a_range_is_printed_with_a_no_break_space_and_an_en_dash() -> None:
    assert time_range_text(TimeRange(time(9), time(11, 30))) == "kl.\N{NO-BREAK SPACE}09.00–11.30"
    assert time_range_text(TimeRange(time(9))) == "kl.\N{NO-BREAK SPACE}09.00"


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_a_bad_value(text: str) -> None:
    try:
        found = read_time_range(text)
    except BadValue:
        return

    assert read_time_range(str(found)) == found
