"""Where a workspace is, which of its files are inputs, and what docgen.toml must say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docgen.messages import speak
from docgen.problems import WorkspaceError
from docgen.run.build import build
from docgen.run.workspace import find, input_files, inside
from tests.run.office import MEETING, TOML


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch):
    monkeypatch.delenv("DOCGEN_WORKSPACE", raising=False)
    speak("nb")


def told(root: Path) -> list[str]:
    """What is wrong with the workspace, in Norwegian."""
    with pytest.raises(WorkspaceError) as error:
        find(root)
    return [str(problem) for problem in error.value.problems]


def with_toml(root: Path, text: str) -> Path:
    (root / "docgen.toml").write_text(text, encoding="utf-8")
    return root


def test_the_workspace_is_found_from_a_folder_below_it(tmp_path):
    with_toml(tmp_path, TOML)
    below = tmp_path / "inputs" / "SSU" / "2026"
    below.mkdir(parents=True)

    assert find(start=below).root == tmp_path
    assert find(start=tmp_path).root == tmp_path


def test_the_nearest_workspace_is_the_one(tmp_path):
    inner = tmp_path / "indre"
    inner.mkdir()
    with_toml(tmp_path, TOML)
    with_toml(inner, TOML)

    assert find(start=inner).root == inner


def test_the_current_folder_is_where_the_search_begins(tmp_path, monkeypatch):
    with_toml(tmp_path, TOML)
    monkeypatch.chdir(tmp_path)

    assert find().root == tmp_path


def test_a_named_workspace_goes_before_the_environment_and_that_before_the_current_folder(tmp_path, monkeypatch):
    a, b, c = (tmp_path / name for name in "abc")
    for folder in (a, b, c):
        folder.mkdir()
        with_toml(folder, TOML)
    monkeypatch.chdir(a)
    monkeypatch.setenv("DOCGEN_WORKSPACE", str(b))

    assert find().root == b
    assert find(c).root == c


def test_a_named_workspace_is_not_searched_for_upwards(tmp_path):
    with_toml(tmp_path, TOML)
    (tmp_path / "inputs").mkdir()

    (problem,) = told(tmp_path / "inputs")

    assert "Det finnes ingen docgen.toml her eller i en mappe over." in problem


def test_where_there_is_no_workspace_it_is_said_what_to_do(tmp_path):
    with pytest.raises(WorkspaceError, match="docgen init"):
        find(start=tmp_path)


def test_a_docgen_toml_that_is_no_toml_is_told_with_its_line(tmp_path):
    (problem,) = told(with_toml(tmp_path, "[eier]\nnavn = H\n"))

    assert problem.startswith("docgen.toml, linje 2")


@pytest.mark.parametrize(
    ("more", "begins"),
    [
        ('farge = "blå"', "1, farge: Nøkkelen farge er ikke kjent her."),
        (
            'saksnumer = "01/22"',
            "1, saksnumer: Nøkkelen saksnumer er ikke kjent her. Mente du saksnummer?",
        ),
        ('"målform" = "svensk"', "1, målform: "),
        ('saksnummer = "nummer én"', "1, saksnummer: "),
        ('["følsomhet"]\nIntern = "lilla"', "2, følsomhet.Intern: docgen har ingen farge lilla."),
        (
            '[ord]\nsakslist = "agenda"',
            "2, ord.sakslist: Ingen dokumenter skriver ut ordet sakslist. Mente",
        ),
        (
            '[mapper]\nutdata = "../ut"',
            "2, mapper.utdata: Mappen ../ut ligger ikke i arbeidsområdet.",
        ),
        ('[mapper]\nutdata = "/ut"', "2, mapper.utdata: Mappen /ut ligger ikke i arbeidsområdet."),
        (
            '[mapper]\nutdata = "C:/ut"',
            "2, mapper.utdata: Mappen C:/ut ligger ikke i arbeidsområdet.",
        ),
        ('[mapper]\ninndata = "."', "2, mapper.inndata: Mappen . ligger ikke i arbeidsområdet."),
        ('[mapper]\ninndata = "felles"\nutdata = "felles"', "2, mapper.inndata: "),
        ('[mapper]\nutdata = "inputs/ferdig"', "2, mapper.utdata: "),
        ('[mapper]\ninndata = "output/inn"', "2, mapper.inndata: "),
        ('[mapper]\nmaler = "output"', "2, mapper.maler: "),
        ('[mapper]\nutdata = "mandates"', "2, mapper.utdata: "),
        ('[pdf]\nlag = "kanskje"', "2, pdf.lag: "),
        ('[arkiv]\narkiv = "X"', "2, arkiv.arkiv: Nøkkelen arkiv er ikke kjent her."),
        ('[godkjenning]\n"retningslinje 1" = ["SSU"]', "2, godkjenning.retningslinje 1: "),
        (
            '[godkjenning]\n"retningslinjene 2 til 12" = "SSU"',
            "2, godkjenning.retningslinjene 2 til 12: «retningslinjene 2 til 12» er ikke noe dokument",
        ),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(tmp_path, more, begins):
    problems = told(with_toml(tmp_path, f'{more}\n[eier]\nnavn = "H"\n'))

    assert problems[0].startswith(f"docgen.toml, linje {begins}"), problems


def test_the_owner_must_be_named(tmp_path):
    (problem,) = told(with_toml(tmp_path, '"målform" = "bokmål"\n'))

    assert problem.startswith("docgen.toml, ")
    assert "eier" in problem


def test_every_wrong_setting_is_told_at_once(tmp_path):
    text = '[eier]\nnavn = "H"\n["følsomhet"]\nIntern = "lilla"\n[ord]\nsakslist = "a"\n[mapper]\nutdata = ".."\n'

    assert len(told(with_toml(tmp_path, text))) == 3


def test_messages_are_in_nynorsk_when_the_workspace_is(tmp_path):
    find(with_toml(tmp_path, '"målform" = "nynorsk"\n[eier]\nnavn = "H"\n'))

    with pytest.raises(WorkspaceError, match="Gå til mappa"):
        find(start=tmp_path.parent / "ein annan stad")


def test_the_folders_may_have_other_names(office):
    names = {"maler": "Maler", "mandater": "Mandater", "inndata": "Det vi skriver", "utdata": "Ferdig"}
    for name, old in (("Maler", "templates"), ("Mandater", "mandates")):
        (office.root / old).rename(office.root / name)
    office.write("docgen.toml", TOML + "[mapper]\n" + "".join(f'{key} = "{name}"\n' for key, name in names.items()))
    office.write("Det vi skriver/SSU/m.yaml", MEETING)

    report = office.build()

    assert report.is_whole
    assert (office.root / "Ferdig" / "SSU" / "2026-03-12" / "2026-03-12 SSU innkalling.docx").is_file()
    assert not office.output.exists()


@pytest.mark.parametrize(
    "name",
    [
        "~$m.yaml",
        ".~lock.m.yaml#",
        ".m.yaml",
        ".skjult/m.yaml",
        ".~lock.m.yaml",
        "~$mappe/m.yaml",
        "m.yaml~",
        "m.yaml.bak",
        "m.docx",
        "Thumbs.db",
        "m.txt",
    ],
)
def test_what_editors_and_systems_leave_is_no_input(office, name):
    office.drop(f"inputs/{name}", MEETING)

    assert [file.name for file in input_files(office.workspace)] == ["SSU.yaml"]


@pytest.mark.parametrize("name", ["m.yaml", "m.yml", "M.YAML", "m.json", "m.toml", "m.md", "dypt/nede/her/m.md"])
def test_these_are_inputs(office, name):
    office.drop(f"inputs/{name}", "")

    assert [file.name for file in input_files(office.workspace)] == [Path(name).name, "SSU.yaml"]


def test_a_workspace_without_an_input_folder_has_no_inputs(tmp_path):
    assert input_files(find(with_toml(tmp_path, TOML))) == []


def test_a_file_beside_the_input_or_from_the_workspace_is_inside(office):
    office.drop("inputs/SSU/kart.pdf", "")
    office.drop("inputs/felles.pdf", "")

    workspace, source = office.workspace, "inputs/SSU/m.yaml"

    assert inside(workspace, source, "kart.pdf") == office.root / "inputs/SSU/kart.pdf"
    assert inside(workspace, source, "../felles.pdf") == office.root / "inputs/felles.pdf"
    assert inside(workspace, source, "inputs\\felles.pdf") == office.root / "inputs/felles.pdf"


@pytest.mark.parametrize(
    "named", ["../../utenfor.pdf", "/etc/passwd", "C:/x.pdf", "", "x\0.pdf", "lenke.pdf", "finnes ikke.pdf"]
)
def test_nothing_outside_the_workspace_is_inside(office, named):
    outside = office.root.parent / "utenfor.pdf"
    outside.write_bytes(b"%PDF")
    (office.root / "inputs").mkdir()
    os.symlink(outside, office.root / "inputs" / "lenke.pdf")

    assert inside(office.workspace, "inputs/m.yaml", named) is None


def test_an_input_that_is_a_link_out_of_the_workspace_is_passed_over(office):
    outside = office.root.parent / "utenfor.yaml"
    outside.write_text(MEETING, encoding="utf-8")
    (office.root / "inputs").mkdir()
    os.symlink(outside, office.root / "inputs" / "lenke.yaml")

    assert [file.name for file in input_files(office.workspace)] == ["SSU.yaml"]


def test_what_the_reader_warns_of_in_the_settings_is_told_by_the_build(tmp_path):
    root = with_toml(tmp_path, '[eier]\nnavn = "Hel\u0007se"\n')

    report = build(find(root))

    assert [str(problem) for problem in report.problems] == [
        "docgen.toml, linje 2: Merk: Det usynlige tegnet U+0007 er tatt bort. "
        "Det følger ofte med når tekst limes inn. Se etter at teksten er riktig."
    ]
