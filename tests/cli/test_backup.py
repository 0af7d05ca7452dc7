"""`docgen backup` and `docgen restore`: what was registered comes back, and nothing newer is lost by mistake."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.cli.secretariat import LATER, Secretariat
from tests.run.office import DRAFT, MEETING


@pytest.fixture
def office(tmp_path) -> Secretariat:
    made = Secretariat(tmp_path / "arbeidsrom")
    (tmp_path / "disk").mkdir()
    return made


@pytest.fixture
def filled(office) -> Secretariat:
    office.registered()
    return office


def test_a_backup_goes_to_a_folder_with_the_date_in_its_name(filled, tmp_path):
    done = filled.docgen("backup", str(tmp_path / "disk"))

    (copy,) = (tmp_path / "disk").iterdir()
    assert done.returncode == 0
    file, sound, head = done.stdout.splitlines()
    assert file == str(copy)
    assert copy.name.startswith("register 20")
    assert sound == "Kopien er hel og har 6 rader."
    assert head == filled.docgen("verify").stdout.splitlines()[-1]


def test_without_a_target_it_is_said_why_one_is_needed(filled):
    done = filled.docgen("backup")

    assert done.returncode == 2
    assert done.stderr == (
        "docgen backup: Det står ikke hvor sikkerhetskopien skal ligge. "
        "Nevn en mappe på en annen disk enn den registeret ligger på: docgen backup F:/docgen\n"
    )


def test_there_is_nothing_to_copy_before_something_is_registered(office, tmp_path):
    office.built("m.yaml", DRAFT)

    done = office.docgen("backup", str(tmp_path / "disk"))

    assert done.returncode == 2
    assert done.stderr.startswith("docgen backup: Det er ikke noe register ennå.")
    assert list((tmp_path / "disk").iterdir()) == []


def test_a_damaged_register_is_not_copied(filled, tmp_path):
    filled.forced("UPDATE log SET facts = replace(facts, 'Budsjett', 'Pensjon') WHERE event = 'meeting'")

    done = filled.docgen("backup", str(tmp_path / "disk"))

    assert done.returncode == 2
    assert "rad 2 i loggen er ikke slik den ble skrevet" in done.stderr
    assert list((tmp_path / "disk").iterdir()) == []


def test_a_register_of_another_workspace_is_not_copied(filled, tmp_path):
    other = Secretariat(tmp_path / "annet")
    other.built("m.yaml", MEETING)
    shutil.copy(other.database, filled.database)

    done = filled.docgen("backup", str(tmp_path / "disk"))

    assert done.returncode == 2
    assert "Dette er registeret til et annet arbeidsområde." in done.stderr


def test_a_lost_register_comes_back_from_its_backup(filled, tmp_path):
    before = filled.numbers()
    filled.docgen("backup", str(tmp_path / "disk/kopi.db"))
    filled.lose_the_register()

    done = filled.docgen("restore", str(tmp_path / "disk/kopi.db"))

    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "Registeret er hentet inn, med 6 rader."
    assert filled.numbers() == before
    assert filled.docgen("verify").returncode == 0
    assert filled.docgen("build").returncode == 0


def test_a_damaged_register_is_kept_beside_the_backup_that_takes_its_place(filled, tmp_path):
    filled.docgen("backup", str(tmp_path / "disk/kopi.db"))
    filled.forced("DELETE FROM log WHERE row = 3")

    done = filled.docgen("restore", str(tmp_path / "disk/kopi.db"))

    (aside,) = (tmp_path / "arbeidsrom/.docgen").glob("register 20*.db")
    assert done.returncode == 0
    assert f"Det som var der, er tatt vare på som {aside}." in done.stdout.splitlines()
    assert filled.docgen("verify").returncode == 0


def test_an_older_backup_does_not_take_the_place_of_a_sound_register(office, tmp_path):
    office.built("m.yaml", MEETING)
    office.docgen("backup", str(tmp_path / "disk/kopi.db"))
    office.built("n.yaml", LATER)
    before = office.numbers()

    done = office.docgen("restore", str(tmp_path / "disk/kopi.db"))

    assert done.returncode == 2
    assert "Registeret som er der, er helt, og har 1 rad som sikkerhetskopien mangler." in done.stderr
    assert office.numbers() == before


def test_forced_it_does_and_verify_tells_which_documents_came_after(office, tmp_path):
    office.built("m.yaml", MEETING)
    office.docgen("backup", str(tmp_path / "disk/kopi.db"))
    office.built("n.yaml", LATER)

    done = office.docgen("restore", "--force", "--json", str(tmp_path / "disk/kopi.db"))

    told = json.loads(done.stdout)
    assert (told["rows"], told["head"]["row"]) == (2, 2)
    assert told["aside"]
    verified = office.docgen("verify")
    assert verified.returncode == 1
    assert "Et gammelt register er satt tilbake" in verified.stderr


def test_numbers_from_after_the_backup_are_written_in_by_hand(office, tmp_path):
    office.built("m.yaml", MEETING)
    office.docgen("backup", str(tmp_path / "disk/kopi.db"))
    office.built("n.yaml", LATER)
    office.docgen("restore", "--force", str(tmp_path / "disk/kopi.db"))
    office.built("n.yaml", LATER.replace("Regnskap\n", "Regnskap\n    nr: 04/26\n"))

    assert office.numbers()["SSU 04/26"] == "Regnskap"
    assert office.docgen("verify").returncode == 0


def test_a_backup_that_is_not_there_is_told(filled):
    done = filled.docgen("restore", "kopi.db")

    assert done.returncode == 2
    assert done.stderr.startswith("kopi.db: Filen finnes ikke. Nevn filen som docgen backup skrev")
