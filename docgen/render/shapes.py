"""What each expression of a template holds, read from the types of docgen.model.context, before any data is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from jinja2 import nodes
from rapidfuzz import fuzz, process

from docgen.messages import _
from docgen.model.context import CONTEXTS
from docgen.model.values import Markdown
from docgen.words import words

Shape = Any
"""A type: str, Markdown, bool, int, list[…], dict[str, …], a TypedDict, or names with their shapes; Any: not known."""

LOOP: dict[str, Shape] = {
    "first": bool,
    "last": bool,
    "index": int,
    "index0": int,
    "revindex": int,
    "length": int,
}
"""What Jinja tells of a loop: `{% if not loop.last %}`."""

FILTERS = ("capitalize", "first", "join", "last", "length", "lower", "upper")
"""`{{ saker|length }}`, `{{ underskrivere|join(", ") }}`, `{{ mottakere|join(", ", "navn") }}`."""

Tell = Callable[[str, str], None]
"""Takes what is wrong and what to write instead."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that hold at a place in the template."""

    names: Mapping[str, Shape]
    loops: Mapping[str, Shape] = field(default_factory=dict)

    def inside(self, name: str, shape: Shape) -> Scope:
        """Return the scope within a loop over `name`."""
        return Scope({**self.names, name: shape}, {**self.loops, name: shape})


def top(kind: str | None) -> Scope | None:
    """Return the names that templates of this kind see; None (no kind) when they are not known beforehand."""
    if kind is None:
        return None
    record: Shape = CONTEXTS[kind]
    return Scope({**fields(record), "ord": dict.fromkeys(words("nb"), str)})


@cache
def fields(record: Shape) -> dict[str, Shape]:
    return {name: _without_none(shape) for name, shape in get_type_hints(record).items()}


def _origin(shape: Shape) -> object:
    return get_origin(shape)


def _without_none(shape: Shape) -> Shape:
    options = [option for option in get_args(shape) if option is not NoneType]
    return options[0] if NoneType in get_args(shape) and len(options) == 1 else shape


def is_list(shape: Shape) -> bool:
    return _origin(shape) is list


def element(shape: Shape) -> Shape:
    """Return what a list holds."""
    return get_args(shape)[0] if is_list(shape) else Any


