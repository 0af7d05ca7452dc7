"""`docgen verify`: whatever is changed behind docgen's back is told, and nothing is written."""

from __future__ import annotations

import json
import shutil

import pytest

from docgen.register import opened_to_read
from docgen.register.canonical import row_hash
from docgen.register.store import create_or_open
from tests.cli.secretariat import GUIDELINE, GUIDELINE_MADE, LATER, MINUTES, NOTICE, Secretariat
from tests.run.office import DRAFT, MEETING


@pytest.fixture
def office(tmp_path) -> Secretariat:
    return Secretariat(tmp_path / "arbeidsrom")


@pytest.fixture
def filled(office) -> Secretariat:
    office.registered()
    return office


def everything(office: Secretariat) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in office.root.rglob("*") if file.is_file()}


def test_a_register_and_documents_as_docgen_made_them_are_sound(filled):
    done = filled.docgen("verify")

    first, second, head = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert first.startswith("6 rader, 4 saker i 2 møter, 3 versjoner, ")
    assert first.endswith(" dokumenter sett på.")
    assert second == "Registeret er helt, og ingen dokumenter strider mot det."
    assert head.startswith("Hode: rad 6, ")
    assert len(head.rpartition(" ")[2]) == 64


def test_verifying_writes_nothing(filled):
    before = everything(filled)

    filled.docgen("verify")

    assert everything(filled) == before


def test_a_workspace_without_a_register_is_told_so(office):
    office.built("m.yaml", DRAFT)

    done = office.docgen("verify")

    assert done.returncode == 0
    assert done.stdout == (
        "Det er ikke noe register ennå. Det blir laget når et møte kalles inn, eller en versjon blir godkjent.\n"
    )


def test_a_folder_that_is_no_workspace_is_a_wrong_call(tmp_path):
    office = Secretariat(tmp_path / "arbeidsrom")
    (office.root / "docgen.toml").unlink()

    assert office.docgen("verify").returncode == 2


def test_json_tells_the_same(filled):
    shutil.copy(filled.output / NOTICE, filled.output / "kopi.docx")
    filled.edit("kopi.docx")

    told = json.loads(filled.docgen("verify", "--json").stdout)

    assert told["sound"] is True
    assert (told["rows"], told["cases"], told["meetings"], told["editions"]) == (6, 4, 2, 3)
    assert told["head"]["row"] == 6
    assert [(one["file"], one["warning"]) for one in told["problems"]] == [("output/kopi.docx", True)]


def test_a_title_changed_in_the_database_is_found(filled):
    filled.forced("UPDATE log SET facts = replace(facts, 'Budsjett', 'Pensjon') WHERE event = 'meeting'")

    done = filled.docgen("verify")

    assert done.returncode == 1
    assert "rad 2 i loggen er ikke slik den ble skrevet" in done.stderr
    assert "Dokumentene ble ikke sammenlignet med det." in done.stderr
    assert "Hode: rad 1, " in done.stdout


def test_a_row_deleted_from_the_log_is_found(filled):
    filled.forced("DELETE FROM log WHERE row = 3")

    done = filled.docgen("verify")

    assert done.returncode == 1
    assert "rad 3 i loggen mangler" in done.stderr


def test_a_frozen_file_that_was_changed_is_found(filled):
    filled.forced("UPDATE file SET data = x'00' WHERE rowid = 1")

    done = filled.docgen("verify")

    assert done.returncode == 1
    assert "er ikke slik den var" in done.stderr


def test_an_older_register_put_back_is_found_by_the_minutes(office, tmp_path):
    office.built("m.yaml", MEETING)
    shutil.copy(office.database, tmp_path / "gammelt.db")
    office.built("n.yaml", LATER)
    shutil.copy(tmp_path / "gammelt.db", office.database)

    done = office.docgen("verify")

    assert done.returncode == 1
    gravest, *others = done.stderr.splitlines()
    assert (
        "protokoll (utkast).docx: Dokumentet ble laget av rad 3 i registeret, som slutter med rad 2. "
        "Et gammelt register er satt tilbake" in gravest
    )
    assert any("Saksnummer 03/26 «Godkjenning av innkalling» er ikke i registeret." in line for line in others)


