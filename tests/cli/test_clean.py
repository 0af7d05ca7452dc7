"""`docgen clean`: what no input makes any more goes when a person says so, and never what cannot be made again."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from docgen.deliver.publish import publish
from docgen.run.clean import clean
from tests.cli.secretariat import Secretariat
from tests.deliver.conftest import edit, made
from tests.run.office import APPROVED, DRAFT, HELD, MEETING, OU
from tests.run.test_lock import Holding

GUIDELINE = """
type: retningslinje
nummer: 2
tittel: Utskrivning
kapitler:
  - {tittel: Formål, tekst: Trygghet.}
"""
LOGGED = GUIDELINE.replace(
    "kapitler:", "versjonslogg:\n  - {versjon: Første versjon, godkjent: {organ: SSU, dato: 2024-05-10}}\nkapitler:"
)
DRAFTED = LOGGED.replace("kapitler:", "  - {versjon: 2, beskrivelse: Mer}\nkapitler:").replace("Trygghet", "Ro")

PLAIN = "retningslinjer/Retningslinje 2 Utskrivning.docx"
FOLDER = "SSU/2026-03-12"
NOTICE = f"{FOLDER}/2026-03-12 SSU innkalling.docx"
DRAFT_NOTICE = f"{FOLDER}/2026-03-12 SSU innkalling (utkast).docx"
NOTHING = "Det er ingenting å rydde.\n"


@pytest.fixture
def office(tmp_path, monkeypatch) -> Secretariat:
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    office = Secretariat(tmp_path / "arbeidsrom")
    # Another input, so that the folder of inputs is never empty.
    office.drop("notat.yaml", GUIDELINE.replace("nummer: 2", "nummer: 9").replace("Utskrivning", "Notater"))
    return office


def cleaned(office: Secretariat, *options: str) -> list[str]:
    """Run docgen clean without a question, and return the documents that it deleted."""
    before = set(office.names())
    done = office.docgen("clean", "--yes", *options)
    assert done.returncode == 0, done.stderr
    return sorted(before - set(office.names()))


def listed(office: Secretariat) -> dict[str, str]:
    """Return the documents that may go and those that are kept, each with why."""
    told = json.loads(office.docgen("clean", "--json").stdout)
    return {one["file"].removeprefix("output/"): one["why"] for one in (*told["documents"], *told["kept"])}


def test_when_all_is_as_it_should_be_there_is_nothing_to_tidy_up(office):
    office.drop("m.yaml", APPROVED)
    office.built("r.yaml", DRAFTED)
    before = office.content()

    done = office.docgen("clean", "--yes")

    assert (done.stdout, done.returncode) == (NOTHING, 0)
    assert office.content() == before


def test_the_document_of_an_input_that_is_gone_goes_with_its_empty_folder(office):
    office.built("retning/r.yaml", GUIDELINE)
    office.built("ou.yaml", OU)
    (office.root / "inputs/ou.yaml").unlink()

    done = office.docgen("clean", "--yes")

    assert done.stdout == (
        "Disse har docgen laget, men ingen fil lager dem nå:\n"
        "  output/mandater/Mandat OU.docx: inputs/ou er borte\n"
        "1 dokument slettet.\n"
    )
    assert office.names("mandater") == ["Mandat SSU.docx"]


def test_a_folder_that_becomes_empty_goes_but_never_output_itself(office):
    office.built("r.yaml", GUIDELINE)
    (office.root / "inputs/r.yaml").unlink()
    (office.root / "inputs/notat.yaml").unlink()
    office.built("m.yaml", DRAFT)
    for other in ("SSU", "mandater", ".docgen"):
        shutil.rmtree(office.output / other, ignore_errors=True)
    (office.output / "Status.html").unlink()

    assert len(cleaned(office)) == 2
    assert list(office.output.iterdir()) == []


def test_the_old_name_of_a_document_that_has_a_new_title_goes(office):
    office.built("r.yaml", GUIDELINE)
    office.built("r.yaml", GUIDELINE.replace("Utskrivning", "Utskriving"))

    assert listed(office) == {PLAIN: "other"}
    assert cleaned(office) == [PLAIN]


def test_finished_drafts_and_their_changes_go(office):
    office.built("r.yaml", LOGGED)
    office.built("r.yaml", DRAFTED)
    drafts = [name for name in office.names() if "(utkast)" in name or "(endringer)" in name]
    office.built("r.yaml", DRAFTED.replace("Mer}", "Mer, godkjent: {organ: SSU, dato: 2025-05-10}}"))

    assert len(drafts) == 2
    assert cleaned(office) == sorted(drafts)


def test_the_draft_of_a_meeting_that_is_called_goes(office):
    office.built("m.yaml", DRAFT)
    office.built("m.yaml", MEETING)

    assert DRAFT_NOTICE in cleaned(office)
    assert NOTICE in office.names()


def test_a_meeting_that_was_moved_takes_its_old_documents_away(office):
    office.built("m.yaml", MEETING)
    before = office.names(FOLDER)
    office.built("m.yaml", MEETING.replace("2026-03-12", "2026-03-19"))

    assert cleaned(office) == [f"{FOLDER}/{name}" for name in before]
    assert not (office.output / FOLDER).exists()
    assert (office.output / "SSU/2026-03-19").is_dir()


def test_a_case_paper_that_was_retitled_goes_for_its_number_stands_in_others(office):
    office.built("m.yaml", MEETING)
    old = next(name for name in office.names() if "saksframlegg" in name)
    office.built("m.yaml", MEETING.replace("tittel: Budsjett", "id: b\n    nr: 02/26\n    tittel: Årsbudsjett"))

    assert cleaned(office) == [old]


def test_the_documents_of_a_called_meeting_whose_input_is_gone_are_kept(office):
    office.built("m.yaml", MEETING)
    (office.root / "inputs/m.yaml").unlink()

    done = office.docgen("clean", "--yes")

    assert NOTICE in office.names()
    assert done.stdout.startswith("Det er ingenting å rydde.\nDisse er også til overs, men blir beholdt:\n")
    assert (
        f"  output/{NOTICE}: det har saksnumre som ikke står i noe annet dokument, og registeret kan lages på nytt av "
        "det\n"
    ) in done.stdout


def test_a_meeting_whose_new_documents_are_not_made_yet_keeps_the_old_ones(office):
    office.built("m.yaml", MEETING)
    office.drop("m.yaml", MEETING.replace("2026-03-12", "2026-03-19"))

    assert cleaned(office) == []
    assert listed(office)[NOTICE] == "numbers"


def test_a_file_that_is_another_meeting_now_does_not_take_the_documents_of_the_first_away(office):
    office.built("m.yaml", MEETING)
    other = (
        MEETING.replace("2026-03-12", "2026-06-04")
        .replace("Godkjenning av innkalling", "Nytt")
        .replace("Budsjett", "Regnskap")
    )
    office.drop("m2.yaml", other)
    office.build()
    shutil.move(office.root / "inputs/m2.yaml", office.root / "inputs/m.yaml")
    office.build()

    cleaned(office)

    assert NOTICE in office.names()


def test_approved_content_is_kept(office):
    office.drop("m.yaml", APPROVED)
    office.built("r.yaml", LOGGED)
    (office.root / "inputs/r.yaml").unlink()
    (office.root / "inputs/m.yaml").unlink()

    assert cleaned(office) == []
    assert listed(office)[PLAIN] == "approved"
    assert listed(office)[f"{FOLDER}/2026-03-12 SSU protokoll.docx"] == "approved"


def test_an_edition_in_force_whose_input_has_a_fault_is_not_left_over(office):
    office.built("r.yaml", LOGGED)
    office.drop("r.yaml", LOGGED.replace("Trygghet", "Ro"))
    assert not office.build().is_whole

    assert office.docgen("clean", "--yes").stdout == NOTHING
    assert PLAIN in office.names()


def test_after_a_tidying_the_register_can_still_be_made_again_whole(office):
    office.drop("m.yaml", APPROVED)
    office.built("r.yaml", LOGGED)
    office.built("r.yaml", DRAFTED)
    before = office.numbers(), office.docgen("log").stdout
    (office.root / "inputs/r.yaml").unlink()
    (office.root / "inputs/m.yaml").unlink()
    cleaned(office)
    office.lose_the_register()

    assert office.docgen("rebuild-register", "output").returncode == 0

    assert (office.numbers(), office.docgen("log").stdout) == before


def test_an_edited_document_is_never_deleted(office):
    office.built("r.yaml", GUIDELINE)
    edited = edit(office.output / PLAIN, "Min egen setning")
    (office.root / "inputs/r.yaml").unlink()

    done = office.docgen("clean", "--yes")

    assert (office.output / PLAIN).read_bytes() == edited
    assert f"  output/{PLAIN}: noen har endret det\n" in done.stdout


def test_what_docgen_did_not_make_of_an_input_is_not_even_listed(office):
    office.built("r.yaml", GUIDELINE)
    publish(office.output / "SSU/notat.docx", made("Et notat"))
    (office.output / "bilde.png").write_bytes(b"x")
    (office.output / "SSU/ødelagt.docx").write_bytes(b"PK")
    shutil.copy(office.root / "templates/retningslinje.docx", office.output / "mal.docx")
    before = office.names()

    assert (office.docgen("clean", "--yes").stdout, office.names()) == (NOTHING, before)


def test_what_lies_outside_output_is_out_of_reach(office):
    office.built("r.yaml", GUIDELINE)
    outside = office.root / "arkiv"
    shutil.move(office.output / "retningslinjer", outside)
    (office.output / "retningslinjer").symlink_to(outside)
    (office.output / "lenke.docx").symlink_to(outside / "Retningslinje 2 Utskrivning.docx")
    (office.root / "inputs/r.yaml").unlink()

    assert office.docgen("clean", "--yes").stdout == NOTHING
    assert (outside / "Retningslinje 2 Utskrivning.docx").exists()


def test_what_somebody_asked_to_be_shown_is_left(office):
    office.built("r.yaml", LOGGED)
    assert office.docgen("show", "retningslinje 2").returncode == 0
    before = office.names("utgaver")

    assert before
    assert office.docgen("clean", "--yes").stdout == NOTHING
    assert office.names("utgaver") == before


def test_the_documents_of_a_file_with_a_fault_are_kept(office):
    office.built("m.yaml", DRAFT)
    office.drop("m.yaml", DRAFT.replace("dato: 2026-03-12", "dato: i morgen"))

    assert cleaned(office) == []
    assert listed(office)[DRAFT_NOTICE] == "faulty"


def test_a_file_that_can_not_be_read_may_be_the_new_name_of_one_that_is_gone(office):
    office.built("r.yaml", GUIDELINE)
    (office.root / "inputs/r.yaml").unlink()
    office.drop("ny.yaml", "type: [")

    assert cleaned(office) == []
    assert listed(office) == {PLAIN: "faulty"}

    (office.root / "inputs/ny.yaml").unlink()
    assert cleaned(office) == [PLAIN]


@pytest.mark.parametrize("away", [lambda folder: folder.rename(folder.with_name("bort")), lambda folder: None])
def test_when_the_folder_of_inputs_is_away_or_empty_nothing_is_deleted(office, away):
    office.built("r.yaml", GUIDELINE)
    for file in (office.root / "inputs").iterdir():
        file.unlink()
    away(office.root / "inputs")

    done = office.docgen("clean", "--yes")

    assert PLAIN in office.names()
    assert f"  output/{PLAIN}: mappen til inputs/r er tom eller borte\n" in done.stdout


def test_a_new_document_beside_an_edited_one_is_needed(office):
    office.built("r.yaml", GUIDELINE)
    edit(office.output / PLAIN, "Min egen setning")
    office.drop("r.yaml", GUIDELINE.replace("Trygghet", "Ro"))
    office.build()
    edit(office.output / PLAIN, "Og en til")

    assert "retningslinjer/Retningslinje 2 Utskrivning (ny).docx" in office.names()
    assert office.docgen("clean", "--yes").stdout == NOTHING


def test_a_new_document_that_waits_for_an_open_one_is_needed_until_the_place_is_taken(office, monkeypatch):
    office.built("r.yaml", GUIDELINE)
    office.drop("r.yaml", GUIDELINE.replace("Trygghet", "Ro"))
    monkeypatch.setattr("docgen.deliver.publish.time.sleep", lambda _seconds: None)
    replace = os.replace

    def held(source, target):
        if Path(target).name == "Retningslinje 2 Utskrivning.docx":
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    with monkeypatch.context() as word:
        word.setattr(os, "replace", held)
        assert office.build().count("held") == 1
    beside = "retningslinjer/Retningslinje 2 Utskrivning (ny).docx"
    assert office.docgen("clean", "--yes").stdout == NOTHING

    kept = (office.output / beside).read_bytes()
    office.drop("r.yaml", GUIDELINE.replace("Trygghet", "Stillhet"))
    office.build()
    (office.output / beside).write_bytes(kept)
    os.utime(office.output / beside, (1, 1))

    assert listed(office) == {beside: "beside"}
    assert cleaned(office) == [beside]


class Answer:
    """Somebody at the keyboard, who answers when asked."""

    def __init__(self, answer: str) -> None:
        self.answer = answer

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        return self.answer


@pytest.mark.parametrize(
    ("answer", "goes"), [("j\n", True), ("JA\n", True), ("n\n", False), ("\n", False), ("", False)]
)
def test_it_asks_first(office, monkeypatch, answer, goes):
    office.built("r.yaml", GUIDELINE)
    (office.root / "inputs/r.yaml").unlink()
    monkeypatch.setattr(sys, "stdin", Answer(answer))

    done = office.docgen("clean")

    assert done.stderr.startswith("Slette 1 dokument? (j/N) ")
    assert (PLAIN not in office.names()) == goes
    assert ("1 dokument slettet." in done.stdout) == goes
    assert ("Ingenting ble slettet." in done.stderr) != goes
    assert done.returncode == 0


def test_where_nobody_can_answer_nothing_is_deleted(office):
    office.built("r.yaml", GUIDELINE)
    (office.root / "inputs/r.yaml").unlink()

    done = office.docgen("clean")

    assert PLAIN in office.names()
    assert done.stderr == "Ingenting ble slettet. Legg til --yes for å slette dem.\n"


def test_a_program_gets_the_list_and_deletes_only_when_it_says_so(office):
    office.built("r.yaml", GUIDELINE)
    (office.root / "inputs/r.yaml").unlink()

    told = json.loads(office.docgen("clean", "--json").stdout)

    assert told == {
        "documents": [{"file": f"output/{PLAIN}", "input": "inputs/r", "why": "gone"}],
        "kept": [],
        "removed": [],
        "problems": [],
    }
    assert PLAIN in office.names()
    assert json.loads(office.docgen("clean", "--json", "--yes").stdout)["removed"] == [f"output/{PLAIN}"]
    assert PLAIN not in office.names()


def test_what_was_edited_while_the_question_stood_open_is_kept(office):
    office.built("r.yaml", GUIDELINE)
    (office.root / "inputs/r.yaml").unlink()
    edit(office.output / PLAIN, "Min egen setning")

    found = clean(office.workspace, {f"output/{PLAIN}"})

    assert found.removed == []
    assert PLAIN in office.names()


def test_a_document_that_is_open_is_told_of_and_the_others_go(office, monkeypatch):
    office.built("r.yaml", GUIDELINE)
    office.built("ou.yaml", OU)
    (office.root / "inputs/r.yaml").unlink()
    (office.root / "inputs/ou.yaml").unlink()
    unlink = Path.unlink

    def held(file, missing_ok=False):
        if file.name.startswith("Retningslinje 2"):
            raise PermissionError(13, "Permission denied")
        unlink(file, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)

    done = office.docgen("clean", "--yes")

    assert done.returncode == 1
    assert done.stderr == (
        f"output/{PLAIN}: Dokumentet kan ikke slettes: ingen tilgang, eller åpen i et annet program. "
        "Lukk det i Word hvis det er åpent der, og prøv igjen.\n"
    )
    assert "1 dokument slettet." in done.stdout
    assert "mandater/Mandat OU.docx" not in office.names()


def test_it_waits_its_turn(office):
    office.built("r.yaml", GUIDELINE)
    held = Holding(office.root)

    done = office.docgen("clean", "--yes")

    held.kill()
    assert done.returncode == 2
    assert "docgen build har vært i gang i dette arbeidsområdet siden" in done.stderr


def test_the_minutes_of_a_held_meeting_take_the_place_of_their_draft(office):
    office.built("m.yaml", MEETING)
    office.built("m.yaml", HELD)

    assert cleaned(office) == [f"{FOLDER}/2026-03-12 SSU protokoll (utkast).docx"]
