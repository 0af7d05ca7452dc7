"""`docgen log`: the approved versions of documents, and when the numbers of a meeting were fixed."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from docgen.model.dates import short_date
from tests.cli.registered import APPROVED_TWICE, GUIDELINE, Registered, lines
from tests.run.office import APPROVED, SSU

TODAY = short_date(datetime.now().date())
LOG = """
versjonslogg:
  - {versjon: Første versjon, godkjent: Partnerskapet november 2020}
  - {versjon: "2", beskrivelse: Nye medlemmer, godkjent: {organ: Partnerskapet, dato: 26.9.2024, sak: 03/24}}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = Registered(tmp_path_factory.mktemp("log") / "kontor").with_cases()
    office.fix("mandates/SSU.yaml", SSU + LOG)
    office.fix("retningslinje 1.yaml", GUIDELINE)
    office.fix("retningslinje 1.yaml", APPROVED_TWICE)
    office.fix("ssu mars.yaml", APPROVED.replace("tittel: Budsjett", "tittel: Budsjett\n    utfall: utsatt"))
    return office.root


@pytest.fixture
def office(built: Path, tmp_path: Path) -> Registered:
    return Registered.copied(built, tmp_path)


def test_every_document_stands_with_the_edition_in_force_and_every_year_with_its_numbers(office):
    assert lines(office("log")) == [
        "Dokument Tittel Gjelder nå Godkjent Versjoner",
        "mandat SSU Strategisk samarbeidsutvalg 2 Partnerskapet 26.09.2024 sak 03/24 2",
        "protokoll SSU 2026-03-12 1 SSU 04.06.2026 sak 04/26 1",
        "retningslinje 1 Opplæring 2 Partnerskapet 04.06.2026 sak 03/26 2",
        "",
        "OU 2027: 1 møte, 2 saker (OU 1/2027 – OU 2/2027)",
        "SSU 2026: 2 møter, 6 saker (01/26 – 06/26)",
    ]


GUIDELINE_LOG = [
    "Versjon Beskrivelse Godkjent Låst Merknad",
    f"Første versjon SSU 26.09.2024 {TODAY}",
    f"2 Nytt formål Partnerskapet 04.06.2026 sak 03/26 {TODAY} gjelder nå",
]


@pytest.mark.parametrize(
    "named",
    [
        ("retningslinje 1",),
        ("RETNINGSLINJE", "1"),
        ("retningsline 1",),
        ("Opplæring",),
        ("Retningslinje 1 Opplæring",),
        ("inputs/retningslinje 1.yaml",),
        ("retningslinje 1.yaml",),
    ],
)
def test_a_document_is_found_by_kind_and_number_by_title_and_by_its_input(office, named):
    assert lines(office("log", *named)) == GUIDELINE_LOG


def test_an_edition_that_docgen_never_saw_is_told_from_the_others(office):
    assert lines(office("log", "mandat", "ssu"))[1:] == [
        f"Første versjon Partnerskapet 11.2020 {TODAY} uten innhold i registeret",
        f"2 Nye medlemmer Partnerskapet 26.09.2024 sak 03/24 {TODAY} gjelder nå",
    ]


MINUTES_LOG = ["Versjon Godkjent Låst Merknad", f"1 SSU 04.06.2026 sak 04/26 {TODAY} gjelder nå"]


@pytest.mark.parametrize("date", ["2026-03-12", "12.03.2026", "12.3.26", "12. mars 2026", "torsdag 12. mars 2026"])
def test_minutes_are_found_by_body_and_date_in_any_form(office, date):
    assert lines(office("log", f"protokoll SSU {date}")) == MINUTES_LOG


@pytest.mark.parametrize(
    "named", ["SSU 12.03.2026", "Strategisk samarbeidsutvalg 12. mars 2026", "2026-03-12 SSU", "inputs/ssu mars.yaml"]
)
def test_a_meeting_shows_its_numbers_and_when_they_were_fixed_and_then_its_minutes(office, named):
    assert lines(office("log", named)) == [
        "Sak Tittel Fast fra",
        f"01/26 Godkjenning av innkalling {TODAY}",
        f"02/26 Budsjett {TODAY}",
        "",
        *MINUTES_LOG,
    ]


def test_a_document_is_found_by_its_input_after_that_is_gone(office):
    (office.root / "inputs/retningslinje 1.yaml").unlink()

    assert lines(office("log", "inputs/retningslinje 1.yaml")) == GUIDELINE_LOG


