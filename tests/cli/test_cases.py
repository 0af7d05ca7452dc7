"""`docgen cases`: the register's cases as people and programs read them."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from docgen.cli.table import table
from tests.cli.registered import JUNE, Registered, lines
from tests.run.office import MEETING, OU, SSU


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Registered(tmp_path_factory.mktemp("cases") / "kontor").with_cases().root


@pytest.fixture
def office(built: Path, tmp_path: Path) -> Registered:
    return Registered.copied(built, tmp_path)


def test_the_cases_of_a_body_stand_by_number_with_what_became_of_them(office):
    assert lines(office("cases", "SSU")) == [
        "Sak Møte Tittel Merknad",
        "01/26 12.03.2026 Godkjenning av innkalling",
        "02/26 12.03.2026 Budsjett utsatt → 04/26 → OU 2/2027",
        "03/26 04.06.2026 Godkjenning av protokoll",
        "04/26 04.06.2026 Budsjett fra 02/26",
        "05/26 04.06.2026 Økonomi trukket",
        "06/26 04.06.2026 Sen sak tillegg",
    ]


def test_all_bodies_stand_together_each_number_in_its_bodys_own_form(office):
    done = office("cases")

    assert lines(done)[:4] == [
        "Organ Sak Møte Tittel Merknad",
        "OU OU 1/2027 11.01.2027 Personalsak unntatt",
        "OU OU 2/2027 11.01.2027 Budsjett fra SSU 02/26",
        "SSU 01/26 12.03.2026 Godkjenning av innkalling",
    ]
    assert done.stderr == "8 saker.\n"


@pytest.mark.parametrize(
    "asked", [("ssu",), ("strategisk SAMARBEIDSUTVALG",), ("SSU", "2026"), ("SSU", "26"), ("2026",)]
)
def test_a_body_is_known_by_both_its_names_and_a_year_in_two_ways(office, asked):
    assert office("cases", *asked).stderr == "6 saker.\n"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("SUS",), "docgen: Det er ikke noe organ SUS i registeret. Mente du SSU?"),
        (("Kirkerådet",), "docgen: Det er ikke noe organ Kirkerådet i registeret. Organene er: OU, SSU."),
        (("SSU", "2025"), "docgen: SSU har ingen faste saksnumre i 2025. Det er det i 2026."),
        (("2019",), "docgen: Det er ingen faste saksnumre i 2019. Det er det i 2026, 2027."),
        (("SSU", "i fjor"), "docgen: «i fjor» er ikke et år. Skriv det med fire sifre, for eksempel 2024."),
    ],
)
def test_an_unknown_body_or_year_is_told_with_what_there_is(office, asked, said):
    done = office("cases", *asked)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", said + "\n")


def test_nothing_of_an_exempt_case_is_told_but_what_everybody_may_read(office):
    office("cases", "--xlsx", "saker.xlsx")

    told = office("cases").stdout + office("cases", "--json").stdout + sheet_text(office.root / "saker.xlsx")

    assert "Personalsak" in told
    assert "Ola" not in told
    assert '"ola"' not in told


def test_a_body_without_its_mandate_is_listed_in_the_workspaces_form(office):
    (office.root / "mandates/OU.yaml").unlink()

    assert "01/27" in office("cases", "OU").stdout


def test_bodies_that_share_a_series_find_each_others_cases_by_number_alone(tmp_path):
    office = Registered(tmp_path / "kontor")
    office.drop("mandates/SSU.yaml", f"{SSU}saksnummer: {{form: 01/22, serie: felles}}\n")
    office.drop("mandates/OU.yaml", OU.replace("OU 1/2022", "{form: 01/22, serie: felles}"))
    office.fix("ssu.yaml", MEETING)
    office.fix(
        "ou.yaml",
        MEETING.replace("SSU", "OU").replace("2026-03", "2026-05").replace("    bak", "    fra: 01/26\n    bak"),
    )

    assert lines(office("cases", "SSU"))[1] == "01/26 12.03.2026 Godkjenning av innkalling → OU 04/26"


def test_an_input_that_is_wrong_does_not_hide_the_register(office):
    office.drop("ssu mars.yaml", "type: møte\norgan: [")

    assert office("cases", "SSU").stderr == "6 saker.\n"


def test_json_tells_everything_under_the_same_keys(office):
    cases = json.loads(office("cases", "SSU", "--json").stdout)

    assert [case["text"] for case in cases] == ["01/26", "02/26", "03/26", "04/26", "05/26", "06/26"]
    fixed_at = cases[3].pop("fixed_at")
    assert datetime.fromisoformat(fixed_at).tzinfo is not None
    assert cases[3] == {
        "body": "SSU",
        "year": 2026,
        "number": 4,
        "suffix": "",
        "text": "04/26",
        "date": "2026-06-04",
        "start": "09:00",
        "title": "Budsjett",
        "id": "budsjett-2",
        "outcome": "",
        "follows": "02/26",
        "came_back_as": [],
        "late": False,
        "exempt": "",
        "source": "inputs/ssu juni",
        "sequence": "ssu",
    }
    assert cases[1]["came_back_as"] == ["04/26", "OU 2/2027"]
    assert (cases[4]["outcome"], cases[5]["late"]) == ("trukket", True)


def test_an_empty_register_is_told_of_kindly(tmp_path):
    office = Registered(tmp_path / "kontor")

    done = office("cases")

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "Ingen saksnumre er faste ennå. De blir faste når møtet får status: innkalt.\n"
    assert json.loads(office("cases", "--json").stdout) == []
    assert not (office.root / ".docgen").exists()
    assert office("cases", "SSU").stderr.startswith("SSU har ingen faste saksnumre ennå.")


def test_a_table_keeps_its_columns_in_80_characters():
    title = "Samarbeid om utskriving av pasienter med behov for tjenester fra flere kommuner i helgene"

    shown = table(("Organ", "Sak", "Tittel", "Merknad"), [("SSU", "01/26", title, "utsatt → 04/26")] * 2, 80)

    assert max(map(len, shown)) <= 80
    assert [line[:11] for line in shown] == ["Organ  Sak ", *["SSU    01/2", "           "] * 2]
    assert shown[1].endswith("utsatt → 04/26")


def test_a_pipe_gets_one_line_a_case_whatever_its_length(office):
    title = "Samarbeid " * 15
    office.fix("ssu juni.yaml", f"{JUNE}  - Sen sak\n  - {title}\n")

    found = subprocess.run(
        [sys.executable, "-m", "docgen", "cases", "SSU"],
        cwd=office.root,
        env=os.environ | {"COLUMNS": "80"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert len(found.stdout.splitlines()) == 8
    assert title.strip() in found.stdout
    assert "\x1b" not in found.stdout


# The workbook.

TRAPS = ("=cmd|'/c calc'!A1", "+1", "-1+2", "@SUM(A1)", "'sitat", "01/22", "#REF!", "TRUE", "1e5", "&lt;b>")


def sheet_text(file: Path) -> str:
    return ZipFile(file).read("xl/worksheets/sheet1.xml").decode()


@pytest.fixture
def trapped(tmp_path: Path) -> Registered:
    """An office whose agenda is written by somebody who wants to run a formula."""
    office = Registered(tmp_path / "kontor")
    titles = "".join(f"  - {json.dumps(title)}\n" for title in TRAPS)
    office.fix("ssu.yaml", MEETING.partition("saker:\n")[0] + "saker:\n" + titles)
    return office


def test_no_title_becomes_a_formula_a_number_or_an_error_in_the_workbook(trapped):
    done = trapped("cases", "--xlsx", "saker.xlsx")

    assert (done.returncode, done.stdout, done.stderr) == (0, "saker.xlsx\n", "10 saker.\n")
    page = load_workbook(trapped.root / "saker.xlsx").active
    cells = [page.cell(row, 5) for row in range(2, len(TRAPS) + 2)]
    assert [cell.value for cell in cells] == list(TRAPS)
    assert {(cell.data_type, cell.quotePrefix, cell.number_format) for cell in cells} == {("s", True, "@")}
    assert "<f>" not in sheet_text(trapped.root / "saker.xlsx")


def test_the_workbook_has_norwegian_headings_real_dates_and_prints_on_one_page_across(office):
    office("cases", "SSU", "--xlsx", "ut/saker.xlsx")

    page = load_workbook(office.root / "ut/saker.xlsx").active
    rows = list(page.iter_rows(values_only=True))
    assert rows[0] == (
        "Organ",
        "År",
        "Sak",
        "Møtedato",
        "Tittel",
        "Unntatt",
        "Tillegg",
        "Utfall",
        "Kom tilbake som",
        "Kommer fra",
        "Inndata",
    )
    came_back, source = "04/26, OU 2/2027", "inputs/ssu mars"
    march, title = datetime(2026, 3, 12), "Budsjett"
    assert rows[2] == ("SSU", 2026, "02/26", march, title, None, None, "utsatt", came_back, None, source)
    assert (page["D2"].number_format, page.freeze_panes, page.auto_filter.ref) == ("dd.mm.yyyy", "A2", "A1:K7")
    assert (page.page_setup.orientation, page.print_title_rows, page.page_setup.fitToHeight) == (
        "landscape",
        "$1:$1",
        0,
    )
    assert page["A1"].font.bold
    assert page.column_dimensions["E"].width > len("Godkjenning av innkalling")


def test_a_workbook_that_docgen_made_is_made_anew_and_one_that_is_edited_is_not(office):
    file = office.root / "saker.xlsx"
    office("cases", "SSU", "--xlsx", "saker.xlsx")
    assert office("cases", "--xlsx", "saker.xlsx").returncode == 0
    edited = load_workbook(file)
    edited.active["A1"] = "Mine notater"
    edited.save(file)
    before = file.read_bytes()

    done = office("cases", "--xlsx", "saker.xlsx")

    assert done.returncode == 2
    assert done.stderr.endswith(
        "Det finnes alt en fil med dette navnet, som docgen ikke har laget, eller som noen har endret. "
        "Velg et annet navn, eller legg til --force for å skrive over den.\n"
    )
    assert file.read_bytes() == before
    assert office("cases", "--xlsx", "saker.xlsx", "--force").returncode == 0
    assert load_workbook(file).active["A1"].value == "Organ"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("saker.csv", "Navnet på en Excel-arbeidsbok slutter på .xlsx. Skriv saker.csv.xlsx."),
        ("inputs/saker.xlsx", "Der ville docgen tatt arbeidsboken for en inndatafil. Legg den i en annen mappe."),
        ("mappe.xlsx", "Arbeidsboken kan ikke skrives: "),
    ],
)
def test_a_workbook_is_refused_where_it_can_do_harm(office, name, said):
    (office.root / "mappe.xlsx").mkdir()

    done = office("cases", "--xlsx", name)

    assert done.returncode == 2
    assert said in done.stderr
    assert not (office.root / name).is_file()


def test_the_workbook_is_in_nynorsk_in_a_nynorsk_workspace(office):
    office.write("docgen.toml", '"målform" = "nynorsk"\n[eigar]\nnamn = "Nordvik"\n')

    office("cases", "--xlsx", "saker.xlsx")

    headings = [cell.value for cell in load_workbook(office.root / "saker.xlsx").active[1]]
    assert headings[5:10] == ["Unnateke", "Tillegg", "Utfall", "Kom tilbake som", "Kjem frå"]
