"""The pack as it was written, opened again: what it promises is looked for in the file itself."""

from __future__ import annotations

import io
from collections.abc import Container, Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf

from docgen.deliver.pack.graph import Number, each


class WrongPackError(Exception):
    """A pack is not what it should be: a fault of this program, and no file's."""


def check(data: bytes, pages: int) -> None:
    """See that the pack opens without a complaint, has its pages, and that what points at pages points at them.

    Raises WrongPackError.
    """
    with Pdf.open(io.BytesIO(data), inherit_page_attributes=False) as pdf:
        found = {page.obj.objgen: page.obj for page in pdf.pages}
        if len(found) != pages or pdf.get_warnings():
            raise WrongPackError(f"{len(found)} pages of {pages}, {pdf.get_warnings()}")
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        parents = dict(zip(each(numbers)[::2], each(numbers)[1::2], strict=True))
        for page in found.values():
            _check_page(page, parents, found)
        for item in _items(pdf.Root.get(Name.Outlines)):
            _check_target(item.get(Name.Dest), found)


def _check_page(page: Object, parents: dict[int, Object], pages: Container[Number]) -> None:
    key = page.get(Name.StructParents)
    if key is not None and not isinstance(parents.get(int(key)), Array):
        raise WrongPackError(f"a page has the key {key}, under which nothing stands")
    for link in each(page.get(Name.Annots)):
        if Name.Dest in link:
            _check_target(link.Dest, pages)
        if Name.StructParent in link and not isinstance(parents.get(int(link.StructParent)), Dictionary):
            raise WrongPackError(f"a link has the key {link.StructParent}, under which nothing stands")


def _check_target(target: object, pages: Container[Number]) -> None:
    page = target[0] if isinstance(target, Array) else None
    if not isinstance(page, Object) or page.objgen not in pages:
        raise WrongPackError("a link or bookmark leads to no page")


def _items(node: Object | None) -> Iterator[Object]:
    item = node.get(Name.First) if node is not None else None
    while item is not None:
        yield item
        yield from _items(item)
        item = item.get(Name.Next)
