"""Everything that docgen says can be said in bokmål and nynorsk."""

import subprocess
import sys
from pathlib import Path

from docgen.messages import _, many, speak

ROOT = Path(__file__).resolve().parent.parent


def test_the_catalogues_are_complete_and_compiled():
    script = [sys.executable, ROOT / "tools" / "messages.py", "--check"]

    done = subprocess.run(script, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_a_message_is_said_in_the_language_chosen():
    speak("nn")
    try:
        nynorsk = _("line {line}", line=3)
        speak("en")
        english = _("line {line}", line=3)
    finally:
        speak("nb")

    assert (nynorsk, english) == ("linje 3", "line 3")


def test_braces_in_what_a_user_wrote_are_printed_as_they_are():
    assert _("line {line}", line="{x}") == "linje {x}"


def test_one_and_many_are_said_differently():
    assert many("{count} document", "{count} documents", 2).startswith("2 ")
