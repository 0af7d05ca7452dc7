"""Markdown with front matter: the keys stand between two lines of `---`, and the chapters below them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt

from docgen.messages import _
from docgen.problems import InputError, Path, Problem, Where
from docgen.read import yaml_text
from docgen.read.gate import empty
from docgen.read.tree import source, within_limits
from docgen.source import MOST_LINES, Source

CHAPTERS = "kapitler"
TITLE = "tittel"
TEXT = "tekst"
INTRODUCTION = "innledning"


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A chapter with the lines of its title and its text, counted from 1. What stands before the first has no title."""

    title: str
    text: str
    line: int
    text_line: int


def read_markdown(file: str, text: str, warnings: list[Problem]) -> Source:
    """Return the Source of Markdown: a chapter for each heading of level 1, `innledning` for what stands before."""
    front, body_line = _front_matter(file, text)
    keys = yaml_text.read_yaml(file, front, warnings)
    body = text.split("\n")[body_line - 1 :]
    if len(body) > MOST_LINES:
        raise InputError(_too_long(file))
    introduction, chapters = _chapters(body, body_line)
    if wrong := [*_untitled(file, chapters), *_given_twice(keys, introduction, chapters)]:
        raise InputError(*wrong)
    if introduction.text and not chapters:
        warnings += _only_lower_headings(file, body, body_line)
    tree = dict(keys.tree)
    if introduction.text:
        tree[INTRODUCTION] = introduction.text
    if chapters:
        tree[CHAPTERS] = [{TITLE: chapter.title, TEXT: chapter.text} for chapter in chapters]
    within_limits(file, tree)

    def places() -> Iterator[tuple[Path, int]]:
        yield from yaml_text.places(front)
        yield from _places(introduction, chapters)

    return source(file, front, tree, places, warnings)


def _front_matter(file: str, text: str) -> tuple[str, int]:
    """Return the YAML at the top and the line after it.

    Blank lines stand before the YAML, so that its lines count as in the file.
    """
    lines = text.split("\n")
    first = next(at for at, line in enumerate(lines) if line.strip())
    if lines[first].rstrip() != "---":
        what = _("The file does not begin with its keys, so docgen can't tell what it is.")
        fix = _('Begin with a line of ---, then lines such as "type: mandat" and "organ: SSU", then --- again.')
        raise InputError(Problem(what, fix, Where(file, (), first + 1)))
    for last in range(first + 1, len(lines)):
        if lines[last].rstrip() == "---":
            break
    else:
        what = _("The keys at the top have no end.")
        fix = _("Write a line of --- between the keys and the text.")
        raise InputError(Problem(what, fix, Where(file, (), first + 1)))
    inside = lines[first + 1 : last]
    if not any(line.strip() for line in inside):
        raise InputError(empty(file))
    return "\n".join([""] * (first + 1) + inside) + "\n", last + 2


@cache
def _parser() -> MarkdownIt:
    """Return a parser that finds the blocks only. Raw HTML is text, and tables are known, as in the documents."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _headings(body: list[str]) -> list[tuple[int, int, int, str]]:
    """Return level, first line, line after and text of each heading that isn't inside another block."""
    tokens = _parser().parse("\n".join(body))
    return [
        (int(token.tag[1:]), token.map[0], token.map[1], " ".join(tokens[at + 1].content.split()))
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]


def _chapters(body: list[str], body_line: int) -> tuple[_Chapter, list[_Chapter]]:
    """Return what stands before the first chapter, and the chapters."""
    heads = [(start, after, title) for level, start, after, title in _headings(body) if level == 1]
    heads.insert(0, (0, 0, ""))
    ends = [start for start, _after, _title in heads[1:]] + [len(body)]
    chapters = []
    for (start, after, title), end in zip(heads, ends, strict=True):
        first = next((at for at in range(after, end) if body[at].strip()), start)
        text = "\n".join(body[first:end]).rstrip() if first >= after else ""
        chapters.append(_Chapter(title, text, body_line + start, body_line + first))
    return chapters[0], chapters[1:]


def _places(introduction: _Chapter, chapters: list[_Chapter]) -> Iterator[tuple[Path, int]]:
    if introduction.text:
        yield (INTRODUCTION,), introduction.text_line
    for at, chapter in enumerate(chapters):
        yield (CHAPTERS, at), chapter.line
        yield (CHAPTERS, at, TITLE), chapter.line
        yield (CHAPTERS, at, TEXT), chapter.text_line


def _untitled(file: str, chapters: list[_Chapter]) -> Iterator[Problem]:
    for at, chapter in enumerate(chapters):
        if not chapter.title:
            what, fix = _("The chapter has no title."), _("Write the title after #, on the same line.")
            yield Problem(what, fix, Where(file, (CHAPTERS, at, TITLE), chapter.line))


def _given_twice(keys: Source, introduction: _Chapter, chapters: list[_Chapter]) -> Iterator[Problem]:
    """Give a problem for each part of the text that stands among the keys too."""
    below = {INTRODUCTION: introduction.text_line} if introduction.text else {}
    if chapters:
        below[CHAPTERS] = chapters[0].line
    for key in keys.tree:
        line = below.get(key.strip().casefold())
        if line:
            what = _("{key} stands both among the keys and in the text below them (line {line}).", key=key, line=line)
            yield keys.problem((key,), what, _("Keep one of them."))


def _only_lower_headings(file: str, body: list[str], body_line: int) -> list[Problem]:
    """Return a warning when there are headings but no chapter: their text becomes the introduction."""
    headings = _headings(body)
    if not headings:
        return []
    what = _("No heading begins with a single #, so all the text is read as the introduction.")
    fix = _("Write chapters with one #, and what is below them with two.")
    return [Problem(what, fix, Where(file, (INTRODUCTION,), body_line + headings[0][1]), warning=True)]


def _too_long(file: str) -> Problem:
    return Problem(
        _("The text has more than {most} lines.", most=f"{MOST_LINES:,}".replace(",", "\u00a0")),
        _("Split it into several files."),
        Where(file),
    )
