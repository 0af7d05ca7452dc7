"""Templates made to do harm end in a problem a person can read, in no time, and reach nothing outside themselves."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from docx import Document

from docgen.problems import TemplateError
from docgen.render import compile_template
from tests.render.word_files import (
    changed,
    parts_of,
    rendered,
    saved,
    texts,
    with_part,
    with_relationship,
    with_xml,
    word_file,
    zipped,
)

GOOD = word_file("Innkalling", "{{ ingress }}")
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."


class Outside:
    """Notes every file that is opened and every connection that is tried while it is watching."""

    def __init__(self) -> None:
        self.watching = False
        self.seen: list[str] = []
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.watching and (event in ("open", "os.system", "subprocess.Popen") or event.startswith("socket.")):
            self.seen.append(f"{event} {arguments[0]!r}")


OUTSIDE = Outside()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "hemmelig.txt"
    path.write_text("hemmelig innhold")
    return path


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """A server that nobody should come to; libxml2 opens its connections behind Python's back."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening
        with pytest.raises(BlockingIOError):
            listening.accept()


@cache
def _warm() -> None:
    """Load what compiling loads the first time: modules, words and messages."""
    for kind in ("innkalling", None):
        compile_template(GOOD, "varm.docx", kind)
        with pytest.raises(TemplateError, match="slutter ikke"):
            compile_template(word_file("{{ x"), "varm.docx", kind)


def refused(data: bytes, kind: str | None = "innkalling") -> str:
    """Return what is told of a template that is refused, having looked after how."""
    _warm()
    OUTSIDE.seen.clear()
    start = time.perf_counter()
    OUTSIDE.watching = True
    try:
        with pytest.raises(TemplateError) as error:
            compile_template(data, "mal.docx", kind)
    finally:
        OUTSIDE.watching = False
    assert time.perf_counter() - start < 5
    assert OUTSIDE.seen == []
    for problem in error.value.problems:
        assert problem.what.strip()
        assert problem.fix.strip()
        assert "hemmelig innhold" not in str(problem)
    return str(error.value)


ATTACKS = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ingress.__class__ }}",
    "{{ ingress['__class__'] }}",
    "{{ ingress|attr('__class__') }}",
    "{{ _ }}",
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ request.application }}",
    "{{ range(1000000000) }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ dict(a=1) }}",
    "{{ [1, 2] }}",
    "{{ ingress.format(ingress) }}",
    "{{ '%s' % ingress }}",
    "{{ ingress[0:1] }}",
    "{{ saker|map(attribute='nr')|join }}",
    "{{ ingress|safe }}",
    "{% import 'os' as os %}",
    "{% from 'x' import y %}",
    "{% include '/etc/passwd' %}",
    "{% extends '/etc/passwd' %}",
    "{% macro a() %}x{% endmacro %}",
    "{% call a() %}{% endcall %}",
    "{% block a %}{% endblock %}",
    "{% filter upper %}a{% endfilter %}",
    "{% with a = 1 %}{% endwith %}",
    "{% autoescape false %}{{ ingress }}{% endautoescape %}",
    "{% raw %}{{ ingress }}{% endraw %}",
    "{% do a %}",
    "{% debug %}",
    "{% set a = 1 %}",
    "{% for a in saker recursive %}{{ loop(a) }}{% endfor %}",
    "{% for _a in saker %}{% endfor %}",
    "{% for loop in saker %}{% endfor %}",
    "{% if ingress %}{%endif%}{% endif %}",
    "{{ ingress }}{{ ''.join }}",
    "{{ ingress if ingress.__len__() }}",
    "{{ loop.__class__ }}",
    "{{ ord.__class__ }}",
    "{{ saker[0].__class__ }}",
    "{% if ().__class__ %}a{% endif %}",
    "{% cellbg x.__class__ %}",
    "{% colspan cycler %}",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("kind", ["innkalling", None])
def test_template_injection_is_refused(attack: str, kind: str | None) -> None:
    if kind is None and attack in ("{{ self }}", "{% colspan cycler %}", "{{ request.application }}"):
        pytest.skip("a plain name, looked up in the document's own data and nowhere else")

    assert "mal.docx: " in refused(word_file(attack), kind)


@pytest.mark.parametrize("name", ["self", "cycler", "range", "lipsum", "namespace", "dict", "request"])
def test_jinjas_own_names_are_not_there(name: str) -> None:
    template = compile_template(word_file(f"{{{{ {name} }}}}"), "mal.docx", None)

    with pytest.raises(TemplateError, match="som ikke finnes"):
        template.render({"a": "x"}, {}, "T", "nb-NO")


