"""What is wrong between keys and between files is told beside the file it is about, in Norwegian."""

import pytest

HEAD = "type: møte\norgan: SSU\ndato: 2026-03-12\n"
CALLED = HEAD + "status: innkalt\ntid: 9-11\nsted: Vik\n"
HELD = HEAD + "status: avholdt\ntid: 9-11\nsted: Vik\n"


def test_a_meeting_of_an_unknown_body_names_the_nearest(desk):
    desk.put("m.yaml", HEAD.replace("SSU", "SUS") + "saker: [A]\n")

    assert desk.problems("m.yaml") == [
        "m.yaml, linje 2, organ: Det finnes ikke noe mandat for et organ SUS. Mente du SSU?"
    ]


def test_when_a_mandate_can_not_be_read_the_meeting_says_so(desk):
    desk.put("SSU.yaml", "type: mandat\norgan: SSU\n")
    desk.put("m.yaml", HEAD + "saker: [A]\n")

    assert "Det kan stå i SSU.yaml, som ikke lot seg lese." in desk.problems("m.yaml")[0]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("SSU kopi.yaml", "type: mandat\norgan: ssu\nnavn: Kopi\n"),
        ("r.yaml", "type: retningslinje\nnummer: 1\ntittel: A\n"),
        ("v.yaml", "type: vedlegg\nnummer: 1.1\ntittel: A\n"),
        ("m.yaml", HEAD + "saker: [A]\n"),
        ("o.yaml", "type: organisering\ntittel: A\n"),
    ],
)
def test_two_inputs_with_one_identity_are_both_told(desk, name, text):
    desk.put(name, text)
    desk.put(f"a {name}", text)

    for one, other in ((name, f"a {name}"), (f"a {name}", name)):
        assert any(other in problem and "også" in problem for problem in desk.problems(one))


def test_two_meetings_on_one_day_at_different_times_are_two(desk):
    desk.put("m.yaml", HEAD + "tid: 9\nsaker: [A]\n")
    desk.put("n.yaml", HEAD + "tid: 13\nsaker: [A]\n")

    assert desk.problems("m.yaml") == desk.problems("n.yaml") == []


def test_no_consensus_needs_a_plan(desk):
    desk.put("m.yaml", HELD + "saker:\n- tittel: A\n  konsensus: nei\n")

    assert desk.problems("m.yaml") == [
        "m.yaml, linje 9, saker[1].konsensus: Det ble ikke konsensus, og det står ingen plan for hvordan saken"
        " håndteres videre. Skriv videre håndtering: og hva dere ble enige om. Protokollen skal ha det med."
    ]


def test_no_consensus_with_a_plan_is_right(desk):
    desk.put("m.yaml", HELD + "saker:\n- tittel: A\n  konsensus: nei\n  videre håndtering: Til SSU.\n")

    assert desk.problems("m.yaml") == []


def test_a_consensus_body_that_is_said_to_vote_gets_a_warning(desk):
    desk.put("m.yaml", HELD + "saker:\n- tittel: A\n  vedtak: Enstemmig vedtatt.\n")

    (problem,) = desk.entry("m.yaml").problems

    assert problem.warning
    assert "SSU beslutter ved konsensus og stemmer ikke." in str(problem)


@pytest.mark.parametrize("missing", ["tid", "sted", "saker"])
def test_a_called_meeting_lacks_nothing(desk, missing):
    lines = (CALLED + "saker: [A]\n").splitlines(keepends=True)
    desk.put("m.yaml", "".join(line for line in lines if not line.startswith(missing)))

    assert any(missing in problem or "Sakslisten" in problem for problem in desk.problems("m.yaml"))
    assert not desk.entry("m.yaml").is_right


def test_approved_minutes_say_by_which_case_and_when(desk):
    desk.put("m.yaml", HELD.replace("avholdt", "godkjent") + "saker:\n- {tittel: A, vedtak: Ja}\n")

    assert "Protokollen er godkjent, men det står ikke i hvilken sak og når." in desk.problems("m.yaml")[0]


