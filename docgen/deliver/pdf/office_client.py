"""The side of a conversion that speaks with LibreOffice: a process of its own, which starts it and ends with it.

Run as a script by a Python that has `uno`, which is seldom docgen's own, so it needs the standard library only, of
Python 3.8. It reads one JSON order a line and answers with one JSON line:

    {"folder", "files", "command", "pipe", "sockets"}  ->  {"ready": true} or {"failed": why}
    {"source", "target", "export", "reader",           ->  {"made": true, "memory": bytes} or {"refused": why}
     "has_indexes"}

It owns the folder with LibreOffice's profile and the files on their way. When docgen is gone, however it ended, stdin
is at its end: LibreOffice is killed, the folder removed, and this process ends too. When LibreOffice is gone, so is
this process, and docgen sees it.
"""

from __future__ import annotations

# Few: what is loaded before LibreOffice is launched is waited for.
import contextlib
import json
import math
import os
import signal
import subprocess
import sys
import threading
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from queue import SimpleQueue
    from typing import Any, NoReturn

START = 45.0
"""Seconds that LibreOffice gets to start; the first time on a slow disk takes long."""

RESTART = 81
"""What LibreOffice exits with when it wants to be started once more, as after it has set up a profile."""

MOST_MEMORY = 6 << 30
"""Bytes of addresses that LibreOffice may ask for, some five times what it uses: a bomb ends it, not the machine."""

_SURE = ".docx"
"""It has been looked into before: nobody takes it for something else."""

SMALLEST = 0.4
"""Of its size: a sheet made smaller than that can't be read on paper."""

_KILLED_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux

_EXPORTS = (
    ("com.sun.star.text.GenericTextDocument", "writer_pdf_Export"),
    ("com.sun.star.sheet.SpreadsheetDocument", "calc_pdf_Export"),
    ("com.sun.star.presentation.PresentationDocument", "impress_pdf_Export"),
    ("com.sun.star.drawing.DrawingDocument", "draw_pdf_Export"),
)


class Session:
    """One LibreOffice, its folder, and the way to end both."""

    def __init__(self, start: dict[str, Any]) -> None:
        self.folder = start["folder"]
        self.start = start
        self.process: subprocess.Popen[bytes] | None = None
        # Held while something is begun, and for good when all is ended: nothing is begun after the end. A signal can
        # come in the thread that holds it.
        self._turn = threading.RLock()

    def lay_out(self) -> None:
        """Make the folder, which must be new: nobody else has put anything in it."""
        with self._turn:
            os.umask(0o077)
            os.mkdir(self.folder)
            for name, text in self.start["files"].items():
                file = os.path.join(self.folder, name)
                os.makedirs(os.path.dirname(file), exist_ok=True)
                with open(file, "w", encoding="utf-8") as target:
                    target.write(text)

    def launch(self) -> None:
        quiet = subprocess.DEVNULL
        leash = _leash()
        with self._turn:
            self.process = subprocess.Popen(
                self.start["command"],
                stdin=quiet,
                stdout=quiet,
                stderr=quiet,
                preexec_fn=leash,  # noqa: PLW1509 (the one other thread only waits for a line)
            )

    def end(self) -> NoReturn:
        """Kill LibreOffice, remove what it left, and end this process; whichever thread comes first does it."""
        import shutil

        self._turn.acquire()
        if self.process is not None:
            self.process.kill()
        for name in self.start["sockets"]:
            with contextlib.suppress(OSError):
                os.unlink(name)
        if self.process is not None:
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        os._exit(0)


