"""A status page as a reader meets it: its words, its headings and its links."""

import re

from lxml import html

from docgen.deliver.status_page import status_page


class Page:
    """A status page, parsed."""

    def __init__(self, status):
        self.bytes = status_page(status)
        self.root = html.document_fromstring(self.bytes.decode())

    def text(self, xpath="//body"):
        """Return the words of what `xpath` finds, with single spaces."""
        blocks = [" ".join(found.xpath(".//text()")) for found in self.root.xpath(xpath)]
        return re.sub(r"\s+", " ", " ".join(blocks)).strip()

    def part(self, heading):
        """Return the words of the section with this heading."""
        return self.text(f"//section[h2={heading!r}]")

    def headings(self):
        return [" ".join(found.text_content().split()) for found in self.root.xpath("//h1 | //h2")]

    def links(self):
        """Return the address of each link by its words; those within the page are left out."""
        found = self.root.xpath("//main//a[not(starts-with(@href, '#'))]")
        return {link.text_content(): link.get("href") for link in found}
