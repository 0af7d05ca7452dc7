"""What is wrong with inputs that no single value tells: between keys, and between files."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from docgen.messages import _
from docgen.model.agenda import Numbers, numbers
from docgen.model.bad_value import BadValue
from docgen.model.case_number import NumberForm
from docgen.model.check_meeting import check_meeting
from docgen.model.check_references import check_references
from docgen.model.guideline import Guideline
from docgen.model.inputs import nearest
from docgen.model.library import Entry, Library
from docgen.model.mandate import Mandate
from docgen.model.meeting import Meeting
from docgen.model.organisation import Organisation
from docgen.model.record import Record
from docgen.model.version_log import Versioned, approval, check_log
from docgen.words import word_key, words

Exists = Callable[[str, str], bool]
"""Tells whether a file that an input (first) names (second) is there, inside the workspace."""


def check(library: Library, exists: Exists, record: Record | None = None) -> Numbers:
    """Tell every problem beside the entry it is about, and return the number of every case.

    `record` is what the register holds.
    """
    given = numbers(library, record)
    _check_identities(library)
    for entry in library.entries:
        if entry.seen is not None:
            _check_label(entry, library)
        match entry.seen:
            case Mandate() as mandate:
                _check_mandate(entry, mandate, library)
            case Guideline() as guideline:
                _check_guideline(entry, guideline, library)
            case Meeting() as meeting:
                check_meeting(entry, meeting, given[entry.file].numbers, library, exists)
            case Organisation() as organisation:
                _check_organisation(entry, organisation, library)
        if isinstance(entry.seen, Versioned):
            check_log(entry.seen.version_log, entry.tell)
            _check_approvers(entry, entry.seen, library)
    if record:
        check_references(library, record, given)
    return given


def _identity(entry: Entry) -> tuple[Hashable, str, str]:
    """Return what makes an input one of a kind, how people name it, and the field that says it."""
    match entry.seen:
        case Mandate(body=body):
            return ("mandat", body.casefold()), _("The mandate of {body}", body=body), "body"
        case Guideline() as one if one.number:
            return (entry.kind, one.number.casefold()), f"{entry.kind.capitalize()} {one.number}", "number"
        case Guideline() as one:
            return (entry.kind, one.title.casefold()), f"{entry.kind.capitalize()} «{one.title}»", "title"
        case Meeting(body=body, date=date) as one:
            start = one.time.start if one.time else None
            name = _("The meeting of {body} on {date}", body=body, date=date.isoformat())
            return ("møte", body.casefold(), date, start), name, "date"
        case Organisation(title=title):
            return ("organisering", title.casefold()), f"«{title}»", "title"
    return (entry.file,), entry.file, "type"


def _check_identities(library: Library) -> None:
    first: dict[Hashable, Entry] = {}
    for entry in library.entries:
        if entry.seen is None:
            continue
        key, name, field = _identity(entry)
        other = first.setdefault(key, entry)
        if other is not entry:
            for one, there in ((entry, other), (other, entry)):
                what = _("{name} stands in {file} too.", name=name, file=there.file)
                one.tell(
                    (field,), what, _("Keep one of the files, or give them different {field}.", field=_key(one, field))
                )


def _key(entry: Entry, field: str) -> str:
    return str(entry.where((field,)).path[-1])


def _check_label(entry: Entry, library: Library) -> None:
    written = entry.seen.sensitivity if entry.seen else None
    if written and library.house.label(written) is None:
        what = _("docgen.toml has no sensitivity label «{label}».", label=written)
        choices = ", ".join(label.name for label in library.house.labels)
        entry.tell(("sensitivity",), what, _("Write one of these: {choices}.", choices=choices))


def _check_mandate(entry: Entry, mandate: Mandate, library: Library) -> None:
    if mandate.numbering and mandate.numbering.form:
        try:
            NumberForm.by_example(mandate.numbering.form)
        except BadValue as bad:
            entry.tell(("numbering", "form"), bad.what, bad.fix)
    if mandate.numbering and mandate.numbering.start and not _is_positive(mandate.numbering.start):
        what = _("«{value}» is no number to begin with.", value=mandate.numbering.start)
        entry.tell(("numbering", "start"), what, _("Write a whole number from 1."))
    for key in mandate.words:
        if word_key(key) not in words("nb"):
            what = _("No document prints the word {key}.", key=key)
            near = nearest(word_key(key), words("nb"))
            fix = _("Did you mean {near}?", near=near) if near else _("The words are listed in docs/ord.md.")
            entry.tell(("words", key), what, fix)
    seen: set[str] = set()
    for at, member in enumerate(mandate.members):
        if member.name.casefold() in seen:
            what = _("{name} stands twice among the members.", name=member.name)
            entry.tell(("members", at), what, _("Keep one of them."), warning=True)
        seen.add(member.name.casefold())
    if mandate.parent and not library.mandate(mandate.parent):
        near = nearest(mandate.parent, [known.body for _entry, known in library.mandates.values()])
        if near:
            what = _("There is no body {body}.", body=mandate.parent)
            entry.tell(("parent",), what, _("Did you mean {near}?", near=near), warning=True)


def _is_positive(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4 and int(text) > 0


def _check_guideline(entry: Entry, guideline: Guideline, library: Library) -> None:
    if guideline.body and not library.mandate(guideline.body):
        entry.tell(("body",), *library.no_body(guideline.body))
    if entry.kind == "vedlegg":
        _check_attachment(entry, guideline, library)
        return
    for at, listed in enumerate(guideline.attachments):
        number, title = listed.split
        if not number:
            what = _("The attachment «{title}» has no number.", title=title)
            fix = _(
                "Write the number first, such as {number} {title}.",
                number=f"{guideline.number or 1}.{at + 1}",
                title=title,
            )
            entry.tell(("attachments", at), what, fix)
            continue
        there = library.guidelines.get(("vedlegg", number))
        if there is None:
            what = _("Vedlegg {number} is listed, and there is no input file for it.", number=number)
            fix = _("Make a file with type: vedlegg and nummer: {number}, or take it off the list.", number=number)
            entry.tell(("attachments", at), what, fix)
        elif title and there[1].title.casefold() != title.casefold():
            what = _(
                "Vedlegg {number} is called «{title}» in {file}.",
                number=number,
                title=there[1].title,
                file=there[0].file,
            )
            entry.tell(("attachments", at), what, _("Write the title alike in both places."))


def _check_attachment(entry: Entry, attachment: Guideline, library: Library) -> None:
    if not attachment.number:
        entry.tell(("number",), _("The attachment has no number."), _("Write nummer: such as 1.2, for guideline 1."))
        return
    owner = library.guidelines.get(("retningslinje", attachment.number.split(".")[0]))
    if owner and attachment.number not in [listed.split[0] for listed in owner[1].attachments]:
        what = _("{file} does not list vedlegg {number}.", file=owner[0].file, number=attachment.number)
        entry.tell(("number",), what, _("Add it to the list vedlegg: in that file."), warning=True)


def _check_approvers(entry: Entry, document: Versioned, library: Library) -> None:
    """Tell when docgen.toml or the mandates give this document to another body than the one that approved it."""
    name, may = _approvers(entry, document, library)
    for at, row in enumerate(document.version_log):
        body = approval(row.approved)[0] if row.approved else ""
        if body and may and not any(library.same_body(body, one) for one in may):
            what = _("{body} may not approve {document}.", body=body, document=name)
            fix = _("After docgen.toml and the mandates it is approved by {bodies}.", bodies=", ".join(may))
            entry.tell(("version_log", at, "approved"), what, fix)


def _approvers(entry: Entry, document: Versioned, library: Library) -> tuple[str, list[str]]:
    """Return what a document is called, and the bodies that may approve it; none when nothing is said of it.

    An attachment goes with its guideline. A mandate is ruled by its body's name, or all of them together.
    """
    match document:
        case Guideline(number=number):
            first = (number or "").split(".")[0]
            may = library.approvers("retningslinje", int(first)) if first.isdecimal() else []
            return f"{entry.kind} {number or document.title}", may
        case Mandate(body=body):
            return f"mandat {body}", library.approvers(f"mandat {body}", 0) or library.approvers("mandat", 0)
    return entry.kind, library.approvers(entry.kind, 0)


def _check_organisation(entry: Entry, organisation: Organisation, library: Library) -> None:
    for at, part in enumerate(organisation.bodies):
        mandate = library.mandate(part.body)
        if mandate is None:
            entry.tell(("bodies", at, "body"), *library.no_body(part.body))
            continue
        titles = {chapter.title.casefold(): chapter.title for chapter in mandate.chapters}
        for place, title in enumerate(part.chapters):
            if title.casefold() not in titles:
                what = _("The mandate of {body} has no chapter «{title}».", body=part.body, title=title)
                fix = _("Its chapters are {chapters}.", chapters=", ".join(titles.values()) or "–")
                entry.tell(("bodies", at, "chapters", place), what, fix)
    every = {c.title.casefold() for _entry, m in library.mandates.values() for c in m.chapters}
    for place, title in enumerate(organisation.take):
        if title.casefold() not in every:
            what = _("No mandate has a chapter «{title}».", title=title)
            entry.tell(("take", place), what, _("Write the title of the chapter as in the mandates."))
