"""LibreOffice accepts or rejects all tracked changes of documents, through a macro of a profile of our own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

SOFFICE = shutil.which("soffice")

ACCEPT, REJECT, KEEP = "AcceptAllTrackedChanges", "RejectAllTrackedChanges", ""

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Review"/></library:library>"""

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Review" script:language="StarBasic">
Sub Settle(list As String)
  Dim line As String
  channel = FreeFile
  Open list For Input As #channel
  Do While Not Eof(channel)
    Line Input #channel, line
    job = Split(line, "|")
    One(job(0), job(1), job(2))
  Loop
  Close #channel
End Sub

Sub One(source As String, command As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  frame = document.CurrentController.Frame
  If Len(command) > 0 Then dispatcher.executeDispatch(frame, ".uno:" + command, "", 0, Array())
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  kind(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, kind())
  document.close(True)
End Sub
</script:module>"""


def settled(folder: Path, jobs: Sequence[tuple[bytes, str]]) -> list[bytes]:
    """Return each document as LibreOffice saves it after the command."""
    program = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    # The first start writes the profile, and would write over a macro that is there already.
    _run(program, "--headless", "--terminate_after_init")
    library = folder / "profile" / "user" / "basic" / "Standard"
    library.mkdir(parents=True, exist_ok=True)
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (library / "Review.xba").write_text(_escaped(_MACRO), encoding="utf-8")
    lines, targets = [], []
    for number, (data, command) in enumerate(jobs):
        source, target = folder / f"{number}.docx", folder / f"{number}.settled.docx"
        source.write_bytes(data)
        targets.append(target)
        lines.append(f"{source.as_uri()}|{command}|{target.as_uri()}\n")
    (folder / "jobs.txt").write_text("".join(lines), encoding="utf-8")
    _run(program, "--headless", f'macro:///Standard.Review.Settle("{folder / "jobs.txt"}")')
    return [target.read_bytes() for target in targets]


def _escaped(macro: str) -> str:
    """Escape the program between the elements; its own lines hold no `<`."""
    head, begin, rest = macro.partition('script:language="StarBasic">')
    program, end, tail = rest.partition("</script:module>")
    return head + begin + program.replace('"', "&quot;").replace(">", "&gt;") + end + tail


def _run(*arguments: str) -> None:
    assert SOFFICE is not None
    subprocess.run([SOFFICE, *arguments], capture_output=True, timeout=120, check=True)
