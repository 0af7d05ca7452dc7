"""Every document of the repository's example workspace, and of the same in nynorsk, is one that Word opens as it is."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from docgen.run.build import build
from docgen.run.workspace import find
from docgen.words import words
from tests.docx_validity import faults_of_docx
from tests.run.office import copy_of_the_example
from tests.run.paper import Paper, papers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml$")


@pytest.fixture(scope="module", params=["bokmål", "nynorsk"])
def made(request, tmp_path_factory) -> dict[str, Paper]:
    """The documents of the example, in the workspace's own language and with nynorsk where nothing else is chosen."""
    if request.param == "bokmål":
        return request.getfixturevalue("example_papers")
    root = copy_of_the_example(tmp_path_factory.mktemp("nynorsk") / "arbeidsrom")
    toml = (root / "docgen.toml").read_text("utf-8")
    (root / "docgen.toml").write_text(toml.replace('"målform" = "bokmål"', '"målform" = "nynorsk"'), "utf-8")
    build(find(root))
    return papers(root / "output")


def found(made: dict[str, Paper], faults) -> list[str]:
    return [f"{name}: {fault}" for name, paper in made.items() for fault in faults(paper)]


def test_there_is_a_document_of_every_kind_in_both_languages(example_papers):
    kinds = {(paper.properties["dokumenttype"], paper.core("language")) for paper in example_papers.values()}

    assert {kind for kind, _language in kinds} == {
        *("mandat", "retningslinje", "vedlegg", "organisering"),
        *("innkalling", "tilleggssaksliste", "saksframlegg", "protokoll", "saerutskrift"),
    }
    assert {kind for kind, language in kinds if language == "nn-NO"} >= {"mandat", "innkalling", "protokoll"}


def test_every_document_opens_without_repair_and_has_no_tag_left(made):
    assert found(made, lambda paper: faults_of_docx(paper.data)) == []


def test_no_document_has_heaps_of_empty_paragraphs(made):
    assert found(made, empty_heaps) == []


def empty_heaps(paper: Paper) -> Iterator[str]:
    for name, root in parts(paper):
        for parent in root.iter(f"{W}body", f"{W}tc", f"{W}hdr", f"{W}ftr", f"{W}sdtContent"):
            blocks = [node for node in parent if node.tag in (f"{W}p", f"{W}tbl", f"{W}sdt")]
            for before, node in pairwise(blocks):
                if is_empty(before) and is_empty(node):
                    yield f"{name}: two empty paragraphs after one another"
            if parent.tag == f"{W}body" and is_empty(blocks[-1]) and blocks[-2].tag != f"{W}tbl":
                yield f"{name} ends with an empty paragraph"


def is_empty(node: Any) -> bool:
    return node.tag == f"{W}p" and not "".join(node.itertext()).strip() and node.find(".//{*}docPr") is None


def test_heading_levels_never_skip(made):
    assert found(made, skipped_levels) == []


def skipped_levels(paper: Paper) -> Iterator[str]:
    last = 0
    for paragraph in paper.paragraphs:
        if paragraph.kind == "heading":
            if paragraph.level > last + 1:
                yield f"«{paragraph.text}» is of level {paragraph.level} below level {last}"
            last = paragraph.level


def test_every_table_repeats_its_header_row(made):
    """A table of one row is a frame or the head of a page: it has nothing to repeat."""
    assert found(made, headless_tables) == []


def headless_tables(paper: Paper) -> Iterator[str]:
    for name, root in parts(paper):
        for table in root.iter(f"{W}tbl"):
            rows = table.findall(f"{W}tr")
            if len(rows) > 1 and rows[0].find(f"{W}trPr/{W}tblHeader") is None:
                yield f"{name}: the table that begins «{''.join(rows[0].itertext())[:40]}»"


def test_text_and_properties_have_the_document_s_language(made):
    assert found(made, other_languages) == []


def other_languages(paper: Paper) -> Iterator[str]:
    language = paper.core("language")
    if language not in ("nb-NO", "nn-NO") or paper.text_language != language:
        yield f"is {language}, and its text {paper.text_language}"
    for name in paper.raw:
        if name.startswith("word/") and name.endswith(".xml"):
            for lang in paper.part(name).iter(f"{W}lang"):
                if lang.get(f"{W}val", language) != language:
                    yield f"{name} holds {lang.get(f'{W}val')}"


def test_the_area_committee_s_documents_are_in_nynorsk_and_the_others_in_bokmål(example_papers):
    for name, paper in example_papers.items():
        assert paper.core("language") == ("nn-NO" if "OU Nordfjella/" in name or "Mandat OU" in name else "nb-NO"), name


def test_the_title_in_the_properties_is_the_one_that_is_printed(made):
    assert found(made, untitled) == []


def untitled(paper: Paper) -> Iterator[str]:
    titles = [paragraph.text for paragraph in paper.paragraphs if paragraph.style == "title"]
    if titles != [paper.core("title")]:
        yield f"is called «{paper.core('title')}», and prints {titles}"


def test_every_picture_has_a_text_for_those_who_can_not_see_it(made):
    assert found(made, pictures_without_text) == []
    assert any("[bilde: " in line for paper in made.values() for line in paper.body)


def pictures_without_text(paper: Paper) -> Iterator[str]:
    for name, root in parts(paper):
        for picture in root.iter("{*}docPr"):
            if not (picture.get("descr") or "").strip():
                yield f"{name}: {picture.get('name')}"


def test_a_nynorsk_document_prints_no_word_of_ours_in_bokmål(example_papers):
    nb, nn = words("nb"), words("nn")
    bokmål = {nb[key] for key in nb if nb[key] != nn[key]} - {nn[key] for key in nn}

    printed = {
        name: bokmål & {paragraph.text for paragraph in paper.paragraphs}
        for name, paper in example_papers.items()
        if paper.core("language") == "nn-NO"
    }

    assert len(printed) > 5
    assert {name: found for name, found in printed.items() if found} == {}


def parts(paper: Paper) -> Iterator[tuple[str, Any]]:
    for name in paper.raw:
        if TEXT_PARTS.match(name):
            yield name, paper.part(name)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_shows_every_document_from_its_first_to_its_last_text(example_papers, tmp_path):
    names = dict(enumerate(example_papers))
    for number, name in names.items():
        (tmp_path / f"{number}.docx").write_bytes(example_papers[name].data)

    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path / "pdf")),
            *(str(tmp_path / f"{number}.docx") for number in names),
        ],
        check=True,
        capture_output=True,
        timeout=400,
    )

    faults = [
        f"{name}: {fault}"
        for number, name in names.items()
        for fault in pdf_faults(tmp_path / "pdf" / f"{number}.pdf", example_papers[name])
    ]
    assert faults == []


def pdf_faults(file: Path, paper: Paper) -> Iterator[str]:
    if not file.is_file():
        yield "no PDF came of it"
        return
    pages = PdfReader(file).pages
    text = bare("".join(page.extract_text() for page in pages))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    if not pages:
        yield "has no pages"
    for wanted in (texts[0], texts[-1]):
        if bare(wanted) not in text:
            yield f"the PDF lacks «{wanted}»"


def bare(text: str) -> str:
    """The text without what a line break may change: spaces and hyphens."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)
