"""How the inputs stand against what has been approved, and the documents as they were approved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from docgen.messages import _
from docgen.model.agenda import Numbers
from docgen.model.content import Parts, apart, meeting_parts, parts
from docgen.model.document import Document
from docgen.model.documents import AsApproved
from docgen.model.editions import Standing, document_name, log_lines, standing
from docgen.model.library import Entry, Library, entry
from docgen.model.mandate import Mandate
from docgen.model.meeting import Meeting
from docgen.model.organisation import Organisation
from docgen.model.record import Edition, Record
from docgen.model.version_log import Versioned
from docgen.problems import InputError
from docgen.read import read
from docgen.register import Register
from docgen.run.inputs import Inputs
from docgen.source import source_name


@dataclass(slots=True)
class Approvals:
    """By input file: how it stands, what it is made of instead of its own text, and what a draft is compared with."""

    standings: dict[str, Standing] = field(default_factory=dict)
    as_approved: dict[str, AsApproved] = field(default_factory=dict)
    before: dict[str, AsApproved] = field(default_factory=dict)
    pictures_before: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """The pictures of the editions that drafts are compared with."""
    kept: dict[str, Kept] = field(default_factory=dict)
    """Documents of editions in force that the input can't make now, by path from output/."""


class Kept(NamedTuple):
    """A frozen document: the input it belongs to, its kind, and the digest of its bytes."""

    input: str
    kind: str
    digest: str


def approvals(inputs: Inputs, numbers: Numbers, record: Record, register: Register | None) -> Approvals:
    """Return how every input stands, and tell beside it what may not be."""
    found = Approvals()
    library = inputs.library
    names = {document_name(one, one.value).casefold() for one in library.entries if one.value}
    names |= library.elsewhere.names
    # Mandates first: an organisation document says what those that are in force say.
    for one in sorted(library.entries, key=lambda entry: not isinstance(entry.value, Mandate)):
        if one.value is None or not isinstance(one.value, Versioned | Meeting):
            continue
        editions = _editions(one, one.value, numbers, record)
        if not editions and not log_lines(one.value):
            continue
        there = None if editions else record.edition_from(source_name(one.file))
        if there and there.document.casefold() not in names and not there.meeting:
            _tell_renamed(one, one.value, there)
        shown = {name: _digest(file) for name, file in inputs.shown[one.file].items()}
        content = partial(_content, one.file, one.value, library, numbers, shown)
        how = found.standings[one.file] = standing(
            one, one.value, editions, content, is_same=bool(editions) and _is_same(one, editions[-1], inputs, shown)
        )
        if register and isinstance(one.value, Mandate) and (how.is_draft or not how.is_right):
            _keep_in_force(one.value, how, register, library)
        if register and how.in_force:
            _as_approved(one, one.value, how, how.in_force, inputs, register, found)
    return found


def _editions(one: Entry, document: Document, numbers: Numbers, record: Record) -> tuple[Edition, ...]:
    """Return the editions of a document; those of minutes are found by the meeting, whose date may have changed."""
    if not isinstance(document, Meeting):
        return record.editions_of(document_name(one, document))
    known = numbers[one.file].meeting
    return record.minutes(known.number) if known else ()


def _content(file: str, document: Document, library: Library, numbers: Numbers, shown: Mapping[str, str]) -> Parts:
    from docgen.render.meaning import meaning  # the Markdown parser takes long to load, and few builds compare

    if isinstance(document, Meeting):
        return meeting_parts(document, numbers[file], library.form(document.body), meaning, shown)
    return parts(document, library, meaning, shown)


def _digest(file: Path) -> str:
    """Return the digest of a picture; of one that has just gone, none: the document then says that it is missing."""
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _is_same(one: Entry, edition: Edition, inputs: Inputs, shown: Mapping[str, str]) -> bool:
    """Return whether all that the document's content comes from is byte for byte what was approved."""
    if dict(edition.pictures) != shown or not edition.inputs:
        return False
    own, *others = edition.inputs
    if isinstance(one.value, Organisation) and not _are_same(others, inputs):
        return False
    return own[1] == inputs.digests[one.file]


