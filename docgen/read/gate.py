"""The gate that all text comes through: its encoding, its line ends, NFC, and the characters that XML forbids."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from docgen.messages import _, many
from docgen.problems import InputError, Problem, Where

MOST_BYTES = 2_000_000

# XML 1.0 forbids C0 and U+FFFE/U+FFFF. YAML forbids U+007F and C1 besides, and a byte order mark inside a text is a
# slip of an editor: removed in all formats, so that the same text is the same in each.
REMOVED = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff"
# Line separators are line breaks to YAML and plain characters to the other formats: a space is safe in all.
SPACED = "\x85\u2028\u2029"
ODD = re.compile(f"[{REMOVED}{SPACED}]")
SURROGATE = re.compile("[\ud800-\udfff]")
MIXED = re.compile("Ã[¦¸¥†˜…]")  # æøåÆØÅ of UTF-8 seen as Windows-1252


def gate(file: str, data: bytes) -> tuple[str, list[Problem]]:
    """Return the file's text with `\\n` line ends, in NFC and free of forbidden characters, and the warnings."""
    if len(data) > MOST_BYTES:
        raise InputError(too_large(file, len(data)))
    text, warnings = _decoded(file, data)
    if "\0" in text:
        raise _binary(file)
    if "\r" in text:
        text = _one_line_end(text)
    if ODD.search(text):
        warnings += removals(text, Where(file))
        text = tidy(text)
    elif not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if not text or text.isspace():
        raise InputError(empty(file))
    return text, warnings


def tidy(text: str) -> str:
    """Return `text` in NFC with `\\n` line ends and without forbidden characters; text that is so already, as it is."""
    if "\r" in text:
        text = _one_line_end(text)
    if ODD.search(text):
        text = ODD.sub(lambda found: " " if found[0] in SPACED else "", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def removals(text: str, where: Where) -> list[Problem]:
    """Return a warning for each kind of character that `tidy` takes out of `text`.

    The lines are counted in `text` when `where` has none.
    """
    first: dict[str, int] = {}
    count: dict[str, int] = {}
    lines = Lines(text)
    for found in ODD.finditer(text):
        first.setdefault(found[0], where.line or lines.at(found.start()))
        count[found[0]] = count.get(found[0], 0) + 1
    return [
        Problem(
            many(
                "The invisible character U+{code} is taken out.",
                "The invisible character U+{code} is taken out in {count} places.",
                count[character],
                code=f"{ord(character):04X}",
            )
            if character not in SPACED
            else _("The line separator U+{code} is read as a space.", code=f"{ord(character):04X}"),
            _("It often comes along when text is pasted. Look whether the text is right."),
            Where(where.file, where.path, line),
            warning=True,
        )
        for character, line in first.items()
    ]


def too_large(file: str, size: int) -> Problem:
    """Return the problem with a file of more bytes than an input may have."""
    return Problem(
        _("The file is too large: {size} MB.", size=f"{size / 1_000_000:.1f}".replace(".", ",")),
        _("An input may be 2 MB at most. Put long texts in files of their own, as attachments."),
        Where(file),
    )


def empty(file: str) -> Problem:
    """Return the problem with a file that says nothing."""
    return Problem(
        _("The file is empty."),
        _('Write what the document shall say. "docgen new" makes a file to begin with.'),
        Where(file),
    )


def surrogate(where: Where) -> Problem:
    """Return the problem with half a character (a lone surrogate)."""
    return Problem(
        _("A character here is damaged: only half of it is there."),
        _("Write the character anew, or take it out."),
        where,
    )


class Lines:
    """The lines of a text, to find the one that a position stands on."""

    def __init__(self, text: str) -> None:
        self._ends = [found.start() for found in re.finditer("\n", text)]

    def at(self, position: int) -> int:
        """Return the line of `position`, counted from 1."""
        return bisect_right(self._ends, position - 1) + 1


def _decoded(file: str, data: bytes) -> tuple[str, list[Problem]]:
    if data.startswith((b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0")):
        raise _binary(file)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _unicode(file, data, "utf-16"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return _old_encoding(file, data, error)


def _unicode(file: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        raise _refused(
            file,
            _("The file is damaged: it begins as UTF-16, but is not so all the way."),
            _("Open it in the program that made it and save it as UTF-8."),
        ) from None
    raise InputError(*_surrogates(file, text))


def _old_encoding(file: str, data: bytes, error: UnicodeDecodeError) -> tuple[str, list[Problem]]:
    """Return the text of a file that isn't UTF-8, read as Windows-1252 with a warning."""
    try:
        raise InputError(*_surrogates(file, data.decode("utf-8", "surrogatepass")))
    except UnicodeDecodeError:
        pass
    save = _('Save it as UTF-8. In Notepad: File, Save as, Encoding "UTF-8".')
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as undefined:
        line = _line_of_byte(data, undefined.start)
        what = _("The characters of this line can't be read: the file is neither UTF-8 nor Windows-1252.")
        raise InputError(Problem(what, save, Where(file, (), line))) from None
    line = _line_of_byte(data, error.start)
    if MIXED.search(text):
        what = _("The file is UTF-8 in some places and Windows-1252 in others.")
        fix = _("Write the special characters of this line anew and save the file as UTF-8.")
        raise InputError(Problem(what, fix, Where(file, (), line)))
    what = _("The file is not saved as UTF-8, and is read as Windows-1252.")
    look = _("Look whether æ, ø and å have come out right.")
    return text, [Problem(what, f"{look} {save}", Where(file, (), line), warning=True)]


def _surrogates(file: str, text: str) -> list[Problem]:
    text = _one_line_end(text)
    lines = Lines(text)
    found = dict.fromkeys(lines.at(half.start()) for half in SURROGATE.finditer(text))
    return [surrogate(Where(file, (), line)) for line in found]


def _binary(file: str) -> InputError:
    return _refused(
        file,
        _("This is not a text file, even if its name says so."),
        _("Is it a Word, Excel or PDF file that has got another name? Write the input as text and save it as UTF-8."),
    )


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line_of_byte(data: bytes, position: int) -> int:
    return data[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1


def _refused(file: str, what: str, fix: str) -> InputError:
    return InputError(Problem(what, fix, Where(file)))
