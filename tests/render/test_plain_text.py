"""Plain text becomes Word structure without the Markdown parser, which takes long to load."""

from __future__ import annotations

import subprocess
import sys

from markdown_it.common.utils import MD_TRIM_CHARS

from docgen.render.commonmark import TRIMMED

CODE = """
import sys
from docgen.render.blocks import plain
from docgen.render.simple import paragraphs, parts
import docgen.render.story, docgen.render.meaning
{work}
print("markdown_it" in sys.modules)
"""


def loads_the_parser(work: str) -> bool:
    done = subprocess.run([sys.executable, "-c", CODE.format(work=work)], check=True, capture_output=True, text=True)
    return done.stdout.strip() == "True"


def test_plain_paragraphs_and_lists_need_no_parser():
    assert not loads_the_parser("assert paragraphs('Et avsnitt.'); assert parts('Et avsnitt.\\n\\n- ett\\n- to')")
    assert loads_the_parser("plain('Et ~~slettet~~ ord')")


def test_the_spaces_at_the_ends_are_those_that_the_parser_takes_away():
    assert TRIMMED == MD_TRIM_CHARS
