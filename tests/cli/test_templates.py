"""`docgen templates check`, `docgen templates names` and `docgen doctor`."""

import json

import docx
import pytest

from docgen.model.context import CONTEXTS


def spoil(fresh, name, text):
    """Add a paragraph to a template, as a person does in Word."""
    file = fresh.here / "templates" / name
    document = docx.Document(file)
    document.add_paragraph(text)
    document.save(file)


def test_right_templates_are_told_to_be_right(fresh):
    done = fresh.process("templates", "check")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "9 maler er sjekket, ingen feil.\n")


def test_a_wrong_name_is_told_with_its_paragraph_and_the_name_meant(fresh):
    spoil(fresh, "protokoll.docx", "Møtet var {{ møte.dat }}")

    done = fresh("templates", "check")

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "templates/protokoll.docx: Navnet møte.dat finnes ikke. Det står i avsnittet «Møtet var {{ møte.dat }}». "
        "Mente du møte.dato?",
        "9 maler er sjekket, 1 feil.",
    ]


def test_a_missing_template_is_told_of(fresh):
    (fresh.here / "templates/mandat.docx").unlink()

    done = fresh("templates", "check")

    assert done.returncode == 1
    assert "templates/mandat.docx: Malen mangler." in done.stderr


def test_a_body_s_own_template_is_checked_too(fresh):
    fresh.write("templates/SSU/protokoll.docx", "ikke Word")

    done = fresh("templates", "check")

    assert done.returncode == 1
    assert done.stderr.startswith("templates/SSU/protokoll.docx: ")


def test_a_template_with_a_misspelt_file_name_is_warned_of(fresh):
    (fresh.here / "templates/protokol.docx").write_bytes((fresh.here / "templates/protokoll.docx").read_bytes())

    done = fresh("templates", "check")

    assert done.returncode == 0
    assert "templates/protokol.docx: Merk: Det lages ikke noe dokument" in done.stderr
    assert "Mente du protokoll.docx?" in done.stderr


def test_annotate_writes_a_copy_with_comments_and_overwrites_nothing(fresh):
    spoil(fresh, "protokoll.docx", "{{ møte.dat }}")
    before = (fresh.here / "templates/protokoll.docx").read_bytes()

    first = fresh("templates", "check", "--annotate")
    second = fresh("templates", "check", "--annotate")

    assert first.stdout == "templates/protokoll (merknader).docx\n"
    assert second.stdout == "templates/protokoll (merknader 2).docx\n"
    copy = docx.Document(fresh.here / "templates/protokoll (merknader).docx")
    assert ["Mente du møte.dato?" in comment.text for comment in copy.comments] == [True]
    assert (fresh.here / "templates/protokoll.docx").read_bytes() == before


def test_a_file_that_is_no_word_document_is_not_commented(fresh):
    fresh.write("templates/protokoll.docx", "ikke Word")

    done = fresh("templates", "check", "--annotate")

    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.parametrize("name", ["protokoll.docx", "templates/protokoll.docx"])
def test_one_template_can_be_checked_alone(fresh, name):
    spoil(fresh, "mandat.docx", "{{ feil }}")

    done = fresh("templates", "check", name)

    assert (done.returncode, done.stderr) == (0, "1 mal er sjekket, ingen feil.\n")


def test_a_template_that_is_not_there_is_a_wrong_call(fresh):
    done = fresh("templates", "check", "nei.docx")

    assert (done.returncode, done.stderr) == (2, "nei.docx: Malen finnes ikke. Malene ligger i templates.\n")


def test_faults_can_be_had_as_json(fresh):
    spoil(fresh, "protokoll.docx", "{{ møte.dat }}")

    told = json.loads(fresh("templates", "check", "--json").stdout)

    assert [problem["file"] for problem in told["problems"]] == ["templates/protokoll.docx"]
    assert told["copies"] == []


@pytest.mark.parametrize("kind", list(CONTEXTS))
def test_every_listed_name_can_be_written_in_a_template(fresh, kind):
    listed = json.loads(fresh("templates", "names", kind, "--json").stdout)
    document = docx.Document(fresh.here / f"templates/{kind}.docx")
    open_lists = []
    for row in listed:
        while open_lists and not row["name"].startswith(open_lists[-1]):
            document.add_paragraph("{%p endfor %}")
            open_lists.pop()
        if row["holds"] == "liste":
            start = row["tag"].split(" … ")[0]
            document.add_paragraph(start)
            open_lists.append(start.split()[2] + ".")
        else:
            for paragraph in row["tag"].split(" … "):
                document.add_paragraph(paragraph)
    for _one in open_lists:
        document.add_paragraph("{%p endfor %}")
    document.save(fresh.here / f"templates/{kind}.docx")

    done = fresh("templates", "check", f"{kind}.docx")

    assert done.stderr == "1 mal er sjekket, ingen feil.\n"


def test_names_are_listed_with_their_tags(outside):
    lines = outside("templates", "names", "protokoll").stdout.splitlines()

    assert any(line.split() == ["sak.nr", "tekst", "{{", "sak.nr", "}}"] for line in lines)
    assert any("{%p for sak in saker %} … {%p endfor %}" in line for line in lines)
    assert any("{{p sak.vedtak }}" in line for line in lines)


def test_names_of_an_unknown_template_are_a_wrong_call(outside):
    done = outside("templates", "names", "protokol")

    assert done.returncode == 2
    assert done.stderr == "docgen templates names: docgen lager ikke noe av en mal protokol. Mente du protokoll?\n"


def test_the_doctor_finds_all_in_order(fresh):
    done = fresh("doctor")

    assert done.returncode == 0
    assert "✓ Python: 3." in done.stdout
    assert f"✓ Arbeidsområde: {fresh.here}" in done.stdout
    assert "✓ Maler: 9 maler, ingen feil" in done.stdout
    assert done.stderr == "docgen har det den trenger.\n"


def test_the_doctor_says_how_to_get_what_is_missing(fresh, tmp_path):
    (tmp_path / "tom").mkdir()

    done = fresh.process("doctor", PATH=str(tmp_path / "tom"), DOCGEN_LIBREOFFICE=str(tmp_path / "tom"))

    assert done.returncode == 0
    assert "– Poppler: mangler. " in done.stdout
    assert "– PDF: rdocx, uten LibreOffice, virker. " in done.stdout
    assert "sudo apt install libreoffice-writer-nogui" in done.stdout


def test_the_doctor_does_without_a_workspace(outside):
    done = outside("doctor")

    assert done.returncode == 0
    assert f"– Arbeidsområde: {outside.here}: Det finnes ingen docgen.toml her" in done.stdout


@pytest.mark.parametrize(
    ("file", "said"),
    [("docgen.toml", "✗ Arbeidsområde: docgen.toml"), ("templates/mandat.docx", "✗ Maler: 1 feil.")],
)
def test_the_doctor_finds_what_is_broken(fresh, file, said):
    fresh.write(file, "ikke riktig")

    done = fresh("doctor")

    assert done.returncode == 1
    assert said in done.stdout
    assert done.stderr == "1 ting må ordnes.\n"


def test_the_doctor_answers_with_json(fresh):
    found = json.loads(fresh("doctor", "--json").stdout)

    assert {"name": "Maler", "found": "9 maler, ingen feil", "right": True, "needed": False, "fix": ""} in found
