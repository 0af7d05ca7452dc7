"""The status page: one static HTML file that shows how a workspace stands. Nothing is fetched; it works from a disk."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from docgen.deliver.markup import heading, link, listed, paragraph, section, section_in_pieces, text
from docgen.deliver.status_files import all_files
from docgen.deliver.status_problems import Faulty, faulty_files, mended_first, problem_groups, what_is_asked
from docgen.deliver.status_words import day_and_time, moment, number, stage
from docgen.messages import _, many
from docgen.model.dates import Language
from docgen.model.status import Coming, Document, Status

PAGE = "Status.html"

_LOOKED = re.compile(rb"<!--looked-->.*?<!--/looked-->", re.DOTALL)


def status_page(status: Status) -> bytes:
    """Return the page, which is to lie in `status.folder` as PAGE. The same status gives the same bytes."""
    # A name that is no text at all (Linux only) is shown with question marks. Of 10,000 inputs the page is of several
    # megabytes, and twice or four times as large as text: so its parts are made into bytes one by one.
    return b"\n".join(part.encode("utf-8", "replace") for part in _parts(status))


def _parts(status: Status) -> Iterator[str]:
    faulty = faulty_files(status)
    skip, what = _("Go to the content"), _("Status of the documents")
    yield _head(status)
    yield f'<a class="skip" href="#innhold">{text(skip)}</a>'
    yield f"<header>\n<h1><small>{text(what)}</small> {text(status.owner)}</h1>"
    yield _looked(status.looked, status.language, watching=status.watching)
    yield '</header>\n<main id="innhold" tabindex="-1">'
    yield _counts(status, faulty)
    yield from _sections(status, faulty)
    yield "</main>\n<footer>"
    yield paragraph(_("docgen makes this page anew when it has looked at the files."))
    yield "</footer>"
    yield f"<script>{_resource('status.js')}</script>\n</body>\n</html>\n"


def looked_again(page: bytes, looked: datetime, language: Language, *, watching: bool) -> bytes | None:
    """Return a page on which nothing has changed but when docgen last looked; None for what is no such page.

    For a look that finds nothing to do: to make the page of 10,000 inputs anew takes much longer.
    """
    told = _looked(looked, language, watching=watching).encode()
    changed, times = _LOOKED.subn(lambda _match: told, page, count=1)
    return changed if times else None


def _head(status: Status) -> str:
    script, style = _resource("status.js"), _resource("status.css")
    title = _("Status of the documents – {owner}", owner=status.owner)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hashed(style)}",
            f"script-src {_hashed(script)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return f"""<!DOCTYPE html>
<html lang="{status.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>"""


