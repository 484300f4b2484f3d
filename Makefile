# Two commands a newcomer needs: make demo, make test. Both make .venv and install into it.

PYTHON ?= $(shell for name in python3 python3.12 python3.11 python3.13; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $$name && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# pip compiles what it copies, but not what it links to; without this a first start takes twice the time.
COMPILE := $(BIN)/python -m compileall -q src

.PHONY: demo test lint types unit floors bench screenshots clean

demo: $(VENV)/.installed
	$(BIN)/communique read examples/*.txt examples/*.html examples/*.jsonl

# The tests come last, so that their count is the last line.
test: lint types floors unit

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

floors: $(VENV)/.installed-dev
	@if [ -d ../shared/data ]; then $(BIN)/python -m benchmarks.floors; \
	else echo "floors: no data in ../shared/data, left out"; fi

unit: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

bench: $(VENV)/.installed-bench

# The pictures in the README; they need Chromium.
screenshots: $(VENV)/.installed-dev
	$(BIN)/python tools/screenshots.py

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "communique needs Python 3.11, 3.12 or 3.13; none was found. Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(PIP) -e .
	@$(COMPILE)
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(PIP) -e ".[dev]"
	@$(COMPILE)
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: pyproject.toml | $(BIN)/python
	$(PIP) -e ".[bench]"
	@touch $@ $(VENV)/.installed