def _leash() -> Callable[[], None] | None:
    """Return what LibreOffice does before it begins: it asks to be killed when this process is, and for limits."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes
    import resource

    libc = ctypes.CDLL(None)

    def leash() -> None:
        libc.prctl(_KILLED_WITH_PARENT, signal.SIGKILL)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    return leash


def stage(session: Session) -> Any:
    """Start LibreOffice and return the frame in which documents are opened. Raises TimeoutError."""
    session.launch()  # first, so that it starts while what follows is loaded
    import uno  # type: ignore[import-not-found]  # of another Python than mypy looks into

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    url = f"uno:pipe,name={session.start['pipe']};urp;StarOffice.ComponentContext"
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        try:
            context = resolver.resolve(url)
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            time.sleep(0.01)
        else:
            return _frame(context)
        code = session.process.poll() if session.process else None
        if code == RESTART:
            session.launch()
        elif code is not None:
            raise TimeoutError(f"LibreOffice ended with {code}")
    raise TimeoutError("LibreOffice does not answer")


def _frame(context: Any) -> Any:
    """Return a frame that is never shown, and has no toolbars: new ones for each document take a tenth of its time."""
    import uno

    def service(name: str) -> Any:
        return context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", context)

    window = uno.createUnoStruct("com.sun.star.awt.WindowDescriptor")
    window.Type = uno.Enum("com.sun.star.awt.WindowClass", "TOP")
    window.WindowServiceName = "window"
    frame = service("frame.Frame")
    frame.initialize(service("awt.Toolkit").createWindow(window))
    frame.LayoutManager = None
    service("frame.Desktop").getFrames().append(frame)
    return frame


def convert(frame: Any, source: str, target: str, export: dict[str, Any], reader: str, has_indexes: bool) -> None:
    """Open a document, bring its indexes up to date if it has any, and write it as PDF.

    It stays open until another takes its place in the frame. `reader` is LibreOffice's for texts of Word, or empty for
    it to find out what it is. It is asked for no more than it takes: each question costs it a hundredth of the time.
    """
    import uno

    wanted: dict[str, Any] = {"Hidden": True, "ReadOnly": True, "MacroExecutionMode": 0, "UpdateDocMode": 0}
    if reader:
        wanted["FilterName"] = reader
    document = frame.loadComponentFromURL(uno.systemPathToFileUrl(source), "_self", 0, _properties(**wanted))
    if document is None:
        raise ValueError("LibreOffice does not know this kind of file")
    if not source.endswith(_SURE) and _is_text(document):
        raise ValueError("LibreOffice takes it for plain text")
    kind = _EXPORTS[0][1] if reader else _export_of(document)
    if has_indexes and kind == _EXPORTS[0][1]:
        _update_indexes(document)
    if kind == "calc_pdf_Export":
        _fit_sheets(document)
    data = uno.Any("[]com.sun.star.beans.PropertyValue", _properties(**export))
    document.storeToURL(uno.systemPathToFileUrl(target), _properties(FilterName=kind, FilterData=data))


def _is_text(document: Any) -> bool:
    """Tell whether a document was read as plain text, as LibreOffice reads what it does not know or is broken."""
    return any(one.Name == "FilterName" and one.Value.startswith("Text") for one in document.getArgs())


def _export_of(document: Any) -> str:
    return next((name for service, name in _EXPORTS if document.supportsService(service)), _EXPORTS[0][1])


def _update_indexes(document: Any) -> None:
    """Fill the table of contents: only now is it known which page each heading is on."""
    indexes = document.getDocumentIndexes()
    for number in range(indexes.getCount()):
        indexes.getByIndex(number).update()


def _fit_sheets(document: Any) -> None:
    """Let each sheet be as wide as its page, which is turned where that helps: no column is torn off onto another.

    One that would be too small to read takes several pages side by side. A sheet that is already fitted is left so.
    """
    styles = document.getStyleFamilies().getByName("PageStyles")
    for name in document.Sheets.ElementNames:
        sheet = document.Sheets.getByName(name)
        style = styles.getByName(sheet.PageStyle)
        if style.ScaleToPages or style.ScaleToPagesX or style.ScaleToPagesY:
            continue
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        width = cursor.Position.X + cursor.Size.Width
        room = style.Width - style.LeftMargin - style.RightMargin
        if width > room and style.Height > style.Width:
            style.IsLandscape = True
            style.Width, style.Height = style.Height, style.Width
            room = style.Width - style.LeftMargin - style.RightMargin
        if width > room:
            style.ScaleToPagesX = math.ceil(SMALLEST * width / room)
            style.ScaleToPagesY = 0  # as many as it takes


def _properties(**values: Any) -> Any:
    import uno

    made = []
    for name, value in values.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


def memory(pid: int) -> int:
    """Return the bytes of memory that a process holds; 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/statm") as told:
            pages = int(told.read().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def answer(**values: Any) -> None:
    print(json.dumps(values), flush=True)


def serve(session: Session, orders: SimpleQueue[dict[str, Any]]) -> None:
    """Start LibreOffice and carry out orders, until it or docgen is gone."""
    try:
        session.lay_out()
        frame = stage(session)
    except (ImportError, OSError, TimeoutError) as error:
        answer(failed=str(error))
        return
    answer(ready=True)
    import uno

    assert session.process is not None
    line_broke = uno.getClass("com.sun.star.lang.DisposedException")
    refusals = (uno.getClass("com.sun.star.uno.Exception"), ValueError)
    while True:
        order = orders.get()
        try:
            convert(frame, **order)
        except line_broke:
            return
        except refusals as error:
            if _is_gone(session.process):
                return
            answer(refused=str(error).strip() or type(error).__name__)
        else:
            answer(made=True, memory=memory(session.process.pid))


def _is_gone(process: subprocess.Popen[bytes]) -> bool:
    """Tell whether LibreOffice has ended: what it was at fails a moment before."""
    try:
        process.wait(0.3)
    except subprocess.TimeoutExpired:
        return False
    return True


def main() -> None:
    # Not from beside this file: there a `profile` is, as in Python's own library.
    sys.path = [place for place in sys.path if place != os.path.dirname(os.path.abspath(__file__))]
    session = Session(json.loads(sys.stdin.readline()))
    from queue import SimpleQueue

    orders: SimpleQueue[dict[str, Any]] = SimpleQueue()

    def listen() -> None:
        for line in sys.stdin:
            orders.put(json.loads(line))
        session.end()

    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: session.end())
    threading.Thread(target=listen, daemon=True).start()
    try:
        serve(session, orders)
    finally:  # docgen may be gone when it is answered; the thread that ends all must not end with this one
        session.end()


if __name__ == "__main__":
    main()
