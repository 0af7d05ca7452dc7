"""Same input, same bytes: in four formats, in two folders, and built twice."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from docgen.run.build import build
from docgen.run.workspace import find
from tests.files import documents_in
from tests.run.office import MEETING_FOLDER, copy_of_the_example

HEAD = {
    "type": "møte",
    "organ": "SSU",
    "dato": "12. mars 2026",
    "tid": "09.00–11.00",
    "sted": "Rådhuset «Storsalen»",
    "status": "godkjent",
    "følsomhet": "Intern",
    "forfall": [{"navn": "Ola Vik", "vara": "Eva Lie"}],
    "godkjent": {"sak": "04/26", "dato": "4. juni 2026", "endringer": "Ingen."},
}
BACKGROUND = "Første *avsnitt* med æ, ø og å.\n\n- punkt\n  - underpunkt\n\n| A | B |\n|---|---|\n| 1 | 2 |"
CASES: list[dict[str, Any]] = [
    {"tittel": "Godkjenning", "type": "B", "punkter": ["Ett", "To"], "vedtak": "Godkjent.", "konsensus": "ja"},
    {
        "tittel": "Budsjett: «stort»",
        "id": "0150",
        "fra": "05/25",
        "bakgrunn": BACKGROUND,
        "forslag": "1. Ja\n2. Nei",
        "behandling": "Drøftet.",
        "oppfølging": [{"hva": "Regne", "ansvarlig": "Kari", "frist": "juni 2026"}],
    },
    {"tittel": "Eventuelt", "nummerert": "nei"},
]


def as_json() -> str:
    return json.dumps(HEAD | {"saker": CASES}, ensure_ascii=False, indent=2)


def as_yaml() -> str:
    """YAML as people write it: block texts, and lists under their keys."""
    return "\n".join(_yaml_lines(HEAD | {"saker": CASES}, "")) + "\n"


def _yaml_lines(value: dict[str, Any], indent: str) -> list[str]:
    lines = []
    for key, one in value.items():
        if isinstance(one, dict):
            lines += [f"{indent}{key}:", *_yaml_lines(one, indent + "  ")]
        elif isinstance(one, list):
            lines.append(f"{indent}{key}:")
            for item in one:
                if isinstance(item, dict):
                    first, *rest = _yaml_lines(item, indent + "    ")
                    lines += [f"{indent}  - {first.strip()}", *rest]
                else:
                    lines.append(f"{indent}  - {item}")
        elif "\n" in one:
            lines += [f"{indent}{key}: |", *(f"{indent}  {line}".rstrip() for line in one.splitlines())]
        else:
            lines.append(f"{indent}{key}: {json.dumps(one, ensure_ascii=False) if ':' in one else one}")
    return lines


def as_toml() -> str:
    def line(key: str, value: Any) -> str:
        if isinstance(value, dict):
            return f"{_key(key)} = {{{', '.join(line(*one) for one in value.items())}}}"
        if isinstance(value, list):
            items = (
                f"{{{', '.join(line(*one) for one in v.items())}}}" if isinstance(v, dict) else _text(v) for v in value
            )
            return f"{_key(key)} = [{', '.join(items)}]"
        return f"{_key(key)} = {_text(value)}"

    tables = ("\n[[saker]]\n" + "\n".join(line(*one) for one in case.items()) for case in CASES)
    return "\n".join(line(*one) for one in HEAD.items()) + "\n" + "\n".join(tables) + "\n"


def _key(key: str) -> str:
    return f'"{key}"'


def _text(value: str) -> str:
    return f'"""\n{value}\n"""' if "\n" in value else json.dumps(value, ensure_ascii=False)


def as_markdown() -> str:
    return f"---\n{as_yaml()}---\n"


FORMATS = {".yaml": as_yaml, ".yml": as_yaml, ".json": as_json, ".toml": as_toml, ".md": as_markdown}


@pytest.fixture
def from_yaml(office) -> dict[str, bytes]:
    """The documents of the meeting made of YAML, which are then removed."""
    file = office.drop("m.yaml", as_yaml())
    report = office.build()
    assert report.is_whole, office.problems(report)
    made = office.content()
    file.unlink()
    shutil.rmtree(office.output)
    return made


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMATS if suffix != ".yaml"])
def test_the_same_meeting_in_another_format_makes_the_same_bytes(office, from_yaml, suffix):
    office.built(f"m{suffix}", FORMATS[suffix]())

    made = office.content()

    assert len([name for name in made if name.startswith(MEETING_FOLDER)]) == 5
    assert list(made) == list(from_yaml)
    assert {name for name in made if made[name] != from_yaml[name]} == set()


def test_the_texts_of_that_meeting_are_those_that_were_written(office, from_yaml):
    """So that the four are not alike only in being empty."""
    office.built("m.toml", as_toml())

    text = office.text("saksframlegg 02-26 Budsjett «stort»")

    assert "Første avsnitt med æ, ø og å." in text
    assert "\n• punkt\n  – underpunkt\n‖ A | B |\n| 1 | 2 |" in text


def with_the_register_of(there: Path, other: Path) -> None:
    """Let two workspaces have one history: minutes carry the hash of the row that fixed their numbers."""
    shutil.copytree(there / ".docgen", other / ".docgen")


def test_two_folders_make_the_same_bytes(example, tmp_path):
    other = copy_of_the_example(tmp_path / "Et annet sted")
    with_the_register_of(example, other)

    build(find(other))

    assert _content(other / "output") == _content(example / "output")


def test_the_order_in_which_files_are_found_changes_nothing(example, tmp_path, monkeypatch):
    import os

    other = copy_of_the_example(tmp_path / "b")
    with_the_register_of(example, other)
    walk = os.walk

    def backwards(*args, **kwargs):
        for place, folders, files in walk(*args, **kwargs):
            yield place, folders, files[::-1]

    monkeypatch.setattr(os, "walk", backwards)

    build(find(other))

    assert _content(other / "output") == _content(example / "output")


def test_a_second_build_touches_no_file(example, tmp_path):
    other = tmp_path / "kopi"
    shutil.copytree(example, other)
    before = _state(other / "output")

    report = build(find(other))

    assert report.count("unchanged") == len(report.documents) == len(before)
    assert _state(other / "output") == before


def _content(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in documents_in(folder)}


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    return {file.name: ((info := file.stat()).st_mtime_ns, info.st_ino) for file in folder.rglob("*.docx")}
