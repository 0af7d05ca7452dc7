"""`docgen templates names`: the names that a Word template can use."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints, is_typeddict

import typer

from docgen.cli.call import wrong_call
from docgen.cli.options import Json, WorkspaceDir
from docgen.cli.output import out, out_json
from docgen.messages import _
from docgen.model.context import CONTEXTS
from docgen.model.inputs import nearest
from docgen.model.values import Markdown

KINDS = ", ".join(CONTEXTS)
Kind = Annotated[str, typer.Argument(metavar=_("TEMPLATE"), help=_("One of {choices}.", choices=KINDS))]


def command(kind: Kind, *, json: Json = False, workspace: WorkspaceDir = None) -> int:
    """List the names, each with what it holds and how it is written in Word."""
    name = kind.removesuffix(".docx").casefold().replace("æ", "ae")
    if name not in CONTEXTS:
        near = nearest(name, CONTEXTS)
        fix = _("Did you mean {near}?", near=near) if near else _("Write one of these: {choices}.", choices=KINDS)
        raise wrong_call(_("docgen makes nothing from a template {name}.", name=kind), fix, "docgen templates names")
    rows = list(names(CONTEXTS[name]))
    if json:
        out_json([{"name": name, "holds": holds, "tag": tag} for name, holds, tag in rows])
        return 0
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, holds, tag in rows:
        out(f"{name:{widths[0]}}  {holds:{widths[1]}}  {tag}".rstrip())
    return 0


def names(context: Any, before: str = "") -> Iterator[tuple[str, str, str]]:
    """Give every name of a context, what it holds, and its tag. After a list come the names of one thing in it."""
    for key, hint in get_type_hints(context).items():
        name = f"{before}{key}"
        held = next((part for part in get_args(hint) if NoneType in get_args(hint) and part is not NoneType), hint)
        if get_origin(held) is list:
            inner = get_args(held)[0]
            one = inner.__name__.casefold() if is_typeddict(inner) else _("line")
            yield name, _("list"), f"{{%p for {one} in {name} %}} … {{%p endfor %}}"
            if is_typeddict(inner):
                yield from names(inner, f"{one}.")
        elif is_typeddict(held):
            yield from names(held, f"{name}.")
        else:
            yield name, *_leaf(name, held)


def _leaf(name: str, held: Any) -> tuple[str, str]:
    if get_origin(held) is dict:
        example = f"{name}.saksliste" if name == "ord" else f"{name}.vedtak"
        return _("words"), f"{{{{ {example} }}}}"
    if held is bool:
        return _("yes or no"), f"{{%p if {name} %}} … {{%p endif %}}"
    if held is Markdown:
        return _("paragraphs"), f"{{{{p {name} }}}}"
    return _("text"), f"{{{{ {name} }}}}"
