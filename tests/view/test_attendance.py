"""Who stands in the minutes as present, in which order, and what is said of them."""

from __future__ import annotations

from docgen.model.view.minutes import minutes_view
from docgen.model.view.notice import recipients, senders


def present(desk, text: str = "") -> list[tuple[str, str, str, str]]:
    rows = minutes_view(desk.sitting(text))["fremmøte"]
    return [(row["navn"], row["stilling"], row["organisasjon"], row["merknad"]) for row in rows]


def names(desk, text: str = "") -> list[str]:
    return [row[0] for row in present(desk, text)]


def row(desk, name: str, text: str) -> tuple[str, str, str]:
    return next(one[1:] for one in present(desk, text) if one[0] == name)


def test_members_stand_in_the_mandate_s_order_and_deputies_do_not(desk):
    assert present(desk) == [
        ("Kari Nes", "direktør", "Sykehuset", "Leder"),
        ("Ola Vik", "ordfører", "Vik kommune", "Nestleder"),
        ("Per Dal", "", "Dal kommune", ""),
        ("Liv Aas", "", "Statsforvalteren", "Observatør"),
        ("Siv Moe", "", "", "Sekretær"),
    ]


def test_who_is_absent_is_not_present(desk):
    assert names(desk, "forfall: [Per Dal]\n") == ["Kari Nes", "Ola Vik", "Liv Aas", "Siv Moe"]


def test_a_deputy_comes_only_when_named_though_the_mandate_has_one(desk):
    assert "Eva Lie" not in names(desk, "forfall: [Ola Vik]\n")


def test_a_named_deputy_stands_in_the_member_s_place_with_own_position(desk):
    rows = present(desk, "forfall: [{navn: Ola Vik, vara: Eva Lie}]\n")

    assert rows[1] == ("Eva Lie", "kommunalsjef", "Vik kommune", "For Ola Vik")


def test_a_deputy_whom_the_mandate_does_not_know_represents_what_the_member_does(desk):
    assert row(desk, "Ny Vara", "forfall: [{navn: Ola Vik, vara: Ny Vara}]\n") == ("", "Vik kommune", "For Ola Vik")


def test_a_deputy_s_position_may_be_written_in_the_meeting(desk):
    text = (
        "forfall: [{navn: Ola Vik, vara: Ny Vara}]\n"
        "til stede: [{navn: ny vara, stilling: rådgiver, representerer: Vik havn}]\n"
    )

    assert row(desk, "Ny Vara", text) == ("rådgiver", "Vik havn", "For Ola Vik")
    assert names(desk, text).count("Ny Vara") == 1
    assert "ny vara" not in names(desk, text)


def test_a_deputy_does_not_take_over_the_role_of_the_leader(desk):
    assert row(desk, "Eva Lie", "forfall: [{navn: Kari Nes, vara: Eva Lie}]\n")[2] == "For Kari Nes"


def test_a_deputy_of_the_mandate_who_is_listed_as_present_is_there(desk):
    assert names(desk, "til stede: [Eva Lie]\n")[3] == "Eva Lie"


def test_the_others_come_last_in_the_order_of_the_file(desk):
    text = "til stede:\n- {navn: Åse Gjest, stilling: forsker, representerer: NTNU, merknad: Innleder}\n- Bo Gjest\n"

    assert present(desk, text)[-2:] == [("Åse Gjest", "forsker", "NTNU", "Innleder"), ("Bo Gjest", "", "", "")]


def test_part_attendance_is_told_by_the_cases(desk):
    text = (
        "til stede:\n- {navn: Per Dal, fra: 2/26}\n- {navn: Ola Vik, til: 02/26}\n"
        "- {navn: A, stilling: x, fra: 01/26, til: 02/26}\n- {navn: B, stilling: x, fra: 3/26, til: 03/26}\n"
    )

    told = {one[0]: one[3] for one in present(desk, text)}

    assert told["Per Dal"] == "Fra sak 02/26"
    assert told["Ola Vik"] == "Nestleder. Til og med sak 02/26"
    assert told["A"] == "Fra sak 01/26 til sak 02/26"
    assert told["B"] == "Sak 03/26"


def test_a_member_who_is_listed_as_present_stands_once_in_the_same_place(desk):
    assert names(desk, "til stede: [{navn: Per Dal, merknad: på skjerm}]\n") == names(desk)
    assert row(desk, "Per Dal", "til stede: [{navn: Per Dal, merknad: på skjerm}]\n")[2] == "på skjerm"


def test_the_absent_stand_with_position_and_deputy(desk):
    rows = minutes_view(desk.sitting("forfall: [{navn: Ola Vik, vara: Eva Lie}, Per Dal]\n"))["forfall"]

    assert [tuple(one.values()) for one in rows] == [
        ("Ola Vik", "ordfører", "Vik kommune", "Vara som møter: Eva Lie"),
        ("Per Dal", "", "Dal kommune", ""),
    ]


def test_a_reason_for_absence_has_no_place_in_the_input(desk):
    desk.put("m.yaml", "type: møte\norgan: SSU\ndato: 2026-03-12\nforfall: [{navn: Per Dal, årsak: syk}]\n")

    assert "Nøkkelen årsak er ikke kjent her." in desk.problems("m.yaml")[0]


def test_deputies_are_not_called(desk):
    called = [member["navn"] for member in recipients(desk.sitting())]

    assert called == ["Kari Nes", "Ola Vik", "Per Dal", "Liv Aas", "Siv Moe"]


def test_the_leader_and_then_the_secretary_sign_the_notice(desk):
    assert [tuple(one.values()) for one in senders(desk.sitting())] == [("Kari Nes", "Leder"), ("Siv Moe", "Sekretær")]
