"""Markdown blocks -> WordprocessingML: paragraphs, headings, lists, quotes, code, tables and footnotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from docgen.render import footnotes, simple
from docgen.render.additions import Additions
from docgen.render.commonmark import HIGHEST_NUMBER, clean, definition, parse, text_of
from docgen.render.inline import Line
from docgen.render.lists import DEPTH, ListLevel
from docgen.render.names import FOOTNOTES
from docgen.render.tables import spacer, table
from docgen.render.wordxml import BOLD, CODE, attribute, escape, run, run_properties

if TYPE_CHECKING:
    from markdown_it.token import Token

_QUOTE_STEP = 567
_BOLD = run_properties("", BOLD, ())
_MOST_NOTES = 500
"""Footnotes of one text; a text that refers ten thousand times to a long note would else fill the disk."""

_LANGUAGES = {
    "bash",
    "csv",
    "html",
    "ini",
    "json",
    "markdown",
    "md",
    "python",
    "sql",
    "text",
    "toml",
    "txt",
    "xml",
    "yaml",
}
"""What ``` may be followed by without being printed: the names of languages are no text."""


@dataclass(slots=True)
class _List:
    """An open list. `number` is its numbering and `next` the number that its next item would have."""

    ordered: bool
    number: int = 0
    next: int = 0
    loose: bool = False


class Blocks:
    """Writes the block tokens of one text. `style` is that of its plain paragraphs, `level` the heading above it."""

    def __init__(self, additions: Additions, part: str, style: str, level: int) -> None:
        self._additions = additions
        self._look = additions.look
        self._part_name = part
        self._style = style
        self._level = level
        self._notes: footnotes.Notes = {}
        self._used_notes = 0
        self._line = Line(additions, part, self._note)
        self._out: list[str] = []
        self._inside: list[_List | None] = []
        self._marker = False
        self._lead = ""
        self._headings: list[int] = []

    def text(self, text: str) -> str:
        """Return `text` as blocks, parsed only where it must be."""
        parts = simple.parts(text)
        if parts is None:
            return self.write(parse(text))
        for part in parts:
            self._part(part)
        return "".join(self._out)

    def write(self, tokens: list[Token], lead: str = "") -> str:
        """Return the blocks of `tokens`; `lead` is runs that the first paragraph begins with."""
        tokens, self._notes = footnotes.split(_with_unused_definitions(tokens))
        self._lead = lead
        at = 0
        while at < len(tokens):
            at = self._block(tokens, at)
        self._settle()
        return "".join(self._out)

    def _part(self, part: simple.Part) -> None:
        match part.kind:
            case "paragraph":
                self._paragraph(self._line.text(part.text))
            case "heading":
                self._heading(part.level, lambda base: self._line.text(part.text, base))
            case "list":
                self._list(part.items)
            case "other":
                self.write(parse(part.text))

    def _list(self, items: Sequence[simple.Item]) -> None:
        for item in items:
            del self._inside[item.depth :]
            if len(self._inside) < item.depth:
                self._inside.append(_List(ordered=item.number is not None))
            self._item(item.number)
            self._paragraph(self._line.text(item.text), loose=False)
        self._inside.clear()

    def _block(self, tokens: list[Token], at: int) -> int:
        """Write what begins at `at` and return the position after it."""
        token = tokens[at]
        match token.type:
            case "paragraph_open":
                self._paragraph(self._line.runs(tokens[at + 1].children), loose=not token.hidden)
                return at + 3
            case "heading_open":
                children = tokens[at + 1].children
                self._heading(int(token.tag[1]), lambda base: self._line.runs(children, base))
                return at + 3
            case "table_open":
                end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
                self._table(tokens[at:end])
                return end + 1
            case "bullet_list_open" | "ordered_list_open":
                self._settle()
                self._inside.append(_List(token.type == "ordered_list_open"))
            case "list_item_open":
                self._item(int(token.info) if token.info else None)
            case "blockquote_open":
                self._settle()
                self._inside.append(None)
            case "bullet_list_close" | "ordered_list_close" | "blockquote_close":
                self._settle()
                self._inside.pop()
            case "fence" | "code_block":
                self._code(token)
            case "hr":
                self._settle()
                self._out.append(_paragraph(self._properties(self._style, centred=True), run("* * *")))
            case "footnote_reference_open":
                self._settle()
                self._lead = run(f"[^{token.meta['label']}]: ")
            case "footnote_reference_close" | "list_item_close":
                self._settle()
        return at + 1

    def _paragraph(self, runs: str, *, loose: bool = True) -> None:
        runs = self._lead + runs
        self._lead = ""
        where = self._inside[-1] if self._inside else None
        if self._marker and where:
            where.loose = loose
            self._marker = False
            self._out.append(_paragraph(self._item_properties(where), runs))
        elif runs:
            self._out.append(_paragraph(self._continued(), runs))

    def _settle(self) -> None:
        """Write the mark or lead that still waits for its paragraph: an empty item, or one that begins with a table."""
        if self._marker or self._lead:
            self._paragraph("", loose=False)

    def _item(self, number: int | None) -> None:
        self._settle()
        self._marker = True
        where = self._inside[-1]
        if where is None or number is None:
            return
        # A list that jumps (5, 7) keeps its numbers, since the text may refer to them; 1, 1, 1 counts as usual.
        if where.number == 0 or where.next < number <= HIGHEST_NUMBER:
            where.number = self._additions.number(self._counted(), number)
            where.next = number
        where.next += 1

    def _counted(self) -> ListLevel:
        """Return how the innermost numbered list counts: 1. in the outermost one, also when that stands in a bullet."""
        depth = sum(1 for each in self._inside if each and each.ordered)
        return self._look.numbers[min(depth, DEPTH) - 1]

    def _depth(self) -> int:
        return min(DEPTH, sum(1 for each in self._inside if each))

    def _item_properties(self, where: _List) -> str:
        level = (self._look.numbers if where.ordered else self._look.bullets)[self._depth() - 1]
        if where.ordered:
            return _item(level, self._counted(), where.number, where.loose)
        self._additions.bullet(level)
        return _item(level, level, level.num, where.loose)

    def _continued(self) -> str:
        """Return the properties of a paragraph here that has no mark of its own."""
        if not self._inside:
            return _style(self._style)
        if self._inside[-1] is None:
            return self._quoted()
        continues = self._look.style(f"list continue {self._depth()}" if self._depth() > 1 else "list continue")
        return _style(continues) if continues else self._properties(self._style)

    def _quoted(self) -> str:
        style = self._look.style("quote")
        depth = sum(1 for each in self._inside if each is None)
        if style and depth == 1 and not self._left():
            return _style(style)
        left = self._left() + _QUOTE_STEP * depth
        return f'{_style(style or self._style)}<w:ind w:left="{left}" w:right="{_QUOTE_STEP}"/>'

    def _properties(self, style: str, *, centred: bool = False, plain: bool = False) -> str:
        """Return paragraph properties that stand in from the edge as far as the lists around it."""
        quotes = sum(1 for each in self._inside if each is None)
        left = self._left() + _QUOTE_STEP * quotes
        indent = f'<w:ind w:left="{left}"/>' if left else ""
        adjusted = '<w:jc w:val="center"/>' if centred else '<w:jc w:val="left"/>' if plain else ""
        return _style(style) + indent + adjusted

    def _left(self) -> int:
        """Return how far in the text of the lists around stands, in twips."""
        depth = self._depth()
        if not depth:
            return 0
        innermost = next(each for each in reversed(self._inside) if each)
        return (self._look.numbers if innermost.ordered else self._look.bullets)[depth - 1].left

    def _heading(self, written: int, runs: Callable[[str], str]) -> None:
        if self._inside or self._part_name == FOOTNOTES:
            # A Word heading in a list or a note would stand in the table of contents.
            self._paragraph(runs(_BOLD))
            return
        while self._headings and self._headings[-1] >= written:
            self._headings.pop()
        self._headings.append(written)
        level = min(6, self._level + len(self._headings))
        style = self._look.style(*(f"heading {each}" for each in range(level, 0, -1)))
        if style:
            self._out.append(_paragraph(_style(style), runs("")))
        else:
            self._paragraph(runs(_BOLD))

    def _code(self, token: Token) -> None:
        self._settle()
        lines = token.content.removesuffix("\n").split("\n")
        if token.info.strip() and token.info.strip().lower() not in _LANGUAGES:
            lines.insert(0, token.info.strip())
        if lines == [""]:
            return
        style = self._look.style("html preformatted", "macro text", "plain text")
        text = [f'<w:t xml:space="preserve">{escape(clean(line).expandtabs(4))}</w:t>' for line in lines]
        runs = f"<w:r>{run_properties('', CODE, ())}{'<w:br/>'.join(text)}</w:r>"
        self._out.append(_paragraph(self._properties(style or self._style, plain=True), runs))

    def _table(self, tokens: list[Token]) -> None:
        self._settle()
        self._out.append(table(tokens, self._line, self._look, self._left()))
        self._out.append(spacer())

    def _note(self, label: str) -> str | None:
        tokens = self._notes.get(label)
        if tokens is None or self._used_notes >= _MOST_NOTES:
            return None
        self._used_notes += 1
        look = self._look
        writer = Blocks(self._additions, FOOTNOTES, look.style("footnote text"), 6)
        # Word has no second reference to a note: what is referred to twice stands as two notes.
        content = writer.write(tokens, footnotes.own_mark(look.characters))
        return footnotes.mark(self._additions.footnote(content), look.characters)


def images_in(text: str) -> list[tuple[str, str]]:
    """Return address and alt text of every image in the Markdown, in order; the address as it was written."""
    if "![" not in text:
        return []
    return [found for token in parse(text) for found in _images(token.children)]


def _images(children: list[Token] | None) -> list[tuple[str, str]]:
    found = []
    for token in children or []:
        if token.type == "image":
            found.append((str(token.attrs["src"]), text_of(token.children)))
    return found


def plain(text: str) -> str:
    """Return the Markdown as plain text: a line for each paragraph, item, heading and cell."""
    lines: list[str] = []
    for token in _with_unused_definitions(parse(text)):
        if token.type == "inline":
            lines.append(text_of(token.children).strip())
        elif token.type in ("fence", "code_block"):
            lines += token.content.removesuffix("\n").split("\n")
    return "\n".join(line for line in lines if line)


def _with_unused_definitions(tokens: list[Token]) -> list[Token]:
    """Return the tokens with each link definition that no link uses as a paragraph of text."""
    if not any(token.type == "definition" for token in tokens):
        return tokens
    from markdown_it.token import Token  # see commonmark: by now it is loaded

    used = {label for token in tokens for label in _link_labels(token.children)}
    rest: list[Token] = []
    for token in tokens:
        if token.type != "definition":
            rest.append(token)
        elif token.meta["id"] in used:
            used.discard(token.meta["id"])
        else:
            text = Token("text", "", 0, content=definition(token))
            rest += Token("paragraph_open", "p", 1), Token("inline", "", 0, children=[text])
            rest.append(Token("paragraph_close", "p", -1))
    return rest


def _link_labels(children: list[Token] | None) -> set[str]:
    labels: set[str] = set()
    for token in children or []:
        if token.type in ("link_open", "image") and "label" in token.meta:
            labels.add(token.meta["label"])
        labels |= _link_labels(token.children)
    return labels


@lru_cache(maxsize=1024)
def _item(level: ListLevel, counted: ListLevel, num: int, loose: bool) -> str:
    """Return the properties of an item that looks like `level` and is counted like `counted`."""
    named = _num(counted.ilvl, num) if num else ""
    indent = "" if level == counted else f'<w:ind w:left="{level.left}" w:hanging="{level.hanging}"/>'
    return _style(level.style) + named + indent + ('<w:contextualSpacing w:val="0"/>' if loose else "")


@lru_cache(maxsize=1024)
def _style(id: str) -> str:
    return f'<w:pStyle w:val="{attribute(id)}"/>' if id else ""


def _num(ilvl: int, num: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num}"/></w:numPr>'


def _paragraph(properties: str, runs: str) -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>" if properties else f"<w:p>{runs}</w:p>"
