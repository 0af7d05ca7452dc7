"""The pack of the example's meetings: everything in the agenda's order, found by bookmark, link and stamp."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest
from pikepdf import Pdf

from docgen.run.clean import leftovers
from docgen.run.lock import builder_lock
from docgen.run.pack.packing import Wish
from tests.meeting_pack.conftest import Made, packed
from tests.meeting_pack.word_file import template
from tests.pack.reading import bookmarks, links, text_within, texts
from tests.run.office import APPROVED, HELD, MEETING, TOML

GUIDELINE = """
type: retningslinje
nummer: 2
tittel: Samarbeid om utskriving
versjonslogg: [{versjon: 1, beskrivelse: Ny}]
kapitler: [{tittel: Formål, tekst: Trygg hjemreise.}]
"""
CASES = [
    ("Sak 18/26 Retningslinje 2, versjon 4", ["Saksframlegg"]),
    (
        "Sak 19/26 Handlingsplan for helsefellesskapet 2027",
        ["Saksframlegg", "Vedlegg 1 Handlingsplan for helsefellesskapet 2027, utkast 16. november 2026"],
    ),
    (
        "Sak 20/26 Utskrivningsklare pasienter hittil i 2026",
        ["Saksframlegg", "Vedlegg 1 Utskrivningsklare pasienter per kommune, januar–oktober 2026"],
    ),
    ("Sak 21/26 Felles beredskapsøvelse i 2027", ["Saksframlegg"]),
    ("Sak 22/26 Ansvar for tidlig kartlegging av barn med sammensatte vansker", ["Saksframlegg"]),
    ("Sak 23/26 Orientering om en anskaffelse", ["Saksframlegg"]),
    ("Sak 24/26 Møteplan 2027", ["Saksframlegg"]),
    ("Sak 25/26 Kapasitet i jul og nyttår", ["Saksframlegg"]),
]


def pages_of(made: Made) -> list[tuple[str, list[str]]]:
    """Return the cases of a report with what each has in the pack."""
    found: list[tuple[str, list[str]]] = []
    for one in made.report.parts:
        if not found or found[-1][0] != one.case:
            found.append((one.case, []))
        found[-1][1].append(one.title)
    return found


def test_the_agenda_comes_first_and_then_each_case_with_its_paper_and_attachments(whole):
    assert pages_of(whole) == [("", ["Innkalling"]), *CASES]
    assert whole.report.is_whole
    assert whole.report.unlinked == []
    assert whole.report.file == "output/SSU/2026-12-03/2026-12-03 SSU sakspakke.pdf"


@pytest.mark.parametrize("which", ["whole", "public", "nynorsk"])
def test_every_part_begins_where_the_report_says(which, request):
    made = request.getfixturevalue(which)
    pages = texts(made.pdf)

    at = 1
    for one in made.report.parts:
        assert one.page == at
        assert f"side {at} av {len(pages)}" in pages[at - 1]
        wanted = re.sub(r"^Vedlegg \d |^Sak (OU )?[\d/]+ ", "", one.title if "Vedlegg" in one.title else one.case)
        assert wanted.partition(",")[0] in pages[at - 1], one
        at += one.pages
    assert at - 1 == made.report.pages == len(pages)


def test_the_bookmarks_are_nested_by_case_and_each_lands_on_its_page(whole):
    starts = {(one.case, one.title): one.page for one in whole.report.parts}
    pages = texts(whole.pdf)

    outline = bookmarks(whole.pdf)

    case = ""
    found = {}
    for depth, title, page in outline:
        if depth == 0 and title != "Innkalling":
            case = title
        elif (case, title) in starts and depth == (1 if case else 0):
            found[case, title] = page
        else:
            assert title in pages[page - 1], title
    assert found == starts
    assert [title for depth, title, _ in outline if depth == 0] == ["Innkalling", *(case for case, _ in CASES)]


def test_the_agenda_links_every_number_title_and_attachment_to_its_page(whole):
    starts = {one.case: one.page for one in reversed(whole.report.parts)}
    attached = {one.title.partition(" 1 ")[2]: one.page for one in whole.report.parts if "Vedlegg" in one.title}

    found = {(text_within(whole.pdf, link), link.lands) for link in links(whole.pdf) if "Gå til" in link.says}

    wanted = set(attached.items())
    for case, page in starts.items():
        if case:
            _sak, number, title = case.split(" ", 2)
            wanted |= {(number, page), (title, page)}
    assert found == wanted


def test_the_stamp_tells_the_body_the_date_the_case_and_the_page(whole):
    pages = texts(whole.pdf)
    stamps = [re.match(r".*? av \d+", page)[0] for page in pages]

    assert stamps[0] == "SSU 03.12.2026 · side 1 av 14"
    assert stamps[4] == "SSU 03.12.2026 · Sak 19/26 · side 5 av 14"
    assert stamps[5] == "SSU 03.12.2026 · Sak 19/26 · side 6 av 14"


def test_a_nynorsk_meeting_has_a_pack_in_nynorsk(nynorsk):
    pages = texts(nynorsk.pdf)

    assert pages[1].startswith("OU Nordfjella 08.12.2026 · Sak OU 5/2026 · side 2 av 4 ")
    with Pdf.open(io.BytesIO(nynorsk.pdf)) as pdf:
        assert str(pdf.Root.Lang) == "nn-NO"
        assert {str(part.Lang) for part in pdf.Root.StructTreeRoot.K.K} == {"nn-NO"}
        assert str(pdf.docinfo["/Title"]) == "Sakspakke OU Nordfjella 08.12.2026"
    assert tuple(nynorsk.report.conformance) == ("PDF/A-2a", "PDF/UA-1")


def test_the_pack_says_what_it_is_and_has_page_labels(whole):
    reader = pypdf.PdfReader(io.BytesIO(whole.pdf))

    assert reader.metadata.title == "Sakspakke SSU 03.12.2026"
    assert reader.metadata.author == "Helsefellesskapet Fjordlandet"
    assert reader.page_labels == [str(number) for number in range(1, 15)]


def test_the_same_meeting_gives_the_same_bytes_again(example, converter, whole):
    again = packed(example, converter, Wish("SSU 3.12.2026"))

    assert again.pdf == whole.pdf
    assert again.report.state == "unchanged"


def test_a_pack_takes_no_lock_fixes_nothing_and_touches_no_other_file(desk):
    desk.drop("m.yaml", MEETING)
    desk.build()
    desk.drop("ny.yaml", MEETING.replace("2026-03-12", "2026-05-07"))
    before = everything(desk.root)

    with builder_lock(desk.root, "docgen watch"):
        made = desk.pack("SSU 2026-05-07")

    after = everything(desk.root)
    assert after.pop("output/SSU/2026-05-07/2026-05-07 SSU sakspakke.pdf") == made.pdf
    assert ".docgen/register.db" in after
    assert after == before


def everything(root: Path) -> dict[str, bytes]:
    """Return every file of a workspace but the builder's lock: the register too."""
    files = (file for file in root.rglob("*") if file.is_file() and file.stem != "builder")
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def test_the_numbers_of_a_called_meeting_that_no_build_has_fixed_are_told(desk):
    desk.drop("m.yaml", MEETING)

    made = desk.pack()

    assert any("saksnumrene er ikke fastsatt ennå" in str(problem) for problem in made.report.problems)
    assert "Sak 02/26" in texts(made.pdf)[1]


