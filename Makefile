# `make` alone lists the targets. All of them work in their own virtual environment, which they make when it is missing.

PYTHON ?= python3
VENV ?= .venv
PATHS ?= seeds
OUT ?= outputs

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help install run test check format golden clean

help: ## list the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

install: $(VENV)/.installed ## install greffier in .venv

run: $(VENV)/.installed ## read PATHS (default: seeds), write tables to OUT (default: outputs)
	$(BIN)/greffier run $(PATHS) --out $(OUT)
	@echo "The tables are in $(abspath $(OUT))"

test: $(VENV)/.installed-dev ## run the tests
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev ## run all that continuous integration runs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/greffier lexicon check
	$(BIN)/python -m pytest

format: $(VENV)/.installed-dev ## bring the code into its form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

golden: $(VENV)/.installed-dev ## keep what the seeds, the notebook and docs/ give now as what the tests expect
	$(BIN)/greffier run seeds --out build/golden --fresh --quiet
	cp build/golden/*.csv build/golden/*.json build/golden/*.jsonl tests/golden/
	$(BIN)/python scripts/run_notebook.py
	$(BIN)/python scripts/build_docs.py

clean: ## remove the virtual environment and all caches
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Greffier needs Python 3.11 or newer, $(PYTHON) is " + sys.version.split()[0] + "; name another one: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[all]'
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[all,dev,dask]'
	@touch $@ $(VENV)/.installed
