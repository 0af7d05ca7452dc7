"""What a reader of a comparison sees, and what Word needs to take it for its own."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from docgen.deliver.facts import is_untouched
from docgen.model.fingerprint import PROPERTY
from docgen.render import compile_template
from docgen.render.redline import redline
from tests.docx_validity import faults_of_docx
from tests.render.markdown_document import made as plain
from tests.render.markdown_document import png
from tests.render.redline_documents import DATE, FACTS, compared, guideline, texts
from tests.render.redline_review import R, W, accepted, content, faults_of_changes, parts_of, rejected, zipped
from tests.templates.samples import sample

CHANGES = ("ins", "del", "pPrChange", "rPrChange")
TABLE = "| Frist | Hvem |\n|---|---|\n| 24 timer | Sykehuset |\n| 72 timer | Kommunen |"


def body(made: bytes) -> etree._Element:
    return etree.fromstring(parts_of(made)["word/document.xml"])


def said(change: etree._Element) -> str:
    return "".join(piece.text or "" for piece in change.iter(f"{W}t", f"{W}delText"))


def changes(made: bytes, part: str = "word/document.xml") -> list[tuple[str, str]]:
    """Return the runs that were put in or taken out, with their text."""
    root = etree.fromstring(parts_of(made)[part])
    found = root.iter(f"{W}ins", f"{W}del")
    return [(each.tag.removeprefix(W), said(each)) for each in found if each.find(f".//{W}r") is not None]


def both_ways(old: bytes, new: bytes) -> bytes:
    """Return the comparison, after seeing that it holds both documents whole."""
    made = compared(old, new)
    assert content(accepted(made)) == content(parts_of(new))
    assert content(rejected(made)) == content(parts_of(old))
    assert faults_of_docx(made) + faults_of_changes(made) == []
    return made


def test_only_the_words_that_changed_are_marked():
    old, new = texts("Kommunen svarer innen 72 timer etter varsel.", "Kommunen svarer innen 24 timer etter et varsel.")

    made = both_ways(old, new)

    assert changes(made) == [("del", "72"), ("ins", "24"), ("ins", " et")]


def test_a_comma_between_two_new_words_does_not_stand_alone():
    old, new = texts("Den gjelder for lege, pleier.", "Den gjelder for turnuslege, hjelpepleier.")

    made = both_ways(old, new)

    assert changes(made) == [("del", "lege, pleier"), ("ins", "turnuslege, hjelpepleier")]


def test_a_word_made_bold_is_taken_out_and_put_in():
    old, new = texts("Sykehuset har ansvar for dette.", "Sykehuset har **ansvar** for dette.")

    made = both_ways(old, new)

    assert changes(made) == [("del", "ansvar"), ("ins", "ansvar")]
    assert body(made).find(f".//{W}ins/{W}r/{W}rPr/{W}b") is not None


def test_a_document_compared_with_itself_has_no_changes():
    old, new = texts(TABLE, TABLE)

    made = both_ways(old, new)

    assert [each for kind in CHANGES for each in body(made).iter(f"{W}{kind}")] == []


def test_every_change_tells_who_and_when_and_has_its_own_number():
    old, new = texts(f"Gammel tekst her.\n\n{TABLE}\n\nSlutt.[^1]\n\n[^1]: Se loven.", "Ny tekst her.\n\n- punkt")

    made = redline(old, new, properties=FACTS, date="2026-03-12T08:00:00Z", author="Sekretariatet")

    parts = [etree.fromstring(parts_of(made)[f"word/{name}.xml"]) for name in ("document", "footnotes")]
    found = [each for root in parts for kind in CHANGES for each in root.iter(f"{W}{kind}")]
    assert {(each.get(f"{W}author"), each.get(f"{W}date")) for each in found} == {
        ("Sekretariatet", "2026-03-12T08:00:00Z")
    }
    assert max(Counter(each.get(f"{W}id") for each in found).values()) == 1


def test_a_new_item_moves_the_numbers_and_rejecting_it_moves_them_back():
    old, new = texts(
        "1. Varsle\n2. Svare\n3. Følge opp", "1. Varsle\n2. Sende kopi til fastlegen\n3. Svare\n4. Følge opp"
    )

    made = both_ways(old, new)

    assert changes(made) == [("ins", "Sende kopi til fastlegen")]


def test_a_numbered_list_that_is_gone_still_counts_from_where_it_began():
    old, new = texts("Først:\n\n4. Varsle\n5. Svare\n\nSlutt.", "Først:\n\nSlutt.")

    made = both_ways(old, new)

    numbers = [each.get(f"{W}val") for each in body(made).iter(f"{W}startOverride")]
    known = etree.fromstring(parts_of(made)["word/numbering.xml"])
    assert "4" in [each.get(f"{W}val") for each in known.iter(f"{W}startOverride")] + numbers


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1. a en\n2. b to\n\nMellom.\n\n1. c tre\n2. d fire", "1. a en\n2. b to\n3. c tre\n4. d fire"),
        ("1. a en\n2. b to\n3. c tre", "1. a en\n\nMellom.\n\n1. b to\n2. c tre"),
        ("1. a en\n2. b to\n\nMellom.\n\n1. c tre\n2. d fire", "1. c tre\n2. d fire\n\nMellom.\n\n1. a en\n2. b to"),
    ],
    ids=["joined", "parted", "swapped"],
)
def test_lists_that_are_joined_parted_or_swapped_keep_their_numbers(before, after):
    both_ways(*texts(before, after))


def test_an_item_one_level_in_is_shown_as_taken_out_and_put_in():
    old, new = texts("- varsel\n- svar innen fristen", "- varsel\n  - svar innen fristen")

    made = both_ways(old, new)

    assert changes(made) == [("del", "svar innen fristen"), ("ins", "svar innen fristen")]


def test_a_new_row_is_one_tracked_row_and_the_others_stay():
    old, new = texts(TABLE, TABLE.replace("| 72", "| 48 timer | Fastlegen |\n| 72"))

    made = both_ways(old, new)

    rows = [row for row in body(made).iter(f"{W}tr") if row.find(f"{W}trPr/{W}ins") is not None]
    assert ["".join(row.itertext(f"{W}t")) for row in rows] == ["48 timerFastlegen"]
    assert changes(made) == [("ins", "48 timer"), ("ins", "Fastlegen")]


def test_a_changed_cell_is_changed_in_its_place():
    old, new = texts(TABLE, TABLE.replace("Kommunen", "Bydelen"))

    made = both_ways(old, new)

    assert changes(made) == [("del", "Kommunen"), ("ins", "Bydelen")]
    assert body(made).find(f".//{W}trPr/{W}ins") is None


def test_a_table_with_another_number_of_columns_is_replaced_and_does_not_touch_the_old_one():
    wide = "| Frist | Hvem | Hva |\n|---|---|---|\n| 24 timer | Sykehuset | Melding |"
    old, new = texts(f"{TABLE}\n\nEtter.", f"{wide}\n\nEtter.")

    made = both_ways(old, new)

    tables = list(body(made).iter(f"{W}tbl"))
    between = tables[1].getprevious()
    assert between.getprevious() is tables[0]
    assert [each.tag for each in between.iter(f"{W}ins", f"{W}del")] == [f"{W}del"]
    assert [said(row) for row in tables[0].iter(f"{W}tr")] == ["FristHvem", "24 timerSykehuset", "72 timerKommunen"]
    assert all(row.find(f"{W}trPr/{W}del") is not None for row in tables[0].iter(f"{W}tr"))


def test_a_replaced_table_at_the_end_of_a_document_does_not_touch_the_old_one():
    wide = "| Frist | Hvem | Hva |\n|---|---|---|\n| 24 timer | Sykehuset | Melding |"
    old, new = plain(TABLE).file, plain(wide).file

    made = both_ways(old, new)

    assert [each.getnext().tag for each in body(made).iter(f"{W}tbl")] == [f"{W}p", f"{W}p"]


def test_a_word_changed_in_a_footnote_is_marked_in_the_footnote():
    old, new = texts("Svar.[^1]\n\n[^1]: Se loven § 3 om frister.", "Svar.[^1]\n\n[^1]: Se loven § 4 om frister.")

    made = both_ways(old, new)

    assert changes(made) == []
    assert changes(made, "word/footnotes.xml") == [("del", "3"), ("ins", "4")]


def test_a_footnote_that_is_gone_can_be_had_back():
    old, new = texts("Svar innen fristen.[^1]\n\n[^1]: Se [loven](https://lov.example).", "Svar innen fristen.")

    made = both_ways(old, new)

    assert body(made).find(f".//{W}del/{W}r/{W}footnoteReference") is not None
    assert "https://lov.example" in parts_of(made)["word/_rels/footnotes.xml.rels"].decode()


def test_footnotes_lists_and_pictures_come_over_to_a_template_without_any():
    old = plain("1. Svar.[^1]\n\n![kart](k.png)\n\n[^1]: Se loven.", images={"k.png": png(9, 9)}).file
    new = plain("Tekst.").file

    both_ways(old, new)
    both_ways(new, old)


def test_a_link_that_leads_elsewhere_is_taken_out_and_put_in():
    old, new = texts("Se [siden](https://a.example).", "Se [siden](https://b.example).")

    made = both_ways(old, new)

    assert changes(made) == [("del", "siden"), ("ins", "siden")]


def test_a_replaced_picture_keeps_the_old_one_for_rejecting():
    old, new = texts("Kart:\n\n![kart](kart.png)\n\nSlutt.", "Kart:\n\n![kart](skjema.png)\n\nSlutt.")

    made = both_ways(old, new)

    pictures = [name for name in parts_of(made) if name.startswith("word/media/")]
    assert len(pictures) == 2


def test_a_moved_chapter_is_taken_out_and_put_in():
    one, two, three = ("Formål", "Målet er trygghet."), ("Ansvar", "Alle har ansvar."), ("Frist", "Svar innen to døgn.")
    old, new = guideline([one, two, three]), guideline([one, three, two])

    made = both_ways(old, new)

    assert [each for each in changes(made) if each[1] not in ("Ansvar", "Frist")] == [
        ("ins", "Svar innen to døgn."),
        ("del", "Svar innen to døgn."),
    ]


def test_the_table_of_contents_stays_a_field_that_word_can_update():
    old, new = guideline([("Formål", "Tekst."), ("Ansvar", "Tekst.")]), guideline([("Helt nytt", "Annen tekst.")])

    made = both_ways(old, new)

    turns = list(body(made).iter(f"{W}fldChar"))
    assert [turn.get(f"{W}fldCharType") for turn in turns] == ["begin", "separate", "end"]
    assert [turn for turn in turns if turn.getparent().getparent().tag != f"{W}p"] == []


def test_a_table_of_contents_on_one_side_only_goes_or_comes_whole():
    chapters = [("Formål", "Tekst."), ("Ansvar", "Tekst.")]
    old, new = guideline(chapters), guideline(chapters, contents=False)

    gone, come = both_ways(old, new), both_ways(new, old)

    for made, kind in ((gone, "del"), (come, "ins")):
        assert [turn.getparent().getparent().tag for turn in body(made).iter(f"{W}fldChar")] == [f"{W}{kind}"] * 3


def without_frame(data: bytes) -> bytes:
    """Return the document with its table of contents as bare paragraphs."""
    parts = parts_of(data)
    root = etree.fromstring(parts["word/document.xml"])
    for frame in list(root.iter(f"{W}sdt")):
        parent, at = frame.getparent(), frame.getparent().index(frame)
        parent[at : at + 1] = list(frame.find(f"{W}sdtContent"))
    return zipped({**parts, "word/document.xml": etree.tostring(root)})


def test_a_field_over_several_paragraphs_is_never_cut_in_two():
    long, other = [(f"Kapittel {number}", "Tekst.") for number in range(6)], [("Helt nytt", "Annet.")]
    old, new = without_frame(guideline(long)), without_frame(guideline(other))
    bare = guideline(other, contents=False)

    both, gone, come = both_ways(old, new), both_ways(old, bare), both_ways(bare, old)

    for made, home in ((both, "p"), (gone, "del"), (come, "ins")):
        assert [turn.getparent().getparent().tag for turn in body(made).iter(f"{W}fldChar")] == [f"{W}{home}"] * 3


def test_content_controls_leave_their_text_behind():
    file = Path(__file__).parents[2] / "templates" / "protokoll.docx"
    template = compile_template(file.read_bytes(), file.name, "protokoll")
    held, draft = [template.render(sample("protokoll", draft=draft), {}, "Protokoll") for draft in (False, True)]

    changed, same = both_ways(held, draft), both_ways(draft, draft)

    assert [root.find(f".//{W}sdt") is not None for root in map(body, (draft, changed, same))] == [True, False, False]


def test_headers_are_those_of_the_new_document():
    old, new = guideline([("A", "x")], version="1"), guideline([("A", "x")], version="2")

    made = compared(old, new)

    parts, wanted = parts_of(made), parts_of(new)
    headers = [name for name in wanted if name.startswith(("word/header", "word/footer"))]
    assert [parts[name] for name in headers] == [wanted[name] for name in headers]


def test_a_style_that_the_new_template_no_longer_has_comes_along():
    old, new = texts("> Gammelt sitat som er borte.\n\nTekst.", "Tekst.")
    parts = parts_of(new)
    root = etree.fromstring(parts["word/styles.xml"])
    root.remove(next(each for each in root.iter(f"{W}style") if each.get(f"{W}styleId") == "Quote"))
    without = zipped({**parts, "word/styles.xml": etree.tostring(root)})

    made = compared(old, without)

    assert faults_of_docx(made) == []
    assert content(rejected(made)) == content(parts_of(old))


def test_the_comparison_does_not_pass_for_the_document_but_for_an_untouched_comparison():
    old, new = texts("Gammel.", "Ny.")

    made = redline(old, new, properties={"dokumenttype": "endringer", "fra": "1", "til": "2"}, date=DATE)

    custom = etree.fromstring(parts_of(made)["docProps/custom.xml"])
    facts = {each.get("name"): each[0].text for each in custom}
    assert {name: value for name, value in facts.items() if name != PROPERTY} == {
        "dokumenttype": "endringer",
        "fra": "1",
        "til": "2",
    }
    assert is_untouched(made)
    assert not is_untouched(zipped({**parts_of(made), "word/document.xml": parts_of(new)["word/document.xml"]}))


def test_the_same_documents_give_the_same_bytes_in_every_process():
    program = """if True:
        import hashlib
        from tests.render.redline_documents import compared, texts
        made = compared(*texts("Gammel tekst[^1]\\n\\n1. en\\n\\n[^1]: note", "Ny tekst\\n\\n- to"))
        print(hashlib.sha256(made).hexdigest())
    """

    made = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }

    assert len(made) == 1


def test_two_links_to_one_address_that_are_gone_need_one_relationship():
    old, new = texts("[a](https://a.example) og [b](https://a.example)", "Ingenting igjen her.")

    made = both_ways(old, new)

    links = [link.get(f"{R}id") for link in body(made).iter(f"{W}hyperlink")]
    assert len(links) == 2
    assert len(set(links)) == 1
