# The only commands anybody types. .ci/run calls the same ones.
PYTHON ?= python3
PORT ?= 8000
UV ?= uv
PY := .venv/bin/python
DEMO := $(PY) -m coachapi.embedded manage
export PORT

.DEFAULT_GOAL := help
.PHONY: help env node run reset test test-whole test-all faults sync-clients traces enumerated check fix lock story simulate bench mutants coverage \
    seed openapi \
    docs review-pack compose-config FORCE
.SILENT:

help: ## this list
	grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

env: .venv/dev ## build .venv from the locks: plain pip, every hash checked; again when a lock changed

# What runs needs less than what checks, so a newcomer's first make run installs the smaller lock.
.venv/run .venv/dev: .venv/%: FORCE
	$(PYTHON) coachapi/embedded/environment.py $*

# The clients that are not ours; where there is no npm, their tests say so and are skipped.
node: tests/node/node_modules/.package-lock.json
tests/node/node_modules/.package-lock.json: tests/node/package-lock.json
	if command -v npm >/dev/null; then npm ci --prefix tests/node --no-audit --no-fund --silent; \
	else echo "SKIPPED: no npm; tests of other people's clients will be skipped" >&2; fi

run: .venv/run ## start everything here: database, broker, web, worker, beat, with a demo (PORT=8000)
	exec $(PY) -m coachapi.embedded

reset: .venv/run ## forget the demo's data
	$(PY) -m coachapi.embedded reset

story: .venv/run ## play every story against the running demo, step by step (PUBLIC_URL, PORT)
	$(PY) -m tests.stories

seed: .venv/run ## fill the running demo again
	$(DEMO) seed

bench: .venv/run ## measure a server of its own against our figures (docs/bench.md); minutes
	$(PY) -W ignore -m tests.bench

simulate: .venv/dev ## a simulated practice through the rules: how often is a coach interrupted? (ARGS=…)
	$(PY) -m tests.simulation $(ARGS)

SEED ?= 1
SAMPLE ?= 0
MINUTES ?= 0
mutants: .venv/dev ## change the rules one thing at a time: do tests notice? (SAMPLE=300 SEED=1 MINUTES=15)
	$(PY) -m tests.bench.mutants --sample $(SAMPLE) --seed $(SEED) --minutes $(MINUTES)

coverage: .venv/dev ## every branch of the rules is taken by a test of the rules
	$(PY) -m pytest tests/domain -q --cov=clients.domain --cov=programs.domain --cov-branch \
	    --cov-report=term-missing:skip-covered --cov-fail-under=100 $(ARGS)

test: .venv/dev node ## every everyday test, on a real database, broker and worker (ARGS=…)
	$(PY) -m pytest -n 3 $(ARGS)

test-whole: .venv/dev node ## the product as it is met: browser, stories, make run, compose, other people's clients
	$(PY) -m pytest -n 3 -m whole $(ARGS)

faults: .venv/dev ## the fault tests in full counts; takes minutes
	FAULTS=full $(PY) -m pytest -m fault $(ARGS)

traces: .venv/dev ## one trace from a request into its task, with a collector of the test's own
	$(PY) -m pytest -m traces tests/watch $(ARGS)

sync-clients: .venv/dev node ## phones with a database not ours: long random walks, mutants, races; minutes
	$(PY) -m pytest -m long tests/sync $(ARGS)

enumerated: .venv/dev ## the phone's evaluator against the server's, over 200 000 inputs; takes minutes
	$(PY) -m pytest -m enumerated tests/domain/runtimes $(ARGS)

FUZZ ?= 100
fuzz: .venv/dev ## send whatever fits docs/openapi.yaml to every operation as every role; minutes (FUZZ=100)
	FUZZ=$(FUZZ) $(PY) -m pytest -n 2 tests/contract/test_fuzz.py $(ARGS)

test-all: test test-whole faults enumerated ## all of these, one after the other

CHECKS := lint format types imports migrations deploy openapi
check: .venv/dev ## everything a reviewer would check first; runs all and counts what failed
	failed=0; for each in $(CHECKS); do \
	    $(MAKE) --no-print-directory check-$$each || failed=$$((failed + 1)); \
	done; \
	if [ $$failed -gt 0 ]; then echo "$$failed of $(words $(CHECKS)) checks failed"; exit 1; fi; \
	echo "all $(words $(CHECKS)) checks pass"

check-lint: .venv/dev
	echo "· lint"; $(PY) -m ruff check --quiet .
check-format: .venv/dev
	echo "· format"; $(PY) -m ruff format --check --quiet . || { echo "run: make fix"; exit 1; }
check-types: .venv/dev
	echo "· types"; DEBUG=1 $(PY) -m mypy --no-error-summary coachapi programs clients
check-imports: .venv/dev
	echo "· imports"; said=$$(.venv/bin/lint-imports --no-logo) || { echo "$$said"; exit 1; }
check-migrations: .venv/dev
	echo "· migrations"; DEBUG=1 PROCESS_ROLE=migrate $(PY) -W ignore manage.py makemigrations --check --dry-run

# As production is set, on the command line: a warning there is a failure here.
PRODUCTION = env -u DEBUG -u DEMO ALLOWED_HOSTS=coach.example PUBLIC_URL=https://coach.example \
    SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
    RULES_REVIEWED_BY='A. Clinician' RULES_REVIEWED_ON=2026-01-31 RULES_REVIEWED_HASH=$(RULES_HASH)
RULES_HASH = $$(DEBUG=1 $(PY) manage.py rules_hash)
check-deploy: .venv/dev
	echo "· deploy"; $(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING >/dev/null
check-openapi: .venv/dev
	echo "· openapi"; said=$$(DEBUG=1 $(PY) manage.py spectacular --validate --fail-on-warn) || exit 1; \
	    printf "%s\n" "$$said" | diff -u docs/openapi.yaml - || { echo "run: make openapi"; exit 1; }

fix: .venv/dev ## format, and mend what the linter can mend
	$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format --quiet .

openapi: .venv/dev ## write docs/openapi.yaml anew
	DEBUG=1 $(PY) manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

docs: .venv/dev ## write docs/rules.md and the shared vectors anew
	DEBUG=1 $(PY) manage.py rules_page --to docs/rules.md
	DEBUG=1 $(PY) manage.py refusals_page --to docs/refusals.md
	$(PY) -m tests.vectors.make

PACK ?= review-pack
review-pack: .venv/dev ## the clinician's pack, HTML and PDF, to print and sign (PACK=folder)
	DEBUG=1 $(PY) manage.py review_pack --to $(PACK)

lock: ## resolve requirements*.in into their locks (needs uv; see CONTRIBUTING.md)
	for each in requirements requirements-dev; do \
	    $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	        --no-header --no-emit-index-url --no-emit-find-links \
	        $$each.in --output-file $$each.txt || exit 1; \
	done

compose-config: .venv/dev ## read docker-compose.yml as compose would, and run its commands here
	if command -v docker >/dev/null; then docker compose --env-file .env.example config --quiet; fi
	$(PY) -m pytest -m "whole or not whole" tests/house/test_compose.py $(ARGS)
