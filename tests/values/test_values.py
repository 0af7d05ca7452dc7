"""The typed values of inputs: text in, a value or a problem for a person out."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from docgen.messages import speak
from docgen.model.dates import PartialDate
from docgen.model.times import TimeRange
from docgen.model.values import (
    DateValue,
    Line,
    Markdown,
    MarkdownText,
    PartialDateValue,
    Text,
    TimeRangeValue,
    WholeNumber,
    YesNo,
)

ALL = [Line, Text, MarkdownText, YesNo, WholeNumber, DateValue, PartialDateValue, TimeRangeValue]


def read(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


def told(kind: Any, value: object) -> tuple[str, str]:
    """Return what is wrong with the value and how it is mended, as the error carries them."""
    with pytest.raises(ValidationError) as error:
        read(kind, value)
    (detail,) = error.value.errors()
    assert detail["type"] == "docgen"
    assert detail["msg"] == detail["ctx"]["what"]
    return detail["ctx"]["what"], detail["ctx"]["fix"]


def test_a_line_is_one_line_with_single_spaces() -> None:
    assert (
        read(Line, "  Godkjenning\tav \r\n innkalling\u2028og  saksliste ") == "Godkjenning av innkalling og saksliste"
    )


def test_a_line_keeps_its_no_break_spaces() -> None:
    assert (
        read(Line, "§\N{NO-BREAK SPACE}12 og 10\N{NO-BREAK SPACE}000")
        == "§\N{NO-BREAK SPACE}12 og 10\N{NO-BREAK SPACE}000"
    )


def test_a_line_has_room_for_1000_characters() -> None:
    assert len(read(Line, "å" * 1000)) == 1000
    assert told(Line, "å" * 1001)[0] == "Teksten er på 1001 tegn, og her er det plass til 1000."


def test_a_line_of_spaces_is_refused() -> None:
    assert told(Line, " \n\N{NO-BREAK SPACE}") == (
        "Her står det bare mellomrom.",
        "Skriv en tekst, eller fjern nøkkelen.",
    )


@given(st.text(min_size=1, max_size=60))
def test_a_line_that_was_read_reads_as_itself(text: str) -> None:
    try:
        line = read(Line, text)
    except ValidationError:
        assert not text.strip()
    else:
        assert read(Line, line) == line
        assert len(line.splitlines()) == 1


def test_markdown_keeps_its_indents_and_loses_blank_lines_around_it() -> None:
    found = read(MarkdownText, "\n  \n    kode\r\n\r- punkt\r\n\n  \n")

    assert isinstance(found, Markdown)
    assert found == "    kode\n\n- punkt"


def test_markdown_of_spaces_is_empty() -> None:
    assert read(MarkdownText, " \n\t\n ") == ""


def test_plain_text_keeps_its_lines() -> None:
    assert read(Text, "\r\n første\r\nandre \n") == "første\nandre"


@pytest.mark.parametrize("text", ["ja", "Ja", " JA ", "yes", "true", "x", "X", "on", "på", "sann"])
def test_yes_is_read_in_every_way_people_write_it(text: str) -> None:
    assert read(YesNo, text) is True


@pytest.mark.parametrize("text", ["nei", "Nei", "no", "false", "off", "av", "usann"])
def test_no_is_read_in_every_way_people_write_it(text: str) -> None:
    assert read(YesNo, text) is False


@pytest.mark.parametrize("text", ["kanskje", "", "1", "0", "neia"])
def test_what_is_neither_yes_nor_no_is_refused(text: str) -> None:
    assert told(YesNo, text) == (f"«{text}» er verken ja eller nei.", "Skriv ja eller nei.")


@pytest.mark.parametrize(
    ("text", "number"),
    [("4", 4), (" 0 ", 0), ("007", 7), ("10 000", 10000), ("1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}000", 1250000)],
)
def test_a_whole_number_is_read_with_or_without_spaces(text: str, number: int) -> None:
    assert read(WholeNumber, text) == number


@pytest.mark.parametrize("text", ["", "-1", "1,5", "1.0", "fire", "10 00", "1 0000", "٣", "1e3", "9" * 10])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    assert told(WholeNumber, text) == (f"«{text}» er ikke et helt tall.", "Skriv et tall med sifre, for eksempel 4.")


def test_dates_and_times_are_read_as_values() -> None:
    assert read(DateValue, "24. oktober 2022") == date(2022, 10, 24)
    assert read(PartialDateValue, "oktober 2022") == PartialDate(2022, 10)
    assert read(TimeRangeValue, "kl. 9–11.30") == TimeRange(time(9), time(11, 30))


def test_a_bad_date_carries_what_is_wrong_and_how_to_mend_it() -> None:
    assert told(DateValue, "31.02.2022") == (
        "Datoen «31.02.2022» finnes ikke i kalenderen.",
        "Sjekk dagen og måneden: Dagen står først, for eksempel 24.10.2022.",
    )


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("value", [1, True, None, 2.5, date(2022, 10, 24), ["a"], {"a": "b"}, b"a"])
def test_only_text_is_read(kind: Any, value: object) -> None:
    what, fix = told(kind, value)

    assert "tekst" in what
    assert "tekst" in fix


def test_braces_in_the_text_stand_as_they_are_in_the_message() -> None:
    assert told(YesNo, "{what} {0} %s")[0] == "«{what} {0} %s» er verken ja eller nei."


@pytest.mark.parametrize("kind", ALL)
def test_the_schema_says_in_norwegian_what_may_be_written_and_its_examples_can_be_read(kind: Any) -> None:
    schema = TypeAdapter(kind).json_schema()

    assert "string" in schema["type"]
    assert schema["description"]
    assert all(read(kind, example) is not None for example in schema.get("examples", ()))


def test_the_schema_speaks_the_language_of_the_messages() -> None:
    norwegian = TypeAdapter(WholeNumber).json_schema()["description"]

    speak("en")
    try:
        english = TypeAdapter(WholeNumber).json_schema()["description"]
    finally:
        speak("nb")

    assert (norwegian, english) == ("Et helt tall.", "A whole number.")


def test_a_value_dumped_as_json_reads_as_itself() -> None:
    for kind, text in ((DateValue, "24.10.22"), (PartialDateValue, "oktober 2022"), (TimeRangeValue, "9-11")):
        value = read(kind, text)

        dumped = TypeAdapter(kind).dump_python(value, mode="json")

        assert read(kind, dumped) == value


def test_markdown_that_would_take_minutes_to_parse_is_refused():
    with pytest.raises(ValidationError, match="mer enn 10\u00a0000 linjer"):
        TypeAdapter(MarkdownText).validate_python('[a]: b "\n' + "x\n" * 10_001)
