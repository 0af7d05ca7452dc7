"""A pack of real documents, converted by LibreOffice: all that was in them is in it, in order, and can be found."""

from __future__ import annotations

import dataclasses
import io
import re
from pathlib import Path

import pypdf
import pytest

from docgen.deliver.pack.merged import merged
from docgen.deliver.pack.parts import Pack, Part
from tests.pack.reading import Link, bookmarks, headings, links, text_within, texts, tree
from tests.pack.samples import INFO

NAMED = re.compile(r"saksframlegg (\d\d)-(\d\d) (.*)")
ATTACHMENT = "Organisering og oppgaver"


def meeting(papers: Path) -> list[Part]:
    """The agenda of a meeting, its case papers in order, and an attachment to the case 19/26."""
    found = [
        Part(
            (papers / "2026-12-03 SSU innkalling.pdf"),
            "Innkalling og saksliste",
            "nb-NO",
            "SSU 03.12.2026",
            is_agenda=True,
        )
    ]
    for file in sorted(papers.glob("2026-12-03 SSU saksframlegg *.pdf")):
        number, year, title = NAMED.search(file.stem).groups()
        case = f"{number}/{year}"
        stamp = f"SSU 03.12.2026 · Sak {case}"
        found.append(Part(file, f"Sak {case} {title}", "nb-NO", stamp, mentioned=(case, title)))
        if case == "19/26":
            attached = papers / f"{ATTACHMENT}.pdf"
            found.append(Part(attached, f"Vedlegg: {ATTACHMENT}", "nn-NO", stamp, under=(f"Sak {case} {title}",)))
    return found


@pytest.fixture(scope="module")
def parts(papers: Path) -> list[Part]:
    return meeting(papers)


@pytest.fixture(scope="module")
def pack(parts: list[Part]) -> Pack:
    return merged(parts, INFO)


def starts(pack: Pack) -> dict[str, int]:
    return {one.title: one.page for one in pack.placed}


def test_the_text_of_every_part_is_in_the_pack_page_by_page_after_the_stamp(parts, pack):
    expected = [page for part in parts for page in texts(part.data.read_bytes())]

    found = texts(pack.pdf)

    assert len(found) == pack.pages == len(expected) > 15
    for number, (page, text) in enumerate(zip(found, expected, strict=True), 1):
        assert page.endswith(text), number
        assert re.fullmatch(
            rf"SSU 03\.12\.2026 (· Sak \d\d/26 )?· side {number} av {pack.pages} ", page.removesuffix(text)
        )


def test_every_part_stands_where_the_report_says(parts, pack):
    lengths = [len(pypdf.PdfReader(part.data).pages) for part in parts]

    assert [one.title for one in pack.placed] == [part.title for part in parts]
    assert [one.pages for one in pack.placed] == lengths
    assert [one.page for one in pack.placed] == [1 + sum(lengths[:place]) for place in range(len(lengths))]
    assert not pack.missing
    assert not any(one.notes for one in pack.placed)


def test_the_headings_of_every_part_are_in_the_tags_in_order(parts, pack):
    expected = [heading for part in parts for heading in headings(part.data.read_bytes())]

    assert headings(pack.pdf) == expected
    assert len(expected) > 30


def test_every_part_is_a_part_of_the_one_document_with_its_title_and_language(parts, pack):
    found = tree(pack.pdf)

    assert [element.kind for element in found if element.depth == 0] == ["/Document"]
    outermost = [element for element in found if element.depth == 1]
    assert {element.kind for element in outermost} == {"/Part"}
    assert [(element.title, element.language) for element in outermost] == [
        (part.title, part.language) for part in parts
    ]


def test_every_bookmark_lands_on_the_page_where_its_text_stands(parts, pack):
    pages = texts(pack.pdf)
    known = starts(pack)

    found = bookmarks(pack.pdf)

    outer = {title: page for depth, title, page in found if title in known}
    assert outer == known
    assert [title for depth, title, _ in found if depth == 0] == [part.title for part in parts if not part.under]
    own = [(title, page) for _, title, page in found if title not in known]
    assert len(own) > 30
    for title, page in own:
        assert " ".join(title.split()) in pages[page - 1], title


