"""What holds for any Markdown: no word is lost, the XML is whole, and the fast way gives what the slow one gives."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.render.additions import Additions
from docgen.render.blocks import Blocks, plain
from docgen.render.commonmark import parse, parse_line
from docgen.render.inline import Line
from docgen.render.names import DOCUMENT
from docgen.render.story import Story
from tests.render.markdown_document import LOOK, W, made

WORDS = ["Saken", "tas", "til", "orientering", "Østfold", "§ 3-4", "kl. 09.00", "nr. 5", "10 000", "2022", "a/b", "«x»"]
STARTS = [
    "",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2. ",
    "7) ",
    "24. oktober ",
    "# ",
    "## ",
    "> ",
    "  ",
    "   ",
    "    ",
    "\t",
    "  - ",
]
STARTS += [
    "   - ",
    "  1. ",
    "   1. ",
    "---",
    "===",
    "***",
    "```",
    "~~~ ",
    "| ",
    "|-|-|",
    "-|-",
    "#",
    "-",
    "1.",
    "**Merk:** ",
]
STARTS += [
    "[^1]: ",
    "[a]: ",
    "- **",
    "- 5 ",
    "- 24. mai ",
    "1. 2. ",
    "- - ",
    "- > ",
    "- # ",
    "      - ",
    "10. ",
    "_a_ ",
]
SIGNS = [
    "*",
    "**",
    "_",
    "`",
    "~~",
    "[",
    "](",
    ")",
    "](https://a.no/b_c)",
    "[^1]",
    "![",
    "\\",
    "<",
    ">",
    "&",
    "&amp;",
    "|",
]
SIGNS += [
    "  \n",
    "\\\n",
    "\n",
    " \n",
    "{{ x }}",
    "{% x %}",
    "#",
    "]",
    "[a](https://b.no)",
    "**fet**",
    "*kursiv*",
    "!",
    ":",
]
SIGNS += [
    "<https://c.no>",
    "(",
    ".",
    ",",
    "\u00a0",
    "\u2003",
    "\x0c",
    "\x00",
    "\r",
    "\r\n",
    "\t",
    "  ",
    "€",
    "\x85",
    "\u2028",
]

lines = st.builds(
    lambda start, words: start + "".join(words),
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(WORDS) | st.just(" ") | st.sampled_from(SIGNS), max_size=6),
)
texts = st.lists(lines, max_size=8).map("\n".join) | st.lists(lines, max_size=5).map("\n\n".join)
markdown = texts | st.text("ab1 \n-*_#.)>`[]()|~:=!\\&<^", max_size=40)


def slow_blocks(text: str) -> str:
    return Blocks(Additions(LOOK, {}), DOCUMENT, LOOK.body, 1).write(parse(text))


def slow_runs(text: str) -> str:
    return Line(Additions(LOOK, {}), DOCUMENT, lambda label: None).runs(parse_line(text))


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def shown(blocks: str) -> str:
    """Return the text of blocks as read, with what stands for a break as a space."""
    root = etree.fromstring(f'<x xmlns:w="{W}">{blocks}</x>')
    pieces = [
        e.text or "" if e.tag == f"{{{W}}}t" else " " for e in root.iter(*(f"{{{W}}}{t}" for t in ("t", "br", "p")))
    ]
    return "".join(pieces)


@settings(max_examples=1500, deadline=None)
@given(markdown)
@example("Tekst\n- a\n\n- b")
@example("- a\n  2. b")
@example("**a**b** c")
@example("10.   \n\n\n10. ")
@example("tekst\n\n24. mai 2022")
@example("# |\n---")
@example("1. a\n   - b\n2. c\n\ntekst")
@example("- a\n  - b\n- c\n\n# H\n- d")
@example("[a](https://b.no/c_d) og **fet** (*x*)")
def test_the_fast_way_gives_what_the_parser_gives(text):
    fast, slow = Story(LOOK, {}).blocks(text, "", 1), slow_blocks(text)

    assert fast == slow


@settings(max_examples=1500, deadline=None)
@given(markdown)
def test_the_fast_way_gives_the_same_runs_as_the_parser(text):
    fast, slow = Story(LOOK, {}).runs(text, ""), slow_runs(text)

    assert fast == slow


@settings(max_examples=500, deadline=None)
@given(markdown | st.text(max_size=60))
def test_whatever_is_written_the_xml_is_whole_and_every_part_can_be_read(text):
    document = made(text)

    for name, data in document.parts.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)


@settings(max_examples=1000, deadline=None)
@given(markdown.filter(lambda text: not re.search(r"[&\\\]]|```|~~~", text)))
@example(">1)")
def test_every_word_that_was_written_stands_in_the_document_in_order(text):
    written = re.sub(r"(?m)(?<![^\s>])\d+[.)](?=\s|$)", " ", re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text))

    found = words(shown(made(text).blocks))

    assert is_within("".join(words(written)), "".join(found))


@settings(max_examples=500, deadline=None)
@given(markdown)
def test_every_word_of_the_plain_text_stands_in_the_document(text):
    document = made(text)

    notes = document.text("word/footnotes.xml") if "word/footnotes.xml" in document.parts else ""
    written = re.sub(r"\[\^[^\]]*\]", " ", plain(text))
    everything = shown(document.blocks) + notes
    assert Counter("".join(words(written))) <= Counter("".join(words(everything)))


def is_within(wanted: Sequence[str], found: Sequence[str]) -> bool:
    """Tell whether `wanted` stand in `found` in their order."""
    rest = iter(found)
    return all(word in rest for word in wanted)


NOTES = "word/footnotes.xml"

HOSTILE = {
    "quotes": ">" * 100_000,
    "spaced quotes": "> " * 50_000,
    "brackets": "[" * 100_000,
    "pairs": "[[]" * 33_000,
    "images": "![" * 50_000,
    "links": "[a](" * 25_000,
    "stars": "*a **a " * 15_000,
    "bullets on a line": "- " * 50_000,
    "numbers on a line": "1. " * 33_000,
    "backticks": "".join("`" * (length % 400) + "a" for length in range(500)),
    "deep list": "\n".join(" " * (2 * depth) + f"- a{depth}" for depth in range(300)),
    "blank lines": "\n" * 100_000 + "a",
    "spaces": " " * 100_000 + "a",
    "heading": "# " + " " * 100_000,
    "wide table": "|".join("a" * 1000) + "\n" + "|".join("-" * 1000) + "\n" + "x\n" * 20_000,
    "notes": "".join(f"[^{each}]: a\n" for each in range(5000)),
    "one note many times": "[^1]" * 20_000 + "\n\n[^1]: " + "notat " * 1000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markdown_ends_in_time_and_keeps_its_text(text):
    start = time.perf_counter()

    document = made(text)

    assert time.perf_counter() - start < 5
    notes = document.text(NOTES) if NOTES in document.parts else ""
    wanted, found = words(re.sub(r"\b1\. |\[\^\d+\]:?", " ", text)), words(f"{shown(document.blocks)} {notes}")
    assert is_within("".join(wanted), "".join(found))


@pytest.mark.parametrize("levels", [5, 14, 16, 40, 200])
def test_what_is_nested_too_deeply_is_kept_as_text(levels):
    text = "\n".join("> " * level + f"ord{level}\n" for level in range(1, levels))

    found = words(shown(made(text).blocks))

    assert found == [f"ord{level}" for level in range(1, levels)]
