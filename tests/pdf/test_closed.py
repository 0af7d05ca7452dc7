"""Nothing in an attachment's package leads out of it, and what does not lead out stays as it was."""

from __future__ import annotations

import io
import zipfile

import pytest

from docgen.deliver.pdf.closed import NotClosedError, closed
from docgen.deliver.pdf.drawing import NoDrawingError, drawing
from tests.pdf.packing import open_document, zipped

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def odt(body: str) -> bytes:
    return open_document("text", body)


def text(package: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(package)).read("content.xml").decode()


@pytest.mark.parametrize(
    "address",
    [
        "http://example.no/a.png",
        "file:///etc/passwd",
        "/etc/passwd",
        "../../hemmelig.png",
        "Pictures/../../../hemmelig.png",
        "&#102;ile:///etc/passwd",
        "C:\\hemmelig.png",
        "vnd.sun.star.script:a",
    ],
)
@pytest.mark.parametrize(
    "form", ['xlink:href="{}"', "xlink:href = '{}'", 'x:href="{}"', 'title="&gt;>" xlink:href="{}"']
)
def test_a_link_out_of_the_package_is_gone(address, form):
    package = odt(f"<text:p><draw:image {form.format(address)} xlink:show='embed'/>Hei</text:p>")

    made = text(closed(package))

    assert "href" not in made
    assert "xlink:show='embed'/>Hei" in made


@pytest.mark.parametrize("address", ["Pictures/100.png", "./Object 1", "#Tabell1", ""])
def test_a_link_within_the_package_stays(address):
    package = odt(f'<draw:image xlink:href="{address}"/>')

    assert closed(package) is package


def test_a_link_for_the_reader_stays():
    package = odt('<text:p><text:a xlink:href="https://example.no/?a=1">se her</text:a></text:p>')

    assert closed(package) is package


def test_a_package_that_may_be_read_in_two_ways_is_refused():
    with_names = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "file:///etc/passwd">]><a/>'
    for content in (with_names, "<a/>".encode("utf-16")):
        with pytest.raises(NotClosedError):
            closed(zipped({"META-INF/manifest.xml": "<a/>", "content.xml": content}))
    with pytest.raises(NotClosedError):
        closed(b"PK\x03\x04 og resten mangler")


@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf", b"<?xml version='1.0'?><!-- svg -->"])
def test_a_drawing_in_a_package_leads_nowhere(head):
    drawn = head + f'<svg xmlns="http://www.w3.org/2000/svg" {XLINK}><image xlink:href="file:///a.png"/></svg>'.encode()
    package = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>", "word/media/a.png": drawn})

    made = zipfile.ZipFile(io.BytesIO(closed(package)))

    assert b"file:" not in made.read("word/media/a.png")
    assert made.namelist() == zipfile.ZipFile(io.BytesIO(package)).namelist()


def test_a_packed_drawing_is_emptied():
    package = zipped({"word/document.xml": "<a/>", "word/media/a.svgz": b"\x1f\x8b og resten"})

    assert b"<svg" in zipfile.ZipFile(io.BytesIO(closed(package))).read("word/media/a.svgz")


def svg(body: str, head: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {XLINK} {head}>{body}</svg>'.encode()


@pytest.mark.parametrize(
    "body",
    [
        '<image href="http://example.no/a.png"/>',
        '<image xlink:href="../a.png"/>',
        '<image href="data:image/svg+xml,%3Csvg/%3E"/>',
        '<rect style="fill: url( http://example.no/a#b )"/>',
        "<rect fill=\"url('file:///a#b')\"/>",
        "<style>@import url(http://example.no/a.css); a { src: url(file:///a) }</style>",
        "<script>hent('http://example.no')</script>",
        "<rect onload=\"hent('http://example.no')\"/>",
    ],
)
def test_what_leads_out_of_a_drawing_is_gone(body):
    made, _width, _height = drawing(svg(body))

    assert b"example.no" not in made
    assert b"file:" not in made
    assert b".." not in made
    assert b"svg+xml" not in made


def test_what_stays_within_a_drawing_stays():
    body = '<use href="#a" /><rect fill="url(#b)" /><image href="data:image/png;base64,AAAA" />'

    made, _width, _height = drawing(svg(body))

    assert body in made.decode()


@pytest.mark.parametrize(
    ("head", "inches"),
    [
        ('width="96" height="48"', (1, 0.5)),
        ('width="25.4mm" height="2.54cm"', (1, 1)),
        ('width="72pt" viewBox="0 0 20 10"', (1, 0.5)),
        ('width="100%" height="100%" viewBox="0 0 192 96"', (2, 1)),
        ('viewBox="0 0 -5 0"', (3.125, 1.5625)),
        ("", (3.125, 1.5625)),
    ],
)
def test_a_drawing_is_as_large_as_it_says(head, inches):
    _svg, width, height = drawing(svg("", head))

    assert (width, height) == pytest.approx(inches)


@pytest.mark.parametrize("content", [b"", b"hei", b"<html/>", b"<svg/>", b"<svg"])
def test_what_is_no_drawing_is_none(content):
    with pytest.raises(NoDrawingError):
        drawing(content)
