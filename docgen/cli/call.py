"""Call a command through typer, with help, wrong calls and problems told in Norwegian, and the right exit code."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperOption

from docgen.cli.main import WRONG_CALL
from docgen.cli.output import stopped, tell
from docgen.messages import _
from docgen.problems import DocgenError, Problem, Where


class CallError(DocgenError):
    """The command was not called as it should: exit code 2."""


def wrong_call(what: str, fix: str, where: str = "docgen") -> CallError:
    """Return the error of a wrong call, told of the command or file `where`."""
    return CallError(Problem(what, fix, Where(where)))


def call(name: str, function: Callable[..., int], summary: str, args: Sequence[str]) -> int:
    """Run the command `name` and return its exit code. Problems that stop it are told on stderr, one a line."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=Command, help=summary)(function)
    title = f"docgen {name}"
    try:
        code = typer.main.get_command(app).main(list(args), prog_name=title, standalone_mode=False)
    except DocgenError as error:
        code = stopped(error, json="--json" in args)
    except typer.TyperException as error:
        tell([Problem(_misuse(error), _("See {command} --help.", command=title), Where(title))])
        code = WRONG_CALL
    return int(code or 0)


def _misuse(error: typer.TyperException) -> str:
    """Return in Norwegian what typer says in English. Its kinds of error are private, so they are known by name."""
    option = getattr(error, "option_name", "")
    match type(error).__name__:
        case "NoSuchOption":
            what = _("There is no option {option}.", option=option)
            # typer also proposes what only looks alike: --fo is not meant as --json.
            near = [one for one in getattr(error, "possibilities", None) or () if one[:3] == option[:3]]
            return " ".join((what, _("Did you mean {near}?", near=near[0]))) if near else what
        case "BadOptionUsage" if "requires" in error.message:
            return _("The option {option} needs a value after it.", option=option)
        case "BadOptionUsage":
            return _("The option {option} takes no value.", option=option)
        case "MissingParameter":
            param = getattr(error, "param", None)
            return _("{name} is missing.", name=_shown(param) if param else "")
        case "UsageError" if "extra argument" in error.message:
            extra = error.message.partition("(s) (")[2] or error.message.partition("(")[2]
            return _("There is too much on the line: {extra}.", extra=extra.removesuffix(")"))
    return error.message


class Command(TyperCommand):
    """A command whose help is in Norwegian."""

    def get_help(self, ctx: Any) -> str:
        """Return the help: how to call it, what it does, and its arguments and options."""
        params = self.get_params(ctx)
        arguments = [one for one in params if isinstance(one, TyperArgument)]
        options = [one for one in params if isinstance(one, TyperOption)]
        usage = " ".join((ctx.command_path, *(_bracketed(one) for one in arguments), _("[OPTIONS]")))
        lines = [_("Usage: {usage}", usage=usage), "", self.help or ""]
        if arguments:
            lines += ["", _("Arguments:"), *_rows([(_shown(one), one.help or "") for one in arguments])]
        own_help = _("Show this help.")
        rows = [(_written(one), own_help if one.name == "help" else one.help or "") for one in options]
        return "\n".join([*lines, "", _("Options:"), *_rows(rows)])


def _shown(param: Any) -> str:
    """Return what help and errors call an argument or an option."""
    return param.opts[0] if isinstance(param, TyperOption) else param.metavar or str(param.name).upper()


def _bracketed(argument: TyperArgument) -> str:
    shown = _shown(argument) + ("…" if argument.nargs == -1 else "")
    return shown if argument.required else f"[{shown}]"


def _written(option: TyperOption) -> str:
    return ", ".join(option.opts) + (f" {option.metavar}" if option.metavar and not option.is_flag else "")


def _rows(rows: list[tuple[str, str]]) -> list[str]:
    """Return two columns, the second wrapped to the width of the terminal."""
    left = max(len(name) for name, _text in rows) + 4
    width = max(shutil.get_terminal_size((100, 24)).columns, 60)
    return [
        textwrap.fill(text, width, initial_indent=f"  {name}".ljust(left), subsequent_indent=" " * left).rstrip()
        for name, text in rows
    ]
