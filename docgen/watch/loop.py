"""The watch goes on: turn after turn, through faults, until there is a signal to stop."""

from __future__ import annotations

import logging

from docgen.messages import _
from docgen.problems import DocgenError
from docgen.watch.bell import Bell, Stopped
from docgen.watch.pace import rest
from docgen.watch.watcher import Watcher

log = logging.getLogger(__name__)


def watch(watcher: Watcher, bell: Bell) -> None:
    """Watch until there is a signal to stop. Raises KeyboardInterrupt after Ctrl-C."""
    faults, told = 0, ""
    try:
        while True:
            try:
                pause = watcher.turn()
                faults, told = 0, ""
            except MemoryError:  # what is left of the process is not worth keeping
                raise
            # The watcher is left alone for weeks: whatever else goes wrong in one turn may be over in the next.
            except Exception as error:  # noqa: BLE001
                text = _text(error)
                if text != told:
                    watcher.say(text)
                told = text
                _sleep(bell, watcher, rest(faults))
                faults += 1
                continue
            if bell.wait(pause):
                bell.wait(watcher.breath())
    except Stopped:
        log.info("stopped")
    finally:
        watcher.close()


def _text(error: Exception) -> str:
    """Log a fault, and return what to say of it."""
    if isinstance(error, DocgenError):
        log.warning("not built: %s", type(error).__name__)
        return str(error)
    log.error("fault in the watch", exc_info=error)
    return _("Something went wrong in docgen itself ({kind}). It tries again by itself.", kind=type(error).__name__)


def _sleep(bell: Bell, watcher: Watcher, seconds: float) -> None:
    """Let time pass, though there are events."""
    until = watcher.clock() + seconds
    while (left := until - watcher.clock()) > 0:
        bell.wait(left)
