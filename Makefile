# make build   sets up what is missing and builds the warehouse
# make test    sets up what is missing and passes the tests
# Nothing is done twice: .venv is installed anew only when the lock or the project's metadata change.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SPARK := .venv-spark
SPARK_INSTALLED := $(SPARK)/.installed

# Neither dbt nor Dagster tells anyone anything.
export DO_NOT_TRACK := 1

.PHONY: build test test-slow test-spark lint types format lock audit setup help

help: ## Show what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

build: $(INSTALLED) ## Build the warehouse from the seeds and publish it
	$(BIN)/arsenale build

test: $(INSTALLED) ## Run the tests, but those that take minutes
	@# Two at a time, a file's tests together: most wait for builds in processes of their own.
	$(BIN)/pytest -m "not slow" -n 2 --dist loadfile --cov --cov-report=term:skip-covered --cov-fail-under=90

test-slow: $(INSTALLED) ## Run the tests that take minutes or install things of their own
	$(BIN)/pytest -m slow

test-spark: $(INSTALLED) $(SPARK_INSTALLED) ## Build the same models on Apache Spark and compare every value with DuckDB's
	@command -v java > /dev/null || { echo "Spark needs Java 17: apt-get install openjdk-17-jre-headless" >&2; exit 1; }
	$(BIN)/pytest -m spark tests/spark

lint: $(INSTALLED) ## Check style: Python and SQL
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfmt --check --no-progressbar models macros analyses tests/dbt

types: $(INSTALLED) ## Check types
	$(BIN)/mypy

format: $(INSTALLED) ## Format Python and SQL
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfmt --no-progressbar models macros analyses tests/dbt

lock: $(INSTALLED) ## Resolve the dependencies anew: names, versions and hashes, no address
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --upgrade -o requirements.lock

audit: $(INSTALLED) ## Report known vulnerabilities of what the lock pins, as far as the package index tells
	@# A report: what it finds is read by a person, and no index behind a mirror stops a change.
	$(BIN)/pip-audit --disable-pip --require-hashes --progress-spinner off -r requirements.lock 2>&1 | awk \
		'/could not be audited/ {unknown++; next} {print} \
		END {if (unknown) print unknown " packages were not audited: this index does not say"}'

setup: $(INSTALLED) ## Install everything from the lock

$(INSTALLED): requirements.lock pyproject.toml
	@echo "Setting up $(VENV) from requirements.lock"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@# The installer comes from the same lock as all else, with its hashes.
	awk '/^[a-z]/ {wanted = /^uv==/} wanted' requirements.lock > $(VENV)/uv.txt
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(VENV)/uv.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(INSTALLED)

$(SPARK_INSTALLED): tests/spark/requirements.txt $(INSTALLED)
	@echo "Setting up $(SPARK) from tests/spark/requirements.txt"
	test -x $(SPARK)/bin/python || $(PYTHON) -m venv $(SPARK)
	@# pyspark comes as source: what builds it is in the same list, with its hashes, and goes first.
	awk '/^[a-z]/ {wanted = /^setuptools==/} wanted' $< > $(SPARK)/setuptools.txt
	$(BIN)/uv pip install --quiet --python $(SPARK)/bin/python --require-hashes --no-deps -r $(SPARK)/setuptools.txt
	$(BIN)/uv pip sync --quiet --python $(SPARK)/bin/python --require-hashes --no-build-isolation --compile-bytecode $<
	@touch $(SPARK_INSTALLED)
