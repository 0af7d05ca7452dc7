"""The JSON Schemas: they take what docgen takes, and refuse what it refuses."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from docgen.model.library import KINDS, entry
from docgen.read import SUFFIXES, read
from docgen.starter.schema import schema
from docgen.starter.start_file import NAMES, all_in_use, start_file

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(
    file for folder in ("inputs", "mandates") for file in (ROOT / folder).rglob("*") if file.suffix in SUFFIXES
)


def errors(kind, tree, language="nb"):
    validator = jsonschema.Draft202012Validator(schema(kind, language))
    return [f"{list(error.path)}: {error.message[:120]}" for error in validator.iter_errors(tree)]


def as_an_editor_sees(text):
    """Return YAML with its own types, but dates as the text they are written as, since JSON has none."""
    front = text.split("---\n")[1] if text.startswith("---\n") else text
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.add_constructor("tag:yaml.org,2002:timestamp", yaml.SafeLoader.construct_yaml_str)
    return yaml.load(front, loader)


@pytest.mark.parametrize(("kind", "language"), [(kind, language) for kind in KINDS for language in ("nb", "nn")])
def test_a_schema_is_one_and_describes_every_property(kind, language):
    made = schema(kind, language)

    jsonschema.Draft202012Validator.check_schema(made)
    groups = [made, *made["$defs"].values()]
    bare = [name for group in groups for name, one in group["properties"].items() if not one.get("description")]
    assert bare == []
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_the_examples_fit_the_schemas(file):
    source = read(file.name, file.read_bytes())
    kind = entry(source).kind

    assert errors(kind, source.tree) == []
    assert errors(kind, source.tree, "nn") == []
    if file.suffix in (".yaml", ".md"):
        assert errors(kind, as_an_editor_sees(file.read_text("utf-8"))) == []


@pytest.mark.parametrize(("kind", "language"), [(kind, language) for kind in KINDS for language in ("nb", "nn")])
def test_the_starting_files_fit_the_schemas(kind, language):
    text = start_file(kind, language)

    assert errors(kind, as_an_editor_sees(text), language) == []
    assert errors(kind, as_an_editor_sees(all_in_use(text)), language) == []


@pytest.mark.parametrize(
    "keys",
    [
        {"TYPE": "Møte", "Organ": "SSU", "Dato": "24.10.2022"},
        {"type": "meeting", "body": "SSU", "date": "24.10.2022", "venue": None} | {"place": "Teams"},
        {"type": "møte", "organ": "SSU", "dato": "24.10.2022", "til_stede": "Kari", "Forfall-meldes-til": "Ola"},
        {
            "type": "møte",
            "organ": "SSU",
            "dato": "24.10.2022",
            "saker": [{"tittel": "x", "type": "B", "nummerert": False}],
        },
        {"type": "møte", "organ": "SSU", "dato": "24.10.2022", "sted": None, "saker": ["Eventuelt"], "tid": 9},
        {"type": "møte", "organ": "SSU", "dato": "24.10.2022", "saker": {"tittel": "Bare én"}},
    ],
)
def test_what_docgen_understands_fits(keys):
    keys.pop("venue", None)

    assert errors("møte", keys) == []


@pytest.mark.parametrize(
    "change",
    [
        {"stedd": "Teams"},
        {"type": "mandat"},
        {"dato": ["24.10.2022"]},
        {"organ": None},
        {"status": "kanskje"},
        {"saker": [{"type": "B"}]},
        {"saker": [{"tittel": "x", "vedtakk": "y"}]},
        {"målform": "svensk"},
    ],
)
def test_what_docgen_refuses_does_not_fit(change):
    keys = {"type": "møte", "organ": "SSU", "dato": "24.10.2022"}

    assert errors("møte", keys) == []
    assert errors("møte", keys | change) != []


def test_a_missing_key_does_not_fit():
    assert errors("møte", {"type": "møte", "organ": "SSU"}) != []


def test_a_property_is_described_in_norwegian_and_its_choices_are_listed():
    status = schema("møte")["properties"]["status"]

    assert status["description"].startswith("Hvor langt møtet er kommet")
    assert status["anyOf"][0] == {"enum": ["utkast", "innkalt", "avholdt", "godkjent"]}


def test_a_nynorsk_schema_proposes_nynorsk_keys():
    assert "stad" in schema("møte", "nn")["properties"]
    assert "sted" not in schema("møte", "nn")["properties"]


def test_the_command_prints_a_schema(outside):
    done = outside("schema", "mote")

    assert done.returncode == 0
    assert json.loads(done.stdout) == schema("møte")


def test_the_command_writes_all_where_editors_look(fresh):
    done = fresh("schema", "--alle")

    assert len(done.stdout.splitlines()) == len(KINDS)
    assert json.loads(fresh.read(".docgen/schema/mote.json")) == schema("møte")


def test_the_command_asks_for_a_type(outside):
    done = outside("schema")

    assert done.returncode == 2
    assert "Det er ikke sagt hvilket skjema som skal vises." in done.stderr


def test_each_kind_has_a_starting_file():
    assert set(NAMES) == set(KINDS)