def test_an_older_register_put_back_is_found_by_an_approved_document(office, tmp_path):
    office.built("m.yaml", MEETING)
    shutil.copy(office.database, tmp_path / "gammelt.db")
    office.built("r.yaml", GUIDELINE)
    shutil.copy(tmp_path / "gammelt.db", office.database)

    done = office.docgen("verify")

    assert done.returncode == 1
    assert (
        f"output/{GUIDELINE_MADE}: Den godkjente versjonen «Første versjon | SSU 10.05.2024» er ikke i registeret."
        in done.stderr
    )


def test_another_register_in_its_place_is_found(filled):
    filled.database.unlink()
    create_or_open(filled.database).close()

    done = filled.docgen("verify")

    assert done.returncode == 1
    assert "Dette er registeret til et annet arbeidsområde." in done.stderr


def test_a_lost_register_is_not_taken_for_one_that_was_never_made(filled):
    filled.lose_the_register()

    done = filled.docgen("verify")

    assert done.returncode == 1
    assert "Det er ikke noe register, og" in done.stderr
    assert "docgen rebuild-register output" in done.stderr


def test_a_lost_database_is_found_by_its_mark(filled):
    filled.database.unlink()

    done = filled.docgen("verify")

    assert done.returncode == 1
    assert "Registeret til dette arbeidsområdet er borte." in done.stderr


def test_a_document_of_another_workspace_is_found(filled, tmp_path):
    other = Secretariat(tmp_path / "annet")
    other.built("m.yaml", MEETING.replace("Budsjett\n", "Kjøp av buss\n"))
    for name in other.names("SSU/2026-03-12"):
        shutil.copy(other.output / "SSU/2026-03-12" / name, filled.output / f"SSU/annet {name}")

    done = filled.docgen("verify")

    assert done.returncode == 1
    assert (
        "output/SSU/annet 2026-03-12 SSU innkalling.docx: Sak 02/26 er «Kjøp av buss» i dokumentet og «Budsjett» i "
        "registeret, som aldri har hatt det andre." in done.stderr
    )
    assert "Dokumentet ble laget av et annet register: Rad 2 har en annen kontrollsum der." in done.stderr


def test_a_document_with_a_case_of_another_meeting_is_found(filled, tmp_path):
    other = Secretariat(tmp_path / "annet")
    other.built("m.yaml", MEETING.replace("2026-03-12", "2026-05-07"))
    name = "SSU/2026-05-07/2026-05-07 SSU innkalling.docx"
    shutil.copy(other.output / name, filled.output / "annet.docx")

    done = filled.docgen("verify")

    assert done.returncode == 1
    assert (
        "Sak 01/26 er i dokumentet fra møtet i SSU 07.05.2026; i registeret er den fra møtet i SSU 12.03.2026."
        in done.stderr
    )


def test_an_edited_document_is_only_a_note(filled):
    filled.edit(NOTICE)

    done = filled.docgen("verify")

    assert done.returncode == 0
    assert done.stderr == (
        f"output/{NOTICE}: Merk: Dokumentet er endret av et menneske, så det ble ikke sammenlignet med registeret. "
        "Det er i orden hvis det var meningen.\n"
    )


def test_an_approved_document_that_was_edited_is_told_as_such(filled):
    filled.edit(MINUTES)

    done = filled.docgen("verify")

    assert done.returncode == 0
    assert f"output/{MINUTES}: Merk: Det godkjente dokumentet (versjon 1) er endret av et menneske" in done.stderr


def test_another_document_under_the_name_of_an_approved_one_is_found(filled):
    shutil.copy(filled.output / NOTICE, filled.output / MINUTES)

    done = filled.docgen("verify")

    assert done.returncode == 1
    assert "Dette er ikke versjon 1 av protokoll SSU 2026-03-12, som ble godkjent under dette navnet." in done.stderr


