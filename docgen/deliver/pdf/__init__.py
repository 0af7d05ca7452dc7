"""Documents to PDF that archives accept and everyone can read."""

from docgen.deliver.pdf.at_hand import AtHand, at_hand
from docgen.deliver.pdf.converter import Converter
from docgen.deliver.pdf.document import Document
from docgen.deliver.pdf.finishing import conformance
from docgen.deliver.pdf.metadata import Claims
from docgen.deliver.pdf.without_office import is_without_office

__all__ = ["AtHand", "Claims", "Converter", "Document", "at_hand", "conformance", "is_without_office"]
