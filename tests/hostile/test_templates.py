"""Templates that are broken or made to do harm: told, and the documents made from them stay as they were."""

from __future__ import annotations

import os
import zipfile

import pytest

from . import templates as make
from .bad import REMADE
from .ground import BAD, Ground, Outcome, another, assert_kept_inside, assert_right, assert_sound

TEMPLATE = "templates/innkalling.docx"

NOT_WORD = "Malen er ikke et Word-dokument, eller den er skadet."
TOO_BIG = "Malen er for stor"
DAMAGED = "i malen er skadet"
ENTITIES = "definerer XML-entiteter"
FETCHES = "Malen henter noe fra et annet sted"
MACROS = "Malen har makroer eller innebygde filer"
FIELD = "og det tillater ikke docgen"

FILES = {
    "empty": (b"", NOT_WORD),
    "text": (b"dette er tekst", NOT_WORD),
    "html": (b"<html><body>hei</body></html>", NOT_WORD),
    "rtf": (b"{\\rtf1 {\\object\\objautlink}}", NOT_WORD),
    "pdf": (b"%PDF-1.7\n", NOT_WORD),
    "nul-bytes": (b"\0" * 5000, NOT_WORD),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, "passord"),
    "empty-zip": (b"PK\5\6" + b"\0" * 18, NOT_WORD),
    **{id: (data, NOT_WORD) for id, data in make.cut_in_pieces()},
    "bomb": (make.bomb(), TOO_BIG),
    "lying-bomb": (make.lying_bomb(), NOT_WORD),
    "many-members": (make.many_members(), TOO_BIG),
    "twenty-megabytes": (make.good() + b"\0" * 20_000_000, TOO_BIG),
    "a-zip-for-its-text": (make.but(make.DOCUMENT, make.good()), DAMAGED),
    "same-member-in-another-case": (make.members("word/Document.xml"), "to deler med samme navn"),
    "member-up": (make.members("../../../x"), "peker ut av filen"),
    "member-up-inside": (make.members("word/../../x"), "peker ut av filen"),
    "member-absolute": (make.members("/etc/cron.d/x"), "peker ut av filen"),
    "member-with-drive": (make.members("C:/x"), "peker ut av filen"),
    "member-with-backslash": (make.renamed_member("word_x_y.png", "word\\x_y.png"), "peker ut av filen"),
    "encrypted-members": (make.encrypted(), "passord"),
    "packed-with-bzip2": (make.packed_as(zipfile.ZIP_BZIP2), NOT_WORD),
    "packed-with-lzma": (make.packed_as(zipfile.ZIP_LZMA), NOT_WORD),
    "without-content-types": (make.without(make.TYPES), NOT_WORD),
    "without-text": (make.without(make.DOCUMENT), NOT_WORD),
    "without-relationships": (make.without("_rels/.rels"), "ikke lagret slik Word vanligvis gjør det"),
    "empty-text": (make.but(make.DOCUMENT, b""), DAMAGED),
    "text-not-well-formed": (make.but(make.DOCUMENT, b"<w:document>"), DAMAGED),
    "text-of-another-kind": (make.but(make.DOCUMENT, b"<html/>"), "ikke lagret slik Word vanligvis gjør det"),
    "text-with-nul": (make.but(make.DOCUMENT, b"<w:document>\0</w:document>"), DAMAGED),
    "text-of-a-hundred-thousand-levels": (make.but(make.DOCUMENT, b"<a>" * 100_000 + b"</a>" * 100_000), DAMAGED),
    "content-types-not-well-formed": (make.but(make.TYPES, b"<Types"), DAMAGED),
    "content-types-empty": (make.but(make.TYPES, b"<Types/>"), "En kode står der docgen ikke kan fylle den ut"),
    "styles-not-well-formed": (make.but("word/styles.xml", b"\xff\xfe\0"), DAMAGED),
    "external-entity": (
        make.with_doctype('<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>', entity="&x;"),
        ENTITIES,
    ),
    "external-entity-from-the-web": (
        make.with_doctype('<!DOCTYPE w:document [<!ENTITY x SYSTEM "http://eksempel.example/x">]>', entity="&x;"),
        ENTITIES,
    ),
    "external-entity-in-utf-16": (
        make.with_doctype('<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>', entity="&x;", encoding="UTF-16"),
        ENTITIES,
    ),
    "parameter-entity": (
        make.with_doctype('<!DOCTYPE x [<!ENTITY % x SYSTEM "http://eksempel.example/x.dtd"> %x;]>'),
        ENTITIES,
    ),
    "external-dtd": (make.with_doctype('<!DOCTYPE x SYSTEM "http://eksempel.example/x.dtd">'), ENTITIES),
    "billion-laughs": (make.laughing(), ENTITIES),
    "macros": (
        make.carrying("vbaProject", "vbaProject.bin", "application/vnd.ms-office.vbaProject"),
        MACROS,
    ),
    "macro-enabled": (make.macro_enabled(), MACROS),
    "activex": (make.carrying("control", "x.bin", "application/vnd.ms-office.activeX"), MACROS),
    "ole-object": (
        make.carrying("oleObject", "x.bin", "application/vnd.openxmlformats-officedocument.oleObject"),
        MACROS,
    ),
    "package": (make.carrying("package", "x.xlsx"), "innebygd fil eller et innebygd objekt"),
    "chunk-of-html": (make.carrying("aFChunk", "x.html", "text/html"), "innebygd fil eller et innebygd objekt"),
    "sub-document": (make.fetching("subDocument", "file:///x.docx"), "innebygd fil eller et innebygd objekt"),
    "frame": (make.fetching("frame", "http://eksempel.example/"), "innebygd fil eller et innebygd objekt"),
    "image-from-the-web": (make.fetching("image", "http://eksempel.example/x.png"), FETCHES),
    "image-from-a-file": (make.fetching("image", "file:///etc/passwd"), FETCHES),
    "image-from-a-share": (make.fetching("image", "\\\\server\\x.png"), FETCHES),
    "template-from-the-web": (make.fetching("attachedTemplate", "http://eksempel.example/x.dotm", "settings"), FETCHES),
    "template-from-a-share": (make.fetching("attachedTemplate", "\\\\server\\x.dotm", "settings"), FETCHES),
    "video-from-the-web": (make.fetching("video", "https://eksempel.example/x.mp4"), FETCHES),
    "mail-merge": (make.fetching("mailMergeSource", "file:///C:/x.mdb", "settings"), FETCHES),
    "chunk-element": (make.begun('<w:altChunk xmlns:r="urn:r" r:id="x"/>'), "innebygd objekt eller dokument"),
    "tracked-changes": (
        make.begun('<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'),
        "Malen har sporede endringer",
    ),
}
FIELDS = {
    "dde": make.field('DDE Excel "x" y'),
    "ddeauto": make.field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'),
    "ddeauto-split-over-runs": make.field("DD", "EAU", 'TO x "y"'),
    "dde-in-small-letters": make.field('  dde x "y"'),
    "include-text": make.field('INCLUDETEXT "/etc/passwd"'),
    "include-text-in-a-header": make.field('INCLUDETEXT "x"', part="word/header2.xml"),
    "include-picture": make.simple_field('INCLUDEPICTURE "http://eksempel.example/x.png" \\d'),
    "link": make.simple_field("LINK Excel.Sheet x.xlsx"),
    "quote": make.field("QUOTE 68 68 69"),
    "database": make.field('DATABASE \\d "x.mdb"'),
    "macro-button": make.field("MACROBUTTON AutoOpen Klikk"),
    "fill-in": make.field("FILLIN navn"),
    "referenced-document": make.field('RD "x.docx"'),
    "auto-text": make.field("AUTOTEXT x"),
}
TAGS = {
    "classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "class-of-data": "{{ dokument.__class__ }}",
    "class-by-key": "{{ dokument['__class__'] }}",
    "class-by-filter": "{{ dokument|attr('__class__') }}",
    "class-by-format": "{{ '{0.__class__}'.format(dokument) }}",
    "class-by-percent": "{{ '%s' % dokument }}",
    "method": "{{ dokument.tittel.upper() }}",
    "globals": "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "cycler": "{{ cycler.__init__.__globals__.os.environ }}",
    "self": "{{ self._TemplateReference__context }}",
    "namespace": "{% set n = namespace(a=1) %}{{ n.a }}",
    "config": "{{ config }}",
    "import": "{% import 'os' as os %}",
    "include": "{% include '/etc/passwd' %}",
    "extends": "{% extends '/etc/passwd' %}",
    "macro": "{% macro x() %}{{ x() }}{% endmacro %}{{ x() }}",
    "call": "{% call x() %}{% endcall %}",
    "block": "{% block x %}{{ self.x() }}{% endblock %}",
    "set": "{% set a = 1 %}",
    "raw": "{% raw %}{{ x }}{% endraw %}",
    "unescaped": "{{ dokument.tittel|safe }}",
    "autoescape-off": "{% autoescape false %}{{ dokument.tittel }}{% endautoescape %}",
    "endless-power": "{{ 9**9**9 }}",
    "endless-text": "{{ 'a' * 10**10 }}",
    "endless-list": "{{ range(10**9)|list }}",
    "endless-loop": "{% for a in range(10**9) %}a{% endfor %}",
    "recursive-loop": "{% for a in saker recursive %}{{ loop(saker) }}{% endfor %}",
    "loop-over-a-text": "{%p for a in dokument.tittel %}",
    "loop-without-end": "{% for sak in saker %}",
    "end-without-loop": "{% endfor %}",
    "if-without-end": "{% if saker %}",
    "crossed": "{% for s in saker %}{% if s %}{% endfor %}{% endif %}",
    "unknown-name": "{{ tulleball }}",
    "misspelt-name": "{{ dokument.titel }}",
    "unknown-part": "{{ dokument.tittel.tull }}",
    "unknown-filter": "{{ dokument.tittel|tull }}",
    "unknown-tag": "{% tull %}",
    "no-name": "{{ }}",
    "no-end": "{{ dokument.tittel",
    "only-an-end": "dokument.tittel }}",
    "wrong-brackets": "{{ dokument.tittel %}",
    "quote-without-end": "{{ 'dokument }}",
    "python": "{{ __import__('os').system('id') }}",
    "lambda": "{{ (lambda: 1)() }}",
    "nested": "{{ {{ dokument.tittel }} }}",
    "text-as-list": "{{ saker }}",
    "a-thousand-brackets": "{{ " + "(" * 1000 + "1" + ")" * 1000 + " }}",
    "ten-thousand-nots": "{% if " + "not " * 10_000 + "saker %}a{% endif %}",
    "a-long-sum": "{{ " + "1+" * 20_000 + "1 }}",
    "a-long-name": "{{ dokument" + ".tittel" * 20_000 + " }}",
    "line-statements": "{{ dokument\n.__init__ }}",
}
SPREAD = {
    "tag-over-two-paragraphs": ("{{ dokument.", "tittel }}"),
    "loop-tag-over-two-paragraphs": ("{% for sak", "in saker %}", "{% endfor %}"),
    "sixty-loops-in-each-other": tuple(["{%p for a in saker %}"] * 60 + ["{%p endfor %}"] * 60),
    "two-thousand-ifs-in-each-other": tuple(["{%p if saker %}"] * 2000 + ["{%p endif %}"] * 2000),
    "loop-of-paragraphs-ended-in-a-run": ("{%p for sak in saker %}", "x {% endfor %}"),
    "row-tag-outside-a-table": ("{%tr for sak in saker %}", "{%tr endfor %}"),
    "cell-tag-outside-a-table": ("{%tc for sak in saker %}", "{%tc endfor %}"),
    "else-alone": ("{%p else %}",),
}
OTHERS = ("mandat", "retningslinje", "protokoll", "saksframlegg", "saerutskrift", "organisering")


