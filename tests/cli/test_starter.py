"""What a new user is given: `docgen init` and `docgen new`."""

import pytest

from docgen.model.inputs import shapes
from docgen.model.library import KINDS, entry
from docgen.read import read
from docgen.starter.files import templates_folder
from docgen.starter.start_file import NAMES, all_in_use, explained, start_file

LANGUAGES = ("nb", "nn")
EACH = [(kind, language) for kind in KINDS for language in LANGUAGES]


@pytest.mark.parametrize("målform", ["bokmål", "nynorsk"])
def test_a_new_workspace_is_in_order_and_makes_the_documents_of_its_example(outside, målform):
    outside.process("init", "Mitt arbeid", "--målform", målform)
    outside.here = outside.here / "Mitt arbeid"

    checked, faults, built = outside("check"), outside("templates", "check"), outside.process("build")

    assert (checked.returncode, checked.stderr) == (0, "")
    assert faults.returncode == 0
    assert built.returncode == 0
    assert built.stderr.startswith("8 dokument")
    names = [file.name for file in (outside.here / "output").rglob("*.docx")]
    assert any("saksframlegg 02-26" in name for name in names)


def test_a_nynorsk_workspace_speaks_nynorsk(outside):
    outside("init", "arbeid", "--målform", "nynorsk")
    outside.here = outside.here / "arbeid"
    outside.write("inputs/feil.yaml", "type: møte\norgan: Finst ikkje\n")

    assert "manglar" in outside("check").stderr
    assert 'eigar]\nnamn = "' in outside.read("docgen.toml").replace("\r", "")


def test_init_brings_every_template_of_the_repository_and_how_to_change_them(fresh):
    brought = {file.name: file.read_bytes() for file in (fresh.here / "templates").iterdir()}

    assert brought == {file.name: file.read_bytes() for file in templates_folder().iterdir()}
    assert len(brought) == 10


def test_the_text_to_read_first_opens_rightly_in_notepad(fresh):
    data = (fresh.here / "LES MEG.txt").read_bytes()

    assert data.startswith(b"\xef\xbb\xbfDette er et arbeidsomr\xc3\xa5de")
    assert data.count(b"\n") == data.count(b"\r\n") > 10


def test_init_refuses_a_workspace_and_changes_nothing(fresh):
    fresh.write("docgen.toml", "# min\n")

    done = fresh("init", ".")

    assert done.returncode == 2
    assert "Mappen er et arbeidsområde fra før." in done.stderr
    assert fresh.read("docgen.toml") == "# min\n"


def test_init_leaves_other_files_alone(outside):
    outside.write("arbeid/LES MEG.txt", "mitt")
    outside.write("arbeid/templates/mandat.docx", "min mal")

    done = outside("init", "arbeid")

    assert done.returncode == 0
    assert outside.read("arbeid/LES MEG.txt") == "mitt"
    assert outside.read("arbeid/templates/mandat.docx") == "min mal"


def test_init_where_nothing_can_be_written_says_so(outside):
    outside.write("fil", "")

    done = outside("init", "fil/arbeid")

    assert done.returncode == 2
    assert "Det går ikke an å skrive i mappen" in done.stderr


def test_a_language_that_docgen_does_not_write_is_refused(outside):
    done = outside("init", "arbeid", "--målform", "svensk")

    assert done.returncode == 2
    assert "«svensk» er ingen målform" in done.stderr
    assert not (outside.here / "arbeid").exists()


@pytest.mark.parametrize("målform", ["bokmål", "nynorsk"])
def test_each_starting_file_is_right_in_a_new_workspace(outside, målform):
    outside("init", "arbeid", "--målform", målform)
    outside.here = outside.here / "arbeid"

    # Guidelines last, so that the attachment belongs to one that does not list it yet: only a warning.
    made = [
        outside("new", kind).stdout.strip() for kind in ("mandat", "møte", "organisering", "vedlegg", "retningslinje")
    ]
    checked = outside("check")

    assert checked.returncode == 0
    assert len(checked.stderr.splitlines()) == 1  # of the attachment
    for name in made:
        first = outside.read(name).replace("---\n", "").splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (outside.here / name).parent.joinpath(schema).resolve().is_file()
    assert outside("build").returncode == 0


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_a_starting_file_is_right_with_every_key_in_use(kind, language):
    text = all_in_use(start_file(kind, language))

    found = entry(read(NAMES[kind], text.encode()))

    assert [str(problem) for problem in found.problems] == []
    assert found.kind == kind


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_a_starting_file_explains_every_key(kind, language):
    told = explained(kind, language)

    unexplained = [fields for fields in _fields(KINDS[kind]) if not told.get(fields, ("", ""))[1]]

    # In a .md file the body is the introduction and the chapters.
    body = {("introduction",), ("chapters",), ("chapters", "title"), ("chapters", "text")}
    assert [fields for fields in unexplained if NAMES[kind].endswith(".yaml") or fields not in body] == []


def _fields(model, above=()):
    for shape in {shape.name: shape for shape in shapes(model).values()}.values():
        yield (*above, shape.name)
        if shape.model:
            yield from _fields(shape.model, (*above, shape.name))


@pytest.mark.parametrize("word", ["møte", "mote", "moete", "Møte", "meeting"])
def test_new_knows_a_meeting_by_its_names(fresh, word):
    done = fresh("new", word, "inputs/nytt.yaml")

    assert (done.returncode, done.stdout) == (0, "inputs/nytt.yaml\n")


def test_new_names_the_body_of_the_workspace(fresh):
    made = fresh("new", "møte").stdout.strip()

    assert "\norgan: Eksempelutvalget\n" in fresh.read(made)
    assert made.startswith("inputs/Eksempelutvalget/20")


def test_new_takes_the_next_free_number(fresh):
    fresh("new", "vedlegg")
    fresh("new", "retningslinje")

    names = sorted(file.name for file in (fresh.here / "inputs/retningslinjer").iterdir())

    assert names == ["Retningslinje 2.md", "Vedlegg 1.2.md"]
    assert "\nnummer: 1.2\n" in fresh.read("inputs/retningslinjer/Vedlegg 1.2.md")


def test_new_overwrites_nothing(fresh):
    fresh.write("inputs/mitt.yaml", "mitt")

    done = fresh("new", "møte", "inputs/mitt")

    assert done.returncode == 2
    assert "Filen er der fra før" in done.stderr
    assert fresh.read("inputs/mitt.yaml") == "mitt"


def test_new_refuses_a_format_that_it_has_no_file_in(fresh):
    done = fresh("new", "retningslinje", "inputs/r.yaml")

    assert done.returncode == 2
    assert "La navnet slutte på .md." in done.stderr


def test_new_warns_of_a_place_where_nothing_is_read(fresh):
    done = fresh("new", "mandat", "her.md")

    assert done.returncode == 0
    assert "docgen build leser bare filer i mandates, inputs." in done.stderr


def test_new_suggests_the_type_that_was_meant(fresh):
    done = fresh("new", "mandatt")

    assert done.returncode == 2
    assert "Mente du mandat?" in done.stderr


def test_new_writes_nynorsk_when_asked(fresh):
    fresh("new", "mandat", "mandates/nn.md", "--målform", "nynorsk")

    assert "\nnamn: " in fresh.read("mandates/nn.md")
