"""How long `docgen --help` and `docgen --version` take, against a bare Python start.

Run by `make bench`. Whole processes, in turn in one run; each figure is the median of the rounds. The last line is
JSON: how many bare starts each takes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

DOCGEN = str(Path(sys.executable).with_name("docgen"))
COMMANDS = {"bare": [sys.executable, "-c", "pass"], "help": [DOCGEN, "--help"], "version": [DOCGEN, "--version"]}


def seconds(command: list[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    figures: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            figures[name].append(seconds(command))
    middle = {name: median(values) for name, values in figures.items()}
    for name, value in middle.items():
        print(f"{name:8} {value * 1000:6.1f} ms")
    print(json.dumps({"start": {name: round(middle[name] / middle["bare"], 1) for name in ("help", "version")}}))


if __name__ == "__main__":
    main()
