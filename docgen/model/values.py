"""The small typed values of inputs: lines, Markdown, yes and no, whole numbers, dates and times.

Each is read from text, since the tree of an input holds only text. What can't be read becomes a pydantic error of type
`docgen`, whose `ctx` holds `what` and `fix` for a Problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from docgen.messages import _
from docgen.model.bad_value import BadValue, shown
from docgen.model.dates import PartialDate, number_text, read_date
from docgen.model.times import TimeRange, read_time_range
from docgen.source import MOST_LINES

LONGEST_LINE = 1000

_SPACES = re.compile(r"[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_BLANK_LINES_FIRST = re.compile(r"\A(?:[ \t]*\n)+")
_YES = frozenset(("ja", "j", "yes", "y", "true", "sann", "på", "on", "x", "✓"))
_NO = frozenset(("nei", "n", "no", "false", "usann", "av", "off"))


class Markdown(str):
    """CommonMark text with tables and footnotes; the renderer turns it into Word structure."""

    __slots__ = ()


@dataclass(frozen=True)
class FromText:
    """Makes a type of pydantic out of a function that reads text and raises BadValue: `Annotated[date, FromText(…)]`.

    `describe` gives the description for the JSON Schema, asked for only then, in the language of the messages.
    `json_types` are what editors accept there: a YAML editor takes `2022` for a number, though docgen reads it as text.
    `write` turns the value back to text when a model is dumped as JSON.
    """

    read: Callable[[str], object]
    describe: Callable[[], str]
    examples: tuple[str, ...] = ()
    json_types: tuple[str, ...] = ("string",)
    write: Callable[[Any], str] | None = None

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        serialization = (
            core_schema.plain_serializer_function_ser_schema(self.write, when_used="json-unless-none")
            if self.write
            else None
        )
        return core_schema.no_info_plain_validator_function(_validated(self.read), serialization=serialization)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        types = self.json_types[0] if len(self.json_types) == 1 else list(self.json_types)
        found: JsonSchemaValue = {"type": types, "description": self.describe()}
        return found | ({"examples": list(self.examples)} if self.examples else {})


def _validated(read: Callable[[str], object]) -> Callable[[object], object]:
    def validated(value: object) -> object:
        if not isinstance(value, str):
            raise custom_error(_not_text(value))
        try:
            return read(value)
        except BadValue as bad:
            raise custom_error(bad) from None

    return validated


def custom_error(bad: BadValue) -> PydanticCustomError:
    """Return the error that carries `bad` through pydantic."""
    return PydanticCustomError("docgen", "{what}", {"what": bad.what, "fix": bad.fix})


def _not_text(value: object) -> BadValue:
    if isinstance(value, dict):
        return BadValue(
            _("Here stand several keys, where there should be one text."), _("Write the text after the key.")
        )
    if isinstance(value, list | tuple):
        return BadValue(_("Here stands a list, where there should be one text."), _("Write the text after the key."))
    return BadValue(_("The value {value} is not text.", value=shown(repr(value))), _("Write it as text in the input."))


def read_line(text: str) -> str:
    """Return the text on one line, each run of spaces and line ends as one space. A no-break space stays."""
    # Printable text with single spaces needs no more than its ends looked at, and is nearly all there is.
    plain = text.isprintable() and "  " not in text
    line = (text if plain else _SPACES.sub(" ", text)).strip()
    if not line:
        raise BadValue(_("Nothing is written here but spaces."), _("Write a text, or remove the key."))
    if len(line) > LONGEST_LINE:
        raise BadValue(
            _(
                "The text has {length} characters, and here there is room for {most}.",
                length=len(line),
                most=LONGEST_LINE,
            ),
            _("Shorten it, or move the text to a field for longer text, such as bakgrunn."),
        )
    return line


def read_text(text: str) -> str:
    """Return the text as it is, printed literally: line ends as `\\n`, no white space first and last."""
    return _LINE_ENDS.sub("\n", text).strip()


def read_markdown(text: str) -> Markdown:
    """Return the text with line ends as `\\n`, without blank lines first and white space last."""
    if text.count("\n") > MOST_LINES:
        raise BadValue(
            _("The text has more than {most} lines.", most=number_text(MOST_LINES, "nb")),
            _("Split it into several files."),
        )
    if text.isprintable():
        return Markdown(text.rstrip())
    return Markdown(_BLANK_LINES_FIRST.sub("", _LINE_ENDS.sub("\n", text).rstrip()))


def read_yes_no(text: str) -> bool:
    """Return True for `ja` and what means the same, False for `nei` and what means the same."""
    word = text.strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadValue(_("«{text}» is neither ja nor nei.", text=shown(text)), _("Write ja or nei."))


def read_whole_number(text: str) -> int:
    """Return the number of digits, which may be parted in thousands by spaces: `10 000`."""
    plain = text.strip()
    if not re.fullmatch(r"[0-9]{1,9}|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,2}", plain):
        raise BadValue(
            _("«{text}» is not a whole number.", text=shown(text)),
            _("Write a number with digits, such as 4."),
        )
    return int(re.sub(r"\D", "", plain))


def _read_whole_date(text: str) -> date:
    return read_date(text).as_date()


def _read_partial_date(text: str) -> PartialDate:
    return read_date(text, partial=True)


Line = Annotated[str, FromText(read_line, lambda: _("A text on one line."), json_types=("string", "number"))]
Text = Annotated[
    str, FromText(read_text, lambda: _("A text that is printed as it is."), json_types=("string", "number"))
]
MarkdownText = Annotated[
    Markdown,
    FromText(
        read_markdown,
        lambda: _("A text in Markdown: paragraphs, lists, **bold**, *italics*, links and tables."),
        json_types=("string", "number"),
    ),
]
YesNo = Annotated[bool, FromText(read_yes_no, lambda: _("ja or nei."), ("ja", "nei"), ("string", "boolean"))]
WholeNumber = Annotated[
    int, FromText(read_whole_number, lambda: _("A whole number."), ("4", "10 000"), ("string", "integer"))
]
DateValue = Annotated[
    date,
    FromText(
        _read_whole_date,
        lambda: _("A date, with the day first or as year-month-day."),
        ("24.10.2022", "2022-10-24", "24. oktober 2022"),
        write=date.isoformat,
    ),
]
PartialDateValue = Annotated[
    PartialDate,
    FromText(
        _read_partial_date,
        lambda: _("A date, a month of a year, or a year."),
        ("24.10.2022", "oktober 2022", "2022"),
        ("string", "number"),
        str,
    ),
]
TimeRangeValue = Annotated[
    TimeRange,
    FromText(
        read_time_range,
        lambda: _("A time, or a start and an end."),
        ("09.00–11.30", "09:00", "kl. 9"),
        ("string", "number"),
        str,
    ),
]