class Reader:
    """Finds the shape of expressions within a scope, and tells what can't be. Without a scope all names are Any."""

    def __init__(self, scope: Scope | None, tell: Tell) -> None:
        self.scope = scope
        self.tell = tell

    def shape(self, node: nodes.Node) -> Shape:
        """Return what the expression holds, Any when that is not known or already told to be wrong."""
        read = getattr(self, f"_{type(node).__name__.lower()}", None)
        if read is None:
            self.tell(
                _(
                    "This can't stand in a template: {kind}.",
                    kind=FORBIDDEN.get(type(node).__name__) or _("a calculation"),
                ),
                _("Only names, comparisons, and, or, not, and simple filters are allowed."),
            )
            return Any
        return read(node)

    def _name(self, node: nodes.Name) -> Shape:
        if node.name.startswith("_"):
            return self._hidden(node.name)
        if self.scope is None:
            return LOOP if node.name == "loop" else Any
        if node.name == "loop" and self.scope.loops:
            return LOOP
        if node.name in self.scope.names:
            return self.scope.names[node.name]
        self._unknown(node.name, candidates(self.scope), self.scope.names)
        return Any

    def _getattr(self, node: nodes.Getattr) -> Shape:
        return self._member(self.shape(node.node), node.attr, written(node.node))

    def _getitem(self, node: nodes.Getitem) -> Shape:
        holder = self.shape(node.node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._member(holder, node.arg.value, written(node.node))
        if isinstance(node.arg, nodes.Const) and type(node.arg.value) is int:
            return element(holder)
        self.tell(
            _("The brackets after {name} hold something that can't stand there.", name=written(node.node)),
            _("Write a name in quotes or a number in the brackets."),
        )
        return Any

    def _member(self, holder: Shape, name: str, owner: str) -> Shape:
        if name.startswith("_"):
            return self._hidden(name)
        if holder is Any:
            return Any
        if isinstance(holder, dict) or is_typeddict(holder):
            known = holder if isinstance(holder, dict) else fields(holder)
            if name in known:
                return known[name]
            self._unknown(f"{owner}.{name}", {f"{owner}.{one}": one for one in known}, known)
            return Any
        if _origin(holder) is dict:
            return get_args(holder)[1]
        if is_list(holder):
            what = _("{name} is a list, and has no {field} of its own.", name=owner, field=name)
            fix = _(
                "Go through it with {loop}.", loop=f"{{%p for x in {owner} %}} … {{{{ x.{name} }}}} … {{%p endfor %}}"
            )
        else:
            what = _("{name} has no parts, so {name}.{field} means nothing.", name=owner, field=name)
            fix = _("Write {right}.", right=f"{{{{ {owner} }}}}")
        self.tell(what, fix)
        return Any

    def _hidden(self, name: str) -> Shape:
        self.tell(
            _("The name {name} begins with an underscore.", name=name),
            _("Such names are not for templates. Take it out."),
        )
        return Any

    def _unknown(self, name: str, near: Mapping[str, object], known: Iterable[str]) -> None:
        self.tell(_("The name {name} does not exist.", name=name), nearest(name, near, known))

    def _const(self, node: nodes.Const) -> Shape:
        return type(node.value)

    def _either(self, left: Shape, right: Shape) -> Shape:
        return left if left == right else Any

    def _and(self, node: nodes.BinExpr) -> Shape:
        return self._either(self.shape(node.left), self.shape(node.right))

    _or = _and

    def _not(self, node: nodes.Not) -> Shape:
        self.shape(node.node)
        return bool

    def _compare(self, node: nodes.Compare) -> Shape:
        self.shape(node.expr)
        for operand in node.ops:
            self.shape(operand.expr)
        return bool

    def _condexpr(self, node: nodes.CondExpr) -> Shape:
        self.shape(node.test)
        shape = self.shape(node.expr1)
        return shape if node.expr2 is None else self._either(shape, self.shape(node.expr2))

    def _concat(self, node: nodes.Concat) -> Shape:
        for part in node.nodes:
            self.check_printable(self.shape(part), written(part))
        return str

    def _filter(self, node: nodes.Filter) -> Shape:
        shape = Any if node.node is None else self.shape(node.node)
        arguments = [argument for argument in node.args if isinstance(argument, nodes.Const)]
        right = {"join": (0, 1, 2)}.get(node.name, (0,))
        if node.name not in FILTERS:
            self._unknown(f"|{node.name}", {f"|{name}": name for name in FILTERS}, [f"|{name}" for name in FILTERS])
            return Any
        if len(arguments) != len(node.args) or len(arguments) not in right or node.kwargs or node.dyn_args:
            self.tell(
                _("The filter {name} is given something that it does not take.", name=node.name),
                _(
                    "Write it like {right}.",
                    right='navneliste|join(", ")' if node.name == "join" else f"tittel|{node.name}",
                ),
            )
        return self._filtered(node, shape)

    def _filtered(self, node: nodes.Filter, shape: Shape) -> Shape:
        owner = written(node.node) if node.node else ""
        if node.name in ("upper", "lower", "capitalize"):
            self.check_printable(shape, owner)
            return str
        if shape is not Any and not is_list(shape) and not (node.name == "length" and shape is str):
            self.tell(
                _("The filter {name} takes a list, and {owner} is none.", name=node.name, owner=owner),
                _("Take the filter out: write {right}.", right=f"{{{{ {owner} }}}}"),
            )
            return Any
        if node.name == "length":
            return int
        if node.name in ("first", "last"):
            return element(shape)
        inner = element(shape)
        if len(node.args) == 2 and isinstance(node.args[1], nodes.Const):
            inner = self._member(inner, str(node.args[1].value), f"{owner}[0]")
        if is_typeddict(inner):
            first = next(iter(fields(inner)))
            self.tell(
                _("{name} is a list, and can't be printed as it is.", name=owner),
                _("Write it like {right}.", right=f'{{{{ {owner}|join(", ", "{first}") }}}}'),
            )
        else:
            self.check_printable(inner, owner)
        return str

    def check_printable(self, shape: Shape, name: str) -> None:
        """Tell when something that is not a line of text would be printed."""
        if shape is bool:
            self.tell(
                _("{name} is yes or no, and can't be printed.", name=name),
                _("Write the words yourself: {right}.", right=f"{{% if {name} %}}…{{% endif %}}"),
            )
        elif is_list(shape):
            inner = element(shape)
            field = next(iter(fields(inner)), "") if is_typeddict(inner) else ""
            self.tell(
                _("{name} is a list, and can't be printed as it is.", name=name),
                _("Go through it with {loop}.", loop=loop_over(name, field, inner is Markdown)),
            )
        elif is_typeddict(shape):
            first = next(iter(fields(shape)))
            self.tell(
                _("{name} has several parts, and can't be printed as it is.", name=name),
                _("Print one of them, as {right}.", right=f"{{{{ {name}.{first} }}}}"),
            )
        elif _origin(shape) is dict or isinstance(shape, dict) or shape is NoneType or shape is float:
            self.tell(
                _("{name} can't be printed as it is.", name=name or "None"),
                _("Print one of its parts, as {right}.", right=f"{{{{ {name}.… }}}}"),
            )


FORBIDDEN = {
    "Call": "f()",
    "Test": "is …",
    "List": "[…]",
    "Tuple": "(…, …)",
    "Dict": "{…}",
    "Slice": "[…:…]",
    "TemplateData": "…",
}


def loop_over(name: str, field: str, markdown: bool) -> str:
    inside = f"x.{field}" if field else "x"
    output = f"{{{{p {inside} }}}}" if markdown else f"{{{{ {inside} }}}}"
    return f"{{%p for x in {name} %}} {output} {{%p endfor %}}"


def candidates(scope: Scope) -> dict[str, object]:
    """Return the names a person may have meant: those of the scope, and those one step inside."""
    found: dict[str, object] = dict(scope.names)
    for name, shape in scope.names.items():
        if is_typeddict(shape):
            found |= {f"{name}.{inner}": inner for inner in fields(shape)}
    return found


def nearest(name: str, near: Mapping[str, object], known: Iterable[str]) -> str:
    """Return the remedy for an unknown name: the nearest one, else those there are."""
    last = name.rpartition(".")[2]
    for option in near:
        if option.rpartition(".")[2] == last:
            return _("Did you mean {name}?", name=option)
    best = process.extractOne(name, list(near), scorer=fuzz.ratio, score_cutoff=65)
    if best:
        return _("Did you mean {name}?", name=best[0])
    return _("The names here are: {names}.", names=", ".join(known))


def written(node: nodes.Node) -> str:
    """Return the expression as a person would write it, for messages."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{written(node.node)}[{written(node.arg)}]"
    if isinstance(node, nodes.Const):
        return repr(node.value)
    if isinstance(node, nodes.Filter) and node.node is not None:
        return f"{written(node.node)}|{node.name}"
    return "…"
