"""Dates are read as people write them, and printed the Norwegian way."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.bad_value import BadValue
from docgen.model.dates import (
    Language,
    PartialDate,
    long_date,
    number_text,
    read_date,
    short_date,
    weekday,
)

DAYS = st.dates(date(1980, 1, 1), date(2079, 12, 31))
LANGUAGES: tuple[Language, Language] = ("nb", "nn")


@pytest.mark.parametrize(
    "text",
    [
        "2022-10-24",
        "24.10.2022",
        "24.10.22",
        "24. 10. 2022",
        " 24.10.2022 ",
        "24. oktober 2022",
        "24 oktober 2022",
        "24. oktober 22",
        "24 okt 2022",
        "24. okt. 2022",
        "24.\N{NO-BREAK SPACE}oktober\N{NO-BREAK SPACE}2022",
        "24. OKTOBER 2022",
        "den 24. oktober 2022",
        "mandag 24. oktober 2022",
        "Mandag, 24. oktober 2022",
        "mandag den 24. oktober 2022",
        "man. 24.10.22",
        "måndag 24. oktober 2022",
        "MÅNDAG 24.10.2022",
        "mandag 2022-10-24",
    ],
)
def test_a_date_is_read_in_every_way_people_write_it(text: str) -> None:
    found = read_date(text)

    assert found.as_date() == date(2022, 10, 24)


@pytest.mark.parametrize(("text", "day"), [("tysdag 25.10.22", 25), ("laurdag 22.10.22", 22), ("lørdag 22.10.22", 22)])
def test_weekdays_are_known_in_both_languages(text: str, day: int) -> None:
    assert read_date(text) == PartialDate(2022, 10, day)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("oktober 2022", "2022-10"),
        ("okt. 2022", "2022-10"),
        ("2022-10", "2022-10"),
        ("10.2022", "2022-10"),
        ("2022", "2022"),
        ("24.10.22", "2022-10-24"),
    ],
)
def test_a_month_or_a_year_is_read_where_a_part_is_allowed(text: str, iso: str) -> None:
    assert read_date(text, partial=True).iso == iso


@pytest.mark.parametrize(("two_digits", "year"), [("00", 2000), ("79", 2079), ("80", 1980), ("99", 1999)])
def test_a_year_of_two_digits_is_from_1980_to_2079(two_digits: str, year: int) -> None:
    assert read_date(f"1.2.{two_digits}").year == year


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("31.02.2022", "Datoen «31.02.2022» finnes ikke i kalenderen."),
        ("29. februar 2023", "finnes ikke i kalenderen"),
        ("2022-13-01", "finnes ikke i kalenderen"),
        ("0.0.2022", "finnes ikke i kalenderen"),
        ("tirsdag 24. oktober 2022", "24. oktober 2022 er en mandag, men det står tirsdag."),
        ("måndag 25.10.22", "25. oktober 2022 er en tysdag, men det står måndag."),
        ("24/10/2022", "kan leses på to måter. Skriv den med punktum og dagen først, for eksempel 24.10.2022."),
        ("10/24/2022", "for eksempel 24.10.2022."),
        ("2022/10/24", "for eksempel 24.10.2022."),
        ("24/10-22", "for eksempel 24.10.22."),
        ("24. oktober", "Datoen «24. oktober» mangler året."),
        ("24.10.", "mangler året"),
        ("oktober 22", "mangler året"),
        ("oktober 2022", "Datoen «oktober 2022» mangler dagen."),
        ("2022", "mangler dagen"),
        ("24. oktbr 2022", "«oktbr» er ikke navnet på en måned. Mente du oktober?"),
        ("24. qwxz 2022", "Skriv måneden som januar, februar, mars og så videre."),
        ("24.10.1822", "Året 1822 i «24.10.1822» kan ikke være riktig. Skriv et år fra 1900 til 2100."),
        ("2101-01-01", "Året 2101"),
        ("", "Datoen er tom."),
        ("i morgen", "«i morgen» er ikke en dato."),
        ("24.10.2022 kl. 9", "er ikke en dato"),
        ("٢٤.١٠.٢٠٢٢", "er ikke en dato"),
        ("mandag", "er ikke en dato"),
        ("mandag mandag 24.10.2022", "er ikke en dato"),
    ],
)
def test_what_is_no_date_is_told_with_its_remedy(text: str, told: str) -> None:
    with pytest.raises(BadValue) as bad:
        read_date(text)

    assert told in str(bad.value)


def test_a_long_text_is_not_repeated_whole_in_the_message() -> None:
    with pytest.raises(BadValue) as bad:
        read_date("mandag " * 10_000)

    assert len(bad.value.what) < 120


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_bad_value(text: str) -> None:
    try:
        found = read_date(text, partial=True)
    except BadValue:
        return

    assert read_date(found.iso, partial=True) == found


@given(DAYS, st.sampled_from(LANGUAGES))
def test_what_is_printed_is_read_back(day: date, language: Language) -> None:
    printed = [
        long_date(day, language),
        short_date(day),
        f"{weekday(day, language)} {long_date(day, language)}",
        day.isoformat(),
        f"{day:%d.%m.%y}",
    ]

    assert {read_date(text).as_date() for text in printed} == {day}


@given(DAYS)
def test_dates_sort_as_in_the_calendar_and_a_part_before_what_is_in_it(day: date) -> None:
    whole = PartialDate(day.year, day.month, day.day)
    following = day + timedelta(1)

    after = PartialDate(following.year, following.month, following.day)

    assert PartialDate(day.year) < PartialDate(day.year, day.month) < whole < after
    assert max(PartialDate(day.year), whole) == whole
    assert whole <= PartialDate(day.year, day.month, day.day)


def test_a_part_of_a_date_is_not_taken_for_a_day() -> None:
    assert not PartialDate(2022, 10).is_whole

    with pytest.raises(ValueError, match="2022-10"):
        PartialDate(2022, 10).as_date()


def test_dates_are_printed_the_norwegian_way() -> None:
    day = date(2022, 10, 24)

    assert long_date(day, "nb") == "24. oktober 2022"
    assert long_date(PartialDate(2022, 1), "nn") == "januar 2022"
    assert long_date(PartialDate(2022), "nb") == "2022"
    assert short_date(date(2022, 5, 1)) == "01.05.2022"
    assert short_date(PartialDate(2022, 5)) == "05.2022"
    assert weekday(day, "nb") == "mandag"
    assert weekday(day, "nn") == "måndag"
    assert weekday(PartialDate(2022, 10), "nn") == ""


def test_thousands_are_parted_by_a_no_break_space() -> None:
    assert number_text(10000, "nb") == "10\N{NO-BREAK SPACE}000"
    assert number_text(999, "nn") == "999"


def test_babel_is_not_imported_until_a_name_is_needed() -> None:
    code = (
        "import sys; from docgen.model.dates import read_date, short_date; import docgen.model.case_number\n"
        "short_date(read_date('24.10.2022')); sys.exit('babel' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == 0
