"""A build with nothing to do, against ninja's own, and a build after one change, in a workspace of 10,000 inputs.

Run by `make bench`. Whole processes, docgen and ninja in turn in one run, with what they read in the system's cache;
each figure is the median of the rounds. ninja has one edge for each input: of the input, its mandate, docgen.toml and
the templates, its documents are made. The last line is JSON: how many of ninja's builds one of docgen's takes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

from process import Run, build_at_once, installed, measured
from secretariat import bodies, make_workspace, meeting, meeting_file, text_of

from docgen.run.untouched import untouched

DOCGEN = str(Path(sys.executable).with_name("docgen"))
NINJA = str(Path(sys.executable).with_name("ninja"))

SECONDS, MEGABYTES, NINJAS, CHANGE = 0.5, 120, 3, 0.8
"""What is asked for, at most."""

_FRESH = 2.1
"""After how many seconds the stamp of a file vouches for it."""

CALLED = 1
"""The turn of the meetings that are called."""


def settled(root: Path) -> list[dict[str, Any]]:
    """Build until a build has nothing to do, and return the documents with their inputs."""
    for _try in range(4):
        time.sleep(_FRESH)
        told = subprocess.run(
            [DOCGEN, "build", "--json"], cwd=root, env=installed(), check=True, capture_output=True, text=True
        )
        if untouched(root):
            documents: list[dict[str, Any]] = json.loads(told.stdout)["documents"]
            return documents
    raise SystemExit("the workspace does not come to rest")


def ninja_file(root: Path, documents: Iterable[dict[str, Any]], builddir: Path) -> str:
    """Return what ninja has to know: which documents are made of which files."""
    made: dict[str, set[tuple[str, str]]] = {}
    for one in documents:
        made.setdefault(one["input"], set()).add((one["file"], one["kind"]))
    lines = [f"builddir = {_escaped(str(builddir))}", "rule docgen", "  command = :"]
    for name, results in made.items():
        templates = {f"templates/{kind}.docx" for _file, kind in results}
        mandate = f"mandates/{Path(name).parent.name}.yaml"
        others = ["docgen.toml", *sorted(templates), *([mandate] if (root / mandate).exists() else [])]
        outputs = " ".join(_escaped(file) for file, _kind in sorted(results))
        lines.append(f"build {outputs}: docgen {_escaped(name)} | {' '.join(map(_escaped, others))}")
    return "\n".join([*lines, ""])


def _escaped(name: str) -> str:
    return name.replace("$", "$$").replace(" ", "$ ").replace(":", "$:")


def ninja_ready(root: Path, documents: Iterable[dict[str, Any]], folder: Path) -> list[str]:
    """Return the command with which ninja finds, from now on, that there is nothing to do."""
    file = folder / "build.ninja"
    file.write_text(ninja_file(root, documents, folder), "utf-8")
    command = [NINJA, "-f", str(file)]
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    told = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    assert "no work to do" in told, told[-500:]
    return command


def change(root: Path, body: str, turn: int, document: str) -> tuple[float, float]:
    """Change a called meeting, build, and return when its document was in its place, and when the build ended."""
    file, target = root / meeting_file(body, CALLED), root / document
    before = target.stat().st_ino
    changed = meeting(body, CALLED) | {"sted": f"Flyttet til rom {turn}"}
    file.write_text(text_of(changed, file.suffix), "utf-8")
    begin = time.perf_counter()
    process = subprocess.Popen(
        [DOCGEN, "build"], cwd=root, env=installed(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while target.stat().st_ino == before:
        assert process.poll() is None, "the document was not made"
        time.sleep(0.0005)
    finished = time.perf_counter() - begin
    assert process.wait() == 0
    return finished, time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--changes", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "arbeidsområde")
        make_workspace(root, given.inputs)
        build_at_once(root)
        documents = settled(root)
        print(f"{given.inputs} inputs, {len(documents)} documents")
        ninja = ninja_ready(root, documents, Path(folder))
        os.sync()  # what was made so far shall not be waited for by what is measured
        runs: list[tuple[Run, Run]] = [
            (measured([DOCGEN, "build"], root), measured(ninja, root)) for _ in range(given.rounds)
        ]
        agendas = {one["input"]: one["file"] for one in documents if one["kind"] == "innkalling"}
        changes = []
        for turn in range(given.changes):
            body = bodies(given.inputs)[turn % len(bodies(given.inputs))]
            changes.append(change(root, body, turn, agendas[meeting_file(body, CALLED)]))
            settled(root)
    ours, ninjas = zip(*runs, strict=True)
    ratio = median(our.seconds / ninja.seconds for our, ninja in runs)
    rows = [
        ("nothing to do", f"{median(run.seconds for run in ours):.3f} s", f"under {SECONDS} s"),
        ("  at most in memory", f"{max(run.megabytes for run in ours):.0f} MB", f"under {MEGABYTES} MB"),
        ("  ninja", f"{median(run.seconds for run in ninjas):.3f} s", ""),
        ("  docgen's time by ninja's", f"{ratio:.1f}", f"at most {NINJAS}"),
        (
            "one changed input, to its finished docx",
            f"{median(first for first, _end in changes):.3f} s",
            f"under {CHANGE} s",
        ),
        ("  to the end of the process", f"{median(end for _first, end in changes):.3f} s", ""),
    ]
    for name, value, asked in rows:
        print(f"{name:40} {value:>10}  {asked}".rstrip())
    print(json.dumps({"no_op": {"ninja": round(ratio, 1)}}))


if __name__ == "__main__":
    main()