def test_an_input_is_found_from_the_folder_where_the_user_is(office):
    office.docgen.here = office.root / "inputs"

    assert lines(office("log", "./retningslinje 1.yaml")) == GUIDELINE_LOG


def test_a_title_that_two_documents_have_is_not_guessed_at(office):
    office.drop("vedlegg.yaml", "type: vedlegg\nnummer: 1.1\ntittel: Opplæring\nkapitler: []\n")

    assert office("log", "Opplæring").returncode == 2
    assert lines(office("log", "retningslinje Opplæring")) == GUIDELINE_LOG


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("retningslinje 2", "docgen kjenner ikke noe dokument «retningslinje 2». Mente du retningslinje 1?"),
        ("", "docgen kjenner ikke noe dokument «». Skriv en av disse: mandat SSU, "),
        ("mandat SUS", "docgen kjenner ikke noe dokument «mandat SUS». Mente du mandat SSU?"),
        (
            "ssu",
            "docgen kjenner ikke noe dokument «ssu». "
            "Skriv en av disse: mandat SSU, protokoll SSU 2026-03-12, SSU 12.03.2026, SSU 04.06.2026.",
        ),
        ("SSU 13.03.2026", "Det er ikke noe møte i SSU 13.03.2026 i registeret. Mente du SSU 12.03.2026?"),
        ("protokoll OU 12.03.2026", "Det er ikke noe møte i OU 12.03.2026 i registeret. Mente du OU 11.01.2027?"),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest_that_is(office, named, said):
    done = office("log", named)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"docgen: {said}")


def test_two_meetings_of_a_day_are_told_apart_by_their_start(office):
    second = APPROVED.partition("status:")[0].replace("9-11", "13-15")
    office.fix("ssu ettermiddag.yaml", f"{second}status: innkalt\nsaker: [Ekstra sak]\n")

    asked, morning = office("log", "SSU 12.03.2026"), office("log", "SSU 12.03.2026 kl. 9.00")

    assert (
        asked.stderr
        == "docgen: SSU har flere møter 12.03.2026. Skriv når møtet begynner, etter datoen: 09:00, 13:00.\n"
    )
    assert "Budsjett" in morning.stdout
    assert "Ekstra sak" in office("log", "SSU 12.03.2026 13:00").stdout


def test_a_document_without_an_approved_version_is_no_fault(office):
    for named in ("mandat OU", "mandates/OU.yaml", "Områdeutvalet"):
        done = office("log", named)

        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr == "«mandat OU» har ingen godkjent versjon ennå.\n"


def test_a_meeting_that_is_a_draft_is_said_to_have_no_fixed_numbers(office):
    draft = "type: møte\norgan: SSU\ndato: 2026-09-01\nsaker: [Budsjett 2027]\n"
    office.drop("ssu høst.yaml", draft)

    for named in ("SSU 1.9.2026", "inputs/ssu høst.yaml"):
        done = office("log", named)

        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr.startswith("Saksnumrene til dette møtet er ikke faste ennå.")


def test_an_empty_register_is_told_of_kindly(tmp_path):
    office = Registered(tmp_path / "kontor")

    assert office("log").stderr == "Ingenting er godkjent eller gjort fast ennå.\n"
    assert office("log").returncode == 0


def test_json_tells_of_each_edition(office):
    told = json.loads(office("log", "mandat SSU", "--json").stdout)

    first, second = told["editions"]
    assert datetime.fromisoformat(second.pop("locked_at")).tzinfo is not None
    assert told["document"] == "mandat SSU"
    assert second == {
        "version": "2",
        "description": "Nye medlemmer",
        "approved": "Partnerskapet 26.09.2024 sak 03/24",
        "body": "Partnerskapet",
        "date": "2024-09-26",
        "case": "03/24",
        "has_content": True,
        "in_force": True,
        "files": ["mandater/Mandat SSU.docx"],
    }
    assert (first["date"], first["has_content"], first["in_force"]) == ("2020-11", False, False)


def test_json_tells_of_a_meeting_and_of_everything(office):
    meeting = json.loads(office("log", "SSU 12.3.2026", "--json").stdout)
    everything = json.loads(office("log", "--json").stdout)

    assert [case["text"] for case in meeting["cases"]] == ["01/26", "02/26"]
    assert meeting["meeting"]["source"] == "inputs/ssu mars"
    assert everything["documents"][0]["document"] == "mandat SSU"
    assert everything["meetings"][0] == {
        "body": "OU",
        "year": 2027,
        "meetings": 1,
        "cases": 2,
        "first": "OU 1/2027",
        "last": "OU 2/2027",
    }
