# Lianjian: `make run` starts it, `make test` tests it. `make help` lists the rest.

SHELL := /bin/sh
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && exit; \
	done; echo python3)
PY := .venv/bin/python
# Two at a time: more only wait for one another on a small machine. `make test T=tests/test_house.py` runs a part.
T ?=
PYTEST := $(PY) -m pytest -n 2 --dist loadfile

.PHONY: help run test check bench venv dev node frontend translations lock clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: frontend translations ## Start Lianjian: everything it needs is made first (Ctrl-C stops it)
	@exec .venv/bin/lianjian run

test: dev frontend translations ## Run the tests (T=path runs a part)
	@$(PYTEST) $(T)

check: dev translations ## Everything that can be said without running the tests
	@$(PY) tests/checks.py

bench: dev frontend translations ## Run the benchmarks (never part of the tests)
	@$(PY) -m bench

venv: ## The Python environment of a running Lianjian, in .venv
	@$(PYTHON) requirements/environment.py

dev: ## The environment with what tests and checks need
	@$(PYTHON) requirements/environment.py dev

node: ## The same with Node, where the machine has none of version 20 or later
	@$(PYTHON) requirements/environment.py node

frontend: node ## Build the front end, if its sources changed
	@$(PY) requirements/front_end.py

translations: venv ## Compile the catalogues of both languages
	@$(PY) -m lianjian.foundation.translate --compile

lock: dev ## Renew the hashed lock files in requirements/
	@$(PY) requirements/lock.py

clean: ## Remove what was built (not the data in var/)
	@if [ -x $(PY) ] && [ -d .cache/testdb ]; then $(PY) -c 'from tests import ground; ground.stop()' || true; fi
	@rm -rf .venv .cache frontend/node_modules src/lianjian/foundation/static/build src/lianjian.egg-info
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
