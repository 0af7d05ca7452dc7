"""HTML in small pieces. What comes from people is escaped here and nowhere else."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote

_FIRST_RIGHT_TO_LEFT = "\u0590"


def text(plain: str) -> str:
    """Return `plain` as HTML. What may be written from right to left is kept from turning what stands around it."""
    safe = escape(plain)
    return safe if plain.isascii() or max(plain) < _FIRST_RIGHT_TO_LEFT else f"<bdi>{safe}</bdi>"


def address(file: str, folder: str) -> str:
    """Return the link to a file from a page in `folder`; both are paths from the workspace, with `/`."""
    inside = file.startswith(f"{folder}/")
    way = file[len(folder) + 1 :] if inside else posixpath.relpath(file, folder)
    # The bytes of a name that is no UTF-8 (Linux only) come back as they were.
    return quote(way.encode("utf-8", "surrogateescape"))


def link(file: str, folder: str) -> str:
    """Return a link to a file that is called what the file is called."""
    return f'<a href="{address(file, folder)}">{text(file.rpartition("/")[2])}</a>'


def short_link(file: str, folder: str, shown: str) -> str:
    """Return a link that stands beside the one to another file; read aloud, it is called what the file is called."""
    name = escape(file.rpartition("/")[2])
    return f'<a href="{address(file, folder)}" aria-label="{name}">{text(shown)}</a>'


def mark(kind: str, words: str) -> str:
    """Return a mark; its words say all that its colours do."""
    return f'<span class="mark {kind}">{text(words)}</span>'


def section(anchor: str, name: str, *content: str) -> str:
    """Return a part of the page with a heading that links lead to."""
    return "\n".join(section_in_pieces(anchor, name, content))


def section_in_pieces(anchor: str, name: str, content: Iterable[str]) -> Iterator[str]:
    """Give the lines of a section, for one that is large."""
    yield f'<section aria-labelledby="{anchor}">\n<h2 id="{anchor}">{text(name)}</h2>'
    yield from content
    yield "</section>"


def heading(words: str) -> str:
    """Return a heading within a section."""
    return f"<h3>{text(words)}</h3>"


def paragraph(words: str, kind: str = "") -> str:
    return f'<p class="{kind}">{text(words)}</p>' if kind else f"<p>{text(words)}</p>"


def listed(items: Iterable[str], kind: str = "") -> str:
    """Return a list of what is HTML already."""
    opening = f'<ul class="{kind}">' if kind else "<ul>"
    return "".join((opening, *(f"\n<li>{item}</li>" for item in items), "\n</ul>"))


def folded(summary: str, content: str, *, is_open: bool = False) -> str:
    """Return `content` folded away behind a summary; both are HTML."""
    return f"<details{' open' if is_open else ''}><summary>{summary}</summary>\n{content}\n</details>"