def test_the_provisional_numbers_of_a_draft_are_told_and_so_does_the_file_name(desk):
    desk.drop("m.yaml", MEETING.replace("innkalt", "utkast"))

    made = desk.pack()

    assert made.report.provisional == ["01/26", "02/26"]
    assert made.report.file == "output/SSU/2026-03-12/2026-03-12 SSU sakspakke (utkast).pdf"


@pytest.mark.parametrize("status", [HELD, APPROVED])
@pytest.mark.parametrize("public", [False, True])
def test_a_meeting_that_has_been_held_has_its_pack_as_it_was_called(desk, status, public):
    desk.drop("m.yaml", status)
    desk.build()

    made = desk.pack(public=public)

    assert pages_of(made) == [("", ["Innkalling"]), ("Sak 02/26 Budsjett", ["Saksframlegg"])]
    assert not any("Budsjettet er vedtatt" in page for page in texts(made.pdf))


def test_a_build_and_a_cleaning_leave_the_pack_where_it_is(desk):
    desk.drop("m.yaml", MEETING)
    desk.build()
    made = desk.pack()

    desk.build()
    found = leftovers(desk.workspace)

    assert (desk.root / made.report.file).read_bytes() == made.pdf
    assert found.leftovers == []
    assert found.kept == []


def test_for_printing_on_both_sides_every_part_begins_on_a_right_hand_page(example, converter, tmp_path):
    made = packed(example, converter, Wish("OU Nordfjella 2026-12-08", duplex=True, to=tmp_path / "til trykk.pdf"))

    assert [one.page for one in made.report.parts] == [1, 3, 5, 7]
    assert Path(made.report.file) == tmp_path / "til trykk.pdf"