def test_approval_without_its_status_is_told(desk):
    desk.put("m.yaml", HELD + "godkjent: 05/26\nsaker:\n- {tittel: A, vedtak: Ja}\n")

    assert "status er avholdt" in desk.problems("m.yaml")[0]


def test_someone_absent_who_is_no_member_names_the_nearest(desk):
    desk.put("m.yaml", HEAD + "saker: [A]\nforfall: [Kari Ness]\n")

    assert desk.problems("m.yaml") == [
        "m.yaml, linje 5, forfall[1]: Kari Ness er ikke medlem av SSU. Mente du Kari Nes?"
    ]


def test_nobody_is_both_absent_and_present(desk):
    desk.put("m.yaml", HEAD + "saker: [A]\nforfall: [Kari Nes]\ntil stede: [Kari Nes]\n")

    assert "Kari Nes står både som fraværende og til stede." in desk.problems("m.yaml")[0]


def test_part_attendance_is_by_a_case_of_this_meeting(desk):
    desk.put("m.yaml", HEAD + "saker: [A, B]\ntil stede:\n- {navn: Per Dal, fra: 09/26}\n")

    assert desk.problems("m.yaml") == [
        "m.yaml, linje 6, til stede[1].fra: Sak 09/26 er ikke i dette møtet. Sakene i møtet er 01/26, 02/26."
    ]


def test_a_missing_attachment_of_a_case_is_told(desk):
    desk.present.add("der.pdf")
    desk.put("m.yaml", HEAD + "saker:\n- tittel: A\n  vedlegg: [der.pdf, borte.pdf]\n")

    (problem,) = desk.problems("m.yaml")

    assert problem.startswith("m.yaml, linje 6, saker[1].vedlegg[2]: Vedlegget borte.pdf finnes ikke.")


def test_two_cases_with_one_id_are_told(desk):
    desk.put("m.yaml", HEAD + "saker:\n- {tittel: A, id: x}\n- {tittel: B, id: X}\n")

    assert "To saker har id-en X." in desk.problems("m.yaml")[0]


def test_a_withdrawn_case_has_no_decision(desk):
    desk.put("m.yaml", HELD + "saker:\n- {tittel: A, utfall: trukket, vedtak: Ja}\n")

    assert "Saken er trukket, men det står et vedtak." in desk.problems("m.yaml")[0]


def test_a_case_without_anything_in_the_minutes_gets_a_warning(desk):
    desk.put("m.yaml", HELD + "saker:\n- tittel: A\n- {tittel: B, nummerert: nei}\n- {tittel: C, utfall: utsatt}\n")

    (problem,) = desk.entry("m.yaml").problems

    assert problem.warning
    assert "hvordan det gikk med saken «A»" in str(problem)


def test_a_listed_attachment_without_a_file_is_told(desk):
    desk.put("r.yaml", "type: retningslinje\nnummer: 2\ntittel: R\nvedlegg: [2.1 Mal]\n")

    assert "Vedlegg 2.1 står i listen, men det finnes ingen inndatafil for det." in desk.problems("r.yaml")[0]


def test_an_attachment_is_called_the_same_in_both_places(desk):
    desk.put("r.yaml", "type: retningslinje\nnummer: 2\ntittel: R\nvedlegg: [2.1 Mal]\n")
    desk.put("v.yaml", "type: vedlegg\nnummer: 2.1\ntittel: Skjema\n")

    assert "Vedlegg 2.1 heter «Skjema» i v.yaml." in desk.problems("r.yaml")[0]


def test_an_attachment_that_its_guideline_does_not_list_gets_a_warning(desk):
    desk.put("r.yaml", "type: retningslinje\nnummer: 2\ntittel: R\n")
    desk.put("v.yaml", "type: vedlegg\nnummer: 2.1\ntittel: Skjema\n")

    assert [problem.warning for problem in desk.entry("v.yaml").problems] == [True]


