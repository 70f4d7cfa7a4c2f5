# `make` alone lists what there is. Two commands matter: `make demo` and `make test`.
PORT ?= 8000
DATA_DIR ?= ./var
VENV := .venv
PY := $(VENV)/bin/python
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo env test check bench css film messages lint types house unit unit-postgres browser coverage lock

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

# --- Running it --------------------------------------------------------------------------------
$(VENV)/runtime: requirements.txt
	@.ci/system venv
	@test -x $(PY) || python3 -m venv $(VENV)
	@echo "Installing what the platform runs on (about a minute, once)..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

demo: $(VENV)/runtime ## Run the sample borough on http://127.0.0.1:PORT
	@JOINEDUP_MODE=demo JOINEDUP_SITE_URL=http://127.0.0.1:$(PORT) JOINEDUP_DATA_DIR=$(abspath $(DATA_DIR)) \
	  $(PY) manage.py demo --port $(PORT)

# --- Working on it -----------------------------------------------------------------------------
$(VENV)/development: requirements-dev.txt package-lock.json .ci/system
	@.ci/system venv browser postgres node web
	@test -x $(PY) || python3 -m venv $(VENV)
	@echo "Installing everything for development and tests..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@npm ci --silent --no-progress --ignore-scripts
	@touch $@ $(VENV)/runtime

env: $(VENV)/development ## Install everything in .venv, development tools included

test: env lint types house unit unit-postgres browser ## Everything, as it must pass before anything is called done

check: env lint house ## The fast inner loop: lint, house, and the tests of what you changed, on SQLite
	@JOINEDUP_MODE=test $(VENV)/bin/pytest -q -n 2 --dist loadgroup --hypothesis-profile=search -m "not browser and not slow" $$(.ci/touched)

lint: env
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/djlint joinedup --quiet --lint

types: env
	JOINEDUP_MODE=test $(VENV)/bin/mypy joinedup

house: env
	$(VENV)/bin/lint-imports --no-cache
	JOINEDUP_MODE=test $(PY) manage.py makemigrations --check --dry-run

unit: env
	JOINEDUP_MODE=test $(VENV)/bin/pytest -q -n 2 --dist loadgroup -m "not browser"

unit-postgres: env
	JOINEDUP_MODE=test .ci/with-postgres $(VENV)/bin/pytest -q -n 2 --dist loadgroup -m "not browser"

browser: env
	JOINEDUP_MODE=test $(VENV)/bin/pytest -q -n 2 --dist loadfile -m browser joinedup/config/tests/journeys
	JOINEDUP_MODE=test .ci/with-postgres $(VENV)/bin/pytest -q -m browser joinedup/config/tests/journeys/test_the_thread.py

coverage: env ## Which lines no test of the unit run reaches
	JOINEDUP_MODE=test $(VENV)/bin/pytest -q -n 2 --dist loadgroup -m "not browser" \
	  --cov=joinedup --cov-report=term:skip-covered

bench: env ## Print the benchmark table
	@JOINEDUP_MODE=test $(PY) manage.py bench

messages: env ## Gather the words of the interface, and compile what is translated
	@.ci/system gettext
	JOINEDUP_MODE=test $(PY) manage.py makemessages -v 0
	cd joinedup && JOINEDUP_MODE=test ../$(PY) ../manage.py compilemessages -v 0

css: env ## Compile the stylesheet from joinedup/design/scss
	npm run --silent css

film: env ## Draw the animation anew (authoring time: needs chromium, ffmpeg and the Noto fonts)
	$(PY) -m joinedup.inform.animations.film

lock: ## Write the hash-locked requirements anew
	@for part in "requirements.txt" "requirements-dev.txt --group dev"; do \
	  set -- $$part; out=$$1; shift; \
	  UV_SYSTEM_CERTS=1 $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate pyproject.toml "$$@" -o $$out; done
