"""Data that looks like Jinja, XML or Word's own signs is printed as it stands, in every field of every kind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import AliasChoices

from docgen.model.guideline import Guideline
from docgen.model.inputs import Input
from docgen.model.mandate import Mandate
from docgen.model.meeting import Meeting
from docgen.model.organisation import Organisation
from docgen.model.values import FromText

from ..docx_validity import faults_of_docx
from .ground import Ground, assert_kept_inside, assert_sound, text_of

ATTACKS = {
    "sum": "{{ 7*7 }}",
    "loop": "{% for a in range(3) %}hei{% endfor %}",
    "comment": "{# borte #}",
    "paragraph-tag": "{{p dokument }} {%p if 1 %} {%tr for a in b %} {{r x }}",
    "raw": "{% raw %}{{ 1 }}{% endraw %}",
    "split-braces": "{ { 7 } } {_{ 7 }_} {_% 7 %_}",
    "classes": "{{ ''|attr('mro') }} {{ self.__init__ }}",
    "statement": "{% import os %}{{ os.popen('id') }}",
    "word-end": "</w:t></w:r></w:p><w:p>",
    "cdata": "]]> <![CDATA[x]]> <!-- y -->",
    "entity": "&lt;b&gt; &amp;amp; &#65; &nbsp;",
    "script": "<script>alert('1')</script> <img src=x onerror=y>",
    "quotes": '"\'` <a b="c">',
    "processing": "<?xml version='1.0'?> <!DOCTYPE a>",
    "format": "{0} {navn} %s %(navn)s $x ${x}",
    "formula": "=1+1 +cmd|' /C calc'!A0",
    "field": '{ INCLUDETEXT "x" } HYPERLINK',
    "own-marks": "a\ufdd0b\ufdd3c\ufdd5d\ufdd9e",
    "private-use": "a\ue000b\uf8ffc\U0010fffdd",
    "right-to-left": "a\u202egpj.exe\u202c b\u2066c\u2069",
    "hidden-spaces": "a\u200bb\u200dc\u00add",
    "beyond-the-plane": "a 👩🏽‍⚕️ 𝔄 b",
    "backslashes": "C:\\1\\g<0> \\x41",
}
AS_MARKDOWN = {
    "entity": "<b> &amp; A \u00a0",
    "classes": "{{ ''|attr('mro') }} {{ self.init }}",
    "split-braces": "{ { 7 } } {{ 7 }} {% 7 %}",
}
"""What is printed of an attack with entities or emphasis where the text is Markdown."""

NOT_FREE: dict[str, dict[str, str | None]] = {
    "Meeting": {"type": "møte", "body": "SSU", "moved_from": None},
    "Guideline": {"type": "retningslinje", "body": None, "number": "77"},
    "Mandate": {"type": "mandat"},
    "Organisation": {"type": "organisering", "take": None},
    "Case": {"number": None, "continues": None, "postponed_from": None},
    "Presence": {"since": None, "until": None},
    "Absence": {"name": "Kari Lindstad"},
    "Attachment": {"file": "notat.pdf"},
    "Numbering": {"form": "01/22", "start": None},
    "BodyPart": {"body": "SSU", "chapters": None},
    "MinutesApproval": {"case": None},
    "Approval": {"case": None},
}
"""Fields whose text is a name or a number that something else is found by: they have a value of their own, or none."""

VALUES = {"_read_whole_date": "{day}. mai 2027", "_read_partial_date": "2028", "read_time_range": "09.00–11.30"}
NEVER_PRINTED = {
    "remark", "cases.id", "numbering.sequence", "version_log.approved.body",
    # Printed in place of one another: the title of a mandate, the public title, the text of an approval.
    "name", "body", "exempt.ground",
    # The organisation document has no table of its versions.
    "version_log.description", "version_log.approved.text",
}  # fmt: skip
"""Fields that stand in no document, or not in every kind of it."""


class Trees:
    """Builds trees for inputs with an attack in every free field, and remembers what was written in which."""

    def __init__(self, attack: str) -> None:
        self._attack = attack
        self._day = 0
        self.fields: dict[str, tuple[str, bool]] = {}
        """By file and field, what was written there, and whether it is Markdown."""
        self.label = self.text("docgen.toml.følsomhet")

    def of(self, file: str, model: type[Input], **fixed: str) -> dict[str, Any]:
        self._day += 1
        return self._tree(model, file, fixed)

    def _tree(self, model: type[Input], path: str, fixed: Mapping[str, str | None]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        fixed = NOT_FREE.get(model.__name__, {}) | dict(fixed)
        for name, info in model.model_fields.items():
            key = str(info.validation_alias.choices[0]) if isinstance(info.validation_alias, AliasChoices) else name
            value: Any
            if name == "sensitivity":
                value = self.label
            elif name in fixed:
                value = fixed[name]
            else:
                value = self._value(list(_parts([info.annotation, *info.metadata])), f"{path}.{name}")
            if value is not None:
                found[key] = value
        return found

    def _value(self, parts: list[Any], path: str) -> Any:
        many = any(get_origin(part) in (tuple, list) for part in parts)
        inner = next((part for part in parts if isinstance(part, type) and issubclass(part, Input)), None)
        if inner is not None:
            tree = self._tree(inner, path, {})
            return [tree] if many else tree
        names = [part.read.__name__ for part in parts if isinstance(part, FromText)]
        if not names or names[0] == "read_yes_no":
            return None
        if names[0] in VALUES:
            return VALUES[names[0]].format(day=self._day)
        text = self.text(path, is_markdown=names[0] == "read_markdown")
        return [text] if many else text

    def text(self, path: str, *, is_markdown: bool = False) -> str:
        """Return the attack for a field. A number finds it again; words round it keep it from opening a block."""
        text = f"Felt{len(self.fields)} {self._attack} slutt"
        self.fields[path] = (text, is_markdown)
        return text


def _parts(annotation: Any) -> Iterator[Any]:
    """Give everything that an annotation is made of."""
    for part in annotation if isinstance(annotation, list) else [annotation]:
        yield part
        yield from _parts([*get_args(part), *getattr(part, "__metadata__", ())])


def _drop_all(ground: Ground, attack: str) -> Trees:
    """Fill the workspace with every kind of input, each status of meetings, and the words and names of docgen.toml."""
    trees = Trees(attack)
    files = {
        "mandates/angrep.json": trees.of("mandat", Mandate),
        "inputs/organisering.json": trees.of("organisering", Organisation),
        "inputs/vedlegg.json": trees.of("vedlegg", Guideline, type="vedlegg", number="77.1", attachments=None),
        "inputs/retningslinje.json": trees.of("retningslinje", Guideline, attachments=None),
        **{
            f"inputs/{status}.json": trees.of(status, Meeting, status=status)
            | ({} if status == "godkjent" else {"godkjent": ""})
            for status in ("utkast", "innkalt", "avholdt", "godkjent")
        },
    }
    files["inputs/retningslinje.json"]["vedlegg"] = [
        {"nummer": "77.1", "tittel": files["inputs/vedlegg.json"]["tittel"]}
    ]
    # The title of an exempt case is not printed, and that of another is.
    for status in ("innkalt", "godkjent"):
        del files[f"inputs/{status}.json"]["saker"][0]["unntatt"]
    # An approval is printed from its text, or else from body and date: one of each.
    del files["inputs/vedlegg.json"]["versjonslogg"][0]["godkjent"]["tekst"]
    files["inputs/avholdt.json"]["neste møte"].pop("tekst")
    files["mandates/angrep.json"]["ord"] = {word: trees.text(f"ord.{word}") for word in ("rolle", "versjon")}
    for name, tree in files.items():
        ground.drop(name, json.dumps(tree, ensure_ascii=False))
    ground.drop("inputs/notat.pdf", b"%PDF-1.7")
    owner, agenda = trees.text("docgen.toml.eier"), trees.text("docgen.toml.ord.saksliste")
    label, owner, agenda = (json.dumps(text, ensure_ascii=False) for text in (trees.label, owner, agenda))
    labels = f'["følsomhet"]\n"Åpen" = "grønn"\n{label} = "gul"\n'
    ground.drop("docgen.toml", f"[eier]\nnavn = {owner}\n{labels}[ord]\nsaksliste = {agenda}\n")
    return trees


def _dropped(ground: Ground, attack: str) -> tuple[Trees, str, dict[str, bytes]]:
    """Fill the workspace, build it, and return what was written, all text of the documents, and the documents."""
    trees = _drop_all(ground, attack)
    before = ground.all_but_output()

    outcome = ground.build()

    assert outcome.code == 0, outcome.told
    assert_sound(outcome)
    assert_kept_inside(ground, outcome, before)
    documents = ground.documents()
    return trees, "\n".join(text_of(data) for data in documents.values()), documents


@pytest.fixture(scope="module")
def printed(good: Ground, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The fields that documents print, found with a plain word."""
    trees, text, _documents = _dropped(good.copy(tmp_path_factory.mktemp("plain") / "here"), "ord")
    return frozenset(path for path, (written, _markdown) in trees.fields.items() if written in text)


