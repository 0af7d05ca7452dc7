"""Parts put one after the other: their pages, their tags, and their links within themselves."""

from __future__ import annotations

from pikepdf import Matrix, Object, Pdf

from docgen.deliver.pack import untagged
from docgen.deliver.pack.claims import Claim
from docgen.deliver.pack.geometry import sheet, shrinking
from docgen.deliver.pack.graph import AMISS, each
from docgen.deliver.pack.layers import Layers, layers_of
from docgen.deliver.pack.looking import Looked
from docgen.deliver.pack.parts import Note, Words
from docgen.deliver.pack.tags import Tree, UntaggedError, Walk
from docgen.deliver.pack.taking import Taken


def tags_of(tree: Tree, one: Taken, number: int) -> Object | None:
    """Return the tags of the `number`th part, ready for the pack, or None when it has none that can be followed."""
    try:
        return Walk(tree, one.pdf, number).ready(one.part)
    except (UntaggedError, *AMISS):
        one.notes.add(Note.UNTAGGED)
        one.claim = Claim("b" if one.claim.level else "", False, one.claim.colours)
        return None


def join(tree: Tree, layers: Layers, one: Taken, envelope: Object | None, seen: Looked, words: Words) -> list[Object]:
    """Put a part last in the pack, with its tags if it has such. Return its pages there."""
    if envelope is None:
        untagged.wrap(one.pdf, seen.has_text)
    hidden = layers_of(one.pdf)
    pages = _pages(tree.pack, one.pdf)
    layers.take(hidden)
    if envelope is None:
        untagged.tag(tree, one.part, pages, seen.has_text, words)
    else:
        tree.take(envelope)
    changes = changes_of(pages, seen)
    for jump in one.jumps:
        each(pages[jump.page].Annots)[jump.link].Dest = jump.target.destination(pages, changes)
    return pages


def changes_of(pages: list[Object], seen: Looked) -> dict[int, Matrix]:
    """Return how each of a part's pages is changed that must be drawn smaller for its stamp, by its position."""
    return {
        position: shrinking(sheet(page), spot.shrunk)
        for position, (page, spot) in enumerate(zip(pages, seen.spots, strict=True))
        if spot.shrunk is not None
    }


def _pages(pack: Pdf, part: Pdf) -> list[Object]:
    first = len(pack.pages)
    pack.pages.extend(part.pages)
    return [pack.pages[position].obj for position in range(first, len(pack.pages))]
