"""Opening a Word template that may be broken or made to do harm, without ever trusting what it says about itself."""

from __future__ import annotations

import io
import zipfile
import zlib

from docgen.messages import _
from docgen.problems import Problem, TemplateError, Where

FILE_LIMIT = 20_000_000
UNPACKED_LIMIT = 100_000_000
XML_LIMIT = 20_000_000
MEMBER_LIMIT = 2000
RATIO_LIMIT = 200
RATIO_FREE = 1_000_000
"""A part up to this size may be packed as tightly as it likes: a few empty styles shrink a lot and harm nobody."""

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How .doc files, and .docx files with a password, begin."""


def opened(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of the Word file by name, unpacked. Raises TemplateError; `name` is the file's, for messages."""
    where = Where(name)
    if len(data) > FILE_LIMIT:
        raise TemplateError(_too_big(where))
    if data.startswith(OLD_WORD):
        raise TemplateError(
            Problem(
                _("The template is protected with a password, or is of Word's old kind (.doc)."),
                _("Open it in Word and save it as a Word document (.docx) without a password."),
                where,
            )
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _members(archive, where)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
        # RuntimeError and NotImplementedError are how zipfile tells of encryption and unknown compression.
        raise TemplateError(_not_word(where)) from None


def _members(archive: zipfile.ZipFile, where: Where) -> dict[str, bytes]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    _check_members(members, where)
    parts: dict[str, bytes] = {}
    left = UNPACKED_LIMIT
    for member in members:
        limit = min(left, XML_LIMIT if member.filename.endswith((".xml", ".rels")) else UNPACKED_LIMIT)
        with archive.open(member) as file:
            content = file.read(limit + 1)
        if len(content) > limit:
            raise TemplateError(_too_big(where))
        left -= len(content)
        parts[member.filename] = content
    if "[Content_Types].xml" not in parts or "word/document.xml" not in parts:
        raise TemplateError(_not_word(where))
    return parts


def _check_members(members: list[zipfile.ZipInfo], where: Where) -> None:
    """Refuse what the list of contents tells, before anything is unpacked."""
    if len(members) > MEMBER_LIMIT or sum(member.file_size for member in members) > UNPACKED_LIMIT:
        raise TemplateError(_too_big(where))
    names = [member.filename for member in members]
    if len({name.lower() for name in names}) < len(names):
        raise TemplateError(_odd(where, _("The template holds two parts with the same name.")))
    for member in members:
        if member.flag_bits & 0x1:
            raise TemplateError(_odd(where, _("The template is protected with a password.")))
        if _leads_out(member.filename):
            raise TemplateError(_odd(where, _("The template holds a part with a name that leads out of the file.")))
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise TemplateError(_not_word(where))
        if member.file_size > RATIO_FREE and member.file_size > RATIO_LIMIT * max(member.compress_size, 1):
            raise TemplateError(_too_big(where))


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or "\0" in name


def _too_big(where: Where) -> Problem:
    return Problem(
        _("The template is too big: docgen takes up to 20 MB, and 100 MB unpacked."),
        _("Make its pictures smaller (in Word: Compress Pictures), or make it anew from docgen's own template."),
        where,
    )


def _not_word(where: Where) -> Problem:
    return Problem(
        _("The template is not a Word document, or is damaged."),
        _("Open it in Word and save it as a Word document (.docx), or fetch it from a backup."),
        where,
    )


def _odd(where: Where, what: str) -> Problem:
    return Problem(what, _("Open it in Word and save it as a new Word document (.docx), without a password."), where)
