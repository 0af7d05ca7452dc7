"""Tags of parts that say the same things in different ways come into one tree in which all of it still holds."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from docgen.deliver.pack.font import shown
from docgen.deliver.pack.merged import merged
from docgen.deliver.pack.parts import Note
from tests.pack.reading import headings, texts, tree
from tests.pack.samples import INFO, annotated, bytes_of, page_with, part, plain, tagged
from tests.pdf.inspection import marked_content, structure


def kinds(data: bytes) -> list[str]:
    return [element.kind[1:] for element in tree(data) if element.depth == 2]


def changed(data: bytes, change: Callable[[Pdf, Object], object]) -> bytes:
    """Return a tagged file after `change` of it and its outermost element."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        change(pdf, pdf.Root.StructTreeRoot.K)
        return bytes_of(pdf)


def root_of(data: bytes) -> tuple[Pdf, Object]:
    pdf = Pdf.open(io.BytesIO(data))
    return pdf, pdf.Root.StructTreeRoot


PAPER = tagged(("H1", "Bakgrunn"), ("P", "Tekst"), ("H2", "Vurdering"))


def test_a_type_that_means_two_things_means_in_each_part_what_it_did():
    heading = tagged(("Overskrift", "En"), roles={"Overskrift": "H1"})
    paragraph = tagged(("Overskrift", "To"), roles={"Overskrift": "P"})

    pack = merged([part(heading), part(paragraph), part(heading)], INFO)

    assert kinds(pack.pdf) == ["H1", "P", "H1"]
    assert headings(pack.pdf) == [("H1", "En"), ("H1", "En")]


def test_a_part_that_calls_its_headings_paragraphs_does_not_make_headings_of_those_of_others():
    odd = tagged(("P", "Egentlig en overskrift"), ("H1", "Ekte"), roles={"P": "H2"})

    pack = merged([part(PAPER), part(odd)], INFO)

    assert kinds(pack.pdf) == ["H1", "P", "H2", "H2", "H1"]
    _, root = root_of(pack.pdf)
    assert "/P" not in root.RoleMap


def test_a_type_that_stands_for_another_that_stands_for_a_third_is_the_third():
    pack = merged([part(tagged(("A", "En"), roles={"A": "B", "B": "H3"}))], INFO)

    assert kinds(pack.pdf) == ["H3"]


def test_types_that_stand_for_each_other_do_not_end_up_in_the_pack():
    pack = merged([part(PAPER), part(tagged(("P", "Tekst"), roles={"A": "B", "B": "A"}))], INFO)

    _, root = root_of(pack.pdf)
    assert "/RoleMap" not in root


def with_class(placement: str) -> bytes:
    def change(pdf: Pdf, top: Object) -> None:
        pdf.Root.StructTreeRoot.ClassMap = Dictionary(K=Dictionary(O=Name.Layout, Placement=Name(f"/{placement}")))
        top.K[0].C = Name.K

    return changed(PAPER, change)


def test_a_class_of_attributes_means_in_each_part_what_it_did():
    pack = merged([part(with_class("Block")), part(with_class("Inline")), part(with_class("Block"))], INFO)

    _, root = root_of(pack.pdf)
    said = []
    for one in root.K.K:
        classes = one.K[0].C
        name = classes[0] if isinstance(classes, Array) else classes
        said.append(str(root.ClassMap[str(name)].Placement))
    assert said == ["/Block", "/Inline", "/Block"]
    assert len(root.ClassMap.keys()) == 2


def table() -> bytes:
    """A table whose cell says by its identity which heading cell it belongs to."""

    def change(pdf: Pdf, top: Object) -> None:
        head, cell = top.K[0], top.K[1]
        head.S, cell.S = Name.TH, Name.TD
        head.ID = String("hode")
        cell.A = Dictionary(O=Name.Table, Headers=Array([String("hode")]))
        row = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TR, K=Array([head, cell])))
        grid = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Table, K=row, P=top))
        row.P, head.P, cell.P, top.K = grid, row, row, Array([grid])
        pdf.Root.StructTreeRoot.IDTree = Dictionary(Names=Array([String("hode"), head]))

    return changed(tagged(("P", "Hode"), ("P", "Celle")), change)


def test_a_cell_finds_its_own_heading_cell_though_two_parts_call_theirs_the_same():
    pack = merged([part(table()), part(table())], INFO)

    _, root = root_of(pack.pdf)
    names = root.IDTree.Names.as_list()
    by_name = {bytes(key): value for key, value in zip(names[::2], names[1::2], strict=True)}
    assert list(by_name) == sorted(by_name)
    assert len(by_name) == 2
    for one in root.K.K:
        head, cell = one.K[0].K.K
        assert by_name[bytes(cell.A.Headers[0])].objgen == head.objgen
        assert bytes(head.ID) == bytes(cell.A.Headers[0])


