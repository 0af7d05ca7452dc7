"""The benchmarks run, compare the same texts, and end with one line of JSON; how fast is for `make bench` to say."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"


@pytest.mark.parametrize(
    ("script", "smaller", "ratios"),
    [
        ("start.py", [], {"start": ["help", "version"]}),
        ("whole_path.py", [], {"whole_path": ["pyyaml_docxtpl", "cyaml_docxtpl"]}),
        ("render.py", [], {"agenda": ["docxtpl", "docxtemplater"], "guideline": ["docxtpl", "docxtemplater"]}),
        (
            "pack.py",
            ["--parts", "2"],
            {"pack": ["pypdf", "pypdf_clock", "pypdf_one_overlay", "pypdf_one_overlay_clock"]},
        ),
        ("no_op.py", ["--inputs", "60", "--changes", "1"], {"no_op": ["ninja"]}),
        (
            "pdf.py",
            ["--documents", "6", "--each", "2"],
            {"pdf": ["stock_each", "stock_all", "unoserver", "cold"]},
        ),
        (
            "watching.py",
            ["--inputs", "60"],
            {
                "watching": [
                    *("example", "example_in_process", "example_without_settling"),
                    *("60_inputs", "60_inputs_in_process", "60_inputs_without_settling"),
                ]
            },
        ),
    ],
)
def test_a_benchmark_ends_with_its_ratios(script, smaller, ratios):
    if script == "render.py" and not (BENCHMARKS / "node_modules").is_dir():
        pytest.skip("docxtemplater is not installed: make bench does that")

    done = subprocess.run(
        [sys.executable, BENCHMARKS / script, "--rounds", "1", *smaller], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert {name: list(found) for name, found in told.items()} == ratios
    assert all(ratio > 0 for found in told.values() for ratio in found.values())
