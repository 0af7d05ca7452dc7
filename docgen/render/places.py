"""Where a tag stands in a template, told so that a person finds it in Word."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.messages import _


@dataclass(frozen=True, slots=True)
class Place:
    """A tag: where it begins in the Jinja source, itself, and the text of its paragraph in a part of some kind.

    A template is kept for runs in another language, so the sentence is made when it is told.
    """

    line: int
    tag: str
    kind: str
    text: str

    @property
    def sentence(self) -> str:
        return sentence(self.kind, self.text)


def sentence(kind: str, text: str) -> str:
    """Return a sentence that says where the paragraph with `text` is; `kind` is the root's name, as `hdr`."""
    if kind == "hdr":
        return _("It stands in the header, in the paragraph «{text}».", text=text)
    if kind == "ftr":
        return _("It stands in the footer, in the paragraph «{text}».", text=text)
    if kind in ("footnotes", "endnotes"):
        return _("It stands in the note «{text}».", text=text)
    return _("It stands in the paragraph «{text}».", text=text)
