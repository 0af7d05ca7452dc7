"""What people write becomes typed input, or problems that say what to write instead."""

from docgen.model.documents import documents

MEETING = """\
type: møte
organ: SSU
dato: 2026-03-12
saker: [Budsjett]
"""


def test_a_right_meeting_has_no_problems(desk):
    desk.put("m.yaml", MEETING)

    assert desk.problems("m.yaml") == []


def test_case_space_hyphen_and_underscore_are_one_in_keys(desk):
    desk.put("m.yaml", MEETING + "Til-Stede: [Ann Moe]\nFORFALL_MELDES TIL: Eva\n")

    meeting = desk.entry("m.yaml").value

    assert meeting.present[0].name == "Ann Moe"
    assert meeting.report_absence_to == "Eva"


def test_nynorsk_and_english_keys_are_the_same_as_bokmål(desk):
    desk.put("m.yaml", "type: meeting\norgan: SSU\ndate: 2026-03-12\nstad: Vik\nsaker:\n- title: A\n  tilråding: Ja\n")

    meeting = desk.entry("m.yaml").value

    assert (meeting.place, meeting.cases[0].recommendation) == ("Vik", "Ja")


def test_an_unknown_key_is_refused_with_the_nearest_one(desk):
    desk.put("m.yaml", MEETING.replace("saker: [Budsjett]", "saker:\n  - tittell: Budsjett"))

    assert desk.problems("m.yaml") == [
        "m.yaml, linje 5, saker[1].tittell: Nøkkelen tittell er ikke kjent her. Mente du tittel?"
    ]


def test_an_unknown_key_near_nothing_is_refused_with_those_that_are_known(desk):
    desk.put("m.yaml", MEETING + "xyzzy: 1\n")

    (problem,) = desk.problems("m.yaml")

    assert "Nøkkelen xyzzy er ikke kjent her. Disse nøklene kan stå her: type, målform" in problem


def test_two_spellings_of_one_key_are_refused(desk):
    desk.put("m.yaml", MEETING + "sted: Vik\nstad: Dal\n")

    assert desk.problems("m.yaml") == ["m.yaml, linje 6, stad: stad og sted betyr det samme. Behold én av dem."]


def test_every_problem_of_a_file_is_told_at_once(desk):
    desk.put("m.yaml", "type: møte\ndato: 31.02.2026\nstatus: ferdig\nsaker:\n  - tittel: [a, b]\n  - nr: 1\n")

    told = "\n".join(desk.problems("m.yaml"))

    for part in (
        "organ mangler",
        "linje 2, dato",
        "linje 3, status",
        "linje 5, saker[1].tittel",
        "saker[2].tittel: tittel mangler",
    ):
        assert part in told


def test_a_file_without_type_says_which_types_there_are(desk):
    desk.put("m.yaml", "organ: SSU\n")

    assert desk.problems("m.yaml") == [
        "m.yaml, linje 1, type: Det står ikke hva denne filen er."
        " Skriv type: og en av mandat, retningslinje, vedlegg, møte, organisering."
    ]


def test_a_misspelt_type_is_refused_with_the_nearest(desk):
    desk.put("m.yaml", "type: mandatt\n")

    assert desk.problems("m.yaml")[0].endswith("Mente du type: mandat?")


def test_a_single_text_stands_for_a_list_and_for_the_shorthand_of_a_group(desk):
    desk.put("m.yaml", MEETING + "forfall: Per Dal\ngodkjent: 05/26\nstatus: godkjent\ntid: 9\nsted: Vik\n")

    meeting = desk.entry("m.yaml").value

    assert meeting.absent[0].name == "Per Dal"
    assert meeting.approved.case == "05/26"
    assert meeting.cases[0].title == "Budsjett"


def test_a_group_where_a_text_belongs_is_refused_with_its_place(desk):
    desk.put("m.yaml", MEETING + "sted:\n  by: Vik\n")

    (problem,) = desk.problems("m.yaml")

    assert problem == (
        "m.yaml, linje 5, sted: Her står det flere nøkler, men det skal stå én tekst. Skriv teksten etter nøkkelen."
    )


def test_chapters_in_a_meeting_are_refused_with_where_text_belongs(desk):
    desk.put("m.md", "---\ntype: møte\norgan: SSU\ndato: 2026-03-12\n---\n# Formål\nTekst\n")

    (problem,) = desk.problems("m.md")

    assert "skriv den som bakgrunn, vurdering eller forslag under saker" in problem


def test_an_empty_value_is_as_not_written(desk):
    desk.put("m.yaml", MEETING + "sted:\nreferent: ''\n")

    meeting = desk.entry("m.yaml").value

    assert (meeting.place, meeting.secretary) == (None, None)


def test_the_place_of_a_problem_skips_no_empty_items(desk):
    desk.put(
        "m.yaml", MEETING.replace("saker: [Budsjett]", "saker:\n  - Budsjett\n  -\n  - utfall: tapt\n    tittel: B")
    )

    (problem,) = desk.problems("m.yaml")

    assert problem.startswith("m.yaml, linje 7, saker[3].utfall:")


def test_what_is_wrong_between_files_is_told_together_with_what_is_wrong_in_one(desk):
    desk.put("m.yaml", MEETING + "stedd: Vik\ntid: 25\nforfall: [Kari Ness]\nfølsomhet: Hemmelig\n")

    told = "\n".join(desk.problems("m.yaml"))

    assert "Nøkkelen stedd er ikke kjent her." in told
    assert "linje 6, tid" in told
    assert "Kari Ness er ikke medlem av SSU. Mente du Kari Nes?" in told
    assert "docgen.toml har ingen følsomhet «Hemmelig»." in told


def test_an_input_with_a_problem_is_never_made_whatever_is_left_of_it(desk):
    desk.put("m.yaml", MEETING + "stedd: Vik\n")

    entry = desk.entry("m.yaml")

    library, numbers = desk.library()
    assert entry.rest is not None
    assert not entry.is_right
    assert [plan.kind for plan in documents(library, numbers)] == ["mandat"]


def test_a_mandate_with_a_problem_gives_no_members_to_meetings(desk):
    desk.put("SSU.yaml", desk.files["SSU.yaml"] + "møterom: 3\n")
    desk.put("m.yaml", MEETING)

    assert desk.library()[0].mandate("SSU") is None
    assert not desk.entry("m.yaml").is_right


def test_a_decision_rule_is_told_together_with_an_unknown_key_elsewhere(desk):
    cases = "saker:\n- {tittel: A, konsensus: nei}\n- {tittel: B, konsensus: nei, vidre: Til SSU}\n"
    desk.put("m.yaml", MEETING.replace("saker: [Budsjett]\n", cases))

    told = desk.problems("m.yaml")

    assert [problem.split(":")[0] for problem in told] == [
        "m.yaml, linje 6, saker[2].vidre",
        "m.yaml, linje 5, saker[1].konsensus",
    ]
