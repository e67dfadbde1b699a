# The list of commands is the manual: `make help`.
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STAMP := .venv/.installed
DEV_STAMP := .venv/.installed-dev

.PHONY: help demo serve test check fmt bench lock messages clean

help: ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(DEV_STAMP): requirements-dev.txt $(STAMP)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

locale/vi/LC_MESSAGES/django.mo: locale/vi/LC_MESSAGES/django.po | $(STAMP)
	$(BIN)/pybabel --quiet compile --directory locale --domain django

demo: $(STAMP) locale/vi/LC_MESSAGES/django.mo ## build the demonstration and serve it (DEMO_SERVE=0 only builds)
	$(BIN)/phoihop demo

serve: $(STAMP) locale/vi/LC_MESSAGES/django.mo ## serve what is there
	$(BIN)/phoihop serve

test: $(DEV_STAMP) locale/vi/LC_MESSAGES/django.mo check ## every check and every test
	$(BIN)/pytest -n 2 --dist loadfile -m "not browser"
	# Two cores that draw a dozen pages and encode their pictures may be late: what failed must pass by itself.
	$(BIN)/pytest -n 2 --dist loadfile -m browser || $(BIN)/pytest --last-failed --last-failed-no-failures none -m browser

check: $(DEV_STAMP) ## format, lint, layering, types, templates, translations
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint phoihop
	$(BIN)/python tools/messages.py missing
	$(BIN)/python tools/messages.py unused

fmt: $(DEV_STAMP) ## format the code
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --quiet --fix .

bench: $(DEV_STAMP) ## print the benchmarks' figures
	for figures in rollup correction pages storm votes listeners stage film; do $(BIN)/python -m benchmarks.$$figures || exit 1; done

messages: $(DEV_STAMP) ## list messages without a Vietnamese translation
	$(BIN)/python tools/messages.py missing

lock: ## lock the dependencies with hashes (needs uv)
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --extra dev pyproject.toml -o requirements-dev.txt

clean: ## remove what the demonstration made
	rm -rf var
