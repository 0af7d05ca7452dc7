"""What the views of a meeting say: references, remarks, how the minutes stand, dates and the next meeting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.model.view.meeting import case_view, head
from docgen.model.view.minutes import extract_view, minutes_view
from docgen.model.view.notice import case_paper_view, late_agenda_view, notice_view
from tests.view.conftest import HEAD

NYNORSK = HEAD.replace("organ: SSU", "organ: OU")
APPROVED = HEAD.replace("avholdt", "godkjent")


def facts(rows) -> dict[str, str]:
    return {row["navn"]: row["verdi"] for row in rows}


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("5/25", "05/25"),
        ("SSU 5/25", "05/25"),
        ("SSU-sak 5/25", "05/25"),
        ("OU 7/25", "OU OU 7/2025"),
        ("ou 7/2025", "OU OU 7/2025"),
        ("FSU 05/24", "FSU 05/24"),
    ],
)
def test_a_reference_is_printed_in_the_form_of_its_own_body(desk, written, printed):
    sitting = desk.sitting(cases=f"saker: [{{tittel: A, fra: {written}}}]\n")

    assert case_view(sitting, 0)["fremmet_fra"] == printed


def test_a_reference_in_another_body_s_document_names_the_body(desk):
    sitting = desk.sitting(head=NYNORSK, cases="saker: [{tittel: A, fra: SSU 3/26}]\n")

    assert case_view(sitting, 0)["fremmet_fra"] == "SSU 03/26"


@pytest.mark.parametrize(
    ("case", "remark"),
    [
        ("utfall: trukket", "Trukket"),
        ("utfall: utsatt", "Utsatt"),
        ("utfall: behandlet", ""),
        ("tillegg: ja", "Tilleggssak"),
        ("utsatt fra: 5/25", "Utsatt fra sak 05/25"),
        ("tillegg: ja, utsatt fra: 5/25, utfall: trukket", "Tilleggssak. Utsatt fra sak 05/25. Trukket"),
    ],
)
def test_what_is_special_with_a_case_is_remarked(desk, case, remark):
    sitting = desk.sitting(cases=f"saker: [{{tittel: A, {case}}}]\n")

    assert case_view(sitting, 0)["merknad"] == remark


def test_a_notice_does_not_know_what_became_of_a_case_in_the_meeting(desk):
    one = desk.sitting(cases="saker: [{tittel: A, utfall: utsatt}]\n")
    called, held = (
        replace(one, meeting=one.meeting.model_copy(update={"status": status})) for status in ("innkalt", "avholdt")
    )

    assert case_view(called, 0, as_called=True)["merknad"] == "Utsatt"
    assert case_view(held, 0, as_called=True)["merknad"] == ""
    assert case_view(held, 0)["merknad"] == "Utsatt"


@pytest.mark.parametrize(
    ("approved", "sentence"),
    [
        ("{sak: 4/26, dato: 2026-06-04}", "Godkjent i sak 04/26, 4. juni 2026."),
        ("{sak: 4/26}", "Godkjent i sak 04/26."),
        ("04/26", "Godkjent i sak 04/26."),
        ("{dato: juni 2026}", "Godkjent juni 2026."),
    ],
)
def test_approved_minutes_say_by_which_case_and_when(desk, approved, sentence):
    sitting = desk.sitting(f"godkjent: {approved}\n", head=APPROVED)

    assert minutes_view(sitting)["godkjenning"] == sentence
    assert extract_view(sitting, 0)["godkjenning"] == sentence


def test_minutes_that_are_not_approved_say_so(desk):
    assert minutes_view(desk.sitting())["godkjenning"] == "Ikke godkjent ennå. Legges fram til godkjenning."


def test_prefilled_minutes_say_nothing_of_approval_and_bear_the_draft_mark(desk):
    view = minutes_view(desk.sitting(), prefilled=True)

    assert view["godkjenning"] == ""
    assert view["dokument"]["merke"] == "UTKAST"
    assert minutes_view(desk.sitting())["dokument"]["merke"] == ""


def test_dates_are_printed_the_nynorsk_way_in_nynorsk(desk):
    sitting = desk.sitting("neste møte: {dato: tysdag 8. september 2026, tid: 10-12}\n", head=NYNORSK)

    view = minutes_view(sitting)

    assert view["møte"]["ukedag"] == "torsdag"
    assert facts(view["møte"]["fakta"]) == {
        "Møtedato": "torsdag 12. mars 2026",
        "Tid": "kl.\N{NO-BREAK SPACE}09.00–11.00",
        "Stad": "Vik",
        "Saker": "OU 1/2026–OU 3/2026",
    }
    assert view["neste_møte"] == "8. september 2026, kl.\N{NO-BREAK SPACE}10.00–12.00"


def test_a_saturday_is_laurdag_in_nynorsk_and_lørdag_in_bokmål(desk):
    saturday = HEAD.replace("2026-03-12", "2026-03-14")

    assert head(desk.sitting(head=saturday))["ukedag"] == "lørdag"
    assert head(desk.sitting(head=saturday.replace("SSU", "OU")))["ukedag"] == "laurdag"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("{dato: 2026-12-03, tid: 9-12, sted: Lauvnes}", "3. desember 2026, kl.\N{NO-BREAK SPACE}09.00–12.00, Lauvnes"),
        ("{dato: 2026-12-03}", "3. desember 2026"),
        ("{dato: mai 2027, sted: Vik}", "mai 2027, Vik"),
        ("Avtales på e-post", "Avtales på e-post"),
        ("{dato: 2026-12-03, tekst: på Teams}", "3. desember 2026, på Teams"),
    ],
)
def test_the_next_meeting_is_told_with_what_is_known(desk, written, printed):
    assert minutes_view(desk.sitting(f"neste møte: {written}\n"))["neste_møte"] == printed


def test_the_minutes_tell_the_first_and_the_last_case(desk):
    late = "saker: [{tittel: C, tillegg: ja}, A, {tittel: Eventuelt, nummerert: nei}, B]\n"

    assert facts(minutes_view(desk.sitting(cases=late))["møte"]["fakta"])["Saker"] == "01/26–03/26"
    assert facts(minutes_view(desk.sitting(cases="saker: [A]\n"))["møte"]["fakta"])["Saker"] == "01/26"
    assert "Saker" not in facts(
        minutes_view(desk.sitting(cases="saker: [{tittel: A, nummerert: nei}]\n"))["møte"]["fakta"]
    )


def test_the_supplementary_agenda_holds_the_late_cases_alone(desk):
    sitting = desk.sitting(cases="saker: [A, {tittel: B, tillegg: ja}, C]\n")

    assert [(case["nr"], case["tittel"]) for case in late_agenda_view(sitting)["saker"]] == [("03/26", "B")]
    assert [case["nr"] for case in notice_view(sitting)["saker"]] == ["01/26", "03/26", "02/26"]


def test_a_case_paper_has_its_head_with_what_is_known(desk):
    case = "{tittel: A, type: D, ansvarlig: Kari, fra: OU 7/25, bakgrunn: x}"

    view = case_paper_view(desk.sitting(cases=f"saker: [{case}]\n"), 0)

    assert facts(view["hode"]) == {
        "Saksnr.": "01/26",
        "Utvalg": "Strategisk samarbeidsutvalg (SSU)",
        "Møtedato": "12. mars 2026",
        "Sakstype": "Drøftingssak",
        "Saksansvarlig": "Kari",
        "Tidligere behandlet": "OU OU 7/2025",
    }


def test_an_attachment_without_a_title_is_called_after_its_file(desk):
    case = "{tittel: A, vedlegg: [mappe/Plan 2027.docx, {fil: x.pdf, tittel: Tallene}, 'a\\b.pdf']}"

    assert case_view(desk.sitting(cases=f"saker: [{case}]\n"), 0)["vedlegg"] == ["Plan 2027", "Tallene", "b"]


def test_follow_ups_are_told_with_date_and_status_in_words(desk):
    case = "{tittel: A, oppfølging: [{hva: Regne, ansvarlig: Kari, frist: 30.04.2026, status: pågår}, Skrive]}"

    rows = case_view(desk.sitting(head=NYNORSK, cases=f"saker: [{case}]\n"), 0)["oppfølging"]

    assert [tuple(row.values()) for row in rows] == [
        ("Regne", "Kari", "30. april 2026", "I arbeid"),
        ("Skrive", "", "", ""),
    ]


def test_consensus_is_told_only_when_it_is_written(desk):
    cases = "saker: [{tittel: A, konsensus: ja}, {tittel: B, konsensus: nei, videre håndtering: x}, C]\n"
    sitting = desk.sitting(cases=cases)

    assert [case_view(sitting, at)["konsensus"] for at in range(3)] == [
        "Det var konsensus i saken.",
        "Det ble ikke konsensus i saken. Planen for videre håndtering står nedenfor.",
        "",
    ]


def test_an_exempt_case_is_called_by_its_public_title(desk):
    case = "{tittel: Hemmelig, unntatt: {hjemmel: offl. § 13, offentlig tittel: Personalsak}}"

    view = case_view(desk.sitting(cases=f"saker: [{case}]\n"), 0)

    assert view["tittel"] == "Personalsak"
    assert view["unntatt"].replace("\N{NO-BREAK SPACE}", " ") == "Unntatt offentlighet, jf. offl. § 13"


def test_the_full_name_of_a_body_holds_its_short_name_once(desk):
    desk.put("P.yaml", "type: mandat\norgan: Partnerskapet\nnavn: Partnerskapet på Vestlandet\n")

    assert desk.sitting().body_name == "Strategisk samarbeidsutvalg (SSU)"
    assert desk.sitting(head=HEAD.replace("SSU", "Partnerskapet")).body_name == "Partnerskapet på Vestlandet"


def test_numbers_are_called_provisional_in_a_draft_that_has_numbers(desk):
    draft = HEAD.replace("avholdt", "utkast")

    assert notice_view(desk.sitting(head=draft))["foreløpig"] == "Saksnumrene er foreløpige til møtet er innkalt."
    assert notice_view(desk.sitting(head=draft, cases="saker: [{tittel: A, nummerert: nei}]\n"))["foreløpig"] == ""
    assert notice_view(desk.sitting())["foreløpig"] == ""