def test_a_tree_with_several_outermost_elements_becomes_one_part():
    def change(pdf: Pdf, top: Object) -> None:
        pdf.Root.StructTreeRoot.K = top.K
        for kid in top.K:
            kid.P = pdf.Root.StructTreeRoot

    pack = merged([part(changed(PAPER, change), "Sak 1", language="nn-NO")], INFO)

    (one,) = [element for element in tree(pack.pdf) if element.depth == 1]
    assert (one.kind, one.title, one.language) == ("/Part", "Sak 1", "nn-NO")
    assert kinds(pack.pdf) == ["H1", "P", "H2"]


def test_an_index_that_was_wrong_in_the_part_is_right_in_the_pack():
    def change(pdf: Pdf, top: Object) -> None:
        pdf.Root.StructTreeRoot.ParentTree = Dictionary(Nums=Array([0, Array([top.K[2]] * 3), 99, top]))

    pack = merged([part(changed(PAPER, change))], INFO)

    assert kinds(pack.pdf) == ["H1", "P", "H2"]


def ring(pdf: Pdf, top: Object) -> None:
    top.K[0].K = Array([0, top])


def twice(pdf: Pdf, top: Object) -> None:
    top.K.append(top.K[0])


def lost_page(pdf: Pdf, top: Object) -> None:
    top.K[0].Pg = pdf.make_indirect(Dictionary(Type=Name.Page))


def no_marks(pdf: Pdf, top: Object) -> None:
    for kid in top.K:
        del kid.K


def huge_mark(pdf: Pdf, top: Object) -> None:
    top.K[0].K = 2**31 - 1


def not_marked(pdf: Pdf, top: Object) -> None:
    del pdf.Root.MarkInfo


def words(pdf: Pdf, top: Object) -> None:
    top.K[0].K = String("tull")


def deep(pdf: Pdf, top: Object) -> None:
    for _ in range(1500):
        top.K = Array([pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=top, K=top.K))])
        top = top.K[0]


@pytest.mark.parametrize("change", [ring, twice, lost_page, no_marks, huge_mark, not_marked, words, deep])
def test_tags_that_cannot_be_followed_are_left_out_and_the_report_says_so(change):
    pack = merged([part(PAPER), part(changed(PAPER, change), "Vedlegg B")], INFO)

    assert [Note.UNTAGGED in one.notes for one in pack.placed] == [False, True]
    assert kinds(pack.pdf) == ["H1", "P", "H2", "P"]
    assert pack.conformance == ()


def test_a_page_without_tags_is_a_paragraph_and_one_without_text_a_picture_that_is_told_of():
    pdf = Pdf.new()
    page_with(pdf, "Kan leses")
    page_with(pdf, "").Contents = pdf.make_stream(b"100 100 200 200 re f")

    pack = merged([part(bytes_of(pdf), "Skannet brev")], INFO)

    found = [element for element in tree(pack.pdf) if element.depth == 2]
    assert [(element.kind, element.alt) for element in found] == [
        ("/P", ""),
        ("/Figure", "Skannet brev, side 2. Siden har ingen tekst som kan leses opp."),
    ]


def test_marks_left_over_in_a_page_without_tags_are_no_marks_of_the_pack():
    pdf = Pdf.new()
    page = page_with(pdf)
    page.Contents = pdf.make_stream(b"/P <</MCID 7>> BDC " + page.Contents.read_bytes() + b" EMC /Span <</MCID 0>> BDC")
    page.StructParents = 12

    pack = merged([part(PAPER), part(bytes_of(pdf))], INFO)

    assert kinds(pack.pdf) == ["H1", "P", "H2", "P"]


def test_a_tagged_link_that_is_taken_out_leaves_nothing_behind_in_the_tags():
    def change(pdf: Pdf, top: Object) -> None:
        annotated(pdf, Subtype=Name.Link, StructParent=5, A=Dictionary(S=Name.Launch, F=String("x.exe")))
        link = pdf.pages[0].obj.Annots[0]
        top.K[1].K = Array([1, Dictionary(Type=Name.OBJR, Obj=link, Pg=pdf.pages[0].obj)])

    pack = merged([part(changed(PAPER, change))], INFO)

    _, root = root_of(pack.pdf)
    assert root.K.K[0].K[1].K.as_list() == [1]
    tree(pack.pdf)


