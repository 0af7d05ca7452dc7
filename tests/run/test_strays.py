"""Copies and twins among the inputs are held and asked about; ordinary names are not."""

from __future__ import annotations

import unicodedata

import pytest

from docgen.run.strays import strays

ORIGINAL = "inputs/ssu/møte.yaml"


@pytest.mark.parametrize(
    "copy",
    [
        "møte (Kari Nes' conflicted copy 2026-01-02).yaml",
        "møte (Kari Nes sin kopi i konflikt 2026-01-02).yaml",
        "møte (KARI sin motstridende kopi 2026-01-02).yaml",
        "møte (conflicted copy 2026-01-02 101112).yaml",
        "møte(Conflict_Kari (Web browser)_2026-01-02-22-50-36).yaml",
        "møte.sync-conflict-20260102-101112-ABCDEFG.yaml",
        "møte_conflict-20260102-101112.yaml",
        "møte_Kari-PC_Jan-03-0901-2026_CaseConflict_1.yaml",
        "møte_conf(1).yaml",
        "møte-DESKTOP-4F7K2QD.yaml",
        "møte-LAPTOP-4F7K2QDA.yaml",
        "møte-DESKTOP-4F7K2QD-2.yaml",
        "møte-KARI-PC.yaml",
        "møte (1).yaml",
        "møte - Kopi.yaml",
        "møte - Kopi (2).yaml",
        "møte - Copy.yaml",
        "møte kopi.yaml",
        "Kopi av møte.yaml",
        "møte (1) - Kopi.yaml",
        "MØTE - Kopi.yaml",
    ],
)
def test_a_copy_beside_its_original_is_held_and_asked_about(copy):
    name = f"inputs/ssu/{copy}"

    found = strays([name, ORIGINAL])

    assert list(found) == [name]
    assert found[name].where.file == name
    assert found[name].what == (
        "Dette ser ut som en kopi av «møte.yaml», laget da to hadde filen åpen, eller da noen kopierte den."
    )
    assert found[name].fix == (
        "docgen går videre med «møte.yaml» og lar denne ligge. Flytt det som er riktig, til «møte.yaml», og slett "
        "denne. Er det et annet dokument, så gi det et annet navn."
    )


@pytest.mark.parametrize(
    "name",
    [
        *("møte-Nord.yaml", "møte-AMK.yaml", "møte-2.yaml", "møte 2.yaml", "møte (SSU).yaml", "møte-PC123.yaml"),
        *("møte konflikt.yaml", "møte (1).md", "møtekopi.yaml", "møte-DESKTOP.yaml", "møte kopier.yaml"),
    ],
)
def test_a_name_that_a_person_may_have_chosen_is_no_copy(name):
    assert strays([ORIGINAL, f"inputs/ssu/{name}"]) == {}


def test_a_copy_whose_original_is_not_beside_it_goes_on():
    assert strays(["inputs/møte (1).yaml", ORIGINAL]) == {}


def test_onedrive_names_a_copy_after_this_machine():
    name = "inputs/ssu/møte-HN00417.yaml"

    assert strays([ORIGINAL, name]) == {}
    assert list(strays([ORIGINAL, name], machine="hn00417")) == [name]


def test_of_two_names_that_differ_by_case_the_first_goes_on():
    found = strays(["inputs/ssu.yaml", "inputs/SSU.yaml"])

    assert list(found) == ["inputs/ssu.yaml"]
    assert str(found["inputs/ssu.yaml"]) == (
        "inputs/ssu.yaml: Navnet er det samme som «inputs/SSU.yaml» har: Windows og OneDrive skiller ikke mellom dem. "
        "docgen går videre med «inputs/SSU.yaml» og lar denne ligge. Gi en av dem et annet navn."
    )


def test_of_two_names_in_two_forms_of_unicode_the_usual_one_goes_on():
    odd, usual = (unicodedata.normalize(form, "inputs/årsmøte.yaml") for form in ("NFD", "NFC"))

    assert list(strays([odd, usual])) == [odd]


def test_a_newcomer_does_not_take_the_place_of_an_input_that_was_there():
    names = ["inputs/ssu.yaml", "inputs/SSU.yaml"]

    assert list(strays(names, known={"inputs/ssu.yaml"})) == ["inputs/SSU.yaml"]


def test_names_in_several_folders_do_not_meet():
    assert strays(["inputs/a/møte.yaml", "inputs/b/møte.yaml", "mandates/møte.yaml", "inputs/a/møte.md"]) == {}
