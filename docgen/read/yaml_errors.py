"""What libyaml's errors mean to a secretary."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from docgen.messages import _
from docgen.problems import Problem, Where
from docgen.read.gate import surrogate

NO_SPACE = re.compile(r"\s*(?:- +)*[^\s:#\"'\[\]{}-][^\s:#\"'\[\]{}]*:[^ \t/:]")
"""A line like `tittel:Budsjett`, where the space after the colon is missing (but not `https://…`)."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """An error of libyaml, and the lines of text it is about (counted from 0)."""

    file: str
    lines: list[str]
    problem: str
    context: str
    line: int
    column: int
    began: int

    @property
    def text(self) -> str:
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def character(self) -> str:
        return self.text[self.column : self.column + 1]

    def told(self, what: str, fix: str, line: int | None = None) -> Problem:
        last = max(len(self.lines), 1)
        return Problem(what, fix, Where(self.file, (), min((self.line if line is None else line) + 1, last)))


def explained(file: str, text: str, error: yaml.YAMLError) -> Problem:
    """Return the error as a problem with its line, in words that need no knowledge of YAML."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    began = getattr(error, "context_mark", None) or mark
    fault = _Fault(
        file,
        text.rstrip("\n").split("\n"),
        getattr(error, "problem", None) or "",
        getattr(error, "context", None) or "",
        mark.line if mark else 0,
        mark.column if mark else 0,
        began.line if began else 0,
    )
    return _tab(fault) or _value(fault) or _layout(fault) or _unknown(fault)


def badly_indented(where: Where) -> Problem:
    """Return the problem with a line that begins with other signs than spaces."""
    return Problem(
        _("The line is indented with a tab or a hard space."),
        _("Use spaces: two for each step inwards. Most editors can replace tabs by spaces."),
        where,
    )


def several(where: Where) -> Problem:
    """Return the problem with a file that holds several YAML documents."""
    return Problem(
        _("A second document begins here, after a line with --- or three dots."),
        _("Take that line out, or move what follows to a file of its own."),
        where,
    )


def _tab(fault: _Fault) -> Problem | None:
    lead = re.match(r"\s*", fault.text)
    if "tab character" not in fault.problem and not (lead and lead[0].strip(" ")):
        return None
    return badly_indented(Where(fault.file, (), fault.line + 1))


def _value(fault: _Fault) -> Problem | None:
    """Return what is wrong inside a value: quotes, brackets, and characters that must have quotes round them."""
    quoted = _("Put quotes round the whole value.")
    match fault.context, fault.problem:
        case ("while scanning a quoted scalar", _problem):
            what = _("The quotes that begin here have no end.")
            return fault.told(what, _("Write the same quotation mark at the end of the value."), fault.began)
        case (_context, problem) if "Unicode character escape" in problem:
            return surrogate(Where(fault.file, (), fault.line + 1))
        case (_context, problem) if "escape character" in problem or "hexdecimal" in problem:
            what = _("A backslash (\\) inside double quotes has a meaning of its own in YAML.")
            return fault.told(what, _("Use single quotes: 'C:\\Saker'."))
        case ("while scanning an anchor" | "while scanning an alias" | "while scanning a tag", _problem):
            return fault.told(_starts_with(fault), f"{quoted} {_long_text()}")
        case (_context, problem) if "undefined alias" in problem or "cannot start any token" in problem:
            return fault.told(_starts_with(fault), f"{quoted} {_long_text()}")
        case ("while scanning a directive", _problem):
            return fault.told(_("A line can't begin with %."), quoted)
        case (_context, problem) if "node content" in problem or "mapping keys are not allowed" in problem:
            return fault.told(_starts_with(fault), quoted)
        case ("while parsing a flow sequence" | "while parsing a flow mapping" | "while parsing a flow node", _problem):
            what = _("The bracket that begins here has no end, or a comma is missing inside it.")
            fix = _("Write the end of the bracket. If it is text, put quotes round the whole value.")
            return fault.told(what, fix, fault.began)
        case ("while scanning a block scalar", _problem):
            what = _("Nothing can stand after | or > on the same line.")
            return fault.told(what, _("Begin the text on the next line, indented two spaces more than its key."))
    return None


def _layout(fault: _Fault) -> Problem | None:
    """Return what is wrong with lines: colons, indentation, lists, several documents."""
    problem = fault.problem
    if "single document" in problem or "<document start>" in problem:
        return several(Where(fault.file, (), fault.line + 1))
    if "sequence entries are not allowed" in problem:
        what = _("A list can't begin on the line of its key.")
        return fault.told(what, _("Put each hyphen on a line of its own, under the key."))
    if "mapping values are not allowed" in problem:
        return _unspaced(fault, fault.line - 1) or _second_colon(fault) or _indented(fault)
    if "could not find expected ':'" in problem:
        return _unspaced(fault, fault.began) or fault.told(
            _("The line is neither a key with a colon nor part of the text above."),
            _("Write a colon and a space after the key. Text that goes on from the line above must be indented."),
            fault.began,
        )
    if "did not find expected key" in problem or "expected <block end>" in problem or "'-' indicator" in problem:
        return _after_quotes(fault) or _indented(fault)
    return None


def _unspaced(fault: _Fault, line: int) -> Problem | None:
    if not 0 <= line < len(fault.lines) or not NO_SPACE.match(fault.lines[line]):
        return None
    what = _("There is no space after the colon.")
    return fault.told(what, _('Write a space between the colon and the value: "tittel: Budsjett".'), line)


def _second_colon(fault: _Fault) -> Problem | None:
    if not re.search(r":\s", fault.text[: fault.column]):
        return None
    what = _("The value has a colon followed by a space, which YAML takes for a new key.")
    return fault.told(what, f"{_('Put quotes round the whole value.')} {_long_text()}")


def _after_quotes(fault: _Fault) -> Problem | None:
    if not re.search(r"[\"']\s*$", fault.text[: fault.column]):
        return None
    what = _("There is text after the quotation mark that ends the value.")
    fix = _("Put quotes round the whole value, and write '' for each ' inside single quotes.")
    return fault.told(what, fix)


def _indented(fault: _Fault) -> Problem:
    return fault.told(
        _("The line is not indented like the ones it belongs with."),
        _("Lines that belong together must begin in the same column; what is inside begins two spaces further in."),
    )


def _unknown(fault: _Fault) -> Problem:
    return fault.told(
        _("The line can't be read as YAML."),
        _("Look at the indentation, the colons and the quotes here and on the line above."),
    )


def _starts_with(fault: _Fault) -> str:
    lead = re.match(r"(?:\s*- +)*\s*(?:[^:\"']*:\s+)?(\S)", fault.text)
    character = fault.character if fault.character.strip() and not fault.context.startswith("while scanning a") else ""
    return _("A value can't begin with {character}.", character=character or (lead[1] if lead else "*"))


def _long_text() -> str:
    return _("Long text may stand on the lines below the key, after a | on the line of the key.")
