"""Case numbers: the form is given by example, every form is understood, one is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.bad_value import BadValue
from docgen.model.case_number import DEFAULT_FORM, CaseNumber, CaseReference, NumberForm, read_reference

EXAMPLES = [
    "01/22",
    "001/22",
    "1/22",
    "1/2022",
    "2022/01",
    "2022/1",
    "22/01",
    "01-22",
    "01–22",
    "HS 01/22",
    "SSU-sak 1/22",
    "S-01-22",
    "1/22 SSU",
]
NUMBER_FIRST = [example for example in EXAMPLES if not NumberForm.by_example(example).year_first]

FORMS = st.sampled_from([NumberForm.by_example(example) for example in EXAMPLES])
SUFFIXES = st.sampled_from(["", "A", "B", "Å"])
CASES = st.builds(CaseNumber, st.integers(1980, 2079), st.integers(1, 9999), SUFFIXES)


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_form_prints_case_1_of_2022_as_its_example(example: str) -> None:
    assert NumberForm.by_example(example).text(CaseNumber(2022, 1)) == example


@pytest.mark.parametrize(
    ("example", "printed"),
    [
        ("01/22", "100/24"),
        ("001/22", "100/24"),
        ("1/2022", "100/2024"),
        ("2022/01", "2024/100"),
        ("HS 01/22", "HS 100/24"),
    ],
)
def test_a_number_wider_than_its_form_is_printed_whole(example: str, printed: str) -> None:
    assert NumberForm.by_example(example).text(CaseNumber(2024, 100)) == printed


@pytest.mark.parametrize("example", ["01/01", "2/22", "x", "", "1/22 B", "22", "01.22", "1/22/1", "H" * 80 + " 1/22"])
def test_an_example_that_does_not_show_case_1_of_2022_is_refused(example: str) -> None:
    with pytest.raises(BadValue) as bad:
        NumberForm.by_example(example)

    assert "viser ikke hvordan sak 1 i 2022 skrives." in bad.value.what
    assert "for eksempel 01/22, 1/2022 eller HS 01/22" in bad.value.fix


@given(FORMS, CASES)
def test_what_a_form_prints_it_reads_back(form: NumberForm, case: CaseNumber) -> None:
    assert form.read(form.text(case)) == case


@given(FORMS, st.builds(CaseNumber, st.integers(1800, 2200), st.integers(1, 9999)))
def test_a_year_that_two_digits_can_not_tell_is_printed_with_four(form: NumberForm, case: CaseNumber) -> None:
    printed = form.text(case)

    assert f"{case.year:04}" in printed or 1980 <= case.year < 2080


@given(
    FORMS,
    CASES,
    st.sampled_from(["sak ", "Sak nr. ", "Saksnr. ", "SAKSNUMMER: ", "saknr ", "SSU ", "SSU-sak ", "ssu: "]),
)
def test_the_word_sak_and_the_name_of_the_body_may_stand_in_front(
    form: NumberForm, case: CaseNumber, words: str
) -> None:
    assert form.read(words + form.text(case), body="SSU") == case


@given(
    st.sampled_from(NUMBER_FIRST),
    st.sampled_from(
        ["{number}/{year}", "{number:03}/{year}", "{number} / {short:02}", "{number:02}-{year}", "{year}/{number}"]
    ),
    st.integers(1980, 2079),
    st.integers(1, 999),
)
def test_every_form_is_understood(example: str, written: str, year: int, number: int) -> None:
    text = written.format(number=number, year=year, short=year % 100)

    assert NumberForm.by_example(example).read(text) == CaseNumber(year, number)


def test_the_own_order_of_the_form_decides_where_both_could_be_meant() -> None:
    number_first, year_first = NumberForm.by_example("01/22"), NumberForm.by_example("22/01")

    assert number_first.read("22/01") == CaseNumber(2001, 22)
    assert year_first.read("22/01") == CaseNumber(2022, 1)


def test_a_year_of_four_digits_is_the_year_in_any_order() -> None:
    assert DEFAULT_FORM.read("2022/15") == CaseNumber(2022, 15)
    assert NumberForm.by_example("22/01").read("15/2022") == CaseNumber(2022, 15)
    assert NumberForm.by_example("2022/01").read("001/22") == CaseNumber(2022, 1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("14/3716", "ser ut som arkivets saksnummer, ikke organets. Skriv organets eget nummer, som 01/22."),
        ("2014/4587", "ser ut som arkivets saksnummer"),
        ("arkivsak 14/371", "ser ut som arkivets saksnummer"),
        ("22/12345", "ser ut som arkivets saksnummer"),
        ("møte 6/2014", "ser ut som nummeret på et møte eller en protokoll, ikke på en sak."),
        ("Protokoll 05/11", "ser ut som nummeret på et møte eller en protokoll"),
        ("00/22", "Det finnes ikke noe saksnummer 0, som i «00/22»."),
        ("2022/0", "Det finnes ikke noe saksnummer 0, som i «2022/0»."),
        ("", "Saksnummeret er tomt."),
        ("sak", "Saksnummeret er tomt."),
        ("FSU 05/24", "«FSU 05/24» er ikke et saksnummer. Skriv bare nummer og år, som 01/22, som er sak 1 i 2022."),
        ("03/22 Budsjett", "er ikke et saksnummer"),
        ("24.10.2022", "er ikke et saksnummer"),
        ("3", "er ikke et saksnummer"),
        ("1/2", "er ikke et saksnummer"),
        ("٣/٢٢", "er ikke et saksnummer"),
    ],
)
def test_what_is_no_case_number_is_told_with_its_remedy(text: str, told: str) -> None:
    with pytest.raises(BadValue) as bad:
        DEFAULT_FORM.read(text)

    assert told in str(bad.value)


def test_the_remedy_is_written_in_the_form_of_the_body() -> None:
    with pytest.raises(BadValue) as bad:
        NumberForm.by_example("HS 01/22").read("tre")

    assert "som HS 01/22," in bad.value.fix


@given(FORMS, st.text(alphabet=st.sampled_from("0123456789/-– abBHSsakå.:"), max_size=14))
def test_any_text_is_a_case_number_or_a_bad_value(form: NumberForm, text: str) -> None:
    try:
        found = form.read(text)
    except BadValue:
        return

    assert form.read(form.text(found)) == found


@given(st.lists(CASES, max_size=8))
def test_cases_sort_by_year_then_number_then_suffix(cases: list[CaseNumber]) -> None:
    assert sorted(cases) == sorted(cases, key=lambda case: (case.year, case.number, case.suffix))


@pytest.mark.parametrize(
    ("text", "body", "number"),
    [
        ("FSU 05/24", "FSU", CaseNumber(2024, 5)),
        ("SSU sak 3/2023", "SSU", CaseNumber(2023, 3)),
        ("SSU-sak 3/23", "SSU", CaseNumber(2023, 3)),
        ("FSU 2 05/24", "FSU 2", CaseNumber(2024, 5)),
        ("Områdeutval sør, sak nr. 3/24 B", "Områdeutval sør", CaseNumber(2024, 3, "B")),
        ("05/24", "", CaseNumber(2024, 5)),
        ("sak 05/24", "", CaseNumber(2024, 5)),
    ],
)
def test_a_reference_names_a_body_and_its_case(text: str, body: str, number: CaseNumber) -> None:
    assert read_reference(text) == CaseReference(body, number)


def test_a_reference_to_a_known_body_is_read_in_its_form_and_named_as_it_is_known() -> None:
    forms = {"FSU 2": NumberForm.by_example("HS 01/22"), "FSU": NumberForm.by_example("22/01")}

    assert read_reference("fsu 22/05", forms) == CaseReference("FSU", CaseNumber(2022, 5))
    assert read_reference("FSU 2 HS 05/22", forms) == CaseReference("FSU 2", CaseNumber(2022, 5))
    assert read_reference("FSU 3 05/22", forms) == CaseReference("FSU 3", CaseNumber(2022, 5))


def test_a_reference_is_understood_as_the_body_prints_its_own_numbers():
    forms = {"OU Nordfjella": NumberForm.by_example("OU 1/2022"), "SSU": NumberForm.by_example("01/22")}
    case = CaseNumber(2026, 3)

    assert read_reference("OU Nordfjella OU 3/2026", forms) == CaseReference("OU Nordfjella", case)
    assert read_reference("OU 3/2026", forms) == CaseReference("OU Nordfjella", case)
    assert read_reference("OU 3/2026", forms, own="OU Nordfjella") == CaseReference("", case)
    assert read_reference("SSU 03/26", forms, own="SSU") == read_reference("03/26", forms, own="SSU")


def test_a_prefix_that_two_bodies_share_names_neither():
    forms = {"FSU A": NumberForm.by_example("F 01/22"), "FSU B": NumberForm.by_example("F 01/22")}

    assert read_reference("F 3/26", forms).body == "F"


def test_a_body_with_a_name_of_one_letter_does_not_cut_words_in_two() -> None:
    assert DEFAULT_FORM.read("sak 3/22", body="S") == CaseNumber(2022, 3)


@pytest.mark.parametrize("text", ["FSU", "", "saken om budsjettet", "FSU 05.24"])
def test_a_reference_without_a_number_is_told_with_its_remedy(text: str) -> None:
    with pytest.raises(BadValue) as bad:
        read_reference(text)

    assert "viser ikke til en sak. Skriv organet og nummeret på saken, for eksempel FSU 05/24." in str(bad.value)