def test_nearly_every_field_of_every_kind_is_printed(good: Ground, printed: frozenset[str], tmp_path: Path) -> None:
    trees, _text, _documents = _dropped(good.copy(tmp_path / "here"), "ord")

    statuses = ("utkast.", "innkalt.", "avholdt.", "godkjent.")
    of_meetings = {path.partition(".")[2] for path in trees.fields if path.startswith(statuses)}
    of_meetings -= {path.partition(".")[2] for path in printed if path.startswith(statuses)}
    others = {path.partition(".")[2] for path in trees.fields if not path.startswith(statuses) and path not in printed}
    assert len(printed) > 130
    assert {path for path in of_meetings | others if not path.endswith(tuple(NEVER_PRINTED))} == set()


@pytest.mark.parametrize("id", ATTACKS)
def test_what_looks_like_code_is_printed_literally_in_every_field(
    good: Ground, printed: frozenset[str], tmp_path: Path, id: str
) -> None:
    attack = ATTACKS[id]
    in_markdown = AS_MARKDOWN.get(id, attack)

    trees, text, documents = _dropped(good.copy(tmp_path / "here"), attack)

    written = {
        path: text.replace(attack, in_markdown) if markdown else text for path, (text, markdown) in trees.fields.items()
    }
    assert [path for path in sorted(printed) if written[path] not in text] == []
    for name, data in documents.items():
        faults = faults_of_docx(data, allow=f"{attack} {in_markdown}")
        # The signs U+FDD0… are docgen's own while it compiles a template; here they are the secretary's.
        assert [one for one in faults if id != "own-marks" or "only in compiling" not in one] == [], name