def refused(ground: Ground, *, template: str = TEMPLATE) -> Outcome:
    """Build with the template that was put there, and see that only what is made from it is left as it was."""
    good = ground.documents()
    (ground.output / REMADE).unlink()
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == 1, outcome.told
    assert any(line.startswith(f"{template}: ") for line in outcome.err.splitlines()), outcome.err
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)
    assert ground.documents() == good
    return outcome


@pytest.mark.parametrize("id", FILES)
def test_a_file_that_is_no_harmless_template_is_refused(ground: Ground, id: str) -> None:
    data, told = FILES[id]
    ground.drop(TEMPLATE, data)

    outcome = refused(ground)

    assert told in outcome.err


@pytest.mark.parametrize("id", FIELDS)
def test_a_field_that_reads_or_runs_something_is_refused(ground: Ground, id: str) -> None:
    ground.drop(TEMPLATE, FIELDS[id])

    outcome = refused(ground)

    assert "Malen har feltet" in outcome.err
    assert FIELD in outcome.err


@pytest.mark.parametrize("id", TAGS)
def test_a_tag_that_asks_for_more_than_the_document_has_is_refused(ground: Ground, id: str) -> None:
    ground.drop(TEMPLATE, make.saying(TAGS[id]))

    outcome = refused(ground)

    assert len(max(outcome.err.splitlines(), key=len)) < 1500


