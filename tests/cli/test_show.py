"""`docgen show`: an edition as it was approved, its inputs, and with today's look."""

import shutil
import sqlite3
from base64 import b64decode
from pathlib import Path

import docx
import pytest

from tests.cli.registered import APPROVED_TWICE, GUIDELINE, Registered, lines
from tests.run.office import APPROVED, HELD, SSU
from tests.run.paper import Paper

LOG = """
versjonslogg:
  - {versjon: Første versjon, godkjent: Partnerskapet november 2020}
  - {versjon: "2", beskrivelse: Nye medlemmer, godkjent: {organ: Partnerskapet, dato: 26.9.2024}}
"""
FIRST = "output/utgaver/Retningslinje 1 Opplæring (Første versjon).docx"
SECOND = "output/utgaver/Retningslinje 1 Opplæring (versjon 2).docx"
MADE = "output/retningslinjer/Retningslinje 1 Opplæring.docx"
RED_DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg=="
)
CORRECTED = APPROVED.replace("status:", "rettelser: [{dato: 2026-06-20, tekst: Rettet tittel}]\nstatus:").replace(
    "tittel: Budsjett", "tittel: Budsjett 2027\n    nr: 02/26"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a guideline in two versions, whose first document is kept in first.docx."""
    office = Registered(tmp_path_factory.mktemp("show") / "kontor")
    office.fix("mandates/SSU.yaml", SSU + LOG)
    office.fix("retningslinje 1.yaml", GUIDELINE)
    shutil.copy(office.root / MADE, office.root / "first.docx")
    office.fix("retningslinje 1.yaml", APPROVED_TWICE)
    office.fix("ssu mars.yaml", HELD)
    office.fix("ssu mars.yaml", APPROVED)
    return office.root


@pytest.fixture
def office(built: Path, tmp_path: Path) -> Registered:
    return Registered.copied(built, tmp_path)


def content(office: Registered, name: str) -> bytes:
    return (office.root / name).read_bytes()


def test_the_edition_in_force_is_written_byte_for_byte_as_it_was_approved(office):
    assert lines(office("show", "retningslinje 1")) == [SECOND]
    assert content(office, SECOND) == content(office, MADE)


def test_a_superseded_edition_is_shown_again(office):
    assert lines(office("show", "retningslinje", "1", "--version", "første VERSJON")) == [FIRST]
    assert content(office, FIRST) == content(office, "first.docx")
    assert "Lære sammen." in Paper(office.root / FIRST).text


def test_an_edition_is_shown_though_its_input_and_output_are_gone(office):
    before = content(office, MADE)
    shutil.rmtree(office.output)
    (office.root / "inputs/retningslinje 1.yaml").unlink()

    office("show", "retningslinje 1", "--versjon", "versjon 2")

    assert content(office, SECOND) == before


def test_minutes_come_with_the_extracts_of_their_cases(office):
    names = lines(office("show", "SSU 12.3.2026"))

    folder = "output/utgaver/2026-03-12 SSU "
    assert names == [
        f"{folder}protokoll (versjon 1).docx",
        f"{folder}særutskrift 01-26 Godkjenning av innkalling (versjon 1).docx",
        f"{folder}særutskrift 02-26 Budsjett (versjon 1).docx",
    ]
    assert content(office, names[0]) == content(office, "output/SSU/2026-03-12/2026-03-12 SSU protokoll.docx")


def test_long_names_are_cut_and_no_file_takes_the_place_of_another(office):
    body = "Samarbeidsutvalget for pasienttransport og legevakt i sju kommuner"
    office.drop("mandates/lang.yaml", SSU.replace("organ: SSU", f"organ: {body}"))
    office.fix("lang.yaml", HELD.replace("organ: SSU", f"organ: {body}"))
    office.fix("lang.yaml", APPROVED.replace("organ: SSU", f"organ: {body}"))

    names = lines(office("show", f"{body} 12.3.2026", "--new-look"))

    assert len(set(names)) == len({content(office, name) for name in names}) == 3
    assert all("(versjon 1)" in name and len(Path(name).name.encode()) <= 120 for name in names)


def test_the_frozen_inputs_are_written_as_they_were(office):
    names = lines(office("show", "retningslinje 1", "--version", "Første versjon", "--input"))

    assert names == ["output/utgaver/retningslinje 1 (Første versjon)/inputs/retningslinje 1.yaml"]
    assert content(office, names[0]).decode() == GUIDELINE.lstrip()


def test_the_inputs_that_facts_were_taken_from_come_too(office):
    names = lines(office("show", "SSU 12.3.2026", "--input"))

    folder = "output/utgaver/ssu mars (versjon 1)"
    assert names == [f"{folder}/inputs/ssu mars.yaml", f"{folder}/mandates/SSU.yaml"]


@pytest.mark.parametrize("named", ["retningslinje 1", "mandat SSU", "SSU 12.3.2026"])
def test_a_new_look_from_the_same_templates_is_the_same_document(office, named):
    frozen = lines(office("show", named))
    again = lines(office("show", named, "--new-look"))

    assert [name.replace(").docx", ") (nytt utseende).docx") for name in frozen] == again
    assert [content(office, name) for name in frozen] == [content(office, name) for name in again]


def test_a_new_look_has_the_old_text_in_todays_template(office):
    template = docx.Document(office.root / "templates/retningslinje.docx")
    template.add_paragraph("Ny bunntekst 2027")
    template.save(office.root / "templates/retningslinje.docx")

    (name,) = lines(office("show", "retningslinje 1", "--version", "Første versjon", "--new-look"))

    text = Paper(office.root / name).text
    assert "Lære sammen." in text
    assert "Ny bunntekst 2027" in text


def test_a_new_look_keeps_the_numbers_that_the_cases_had_under_their_old_titles(office):
    office.fix("ssu mars.yaml", CORRECTED)

    names = lines(office("show", "SSU 12.3.2026", "--version", "1", "--new-look"))

    text = Paper(office.root / names[0]).text
    assert "02/26 Budsjett\n" in text
    assert "Budsjett 2027" not in text


def test_pictures_come_with_the_inputs_and_into_a_new_look(office):
    picture = office.root / "inputs/bilder/kart.png"
    picture.parent.mkdir()
    picture.write_bytes(RED_DOT)
    shown = GUIDELINE.replace("nummer: 1", "nummer: 4").replace("Lære sammen.", '"![Kart](../bilder/kart.png)"')
    office.fix("fag/retningslinje 4.yaml", shown)
    picture.write_bytes(RED_DOT + b"another")

    names = lines(office("show", "retningslinje 4", "--input"))
    (frozen,), (again,) = (lines(office("show", "retningslinje 4", *new)) for new in ((), ("--new-look",)))

    assert names[-1] == "output/utgaver/retningslinje 4 (Første versjon)/inputs/bilder/kart.png"
    assert content(office, names[-1]) == RED_DOT
    assert content(office, again) == content(office, frozen)


def test_an_edition_known_by_its_row_only_is_told_of(office):
    done = office("show", "mandat SSU", "--version", "Første versjon")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(
        "docgen: docgen har ingen filer av versjon «Første versjon» av «mandat SSU»: "
        "bare raden i versjonsloggen er registrert."
    )


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ("retningslinje 1", "--version", "3"),
            "«retningslinje 1» har ingen versjon «3». Versjonene er: Første versjon, 2.",
        ),
        (("retningslinje 1", "--version", "Fyrste versjon"), "«Fyrste versjon». Mente du Første versjon?"),
        (("retningslinje 11",), "docgen kjenner ikke noe dokument «retningslinje 11». Mente du retningslinje 1?"),
        (("retningslinje 1", "--input", "--new-look"), "--input og --new-look kan ikke brukes sammen."),
        (("SSU 12.3.2026", "-o", "en.docx"), "Versjonen har 3 filer, og alle kan ikke hete dette."),
        (("retningslinje 1", "--input", "-o", "inputs/gammel"), "Der ville docgen tatt filene for inndata."),
    ],
)
def test_a_wrong_call_is_told_with_what_to_write(office, args, said):
    done = office("show", *args)

    assert done.returncode == 2
    assert said in done.stderr
    assert not (office.output / "utgaver").exists()
    assert not (office.root / "inputs/gammel").exists()


def test_a_document_that_was_never_approved_can_not_be_shown(office):
    office.drop("vedlegg.yaml", "type: vedlegg\nnummer: 1.1\ntittel: Program\nkapitler: []\n")

    done = office("show", "vedlegg 1.1")

    assert done.returncode == 2
    assert "«vedlegg 1.1» har ingen godkjent versjon ennå. docgen build lager det slik det er nå." in done.stderr


def test_it_is_put_where_the_user_says(office, tmp_path):
    assert lines(office("show", "retningslinje 1", "-o", "ny mappe/gjeldende.docx")) == ["ny mappe/gjeldende.docx"]
    assert lines(office("show", "retningslinje 1", "-o", "arkiv"))[0].startswith("arkiv/Retningslinje 1 Opplæring")
    (elsewhere,) = office("show", "retningslinje 1", "-o", str(tmp_path / "ute.docx")).stdout.splitlines()

    assert Path(elsewhere) == tmp_path / "ute.docx"
    assert Path(elsewhere).read_bytes() == content(office, "ny mappe/gjeldende.docx") == content(office, MADE)


def test_a_document_that_a_person_has_edited_is_kept(office):
    office("show", "retningslinje 1")
    edited = docx.Document(office.root / SECOND)
    edited.add_paragraph("Mine notater")
    edited.save(office.root / SECOND)
    before = content(office, SECOND)

    done = office("show", "retningslinje 1")

    assert lines(done) == [SECOND.replace(".docx", " (ny).docx")]
    assert done.stderr.startswith("Det lå alt en fil der som docgen ikke har laget, eller som er endret.")
    assert content(office, SECOND) == before


def test_an_input_that_a_person_has_edited_is_kept(office):
    (name,) = lines(office("show", "retningslinje 1", "--input"))
    (office.root / name).write_text("mine notater", "utf-8")

    (beside,) = lines(office("show", "retningslinje 1", "--input"))

    assert beside.endswith("retningslinje 1 (ny).yaml")
    assert content(office, name) == b"mine notater"


def test_a_frozen_file_that_is_not_as_it_was_is_never_shown(office):
    with sqlite3.connect(office.root / ".docgen/register.db") as database:
        database.execute("PRAGMA writable_schema = ON")
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute("UPDATE file SET data = zeroblob(20)")

    done = office("show", "retningslinje 1")

    assert (done.returncode, done.stdout) == (2, "")
    assert "er ikke slik den var" in done.stderr
    assert not (office.output / "utgaver").exists()


def test_a_link_out_of_the_output_folder_is_not_followed(office, tmp_path):
    (tmp_path / "ute").mkdir()
    (office.output / "utgaver").symlink_to(tmp_path / "ute")

    done = office("show", "retningslinje 1")

    assert done.returncode == 2
    assert "Mappen er en lenke som fører ut av output." in done.stderr
    assert not list((tmp_path / "ute").iterdir())


def test_what_was_shown_does_not_disturb_the_next_build(office):
    office("show", "retningslinje 1", "--version", "Første versjon")
    office("show", "retningslinje 1", "--input")

    done = office("build")

    assert done.returncode == 0
    assert "laget" not in done.stdout
