"""The order in which a pack is made: parts opened, cleaned, looked at, joined and stamped; linked, saved, checked."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Matrix, Name, Object, Pdf

from docgen.deliver.pack import bookmarks, links
from docgen.deliver.pack.bookmarks import Bookmark
from docgen.deliver.pack.checking import check
from docgen.deliver.pack.claims import common, conformance, say
from docgen.deliver.pack.eye import BlindedError, Eye
from docgen.deliver.pack.font import font, width
from docgen.deliver.pack.gate import UnusableError
from docgen.deliver.pack.geometry import sheet
from docgen.deliver.pack.joining import changes_of, join, tags_of
from docgen.deliver.pack.layers import Layers
from docgen.deliver.pack.listing import listing
from docgen.deliver.pack.looking import Looked, job_of, stamp_text
from docgen.deliver.pack.parts import Fault, Missing, Pack, PackInfo, Part, Placed
from docgen.deliver.pack.room import spot_on_blank
from docgen.deliver.pack.sharing import share
from docgen.deliver.pack.stamps import stamp
from docgen.deliver.pack.tags import Tree
from docgen.deliver.pack.taking import Taken, taken
from docgen.deliver.pack.targets import Target
from docgen.deliver.pack.weight import limits
from docgen.deliver.pdf.saving import saved


@dataclass(frozen=True, slots=True)
class _Bound:
    """A part that stands in the pack. `first` is the page on which it begins, from 0."""

    taken: Taken
    first: int
    looked: Looked
    pages: list[Object]

    @property
    def changes(self) -> dict[int, Matrix]:
        return changes_of(self.pages, self.looked)


def merged(parts: Sequence[Part], info: PackInfo) -> Pack:
    """Return the parts as one PDF with links, bookmarks, stamps and all their tags, and the report of it.

    A part that can't be taken in is listed on a page after the agenda, and in the report. The same parts and
    information give the same bytes. qpdf's limits are set for the whole process while this lasts.
    Raises ValueError when there are no parts.
    """
    if not parts:
        raise ValueError("a pack has parts")
    unseen: set[int] = set()
    with limits(), Eye() as eye:
        while True:
            try:
                return _made(parts, info, unseen, eye)
            except _UnseenPartError as error:  # which is found out when its place is known: begin again without it
                eye.forget()
                unseen.add(error.args[0])


class _UnseenPartError(Exception):
    """A part can't be looked at. The argument is its id."""


def _made(parts: Sequence[Part], info: PackInfo, unseen: Container[int], eye: Eye) -> Pack:
    found = [Fault.UNSHOWABLE if id(part) in unseen else _taken(part) for part in parts]
    missing = [
        Missing(part.title, one, part.under) for part, one in zip(parts, found, strict=True) if isinstance(one, Fault)
    ]
    readable = [one for one in found if isinstance(one, Taken)]
    listed = _listed(missing, parts[0], info) if missing else None
    if listed:
        place = next((number for number, one in enumerate(readable) if not one.part.is_agenda), len(readable))
        readable.insert(place, listed)
    return _bind(parts, readable, listed, missing, info, eye)


def _taken(part: Part) -> Taken | Fault:
    try:
        return taken(part)
    except UnusableError as error:
        return error.fault


def _seen(one: Taken, asked: Future[Looked]) -> Looked:
    try:
        return asked.result()
    except BlindedError as error:
        raise _UnseenPartError(id(one.part)) from error


def _listed(missing: Sequence[Missing], first: Part, info: PackInfo) -> Taken:
    """Return the page that lists the missing parts, as a part."""
    return taken(Part(listing(missing, info), info.words.missing, info.language, first.stamp), is_ours=True)


def _bind(
    parts: Sequence[Part],
    readable: Sequence[Taken],
    listed: Taken | None,
    missing: Sequence[Missing],
    info: PackInfo,
    eye: Eye,
) -> Pack:
    pack = Pdf.new()
    tree = Tree.of(pack, info.title)
    layers = Layers(pack)
    bound = list(_joined(tree, layers, parts, readable, info, eye))
    stands = {id(one.taken.part): one for one in bound}
    rest = stands.get(id(listed.part)) if listed else None
    where = [found for part in parts if (found := stands.get(id(part), rest))]
    unlinked = _link(tree, parts, where, bound, info)
    bookmarks.write(pack, _outline(parts, where, rest))
    claims = [one.taken.claim for one in bound if not one.taken.is_ours]
    claim = common(claims)
    say(pack, info, claim, next((one.taken.pdf for one in bound if one.taken.claim.colours), bound[0].taken.pdf))
    pack.Root.StructTreeRoot = tree.finish()
    pack.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    layers.finish()
    share(pack, [page.obj.Resources for page in pack.pages], layers.numbers())
    data = saved(pack)
    check(data, len(pack.pages))
    return Pack(
        data,
        len(pack.pages),
        tuple(map(_placed, bound)),
        tuple(missing),
        unlinked,
        conformance(claim),
    )


