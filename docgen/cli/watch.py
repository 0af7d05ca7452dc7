"""`docgen watch`: make the documents by itself, each time a file is saved."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from datetime import datetime
from io import TextIOWrapper
from typing import Annotated

import typer

from docgen.cli.building import wanted_pdfs
from docgen.cli.call import wrong_call
from docgen.cli.options import NoPdf, WorkspaceDir
from docgen.cli.output import out
from docgen.cli.watch_news import News
from docgen.messages import _
from docgen.run.build import Builder
from docgen.run.lock import WATCHING, builder_lock
from docgen.run.log_file import log_to_file
from docgen.run.workspace import Workspace, find
from docgen.watch.bell import Bell
from docgen.watch.folders import status_name
from docgen.watch.loop import watch
from docgen.watch.pace import Pace, pace
from docgen.watch.watcher import Listener, Watcher

_BROKEN = 2

Once = Annotated[bool, typer.Option("--once", help=_("Wait until the files are at rest, build once, and stop."))]
Poll = Annotated[
    bool, typer.Option("--poll", help=_("Look for changes again and again, and take no word of them from the system."))
]
Interval = Annotated[
    float | None,
    typer.Option("--interval", metavar=_("SECONDS"), help=_("How often to look where the system tells of no changes.")),
]


def command(
    *,
    once: Once = False,
    poll: Poll = False,
    interval: Interval = None,
    no_pdf: NoPdf = False,
    workspace: WorkspaceDir = None,
) -> int:
    """Watch the workspace until Ctrl-C or SIGTERM. Raises BusyError, CallError, WorkspaceError."""
    if interval is not None and not 0.1 <= interval <= 3600:
        raise wrong_call(
            _("That is no number of seconds to look at."), _("Write a number from 0.1 to 3600."), "--interval"
        )
    place = find(workspace)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # a log or a window shows each event when it happens
    with builder_lock(place.root, WATCHING):
        log_to_file(place.root)
        bell = Bell()
        builder = Builder(place, watching=True, pdfs=None if no_pdf else wanted_pdfs(bell.ring))
        try:
            with bell.rung_by_signals():
                return _watched(builder, bell, pace(place, poll=poll, interval=interval), once=once)
        finally:
            builder.close()
            bell.close()


def _watched(builder: Builder, bell: Bell, how: Pace, *, once: bool) -> int:
    news = News(_line)
    watcher = Watcher(builder, Listener(news.built, _line, news.printed), bell, how)
    # What is loaded by now stays to the end; see docgen.cli.building.
    gc.freeze()
    gc.set_threshold(50_000)
    if once:
        try:
            report = watcher.once()
        finally:
            watcher.close()
        if report is None:
            return _BROKEN
        return 0 if report.is_whole and not watcher.held else 1
    _line(_greeting(builder.workspace, how))
    watch(watcher, bell)
    _line(_("Stopped."))
    return 0


def _greeting(workspace: Workspace, how: Pace) -> str:
    folders = ", ".join(workspace.name(folder) for folder in workspace.input_folders)
    page = status_name(workspace)
    if how.by_events:
        return _(
            "docgen watches {folders}. What comes of each file stands in {page}. Ctrl-C stops.",
            folders=folders,
            page=page,
        )
    return _(
        "docgen looks at {folders} every {seconds} seconds. What comes of each file stands in {page}. Ctrl-C stops.",
        folders=folders,
        seconds=f"{how.interval:g}",
        page=page,
    )


def _line(text: str) -> None:
    """Print an event with the time. That nobody can be told (a log on a full disk) is no reason to make nothing."""
    with suppress(OSError):
        out(f"{datetime.now():%H.%M.%S}  {text}")
