# make            List all targets
# make pdf        Typeset the three documents into build/
# make test       Run every test

SHELL       := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS   += --warn-undefined-variables --no-builtin-rules
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# What to make, and on which sheets; the article's own where nothing is said.
ARTICLE ?= himtoo
PAPER   ?=
SHEET   ?=
LARGER  ?=
SINCE   ?=
PROFILE ?= $(wildcard /usr/share/color/icc/ghostscript/default_cmyk.icc)

TRIPTYCH := .venv/bin/triptych
BUILD     = $(TRIPTYCH) build content/$(ARTICLE) $(if $(PAPER),--paper $(PAPER)) $(if $(SHEET),--sheet $(SHEET)) $(if $(LARGER),--larger)

## Documents  (ARTICLE=himtoo PAPER=a4|letter SHEET=a2|a1-landscape|24x36in|500x700mm|… LARGER=yes)

DOCUMENTS := briefing factsheet poster
FOLDER    := build/$(ARTICLE)
CONTENT   := $(wildcard content/$(ARTICLE)/* content/style.yaml)
TEMPLATES := $(shell find templates -type f)
CODE      := $(wildcard scripts/triptych/*)
STALE     :=

.PHONY: pdf briefing factsheet poster
pdf: $(DOCUMENTS:%=$(FOLDER)/%.pdf) ## Typeset the briefing, the fact sheet and the poster, those that would change
briefing: $(FOLDER)/briefing.pdf    ## Typeset the briefing alone
factsheet: $(FOLDER)/factsheet.pdf  ## Typeset the fact sheet alone
poster: $(FOLDER)/poster.pdf        ## Typeset the timeline poster alone

pdf $(DOCUMENTS):
	$(if $(STALE),@$(BUILD) --only $(STALE),@echo "$(FOLDER): nothing has changed")

# Stale documents are noted here, and made above by one command.
$(DOCUMENTS:%=$(FOLDER)/%.pdf): $(FOLDER)/%.pdf: $(FOLDER)/.%.order $(CONTENT) $(TEMPLATES) $(CODE) .venv/ready
	$(eval STALE += $*)

# What was asked for and which files there were, written when it differs.
ORDER_briefing   = $(PAPER)
ORDER_factsheet  = $(PAPER)
ORDER_poster     = $(SHEET) $(LARGER)
SOURCE_DATE_EPOCH ?=
$(DOCUMENTS:%=$(FOLDER)/.%.order): $(FOLDER)/.%.order: always
	@mkdir -p $(@D)
	@order='$(strip $(ORDER_$*) $(SOURCE_DATE_EPOCH) $(CONTENT) $(TEMPLATES) $(CODE))'; \
	  [ "$$(cat $@ 2>&1)" = "$$order" ] || echo "$$order" > $@

always: ;

.PHONY: editions tiles booklet mono press
EDITION = $(TRIPTYCH) editions content/$(ARTICLE) $(if $(PAPER),--paper $(PAPER)) $(if $(SHEET),--sheet $(SHEET))
editions: .venv/ready   ## Make all editions that the article lists, or all there are
	@$(EDITION) $(if $(PROFILE),--profile $(PROFILE))

tiles: .venv/ready      ## Cut the poster for an office printer
	@$(EDITION) --only tiles

booklet: .venv/ready    ## Impose the briefing as a booklet to fold
	@$(EDITION) --only booklet

press: .venv/ready      ## Typeset all for a print shop, PROFILE=its ICC profile
	@$(EDITION) --only press $(if $(PROFILE),--profile $(PROFILE))

mono: .venv/ready       ## Typeset all in one ink
	@$(EDITION) --only mono

## Checks

.PHONY: check claims test properties review snapshots lint
check: .venv/ready      ## Tell all that is wrong with the articles
	@$(TRIPTYCH) check $(wildcard content/*/)

claims: .venv/ready     ## Write the table of an article's claims, for an editor to sign off
	@$(TRIPTYCH) claims content/$(ARTICLE)

test: .venv/ready       ## Run every test
	@.venv/bin/pytest

properties: .venv/ready ## Try the promises of layout on 2,000 examples each
	@.venv/bin/pytest --hypothesis-profile=slow -m "slow or not slow" \
	  tests/test_spine.py tests/test_dates.py tests/test_poster.py tests/test_build.py tests/test_editions.py tests/test_press.py

review: .venv/ready     ## Show what changed on paper since it was accepted, or SINCE=v1.2
	@$(TRIPTYCH) review content/$(ARTICLE) $(if $(SINCE),--since $(SINCE))

snapshots: .venv/ready  ## Accept the output as it is now
	@for article in content/*/; do $(TRIPTYCH) review $$article; done
	@.venv/bin/pytest -n0 -q --snapshot-update --snapshot-details tests/test_snapshots.py tests/test_editions.py tests/test_press.py tests/test_web.py

lint: .venv/ready       ## Check style, types and the order of the modules
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports

## Upkeep

.PHONY: setup tools schema picture bench lock clean help
setup: .venv/ready      ## Install all that is needed, here and, as root, in the system

.venv/ready: requirements.lock pyproject.toml scripts/setup
	@scripts/setup

tools: .venv/ready      ## Install what some tests need beside: Chromium, a PDF validator
	@scripts/tools

schema: .venv/ready     ## Write the JSON Schemas of the content files
	@$(TRIPTYCH) schema --output schema

picture: pdf            ## Picture the three documents for the README
	@.venv/bin/python scripts/picture.py build/$(ARTICLE) docs/documents.png

bench: .venv/ready      ## Time the layout of timelines of growing length
	@.venv/bin/python scripts/bench.py

lock: .venv/ready       ## Pin the newest versions of all packages
	@.venv/bin/python -m pip install --quiet uv
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --extra dev --custom-compile-command "make lock" pyproject.toml --output-file requirements.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --custom-compile-command "make lock" tools.in --output-file tools.lock

clean:                  ## Remove the documents; content and snapshots stay
	@find build -mindepth 1 -not -name .gitkeep -delete

help:                   ## List all targets
	@awk -F ':.*## ' '/^## /{printf "\n%s\n", substr($$0,4)} /^[a-z-]+:.*## /{printf "  make %-10s %s\n",$$1,$$2}' $(MAKEFILE_LIST)
