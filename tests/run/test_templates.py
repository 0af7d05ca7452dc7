"""The templates of a workspace through many builds: changed ones are read, and a broken one does no harm."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import docgen.run.templates
from docgen.messages import speak
from docgen.problems import TemplateError
from docgen.run.templates import Templates
from docgen.run.workspace import Workspace, find
from tests.render.word_files import word_file
from tests.run.office import REPOSITORY, TOML

NOTICE = SimpleNamespace(kind="innkalling", body="SSU")
MINUTES = SimpleNamespace(kind="protokoll", body="SSU")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("DOCGEN_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "arbeidsrom"
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    (root / "docgen.toml").write_text(TOML, encoding="utf-8")
    yield find(root)
    speak("nb")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the template files that were read."""
    names: list[str] = []
    contents = docgen.run.templates.contents

    def noted(file: Path, most: int) -> bytes:
        names.append(file.name)
        return contents(file, most)

    monkeypatch.setattr(docgen.run.templates, "contents", noted)
    return names


def test_a_template_is_read_again_only_when_its_file_has_changed(workspace, reads):
    templates = Templates(workspace)
    first = templates.of(NOTICE)
    templates.of(MINUTES)
    templates.look_again()
    assert templates.of(NOTICE) is first
    (workspace.templates / "innkalling.docx").write_bytes(word_file("Ny {{ dokument.tittel }}"))

    templates.look_again()
    second = templates.of(NOTICE)
    templates.of(MINUTES)

    assert second.digest != first.digest
    assert reads == ["innkalling.docx", "protokoll.docx", "innkalling.docx"]


def test_a_build_sees_one_template_from_beginning_to_end(workspace):
    templates = Templates(workspace)
    first = templates.of(NOTICE)
    (workspace.templates / "innkalling.docx").write_bytes(word_file("Ny"))

    assert templates.of(NOTICE) is first


def test_a_body_that_gets_its_own_template_uses_it_from_the_next_build(workspace):
    templates = Templates(workspace)
    assert templates.of(NOTICE).name == "templates/innkalling.docx"
    (workspace.templates / "SSU").mkdir()
    shutil.copy(workspace.templates / "innkalling.docx", workspace.templates / "SSU")

    templates.look_again()

    assert templates.of(NOTICE).name == "templates/SSU/innkalling.docx"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda file: file.write_bytes(word_file("{{ dokument.titel }}")), "dokument.titel"),
        (lambda file: file.write_bytes(file.read_bytes()[:1000]), "er ikke et Word-dokument, eller den er skadet"),
        (lambda file: file.unlink(), "Malen mangler."),
    ],
    ids=["a wrong name", "half a file", "gone"],
)
def test_a_template_that_breaks_is_told_of_and_the_last_good_one_used(workspace, spoil, told):
    templates = Templates(workspace)
    good = templates.of(NOTICE)
    assert templates.problems == {}
    spoil(workspace.templates / "innkalling.docx")

    for _build in range(2):
        templates.look_again()
        assert templates.of(NOTICE) is good
        ((name, problems),) = templates.problems.items()
        assert name == "templates/innkalling.docx"
        assert told in str(problems[0])

    shutil.copy(REPOSITORY / "templates" / "innkalling.docx", workspace.templates)
    templates.look_again()
    assert templates.of(NOTICE).digest == good.digest
    assert templates.problems == {}


def test_a_template_that_never_was_right_is_told_to_each_that_asks(workspace):
    (workspace.templates / "innkalling.docx").write_bytes(word_file("{{ dokument.titel }}"))
    templates = Templates(workspace)

    for _document in range(2):
        with pytest.raises(TemplateError, match=r"dokument\.titel"):
            templates.of(NOTICE)

    assert list(templates.problems) == ["templates/innkalling.docx"]


def test_a_broken_template_is_told_of_in_the_new_language_when_the_workspace_gets_one(workspace):
    templates = Templates(workspace)
    good = templates.of(NOTICE)
    (workspace.templates / "innkalling.docx").write_bytes(b"")
    templates.look_again()
    templates.of(NOTICE)
    before = templates.problems
    (workspace.root / "docgen.toml").write_text(TOML.replace("bokmål", "nynorsk"), encoding="utf-8")

    templates.look_again(find(workspace.root))

    assert templates.of(NOTICE) is good
    assert "ikkje" in str(templates.problems)
    assert "ikkje" not in str(before)
