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
TABLES  ?=
QUICK   ?=
LONG    ?=
MODULES ?=
SCHEDULER ?=
PORT    ?= 8765
ifeq ($(origin PROFILE),undefined)
PROFILE := $(wildcard /usr/share/color/icc/ghostscript/default_cmyk.icc)
endif

# A name may hold any character: it goes as it is into the environment, and Make puts none into a recipe.
GIVEN := ARTICLE PAPER SHEET LARGER SINCE TABLES QUICK LONG MODULES SCHEDULER PROFILE PORT
$(foreach name,$(GIVEN),$(eval override $(name) := $$(value $(name))))
export $(GIVEN)

TRIPTYCH := .venv/bin/triptych
REMAKE   := $(firstword $(wildcard .venv/bin/python) python3) -I -S scripts/remake.py
SHEETS   := $${PAPER:+"--paper=$$PAPER"} $${SHEET:+"--sheet=$$SHEET"}

## Documents  (ARTICLE=himtoo PAPER=a4|letter SHEET=a2|a1-landscape|24x36in|500x700mm|… LARGER=yes SCHEDULER=tcp://host:8786)

.PHONY: new
new: .venv/ready        ## Start an article, ARTICLE=its-name
	@$(TRIPTYCH) new "content/$$ARTICLE"

.PHONY: pdf briefing factsheet poster all
pdf: .venv/ready        ## Typeset the briefing, the fact sheet and the poster, those that would change
briefing: .venv/ready   ## Typeset the briefing alone
factsheet: .venv/ready  ## Typeset the fact sheet alone
poster: .venv/ready     ## Typeset the timeline poster alone
all: .venv/ready        ## Typeset all documents of all articles, those that would change

pdf briefing factsheet poster all:
	@$(REMAKE) $@

# Any other name: a document that was added to scripts/triptych/content/kinds.py.
.DEFAULT:
	@$(MAKE) -s --no-print-directory setup
	@$(REMAKE) '$(subst ','\'',$@)'

.PHONY: preview
preview: .venv/ready    ## Show the documents in a browser and follow each save
	@$(TRIPTYCH) preview "content/$$ARTICLE" $(SHEETS) "--port=$$PORT"

.PHONY: editions tiles booklet mono press
EDITION := $(TRIPTYCH) editions "content/$$ARTICLE" $(SHEETS)
editions: .venv/ready   ## Make all editions that the article lists, or all there are
	@$(EDITION) $${PROFILE:+"--profile=$$PROFILE"}

tiles: .venv/ready      ## Cut the poster for an office printer
	@$(EDITION) --only tiles

booklet: .venv/ready    ## Impose the briefing as a booklet to fold
	@$(EDITION) --only booklet

press: .venv/ready      ## Typeset all for a print shop, PROFILE=its ICC profile
	@$(EDITION) --only press $${PROFILE:+"--profile=$$PROFILE"}

mono: .venv/ready       ## Typeset all in one ink
	@$(EDITION) --only mono

## Checks

.PHONY: check claims test properties mutants review snapshots lint
check: .venv/ready      ## Tell all that is wrong with the articles
	@$(TRIPTYCH) check content/*/

claims: .venv/ready     ## Write the table of an article's claims, for an editor to sign off
	@$(TRIPTYCH) claims "content/$$ARTICLE"

test: .venv/ready       ## Run every test
	@.venv/bin/pytest

properties: .venv/ready ## Run the slow tests too, and try each promise of the layout on 2,000 examples
	@.venv/bin/pytest --hypothesis-profile=slow -m "slow or not slow"

mutants: .venv/ready    ## List the small changes to the code that no test notices  (MODULES="timeline/spine content/dates")
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r mutants.lock
	@.venv/bin/python scripts/mutants.py $$MODULES

review: .venv/ready     ## Show what changed on paper since it was accepted, or SINCE=v1.2
	@$(TRIPTYCH) review "content/$$ARTICLE" $${SINCE:+"--since=$$SINCE"}

snapshots: .venv/ready  ## Accept the output as it is now
	@for article in content/*/; do $(TRIPTYCH) review "$$article"; done
	@.venv/bin/pytest -n0 -q -m "slow or not slow" --snapshot-update --snapshot-details tests/test_snapshots.py tests/test_editions.py tests/test_press.py tests/test_web.py

lint: .venv/ready       ## Check style, types and the order of the modules
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports

## Upkeep

.PHONY: setup tools cluster schema picture bench lock clean help
setup: .venv/ready      ## Install all that is needed, here and, as root, in the system

.venv/ready: requirements.lock pyproject.toml scripts/setup
	@scripts/setup

tools: .venv/ready      ## Install what some tests need beside: Chromium, a PDF validator
	@scripts/tools

cluster: .venv/ready    ## Install what building on many machines needs: Dask
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r cluster.lock

schema: .venv/ready     ## Write the JSON Schemas of the content files
	@$(TRIPTYCH) schema --output schema

picture: pdf            ## Picture the three documents for the README
	@.venv/bin/python scripts/picture.py "build/$$ARTICLE" docs/documents.png

bench: .venv/ready      ## Measure how fast all is, into docs/benchmarks.md  (TABLES="cold growth" QUICK=yes LONG=yes)
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r bench.lock
	@.venv/bin/python -m bench $${TABLES:+--only $$TABLES} $${QUICK:+--quick} $${LONG:+--long}

.PHONY: docs
docs: .venv/ready       ## Write the reference, and build the documentation into a small site
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r docs.lock
	@.venv/bin/python scripts/reference.py docs/reference.md
	@.venv/bin/zensical build --clean --strict
	@echo "Look at it in a browser: build/.site/index.html"

lock: .venv/ready       ## Pin the newest versions of all packages
	@.venv/bin/python -m pip install --quiet uv
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --extra dev --custom-compile-command "make lock" pyproject.toml --output-file requirements.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --custom-compile-command "make lock" tools.in --output-file tools.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --constraint tools.lock --custom-compile-command "make lock" bench.in --output-file bench.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --constraint tools.lock --constraint bench.lock --custom-compile-command "make lock" \
	  docs.in --output-file docs.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --constraint tools.lock --custom-compile-command "make lock" mutants.in --output-file mutants.lock
	@.venv/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["cluster"], sep="\n")' | \
	  .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --custom-compile-command "make lock" - --output-file cluster.lock

clean:                  ## Remove what was made in build/; content and snapshots stay
	@$(REMAKE) clean

help:                   ## List all targets
	@awk -F ':.*## ' '/^## /{printf "\n%s\n", substr($$0,4)} /^[a-z-]+:.*## /{printf "  make %-10s %s\n",$$1,$$2}' $(MAKEFILE_LIST)
