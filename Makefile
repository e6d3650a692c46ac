# Everything a contributor types. `make` alone lists the targets.
# Another Python: make test PYTHON=python3.12 VENV=.venv-3.12

PYTHON ?= python3
VENV   ?= .venv
LOCK   ?= requirements/dev.txt
# What the tests of one file share, such as a built site, is made by one worker. Files come as tests/conftest.py puts them.
SHARED := --dist loadfile --no-loadscope-reorder
# More arguments for pytest or the checker: make quick ARGS="-k baseline -x"
ARGS   ?=
# Size of the benchmark's library: make bench N=1000
N      ?=

BIN     := $(VENV)/bin
READY   := $(VENV)/.ready
UV      := .cache/uv/bin/uv
SCRIPTS := $(shell find plugins/mkdocs_papers/assets plugins/mkdocs_papers/editing -name '*.js')
# Four more than there are processors: tests of the browser wait for it, and for what pages put off.
WORKERS := $(shell expr 4 + `nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2`)

# Material's advertisement against MkDocs 2 is no warning about this site.
export NO_MKDOCS_2_WARNING := true
# Deno checks; it asks nobody for news and keeps its own files here.
export DENO_NO_UPDATE_CHECK := 1
export DENO_DIR := .cache/deno
# Where Python may keep no bytecode, each worker and each program of the tests would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve build check test quick lint types bytecode pytest coverage browser soak mutants test-lowest fix lock covers screenshots lighthouse bench clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(READY) ## read the library at http://127.0.0.1:8000/, rebuilt at every save
	$(BIN)/mkdocs serve

build: $(READY) ## build the site into site/; a warning fails
	$(BIN)/mkdocs build --strict

check: $(READY) ## name every defect of the library, each on its line
	$(BIN)/mkdocs-papers check $(ARGS)

test: ## everything: lint, types, all tests with a real browser
	$(MAKE) --jobs 2 types lint browser bytecode
	$(MAKE) pytest

quick: lint types ## lint, types and the fast tests
	$(BIN)/pytest -n $(WORKERS) $(SHARED) -m "not slow and not browser" $(ARGS)

lint: $(READY) ## rules and layout: ruff for Python, deno for scripts and style sheets, zizmor for workflows
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/deno lint --quiet
	$(BIN)/deno fmt --check --quiet
	$(BIN)/zizmor --offline --quiet .github plugins/mkdocs_papers/starter/workflows/*.yml

types: $(READY) ## types, strictly: mypy for Python, deno for scripts
	$(BIN)/mypy
	$(BIN)/deno check --quiet $(SCRIPTS)

# Types take one processor; meanwhile another does for all workers what each would do by itself.
bytecode: $(READY) ## compile the tests
	$(BIN)/pytest --collect-only -qq -p no:xdist > /dev/null

pytest: $(READY) ## all tests
	$(BIN)/pytest -n $(WORKERS) $(SHARED) $(ARGS)

coverage: $(READY) browser ## all tests, and the lines and branches that none of them runs; twice as slow
	$(BIN)/pytest -n $(WORKERS) $(SHARED) --cov --cov-report=term $(ARGS)

browser: $(READY) ## find a Chromium for the tests, else install one
	$(BIN)/python -m tests.browser.chromium

soak: $(READY) browser ## ten minutes of random bytes, and the property tests with many more examples
	$(BIN)/python -m tests.fuzz.run
	HYPOTHESIS_PROFILE=soak $(BIN)/pytest -n $(WORKERS) --timeout=0 $(ARGS)

mutants: $(READY) ## put small faults into the code and count those that the tests notice: ARGS="records --count 100"
	$(BIN)/python -m tests.mutation.run $(ARGS)

test-lowest: ## all tests with the lowest dependencies that pyproject.toml allows
	$(MAKE) browser pytest VENV=.venv-lowest LOCK=requirements/lowest.txt

fix: $(READY) ## mend what the linters can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/deno fmt --quiet

covers: $(READY) ## draw the covers of the notes anew
	$(BIN)/python covers/draw.py

screenshots: $(READY) browser ## pictures of every page type, for desk, tablet and phone, light and dark
	$(BIN)/python -m tests.browser.screenshots

lighthouse: $(READY) browser ## what Google's Lighthouse says of the main pages on a phone (needs Node's npx)
	$(BIN)/python -m tests.browser.lighthouse

bench: $(READY) ## measure this plugin against plain MkDocs; N=1000 for one size only
	$(BIN)/python -m benchmarks $(N)

lock: $(UV) ## pin the newest dependencies, and the lowest, in requirements/
	$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --extra pdf --group dev \
		--generate-hashes --custom-compile-command "make lock" --output-file requirements/dev.txt pyproject.toml
	$(UV) pip compile --quiet --upgrade --resolution lowest-direct --universal --python-version 3.11 --extra pdf \
		--output-file .cache/lowest.txt pyproject.toml
	$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --extra pdf --group test --constraint .cache/lowest.txt \
		--no-annotate --generate-hashes --custom-compile-command "make lock" --output-file requirements/lowest.txt pyproject.toml

clean: ## remove what was built, and the environments
	rm -rf site dist build .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache .coverage .venv .venv-*
	find plugins tests covers -name __pycache__ -type d -exec rm -rf {} +

# The environment: made once, and again when the pins or the project's own declaration change.
# The pins name all that there is to install: pip looks for nothing else.
$(READY): $(LOCK) pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(UV):
	$(PYTHON) -m venv .cache/uv
	.cache/uv/bin/pip install --quiet --disable-pip-version-check uv
