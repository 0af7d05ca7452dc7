"""The answer beside a file: written while it is wrong, gone when it is right."""

import os
import stat

import pytest

from docgen.problems import Problem, Where
from docgen.run.answers import Answered, answer

FILE = "inputs/SSU/møte.yaml"
ANSWER = f"{FILE}.FEIL.txt"
WRONG = Problem("Nøkkelen «stad» er ikke kjent.", "Mente du sted?", Where(FILE, ("stad",), 3))
NOTE = Problem("Møtet er på en søndag.", "Se etter at det stemmer.", Where(FILE, ("dato",), 2), warning=True)


@pytest.fixture
def root(tmp_path):
    """Return a workspace with one input."""
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    file.write_text("type: møte\n", "utf-8")
    return tmp_path


def test_an_answer_tells_what_it_is_and_every_problem_with_errors_first(root):
    answer(root, {FILE: [NOTE, WRONG]}, [FILE])

    assert (root / ANSWER).read_text("utf-8-sig") == (
        "docgen: FEIL i møte.yaml\n"
        "\n"
        "docgen har skrevet denne filen. Den blir borte av seg selv når møte.yaml er\n"
        "rettet.\n"
        "Til da er dokumentene som er laget før, som de var.\n"
        "\n"
        "1 feil å rette:\n"
        "\n"
        "1. Linje 3, stad\n"
        "   Nøkkelen «stad» er ikke kjent.\n"
        "   Mente du sted?\n"
        "\n"
        "Verdt å se på:\n"
        "\n"
        "2. Linje 2, dato\n"
        "   Møtet er på en søndag.\n"
        "   Se etter at det stemmer.\n"
    )


def test_an_answer_is_written_as_notepad_shows_it_well(root):
    answer(root, {FILE: [WRONG]}, [FILE])

    data = (root / ANSWER).read_bytes()

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") > 8


def test_an_answer_in_nynorsk_is_known_again_and_removed(root, nynorsk):
    answer(root, {FILE: [WRONG]}, [FILE])
    told = (root / ANSWER).read_text("utf-8-sig")

    done = answer(root, {}, [FILE], [ANSWER])

    assert "docgen har skrive denne fila." in told
    assert done == Answered(removed=(ANSWER,))


def test_a_problem_in_another_file_names_it(root):
    elsewhere = Problem("Saken står i et annet møte.", "Rett den.", Where("inputs/annet.yaml", (), 7))

    answer(root, {FILE: [elsewhere]}, [FILE])

    assert "1. inputs/annet.yaml, linje 7\n" in (root / ANSWER).read_text("utf-8-sig")


def test_the_same_answer_is_not_written_again(root):
    first = answer(root, {FILE: [WRONG]}, [FILE])
    before = (root / ANSWER).stat()

    second = answer(root, {FILE: [WRONG]}, [FILE], [ANSWER])

    assert (first.written, second) == ((ANSWER,), Answered())
    assert (root / ANSWER).stat() == before


def test_an_answer_changes_with_the_problems(root):
    answer(root, {FILE: [WRONG, NOTE]}, [FILE])

    done = answer(root, {FILE: [WRONG]}, [FILE], [ANSWER])

    assert done.written == (ANSWER,)
    assert "søndag" not in (root / ANSWER).read_text("utf-8-sig")


@pytest.mark.parametrize("problems", [{}, {FILE: []}, {FILE: [NOTE]}], ids=["unnamed", "none", "a note"])
def test_an_answer_goes_when_its_file_is_right(root, problems):
    answer(root, {FILE: [WRONG]}, [FILE])

    done = answer(root, problems, [FILE], [ANSWER])

    assert done == Answered(removed=(ANSWER,))
    assert os.listdir(root / "inputs/SSU") == ["møte.yaml"]


def test_an_answer_goes_with_its_file(root):
    answer(root, {FILE: [WRONG]}, [FILE])
    (root / FILE).unlink()

    done = answer(root, {FILE: [WRONG]}, [], [ANSWER])

    assert done == Answered(removed=(ANSWER,))


def test_an_answer_stays_while_its_file_was_not_looked_at(root):
    answer(root, {FILE: [WRONG]}, [FILE])

    done = answer(root, {}, ["inputs/annet.yaml"], [ANSWER])

    assert done == Answered()
    assert (root / ANSWER).exists()