@cache
def _resource(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _hashed(inline: str) -> str:
    """Return how a content security policy allows just this inline script or style."""
    return f"'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}'"


def _looked(looked: datetime, language: Language, *, watching: bool) -> str:
    """Return when docgen last looked, and the warning that the script shows when that is long ago."""
    if watching:
        state = _("Under way. Files that are saved are looked at by themselves.")
        late = _(
            "docgen has not looked for over five minutes, or this page is an old one. Show it again. "
            "If this still stands here, the watching has stopped: start it again with docgen watch."
        )
        judge = _("Is it more than five minutes ago? Show the page again. If it still is, the watching has stopped.")
    else:
        state = _("Not under way. Files that are saved are looked at when somebody runs docgen.")
        late = _("docgen has not looked for over five minutes. What has been saved since then does not show here.")
        judge = _("What has been saved since then does not show here.")
    last, watch, again = _("docgen last looked"), _("Watching"), _("Show the page again")
    return f"""<!--looked--><dl>
<dt>{text(last)}</dt>
<dd><time id="looked" datetime="{looked.isoformat(timespec="seconds")}">{text(moment(looked, language))}</time></dd>
<dt>{text(watch)}</dt>
<dd>{text(state)}</dd>
</dl>
<div id="late" class="late" role="alert" hidden>{paragraph(late)}</div>
<noscript>{paragraph(judge)}</noscript>
<p class="again"><a href="{PAGE}">{text(again)}</a></p><!--/looked-->"""


def _counts(status: Status, faulty: Faulty) -> str:
    """Return how many there are of each thing, with links to them."""
    states = [one.state for one in status.inputs]
    documents = [document.state for one in status.inputs for document in one.documents if document.state != "failed"]
    asked, settling = states.count("asked"), states.count("settling")
    beside = documents.count("beside") + documents.count("held")
    wrong, noted, left = len(faulty.wrong), len(faulty.noted), len(status.left)
    tiles = (
        ("filer", "all", len(states), many("file in the workspace", "files in the workspace", len(states))),
        ("filer", "all", len(documents), many("finished document", "finished documents", len(documents))),
        ("rett", "wrong", wrong, many("file must be mended", "files must be mended", wrong)),
        ("svar", "wait", asked, many("file waits for your answer", "files wait for your answer", asked)),
        ("venter", "wait", settling, many("file is being saved", "files are being saved", settling)),
        ("beside", "wait", beside, many("new document beside the old", "new documents beside the old", beside)),
        ("igjen", "wait", left, many("document without its file", "documents without their files", left)),
        ("merk", "all", noted, many("file with a note", "files with notes", noted)),
    )
    items = (
        f'\n<li><a class="{kind}" href="#{anchor}">'
        f"<strong>{number(count, status.language)}</strong> {text(words)}</a></li>"
        for anchor, kind, count, words in tiles
        if count or anchor == "filer"
    )
    name = _("In short")
    return f'<nav aria-label="{escape(name)}">\n<ul class="counts">{"".join(items)}\n</ul>\n</nav>'


def _sections(status: Status, faulty: Faulty) -> Iterator[str]:
    asked = [one for one in status.inputs if one.state == "asked"]
    if faulty.wrong:
        yield mended_first(faulty.wrong)
    if asked:
        yield what_is_asked(asked)
    if not faulty.wrong and not asked:
        yield paragraph(_("Nothing needs to be mended."), "good")
    if settling := [one.file for one in status.inputs if one.state == "settling"]:
        told = _("docgen waits until a file has been left alone for a moment, and then makes its documents.")
        yield section("venter", _("Being saved"), paragraph(told), listed(map(text, settling)))
    if status.coming:
        meetings = listed((_meeting(one, status.language) for one in status.coming), "meetings")
        yield section("møter", _("The next meetings"), meetings)
    yield from _beside(status)
    if status.left:
        told = _(
            "The files that these were made from are gone. docgen clean lists them, and asks before any is removed."
        )
        yield section("igjen", _("Documents without their files"), paragraph(told), _links(status.left, status.folder))
    if faulty.noted:
        told = _("The documents are made. See that this is as you meant it.")
        yield section("merk", _("Worth a look"), paragraph(told), problem_groups(faulty.noted, "note-box"))
    yield from section_in_pieces("filer", _("Files and documents"), all_files(status))


def _meeting(meeting: Coming, language: Language) -> str:
    body = meeting.body if meeting.name in ("", meeting.body) else f"{meeting.body} – {meeting.name}"
    return "".join(
        paragraph(words, kind)
        for kind, words in (
            ("when", day_and_time(meeting.date, meeting.start, language)),
            ("body", body),
            ("where", meeting.place),
            ("stage", stage(meeting.status)),
        )
        if words
    )


def _beside(status: Status) -> Iterator[str]:
    """Return the documents that stand beside another: one that a person has edited, or that is open."""
    documents = [document for one in status.inputs for document in one.documents]
    content = []
    if edited := _in_state(documents, "beside"):
        told = _(
            "Somebody has edited the old one, so it was kept. "
            "Move the changes to the file that the document is made from, and delete the edited one."
        )
        content += [heading(_("The old one is edited")), paragraph(told), _links(edited, status.folder)]
    if held := _in_state(documents, "held"):
        told = _("Close the old one in Word, or where else it is open. The new one then takes its place by itself.")
        content += [heading(_("The old one is open")), paragraph(told), _links(held, status.folder)]
    if content:
        yield section("beside", _("New documents beside the old"), *content)


def _in_state(documents: list[Document], state: str) -> list[str]:
    return [document.file for document in documents if document.state == state]


def _links(files: list[str] | tuple[str, ...], folder: str) -> str:
    return listed(link(file, folder) for file in files)
