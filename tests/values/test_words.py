"""The words that documents print: the same in both languages, and a body's own choices among them."""

from __future__ import annotations

import keyword
import re
import tomllib
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from docgen.model.mandate import Decision, Party, Role
from docgen.model.meeting import CaseType, FollowUpStatus
from docgen.words import Words, with_choices, word_key, words

LANGUAGES = ("nb", "nn")
PLACE = re.compile(r"\{([^}]*)\}")

BOKMÅL_ONLY = re.compile(
    r"\b(ikke|fra|hvilke[nt]?|hva|hvem|sted|møtested|ble|en|et|navn|endringer|ansvarlig|uten|saken|være|videre"
    r"|til stede|bare|noen|disse|fortsetter|hører|følsomhet|foreløpige?|tidligere|nærmere|gyldig fra)\b"
    r"|(leder|oppgaver|utvalg|deltakere|mottakere|offentlighet|dokumentansvarlig|formål)\b"
    r"|vennlig|håndtering|behandl|enighet|innledning|innhold|overordnet|avgjørelse",
    re.IGNORECASE,
)
"""What no nynorsk text of ours holds."""


def as_written(language: str) -> str:
    return (files("docgen.words") / f"{language}.toml").read_text("utf-8")


def test_both_languages_have_the_same_words_in_the_same_order() -> None:
    assert list(words("nb")) == list(words("nn"))
    assert len(words("nb")) >= 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_empty_and_none_has_white_space_around_it(language: str) -> None:
    assert [key for key, word in words(language).items() if not word or word != word.strip()] == []


def test_both_languages_have_the_same_places() -> None:
    nb, nn = words("nb").own, words("nn").own

    assert {key: sorted(PLACE.findall(nb[key])) for key in nb} == {key: sorted(PLACE.findall(nn[key])) for key in nn}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_refers_only_to_words_that_there_are(language: str) -> None:
    own = words(language).own
    named = {name.removeprefix("ord.") for word in own.values() for name in PLACE.findall(word) if "." in name}

    assert named <= set(own)
    assert [name for name in named if "{" in own[name]] == []
    assert [word for word in words(language).values() if "{ord." in word] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_can_be_written_in_a_template(language: str) -> None:
    python_methods = set(dir(dict))
    assert [key for key in words(language) if not key.isidentifier() or key != key.lower()] == []
    assert [key for key in words(language) if keyword.iskeyword(key) or key in python_methods] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_stand_in_order_within_their_groups(language: str) -> None:
    alphabet = "_abcdefghijklmnopqrstuvwxyzæøå"
    for group in as_written(language).split("\n\n"):
        keys = list(tomllib.loads(group))
        assert keys == sorted(keys, key=lambda key: [alphabet.index(letter) for letter in key])


def in_bokmål(language: str) -> dict[str, str]:
    """Return the words, places aside, that can only be bokmål."""
    return {key: word for key, word in words(language).items() if BOKMÅL_ONLY.search(PLACE.sub("…", word))}


def test_nynorsk_has_no_bokmål() -> None:
    assert in_bokmål("nn") == {}
    assert len(in_bokmål("nb")) > 20


CHOSEN = [("{}", Role), ("{}", Party), ("{}", Decision), ("status_{}", FollowUpStatus), ("{}_kode", CaseType)]
"""Choices of the inputs, and the key of the word that is printed for each."""


def one_of_each(kind: Any) -> set[str]:
    choice = TypeAdapter(kind)
    return {choice.validate_python(written) for written in choice.json_schema()["enum"]}


def text_of(template: Path) -> str:
    """Return all of a template: the text alone, where Word may have split a tag, and as written, for attributes."""
    with zipfile.ZipFile(template) as package:
        written = " ".join(package.read(name).decode() for name in package.namelist() if name.startswith("word/"))
    return re.sub("<[^>]+>", "", written) + written


@pytest.mark.parametrize(("form", "kind"), CHOSEN)
def test_what_an_input_can_choose_has_a_word(form: str, kind: Any) -> None:
    assert {form.format(value) for value in one_of_each(kind)} - set(words("nb")) == set()


