# Needs git, make and Python 3.11 or newer; another interpreter: make test PYTHON=python3.12
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Twice quiet: errors only.
PIP    := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check
DEMO   := corpus/wild/demo/before.txt

# Stamps: an installation is made again only when what it rests on has changed.
MADE := $(VENV)/.made
RUN  := $(VENV)/.installed
DEV  := $(VENV)/.installed-dev

.PHONY: help demo test lint types bench eval peers clean

help:
	@echo "make demo   repair an article and show what was changed"
	@echo "make test   run all tests but the slow ones"
	@echo "make lint   ruff: style and format"
	@echo "make types  mypy"
	@echo "make bench  false edits, throughput, start-up"
	@echo "make eval   take every rule's figures again and refresh rules/earned.json"
	@echo "make peers  the same texts through other tools"
	@echo "make clean  remove what make has made"

demo: $(RUN)
	@printf '\n%s\n\n' '--- The article, corrected (cleanup fix $(DEMO)):'
	@$(BIN)/cleanup fix $(DEMO)
	@printf '\n%s\n\n' '--- What was changed, and by which rule (cleanup diff $(DEMO)):'
	@FORCE_COLOR=1 $(BIN)/cleanup diff $(DEMO) || [ $$? -eq 1 ] # 1: there are changes

test: $(DEV)
	$(BIN)/python -m pytest -n 2

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy --strict cleanup

bench: $(DEV)
	$(BIN)/python benchmarks/false_edits.py
	$(BIN)/python benchmarks/throughput.py
	$(BIN)/python benchmarks/startup.py

eval: $(DEV)
	$(BIN)/python benchmarks/evaluate.py --reason "$(REASON)"
	$(BIN)/python docs/write_rules.py

peers: $(DEV)
	$(BIN)/python benchmarks/peers/run.py

clean:
	rm -rf benchmarks/peers/.work $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find cleanup rules tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit("mt-cleanup needs Python 3.11 or newer; this is " + sys.version if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(RUN): pyproject.toml $(MADE)
	$(PIP) -e .
	@touch $@

$(DEV): pyproject.toml $(MADE)
	$(PIP) -e '.[dev]'
	@touch $(RUN) $@
