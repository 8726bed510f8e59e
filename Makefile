# Lianjian: `make run` starts it, `make test` tests it. `make help` lists the rest.

SHELL := /bin/sh
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && exit; \
	done; echo python3)
BIN := .venv/bin
PY := $(BIN)/python

.PHONY: help run test check bench venv dev frontend translations lock clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

venv: ## The Python environment of a running Lianjian, in .venv
	@$(PYTHON) requirements/environment.py

dev: ## The environment with what tests and checks need
	@$(PYTHON) requirements/environment.py dev

lock: dev ## Renew the hashed lock files in requirements/
	@$(PYTHON) requirements/lock.py