@pytest.mark.parametrize(
    ("log", "told"),
    [
        (
            "[{versjon: 1, godkjent: SSU 1. mai 2025}, {versjon: 2, godkjent: SSU 2. mai 2026}]",
            "mangler en beskrivelse",
        ),
        ("[{versjon: 1}, {versjon: 2, beskrivelse: x, godkjent: SSU 2. mai 2026}]", "Versjon 1 er ikke godkjent"),
        (
            "[{versjon: 1, godkjent: SSU 1. mai 2026}, {versjon: 2, beskrivelse: x, godkjent: SSU 1. mai 2025}]",
            "Versjon 2 ble godkjent før versjon 1",
        ),
        ("[{versjon: A, godkjent: SSU mai 2025}, {versjon: a, beskrivelse: x, godkjent: SSU 2026}]", "står to ganger"),
        ("[{versjon: 1, godkjent: {dato: 2025-05-01}}]", "hvem som godkjente versjon 1"),
        ("[{versjon: 1, godkjent: Partnerskapet 1. mai 2025}]", "Partnerskapet kan ikke godkjenne retningslinje 2"),
    ],
)
def test_a_version_log_has_its_form(desk, log, told):
    desk.put("r.yaml", f"type: retningslinje\nnummer: 2\ntittel: R\nversjonslogg: {log}\n")

    assert any(told in problem for problem in desk.problems("r.yaml")), desk.problems("r.yaml")


def test_a_right_version_log_has_no_problems(desk):
    second = "{versjon: 2, beskrivelse: Nytt, godkjent: {organ: SSU, dato: 1. juni 2025, sak: 05/25}}"
    log = f"[{{versjon: Første versjon, godkjent: SSU mai 2024}}, {second}, {{versjon: 3, beskrivelse: Mer}}]"
    desk.put("r.yaml", f"type: retningslinje\nnummer: 2\ntittel: R\nversjonslogg: {log}\n")

    assert desk.problems("r.yaml") == []


def test_an_unknown_label_names_those_there_are(desk):
    desk.put("m.yaml", HEAD + "følsomhet: Hemmelig\nsaker: [A]\n")

    assert "Skriv en av disse: Åpen, Intern, Fortrolig, Strengt fortrolig." in desk.problems("m.yaml")[0]


@pytest.mark.parametrize("label", ["Intern", "intern (gul)", "INTERN GUL"])
def test_a_label_is_found_as_people_write_it(desk, label):
    desk.put("m.yaml", HEAD + f"følsomhet: {label}\nsaker: [A]\n")

    assert desk.problems("m.yaml") == []


def test_the_organisation_takes_only_chapters_that_there_are(desk):
    desk.put(
        "o.yaml", "type: organisering\ntittel: O\norganer:\n- {organ: SSU, kapitler: [Økonomi]}\n- FSU\nta med: [Mål]\n"
    )

    told = "\n".join(desk.problems("o.yaml"))

    assert "Mandatet for SSU har ikke noe kapittel «Økonomi». Kapitlene er Formål, Oppgaver." in told
    assert "noe mandat for et organ FSU" in told
    assert "Ingen mandater har et kapittel «Mål»." in told


def test_a_word_that_no_document_prints_is_told(desk):
    desk.put("SSU.yaml", desk.files["SSU.yaml"] + "ord: {sakslist: sakliste}\n")

    assert "Ingen dokumenter skriver ut ordet sakslist. Mente du saksliste?" in desk.problems("SSU.yaml")[0]


def test_a_number_form_must_show_case_one_of_2022(desk):
    desk.put("SSU.yaml", desk.files["SSU.yaml"] + "saksnummer: {form: 5/24, start: null}\n")

    assert "viser ikke hvordan sak 1 i 2022 skrives" in desk.problems("SSU.yaml")[0]


def test_what_a_case_continues_must_be_readable(desk):
    desk.put("m.yaml", HEAD + "saker:\n- {tittel: A, fra: i fjor}\n- {tittel: B, fra: FSU 05/24}\n")

    first, second = desk.entry("m.yaml").problems

    assert not first.warning
    assert second.warning
