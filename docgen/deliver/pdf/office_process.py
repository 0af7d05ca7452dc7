"""One LibreOffice process that docgen holds: started, asked to convert, watched, and ended with all it started."""

from __future__ import annotations

import hashlib
import json
import os
import queue
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from glob import glob
from pathlib import Path
from typing import Any

from docgen.deliver.pdf import office_client
from docgen.deliver.pdf.office import Office
from docgen.deliver.pdf.profile import profile

FOLDER = "docgen-pdf-"
"""How the names of the temporary folders begin."""

GRACE = 2.0
"""Seconds that a process gets to end by itself before it is killed."""

_TCMALLOC = "/usr/lib/*/libtcmalloc_minimal.so.4"  # saves a tenth of the time
_FLAGS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck")

_READERS = {".docx": "MS Word 2007 XML"}
"""How LibreOffice calls what reads a format, where it need not look into the file to find out."""

_MEMORY = Path("/dev/shm")
_ROOM = 1 << 30
"""Bytes that must be free in memory for a process to have its folder there."""

_ON_WINDOWS: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""There Ctrl-C is kept away so, and so no window opens where docgen has none, as when the watcher runs unseen."""

Export = dict[str, bool | int]

EXPORT: Export = {
    "SelectPdfVersion": 2,  # PDF/A-2b, to be raised to 2a here
    "PDFUACompliance": True,
    "UseTaggedPDF": True,
    "ExportBookmarks": True,
    "ExportFormFields": False,  # what is to be typed in Word is text here
    "DisplayPDFDocumentTitle": True,
    "ReduceImageResolution": False,
    "UseLosslessCompression": False,
    "Quality": 90,
}
"""What LibreOffice is asked for."""


class EndedError(Exception):
    """The process has ended by itself, or did not answer in time and was killed. Another may be started."""


class StartError(EndedError):
    """LibreOffice has not come up."""


class RefusedError(Exception):
    """LibreOffice can't read the document; the process goes on."""


