"""What is wrong with a template, found before any document is made: all of it at once, each with its paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from docgen.messages import _
from docgen.model.values import Markdown
from docgen.render.names import w
from docgen.render.ooxml import Element
from docgen.render.part import Part
from docgen.render.shapes import Reader, Scope, element, is_list, written
from docgen.render.tags import CELL_LOOKS, CONTROLS, Tag, shortened

DEEPEST_LOOP = 4
DEEPEST = 12

ENVIRONMENT = SandboxedEnvironment(autoescape=True, keep_trailing_newline=True)
"""Only its parser is used: the code is made by codegen, from the few kinds of node that are let through here."""
ENVIRONMENT.globals.clear()


@dataclass(slots=True)
class Block:
    """An open `for` or `if`, and the scope around it."""

    opener: Tag
    scope: Scope | None
    has_else: bool = False


def check(part: Part, scope: Scope | None) -> None:
    """Note in `part` every fault of its tags: their grammar, their places, and the names and types in them."""
    blocks: list[Block] = []
    prose = part.root.tag == w("document")
    _check_changes(part)
    for tag in part.tags:
        _check_place(part, tag)
        if tag.verb in ("endfor", "endif", "elif", "else"):
            scope = _check_closing(part, tag, blocks, scope)
        if tag.verb in ("for", "if"):
            blocks.append(Block(tag, scope))
            _check_depth(part, tag, blocks)
        if not tag.broken:
            scope = _check_expression(part, tag, scope, prose)
    for block in blocks:
        part.fault(
            _("The tag {tag} is never closed.", tag=block.opener.written),
            _("Write {close} where it ends.", close=_closing(block.opener)),
            block.opener.paragraph,
        )


def _check_changes(part: Part) -> None:
    if any(True for _change in part.root.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo"))):
        part.fault(
            _("The template holds tracked changes, which would stand in every document."),
            _("In Word, choose Review, then Accept All Changes, and save."),
            None,
        )


def _closing(opener: Tag) -> str:
    return f"{{%{opener.reach} end{opener.verb} %}}"


def _check_closing(part: Part, tag: Tag, blocks: list[Block], scope: Scope | None) -> Scope | None:
    """Close or continue the innermost block; return the scope that holds from here."""
    wanted = {"endfor": ("for",), "endif": ("if",), "elif": ("if",), "else": ("if", "for")}[tag.verb]
    if not blocks or blocks[-1].opener.verb not in wanted:
        if blocks and any(block.opener.verb in wanted for block in blocks):
            inner = blocks[-1].opener
            what = _("The tag {tag} comes before {inner} is closed.", tag=tag.written, inner=inner.written)
            part.fault(what, _("Write {close} first.", close=_closing(inner)), tag.paragraph)
            while blocks[-1].opener.verb not in wanted:
                scope = blocks.pop().scope
        else:
            what = _("The tag {tag} has no {opener} before it.", tag=tag.written, opener=" / ".join(wanted))
            part.fault(what, _("Take it out, or write the tag that it belongs to."), tag.paragraph)
            return scope
    block = blocks[-1]
    _check_level(part, tag, block.opener)
    if tag.verb.startswith("end"):
        blocks.pop()
    elif block.has_else:
        what = _("The tag {tag} comes after an else of the same {opener}.", tag=tag.written, opener=block.opener.verb)
        part.fault(what, _("Let else be the last one before {close}.", close=_closing(block.opener)), tag.paragraph)
    block.has_else = block.has_else or tag.verb == "else"
    return block.scope


def _check_level(part: Part, tag: Tag, opener: Tag) -> None:
    """Both ends of a block must stand in the same text, cell or table: else the document would fall apart."""
    if tag.reach == opener.reach and _home(tag) is _home(opener):
        return
    if opener.reach == tag.reach == "":
        fix = _(
            "Write {open} and {close}, each in a paragraph of its own.",
            open="{%p " + opener.verb + " … %}",
            close="{%p " + tag.verb + " %}",
        )
    else:
        fix = _("Write both in the same way, and put both in the same text, table cell or table.")
    part.fault(
        _("The tags {open} and {close} do not fit together.", open=opener.written, close=tag.written),
        fix,
        tag.paragraph,
    )


def _home(tag: Tag) -> Element | None:
    unit = tag.unit
    return unit.getparent() if unit is not None else None


def _check_depth(part: Part, tag: Tag, blocks: list[Block]) -> None:
    if len(blocks) > DEEPEST + 1:
        return
    loops = [block for block in blocks if block.opener.verb == "for"]
    if len(blocks) == DEEPEST + 1 or (tag.verb == "for" and len(loops) == DEEPEST_LOOP + 1):
        part.fault(
            _("The tag {tag} stands inside too many others.", tag=tag.written),
            _("Use at most {count} loops inside one another.", count=DEEPEST_LOOP),
            tag.paragraph,
        )


def _check_place(part: Part, tag: Tag) -> None:
    """A tag with p, tr or tc takes its whole paragraph, row or cell with it: nothing else may stand there."""
    if tag.in_attribute or not tag.reach:
        return
    unit = tag.unit
    if unit is None:
        what = _("The tag {tag} stands outside a table.", tag=tag.written)
        part.fault(what, _("Write it with p instead, or move it into the table."), tag.paragraph)
        return
    if tag.reach in ("tr", "tc") and not tag.verb:
        what = _("The tag {tag} would print without a paragraph.", tag=tag.written)
        part.fault(what, _("Write {right}.", right="{{ " + tag.body + " }}"), tag.paragraph)
    elif tag.reach != "r" and not _alone(tag, unit, part):
        part.fault(
            _("The tag {tag} takes away the other text that stands with it.", tag=tag.written),
            {
                "p": _("Let it stand alone in a paragraph of its own."),
                "tr": _("Let it stand alone in a table row of its own."),
                "tc": _("Let it stand alone in a table cell of its own."),
            }[tag.reach],
            tag.paragraph,
        )


def _alone(tag: Tag, unit: Element, part: Part) -> bool:
    if tag.reach == "p":
        return tag.text.strip() == tag.written
    return tag.text.strip() == tag.written and sum(bool(text.strip()) for text in part.texts_within(unit)) == 1


def parsed_expression(tag: Tag) -> nodes.Node:
    """Return Jinja's tree of the tag alone. Raises TemplateSyntaxError."""
    sources = {
        "": "{{ " + tag.body + " }}",
        "for": "{% for " + tag.body + " %}{% endfor %}",
        "elif": "{% if " + tag.body + " %}{% endif %}",
        "if": "{% if " + tag.body + " %}{% endif %}",
    }
    return ENVIRONMENT.parse(sources["" if tag.verb in CELL_LOOKS else tag.verb]).body[0]


