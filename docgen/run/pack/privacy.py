"""The public pack looked through as it is finished: what docgen could not make again may still name people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from docgen.deliver.pack.reading import Read, pages_read
from docgen.messages import _, many
from docgen.model.personal import Kind, leads
from docgen.problems import Problem, Where
from docgen.run.pack.report import Packed


def found_in(pdf: bytes, parts: Sequence[Packed], stamps: Iterable[str], exempt_titles: Sequence[str]) -> list[Problem]:
    """Return what in a public pack leads to people, and where it tells of exempt cases.

    Identity numbers and exempt titles may not stand there; of addresses, telephone numbers and pages that have no text
    but their stamp (`stamps`, by page) a person is warned.
    """
    pages = list(zip(pages_read(pdf), stamps, strict=True))
    return [problem for part in parts for problem in _in_part(part, pages, exempt_titles)]


def _in_part(part: Packed, pages: Sequence[tuple[Read, str]], exempt_titles: Sequence[str]) -> Iterator[Problem]:
    unread = 0
    for own, (read, stamp) in enumerate(pages[part.page - 1 : part.page - 1 + part.pages], 1):
        unread += _plain(read.drawn) == _plain(stamp)
        text = f"{read.drawn}\n{read.said}"
        yield from _people(part, own, text)
        yield from _titles(part, own, text, exempt_titles)
    if unread:
        what = many(
            "«{part}» has {count} page without text that docgen can read.",
            "«{part}» has {count} pages without text that docgen can read.",
            unread,
            part=_named(part),
        )
        fix = _("Look through them yourself before the pack is published.")
        yield Problem(what, fix, Where(part.source), warning=True)


def _people(part: Packed, own: int, text: str) -> Iterator[Problem]:
    found: dict[Kind, list[str]] = defaultdict(list)
    for lead in leads(text):
        found[lead.kind].append(lead.text)
    remove = _("Take it out of the file, and make the pack again.")
    for kind, said in found.items():
        told = {"part": _named(part), "page": own, "text": ", ".join(said)}
        match kind:
            case Kind.IDENTITY:
                what = _("Page {page} of «{part}» has a national identity number: {text}.", **told)
                yield Problem(what, remove, Where(part.source))
                continue
            case Kind.EMAIL:
                what = _("Page {page} of «{part}» has an e-mail address: {text}.", **told)
            case Kind.PHONE:
                what = _("Page {page} of «{part}» has what may be a telephone number: {text}.", **told)
        fix = _("See that it may be published. If not, take it out of the file, and make the pack again.")
        yield Problem(what, fix, Where(part.source), warning=True)


def _titles(part: Packed, own: int, text: str, exempt_titles: Sequence[str]) -> Iterator[Problem]:
    plain = _plain(text)
    for title in exempt_titles:
        if _plain(title) in plain:
            what = _(
                "Page {page} of «{part}» has the title of an exempt case: «{title}».",
                page=own,
                part=_named(part),
                title=title,
            )
            fix = _("Take it out of the file, and make the pack again.")
            # A title of one word may well be a word of its own.
            yield Problem(what, fix, Where(part.source), warning=len(title.split()) < 2)


def _plain(text: str) -> str:
    """Return a text without spaces and hyphens, which a line break puts in anywhere."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _named(part: Packed) -> str:
    return " – ".join(name for name in (part.case, part.title) if name)
