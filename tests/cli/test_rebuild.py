"""`docgen rebuild-register`: a lost register made again, which the next build accepts, and nothing guessed."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from docgen.run.workspace import find
from tests.cli.conftest import Docgen
from tests.cli.secretariat import GUIDELINE, GUIDELINE_MADE, LATER, Secretariat
from tests.run.office import APPROVED, MEETING, OU, copy_of_the_example


@pytest.fixture
def office(tmp_path) -> Secretariat:
    return Secretariat(tmp_path / "arbeidsrom")


@pytest.fixture
def filled(office) -> Secretariat:
    office.registered()
    return office


def test_a_lost_register_is_made_again_and_the_next_build_accepts_it(filled):
    before = filled.numbers()
    filled.lose_the_register()

    done = filled.docgen("rebuild-register", "output")

    assert done.returncode == 0
    assert done.stdout.splitlines()[:4] == [
        "10 dokumenter fra docgen ble lest.",
        "  SSU 2026: 4 saker i 2 møter, 01/26 til 04/26",
        "  retningslinje 2: versjon Første versjon, 2, med innholdet i 2",
        "  protokoll SSU 2026-03-12: versjon 1, med innholdet i 1",
    ]
    assert "Registeret er laget på nytt. Kjør docgen build, og deretter docgen verify." in done.stdout.splitlines()
    assert filled.numbers() == before
    filled.accepts_everything()
    assert filled.numbers() == before


def test_without_it_the_build_refuses_and_names_the_command(filled):
    filled.lose_the_register()

    done = filled.docgen("build")

    assert done.returncode == 2
    assert "docgen rebuild-register output" in done.stderr
    assert not filled.database.exists()


def test_the_documents_agree_with_the_new_register_before_anything_is_built(filled):
    filled.lose_the_register()
    filled.docgen("rebuild-register", "output")

    done = filled.docgen("verify")

    assert (done.returncode, done.stderr) == (0, "")


def test_everything_of_a_meeting_and_its_cases_comes_back(office):
    office.drop("mandates/OU.yaml", OU.replace("saksnummer: OU 1/2022", "saksnummer: {form: OU 1/2022, serie: felles}"))
    office.drop("ou.yaml", MEETING.replace("SSU", "OU", 1))
    special = MEETING.replace("tid: 9-11", "tid: 9-11\nmøtenummer: 2/2026").replace(
        "Budsjett\n", "Budsjett\n    id: budsjett-2027\n    fra: 05/25\n    utfall: utsatt\n"
    )
    office.built("m.yaml", special)
    office.built("m.yaml", special + "  - tittel: Hastesak\n    tillegg: ja\n")
    before = office.record()
    office.lose_the_register()

    office.docgen("rebuild-register", "output")

    told = [[(case.sequence, case.number, case.title, case.id, case.outcome, case.follows, case.late)
             for case in one.cases] for one in office.record().meetings.values()]  # fmt: skip
    assert sorted(told) == sorted(
        [(case.sequence, case.number, case.title, case.id, case.outcome, case.follows, case.late) for case in one.cases]
        for one in before.meetings.values()
    )
    heads = {
        (one.body, one.date, one.start, one.source, one.meeting_number) for one in office.record().meetings.values()
    }
    assert heads == {
        (one.body, one.date, one.start, one.source, one.meeting_number) for one in before.meetings.values()
    }
    office.accepts_everything()


def test_an_approved_document_is_protected_again(filled):
    filled.lose_the_register()
    filled.docgen("rebuild-register", "output")

    filled.drop("r.yaml", GUIDELINE.replace("Trygghet", "Fart"))
    filled.drop("m.yaml", APPROVED.replace("Budsjettet er vedtatt", "Budsjettet er ikke vedtatt"))
    report = filled.build()

    told = "\n".join(filled.problems(report))
    assert report.refused == ["inputs/m.yaml", "inputs/r.yaml"]
    assert "Versjon 2 ble godkjent (SSU 01.06.2025 sak 05/25), og dokumentet er endret etter det" in told
    assert "Protokollen ble godkjent (SSU 04.06.2026 sak 04/26), og er endret etter det" in told


def test_the_build_takes_in_the_inputs_of_approved_documents_again(filled):
    filled.lose_the_register()
    filled.docgen("rebuild-register", "output")
    assert [one.inputs for one in filled.record().editions_of("retningslinje 2")] == [(), ()]

    filled.build()

    assert filled.record().editions_of("retningslinje 2")[-1].inputs[0][0] == "inputs/r.yaml"
    filled.drop("r.yaml", GUIDELINE.replace("Trygghet", "Fart"))
    assert "er endret etter det: «Formål»." in "\n".join(filled.problems(filled.build()))


def test_the_rows_of_the_version_log_are_protected_again(filled):
    filled.lose_the_register()
    filled.docgen("rebuild-register", "output")

    filled.drop("r.yaml", GUIDELINE.replace("sak: 05/25", "sak: 06/25"))
    report = filled.build()

    assert report.refused == ["inputs/r.yaml"]
    assert "En godkjent rad i versjonsloggen er endret" in "\n".join(filled.problems(report))


def test_an_approved_document_that_is_deleted_comes_back_when_its_input_is_a_draft(filled):
    filled.lose_the_register()
    filled.docgen("rebuild-register", "output")
    (filled.output / GUIDELINE_MADE).unlink()

    filled.built("r.yaml", GUIDELINE.replace("kapitler:", "  - {versjon: 3, beskrivelse: Mer}\nkapitler:"))

    assert filled.facts(GUIDELINE_MADE)["versjon 2"] == "Nytt kapittel | SSU | 2025-06-01 | 05/25"


def test_a_new_case_gets_the_number_after_the_last_of_the_documents(filled):
    filled.lose_the_register()
    filled.docgen("rebuild-register", "output")

    filled.built("o.yaml", LATER.replace("2026-06-04", "2026-09-03"))

    assert filled.facts("SSU/2026-09-03/2026-09-03 SSU innkalling.docx")["sak 05/26"] == "Godkjenning av innkalling"


def test_a_sound_register_is_never_replaced(filled):
    before = filled.database.read_bytes()

    done = filled.docgen("rebuild-register", "output")

    assert done.returncode == 2
    assert "Det er et register her, det er helt, og det har 6 rader." in done.stderr
    assert filled.database.read_bytes() == before


def test_a_lost_database_whose_mark_is_left_is_made_again(filled):
    filled.database.unlink()
    assert filled.docgen("build").returncode == 2

    done = filled.docgen("rebuild-register", "output")

    assert done.returncode == 0
    filled.accepts_everything()


def test_a_register_that_may_be_on_another_machine_is_made_again_only_by_force(filled):
    filled.database.unlink()
    mark = filled.root / ".docgen/register.id"
    filled.write(".docgen/register.id", re.sub("^maskin: .*$", "maskin: pc-17", mark.read_text("utf-8"), flags=re.M))

    refused = filled.docgen("rebuild-register", "output")

    assert refused.returncode == 2
    assert "Registeret til dette arbeidsområdet ble laget på maskinen pc-17, ikke på denne." in refused.stderr
    assert not filled.database.exists()
    assert filled.docgen("rebuild-register", "--force", "output").returncode == 0
    filled.accepts_everything()


def test_a_damaged_register_is_kept_beside_the_new_one(filled):
    before = filled.numbers()
    filled.forced("DELETE FROM log WHERE row = 3")

    done = filled.docgen("rebuild-register", "output")

    (aside,) = (filled.root / ".docgen").glob("register 20*.db")
    assert done.returncode == 0
    assert f"Det skadde registeret er tatt vare på som {aside}." in done.stdout.splitlines()
    assert filled.numbers() == before
    filled.accepts_everything()


def test_a_dry_run_tells_the_same_and_writes_nothing(filled):
    filled.lose_the_register()

    done = filled.docgen("rebuild-register", "--dry-run", "output")

    assert done.returncode == 0
    assert "  SSU 2026: 4 saker i 2 møter, 01/26 til 04/26" in done.stdout.splitlines()
    assert done.stderr.splitlines()[-1] == "Ingenting ble skrevet."
    assert not (filled.root / ".docgen").exists()


def test_json_tells_what_was_recovered(filled):
    filled.lose_the_register()

    told = json.loads(filled.docgen("rebuild-register", "--json", "output").stdout)

    assert told["cases"] == [
        {
            "body": "SSU",
            "year": 2026,
            "cases": 4,
            "meetings": 2,
            "first": "01/26",
            "last": "04/26",
            "missing": [],
        }
    ]
    assert {"document": "retningslinje 2", "version": "2", "content": True} in told["versions"]
    assert told["head"]["row"] == len(told["versions"]) + 4


def test_a_case_exempt_from_public_access_keeps_its_number(office):
    exempt = (
        MEETING + "  - {tittel: Oppsigelse, id: x, unntatt: {hjemmel: offl. § 13, offentlig tittel: Personalsak}}\n"
    )
    office.built("m.yaml", exempt)
    office.lose_the_register()

    done = office.docgen("rebuild-register", "output")

    assert "Egne titler og id-er på saker som er unntatt offentlighet, står ikke i noe dokument: 03/26." in done.stderr
    assert office.numbers()["SSU 03/26"] == "Personalsak"
    office.accepts_everything()
    assert office.numbers()["SSU 03/26"] == "Oppsigelse"
    assert office.record().highest("ssu", 2026) == 3


def test_a_meeting_whose_date_was_changed_is_one_meeting(office):
    office.built("m.yaml", MEETING)
    office.built("m.yaml", MEETING.replace("2026-03-12", "2026-03-19"))
    before = office.numbers()
    office.lose_the_register()

    done = office.docgen("rebuild-register", "output")

    assert done.returncode == 0
    assert "Møtet har flere datoer i dokumentene sine: 2026-03-12, 2026-03-19." in done.stderr
    assert [one.date for one in office.record().meetings.values()] == ["2026-03-19"]
    assert office.numbers() == before
    office.accepts_everything()


def test_a_draft_tells_the_approved_versions_and_not_itself(office):
    office.built("r.yaml", GUIDELINE)
    office.built("r.yaml", GUIDELINE.replace("kapitler:", "  - {versjon: 3, beskrivelse: Mer}\nkapitler:"))
    (office.output / GUIDELINE_MADE).unlink()
    office.lose_the_register()

    done = office.docgen("rebuild-register", "output")

    assert "  retningslinje 2: versjon Første versjon, 2, uten innhold" in done.stdout.splitlines()
    assert [one.version for one in office.record().editions_of("retningslinje 2")] == ["Første versjon", "2"]


def test_a_version_log_is_read_back_exactly_whatever_stands_in_it(office):
    odd = GUIDELINE.replace("beskrivelse: Nytt kapittel", r"beskrivelse: 'a | b \| c\ «d» & <e>'").replace(
        "{organ: SSU, dato: 2024-05-10}", "SSU 2024"
    )
    office.built("r.yaml", odd)
    before = [(one.version, one.description, one.approved) for one in office.record().editions_of("retningslinje 2")]
    office.lose_the_register()

    office.docgen("rebuild-register", "output")

    after = [(one.version, one.description, one.approved) for one in office.record().editions_of("retningslinje 2")]
    assert after == before
    assert len(after) == 2
    office.accepts_everything()


def test_corrected_minutes_come_back_with_their_corrections(office):
    corrected = APPROVED + "rettelser:\n  - {dato: 2026-07-01, tekst: Rettet et tall.}\n"
    office.built("m.yaml", APPROVED)
    office.built("m.yaml", corrected)
    office.lose_the_register()

    office.docgen("rebuild-register", "output")

    assert [one.description for one in office.record().minutes(1)] == ["", "Rettet et tall."]
    office.accepts_everything()


def test_the_same_documents_make_the_same_register(filled, monkeypatch):
    told = []
    for _time in range(2):
        filled.lose_the_register()
        filled.docgen("rebuild-register", "output")
        told.append([filled.record().meetings, [e.made for es in filled.record().editions.values() for e in es]])

    assert told[0] == told[1]


def test_the_example_comes_back_whole(tmp_path):
    root = copy_of_the_example(tmp_path / "arbeidsrom")
    docgen = Docgen(root)
    assert docgen("build").returncode == 0
    cases = json.loads(docgen("cases", "--json").stdout)
    shutil.rmtree(root / ".docgen")

    assert docgen("rebuild-register", "output").returncode == 0

    after = json.loads(docgen("cases", "--json").stdout)
    assert [(one["body"], one["text"], one["title"]) for one in after] == [
        (one["body"], one["text"], one["title"]) for one in cases
    ]
    assert docgen("verify").stderr == ""
    assert find(root).register.exists()