def _placed(one: _Bound) -> Placed:
    part, notes, claims = one.taken.part, frozenset(one.taken.notes), conformance(one.taken.claim)
    return Placed(part.title, one.first + 1, len(one.pages), notes, part.under, claims)


def _joined(
    tree: Tree, layers: Layers, parts: Sequence[Part], readable: Sequence[Taken], info: PackInfo, eye: Eye
) -> Iterator[_Bound]:
    """Put the parts into the pack, stamped. All are asked for first: the eye looks while tags are walked and joined."""
    pack, letters = tree.pack, font(tree.pack)
    firsts = list(_firsts(readable, info.duplex))
    total = firsts[-1] + readable[-1].pages
    mentions = [() if part.is_agenda else part.mentioned for part in parts]
    asked = []
    for number, (one, first) in enumerate(zip(readable, firsts, strict=True), 1):
        texts = [stamp_text(one.part.stamp, first + page, total, info.words) for page in range(1, one.pages + 1)]
        envelope = tags_of(tree, one, number)
        job = job_of(one, texts, mentions, is_tagged=envelope is not None)
        asked.append((one, first, texts, envelope, eye.ask(job)))
    before: Part | None = None
    for one, first, texts, envelope, answer in asked:
        if before and len(pack.pages) < first:
            _add_blank(pack, stamp_text(before.stamp, first, total, info.words), letters)
        looked = _seen(one, answer)
        pages = join(tree, layers, one, envelope, looked, info.words)
        for page, spot, text in zip(pages, looked.spots, texts, strict=True):
            stamp(pack, page, sheet(page), spot, text, letters)
        yield _Bound(one, first, looked, pages)
        before = one.part


def _firsts(readable: Sequence[Taken], is_duplex: bool) -> Iterator[int]:
    """Give the page on which each part begins: always a right-hand one, where the pack is printed on both sides."""
    page = 0
    for one in readable:
        page += page % 2 if is_duplex else 0
        yield page
        page += one.pages


def _add_blank(pack: Pdf, text: str, letters: Object) -> None:
    """Put an empty page last in the pack, of the size of the one before it."""
    before = sheet(pack.pages[-1].obj)
    page = pack.add_blank_page(page_size=(before.width, before.height)).obj
    lie = sheet(page)
    stamp(pack, page, lie, spot_on_blank(lie, width(text, 1)), text, letters)


def _link(
    tree: Tree, parts: Sequence[Part], where: Sequence[_Bound], bound: Sequence[_Bound], info: PackInfo
) -> tuple[str, ...]:
    """Lay links to the parts over their mentions in the agendas. Return the titles of those that no agenda mentions."""
    unlinked = []
    for number, (part, target) in enumerate(zip(parts, where, strict=True)):
        found = False
        for agenda in bound:
            for place in agenda.looked.places[number] if agenda.looked.places else ():
                says = info.words.go_to.format(title=part.whole_title)
                lies = place.moved(agenda.changes.get(place.page))
                links.lay(tree, lies, agenda.pages[place.page], Target(0).destination(target.pages), says)
                found = True
        if part.mentioned and not part.is_agenda and not found:
            unlinked.append(part.whole_title)
    return tuple(unlinked)


def _outline(parts: Sequence[Part], where: Sequence[_Bound], rest: _Bound | None) -> list[Bookmark]:
    """Return the pack's bookmarks: of each part, with its own below. A missing one leads to the page that lists it."""
    outline: list[Bookmark] = []
    for part, one in zip(parts, where, strict=True):
        start = Target(0).destination(one.pages)
        own = bookmarks.led_to(one.taken.bookmarks, one.pages, one.changes) if one is not rest else []
        if rest and not part.is_agenda and all(mark.title != rest.taken.part.title for mark in outline):
            outline.append(Bookmark(rest.taken.part.title, Target(0).destination(rest.pages)))
        bookmarks.place(outline, part.under, Bookmark(part.title, start, own))
    return outline
