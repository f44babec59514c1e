# The project's commands. `make demo` and `make test` are all a newcomer needs.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
    $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
VENV := .venv
TESTS := not soak
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -c constraints.txt
# Says how many packages pip has found, on one line in a terminal, and what went wrong; pip's own exit code remains.
PIP_SAYS := | { n=0; while read -r verb name rest; do case "$$verb" in \
    Collecting) n=$$((n + 1)); if [ -t 1 ]; then printf "\r  package %d: %-50.50s" $$n "$$name"; \
        elif [ $$((n % 20)) = 1 ]; then echo "  package $$n: $$name"; fi;; \
    Installing) [ "$$name" = collected ] || continue; if [ -t 1 ]; then printf "\r%-70s\r" ""; fi; echo "  installing $$n packages";; esac; done; }
# A test that kills its process fails, instead of leaving the run without an end. With `--dist loadfile` what the tests of
# a file share, as a start of Spark, is made once. Bytecode is kept whatever the environment says: the tests start Python
# some hundred times.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --max-worker-restart=0

.PHONY: help demo test check wheel spark-environment deploy-check scale-test soak soak-full bench eval clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 21

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
	    echo "Videsh needs Python 3.11, 3.12 or 3.13 with its venv module, and found none: install it (Debian: apt install python3 python3-venv), or name one: make PYTHON=/path/to/python3.12" >&2; \
	    exit 2; fi
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Videsh needs Python 3.11 or newer, and $(PYTHON) is older: name another one: make PYTHON=/path/to/python3.12" >&2; exit 2; }
	@echo "Making $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Videsh into $(VENV) (once; one to three minutes) ..."
	@set -o pipefail; $(PIP) -e . $(PIP_SAYS) && touch $@

$(VENV)/.developed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing the development tools into $(VENV) (once; two to five minutes) ..."
	@set -o pipefail; $(PIP) -e '.[dev]' $(PIP_SAYS) && touch $@ $(VENV)/.installed

# The peers need other versions than the project: they get an environment of their own, unpinned.
$(VENV)-eval/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing the peers to measure against (once) ..."
	@$(PYTHON) -m venv $(VENV)-eval && $(VENV)-eval/bin/python -m pip install --quiet --upgrade pip
	@$(VENV)-eval/bin/python -m pip install --quiet -e '.[eval]' && touch $@

# Spark has no wheels: it gets an environment of its own. Where it cannot be installed, its tests are skipped.
$(VENV)-spark/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Spark for its tests (once) ..."
	@$(PYTHON) -m venv $(VENV)-spark && timeout 600 $(VENV)-spark/bin/python -m pip --disable-pip-version-check install --quiet \
	    -c constraints.txt -e '.[spark,s3]' venv-pack && touch $@ || echo "Spark cannot be installed: its tests are skipped" >&2

demo: $(VENV)/.installed  ## replay the shipped demo archive through the real spiders, and show what came in
	@echo "Replaying the demo archive (some seconds) ..."
	@$(BIN)/scrapy newsroom --replay demo/demo.warc.gz --show
	@echo "Then: . $(VENV)/bin/activate; scrapy outlets lists the outlets, scrapy crawl indiatv -O out.jsonl crawls one"
	@echo "The day's edition, to read in a browser:"
	@$(BIN)/scrapy edition

test: $(VENV)/.developed  ## run the whole suite (four minutes on two cores)
	@$(PYTEST) --dist loadfile -m "$(TESTS)" -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true

check: $(VENV)/.developed  ## lint, format, types, and that every dependency has wheels
	@$(BIN)/ruff check && $(BIN)/ruff check --select E9,F --target-version py314 && $(BIN)/ruff format --check
	@$(BIN)/mypy && $(BIN)/mypy --python-version 3.14
	@$(BIN)/python tools/wheels.py

wheel: $(VENV)/.developed  ## build the wheel into dist/, and try it installed, outside the checkout
	@$(BIN)/python tools/try_wheel.py

spark-environment: $(VENV)/.developed $(VENV)-spark/.installed  ## pack the wheel and its packages for Spark: dist/environment.tar.gz
	@$(BIN)/python tools/spark_environment.py

deploy-check: $(VENV)/.developed  ## build and run each deployment of docs/operating.md as far as this machine can
	@$(BIN)/python -m deploy.check

# Each of its tests is in `make test` or, if it is marked `soak` too, in `make soak`: CI runs these two, and not this.
scale-test: $(VENV)/.developed $(VENV)-spark/.installed  ## the tests of stores, workers and engines alone
	@$(PYTEST) --dist loadfile -m scale -rs --durations=25 -o faulthandler_timeout=600 -o faulthandler_exit_on_timeout=true

soak: $(VENV)/.developed $(VENV)-spark/.installed  ## a sample of the long tests (20 minutes at most)
	@$(PYTEST) --dist loadfile -m soak --durations=0 -o faulthandler_timeout=1200 -o faulthandler_exit_on_timeout=true

soak-full: $(VENV)/.developed $(VENV)-spark/.installed  ## the long tests in full: hours
	@SOAK_SHARE=1 $(PYTEST) -m soak --durations=0

bench: $(VENV)/.developed $(VENV)-eval/.installed  ## measure speed and memory as ratios to a floor, and write docs/speed.md
	@VIDESH_BENCH_PEERS=$(VENV)-eval/bin/python $(BIN)/python tools/speed.py $(ONLY)

eval: $(VENV)-eval/.installed  ## measure reading quality, ours and the peers', and write docs/quality.md
	@$(VENV)-eval/bin/python tools/eval.py

clean:  ## remove what the commands above made, save exports and the store
	@rm -rf $(VENV) $(VENV)-eval $(VENV)-spark .pytest_cache .mypy_cache .ruff_cache build dist
