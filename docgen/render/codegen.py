"""Jinja's tree of a template part -> Python code that does nothing but look up, loop and print.

The code puts pieces into the list `o`, template text at even places and data at odd ones, so that all data can be
looked over and escaped together. Each part has its code twice: a fast one that trusts the data, and a careful one that
runs only when the fast one failed, and tells which tag asked for what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import CodeType

from jinja2 import nodes

from docgen.render.tags import CELL_END, CELL_LOOKS, DRAWING_ID, GRID_END, TABLE_END, TABLE_START, Tag, shown

SPLIT = re.compile(f"([{CELL_END}{TABLE_START}{TABLE_END}{GRID_END}{DRAWING_ID}])")
OPERATORS = {"eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in"}
LOOP_PARTS = {
    "first": "({i} == 0)",
    "last": "({i} == len({items}) - 1)",
    "index": "({i} + 1)",
    "index0": "{i}",
    "revindex": "(len({items}) - {i})",
    "length": "len({items})",
}
COUNTS = ("index", "index0", "revindex", "length")

MOST_TURNS = 200_000
"""Of all loops of a part together. Four loops inside one another, each over 100 cases, would fill the memory."""

WORDS = "ord"
"""The name of the printed words in the context."""

Names = Mapping[str, str]
"""Names of the template's loops to the Python variables that hold them. No name of a template becomes Python's."""


class Generator:
    """Writes the code of one part. `tag_at` gives the tag of a line of the Jinja source."""

    def __init__(self, tag_at: Callable[[int], Tag | None], careful: bool) -> None:
        self._tag_at = tag_at
        self._careful = careful
        self._lines: list[str] = []
        self._depth = 1
        self._count = 0
        self._pairs: list[str] = []
        self._static = ""
        self.uses: set[str] = set()
        """The names of the context that the code asks for, `ord.saksliste` for a word, `.tittel` for a part."""

    def code(self, tree: nodes.Template, filename: str) -> CodeType:
        """Return the code of a module with the function `fill(c, o, blocks, runs, drawing_id)`."""
        self._body(tree.body, {})
        head = "def fill(c, o, blocks, runs, drawing_id):\n    tables = []\n    turns = 0\n"
        source = head + "\n".join([*self._lines, "    return o\n"])
        return compile(source, filename, "exec")

    # -- statements

    def _line(self, text: str) -> None:
        self._lines.append("    " * self._depth + text)

    def _body(self, body: list[nodes.Node], names: Names) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                for piece in node.nodes:
                    self._piece(piece, names)
            elif isinstance(node, nodes.If):
                self._if(node, names)
            elif isinstance(node, nodes.For):
                self._for(node, names)
            else:
                raise TypeError(node)
        self._flush()

    def _flush(self) -> None:
        if self._static:
            self._pairs += (repr(self._static), "''")
            self._static = ""
        if self._pairs:
            self._line(f"o += ({', '.join(self._pairs)},)")
            self._pairs = []

    def _print(self, static: str, data: str) -> None:
        """Add a pair: code for template text, and code for data."""
        if self._static:
            static = repr(self._static) if static == "''" else f"{self._static!r} + {static}"
            self._static = ""
        self._pairs += (static, data)

    def _piece(self, node: nodes.Expr, names: Names) -> None:
        if isinstance(node, nodes.TemplateData):
            self._template_text(node.data)
            return
        tag = self._tag_at(node.lineno)
        value = self._printed(node, names)
        if tag is not None and tag.reach == "p":
            self._print(f"blocks({value}, {tag.style!r}, {tag.level})", "''")
        elif tag is not None and tag.reach == "r":
            self._print(f"runs({value}, {tag.look!r})", "''")
        elif tag is not None and (tag.in_attribute or tag.verb in CELL_LOOKS):
            self._print(f"attribute({value})", "''")
        else:
            self._print("''", value)

    def _template_text(self, text: str) -> None:
        for piece in SPLIT.split(text):
            if piece == CELL_END:
                self._flush()
                self._line("end_cell(o)")
            elif piece == TABLE_START:
                self._flush()
                self._line("tables.append(len(o))")
            elif piece == TABLE_END:
                self._flush()
                self._line("end_table(o, tables.pop())")
            elif piece == GRID_END:
                self._flush()
                self._line("end_grid(o, tables.pop())")
            elif piece == DRAWING_ID:
                self._print("drawing_id()", "''")
            elif piece:
                self._static += shown(piece)

    def _if(self, node: nodes.If, names: Names) -> None:
        self._flush()
        self._line(f"if {self._expression(node.test, names)}:")
        self._block(node.body, names)
        for branch in node.elif_:
            self._line(f"elif {self._expression(branch.test, names)}:")
            self._block(branch.body, names)
        if node.else_:
            self._line("else:")
            self._block(node.else_, names)

    def _block(self, body: list[nodes.Node], names: Names) -> None:
        self._depth += 1
        self._body(body, names)
        self._line("pass")
        self._depth -= 1

    def _for(self, node: nodes.For, names: Names) -> None:
        self._flush()
        self._count += 1
        item, items, index = f"v{self._count}", f"l{self._count}", f"i{self._count}"
        assert isinstance(node.target, nodes.Name)
        inner = {**names, node.target.name: item, "loop": str(self._count)}
        self._line(f"{items} = {self._items(node.iter, names)}")
        if node.test is not None:
            self._line(f"{items} = [{item} for {item} in {items} if {self._expression(node.test, inner)}]")
        self._line(f"turns += len({items})")
        self._line(f"if turns > {MOST_TURNS}: endless({node.lineno})")
        counted = any(name.name == "loop" for name in node.find_all(nodes.Name))
        self._line(f"for {index}, {item} in enumerate({items}):" if counted else f"for {item} in {items}:")
        self._block(node.body, inner)
        if node.else_:
            self._line(f"if not {items}:")
            self._block(node.else_, names)

    def _items(self, node: nodes.Node, names: Names) -> str:
        return f"items({self._expression(node, names)}{self._site(node)})"

    # -- expressions

    def _site(self, node: nodes.Node) -> str:
        """Return the further argument of the careful helpers: the line of the tag, and what was asked for."""
        return f", {node.lineno}" if self._careful else ""

    def _printed(self, node: nodes.Expr, names: Names) -> str:
        if _is_count(node):
            return f"str({self._expression(node, names)})"
        value = self._expression(node, names)
        tag = self._tag_at(node.lineno)
        checked = tag is not None and (tag.reach in ("p", "r") or tag.in_attribute)
        return f"text({value}{self._site(node)})" if self._careful or checked else value

    def _expression(self, node: nodes.Node, names: Names) -> str:
        method = getattr(self, f"_{type(node).__name__.lower()}")
        code: str = method(node, names)
        return code

    def _name(self, node: nodes.Name, names: Names) -> str:
        if node.name in names:
            return names[node.name]
        self.uses.add(node.name)
        return self._member("c", node.name, node)

    def _part(self, holder: nodes.Node, key: object, node: nodes.Node, names: Names) -> str:
        """Return code for a part of something. A word is a use of itself, and not of all words."""
        if isinstance(holder, nodes.Name) and holder.name == WORDS and WORDS not in names:
            self.uses.add(f"{WORDS}.{key}")
            return self._member(self._member("c", WORDS, holder), key, node)
        self.uses.add(f".{key}")
        return self._member(self._expression(holder, names), key, node)

    def _member(self, holder: str, key: object, node: nodes.Node) -> str:
        return f"member({holder}, {key!r}, {node.lineno})" if self._careful else f"{holder}[{key!r}]"

    def _getattr(self, node: nodes.Getattr, names: Names) -> str:
        if isinstance(node.node, nodes.Name) and node.node.name == "loop" and "loop" in names:
            number = names["loop"]
            return LOOP_PARTS[node.attr].format(i=f"i{number}", items=f"l{number}")
        return self._part(node.node, node.attr, node, names)

    def _getitem(self, node: nodes.Getitem, names: Names) -> str:
        assert isinstance(node.arg, nodes.Const)
        return self._part(node.node, node.arg.value, node, names)

    def _const(self, node: nodes.Const, names: Names) -> str:
        return repr(node.value)

    def _and(self, node: nodes.And, names: Names) -> str:
        return f"({self._expression(node.left, names)} and {self._expression(node.right, names)})"

    def _or(self, node: nodes.Or, names: Names) -> str:
        return f"({self._expression(node.left, names)} or {self._expression(node.right, names)})"

    def _not(self, node: nodes.Not, names: Names) -> str:
        return f"(not {self._expression(node.node, names)})"

    def _compare(self, node: nodes.Compare, names: Names) -> str:
        rest = "".join(f" {OPERATORS[one.op]} {self._expression(one.expr, names)}" for one in node.ops)
        return f"({self._expression(node.expr, names)}{rest})"

    def _condexpr(self, node: nodes.CondExpr, names: Names) -> str:
        other = "''" if node.expr2 is None else self._expression(node.expr2, names)
        return f"({self._expression(node.expr1, names)} if {self._expression(node.test, names)} else {other})"

    def _concat(self, node: nodes.Concat, names: Names) -> str:
        return f"''.join(({', '.join(self._printed(part, names) for part in node.nodes)},))"

    def _filter(self, node: nodes.Filter, names: Names) -> str:
        # The field that join takes of each thing in a list; grammar has seen that it is written out.
        self.uses.update(f".{one.value}" for one in node.args if isinstance(one, nodes.Const))
        assert node.node is not None
        if node.name in ("upper", "lower", "capitalize"):
            return f"filter_{node.name}({self._printed(node.node, names)})"
        if node.name == "length":
            return f"len({self._expression(node.node, names)})"
        given = [self._items(node.node, names), *(self._expression(one, names) for one in node.args)]
        arguments = ", ".join(given) + (f", line={node.lineno}" if self._careful and node.name == "join" else "")
        return f"filter_{node.name}({arguments})"


def _is_count(node: nodes.Expr) -> bool:
    """Tell whether the expression is known to be a whole number, which prints as digits."""
    if isinstance(node, nodes.Getattr):
        return isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr in COUNTS
    if isinstance(node, nodes.Const):
        return type(node.value) is int
    return isinstance(node, nodes.Filter) and node.name == "length"