@pytest.mark.parametrize("id", SPREAD)
def test_tags_that_do_not_fit_together_are_refused(ground: Ground, id: str) -> None:
    ground.drop(TEMPLATE, make.saying(*SPREAD[id]))

    refused(ground)


@pytest.mark.parametrize("kind", OTHERS)
def test_a_template_of_another_kind_is_refused(ground: Ground, kind: str) -> None:
    ground.drop(TEMPLATE, make.other_kind(kind))

    refused(ground)


def test_loops_in_each_other_that_would_fill_the_memory_are_told(ground: Ground) -> None:
    cases = "".join(f"  - tittel: Sak {number}\n" for number in range(200))
    ground.drop(BAD, another("saker:\n" + cases))
    ground.drop(TEMPLATE, make.saying(*["{%p for a in saker %}"] * 4, "{{ a.tittel }}", *["{%p endfor %}"] * 4))
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == 1, outcome.told
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)
    assert f"{TEMPLATE}: Løkkene i malen ville gått nesten uten ende" in outcome.err


def test_a_tag_split_over_runs_is_no_trouble(ground: Ground) -> None:
    runs = "".join(f"<w:r><w:t>{piece}</w:t></w:r>" for piece in ("{", "{ doku", "ment.", "tittel }", "}"))
    ground.drop(TEMPLATE, make.begun(f"<w:p>{runs}</w:p>"))

    outcome = ground.build()

    assert outcome.code == 0, outcome.told
    assert_right(ground.documents())