def _are_same(named: list[tuple[str, str]], inputs: Inputs) -> bool:
    return all(inputs.digests.get(name) == digest for name, digest in named)


def _as_approved(
    one: Entry,
    document: Document,
    how: Standing,
    in_force: Edition,
    inputs: Inputs,
    register: Register,
    found: Approvals,
) -> None:
    """Note what to make the document of, when not of the inputs as they are now."""
    now = not (how.is_draft or how.new or how.is_unseen) and how.is_right
    own, *others = in_force.inputs or (("", ""),)
    if now and one.is_right and (not own[1] or (own[1] == inputs.digests[one.file] and _are_same(others, inputs))):
        return
    if not (now and one.is_right) and not how.new and not how.is_unseen:
        kind = in_force.document.partition(" ")[0]
        found.kept |= {name: Kept(one.file, kind, digest) for name, digest in in_force.made}
    if not own[1] or how.is_unseen or (now and not one.is_right):
        return
    approved = frozen(in_force, register, inputs.library, document if now else None)
    if approved is None:
        return
    if now:
        found.as_approved[one.file] = approved
    elif how.is_draft:
        found.before[one.file] = approved
        found.pictures_before[one.file] = {name: register.file(digest) for name, digest in in_force.pictures}


def _keep_in_force(mandate: Mandate, how: Standing, register: Register, library: Library) -> None:
    """Let other documents print the mandate as it was last approved and seen, with the members of today."""
    seen = next((edition for edition in reversed(how.editions) if edition.inputs), None)
    approved = frozen(seen, register, library) if seen else None
    if approved and isinstance(approved[0], Mandate):
        living = {name: getattr(mandate, name) for name in apart(Mandate)}
        library.in_force[mandate.body.casefold()] = approved[0].model_copy(update=living)


def frozen(edition: Edition, register: Register, library: Library, now: Document | None = None) -> AsApproved | None:
    """Return an edition's document and the other inputs as they were approved, or None when it was never seen.

    What is no content (the language, the label, the members of a body) is taken from the document as it is `now`.
    """
    entries = list(_frozen_entries(edition, register))
    if not entries or entries[0].value is None or entries[0].file != edition.inputs[0][0]:
        return None
    document = entries[0].value
    if now is not None:
        document = document.model_copy(update={name: getattr(now, name) for name in apart(type(now))})
        entries[0].value = document
    return document, Library(entries, library.house)


def _frozen_entries(edition: Edition, register: Register) -> Iterator[Entry]:
    """Give the inputs of an edition, its own first. One that today's docgen can't read is passed over."""
    for name, digest in edition.inputs:
        try:
            yield entry(read(name, register.file(digest)))
        except InputError:
            continue


def _tell_renamed(one: Entry, document: Document, there: Edition) -> None:
    """Tell that a file was another document until now, whose approved versions would be lost from sight."""
    loc = ("number",) if "number" in type(document).model_fields else ("title",)
    what = _(
        "This file was «{document}», with the approved version {version}, and is now «{now}».",
        document=there.document,
        version=there.version,
        now=document_name(one, document),
    )
    fix = _("Write it as it was. For another document, make a new file and put this one back.")
    one.tell(loc if not isinstance(document, Mandate) else ("body",), what, fix)


def related(one: Entry, library: Library) -> list[str]:
    """Return the files that a document takes facts from, its own first."""
    found = [one.file]
    mandates = {body: there.file for body, (there, _mandate) in library.mandates.items()}
    match one.value:
        case Mandate(parent=parent):
            found += [mandates[parent.casefold()]] if parent and parent.casefold() in mandates else []
        case Meeting() | Organisation():
            found += mandates.values()
        case _:
            body = getattr(one.value, "body", None)
            found += [mandates[body.casefold()]] if body and body.casefold() in mandates else []
            first = (getattr(one.value, "number", None) or "").split(".")[0]
            found += [
                there.file
                for (_kind, number), (there, _guideline) in library.guidelines.items()
                if first and number.split(".")[0] == first
            ]
    return list(dict.fromkeys(found))
