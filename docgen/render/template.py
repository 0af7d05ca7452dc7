"""A compiled template: renders a document as strings and zipped bytes, without parsing any XML."""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from docgen.messages import _
from docgen.model.fingerprint import PROPERTY, fingerprint
from docgen.problems import Problem, TemplateError, Where
from docgen.render.filling import FAILURES, Unfit, careful_helpers, drawing_ids, escaped, fast_helpers
from docgen.render.pack import Package, fast_deflate
from docgen.render.properties import CORE, CUSTOM, core_properties, custom_properties

if TYPE_CHECKING:
    from docgen.render.look import Look
    from docgen.render.places import Place
    from docgen.render.story import Story

DEFLATE, CRC32 = fast_deflate()

Fill = Callable[..., list[str]]


class Filled:
    """A part that is filled in for each document. `fill` trusts the data; `careful` tells what does not fit.

    Their code is kept as `marshal` writes it, and made functions when it is first asked for: `careful` hardly ever is.
    """

    def __init__(self, name: str, fast: bytes, careful: bytes, places: tuple[Place, ...]) -> None:
        self.name = name
        self._codes = fast, careful
        self._places = places

    def __reduce__(self) -> tuple[type[Filled], tuple[object, ...]]:
        return Filled, (self.name, *self._codes, self._places)

    @cached_property
    def fill(self) -> Fill:
        return _function(self._codes[0], fast_helpers())

    @cached_property
    def careful(self) -> Fill:
        return _function(self._codes[1], careful_helpers())

    def place(self, line: int) -> Place | None:
        """Return the tag of a line in the Jinja source."""
        found = bisect_right([place.line for place in self._places], line)
        return self._places[found - 1] if found else None


def _function(code: bytes, helpers: dict[str, Any]) -> Fill:
    exec(marshal.loads(code), helpers)
    fill: Fill = helpers["fill"]
    return fill


def _story(look: Look, images: Mapping[str, bytes]) -> Story:
    from docgen.render.story import Story  # Markdown is loaded with it, for the first document only

    return Story(look, images)


def sealed(properties: Mapping[str, str], checksums: Iterable[tuple[str, int]]) -> tuple[str, bytes]:
    """Return the custom properties, with the fingerprint by which an edited document is known."""
    return CUSTOM, custom_properties({**properties, PROPERTY: fingerprint(checksums)}).encode()


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A template, ready to make documents: see compile_template.

    `digest` is the SHA-256 of the Word file. `uses` are the names of the context that its tags ask for, for the printed
    words each by itself, as `ord.saksliste`, and the names of the parts that they ask anything for, as `.tittel`: a
    document is the same as long as these hold the same.
    """

    name: str
    kind: str | None
    digest: str
    uses: frozenset[str]
    parts: tuple[Filled, ...]
    packages: Mapping[str, Package]
    look: Look

    def __reduce__(self) -> tuple[Callable[[bytes], Template], tuple[bytes]]:
        from docgen.render.keeping import for_pickle, from_pickle

        return from_pickle, (for_pickle(self),)

    def render(
        self,
        context: Mapping[str, Any],
        properties: Mapping[str, str],
        title: str,
        language: str = "nb-NO",
        images: Mapping[str, bytes] | None = None,
        owner: str = "",
    ) -> bytes:
        """Return the docx for `context`. The same arguments give the same bytes.

        `properties` become the document's custom properties, `language` is nb-NO or nn-NO, `images` the files that its
        Markdown shows. Raises TemplateError when a tag asks for what the context does not have or can't print.
        """
        package = self.packages[language]
        try:
            made = self._made(context, images or {}, careful=False)
        except FAILURES:
            made = self._carefully_made(context, images or {})
        made[CORE] = core_properties(title, language, owner).encode()
        return package.joined(made, DEFLATE, CRC32, partial(sealed, properties))

    def _made(self, context: Mapping[str, Any], images: Mapping[str, bytes], *, careful: bool) -> dict[str, bytes]:
        story = _story(self.look, images)
        made: dict[str, bytes] = {}
        next_id = drawing_ids()
        for part in self.parts:
            fill = part.careful if careful else part.fill
            made[part.name] = escaped(fill(context, [], story.blocks, story.runs, next_id)).encode()
        return story.parts() | made

    def _carefully_made(self, context: Mapping[str, Any], images: Mapping[str, bytes]) -> dict[str, bytes]:
        """Render again with every step checked: the parts (for numbers, say), or the problem."""
        story = _story(self.look, images)
        made: dict[str, bytes] = {}
        next_id = drawing_ids()
        for part in self.parts:
            try:
                pieces = part.careful(context, [], story.blocks, story.runs, next_id)
            except Unfit as unfit:
                raise TemplateError(self._problem(part, unfit)) from None
            made[part.name] = escaped(pieces).encode()
        return story.parts() | made

    def _problem(self, part: Filled, unfit: Unfit) -> Problem:
        place = part.place(unfit.line)
        tag, sentence = (place.tag, place.sentence) if place else (part.name, "")
        if unfit.why == "unknown":
            from docgen.render.shapes import nearest

            what = _("The tag {tag} asks for {name}, which does not exist.", tag=tag, name=unfit.name)
            fix = nearest(unfit.name, dict.fromkeys(unfit.known), unfit.known)
        elif unfit.why == "empty":
            what = _("The tag {tag} asks for {name} of something that is not there.", tag=tag, name=unfit.name)
            fix = _("Put it between {open} and {close}.", open="{%p if … %}", close="{%p endif %}")
        elif unfit.why == "no list":
            what = _("The tag {tag} goes through something that is not a list.", tag=tag)
            fix = _("Use {right} to print something only when it is there.", right="{%p if … %}")
        elif unfit.why == "endless":
            what = _("The loops of the template would go on almost without end, at last in {tag}.", tag=tag)
            fix = _("Do not put a loop inside another unless it goes through a part of it, as sak.felt in sak.")
        else:
            what = _("The tag {tag} would print something that is not text.", tag=tag)
            fix = _("Print one of its parts, or use it in {right} only.", right="{% if … %}")
        return Problem(f"{what} {sentence}".rstrip(), fix, Where(self.name))
