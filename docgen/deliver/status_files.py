"""Every input with its documents, folder by folder, as a part of the status page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from docgen.deliver.markup import folded, link, mark, paragraph, short_link, text
from docgen.deliver.status_words import day, kind_of_input, number
from docgen.messages import _, many
from docgen.model.status import Document, InputStatus, Status

_OPEN = 40
"""A workspace of so many inputs is shown with all its folders open."""


def all_files(status: Status) -> Iterator[str]:
    """Give every input with links to its documents, folder by folder."""
    if not status.inputs:
        yield paragraph(_("There are no inputs yet. docgen new møte makes the first one."))
    folders: defaultdict[str, list[InputStatus]] = defaultdict(list)
    for one in status.inputs:
        folders[one.file.rpartition("/")[0]].append(one)
    # Said once: a page of 10,000 inputs would otherwise look them all up again and again.
    marks = _marks()
    for folder, there in folders.items():
        yield folded(
            _summary(folder, there, status),
            _files(there, marks, status),
            is_open=len(status.inputs) <= _OPEN,
        )


def _marks() -> dict[str, str]:
    """Return the mark of each state that is not as it should be, of inputs and of documents."""
    return {
        "refused": mark("wrong", _("must be mended")),
        "asked": mark("wait", _("waits for your answer")),
        "settling": mark("wait", _("is being saved")),
        "beside": mark("wait", _("beside an edited one")),
        "held": mark("wait", _("beside one that is open")),
        "failed": mark("wrong", _("not made")),
        "provisional": mark("draft", _("provisional case numbers")),
    }


def _summary(folder: str, files: Sequence[InputStatus], status: Status) -> str:
    """Return what stands on a folder when it is folded: its name, how many files, and what is wrong with them."""
    count = number(len(files), status.language)
    told = f"<strong>{text(folder)}</strong> – " + text(many("{shown} file", "{shown} files", len(files), shown=count))
    wrong = sum(one.state in ("refused", "asked") for one in files)
    if not wrong:
        return told
    return f"{told} " + mark("wrong", many("{count} not in order", "{count} not in order", wrong))


def _files(files: Sequence[InputStatus], marks: dict[str, str], status: Status) -> str:
    items = "".join(f"\n<li>{_file(one, marks, status)}</li>" for one in files)
    return f'<ul class="files">{items}\n</ul>'


def _file(one: InputStatus, marks: dict[str, str], status: Status) -> str:
    """Return an input: its title, what it is, its file, how it stands, and its documents."""
    name = one.file.rpartition("/")[2]
    facts = (kind_of_input(one.kind), one.body, day(one.date, status.language), name if one.title else "")
    told = f"<strong>{text(one.title or name)}</strong>"
    if one.state in marks:
        told += f" {marks[one.state]}"
    quiet = " · ".join(text(fact) for fact in facts if fact)
    told = f'<p>{told}</p><p class="quiet">{quiet}</p>' if quiet else f"<p>{told}</p>"
    if not one.documents:
        return told
    documents = "".join(f"<li>{_document(document, marks, status.folder)}</li>" for document in one.documents)
    return f"{told}<ul>{documents}</ul>"


def _document(document: Document, marks: dict[str, str], folder: str) -> str:
    """Return a link to a document. One that was not made has none, since there may be nothing there."""
    failed = document.state == "failed"
    told = text(document.file.rpartition("/")[2]) if failed else link(document.file, folder)
    if document.pdf and not failed:
        told += f" · {short_link(document.pdf, folder, 'PDF')}"
    if document.state in marks:
        told += f" {marks[document.state]}"
    return f"{told} {marks['provisional']}" if document.provisional else told
