"""What Markdown says, apart from how it is written: two texts that print the same have the same meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docgen.render.commonmark import definition, parse

if TYPE_CHECKING:
    from markdown_it.token import Token

_LOOKS = ("class", "style")


def meaning(text: str) -> str:
    """Return the text as its blocks and words: lines may be broken elsewhere, and `*` stand for `-` in a list.

    Equal for texts that become the same paragraphs. It is what an approval is compared by, and so never made
    otherwise: a change here would make every approved document look changed.
    """
    return "\n".join(line for token in parse(text) if (line := _block(token)))


def _block(token: Token) -> str:
    match token.type:
        case "inline":
            return " ".join("".join(_inline(token.children)).split())
        case "fence" | "code_block":
            return f"<code>{token.content}</code>"
        case "definition":
            return definition(token)
    return _tag(token)


def _inline(children: list[Token] | None) -> Iterator[str]:
    for token in children or []:
        match token.type:
            case "text":
                yield token.content
            case "code_inline":
                yield f"<code>{token.content}</code>"
            case "softbreak":
                yield " "
            case "image":
                yield f"<image {token.attrs.get('src', '')}>{''.join(_inline(token.children))}</image>"
            case _:
                yield _tag(token)


def _tag(token: Token) -> str:
    """Return `<ordered_list_open start=3>`: the kind of block, and what of it is printed."""
    label = token.meta.get("label", "") if token.meta else ""
    kind = f"{token.type} {token.tag}" if token.type.startswith("heading") else token.type
    alignment = str(token.attrs.get("style", ""))
    rest = (f"{name}={value}" for name, value in sorted(token.attrs.items()) if name not in _LOOKS)
    return f"<{' '.join(part for part in (kind, label, alignment, *rest) if part)}>"
