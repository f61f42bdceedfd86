# Everything needed is made on the way: a .venv of its own, from a locked list with hashes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONUTF8 = 1

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types contracts docs generate wheel bench faults lock clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "lawcheck needs Python 3.11 or newer: make PYTHON=python3.12 ..." >&2; exit 2; }
	@echo "Setting up $(VENV) (once)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src $(VENV)/lib || true
	@touch $@

setup: $(VENV)/ready  ## make the .venv with everything in it

demo: setup  ## look at the year 2022 of a real bureau
	@$(BIN)/lawcheck demo

test: setup  ## run the tests with coverage
	$(BIN)/python -m coverage erase
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term $(ARGS)

lint: setup  ## ruff: all rules, and the format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: setup  ## mypy, strict
	$(BIN)/mypy

contracts: setup  ## the arrows between the rooms
	$(BIN)/lint-imports

docs: setup  ## check that what is generated is up to date
	$(BIN)/python tools/generate.py --check

generate: setup  ## write SQL, schemas, catalogues and reference pages anew
	$(BIN)/python tools/generate.py

wheel: setup  ## build the wheel, install it into an empty environment, run the demo from there
	tools/check-wheel $(BIN)/python

bench: setup  ## measure, side by side in one run
	$(BIN)/python tools/bench.py $(ARGS)

faults: setup  ## try to break the register, and print what came of it
	$(BIN)/python tools/faults.py $(ARGS)

lock: setup  ## lock the dependencies anew, with hashes
	$(BIN)/python tools/lock.py

clean:  ## remove what was made
	rm -rf $(VENV) dist build .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
