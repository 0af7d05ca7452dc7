"""What a pack claims to be is true, as two validators of different houses and we see it, and it claims no more."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import page
import pdfua
import pytest
from page import ValidationProfile
from pikepdf import Array, Name, Object, Pdf
from PIL import Image

from docgen.deliver.pack.merged import merged
from docgen.deliver.pack.parts import Fault, Part
from docgen.deliver.pdf import Converter, Document
from tests.pack.samples import INFO, bytes_of, part, plain
from tests.pack.test_papers import meeting
from tests.pdf.inspection import (
    active_content,
    fonts,
    headings,
    links,
    marked_content,
    pictures,
    structure,
    tables,
)


@pytest.fixture(scope="module")
def parts(papers: Path) -> list[Part]:
    return meeting(papers)


def faults(data: bytes, profile: ValidationProfile, folder: Path) -> list[str]:
    file = folder / "pack.pdf"
    file.write_bytes(data)
    return [f"{fault.rule_id}: {fault.message}" for fault in page.validate_pdf(str(file), profile=profile).failures]


def without_tags(part: Part, is_honest: bool = True) -> Part:
    """The part as a PDF/A-2b without tags, which it says of itself if it is honest."""
    with Pdf.open(part.data) as pdf:
        del pdf.Root.StructTreeRoot
        del pdf.Root.MarkInfo
        said = pdf.Root.Metadata.read_bytes().decode()
        said = said.replace("<pdfaid:conformance>A<", "<pdfaid:conformance>B<").replace(
            "<pdfuaid:part>1</pdfuaid:part>", ""
        )
        if is_honest:
            pdf.Root.Metadata = pdf.make_stream(said.encode(), Type=Name.Metadata, Subtype=Name.XML)
        return replace(part, data=bytes_of(pdf))


def with_other_colours(part: Part) -> Part:
    with Pdf.open(part.data) as pdf:
        profile = pdf.Root.OutputIntents[0].DestOutputProfile
        profile.write(profile.read_bytes()[:-1] + b"\x01")
        return replace(part, data=bytes_of(pdf))


def test_a_pack_of_parts_that_archives_accept_and_everyone_can_read_is_so_too(parts, tmp_path):
    pack = merged(parts, INFO)

    assert pack.conformance == ("PDF/A-2a", "PDF/UA-1")
    assert faults(pack.pdf, ValidationProfile.PDF_A_2A, tmp_path) == []
    assert faults(pack.pdf, ValidationProfile.PDF_UA_1, tmp_path) == []


def test_a_file_that_paints_beside_its_tags_takes_the_claim_away_whatever_it_says(parts, tmp_path):
    lined = tmp_path / "linjer.pdf"
    with Pdf.open(parts[1].data) as pdf:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(b"".join(each.read_bytes() for each in contents(page)) + b"\n9 9 m 99 9 l S")
        pdf.save(lined)

    pack = merged([parts[0], replace(parts[1], data=lined)], INFO)

    assert faults(pack.pdf, ValidationProfile.PDF_UA_1, tmp_path) != []
    assert pack.conformance == ("PDF/A-2u",)


def contents(page: Object) -> list[Object]:
    return page.Contents.as_list() if isinstance(page.Contents, Array) else [page.Contents]


def test_so_is_one_with_empty_pages_and_a_page_of_what_is_missing(parts, tmp_path):
    pack = merged([*parts, part(b"", "Vedlegg som er borte")], replace(INFO, duplex=True))

    assert [one.fault for one in pack.missing] == [Fault.BROKEN]
    assert pack.conformance == ("PDF/A-2a", "PDF/UA-1")
    assert faults(pack.pdf, ValidationProfile.PDF_A_2A, tmp_path) == []
    assert faults(pack.pdf, ValidationProfile.PDF_UA_1, tmp_path) == []


def test_pdfua_finds_in_the_pack_what_it_finds_in_the_parts_and_nothing_more(parts, tmp_path):
    file = tmp_path / "pack.pdf"
    file.write_bytes(merged(parts, INFO).pdf)

    found = Counter(finding.rule_id for finding in pdfua.validate(str(file)).findings)

    assert found == sum(
        (Counter(finding.rule_id for finding in pdfua.validate(str(one.data)).findings) for one in parts), Counter()
    )


def test_we_find_nothing_in_the_pack(parts):
    with Pdf.open(io.BytesIO(merged(parts, INFO).pdf)) as pack:
        checks = (structure, marked_content, headings, pictures, tables, links, fonts, active_content)

        assert [fault for check in checks for fault in check(pack)] == []


def test_with_a_part_that_has_no_tags_the_pack_claims_to_be_readable_by_machines_only(parts, tmp_path):
    pack = merged([parts[0], without_tags(parts[1])], INFO)

    assert pack.conformance == ("PDF/A-2b",)
    assert faults(pack.pdf, ValidationProfile.PDF_A_2B, tmp_path) == []


def test_a_part_that_claims_tags_and_has_none_does_not_make_the_pack_claim_them(parts):
    pack = merged([parts[0], without_tags(parts[1], is_honest=False)], INFO)

    assert pack.conformance == ("PDF/A-2b",)


def test_with_a_part_that_claims_nothing_the_pack_claims_nothing(parts):
    pack = merged([parts[0], part(plain())], INFO)

    assert pack.conformance == ()
    with Pdf.open(io.BytesIO(pack.pdf)) as pdf:
        said = pdf.Root.Metadata.read_bytes()
        assert b"pdfaid" not in said
        assert b"pdfuaid" not in said
        assert "/OutputIntents" not in pdf.Root


def test_parts_that_mean_different_colours_are_no_archive_file_together(parts, tmp_path):
    pack = merged([parts[0], with_other_colours(parts[1])], INFO)

    assert pack.conformance == ("PDF/UA-1",)
    assert faults(pack.pdf, ValidationProfile.PDF_UA_1, tmp_path) == []


def test_a_picture_that_tells_its_own_colours_goes_with_the_others(parts, tmp_path):
    drawn = Image.new("RGB", (300, 200), "green")
    target = io.BytesIO()
    drawn.save(target, "PNG")
    with Converter(1) as converter:
        ((_key, made),) = converter.convert([(1, Document("kart.png", target.getvalue(), "nb", "Kart"))])

    pack = merged([part(made, "Kart"), *parts], INFO)

    assert pack.conformance == ("PDF/A-2a", "PDF/UA-1")
    assert faults(pack.pdf, ValidationProfile.PDF_A_2A, tmp_path) == []
    assert faults(pack.pdf, ValidationProfile.PDF_UA_1, tmp_path) == []
    assert merged([part(made, "Kart")], INFO).conformance == ("PDF/UA-1",)


def test_a_part_that_had_to_be_changed_takes_its_claim_away(parts):
    with Pdf.open(parts[1].data) as pdf:
        pdf.pages[0].obj.AA = {"/O": {"/S": Name.JavaScript, "/JS": "x"}}
        changed = replace(parts[1], data=bytes_of(pdf))

    assert merged([parts[0], changed], INFO).conformance == ()