def test_data_is_never_read_as_a_template() -> None:
    attack = "{{ cycler.__init__.__globals__ }}{% include '/etc/passwd' %}"

    assert texts(rendered(word_file("{{ a }}"), {"a": attack})) == [attack]


def with_dtd(data: bytes, part: str, dtd: str, body: str = "") -> bytes:
    parts = parts_of(data)
    xml = parts[part].decode()
    declaration, _, rest = xml.partition("?>")
    changed_xml = f"{declaration}?>{dtd}{rest}" if rest else dtd + xml
    return zipped(parts | {part: changed_xml.replace("Innkalling", f"Innkalling {body}").encode()})


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"])
def test_an_external_entity_is_refused(part: str, secret: Path) -> None:
    dtd = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'

    assert "definerer XML-entiteter" in refused(with_dtd(GOOD, part, dtd, "&e;"))


def test_an_external_document_type_is_not_fetched(server: socket.socket) -> None:
    dtd = f'<!DOCTYPE x SYSTEM "http://127.0.0.1:{server.getsockname()[1]}/x.dtd">'

    assert "definerer XML-entiteter" in refused(with_dtd(GOOD, "word/document.xml", dtd))


def test_a_billion_laughs_are_refused() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    dtd = f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'

    assert "definerer XML-entiteter" in refused(with_dtd(GOOD, "word/document.xml", dtd, "&l11;"))


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_entities_in_another_coding_are_refused_too(coding: str, secret: Path) -> None:
    dtd = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    xml = parts_of(with_dtd(GOOD, "word/document.xml", dtd, "&e;"))["word/document.xml"].decode()
    coded = xml.replace("UTF-8", coding.upper()).encode(coding)

    told = refused(zipped(parts_of(GOOD) | {"word/document.xml": coded}))

    assert "definerer XML-entiteter" in told or "er skadet" in told


def test_deep_xml_is_refused() -> None:
    assert "er skadet" in refused(with_xml(GOOD, "<w:sdt>" * 1000 + "</w:sdt>" * 1000))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "http://127.0.0.1/bilde.png"),
        ("image", "file:///etc/passwd"),
        ("image", "\\\\tjener\\deling\\bilde.png"),
        ("attachedTemplate", "http://127.0.0.1/mal.dotm"),
        ("attachedTemplate", "file:///\\\\tjener\\deling\\mal.dotm"),
        ("oleObject", "http://127.0.0.1/a"),
        ("frame", "http://127.0.0.1/a"),
        ("subDocument", "file:///C:/a.docx"),
        ("externalLinkPath", "file:///C:/a.xlsx"),
    ],
)
@pytest.mark.parametrize("part", ["document", "settings"])
def test_what_is_fetched_from_outside_is_refused(kind: str, target: str, part: str) -> None:
    told = refused(with_relationship(GOOD, kind, target, external=True, part=part))

    assert "henter noe fra et annet sted" in told or "innebygd" in told


def test_a_link_to_click_is_no_danger() -> None:
    data = with_relationship(GOOD, "hyperlink", "https://example.org/", external=True)

    assert texts(rendered(data, {"ingress": "x"})) == ["Innkalling", "x"]


def test_the_writers_own_template_is_forgotten() -> None:
    target = "file:///C:\\Users\\Kari\\AppData\\Roaming\\Microsoft\\Templates\\Normal.dotm"
    data = with_relationship(GOOD, "attachedTemplate", target, external=True, part="settings")
    data = changed(
        data,
        "word/settings.xml",
        "<w:zoom",
        f'<w:attachedTemplate xmlns:r="{RELATIONSHIPS}" r:id="rIdX"/><w:zoom',
    )

    made = parts_of(rendered(data, {"ingress": "x"}))

    assert not any(b"Kari" in content or b"attachedTemplate" in content for content in made.values())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("word/vbaProject.bin", "application/vnd.ms-office.vbaProject"),
        ("word/vbaProject.bin", "application/octet-stream"),
        ("word/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml"),
        ("word/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject"),
    ],
)
def test_macros_and_embedded_files_are_refused(name: str, kind: str) -> None:
    assert "makroer eller innebygde filer" in refused(with_part(GOOD, name, b"<x/>", kind))


