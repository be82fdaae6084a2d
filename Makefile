# make demo: the main job on sample files.  make test: all tests.  make bench: how fast it is,
# beside what (bench-quick: within a minute; bench-record, bench-plot).  All set themselves up.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
READY := $(VENV)/.ready
READY_TEST := $(VENV)/.ready-test
READY_BENCH := $(VENV)/.ready-bench

.PHONY: demo test lint types bench bench-quick bench-record bench-plot clean

demo: $(READY)
	$(BIN)/markscan demo $(VENV)/demo

test: $(READY_TEST)
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist loadfile

lint: $(READY_TEST)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY_TEST)
	$(BIN)/mypy

bench: $(READY_BENCH)
	$(BIN)/python -m benchmarks run all

bench-quick: $(READY_BENCH)
	$(BIN)/python -m benchmarks run matching --quick

bench-record: $(READY_BENCH)
	$(BIN)/python -m benchmarks record

bench-plot: $(READY_BENCH)
	$(BIN)/python -m benchmarks plot

clean:
	$(PYTHON) -c "import shutil; shutil.rmtree('$(VENV)', ignore_errors=True)"

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	$(PYTHON) -c "open('$@', 'w').close()"

$(READY): $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	$(BIN)/python -m compileall -q src
	$(PYTHON) -c "open('$@', 'w').close()"

$(READY_TEST): $(READY) pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test]"
	$(PYTHON) -c "open('$@', 'w').close()"

$(READY_BENCH): $(READY_TEST) pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test,bench]"
	$(PYTHON) -c "open('$@', 'w').close()"
