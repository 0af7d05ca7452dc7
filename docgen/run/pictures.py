"""The pictures that inputs show: local files inside the workspace, never fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docgen.messages import _
from docgen.model.library import Entry
from docgen.problems import Path as FieldPath
from docgen.run.workspace import Workspace, inside
from docgen.source import Tree

LARGEST = 20 * 1024 * 1024
SUFFIXES = (".png", ".jpg", ".jpeg")


def pictures(workspace: Workspace, entry: Entry) -> dict[str, Path]:
    """Return the pictures of an input: as written in its Markdown, to the file. Tells of those that can't be shown."""
    found: dict[str, Path] = {}
    for path, text in _texts(entry.source.tree):
        for written, alt in _images_in(text):
            if (file := _picture(workspace, entry, path, written)) is not None:
                found[written] = file
            if not alt.strip():
                what = _("The picture {file} has no text for those who can't see it.", file=written)
                fix = _("Write it between the square brackets: ![what the picture shows]({file}).", file=written)
                entry.problems.append(entry.source.problem(path, what, fix))
    return found


def named_pictures(entry: Entry) -> Iterator[str]:
    """Give the pictures that an input names, those too that are not there."""
    for _path, text in _texts(entry.source.tree):
        yield from (written for written, _alt in _images_in(text))


def _images_in(text: str) -> Iterator[tuple[str, str]]:
    """Give the pictures of a Markdown text, each as written and with its alternative text."""
    if "![" in text:
        from docgen.render.blocks import images_in  # the Markdown parser takes long to load, and pictures are rare

        yield from images_in(text)


def _picture(workspace: Workspace, entry: Entry, path: FieldPath, written: str) -> Path | None:
    file = inside(workspace, entry.file, written)
    if file is None:
        what = _("The picture {file} is not there.", file=written)
        fix = _(
            "Put the file in the input's folder or below it, or mend its name. Nothing is fetched from the network."
        )
    elif file.suffix.lower() not in SUFFIXES:
        what = _("docgen can't show {file}.", file=written)
        fix = _("Save the picture as PNG or JPEG.")
    elif file.stat().st_size > LARGEST:
        what = _("The picture {file} is larger than 20 MB.", file=written)
        fix = _("Make it smaller and save it again.")
    else:
        return file
    entry.problems.append(entry.source.problem(path, what, fix))
    return None


def _texts(tree: Tree, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Give every text of an input with its path."""
    if isinstance(tree, str):
        yield path, tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from _texts(value, (*path, key))
    else:
        for at, value in enumerate(tree):
            yield from _texts(value, (*path, at))