def test_every_word_is_printed_by_some_document() -> None:
    root = Path(__file__).resolve().parents[2]
    views = "".join(file.read_text("utf-8") for file in (root / "docgen" / "model" / "view").glob("*.py"))
    tags = "".join(text_of(file) for file in (root / "templates").glob("*.docx"))
    chosen = {form.format(value) for form, kind in CHOSEN for value in one_of_each(kind)}

    in_views = re.findall(r"""(?:\[|sentence\()\s*["'](\w+)["']""", views)
    printed = {*re.findall(r"ord\.(\w+)", tags), *in_views, *chosen}
    # Words that the views find by a value: the types of case, of guideline, of consensus, and what became of a case.
    printed |= set(re.findall(r'"(\w+sak|konsensus_\w+|utsatt|trukket)"', views)) | {"retningslinje", "vedlegg"}
    filled = {
        key for word in printed & set(words("nb")) for key in re.findall(r"\{ord\.(\w+)\}", words("nb").own[word])
    }

    assert set(words("nb")) - printed - filled == set()


def test_the_words_can_not_be_changed() -> None:
    with pytest.raises(TypeError):
        words("nb")["protokoll"] = "Referat"  # type: ignore[index]

    words("nb").printed()["protokoll"] = "Referat"

    assert words("nb") is words("nb")
    assert words("nb").printed()["protokoll"] == words("nb")["protokoll"] == "Protokoll"


def test_a_language_that_we_do_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\.\./nb"):
        words("../nb")


def test_a_choice_begins_with_a_capital_where_its_word_does() -> None:
    chosen = with_choices(words("nb"), {"saksliste": "sakliste", "av": "fra", "utvalg": "SSU"})

    assert (chosen["saksliste"], chosen["av"], chosen["utvalg"]) == ("Sakliste", "fra", "SSU")


def test_a_choice_comes_through_in_the_sentences_that_refer_to_it() -> None:
    chosen = with_choices(words("nb"), {"protokoll": "referat"})

    assert chosen["protokoll_fra"] == "Referat fra møte i {organ}"
    assert chosen["rett_utskrift"] == "Rett utskrift av referat fra møte i {organ} {dato}."
    assert words("nb")["rett_utskrift"] == "Rett utskrift av protokoll fra møte i {organ} {dato}."


def test_an_abbreviation_keeps_its_capitals_in_a_sentence() -> None:
    chosen = with_choices(words("nb"), {"protokoll": "SSU-protokoll"})

    assert chosen["rett_utskrift"] == "Rett utskrift av SSU-protokoll fra møte i {organ} {dato}."


def test_the_later_choice_wins() -> None:
    chosen = with_choices(words("nb"), {"protokoll": "referat"}, {"Protokoll": "møtebok"})

    assert chosen["protokoll"] == "Møtebok"


def test_a_choice_is_found_by_its_key_as_people_write_it() -> None:
    chosen = with_choices(words("nb"), {"Til stede": "møtte", "SAKSLISTE": "dagsorden"})

    assert (chosen["til_stede"], chosen["saksliste"]) == ("Møtte", "Dagsorden")
    assert word_key("Beskrivelse-av  endringer") == "beskrivelse_av_endringer"


def test_an_unknown_or_empty_choice_changes_nothing() -> None:
    assert with_choices(words("nn"), {"sakskart": "x", "saksliste": " "}) is words("nn")


def test_a_sentence_is_filled_and_reads_nothing_else_out_of_the_facts() -> None:
    own = with_choices(words("nb"), {"forfall_meldes_til": "Ring {hvem} {hvem.__class__} {ukjent} { }"})

    sentence = own.sentence("forfall_meldes_til", hvem="{ord.protokoll} {ukjent}")

    assert sentence == "Ring {ord.protokoll} {ukjent} {hvem.__class__} {ukjent} { }"


def test_words_that_refer_in_a_ring_do_not_hang() -> None:
    ring = Words({"a": "A {ord.b}", "b": "B {ord.a}"})

    assert ring["a"] == "A b {ord.a}"