def test_notes_alone_give_no_answer(root):
    done = answer(root, {FILE: [NOTE]}, [FILE])

    assert (done, (root / ANSWER).exists()) == (Answered(), False)


def test_a_file_that_is_not_there_gets_no_answer_and_no_folder(root):
    done = answer(root, {"templates/SSU/protokoll.docx": [WRONG]}, [])

    assert (done, (root / "templates").exists()) == (Answered(), False)


@pytest.mark.parametrize("file", ["templates/SSU/protokoll.docx", "docgen.toml"])
def test_a_template_and_the_settings_get_answers_too(root, file):
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_bytes(b"")

    done = answer(root, {file: [Problem("Feil.", "Rett.", Where(file))]}, [file])

    assert done.written == (f"{file}.FEIL.txt",)
    assert "1. Feil.\n   Rett.\n" in (root / f"{file}.FEIL.txt").read_text("utf-8-sig")


def test_a_persons_own_file_of_that_name_is_never_touched(root):
    (root / ANSWER).write_text("Husk å ringe Kari", "utf-8")

    wrong = answer(root, {FILE: [WRONG]}, [FILE], [ANSWER])
    right = answer(root, {}, [FILE], [ANSWER])

    assert [str(problem) for problem in wrong.problems] == [
        f"{ANSWER}: Merk: Her ville docgen skrevet hva som er galt med {FILE}, men det er en annen fil med det navnet. "
        "Gi filen din et annet navn. Det som er galt, står på statussiden så lenge."
    ]
    assert (wrong.written, right) == ((), Answered())
    assert (root / ANSWER).read_text("utf-8") == "Husk å ringe Kari"


def test_an_answer_that_can_not_be_written_is_told_and_the_next_is_written(root):
    other = "inputs/annet.yaml"
    (root / other).write_text("type: møte\n", "utf-8")
    (root / ANSWER).mkdir()

    done = answer(root, {FILE: [WRONG], other: [WRONG]}, [FILE, other])

    assert done.written == (f"{other}.FEIL.txt",)
    assert [(problem.where.file, problem.what, problem.warning) for problem in done.problems] == [
        (ANSWER, "Svaret ved siden av filen kunne ikke skrives: en mappe har det navnet.", True)
    ]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who may not write everywhere")
def test_a_folder_that_can_only_be_read_is_told_and_no_crash(root):
    folder = (root / FILE).parent
    answer(root, {FILE: [WRONG]}, [FILE])
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)

    changed = answer(root, {FILE: [WRONG, NOTE]}, [FILE], [ANSWER])
    right = answer(root, {}, [FILE], [ANSWER])

    folder.chmod(stat.S_IRWXU)
    assert [problem.what for problem in (*changed.problems, *right.problems)] == [
        "Svaret ved siden av filen kunne ikke skrives: ingen tilgang, eller åpen i et annet program.",
        "Filen er i orden, men det gamle svaret ved siden av kunne ikke fjernes: "
        "ingen tilgang, eller åpen i et annet program.",
    ]


def test_an_answer_that_can_not_be_removed_is_told_and_goes_the_next_time(root, monkeypatch):
    answer(root, {FILE: [WRONG]}, [FILE])
    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.unlink", _open_in_word)
        first = answer(root, {}, [FILE], [ANSWER])

    second = answer(root, {}, [FILE], [ANSWER])

    assert [problem.what for problem in first.problems] == [
        "Filen er i orden, men det gamle svaret ved siden av kunne ikke fjernes: "
        "ingen tilgang, eller åpen i et annet program."
    ]
    assert (first.removed, second) == ((), Answered(removed=(ANSWER,)))


def _open_in_word(*_args, **_options):
    raise PermissionError(13, "Permission denied")


def test_a_crash_while_writing_leaves_the_old_answer_and_no_temporary_file(root, monkeypatch):
    answer(root, {FILE: [WRONG]}, [FILE])
    before = (root / ANSWER).read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr("os.replace", _open_in_word)
        answer(root, {FILE: [WRONG, NOTE]}, [FILE], [ANSWER])

    assert (root / ANSWER).read_bytes() == before
    assert sorted(os.listdir(root / "inputs/SSU")) == ["møte.yaml", "møte.yaml.FEIL.txt"]