def test_a_missing_template_is_told(ground: Ground) -> None:
    (ground.root / TEMPLATE).unlink()

    assert "Malen mangler." in refused(ground).err


def test_a_template_that_is_a_folder_a_pipe_or_a_link_to_itself_is_told(ground: Ground) -> None:
    file = ground.root / TEMPLATE

    for put in (file.mkdir, lambda: os.mkfifo(file), lambda: file.symlink_to(file)):
        file.rmdir() if file.is_dir() else file.unlink()
        put()

        assert "kan ikke leses" in refused(ground).err


def test_a_template_of_many_gigabytes_is_refused_without_being_read(ground: Ground) -> None:
    with (ground.root / TEMPLATE).open("wb") as file:
        file.truncate(20_000_000_000)

    outcome = ground.build()

    assert outcome.code == 1
    assert_sound(outcome)
    assert TOO_BIG in outcome.err


def test_a_bad_template_of_a_body_is_not_passed_over_for_the_common_one(ground: Ground) -> None:
    ground.drop("templates/SSU/innkalling.docx", b"dette er tekst")

    assert NOT_WORD in refused(ground, template="templates/SSU/innkalling.docx").err


def test_every_template_bad_leaves_every_document_as_it_was(ground: Ground) -> None:
    good = ground.documents()
    for file in (ground.root / "templates").glob("*.docx"):
        file.write_bytes(b"PK")

    outcome = ground.build()

    assert outcome.code == 1
    assert_sound(outcome)
    assert ground.documents() == good
    assert outcome.err.count(NOT_WORD) == 4