def test_a_macro_document_under_another_name_is_refused() -> None:
    data = changed(
        GOOD,
        "[Content_Types].xml",
        f"{TYPE}document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )

    assert "makroer eller innebygde filer" in refused(data)


@pytest.mark.parametrize("kind", ["oleObject", "package", "control", "aFChunk", "vbaProject"])
def test_embedded_parts_are_refused(kind: str) -> None:
    data = with_relationship(with_part(GOOD, "word/embeddings/a.bin", b"x"), kind, "embeddings/a.bin", external=False)

    assert "innebygd" in refused(data)


@pytest.mark.parametrize(
    "xml", ["<w:altChunk/>", "<w:p><w:r><w:object/></w:r></w:p>", "<w:p><w:r><w:control/></w:r></w:p>"]
)
def test_embedded_objects_are_refused(xml: str) -> None:
    assert "innebygd objekt" in refused(with_xml(GOOD, xml))


FIELDS = [
    'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"',
    "DDE Excel ark",
    'INCLUDETEXT "http://127.0.0.1/a.docx"',
    'INCLUDEPICTURE "http://127.0.0.1/a.png" \\d',
    'LINK Excel.Sheet "C:\\\\a.xlsx"',
    "QUOTE 68 68 69",
    "DATABASE \\d x",
    "MACROBUTTON Start",
    "includetext x",
    "AUTOTEXT a",
    "IMPORT a.png",
    'RD "C:\\\\a.docx"',
    "FILLIN",
    "MERGEFIELD navn",
]


@pytest.mark.parametrize("code", FIELDS)
def test_fields_that_fetch_or_run_are_refused_however_they_are_written(code: str) -> None:
    quoted = code.replace('"', "&quot;")
    simple = f'<w:p><w:fldSimple w:instr=" {quoted} "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{letter}</w:instrText></w:r>' for letter in f" {code} ")
    split = (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>x</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )

    for xml in (simple, split, f"<w:p>{runs}</w:p>"):
        assert f"Malen har feltet {code.split()[0].upper()}" in refused(with_xml(GOOD, xml))


def test_the_usual_fields_are_kept() -> None:
    fields = "".join(
        f'<w:p><w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
        for code in ("PAGE", "NUMPAGES", "TOC \\o &quot;1-3&quot; \\h", "STYLEREF &quot;Heading 1&quot;", "=1+2")
    )

    assert parts_of(rendered(with_xml(GOOD, fields), {"ingress": "x"}))["word/document.xml"].count(b"fldSimple") == 10


@pytest.mark.parametrize(
    "text",
    [
        "{{" * 20_000,
        "{%" * 20_000,
        "{{ " + "a." * 400 + "a }}",
        "{{ " + "(" * 200 + "a" + ")" * 200 + " }}",
        "}}" * 20_000,
        "{{ a" * 10_000,
        "{%p for" * 5000,
        "{{ " + "a." * 50_000 + "a }}",
        "{{ " + "(" * 400 + "a" + ")" * 400 + " }}",
        "{{ " + "not " * 110 + "a }}",
        "{% if a %}" * 3000,
        "{{ a }}" * 6000,
        "{#" * 20_000,
    ],
    ids=lambda text: f"{text[:9]}…{len(text)}",
)
def test_text_made_to_be_slow_is_read_at_once(text: str) -> None:
    document = Document()
    document.add_paragraph(text)
    start = time.perf_counter()

    with pytest.raises(TemplateError, match=r"^mal\.docx: "):
        compile_template(saved(document), "mal.docx", None)

    assert time.perf_counter() - start < 5


def test_too_long_a_text_is_refused() -> None:
    text = "".join(f"<w:p><w:r><w:t>{number * 7919}</w:t></w:r></w:p>" for number in range(60_000))

    assert "for lang for docgen" in refused(with_xml(GOOD, text))


def test_another_dialect_of_word_is_named() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = changed(GOOD, "word/document.xml", "http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict)

    assert "ikke lagret slik Word vanligvis gjør det" in refused(data)


def test_a_tag_in_a_part_that_is_not_filled_in_is_told() -> None:
    data = with_part(GOOD, "word/charts/chart1.xml", b"<a><b>{{ ingress }}</b></a>")

    assert "i delen word/charts/chart1.xml" in refused(data)


def test_signs_of_compiling_in_a_template_do_no_harm() -> None:
    signs = "".join(map(chr, range(0xFDD0, 0xFDF0)))

    made = rendered(word_file(f"a{signs}1\ufdd1b {{{{ x }}}}"), {"x": "y"})

    assert texts(made)[0].endswith(" y")
