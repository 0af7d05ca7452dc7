"""docgen redline: what changed since an edition, as tracked changes."""

from __future__ import annotations

import pytest
from docx import Document

from docgen.cli.main import main
from tests.run.office import Office
from tests.run.test_approved_versions import APPROVED, DRAFT, SECOND, TOML

DOCUMENT = ("redline", "retningslinje", "2")


@pytest.fixture
def office(tmp_path, monkeypatch):
    found = Office(tmp_path / "h")
    found.write("docgen.toml", TOML)
    found.built("r.md", APPROVED)
    monkeypatch.chdir(found.root)
    return found


def tracked(file) -> tuple[str, str]:
    """The text put in, and the text taken out."""
    body = Document(str(file)).element.body
    put_in = "".join(text.text or "" for text in body.xpath(".//w:ins//w:t"))
    return put_in, "".join(text.text or "" for text in body.xpath(".//w:del//w:delText"))


def test_a_draft_is_compared_with_the_edition_in_force(office, capsys):
    office.drop("r.md", DRAFT)

    code = main(DOCUMENT)

    name = "retningslinjer/Retningslinje 2 Utskrivning (endringer).docx"
    assert (code, capsys.readouterr().out) == (0, f"output/{name}\n")
    put_in, taken_out = tracked(office.output / name)
    assert "alle " in put_in
    assert "Første versjon" in taken_out


def test_the_build_has_made_the_same_comparison_beside_the_draft(office):
    office.built("r.md", DRAFT)
    made = office.content()["retningslinjer/Retningslinje 2 Utskrivning (endringer).docx"]

    assert main(DOCUMENT) == 0

    assert office.content()["retningslinjer/Retningslinje 2 Utskrivning (endringer).docx"] == made


def test_the_edition_in_force_is_compared_with_the_one_before_it(office, capsys):
    office.built("r.md", SECOND)

    code = main(DOCUMENT)

    name = "utgaver/Retningslinje 2 Utskrivning (versjon 2) (endringer siden Første versjon).docx"
    assert (code, capsys.readouterr().out) == (0, f"output/{name}\n")
    assert "alle " in tracked(office.output / name)[0]


def test_versions_and_file_can_be_named(office, capsys, tmp_path):
    office.built("r.md", SECOND)
    office.built("r.md", SECOND.replace("02/26}}", "02/26}}\n  - {versjon: 3, beskrivelse: Mer}") + "\nTil slutt.\n")

    code = main((*DOCUMENT, "--fra", "Første versjon", "--til", "2", "-o", str(tmp_path / "a.docx")))

    assert code == 0, capsys.readouterr().err
    put_in, _taken_out = tracked(tmp_path / "a.docx")
    assert "alle " in put_in
    assert "Til slutt." not in put_in


def test_the_first_version_has_nothing_to_be_compared_with(office, capsys):
    code = main(DOCUMENT)

    assert code == 2
    assert "«retningslinje 2» har ingen versjon før «Første versjon»." in capsys.readouterr().err
