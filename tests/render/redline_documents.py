"""Guidelines to compare, made of Markdown with docgen's own template, and random ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from docgen.model.values import Markdown
from docgen.render import compile_template
from docgen.render.redline import redline
from tests.render.markdown_document import made, png
from tests.templates.samples import sample

DATE = "2000-01-01T00:00:00Z"
IMAGES = {"kart.png": png(60, 40), "skjema.png": png(80, 30)}
FACTS = {"dokumenttype": "endringer"}

Chapters = Sequence[tuple[str, str]]

_FILE = Path(__file__).parents[2] / "templates" / "retningslinje.docx"
_TEMPLATE = compile_template(_FILE.read_bytes(), _FILE.name, "retningslinje")


def guideline(chapters: Chapters, *, version: str = "1", contents: bool = True) -> bytes:
    """Return a guideline with these chapters, each a title and Markdown."""
    context = sample("retningslinje")
    context["kapitler"] = [
        {**context["kapitler"][0], "tittel": title, "tekst": Markdown(text)} for title, text in chapters
    ]
    context["dokument"] |= {"innholdsfortegnelse": contents, "versjon": version}
    return _TEMPLATE.render(context, {"dokumenttype": "retningslinje"}, "Retningslinje", images=IMAGES)


def compared(old: bytes, new: bytes) -> bytes:
    return redline(old, new, properties=FACTS, date=DATE)


def texts(old: str, new: str) -> tuple[bytes, bytes]:
    """Return two guidelines whose one chapter has these texts."""
    return guideline([("Formål", old)]), guideline([("Formål", new)])


class Draft(NamedTuple):
    """What a guideline is made of, so that a failing example can be read."""

    chapters: Chapters
    contents: bool

    @property
    def file(self) -> bytes:
        return guideline(self.chapters, contents=self.contents)

    @property
    def plain(self) -> bytes:
        """The text alone, in a template that has neither footnotes nor lists of its own; it may end with anything."""
        return made("\n\n".join(text for _title, text in self.chapters), images=IMAGES).file


_TEXT = """
Sykehuset kommunen pasienten skal og i melding frist § 3 kl. 9 lege epikrise varsler innen 24 timer, (snarest) helse-
og omsorgstjenesteloven **ansvar** *raskt* ***straks*** `kode` ~~utgår~~ [lenke](https://example.com/a) æøå 10 000
[side](https://example.com/b) ![kart](kart.png) ![skjema](skjema.png) [^1] [^2]
"""
_WORD = st.sampled_from(_TEXT.split())
_LINE = st.lists(_WORD, min_size=1, max_size=14).map(" ".join)
_ITEM = st.tuples(st.sampled_from(["", "  ", "     "]), st.sampled_from(["- ", "1. ", "4. "]), _LINE)


def _list(items: list[tuple[str, str, str]], loose: bool) -> str:
    lines = [("" if at == 0 else indent) + mark + text for at, (indent, mark, text) in enumerate(items)]
    return ("\n\n" if loose else "\n").join(lines)


def _table(columns: int, rows: list[list[str]]) -> str:
    cells = [[*row, *[""] * columns][:columns] for row in rows]
    head, *rest = ["| " + " | ".join(row) + " |" for row in cells]
    return "\n".join([head, "|" + "---|" * columns, *rest])


_BLOCK = st.one_of(
    _LINE,
    _LINE,
    st.builds(_list, st.lists(_ITEM, min_size=1, max_size=6), st.booleans()),
    st.builds(_table, st.integers(1, 4), st.lists(st.lists(_LINE, max_size=4), min_size=1, max_size=4)),
    _LINE.map(lambda text: f"## {text}"),
    _LINE.map(lambda text: f"> {text}"),
    _LINE.map(lambda text: f"```\n{text}\n```"),
    st.builds("{}  \n{}".format, _LINE, _LINE),
    st.just("***"),
)
_NOTES = "\n\n[^1]: {}\n\n[^2]: {}"


@st.composite
def _edited(draw: st.DrawFn, blocks: list[str]) -> list[str]:
    """Return the blocks after a few changes as a person makes them."""
    made = list(blocks)
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(made)))
        what = draw(st.sampled_from(["in", "out", "move", "word", "drop"]))
        if what == "in" or not made or at == len(made):
            made.insert(at, draw(_BLOCK))
        elif what == "out":
            del made[at]
        elif what == "move":
            made.insert(draw(st.integers(0, len(made) - 1)), made.pop(at))
        else:
            words = made[at].split(" ")
            place = draw(st.integers(0, len(words) - 1))
            words[place : place + 1] = [draw(_WORD)] if what == "word" else []
            made[at] = " ".join(words)
    return made


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Draft, Draft]:
    """Return an old and a new guideline, not made yet: most often the old one edited, else quite another."""
    stories = []
    blocks = draw(st.lists(_BLOCK, max_size=9))
    edited = draw(st.one_of(_edited(blocks), _edited(blocks), st.lists(_BLOCK, max_size=6)))
    for each in (blocks, edited):
        notes = _NOTES.format(draw(_LINE), draw(_LINE))
        cut = draw(st.integers(0, len(each)))
        chapters = [("Formål", "\n\n".join(each[:cut]) + notes), ("Ansvar", "\n\n".join(each[cut:]) + notes)]
        stories.append(Draft(chapters[draw(st.integers(0, 1)) :], draw(st.booleans())))
    return stories[0], stories[1]