def test_an_approved_document_of_other_content_is_found(filled, tmp_path):
    other = Secretariat(tmp_path / "annet")
    other.built("r.yaml", GUIDELINE.replace("Trygghet", "Fart"))
    shutil.copy(other.output / GUIDELINE_MADE, filled.output / GUIDELINE_MADE)

    done = filled.docgen("verify")

    assert done.returncode == 1
    assert "Dokumentet sier at det er godkjent, med et innhold som registeret aldri har hatt." in done.stderr


def test_an_approved_document_made_anew_with_another_look_is_sound(filled):
    filled.built("r.yaml", GUIDELINE + "følsomhet: Intern\n")
    assert filled.docgen("build").returncode == 0

    assert (filled.docgen("verify").returncode, filled.docgen("verify").stderr) == (0, "")


def test_documents_from_before_a_title_was_changed_are_only_out_of_date(filled):
    kept = (filled.output / NOTICE).read_bytes()
    filled.built("n.yaml", LATER.replace("Regnskap\n", "Årsregnskap\n    nr: 04/26\n"))
    old = filled.output / "SSU/2026-06-04/2026-06-04 SSU saksframlegg 04-26 Regnskap.docx"
    assert old.exists()

    done = filled.docgen("verify")

    assert (filled.output / NOTICE).read_bytes() == kept
    assert done.returncode == 0
    assert "04-26 Regnskap.docx: Merk: Dokumentet er gammelt: Sak 04/26 heter nå «Årsregnskap»." in done.stderr


def test_documents_from_before_the_date_was_changed_are_no_error(filled):
    filled.built("n.yaml", LATER.replace("2026-06-04", "2026-06-11") + "flyttet fra: 2026-06-04\n")
    assert (filled.output / "SSU/2026-06-04").exists()

    assert filled.docgen("verify").returncode == 0


@pytest.mark.parametrize("keep", [0, 100, -100])
def test_a_damaged_document_is_told_and_the_rest_looked_at(filled, keep):
    whole = (filled.output / NOTICE).read_bytes()
    (filled.output / NOTICE).write_bytes(whole[:keep] if keep else b"")

    done = filled.docgen("verify")

    assert done.returncode == 1
    assert f"output/{NOTICE}: Dokumentet er skadet og lar seg ikke lese." in done.stderr
    assert "4 saker i 2 møter" in done.stdout


def test_no_damage_to_a_document_ends_in_anything_but_a_message(filled):
    whole = (filled.output / MINUTES).read_bytes()

    for at in range(0, len(whole), 97):
        (filled.output / MINUTES).write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        done = filled.docgen("verify")
        assert "Hode: rad 6, " in done.stdout


def test_an_approved_document_with_a_damaged_text_is_found(filled):
    file = filled.output / MINUTES
    whole = file.read_bytes()
    at = whole.index(b"word/document.xml") + 400
    file.write_bytes(whole[:at] + bytes(20) + whole[at + 20 :])

    done = filled.docgen("verify")

    assert done.returncode == 1
    assert f"output/{MINUTES}: Dokumentet er skadet og lar seg ikke lese." in done.stderr


def test_registered_meetings_and_documents_without_input_are_notes(filled):
    (filled.root / "inputs/n.yaml").unlink()
    (filled.root / "inputs/r.yaml").unlink()

    done = filled.docgen("verify")

    assert done.returncode == 0
    assert "inputs/n: Merk: Filen til møtet i SSU 04.06.2026 er borte; saksnumrene er registrert." in done.stderr
    assert "inputs/r: Merk: Filen til retningslinje 2 er borte; versjonene er registrert." in done.stderr


def test_a_row_that_means_nothing_to_docgen_is_told(filled):
    register = opened_to_read(filled.database, filled.root / ".docgen/register.id")
    with register:
        head = register.head
    row = (head.row + 1, "2026-01-01T00:00:00Z", "meeting", "{}", head.hash)
    filled.forced(f"INSERT INTO log VALUES {(*row, row_hash(*row))}")

    done = filled.docgen("verify")

    assert done.returncode == 1
    assert "opplysningene i rad 7 i loggen" in done.stderr
