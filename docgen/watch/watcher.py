"""One turn of the watch: look at the folders, build what has settled, and tell when to look again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

from docgen.messages import _
from docgen.run.ahead import FEW
from docgen.run.build import Builder
from docgen.run.report import Printed, Report
from docgen.run.scan import Scan, Stamp
from docgen.run.seen import stamp_of
from docgen.watch.bell import Bell
from docgen.watch.folders import age, content_of, is_input, look, status_name, watched_folders
from docgen.watch.observer import Hints
from docgen.watch.pace import HEARTBEAT, PATIENCE, RESCAN, ROUTINE, Pace, until_next_try
from docgen.watch.presence import Presence
from docgen.watch.settle import Changes, Restless, Settling

log = logging.getLogger(__name__)

_GATHER = 0.002
"""A program writes a file in several steps, each an event."""

_AHEAD = 0.5
"""After which part of the quiet time that which is to be built is made ready."""

_LEAD = 0.02
_MOMENT = 0.1
"""All is looked through shortly before what was made ready is due: just then there is less to do. In seconds."""

_BLOCKED = 1.0
"""How long, in seconds, until it is seen again whether what holds up a build is at rest."""


def _unheard(_pdfs: Sequence[Printed]) -> None:
    """Hear what nobody else does."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears what came of each build, of the PDF files that are made after it, and what else there is to say."""

    built: Callable[[Report], None]
    said: Callable[[str], None]
    printed: Callable[[Sequence[Printed]], None] = _unheard


def _no_age(_stamp: Stamp) -> float:
    """A share has a clock of its own."""
    return 0.0


