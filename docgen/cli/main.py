"""`docgen COMMAND`: find the command's module and give it the rest of the line.

Kept light: `--help` and `--version` load neither typer nor anything else that takes time to load.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TextIO

from docgen import __version__
from docgen.messages import _, speak

WRONG_CALL = 2
INTERRUPTED = 130
GONE = OSError if os.name == "nt" else BrokenPipeError
"""What is raised when a reader has left: Windows has no kind of error of its own for it."""


def commands() -> dict[str, str]:
    """Return the commands with what each does. `templates check` is the module docgen.cli.templates_check."""
    return {
        "init": _("Make a new workspace with templates and examples."),
        "new": _("Make a starting file with comments, for a meeting, a mandate, a guideline …"),
        "check": _("Say what is wrong with the inputs, without making anything."),
        "build": _("Make the documents that are new or changed."),
        "clean": _("List the documents that no file makes any more, and delete them if you say so."),
        "watch": _("Make the documents by itself, each time a file is saved."),
        "pack": _("Make one PDF of a meeting's agenda, case papers and attachments."),
        "cases": _("List the cases with fixed numbers, or write them to an Excel workbook."),
        "log": _("List the approved versions of the documents."),
        "show": _("Show a document as it was approved in a version."),
        "redline": _("Show what changed in a document, as tracked changes in Word."),
        "verify": _("See that the register is as it was written, and that the documents agree with it."),
        "backup": _("Copy the register to another place."),
        "restore": _("Put a backup in the register's place."),
        "rebuild-register": _("Make a lost register again from the documents."),
        "schema": _("Show the JSON Schema of an input, for editors that complete and check."),
        "templates check": _("Look for faults in the Word templates."),
        "templates names": _("List the names that a Word template can use."),
        "doctor": _("See what is installed, what is missing, and how to get it."),
    }


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 all made, 1 some input refused, 2 wrong call, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        # A Norwegian Windows pipes in code page 1252 or 850, which has no ✓ and not always æ, ø and å.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    speak("nn" if _prefers_nynorsk() else "nb")
    try:
        code = _run(list(sys.argv[1:] if args is None else args))
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:  # typer too gives it
        say(_("Interrupted. What was made so far is whole."), sys.stderr)
    _flush()
    return code


def _prefers_nynorsk() -> bool:
    """A workspace says its own language; before one is found, that of the machine is as good as any."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in named if name), "").startswith("nn")


def _run(args: list[str]) -> int:
    before, rest = _split(args)
    if rest[:1] == ["help"]:
        before, rest = ([], [*rest[1:], "--help"]) if rest[1:] else (["--help"], [])
    if rest:
        return _asked(before, rest)
    if "--version" in before or "-V" in before:
        say(f"docgen {__version__}", sys.stdout)
        return 0
    unknown = [option for option in before if option not in ("--help", "-h")]
    return _wrong(unknown[0]) if unknown and "--help" not in before else _help()


def _split(args: list[str]) -> tuple[list[str], list[str]]:
    """Return the options before the command, and the command with all that comes after it."""
    at = 0
    while at < len(args) and args[at].startswith("-"):
        at += 2 if args[at] == "--workspace" else 1
    return args[:at], args[at:]


def _asked(before: list[str], rest: list[str]) -> int:
    """Run the command that `rest` begins with; options that stood before it go with it."""
    known = commands()
    for length in (2, 1):
        name = " ".join(rest[:length])
        if len(rest) >= length and name in known:
            return _command(name, [*before, *rest[length:]])
    if any(name.startswith(f"{rest[0]} ") for name in known):
        return _help(rest[0]) if rest[1:] in ([], ["--help"], ["-h"]) else _wrong(" ".join(rest[:2]))
    return _wrong(rest[0])


def _command(name: str, args: list[str]) -> int:
    if name == "build":
        from docgen.cli.plain_build import plain_build

        if (code := plain_build(args)) is not None:
            return code
    from docgen.cli.call import call

    module = import_module(f"docgen.cli.{name.replace(' ', '_').replace('-', '_')}")
    return call(name, module.command, commands()[name], args)


def _help(group: str = "") -> int:
    """Print the help of docgen, or of a group of commands such as `templates`."""
    shown = {name: text for name, text in commands().items() if name.startswith(group)}
    called = " ".join(part for part in ("docgen", group, _("COMMAND"), _("[OPTIONS]")) if part)
    about = _("docgen makes the documents of meetings, mandates and guidelines from plain input files.")
    folder = _("DIR")
    options = {
        f"--workspace {folder}": _("The workspace, when it is not the current folder or one above it."),
        "--version": _("Show the version of docgen."),
        "--help": _("Show this help; after a command, the help of that command."),
    }
    lines = [_("Usage: {usage}", usage=called), *(() if group else ("", about)), "", _("Commands:"), *_rows(shown)]
    say("\n".join([*lines, "", _("Options:"), *_rows(options)]), sys.stdout)
    return 0


def _rows(rows: dict[str, str]) -> list[str]:
    width = max(map(len, rows))
    return [f"  {name:{width}}  {text}" for name, text in rows.items()]


def _wrong(word: str) -> int:
    from difflib import get_close_matches

    if word.startswith("-"):
        what, near = _("docgen: There is no option {option}.", option=word), []
    else:
        what = _("docgen: There is no command {command}.", command=word)
        near = get_close_matches(word.casefold(), commands(), 1, 0.5)
    fix = _("Did you mean docgen {near}?", near=near[0]) if near else _("docgen --help lists what there is.")
    say(f"{what} {fix}", sys.stderr)
    return WRONG_CALL


def say(text: str, stream: TextIO) -> None:
    """Print a line. A reader that has left (`docgen … | head`) is no error."""
    try:
        print(text, file=stream)
    except GONE:
        _silence(stream)


def _flush() -> None:
    """Flush what was printed, while a reader that has left can still be passed over."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:  # a Windows program without a window has neither
            continue
        try:
            stream.flush()
        except GONE:
            _silence(stream)


def _silence(stream: TextIO) -> None:
    """Send what is left to nowhere: Python would else complain when it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
