"""What is left of a meeting and a mandate for the public: only what is named as public."""

from __future__ import annotations

import pytest

from docgen.model.house import House
from docgen.model.library import Entry, Library
from docgen.model.mandate import Mandate, Member
from docgen.model.meeting import Case, Exemption, Meeting, Presence
from docgen.model.personal import Kind, leads, without_leads
from docgen.model.public import exempt_titles, public_library, public_meeting
from docgen.source import Place, Source

PUBLIC_OF_EXEMPT = {"title", "number", "kind", "numbered", "late", "exempt", "outcome"}


def meeting(*cases: Case, **more: object) -> Meeting:
    return Meeting.model_construct(
        type="møte", body="SSU", date=None, status="innkalt", cases=cases, **{"place": None, "title": None, **more}
    )


def test_every_field_of_an_exempt_case_that_is_not_named_as_public_is_empty():
    full = {name: f"hemmelig {name}" for name in Case.model_fields}
    case = Case.model_construct(
        **{**full, "exempt": Exemption.model_construct(ground="offl. § 13", public_title="Sak")}
    )

    (shown,) = public_meeting(meeting(case)).cases

    for name, field in Case.model_fields.items():
        if name not in PUBLIC_OF_EXEMPT:
            assert getattr(shown, name) == field.get_default(), name
    assert shown.title == "Sak"


def test_what_concerns_people_in_a_meeting_is_left_out():
    given = meeting(report_absence_to="Kari", present=(Presence.model_construct(name="Kari", note="syk"),), remark="x")

    shown = public_meeting(given)

    assert shown.report_absence_to is None
    assert shown.present == ()
    assert shown.remark == ""


def test_of_a_member_only_name_role_and_organisation_are_left():
    full = {name: f"her {name}" for name in Member.model_fields}
    mandate = Mandate.model_construct(body="SSU", name="Utvalg", members=(Member.model_construct(**full),))
    source = Source("SSU.yaml", {}, lambda _path: Place())

    found = public_library(Library([Entry(source, "mandat", mandate)], House())).mandate("SSU")

    (shown,) = found.members
    left = {name for name in Member.model_fields if getattr(shown, name) == full[name]}
    assert left == {"name", "role", "position", "represents", "party"}


def test_only_titles_that_the_public_title_does_not_hold_are_looked_for():
    exempt = Exemption.model_construct(ground="§ 13", public_title="Ny avtale")
    cases = [Case.model_construct(title=title, exempt=exempt) for title in ("Avtale", "Avtale med Ola")]

    assert exempt_titles(meeting(*cases)) == ("Avtale med Ola",)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Jonas Eidem, samhandling@fjord.example", "Jonas Eidem"),
        ("Kari Nes, tlf. 900 11 222", "Kari Nes"),
        ("Ola (e-post: ola@x.example, mobil +47 90 01 12 22)", "Ola"),
        ("direktør, tlf. 22 33 44 55, Storvåg", "direktør, Storvåg"),
        ("Storvåg kommune", "Storvåg kommune"),
        ("Rom 2022, 3. etasje", "Rom 2022, 3. etasje"),
        ("post@x.example", ""),
    ],
)
def test_a_line_about_a_person_is_left_without_how_to_reach_them(line, left):
    assert without_leads(line) == left


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ring 22 33 44 55.", ["22 33 44 55"]),
        ("Tlf: 90011222", ["90011222"]),
        ("+47 22334455", ["+47 22334455"]),
        ("kl. 09.00–11.30 den 24.10.2022", []),
        ("org.nr. 987 654 321 og 12 345 678 kroner", []),
        ("20261203 og 2026-12-03", []),
        ("11 12 13 14 15 16", []),
        ("1.234.567,00", []),
        ("sak 12/26 og 13/26", []),
    ],
)
def test_telephone_numbers_are_told_from_dates_and_sums(text, found):
    assert [one.text for one in leads(text) if one.kind == Kind.PHONE] == found


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("15108695088", True),
        ("151086 95088", True),
        ("151086\u00a095088", True),
        ("151086\n95088", True),
        ("55108695071", True),
        ("15108695077", False),
        ("115108695088", False),
        ("99999999999", False),
    ],
)
def test_an_identity_number_is_known_by_its_check_digits(text, is_one):
    assert [one.kind for one in leads(text) if one.kind == Kind.IDENTITY] == [Kind.IDENTITY] * is_one
    assert not any("95088" in one.text for one in leads(text))
