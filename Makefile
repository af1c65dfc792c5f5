# The only commands anyone needs. Each works in a fresh clone with Python 3.11+ and make.
#   make run      the product at http://127.0.0.1:8000   (PORT=8001, HOST=0.0.0.0, DEMO=0)
#   make test     every quick test, in a browser too     (DB=postgres, ARGS="-k gate")
#   make slow     what takes long, on both databases     (ROUNDS=40 crashes, not 200)
#   make crash    killed, full, away, back: what stays?  (ROUNDS=40 crashes, not 5)
#   make cluster  two machines, a pooler, a standby      (Debian: pgbouncer, patroni, etcd-server)
#   make mutate   mistakes in the rules: is each noticed? (ARGS="--sample 25 --clauses 20")
#   make check    format, lint, types, templates, migrations, deployment, house rules
#   make audit    known weaknesses of what is installed  (asks api.osv.dev)
#   make bench    CPU per request beside a bare server   (DB=postgres, ARGS="--help")

PY := .venv/bin/python
PYTHON ?= python3
$(if $(filter-out sqlite postgres,$(DB)),$(error DB is sqlite or postgres, not $(DB)))
# DB=postgres: on a PostgreSQL that is started for it and thrown away afterwards.
ON := $(if $(filter postgres,$(DB)),$(PY) -m tests.postgres )

# What attacks the rules, once more as the role that serves where another one owns the tables.
ATTACKS := append_only.py database_refusals.py gating_lessons.py
AS_APP_ROLE := APP_ROLE=1 $(ON)$(PY) -m pytest -n 2 --dist worksteal -m "not by_the_owner and not slow" \
	$(addprefix tests/patients/,$(addprefix rules/test_,$(ATTACKS)) verbs/test_gate.py)

.PHONY: run test slow crash cluster mutate check audit bench

run: .venv/runs
	@$(PY) manage.py start

test: .venv/tests
	@$(PY) -m tests.browser.chromium
	$(ON)$(PY) -m pytest -n 2 --dist worksteal $(ARGS)
	$(if $(ON),$(if $(ARGS),,$(AS_APP_ROLE)))

# LASTS: how many seconds a disk is full, or a database away.
slow: export ROUNDS ?= 200
slow: export LASTS ?= 30
slow: .venv/tests
	@$(PY) -m tests.browser.chromium
	$(PY) -m pytest -m slow $(ARGS)
	$(PY) -m tests.postgres $(PY) -m pytest -m slow $(ARGS)
	$(PY) -m tests.bench silent
	$(PY) -m tests.mutation

crash: .venv/tests
	$(PY) -m pytest -s -m slow tests/crashes $(ARGS)
	$(PY) -m tests.postgres $(PY) -m pytest -s -m slow tests/crashes $(ARGS)

cluster: .venv/tests
	$(PY) -m tests.postgres $(PY) -m pytest -s -m slow tests/cluster $(ARGS)

# A run that was interrupted is gone on with. Survivors: var/mutation/report.txt.
mutate: .venv/tests
	$(PY) -m tests.mutation $(ARGS)

check: export DATABASE_URL = sqlite://:memory:
check: .venv/tests
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy .
	$(PY) -m djlint --lint --quiet templates
	$(PY) manage.py makemigrations --check --dry-run
	PUBLIC_URL=https://hinge.example.org $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) -m pytest -q tests/test_house.py tests/config/test_variables.py tests/curriculum/test_words.py tests/curriculum/test_facts.py

# A tool of its own, which the product does not need and which brings 30 packages.
audit: | .venv/bin/python
	@test -x .venv/audit/bin/pip-audit || { $(PY) -m venv .venv/audit && \
		.venv/audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1; }
	.venv/audit/bin/pip-audit --strict --vulnerability-service osv --disable-pip --no-deps \
		--requirement requirements.txt

bench: .venv/tests
	@$(ON)$(PY) -m tests.bench $(ARGS)

.venv/runs: requirements.txt | .venv/bin/python
	@echo "Installing what Hinge Ladder runs on, into .venv ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/tests: requirements-dev.txt requirements.txt | .venv/bin/python
	@echo "Installing what tests and checks Hinge Ladder, into .venv ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/runs

.venv/bin/python:
	@for python in $(PYTHON) python3.14 python3.13 python3.12 python3.11; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		$$python -m venv .venv && exit 0; \
		rm -rf .venv; echo "Python cannot make a virtual environment (on Debian: apt install python3-venv)."; exit 1; \
	done; echo "Hinge Ladder needs Python 3.11 or newer: make PYTHON=/path/to/python3"; exit 1
