"""What `docgen build` tells of the numbers that it fixed and the versions that it locked."""

from pathlib import Path

import pytest

from tests.cli.registered import APPROVED_TWICE, GUIDELINE, NYNORSK, Registered
from tests.run.office import APPROVED, DRAFT, HELD, MEETING, OU, SSU


@pytest.fixture
def office(tmp_path: Path) -> Registered:
    return Registered(tmp_path / "kontor")


def told(office: Registered, *args: str) -> list[str]:
    """Return the lines of a build that are not of an input or a document."""
    done = office("build", *args)
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if not line.startswith((" ", "inputs/", "mandates/"))]


def test_the_numbers_of_a_called_meeting_are_told_in_one_sentence(office):
    office.drop("ssu.yaml", MEETING)

    assert told(office) == ["Faste saksnumre for SSU 12. mars 2026: 01/26 Godkjenning av innkalling; 02/26 Budsjett"]
    assert told(office) == []


def test_one_late_case_is_told_alone(office):
    office.fix("ssu.yaml", MEETING)
    office.drop("ssu.yaml", f"{MEETING}  - Sen sak\n")

    assert told(office) == ["Fast saksnummer for SSU 12. mars 2026: 03/26 Sen sak"]


def test_the_title_of_an_exempt_case_is_not_told(office):
    office.drop("mandates/OU.yaml", OU)
    office.fix("ssu.yaml", MEETING)
    office.drop("ou.yaml", NYNORSK)

    assert told(office) == ["Faste saksnumre for OU 11. januar 2027: OU 1/2027 Personalsak; OU 2/2027 Budsjett"]


def test_drafts_fix_nothing(office):
    office.drop("ssu.yaml", DRAFT)
    office.drop("retningslinje.yaml", GUIDELINE.replace(", godkjent: {organ: SSU, dato: 2024-09-26}", ""))

    assert told(office) == []


def test_a_version_is_locked_as_its_body_approved_it(office):
    office.drop("retningslinje.yaml", GUIDELINE)
    assert told(office) == ["«Første versjon» av retningslinje 1 er låst slik SSU godkjente den 26. september 2024."]

    office.drop("retningslinje.yaml", APPROVED_TWICE)

    assert told(office) == [
        "Versjon 2 av retningslinje 1 er låst slik Partnerskapet godkjente den 4. juni 2026 i sak 03/26."
    ]
    assert told(office) == []


@pytest.mark.parametrize(
    ("approved", "sentence"),
    [
        ("Partnerskapet november 2018", "slik Partnerskapet godkjente den i november 2018."),
        ("Partnerskapet 2018", "slik Partnerskapet godkjente den i 2018."),
        ("Partnerskapet", "slik Partnerskapet godkjente den."),
    ],
)
def test_an_approval_is_told_as_exactly_as_it_is_known(office, approved, sentence):
    office.drop("mandates/SSU.yaml", f"{SSU}versjonslogg: [{{versjon: 1.0, godkjent: {approved}}}]\n")

    assert told(office) == [f"Versjon 1.0 av mandat SSU er låst {sentence}"]


def test_of_versions_approved_before_docgen_only_the_last_is_locked(office):
    office.drop("retningslinje.yaml", APPROVED_TWICE)

    assert told(office, "--dry-run") == [
        "Ville blitt ført inn i registeret uten teksten: «Første versjon» av retningslinje 1; "
        "SSU godkjente den 26. september 2024.",
        "Ville blitt låst: versjon 2 av retningslinje 1, slik Partnerskapet godkjente den 4. juni 2026 i sak 03/26.",
    ]
    assert told(office) == [
        "«Første versjon» av retningslinje 1 er ført inn i registeret uten teksten; "
        "SSU godkjente den 26. september 2024.",
        "Versjon 2 av retningslinje 1 er låst slik Partnerskapet godkjente den 4. juni 2026 i sak 03/26.",
    ]


def test_minutes_are_locked_as_they_were_approved_and_as_they_were_corrected(office):
    office.fix("ssu.yaml", HELD)
    office.drop("ssu.yaml", APPROVED)
    assert told(office, "--dry-run") == [
        "Ville blitt låst: protokollen fra SSU 12. mars 2026, slik den ble godkjent i sak 04/26 4. juni 2026."
    ]
    assert told(office) == ["Protokollen fra SSU 12. mars 2026 er låst slik den ble godkjent i sak 04/26 4. juni 2026."]

    office.drop(
        "ssu.yaml",
        APPROVED.replace("status:", "rettelser: [{dato: 2026-06-20, tekst: Rettet sted}]\nstatus:").replace(
            "Rådhuset", "Kulturhuset"
        ),
    )

    assert told(office, "--dry-run") == [
        "Ville blitt låst på nytt: protokollen fra SSU 12. mars 2026, med rettelsen av 20. juni 2026."
    ]
    assert told(office) == ["Protokollen fra SSU 12. mars 2026 er låst på nytt, med rettelsen av 20. juni 2026."]


def test_minutes_approved_outside_a_meeting_are_told_how(office):
    office.fix("ssu.yaml", HELD)
    office.drop(
        "ssu.yaml", APPROVED.replace("{sak: 04/26, dato: 2026-06-04}", "{dato: 2026-06-04, måte: runde på e-post}")
    )

    assert told(office) == [
        "Protokollen fra SSU 12. mars 2026 er låst slik den ble godkjent 4. juni 2026 (runde på e-post)."
    ]


def test_a_dry_run_tells_what_would_be_fixed_and_fixes_nothing(office):
    office.drop("ssu.yaml", MEETING)

    expected = ["Ville blitt faste for SSU 12. mars 2026: 01/26 Godkjenning av innkalling; 02/26 Budsjett"]
    assert told(office, "--dry-run") == expected
    assert told(office, "--dry-run") == expected
    assert not (office.root / ".docgen").exists()


def test_check_tells_of_neither_numbers_nor_versions(office):
    office.drop("ssu.yaml", MEETING)
    office.drop("retningslinje.yaml", GUIDELINE)

    assert office("check").stdout == "Alt er i orden.\n"


def test_a_nynorsk_workspace_is_told_in_nynorsk(office):
    office.write("docgen.toml", '"målform" = "nynorsk"\n[eigar]\nnamn = "Nordvik"\n')
    office.drop("ssu.yaml", MEETING)
    office.drop("retningslinje.yaml", GUIDELINE)

    assert told(office) == [
        "Faste saksnummer for SSU 12. mars 2026: 01/26 Godkjenning av innkalling; 02/26 Budsjett",
        "«Første versjon» av retningslinje 1 er låst slik SSU godkjende den 26. september 2024.",
    ]
