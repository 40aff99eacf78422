# Set-up and daily commands. Needs Python 3.11 to 3.13 with pip, git and make; everything else is fetched here.
#
#   make run                  the whole job, on the samples when no source is configured
#   make run SOURCE=FOLDER    the same, on the files of FOLDER
#   make test                 every check: style, types, layers, SQL, tests
#   make test-long            the tests that take longest and are left out of it
#   make lint                 the checks without the tests
#   make dev                  Dagster's interface on this warehouse
#   make dashboard            Apache Superset with the shipped dashboard, on the published file
#   make wheel                the package, in dist/: checks documents where it is installed
#   make bundle               the package and all that it needs, in dist/bundle, for a machine without a network

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup wheel bundle run test test-long lint lint-models lint-rest dev superset superset-requirements dashboard clean

BOOTSTRAP := .bootstrap
UV_VERSION := 0.13.9
UV := $(BOOTSTRAP)/bin/uv
SYNCED := .venv/.synced
SUPERSET := $(or $(DISCLOSURES_SUPERSET),.superset)
SUPERSET_NEEDS := orchestration/bi/superset/requirements
PYTHON ?= python3
# Not exported for all of make: a stale environment must not be taken for the interpreter that builds it.
IN_VENV := PATH="$(CURDIR)/.venv/bin:$$PATH"

# Where bytecode may not be written, every process would compile its imports again.
export UV_COMPILE_BYTECODE := 1
unexport PYTHONDONTWRITEBYTECODE
# The interpreter is the one found below; uv need not fetch another.
export UV_PYTHON_DOWNLOADS := never
# An activated environment of somebody else's is not ours to use.
unexport VIRTUAL_ENV

help:
	@sed -n 's/^#   //p' Makefile

# The SQL of the dbt project, compiled for what runs without dbt, and what dbt parsed, for every warehouse; nothing
# happens where no file of it changed.
setup: $(SYNCED)
	@$(IN_VENV) python -m orchestration.direct.compiling
	@$(IN_VENV) python -m orchestration.building.parsed_project

run: setup
	@$(IN_VENV) disclosures run $(if $(SOURCE),--source "$(SOURCE)")

test: lint
	@$(IN_VENV) pytest --numprocesses auto

test-long: setup
	@$(IN_VENV) pytest --numprocesses auto -m long

# Two at a time, and the SQL of dbt, which takes longest, by two processes.
lint: setup
	@$(MAKE) --no-print-directory -j2 lint-models lint-rest

lint-models:
	@$(IN_VENV) sqlfluff lint --processes 2 dbt_project

lint-rest:
	@$(IN_VENV) ruff check
	@$(IN_VENV) ruff format --check
	@$(IN_VENV) mypy
	@$(IN_VENV) lint-imports
	@$(IN_VENV) python -m orchestration.columns --check
	@$(IN_VENV) sqlfluff lint --templater raw orchestration/cookbook

wheel: setup
	@$(UV) build --quiet --wheel --out-dir dist

# Of this system and this version of Python.
bundle: wheel
	@rm -rf dist/bundle
	@"$$(cat $(BOOTSTRAP)/python)" -m pip download --quiet --disable-pip-version-check --dest dist/bundle \
		"$$(ls -t dist/*.whl | head -1)[ocr]"

dev: setup
	@$(IN_VENV) disclosures serve

dashboard: setup superset
	@$(IN_VENV) disclosures dashboard serve

# An environment of its own, made anew only when what it needs has changed.
superset: $(UV)
	@cmp -s $(SUPERSET_NEEDS).txt "$(SUPERSET)/requirements.txt" || { \
		PATH="$$(dirname "$$(cat $(BOOTSTRAP)/python)"):$$PATH" \
			$(UV) venv --quiet --clear --no-project --python '>=3.11,<3.13' "$(SUPERSET)" || { \
			echo "Superset needs Python 3.11 or 3.12 on the path." >&2; exit 1; \
		}; \
		$(UV) pip install --quiet --python "$(SUPERSET)/bin/python" --requirement $(SUPERSET_NEEDS).txt && \
		cp $(SUPERSET_NEEDS).txt "$(SUPERSET)/requirements.txt"; \
	}

superset-requirements: $(UV)
	@$(UV) pip compile --quiet --universal --python-version 3.11 --custom-compile-command 'make $@' \
		$(SUPERSET_NEEDS).in --output-file $(SUPERSET_NEEDS).txt

clean:
	rm -rf $(BOOTSTRAP) .venv .superset

# uv goes into a folder of its own: no virtual environment is needed first, and nothing outside is touched.
$(UV): Makefile
	@python=$$(for name in "$(PYTHON)" python3.13 python3.12 python3.11 python; do \
		"$$name" -c 'import pip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || continue; \
		"$$name" -c 'import sys; print(sys.executable)'; break; \
	done); \
	if [ -z "$$python" ]; then \
		echo "Python 3.11, 3.12 or 3.13 with pip is needed, and none was found. If it has another name:" >&2; \
		echo "    make run PYTHON=/path/to/python3.12" >&2; \
		exit 1; \
	fi; \
	rm -rf $(BOOTSTRAP); \
	PIP_USER=0 "$$python" -m pip install -qq --disable-pip-version-check --target $(BOOTSTRAP) "uv==$(UV_VERSION)" || { \
		echo "uv could not be installed with pip, see above." >&2; rm -rf $(BOOTSTRAP); exit 1; \
	}; \
	echo "$$python" >$(BOOTSTRAP)/python; \
	touch $@

$(SYNCED): $(UV) uv.lock pyproject.toml
	@$(UV) sync --frozen --quiet --extra ocr --extra warehouse --python "$$(cat $(BOOTSTRAP)/python)"
	@touch $@
