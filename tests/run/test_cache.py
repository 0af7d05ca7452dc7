"""Compiled templates are kept between runs in the user's own folder: only there, only whole, and not too many."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import docgen.run.cache
import docgen.run.templates
from docgen.run.cache import MOST_FILES, fetched, keep
from docgen.run.templates import template

REPOSITORY = Path(__file__).parents[2]
TEMPLATE = (REPOSITORY / "templates" / "vedlegg.docx").read_bytes()

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "hjem" / "cache"
    monkeypatch.setenv("DOCGEN_CACHE", str(folder))
    return folder


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that were compiled."""
    names: list[str] = []
    compile_template = docgen.run.templates.compile_template

    def noted(data: bytes, name: str, kind: str | None):
        names.append(name)
        return compile_template(data, name, kind)

    monkeypatch.setattr(docgen.run.templates, "compile_template", noted)
    return names


def test_what_is_kept_is_fetched_again():
    keep("a1", b"innhold")

    assert fetched("a1") == b"innhold"
    assert fetched("b2") is None


def test_a_template_is_compiled_once_for_all_runs(cache, compilations):
    template(TEMPLATE, "templates/vedlegg.docx", "vedlegg")
    again = template(TEMPLATE, "templates/SSU/vedlegg.docx", "vedlegg")

    assert compilations == ["templates/vedlegg.docx"]
    assert again.name == "templates/SSU/vedlegg.docx"
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("spoil", [lambda data: b"", lambda data: data[:-9], lambda data: b"x" + data[1:]])
def test_a_damaged_or_half_written_file_means_compiling_anew(cache, compilations, spoil):
    template(TEMPLATE, "vedlegg.docx", "vedlegg")
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))

    found = template(TEMPLATE, "vedlegg.docx", "vedlegg")

    assert compilations == ["vedlegg.docx"] * 2
    assert found.kind == "vedlegg"
    assert len(file.read_bytes()) == len(whole)
    template(TEMPLATE, "vedlegg.docx", "vedlegg")
    assert len(compilations) == 2


@posix
def test_the_folder_and_its_files_are_the_users_alone(cache):
    os.umask(os.umask(0o002))  # a usual one that lets the group write
    keep("a1", b"innhold")

    assert cache.stat().st_mode & 0o777 == 0o700
    assert (cache / "a1.template").stat().st_mode & 0o777 == 0o600


@posix
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o1777])
def test_a_folder_that_others_may_write_in_is_neither_read_nor_written(cache, mode):
    keep("a1", b"innhold")
    cache.chmod(mode)

    keep("b2", b"annet")

    assert fetched("a1") is None
    assert [file.name for file in cache.iterdir()] == ["a1.template"]


@posix
def test_a_folder_of_somebody_else_is_not_read(cache, monkeypatch):
    keep("a1", b"innhold")
    monkeypatch.setattr(os, "geteuid", lambda: 4711)

    assert fetched("a1") is None


@posix
def test_a_link_to_a_folder_is_not_followed(cache, tmp_path, monkeypatch):
    keep("a1", b"innhold")
    (tmp_path / "lenke").symlink_to(cache)
    monkeypatch.setenv("DOCGEN_CACHE", str(tmp_path / "lenke"))

    assert fetched("a1") is None


def test_docgen_works_without_a_place_for_its_cache(cache, tmp_path, monkeypatch, compilations):
    (tmp_path / "fil").write_text("Her er ingen mappe.")
    monkeypatch.setenv("DOCGEN_CACHE", str(tmp_path / "fil" / "cache"))

    found = template(TEMPLATE, "vedlegg.docx", "vedlegg")

    assert found.kind == "vedlegg"
    assert compilations == ["vedlegg.docx"]


def test_a_full_disk_leaves_no_half_file(cache, monkeypatch):
    keep("a1", b"innhold")

    def full(_file, _to):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(docgen.run.cache.os, "replace", full)
    keep("b2", b"annet")

    assert [file.name for file in cache.iterdir()] == ["a1.template"]


def test_the_oldest_files_go_when_there_are_too_many(cache):
    for number in range(MOST_FILES):
        keep(f"k{number}", b"x")
        os.utime(cache / f"k{number}.template", (number, number))
    (cache / "left.tmp").write_bytes(b"of a crash")
    os.utime(cache / "left.tmp", (0, 0))
    fetched("k0")  # used just now

    keep("new", b"x")

    assert len(list(cache.iterdir())) == MOST_FILES
    assert fetched("k0") == b"x"
    assert fetched("k1") is None
    assert not (cache / "left.tmp").exists()
    assert fetched("new") == b"x"


LOADING = """
import sys
from docgen.run.templates import template
from pathlib import Path
template(Path("templates/vedlegg.docx").read_bytes(), "vedlegg.docx", "vedlegg")
print(sorted({"docxtpl", "lxml", "jinja2", "docx"} & set(sys.modules)))
"""


def test_the_second_run_loads_none_of_the_libraries_that_compile(cache):
    def run() -> str:
        made = subprocess.run([sys.executable, "-c", LOADING], cwd=REPOSITORY, capture_output=True, check=True)
        return made.stdout.decode().strip()

    assert run() == "['docx', 'docxtpl', 'jinja2', 'lxml']"
    assert run() == "[]"
