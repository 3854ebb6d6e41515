# `make help` lists what there is. Everything is installed by setup.sh when it is needed.

.DEFAULT_GOAL := help
.PHONY: translations help run setup test lint format screenshots proofs bench bench-wording bench-paper bench-packs
SHELL := /bin/sh
# Homebrew's libraries, for a Python that is not Homebrew's (see setup.sh). Other systems do not look at it.
# The shell gives way to Python, so that a signal to make reaches it.
PY := DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib exec .venv/bin/python
INSTANCE ?= $(if $(DEMO),instance-demo,instance)
export INSTANCE
# A server starts half a dozen processes, and the tests many servers: what one has compiled the next shall find,
# whatever the machine is used to.
export PYTHONDONTWRITEBYTECODE :=

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Start the planner (PORT=5001 for another port, DEMO=1 for one filled with examples)
	@./setup.sh run
	@$(PY) -m flask --app app serve $(if $(DEMO),--demo)

setup: ## Install what is missing, and nothing else
	@./setup.sh run

test: ## Run every test, the browser's included
	@./setup.sh test
	@INSTANCE= $(PY) -m pytest

lint: ## Check style, types, imports and templates
	@./setup.sh test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/djlint templates --lint --quiet

format: ## Put code into the one style
	@./setup.sh test
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format --quiet .

screenshots: ## Picture every page, 1280 and 390 px wide, light and dark, into screenshots/
	@./setup.sh test
	@INSTANCE= $(PY) -m tests.browser.screenshots

proofs: ## Picture every kind of paper in every design and language, into proofs/ (ACCEPT=1: keep the reference pictures anew)
	@./setup.sh test
	@INSTANCE= $(PY) -m tests.handouts.proofs $(if $(ACCEPT),--accept) $(KINDS)

translations: ## Bring the words of handouts in other languages up to date, and name those that are missing
	@./setup.sh test
	@$(PY) -m planner.handouts.words.catalogues

bench: ## Measure the search at 1,000, 10,000 and 100,000 exercises (2 minutes, 2 GB of disk meanwhile)
	@./setup.sh test
	@INSTANCE= $(PY) -m bench search

bench-wording: ## Measure the forward-focus check, a sentence and a long text (seconds)
	@./setup.sh test
	@INSTANCE= $(PY) -m bench wording

bench-paper: ## Measure a PDF of eight pages beside headless Chromium, and a first preview (half a minute)
	@./setup.sh test
	@INSTANCE= $(PY) -m bench paper

bench-packs: ## Measure how many sheets of a pack one worker makes in a second, and two (a minute)
	@./setup.sh test
	@INSTANCE= $(PY) -m bench packs
