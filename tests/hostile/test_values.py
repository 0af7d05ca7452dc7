"""Inputs that can be read, and say what can't be."""

from __future__ import annotations

from .bad import Bad, assert_outcome, table
from .ground import BAD, MEETING, Ground, another

GUIDELINE = """\
type: retningslinje
nummer: 3
tittel: Svangerskap og fødsel
versjonslogg:
  - versjon: Første versjon
    godkjent: SSU 26. september 2024
"""


def _m(old: str, new: str) -> str:
    assert old in MEETING
    return MEETING.replace(old, new, 1)


def _case(*lines: str) -> str:
    """Return the meeting with more lines in its last case, the first of them being line 11."""
    return MEETING + "".join(f"    {line}\n" for line in lines)


CASES = (
    Bad(
        "thirtieth-of-february",
        _m("28. mai 2026", "30. februar 2026"),
        "«30. februar 2026» finnes ikke i kalenderen",
        3,
    ),
    Bad("thirteenth-month", _m("28. mai 2026", "28.13.2026"), "Datoen «28.13.2026» finnes ikke i kalenderen.", 3),
    Bad("american-date", _m("28. mai 2026", "5/28/2026"), "Datoen «5/28/2026» kan leses på to måter.", 3),
    Bad("wrong-weekday", _m("28. mai", "mandag 28. mai"), "torsdag", 3),
    Bad("year-1066", _m("2026", "1066"), "Året 1066 i «28. mai 1066» kan ikke være riktig.", 3),
    Bad("year-9999", _m("2026", "9999"), "Året 9999 i «28. mai 9999» kan ikke være riktig.", 3),
    Bad("date-without-year", _m(" 2026", ""), "Datoen «28. mai» mangler året.", 3),
    Bad("date-without-day", _m("28. mai", "mai"), "Datoen «mai 2026» mangler dagen.", 3),
    Bad("date-in-other-digits", _m("28. mai 2026", "٢٨.٥.٢٠٢٦"), "«٢٨.٥.٢٠٢٦» er ikke en dato.", 3),
    Bad("date-as-a-list", _m("28. mai 2026", "[28, 5, 2026]"), "Her står det en liste, men det skal stå én tekst.", 3),
    Bad("hour-25", _m("09.00–11.30", "25.00"), "Klokkeslettet «25.00» finnes ikke.", 4),
    Bad("minute-61", _m("09.00–11.30", "09.61"), "Klokkeslettet «09.61» finnes ikke.", 4),
    Bad("ends-before-it-begins", _m("09.00–11.30", "11.30–09.00"), "Slutten i «11.30–09.00» er ikke etter starten.", 4),
    Bad(
        "midnight-as-24",
        _m("09.00–11.30", "20.00–24.00"),
        "Klokkeslettet «24.00» er slutten på døgnet, og det kan ikke docgen bruke.",
        4,
    ),
    Bad("time-in-words", _m("09.00–11.30", "etter lunsj"), "«etter lunsj» er ikke et klokkeslett.", 4),
    Bad("unknown-status", _m("innkalt", "nesten ferdig"), "«nesten ferdig» kan ikke stå her.", 6),
    Bad("unknown-type", _m("møte", "mote referat"), "«mote referat» er ingen type inndata.", 1),
    Bad("no-type", _m("type: møte\n", ""), "Det står ikke hva denne filen er.", 1),
    Bad("no-date", _m("dato: 28. mai 2026\n", ""), "dato mangler.", 1),
    Bad("no-body", _m("organ: SSU\n", ""), "organ mangler.", 1),
    Bad("unknown-body", _m("SSU", "SSO"), "Mente du SSU?", 2),
    Bad("unknown-key", _m("sted:", "lokale:"), "Nøkkelen lokale er ikke kjent her.", 5),
    Bad("misspelt-key", _m("status:", "staus:"), "Mente du status?", 6),
    Bad("misspelt-key-in-a-case", _case("bakgrun: x"), "Nøkkelen bakgrun er ikke kjent her.", 11),
    Bad("two-keys-for-one-thing", _m("tid:", "møtedato: 28.05.2026\ntid:"), "møtedato og dato betyr det samme.", 4),
    Bad(
        "two-languages-for-one-thing", _case("tilråding: x", "forslag: y"), "forslag og tilråding betyr det samme.", 12
    ),
    Bad("cases-as-a-word", _m("saker:", "sak: ingen\nsaker:"), "Nøkkelen sak er ikke kjent her.", 7),
    Bad(
        "case-as-a-list",
        _m("- tittel: Godkjenning av innkalling", "- [a, b]"),
        "Her skal det stå nøkler med verdier, men det står en liste.",
        8,
    ),
    Bad("title-as-a-group", _m("Årsrapport", "{a: b}"), "Her står det flere nøkler, men det skal stå én tekst.", 9),
    Bad(
        "text-as-a-list",
        _m("Rapporten gjelder fjoråret.", "[a, b]"),
        "Her står det en liste, men det skal stå én tekst.",
        10,
    ),
    Bad("called-without-cases", another(""), "Sakslisten har ingen saker.", 1),
    Bad("called-without-a-place", _m("sted: Storvåg rådhus\n", ""), "Møtet er innkalt, men sted er ikke skrevet.", 1),
    Bad("number-twice", _m("- tittel: G", "- nr: 07/26\n    tittel: G") + "    nr: 7/26\n", "07/26", 8),
    Bad("number-of-another-year", _case("nr: 02/25"), "2026", 11),
    Bad("number-of-the-archive", _case("nr: 14/3716"), "ser ut som arkivets saksnummer", 11),
    Bad("number-of-the-archive-with-year", _case("nr: 2026/4587"), "ser ut som arkivets saksnummer", 11),
    Bad("number-of-a-meeting", _case("nr: møte 2/26"), "«møte 2/26» ser ut som nummeret på et møte eller en", 11),
    Bad("number-nought", _case("nr: 00/26"), "Det finnes ikke noe saksnummer 0, som i «00/26».", 11),
    Bad("number-without-year", _case("nr: 7"), "«7» er ikke et saksnummer.", 11),
    Bad(
        "number-of-a-thousand-digits",
        _case("nr: " + "9" * 900 + "/26"),
        "«99999999999999999999999999999999999999999999999999999999999",
        11,
    ),
    Bad(
        "number-on-a-line-without",
        _case("nr: 02/26", "nummerert: nei"),
        "Saken har nummer 02/26, men det står at den ikke skal ha noe.",
        11,
    ),
    Bad("perhaps-numbered", _case("nummerert: kanskje"), "«kanskje» er verken ja eller nei.", 11),
    Bad("unknown-type-of-case", _case("type: diskusjonsnotat"), "«diskusjonsnotat» kan ikke stå her.", 11),
    Bad("id-twice", _m("- tittel: G", "- id: A\n    tittel: G") + "    id: a\n", "To saker har id-en a.", 12),
    Bad("attachment-missing", _case("vedlegg: [notat.pdf]"), "Vedlegget notat.pdf finnes ikke.", 11),
    Bad(
        "no-consensus-and-no-plan",
        _case("konsensus: nei"),
        "Det ble ikke konsensus, og det står ingen plan for hvordan",
        11,
    ),
    Bad(
        "withdrawn-with-a-decision",
        _case("utfall: trukket", "vedtak: Ja."),
        "Saken er trukket, men det står et vedtak.",
        11,
    ),
    Bad("due-on-no-date", _case("oppfølging:", "  - hva: Ringe", "    frist: snart"), "«snart» er ikke en dato.", 13),
    Bad("absent-and-no-member", MEETING + "forfall: [Ingen Kjenner]\n", "Ingen Kjenner er ikke medlem", 11),
    Bad("unknown-label", MEETING + "følsomhet: Hemmelig\n", "Hemmelig", 11),
    Bad("unknown-language", MEETING + "målform: svensk\n", "«svensk» kan ikke stå her.", 11),
    Bad("chapters-in-a-meeting", MEETING + "kapitler: []\n", "Nøkkelen kapitler er ikke kjent her.", 11),
    Bad("title-only-of-spaces", _m("Årsrapport", '"\u00a0\u2003"'), "tittel mangler.", 9),
    Bad(
        "approved-in-a-draft",
        MEETING + "godkjent: sak 3\n",
        "Det står hvordan protokollen ble godkjent, og status er innkalt.",
        6,
    ),
    Bad(
        "guideline-approved-by-nobody",
        GUIDELINE.replace("SSU 26. september 2024", "{dato: 2024}"),
        "Det står ikke hvem som godkjente versjon Første versjon.",
        6,
    ),
    Bad(
        "version-twice",
        GUIDELINE + "  - versjon: første versjon\n    beskrivelse: x\n",
        "Versjon første versjon står to ganger i versjonsloggen.",
        7,
    ),
    Bad(
        "version-without-description",
        GUIDELINE + "  - versjon: 2\n    godkjent: SSU 1.1.2025\n",
        "Versjon 2 mangler en beskrivelse av hva som er endret.",
        7,
    ),
    Bad(
        "versions-out-of-order",
        GUIDELINE + "  - versjon: 2\n    beskrivelse: x\n    godkjent: SSU 1.1.2020\n",
        "Versjon 2 ble godkjent før versjon Første versjon, som står over.",
        9,
    ),
    Bad(
        "version-as-a-word",
        GUIDELINE.partition("  -")[0].rstrip() + " to\n  tre: fire\n",
        "Linjen er ikke rykket inn likt med dem den hører sammen med.",
        5,
    ),
    Bad("listed-attachment-missing", GUIDELINE + "vedlegg: [3.1 Skjema]\n", "Vedlegg 3.1", 7),
    Bad("attachment-without-number", "type: vedlegg\ntittel: Skjema\n", "Vedlegget har ikke noe nummer.", 1),
    Bad(
        "organisation-of-an-unknown-body",
        "type: organisering\ntittel: O\norganer: [FSU]\n",
        "Det finnes ikke noe mandat for et organ FSU.",
        3,
    ),
    Bad(
        "unknown-chapter",
        "type: organisering\ntittel: O\norganer:\n  - organ: SSU\n    kapitler: [Ikke]\n",
        "Mandatet for SSU har ikke noe kapittel «Ikke».",
        5,
    ),
)


@table(CASES)
def test_an_input_that_says_what_can_not_be(ground: Ground, case: Bad) -> None:
    assert_outcome(ground, case)


def test_two_files_with_one_meeting_are_both_refused_since_only_a_person_knows_which_is_right(ground: Ground) -> None:
    ground.drop(BAD, MEETING.replace("28. mai 2026", "16. april 2026"))
    good = ground.documents()

    outcome = ground.build()

    assert outcome.code == 1
    assert "inputs/godt møte.yaml, linje 3, dato: Møtet i SSU 2026-04-16 står i inputs/offer.yaml også." in outcome.err
    assert "inputs/offer.yaml, linje 3, dato: Møtet i SSU 2026-04-16 står i inputs/godt møte.yaml også." in outcome.err
    assert ground.documents() == good