class OfficeProcess:
    """A LibreOffice with a profile and a folder of its own, in a process group of its own. Raises StartError.

    `made` counts its documents and `memory` is what it holds in bytes, 0 where the system does not tell. Who finds that
    one of its PDFs is wrong sets `is_trusted` to False, for it to be asked for no more.
    """

    def __init__(self, office: Office) -> None:
        self.made = 0
        self.memory = 0
        self.is_trusted = True
        self._folder = _place() / (FOLDER + secrets.token_hex(8))
        pipe = "docgen" + secrets.token_hex(8)
        self._sockets = _sockets(self._folder, pipe)
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._process = _started(office, self._folder)
        threading.Thread(target=self._listen, daemon=True).start()
        self._is_ready = False
        with suppress(EndedError):  # which will be seen when it is waited for
            self._send(
                folder=str(self._folder),
                files=profile(office),
                command=[
                    str(office.binary),
                    f"-env:UserInstallation={self._folder.as_uri()}",
                    *_FLAGS,
                    f"--accept=pipe,name={pipe};urp;",
                ],
                pipe=pipe,
                sockets=self._sockets,
            )

    def convert(
        self, content: bytes, suffix: str, export: Export, seconds: float, *, has_indexes: bool = True
    ) -> bytes:
        """Return a document (its format told by `suffix`, as `.docx`) as PDF, within so many seconds.

        `has_indexes` is False when it surely has no table of contents or the like to fill.
        Raises RefusedError or EndedError. After the latter the process is of no more use: close it.
        """
        self._wait_until_ready()
        source, target = self._folder / f"in{suffix}", self._folder / "out.pdf"
        try:
            for file in (source, target):  # LibreOffice may still have the former one open
                file.unlink(missing_ok=True)
            source.write_bytes(content)
            order = {"source": str(source), "target": str(target), "export": export}
            answer = self._asked(seconds, **order, reader=_READERS.get(suffix, ""), has_indexes=has_indexes)
            if "refused" in answer:
                raise RefusedError(answer["refused"])
            self.made += 1
            self.memory = answer["memory"]
            return target.read_bytes()
        except FileNotFoundError as error:  # the folder went with the process
            raise EndedError(str(error)) from error

    def kill(self) -> None:
        """Kill the process with all it has started, at once; from any thread. It is still to be closed."""
        _kill_group(self._process)

    def close(self) -> None:
        """End the process with all it has started, and remove what they leave."""
        assert self._process.stdin is not None
        with suppress(OSError):  # of a line that it never took
            self._process.stdin.close()  # it takes this as the order to kill LibreOffice and end
        with suppress(subprocess.TimeoutExpired):  # it hangs, or was stopped
            self._process.wait(GRACE)
        _kill_group(self._process)
        self._process.wait()
        for name in self._sockets:
            Path(name).unlink(missing_ok=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait_until_ready(self) -> None:
        if self._is_ready:
            return
        try:
            answer = self._answer(office_client.START + 5)
        except EndedError as error:
            raise StartError(str(error)) from error
        if "failed" in answer:
            raise StartError(answer["failed"])
        self._is_ready = True

    def _asked(self, seconds: float, **order: object) -> dict[str, Any]:
        self._send(**order)
        return self._answer(seconds)

    def _send(self, **order: object) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise EndedError(str(error)) from error

    def _answer(self, seconds: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise EndedError(f"no answer in {seconds:g} s") from None
        if not line:
            raise EndedError("the process has ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _listen(self) -> None:
        """Pass on what the process says, and nothing when it has ended: on Windows a pipe can't be waited for."""
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._answers.put(line.decode())
        self._answers.put("")


def _place() -> Path:
    """Return where the folder of a process goes: in memory, if the system has such a place for all and it has room.

    LibreOffice waits until each file it writes is on the disk, and then removes it: a tenth of its time. A place for
    temporary files that somebody has chosen stays chosen.
    """
    usual = Path(tempfile.gettempdir())
    with suppress(OSError):
        if usual == Path("/tmp") and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _ROOM:
            return _MEMORY
    return usual


def _started(office: Office, folder: Path) -> subprocess.Popen[bytes]:
    """Return the process that will start LibreOffice. Raises StartError."""
    try:
        return subprocess.Popen(
            # -I: the system's Python takes nothing from the user. LibreOffice's own is a script that sets PYTHONPATH.
            [office.python, "-s" if office.is_bundled else "-I", office_client.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(folder),
            start_new_session=True,  # Ctrl-C is docgen's to answer, and the whole group can be killed
            creationflags=_ON_WINDOWS,
        )
    except OSError as error:
        raise StartError(str(error)) from error


def _environment(folder: Path) -> dict[str, str]:
    """Return ours without what changes Python or sends LibreOffice elsewhere; its temporary files lie in `folder`."""
    left_out = ("PYTHON", "LD_", "SAL_", "OOO_", "URE_", "UNO_", "LC_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    if found := glob(_TCMALLOC):
        kept["LD_PRELOAD"] = found[0]
    if sys.platform.startswith("linux"):
        kept |= {"SAL_USE_VCLPLUGIN": "svp", "LC_ALL": "C.UTF-8"}
    temporary = str(folder)
    return kept | {
        "SAX_DISABLE_THREADS": "1",  # there is a LibreOffice for each core: a second thread to read XML is in the way
        "TMPDIR": temporary,
        "TMP": temporary,
        "TEMP": temporary,
    }


def _sockets(folder: Path, pipe: str) -> list[str]:
    """Return the sockets that LibreOffice makes and, when it is killed, leaves: our pipe, and its own for a profile.

    The second is named after the digest of the profile's URL in UTF-16, each byte in hex without a leading zero
    (desktop/source/app/officeipcthread.cxx). On Windows both vanish by themselves.
    """
    if not hasattr(os, "getuid"):
        return []
    digest = hashlib.md5(folder.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    of_profile = "SingleOfficeIPC_" + "".join(f"{byte:x}" for byte in digest)
    return [f"{where}/OSL_PIPE_{os.getuid()}_{name}" for where in ("/tmp", "/var/tmp") for name in (pipe, of_profile)]


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its children: `soffice.bin` that lost its parent would go on by itself."""
    if sys.platform == "win32":
        # /T: with all that it has started.
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
        process.kill()
        return
    with suppress(ProcessLookupError):  # it and all it started have ended
        os.killpg(process.pid, signal.SIGKILL)
