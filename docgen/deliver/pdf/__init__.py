"""Documents to PDF that archives accept and everyone can read. `finishing` tells what a PDF claims to be."""

from docgen.deliver.pdf.about import Claims, is_by_office
from docgen.deliver.pdf.at_hand import AtHand, at_hand, tried
from docgen.deliver.pdf.converter import Converter
from docgen.deliver.pdf.document import Document

__all__ = ["AtHand", "Claims", "Converter", "Document", "at_hand", "is_by_office", "tried"]