class Watcher:
    """Keeps the documents of a workspace as its inputs say."""

    def __init__(
        self,
        builder: Builder,
        listener: Listener,
        bell: Bell,
        pace: Pace,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.clock = clock
        self._free = 0.0
        """When to look again at the earliest: a look at a great many files takes time, and others shall have some."""
        self._builder = builder
        self._listener = listener
        self._bell = bell
        self._pace = pace
        self._grace = pace.quiet
        root = builder.workspace.root
        self._hints = Hints(bell.ring)
        self._presence = Presence(root)
        self._settling = Settling(pace.quiet, content_of(root), self._age if pace.by_events else _no_age)
        self._at = 0
        """When this turn began, as files tell the time: a look at many files takes a while."""
        self._away: list[str] = []
        self._has_events: bool | None = None
        # At first nothing is built yet.
        self._waiting = self._looked = self._built = clock()
        self._again = inf
        self._tries = 0
        self.held: frozenset[str] = frozenset()
        """The inputs that the last build passed over, since they were being written."""
        self._ahead: dict[str, Stamp | None] = {}
        """The files not at rest that a build was made ready for."""
        self._there: tuple[float, dict[str, Stamp]] | None = None
        """When all was looked through, and what lay there."""
        self._is_once = False
        self._report: Report | None = None
        """Of the last build, while somebody waits for it."""

    def once(self) -> Report | None:
        """Wait until all is at rest, build, and return what came of it; None when a folder is away.

        What is still being written after half a minute is passed over.
        """
        self._grace, self._is_once = PATIENCE, True
        while self._report is None:
            pause = self.turn()
            if self._away:
                return None
            if self._report is None:
                self._bell.wait(pause)
        while self._builder.pdfs_left:
            self._bell.wait(_BLOCKED)
            self._take_pdfs()
        return self._report

    def turn(self) -> float:
        """Look, build what is to be built, and return after how many seconds to look again."""
        self._take_pdfs()
        now, self._at = self.clock(), time.time_ns()
        glance = self._glance(now)
        found = glance or self._look(now)
        if found is None:
            return self._pace.interval
        changes = self._settling.seen(found, now)
        self._free = self.clock() + 2 * (self.clock() - now)
        self._note(changes, now)
        if self._is_time(changes, now):
            self._build(changes)
        elif now - self._looked >= HEARTBEAT:
            self._builder.look()
            self._looked = now
        again = self._look_ahead(changes, now)
        return self.breath() if glance else self._pause(now, again)

    def _take_pdfs(self) -> None:
        """Put the PDF files in their places that were made meanwhile."""
        if printed := self._builder.printed():
            for one in printed:
                log.info("PDF %s: %s", one.state, one.file)
            self._listener.printed(printed)
            if any(one.state == "held" for one in printed):
                self._try_again(is_stuck=True)

    def _look(self, now: float) -> dict[str, Stamp] | None:
        """Look through all folders; return what lies there, None when any of them is away."""
        workspace = self._builder.workspace
        folders = watched_folders(workspace)
        self._take_hints(folders, now)
        found = look(workspace)
        if self._is_away(self._presence.away(folders, found)):
            self._there = None
            return None
        self._presence.mark(folders, found)
        there = self._with_hidden(found)
        self._there = (now, there) if self._ahead else None
        return there

    def _age(self, stamp: Stamp) -> float:
        return age(stamp, self._at)

    def _glance(self, now: float) -> dict[str, Stamp] | None:
        """Return what lies there, where all was looked through a moment ago to make the rest of it quick.

        Only the files that a build is made ready for are looked at again.
        """
        if not self._ahead or not self._there or now < self._settling.due() or now > self._there[0] + _MOMENT:
            return None
        _at, found = self._there
        self._there = None
        root = self._builder.workspace.root
        again = {name: stamp_of(root, name) for name in self._ahead}
        return {name: stamp for name, stamp in (found | again).items() if stamp is not None}

    def say(self, text: str) -> None:
        """Tell the listener something."""
        self._listener.said(text)

    def breath(self) -> float:
        """Return the seconds to let pass before the next look, though there are events."""
        return max(self._free - self.clock(), _GATHER)

    def close(self) -> None:
        """Stop following the folders."""
        self._hints.stop()

    def _take_hints(self, folders: list[str], now: float) -> None:
        """See that events come, if they shall; tell when they no longer do."""
        if not self._pace.by_events:
            return
        root = self._builder.workspace.root
        has_events = self._hints.check([root / folder for folder in folders], root, now)
        if has_events != self._has_events and not self._away:
            log.info("events" if has_events else "no events")
            if not has_events:
                seconds = f"{self._pace.interval:g}"
                self.say(_("The system tells of no changes, so docgen looks every {seconds} seconds.", seconds=seconds))
            self._has_events = has_events

    def _is_away(self, away: list[str]) -> bool:
        """Return whether any folder is away; tell when that has changed."""
        if away != self._away:
            names = ", ".join(away or self._away)
            if away:
                log.warning("away: %s", names)
                self.say(
                    _(
                        "{folders} is gone or empty, as when the network is down. docgen touches nothing, and goes on "
                        "when it is back. Is it meant to be empty, put a file into it.",
                        folders=names,
                    )
                )
            else:
                log.info("back: %s", names)
                self.say(_("{folders} is back.", folders=names))
            self._away = away
        return bool(away)

    def _with_hidden(self, found: Scan) -> dict[str, Stamp]:
        """Return the files found, and as they were those of folders that can't be listed now."""
        if not found.missing:
            return found.files
        hidden = tuple(f"{folder}/" for folder in found.missing)
        return {name: stamp for name, stamp in self._settling.stamps().items() if name.startswith(hidden)} | found.files

    def _note(self, changes: Changes, now: float) -> None:
        """Take note of what is to be built."""
        news = (changes.settled - {status_name(self._builder.workspace)}) | changes.gone
        # What was passed over while it was being written may have come to rest as it was: then that is to be told.
        if news or not self.held <= changes.unsettled.keys():
            self._waiting = min(self._waiting, now)

    def _is_time(self, changes: Changes, now: float) -> bool:
        """Return whether to build now: there is something to build, and nothing worth waiting for."""
        if now < min(self._waiting, self._again, self._built + ROUTINE):
            return False
        # Where one file after another is written, as when a share is filled, there is no end of what is worth it.
        return now >= self._waiting + PATIENCE or not any(
            self._is_worth_waiting_for(name, one, now) for name, one in changes.unsettled.items()
        )

    def _is_worth_waiting_for(self, name: str, one: Restless, now: float) -> bool:
        """Return whether a file that is being written, or is gone, holds up the build of the others.

        An input is passed over by itself, but those dropped together are better built together. A file that may be back
        in a moment is missed by others, and so are half a picture and half a template.
        """
        if now >= one.began + PATIENCE:
            return False
        if is_input(self._builder.workspace, name):
            return one.stamp is None or now < self._waiting + self._grace
        return one.stamp is not None or self._settling.has_rested(name)

    def _look_ahead(self, changes: Changes, now: float) -> float:
        """Make ready what is to be built once the files that are being written come to rest as they are.

        Returns when it is time for that, infinite when there is nothing more to make ready.
        """
        restless = {name: one.stamp for name, one in changes.unsettled.items()}
        if self._is_once or not 0 < len(restless) <= FEW or self._waiting < inf:
            self._ahead = {}
            return inf
        last = self._settling.due() - _LEAD - 2 * (self._free - now)
        if restless == self._ahead:
            return last if last > now and self._pace.by_events else inf
        workspace = self._builder.workspace
        if any(stamp is None or not is_input(workspace, name) for name, stamp in restless.items()):
            return inf
        due = max(one.since for one in changes.unsettled.values()) + _AHEAD * self._pace.quiet
        if now < due:
            return due
        self._ahead = restless
        self._builder.prepare(self._settling.stamps())
        return last if self._pace.by_events else inf

    def _build(self, changes: Changes) -> None:
        workspace = self._builder.workspace
        held = {name: None for name in changes.unsettled if is_input(workspace, name)}
        report = self._builder.build(held, at_rest=self._settling.at_rest(), progress=self._moved)
        self._report = report if self._is_once else None
        self.held = frozenset(name for name, state in report.held.items() if state == "settling")
        self._waiting = inf
        self._looked = self._built = self.clock()
        self._try_again(is_stuck=bool(report.count("held") or report.count("failed")))
        log.info(
            "built: %d made, %d beside, %d held, %d failed, %d refused, %d settling",
            *(report.count(state) for state in ("made", "beside", "held", "failed")),
            len(report.refused),
            len(self.held),
        )
        for made in report.documents:
            if made.state != "unchanged":
                log.info("%s: %s", made.state, made.file)
        for name in report.refused:
            log.info("refused: %s", name)
        self._listener.built(report)

    def _moved(self, done: int, total: int, name: str, *, is_pdf: bool = False) -> None:
        """Stop between two documents when there is a signal to."""
        self._bell.check()

    def _try_again(self, *, is_stuck: bool) -> None:
        """Plan the next try when a document could not be put in its place: Word has it open, or the disk is full."""
        if is_stuck:
            self._again = self.clock() + until_next_try(self._tries)
            self._tries += 1
        else:
            self._again, self._tries = inf, 0

    def _pause(self, now: float, ahead: float) -> float:
        """Return the seconds to the next thing to do, of which something is made ready at the time `ahead`."""
        latest = now + (RESCAN if self._has_events else self._pace.interval)
        times = [latest, ahead, self._settling.due(), self._looked + HEARTBEAT, self._built + ROUTINE]
        if self._waiting < inf or self._again <= now:
            times.append(now + _BLOCKED)
        times.append(self._again if self._again > now else inf)
        return max(min(times) - self.clock(), self.breath())
