# Everything on a machine that has only Python 3.11+, make and git.
#   make run     the dashboard on the demo company (ORGDATA_SOURCE=… make run for your own data)
#   make serve   the same for production: HOST=0.0.0.0 PORT=8501 make serve
#   make check   lint, types, and the tests of what has changed, within a minute
#   make test    every check and test
#   make sbom    what it is made of, as a bill of materials; make hashes pins the files themselves
#   make bench   every figure beside its floor (bench-quick: some, in two minutes; bench-full: large)
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8501
# A page from elsewhere that lets its own name lead to this machine cannot look in.
OWN_NAMES = $(if $(filter $(LOOPBACK),$(HOST)),$(LOOPBACK:%=--server.allowedHosts=%))
LOOPBACK := localhost 127.0.0.1 ::1
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Compiled once, not by each of the many processes that tests start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run serve check test lint types documents browser mariadb fonts docs hashes sbom simulation bench bench-quick bench-full screenshots clean

run: $(RUNTIME)
	$(BIN)/python -m orgdata.demo.weeks
	$(BIN)/python -m streamlit run dashboard.py --server.showEmailPrompt=false \
		--server.address=$(HOST) --browser.serverAddress=$(HOST) $(OWN_NAMES)

serve: $(RUNTIME)
	$(BIN)/python -m orgdata.serve --host $(HOST) --port $(PORT)

check: $(DEV)
	$(BIN)/python .ci/check.py

test: $(DEV)
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint types documents fonts
	$(BIN)/python -m pytest -rs -n auto --dist worksteal

lint: $(DEV)
	$(BIN)/ruff check .

types: $(DEV)
	$(BIN)/mypy

documents: $(DEV)
	$(BIN)/python -m orgdata.docs.generate --check

browser: $(DEV)
	sh .ci/browser $(BIN)/python

mariadb: browser  # after it: each of the three may install packages
	sh .ci/mariadb

fonts: mariadb
	sh .ci/fonts

docs: $(RUNTIME)
	$(BIN)/python -m orgdata.docs.generate

hashes: $(RUNTIME)
	$(BIN)/python .ci/supply.py hashes

sbom: $(RUNTIME)
	@$(BIN)/python .ci/supply.py sbom

simulation: $(RUNTIME)
	$(BIN)/python -m orgdata.docs.pace_simulation

bench: $(DEV) browser
	$(BIN)/python -m bench.run

bench-quick: $(DEV)
	$(BIN)/python -m bench.run --quick

bench-full: $(DEV)
	$(BIN)/python -m bench.run --full

screenshots: $(DEV) browser
	$(BIN)/python bench/screenshots.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(RUNTIME): requirements.txt .ci/constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -r requirements.txt
	touch $@

$(DEV): $(RUNTIME) tests/requirements.txt
	$(BIN)/python -m pip install --quiet -r tests/requirements.txt
	touch $@
