"""`docgen build` as a program for strace, which writes down what it has said is kept: WORKSPACE SAID [BROKEN RULE]."""

from __future__ import annotations

import os
import sys

from docgen.cli.main import main
from tests.crash.truths import say_what_is_kept

if __name__ == "__main__":
    workspace, said, *broken = sys.argv[1:]
    if broken:
        from tests.crash.broken import BROKEN

        BROKEN[broken[0]]()
    say_what_is_kept(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    sys.exit(main(["build", "--workspace", workspace]))