def test_a_tagged_link_to_the_web_is_still_held_by_its_tag():
    def change(pdf: Pdf, top: Object) -> None:
        annotated(pdf, Subtype=Name.Link, StructParent=5, A=Dictionary(S=Name.URI, URI=String("https://example.org")))
        link = pdf.pages[0].obj.Annots[0]
        top.K[1].S = Name.Link
        top.K[1].K = Array([1, Dictionary(Type=Name.OBJR, Obj=link, Pg=pdf.pages[0].obj)])

    pack = merged([part(plain()), part(changed(PAPER, change))], INFO)

    pdf, root = root_of(pack.pdf)
    held = root.K.K[1].K[1].K[1].Obj
    assert held.objgen == pdf.pages[1].obj.Annots[0].objgen
    tree(pack.pdf)


def test_an_agenda_without_tags_has_links_too():
    agenda = plain("Sak 03/22 Budsjett")

    pack = merged([part(agenda, is_agenda=True), part(PAPER, "Budsjett", mentioned=("03/22", "Budsjett"))], INFO)

    assert pack.unlinked == ()
    assert [element.kind for element in tree(pack.pdf)].count("/Link") == 2


def test_a_number_within_another_number_is_not_taken_for_a_mention():
    agenda = tagged(("P", "Sak 103/22 og 03/221 og 03/22-1"), ("P", "Sak 03/22"))

    pack = merged([part(agenda, is_agenda=True), part(PAPER, mentioned=("03/22",))], INFO)

    link = next(element for element in tree(pack.pdf) if element.kind == "/Link")
    assert link.marks == ((1, 1),)


def test_two_cases_in_one_line_have_a_link_each():
    agenda = tagged(("P", "Sak 01/22 og 02/22"))

    pack = merged(
        [part(agenda, is_agenda=True), part(PAPER, mentioned=("01/22",)), part(PAPER, mentioned=("02/22",))], INFO
    )

    assert pack.unlinked == ()
    assert [element.kind for element in tree(pack.pdf)].count("/Link") == 2


def test_a_type_of_newer_pdf_is_what_comes_nearest_and_one_that_nobody_explains_is_nothing():
    explained = tagged(("Tull", "Overskrift"), roles={"Tull": "H1"})

    pack = merged([part(explained), part(tagged(("Strong", "Fet"), ("Title", "Tittel"), ("Tull", "Tull")))], INFO)

    assert kinds(pack.pdf) == ["H1", "Span", "P", "NonStruct"]


def filled_in(pdf: Pdf, page: int, text: str) -> None:
    """Put a field with a text on a page."""
    drawn = pdf.make_stream(
        b"BT /F1 12 Tf 2 4 Td %s Tj ET" % shown(text),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 72, 18]),
        Resources=pdf.pages[page].obj.Resources,
    )
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=text,
        V=text,
        AP=Dictionary(N=drawn),
        F=4,
        Rect=Array([72, 72, 144, 90]),
    )
    pdf.pages[page].obj.Annots = Array([pdf.make_indirect(field)])


def test_what_stood_in_a_form_is_read_after_what_else_is_on_its_page():
    def two_pages() -> bytes:
        with Pdf.open(io.BytesIO(tagged(("H1", "Skjema"), ("P", "Navn:"), ("P", "Adresse:")))) as pdf:
            page = page_with(pdf, "")
            page.Contents = pdf.make_stream(
                b"/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td %s Tj ET EMC" % shown("Side to")
            )
            page.StructParents = 1
            top = pdf.Root.StructTreeRoot.K
            last = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=top, Pg=page, K=0))
            top.K.append(last)
            pdf.Root.StructTreeRoot.ParentTree.Nums.extend([1, Array([last])])
            for number, text in enumerate(("Kari", "Ola")):
                filled_in(pdf, number, text)
            pdf.Root.AcroForm = Dictionary(Fields=Array([page.obj.Annots[0] for page in pdf.pages]))
            return bytes_of(pdf)

    pack = merged([part(two_pages(), "Skjema")], INFO)

    assert pack.placed[0].notes == {Note.FORM}
    assert kinds(pack.pdf) == ["H1", "P", "P", "P", "P", "P"]
    with Pdf.open(io.BytesIO(pack.pdf)) as pdf:
        assert list(marked_content(pdf)) == []
        assert list(structure(pdf)) == []
        told = [(kid.Pg.objgen == pdf.pages[0].obj.objgen, int(kid.K)) for kid in pdf.Root.StructTreeRoot.K.K[0].K]
    assert told == [(True, 0), (True, 1), (True, 2), (True, 3), (False, 0), (False, 1)]
    assert [page.split()[-1] for page in texts(pack.pdf)] == ["Kari", "Ola"]
