# make demo   sets everything up and makes the example workspace, with docx and PDF
# make test   sets everything up and runs the tests
# make check  lint, types, import contracts, message catalogues and generated docs
# make soak   state machines, kill loops, bit flips and storms of files at full length (hours)
# make bench  measure against the peers (needs node and npm); make fuzz  ten minutes of damaged inputs
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check soak bench fuzz messages clean

$(READY): pyproject.toml uv.lock
	sh tools/setup.sh
	touch $@

demo: $(READY)
	$(BIN)/docgen build

test: $(READY)
	$(BIN)/pytest -n auto

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/messages.py --check
	$(BIN)/python tools/word_list.py --check

messages: $(READY)
	$(BIN)/python tools/messages.py

bench: $(READY)
	cd benchmarks && npm ci --silent
	$(BIN)/python benchmarks/render.py
	$(BIN)/python benchmarks/whole_path.py
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/executor.py
	$(BIN)/python benchmarks/no_op.py
	$(BIN)/python benchmarks/watching.py
	$(BIN)/python benchmarks/pack.py
	$(BIN)/python benchmarks/pdf.py

fuzz: $(READY)
	DOCGEN_FUZZ_SECONDS=600 $(BIN)/pytest tests/hostile/test_fuzz.py

soak: $(READY)
	DOCGEN_SOAK_EXAMPLES=20000 $(BIN)/pytest -n auto tests/rules
	DOCGEN_KILLS=1000 DOCGEN_STEPS=all $(BIN)/pytest -n auto tests/crash
	DOCGEN_FLIPS=50000 $(BIN)/pytest -n auto tests/register/test_bit_flips.py
	DOCGEN_SOAK_EXAMPLES=2000 $(BIN)/pytest tests/incremental
	DOCGEN_CONVERSIONS=200 $(BIN)/pytest tests/pdf/test_killed_offices.py
	DOCGEN_KILLS=100 $(BIN)/pytest tests/pdf/test_watched.py
	DOCGEN_STORM=10000 $(BIN)/pytest tests/storm/test_storms.py -k at_once
	DOCGEN_DANCES=2000 DOCGEN_SECONDS=600 $(BIN)/pytest tests/storm/test_storms.py -k many_programs

clean:
	rm -rf output $(VENV)
