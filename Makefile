# Everything that one does with this tree. `make help` lists it.
# Needs Python 3.11 or later and make; the rest goes into .venv, pinned with hashes.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo
JOBS ?= 2
PIP := $(BIN)/python -m pip --disable-pip-version-check
SOURCES := $(wildcard src tests bench tools)

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-spark demo test thorough faults check lint types contracts docs audit sbom \
	format messages written eval-claims eval-matching eval-linkage fit-matching bench load lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.runtime  ## .venv with the `constancia` command in it

setup-dev: $(VENV)/.dev  ## the same with what tests, checks and benchmarks need

setup-spark: $(VENV)/.spark  ## the same with Spark, for lists that outgrow one machine's memory (456 MB; needs Java 17)

demo: setup  ## build the demonstration register in ./demo and open the staff site on it
	@$(BIN)/constancia demo --home $(DEMO) --port 0 --link

test: setup-dev  ## the whole suite, on SQLCipher and on PostgreSQL, with a browser where one is found
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

thorough: setup-dev  ## the same, trying several times as many examples of every property
	@CONSTANCIA_THOROUGH=1 $(BIN)/python -m pytest -n $(JOBS) --dist worksteal

faults: setup-dev  ## kills, power cuts, failing and full disks, turned clocks: longer than in `make test` (minutes)
	@CONSTANCIA_FAULTS=full $(BIN)/python -m pytest -n $(JOBS) --dist worksteal --engine=sqlcipher -m faults tests

check: setup-dev  ## formatting, lint, types, import contracts, documentation and dependencies, all of them before failing
	@failed=; for part in lint types contracts docs audit; do \
		echo "== $$part"; $(MAKE) --no-print-directory $$part || failed="$$failed $$part"; done; \
	if [ -n "$$failed" ]; then echo "make check: not clean:$$failed" >&2; exit 1; fi

lint: setup-dev  ## ruff: formatting and lint
	@$(BIN)/ruff format --check $(SOURCES); formatted=$$?; $(BIN)/ruff check $(SOURCES) && exit $$formatted

types: setup-dev  ## mypy, strict
	@$(BIN)/mypy

contracts: setup-dev  ## who may import whom
	@$(BIN)/lint-imports --no-cache

docs: setup-dev  ## documentation, catalogue and translations against the code
	@$(BIN)/python -m pytest -q --engine=sqlcipher tests/house

audit: setup-dev  ## what is installed is what the locks say, and no advisory speaks of it
	@$(BIN)/python -m tools.audit_dependencies

sbom: setup-dev  ## what Constancia runs on, as a CycloneDX bill of materials in build/
	@PYTHONPATH=src $(BIN)/python -m tools.sbom

format: setup-dev  ## put the code in its form
	@$(BIN)/ruff check --fix-only -q $(SOURCES); $(BIN)/ruff format $(SOURCES)

messages: setup-dev  ## gather what the interface says, compile its English, tell what has none
	@$(BIN)/python -m tools.messages

written: setup-dev  ## write the generated pages of docs/ anew
	@$(BIN)/python -m tools.pages

eval-claims: setup-dev  ## how well claims are read, on the labelled texts of CONSTANCIA_SHARED (VERBOSE=1: every error)
	@$(BIN)/python -m tools.eval_claims $(if $(VERBOSE),-v)

eval-matching: setup-dev  ## how well lists of names are matched, beside other matchers (MILLION=1: a million people as well)
	@[ -x .venv-peers/bin/python ] || { python3 -m venv .venv-peers && \
		.venv-peers/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes \
		-r requirements-peers.lock >/dev/null 2>&1 || rm -rf .venv-peers; }
	@PYTHONPATH=src $(BIN)/python -m tools.matching.evaluate $(if $(MILLION),--million)
	@$(BIN)/python -m tools.eval_linkage

fit-matching: setup-dev  ## learn the weights of the comparison of names anew, on invented lists
	@PYTHONPATH=src $(BIN)/python -m tools.matching.fit $${CONSTANCIA_SHARED:-../shared}/data/names \
		src/constancia/domain/matching/weights/names-1.toml

eval-linkage: setup-dev  ## how well lists are linked, on the benchmarks of CONSTANCIA_SHARED
	@$(BIN)/python -m tools.eval_linkage

bench: setup-dev  ## benchmarks, as a table (SIZES="1000 10000 100000")
	@$(BIN)/python -m bench $(SIZES)

load: setup-dev  ## twenty people at work and a wave of releases, on both engines, at 100,000 people (LOAD="--size 1000 …")
	@PYTHONPATH=src $(BIN)/python -m bench.load $(LOAD)

lock: setup-dev  ## resolve the dependencies anew: exact versions, hashes, no download address
	@compile="$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate"; \
	$$compile --extra build -o requirements.lock && \
	$$compile --extra build --extra dev -c requirements.lock -o requirements-dev.lock && \
	$$compile --extra build --extra spark -c requirements.lock -o requirements-spark.lock

clean:  ## remove .venv and every cache (never a register)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later was not found; name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# The project itself is editable and built without isolation, so that its build backend is hash-locked too.
$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Constancia runs on into $(VENV) (once; a few minutes on a slow network) ..."
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing what tests and checks need ..."
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# Spark comes as source only. Built without isolation, with the setuptools of requirements-dev.lock: an isolated
# build would fetch one that nothing pins.
$(VENV)/.spark: requirements-spark.lock $(VENV)/.dev
	@echo "Installing Spark (456 MB) ..."
	@$(PIP) install --quiet --require-hashes --no-build-isolation -r requirements-spark.lock
	@touch $@