def test_a_house_can_choose_its_own_words_for_the_stamp(desk):
    desk.write("docgen.toml", TOML + '[ord]\nside_av = "{side}/{sider} {arkiv}"\nsakspakke = "møtepakke"\n')
    desk.drop("m.yaml", MEETING)

    made = desk.pack()

    assert texts(made.pdf)[1].startswith("SSU 12.03.2026 · Sak 02/26 · 2/2 {arkiv} ")
    with Pdf.open(io.BytesIO(made.pdf)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Møtepakke SSU 12.03.2026"


def test_a_case_with_an_attachment_and_no_paper_is_linked_to_the_attachment(desk, whole):
    desk.attach("notat.pdf", whole.pdf)
    desk.drop("m.yaml", MEETING.replace("Godkjenning av innkalling", "Notatet\n    vedlegg: [notat.pdf]"))

    made = desk.pack()

    assert [(one.case, one.title, one.page) for one in made.report.parts] == [
        ("", "Innkalling", 1),
        ("Sak 01/26 Notatet", "Vedlegg 1 notat", 2),
        ("Sak 02/26 Budsjett", "Saksframlegg", 16),
    ]
    assert {link.lands for link in links(made.pdf) if link.page == 1} == {2, 16}


def test_a_guideline_that_is_attached_by_its_input_is_the_document_made_of_it(desk):
    desk.drop("r.yaml", GUIDELINE)
    desk.drop("m.yaml", MEETING.replace("    forslag", "    vedlegg: [{fil: r.yaml, tittel: Utkastet}]\n    forslag"))

    made = desk.pack()

    part = made.report.parts[-1]
    assert (part.title, part.source) == ("Vedlegg 1 Utkastet", "inputs/r.yaml")
    text = texts(made.pdf)[part.page - 1]
    assert "Samarbeid om utskriving" in text
    assert "Dette er et utkast og ikke godkjent." in text
    assert made.report.is_whole


def test_a_case_that_the_agenda_does_not_name_is_told(desk):
    template(desk.root / "templates" / "innkalling.docx", "{{ møte.organnavn }}")
    desk.drop("m.yaml", MEETING)

    made = desk.pack()

    assert made.report.unlinked == ["Sak 02/26 Budsjett"]


def test_two_meetings_of_a_day_have_a_pack_each(desk):
    desk.drop("m.yaml", MEETING)
    desk.drop("n.yaml", MEETING.replace("9-11", "13-15").replace("Budsjett", "Høring"))

    one, other = desk.pack("SSU 12.03.2026 9.00"), desk.pack("n.yaml")

    assert one.report.file == "output/SSU/2026-03-12/2026-03-12 09.00 SSU sakspakke.pdf"
    assert other.report.file == "output/SSU/2026-03-12/2026-03-12 13.00 SSU sakspakke.pdf"
