"""Case numbers: what is written stands, the rest get the next free number of the body's year."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.model.conftest import SSU, Desk


def meeting(date, *cases, status="utkast"):
    head = f"type: møte\norgan: SSU\ndato: {date}\nstatus: {status}\ntid: 9\nsted: Vik\nsaker:\n"
    return head + "".join(f"- {{{case}}}\n" for case in cases)


def test_the_year_begins_at_one_and_runs_on_across_meetings(desk):
    desk.put("b.yaml", meeting("2026-05-01", "tittel: C"))
    desk.put("a.yaml", meeting("2026-09-01", "tittel: D"))
    desk.put("c.yaml", meeting("2026-01-01", "tittel: A", "tittel: B"))

    assert [desk.numbers(name) for name in ("c.yaml", "b.yaml", "a.yaml")] == [["01/26", "02/26"], ["03/26"], ["04/26"]]


def test_meetings_that_are_called_are_numbered_before_drafts(desk):
    desk.put("draft.yaml", meeting("2026-01-01", "tittel: A"))
    desk.put("called.yaml", meeting("2026-05-01", "tittel: B", status="innkalt"))

    assert (desk.numbers("called.yaml"), desk.numbers("draft.yaml")) == (["01/26"], ["02/26"])


def test_written_numbers_stand_and_the_next_go_on_after_them(desk):
    desk.put("a.yaml", meeting("2026-01-01", "tittel: A, nr: 07/26", "tittel: B"))

    assert desk.numbers("a.yaml") == ["07/26", "08/26"]


def test_a_computed_number_never_takes_one_that_is_written_in_another_file(desk):
    desk.put("a.yaml", meeting("2026-01-01", "tittel: A", "tittel: B"))
    desk.put("b.yaml", meeting("2026-05-01", "tittel: C, nr: 02/26"))

    assert desk.numbers("a.yaml") == ["01/26", "03/26"]


def test_a_late_case_gets_the_last_number_wherever_it_stands(desk):
    desk.put("a.yaml", meeting("2026-01-01", "tittel: A", "tittel: Sein, tillegg: ja", "tittel: B", status="innkalt"))

    assert desk.numbers("a.yaml") == ["01/26", "03/26", "02/26"]


def test_a_line_without_a_number_takes_none(desk):
    desk.put("a.yaml", meeting("2026-01-01", "tittel: A", "tittel: Referatsaker, nummerert: nei", "tittel: B"))

    assert desk.numbers("a.yaml") == ["01/26", "-", "02/26"]


def test_a_new_year_begins_anew_by_the_meetings_date(desk):
    desk.put("a.yaml", meeting("2026-12-31", "tittel: A"))
    desk.put("b.yaml", meeting("2027-01-01", "tittel: B"))

    assert (desk.numbers("a.yaml"), desk.numbers("b.yaml")) == (["01/26"], ["01/27"])


def test_the_mandate_may_begin_the_year_elsewhere_and_choose_the_form(desk):
    desk.put("SSU.yaml", desk.files["SSU.yaml"] + "saksnummer: {form: HS 1/2022, start: 5}\n")
    desk.put("a.yaml", meeting("2026-01-01", "tittel: A"))

    assert desk.numbers("a.yaml") == ["HS 5/2026"]


def test_bodies_that_share_a_sequence_draw_from_it_in_turn(desk):
    shared = "saksnummer: {form: 01/22, serie: felles}\n"
    desk.put("SSU.yaml", desk.files["SSU.yaml"] + shared)
    desk.put("FSU.yaml", "type: mandat\norgan: FSU\nnavn: Faglig\n" + shared)
    desk.put("a.yaml", meeting("2026-01-01", "tittel: A"))
    desk.put("b.yaml", meeting("2026-02-01", "tittel: B").replace("SSU", "FSU"))

    assert (desk.numbers("a.yaml"), desk.numbers("b.yaml")) == (["01/26"], ["02/26"])


def test_a_number_used_twice_is_told_beside_both(desk):
    desk.put("a.yaml", meeting("2026-01-01", "tittel: A, nr: 01/26"))
    desk.put("b.yaml", meeting("2026-02-01", "tittel: B, nr: 1/2026"))

    for one, other in (("a.yaml", "b.yaml"), ("b.yaml", "a.yaml")):
        (problem,) = desk.problems(one)
        assert "Saksnummer 01/26 er brukt to ganger." in problem
        assert f"{other}, linje 8, saker[1].nr" in problem


def test_a_number_of_another_year_than_the_meeting_is_told(desk):
    desk.put("a.yaml", meeting("2026-01-01", "tittel: A, nr: 01/25"))

    assert "Sak 01/25 hører til et annet år enn møtet, som er i 2026." in desk.problems("a.yaml")[0]


def test_a_number_on_a_line_without_number_is_told(desk):
    desk.put("a.yaml", meeting("2026-01-01", "tittel: A, nr: 01/26, nummerert: nei"))

    assert "Ta bort nr: eller nummerert: nei." in desk.problems("a.yaml")[0]


def test_a_problem_in_one_meeting_changes_no_number_of_another(desk):
    desk.put("a.yaml", meeting("2026-01-01", "tittel: A", "tittel: B"))
    desk.put("b.yaml", meeting("2026-05-01", "tittel: C"))
    before = desk.numbers("b.yaml")

    desk.put("a.yaml", desk.files["a.yaml"] + "ukjent: nøkkel\n")

    assert not desk.entry("a.yaml").is_right
    assert desk.numbers("b.yaml") == before == ["03/26"]


cases = st.lists(
    st.tuples(st.sampled_from(["", ", tillegg: ja", ", nummerert: nei"]), st.one_of(st.none(), st.integers(1, 30))),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["utkast", "innkalt"]), cases), min_size=1, max_size=4))
def test_no_number_is_given_twice_and_what_is_written_stands(meetings):
    desk, written, used = Desk(), {}, set()
    desk.put("SSU.yaml", SSU)
    for month, status, given_cases in meetings:
        name = f"{month:02}.yaml"
        lines = []
        for at, (extra, number) in enumerate(given_cases):
            own = number if number not in used and "nei" not in extra and name not in desk.files else None
            if own:
                used.add(own)
                written[name, at] = own
            lines.append(f"tittel: Sak {at}{extra}" + (f", nr: {own:02}/26" if own else ""))
        if name not in desk.files:
            desk.put(name, meeting(f"2026-{month:02}-01", *lines, status=status))

    _library, numbers = desk.library()

    given_numbers = [number for row in numbers.values() for number in row.numbers if number]
    assert len(given_numbers) == len(set(given_numbers))
    for (name, at), number in written.items():
        assert numbers[name].numbers[at].number == number