def _check_expression(part: Part, tag: Tag, scope: Scope | None, prose: bool) -> Scope | None:
    """Check what stands in the tag; return the scope that holds after it."""
    if tag.verb in ("endfor", "endif", "else"):
        if tag.body:
            what = _("The tag {tag} holds more than it should.", tag=tag.written)
            part.fault(what, _("Write {right}.", right=f"{{%{tag.reach} {tag.verb} %}}"), tag.paragraph)
        return scope
    if tag.verb and tag.verb not in (*CONTROLS, *CELL_LOOKS):
        what = _("The tag {tag} is of a kind that templates can't use.", tag=shortened(tag.written))
        part.fault(
            what, _("The kinds are for, if, elif, else, endfor and endif, and cellbg and colspan."), tag.paragraph
        )
        return scope
    try:
        node = parsed_expression(tag)
    except TemplateSyntaxError:
        part.fault(_("The tag {tag} can't be read.", tag=shortened(tag.written)), _remedy(tag), tag.paragraph)
        return scope.inside("", Any) if scope and tag.verb == "for" else scope

    def tell(what: str, fix: str) -> None:
        part.fault(what, fix, tag.paragraph)

    reader = Reader(scope, tell)
    if isinstance(node, nodes.For):
        return _check_loop(node, reader, scope)
    if isinstance(node, nodes.If):
        reader.shape(node.test)
        return scope
    if isinstance(node, nodes.Output) and len(node.nodes) == 1 and isinstance(node.nodes[0], nodes.Expr):
        _check_output(tag, node.nodes[0], reader, prose)
        return scope
    tell(_("The tag {tag} can't be read.", tag=shortened(tag.written)), _remedy(tag))
    return scope


def _remedy(tag: Tag) -> str:
    if tag.verb == "for":
        return _("Write it like {right}.", right=f"{{%{tag.reach} for sak in saker %}}")
    if tag.verb in ("if", "elif"):
        return _("Write it like {right}.", right=f"{{%{tag.reach} {tag.verb} sak.forslag %}}")
    if not tag.body:
        return _("Write a name in it, as {right}.", right="{{ dokument.tittel }}")
    return _("Write a name without spaces, as {right}.", right="{{ sak.tittel }}")


def _check_loop(node: nodes.For, reader: Reader, scope: Scope | None) -> Scope | None:
    shape = reader.shape(node.iter)
    if not isinstance(node.target, nodes.Name) or node.recursive:
        reader.tell(
            _("The loop goes through more than one name at a time."),
            _("Write it like {right}.", right="{%p for sak in saker %}"),
        )
        return scope
    name = node.target.name
    if name.startswith("_") or name == "loop":
        reader.tell(_("A loop can't use the name {name}.", name=name), _("Choose another name."))
    if shape is not Any and not is_list(shape):
        reader.tell(
            _("{name} is not a list, so a loop can't go through it.", name=written(node.iter)),
            _("Use {right} to print something only when it is there.", right="{%p if … %}"),
        )
        shape = Any
    inner = None if scope is None else scope.inside(name, element(shape))
    if node.test is not None:
        Reader(inner, reader.tell).shape(node.test)
    return inner


def _check_output(tag: Tag, node: nodes.Expr, reader: Reader, prose: bool) -> None:
    shape = reader.shape(node)
    if tag.reach in ("p", "r") and not prose:
        reader.tell(
            _(
                "The tag {tag} stands in a header, footer or note, where there is no room for formatted text.",
                tag=tag.written,
            ),
            _("Print a line of text there, with {right}.", right="{{ … }}"),
        )
    if tag.reach == "tr" or tag.reach == "tc":
        return
    if shape is Markdown and (not tag.reach or tag.in_attribute):
        reader.tell(
            _("{name} is formatted text with paragraphs of its own.", name=written(node)),
            _(
                "Write {block} alone in a paragraph, or {inline} within a line.",
                block=f"{{{{p {tag.body} }}}}",
                inline=f"{{{{r {tag.body} }}}}",
            ),
        )
    elif tag.reach in ("p", "r") and shape is str:
        reader.tell(
            _("{name} is a line of text, not formatted text.", name=written(node)),
            _("Write {right}.", right=f"{{{{ {tag.body} }}}}"),
        )
    else:
        reader.check_printable(shape, written(node))