def test_an_attachment_has_its_bookmark_below_that_of_its_case_and_its_own_below_that(pack):
    found = bookmarks(pack.pdf)

    place = next(place for place, (_, title, _) in enumerate(found) if ATTACHMENT in title)
    above = [title for depth, title, _ in found[:place] if depth == 0][-1]
    assert found[place][0] == 1
    assert above.startswith("Sak 19/26")
    assert found[place + 1][0] == 2


def test_each_case_on_the_agenda_leads_to_its_paper_by_number_and_by_title(parts, pack):
    found = [link for link in links(pack.pdf) if link.page <= pack.placed[0].pages]
    known = starts(pack)

    assert pack.unlinked == ()
    for part in parts:
        if not part.mentioned:
            continue
        own = [link for link in found if link.lands == known[part.title]]
        assert [text_within(pack.pdf, link) for link in own] == list(part.mentioned)
        assert {link.says for link in own} == {f"Gå til {part.title}"}


def test_a_link_within_a_part_still_leads_to_its_own_page(parts, pack):
    inner = [(link, part) for part in parts for link in links(part.data.read_bytes())]
    assert inner
    known = starts(pack)
    expected = [
        Link(link.page + known[part.title] - 1, link.box, link.says, link.lands + known[part.title] - 1)
        for link, part in inner
    ]

    found = [link for link in links(pack.pdf) if not link.says.startswith("Gå til")]

    assert found == expected


def test_the_same_parts_give_the_same_bytes(parts, pack):
    assert merged(parts, INFO).pdf == pack.pdf


def test_another_title_gives_other_bytes(parts, pack):
    assert merged(parts, dataclasses.replace(INFO, title="En annen")).pdf != pack.pdf


def test_a_part_given_as_bytes_is_the_same_as_one_given_as_a_file(parts, pack):
    read = [dataclasses.replace(part, data=part.data.read_bytes()) for part in parts]

    assert merged(read, INFO).pdf == pack.pdf


def test_the_pack_is_smaller_than_its_parts_for_what_they_share_is_in_it_once(parts, pack):
    assert len(pack.pdf) < sum(part.data.stat().st_size for part in parts)


def test_a_part_that_no_agenda_mentions_is_told_of(parts):
    stranger = dataclasses.replace(parts[1], title="Sak 99/26 Ukjent", mentioned=("99/26",))

    assert merged([parts[0], stranger], INFO).unlinked == ("Sak 99/26 Ukjent",)


def test_pages_are_labelled_as_they_are_stamped(pack):
    reader = pypdf.PdfReader(io.BytesIO(pack.pdf))

    assert reader.page_labels == [str(number) for number in range(1, pack.pages + 1)]


def test_the_pack_says_what_it_is(pack):
    reader = pypdf.PdfReader(io.BytesIO(pack.pdf))

    assert reader.metadata.title == "Sakspakke SSU 24.10.2022"
    assert reader.metadata.author == "Helsefellesskapet Øst"
    assert reader.metadata.creation_date == INFO.created
    assert reader.xmp_metadata.dc_title == {"x-default": "Sakspakke SSU 24.10.2022"}
    assert reader.root_object["/Lang"] == "nb-NO"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_printed_on_both_sides_every_part_begins_on_a_right_hand_page(parts):
    pack = merged(parts, dataclasses.replace(INFO, duplex=True))

    assert all(one.page % 2 for one in pack.placed)
    empty = [
        number
        for number, text in enumerate(texts(pack.pdf), 1)
        if re.fullmatch(r"SSU [^·]*(· Sak \S+ )?· side \d+ av \d+", text)
    ]
    assert empty
    assert pack.pages == sum(one.pages for one in pack.placed) + len(empty)
    assert {number % 2 for number in empty} == {0}
    tree(pack.pdf)
