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
PROFILE ?= $(wildcard /usr/share/color/icc/ghostscript/default_cmyk.icc)

TRIPTYCH := .venv/bin/triptych

## Documents  (ARTICLE=himtoo PAPER=a4|letter SHEET=a2|a1-landscape|24x36in|500x700mm|… LARGER=yes SCHEDULER=tcp://host:8786)

DOCUMENTS := briefing factsheet poster
FOLDER    := build/$(ARTICLE)
ARTICLES  := $(if $(filter all,$(MAKECMDGOALS)),$(patsubst content/%/article.md,%,$(wildcard content/*/article.md)),$(ARTICLE))
TEMPLATES := $(shell find templates -type f)
CODE      := $(shell find scripts/triptych -name '*.py' -o -name '*.xmp')
OPTIONS    = $(if $(PAPER),--paper $(PAPER)) $(if $(SHEET),--sheet $(SHEET)) $(if $(LARGER),--larger)
STALE     :=

.PHONY: pdf briefing factsheet poster all
pdf: $(DOCUMENTS:%=$(FOLDER)/%.pdf) ## Typeset the briefing, the fact sheet and the poster, those that would change
briefing: $(FOLDER)/briefing.pdf    ## Typeset the briefing alone
factsheet: $(FOLDER)/factsheet.pdf  ## Typeset the fact sheet alone
poster: $(FOLDER)/poster.pdf        ## Typeset the timeline poster alone
all: $(foreach article,$(ARTICLES),$(DOCUMENTS:%=build/$(article)/%.pdf)) ## Typeset all documents of all articles, those that would change

pdf briefing factsheet poster:
	$(if $(STALE),@$(TRIPTYCH) build content/$(ARTICLE) $(OPTIONS) --only $(notdir $(STALE)),@echo "$(FOLDER): nothing has changed")

all:
	$(if $(STALE),@$(TRIPTYCH) build $(sort $(patsubst %/,content/%,$(dir $(STALE)))) $(OPTIONS) $(if $(SCHEDULER),--scheduler $(SCHEDULER)),@echo "build: nothing has changed")

# What was asked for, which shows in which document.
ORDER_briefing   = $(PAPER)
ORDER_factsheet  = $(PAPER)
ORDER_poster     = $(SHEET) $(LARGER)
SOURCE_DATE_EPOCH ?=

# Of each article: stale documents are noted, and made above by one command. A file beside each holds its order and the
# names of all that it is made from, and is written when these differ. The poster prints no positions.
define rules
POSITIONS_$(1) := $$(wildcard content/$(1)/positions.yaml)
CONTENT_$(1) := $$(filter-out $$(POSITIONS_$(1)),$$(wildcard content/$(1)/* content/style.yaml))
build/$(1)/briefing.pdf build/$(1)/factsheet.pdf: $$(POSITIONS_$(1))
$$(DOCUMENTS:%=build/$(1)/%.pdf): build/$(1)/%.pdf: build/$(1)/.%.order $$(CONTENT_$(1)) $$(TEMPLATES) $$(CODE) .venv/ready
	$$(eval STALE += $(1)/$$*)
$$(DOCUMENTS:%=build/$(1)/.%.order): build/$(1)/.%.order: always
	@mkdir -p $$(@D)
	@order='$$(strip $$(ORDER_$$*) $$(SOURCE_DATE_EPOCH) $$(CONTENT_$(1)) $$(if $$(filter poster,$$*),,$$(POSITIONS_$(1))) $$(TEMPLATES) $$(CODE))'; \
	  [ "$$$$(cat $$@ 2>&1)" = "$$$$order" ] || echo "$$$$order" > $$@
endef
$(foreach article,$(ARTICLES),$(eval $(call rules,$(article))))

always: ;

.PHONY: preview
PORT ?= 8765
preview: .venv/ready    ## Show the documents in a browser and follow each save
	@$(TRIPTYCH) preview content/$(ARTICLE) $(if $(PAPER),--paper $(PAPER)) $(if $(SHEET),--sheet $(SHEET)) --port $(PORT)

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

.PHONY: check claims test properties mutants review snapshots lint
check: .venv/ready      ## Tell all that is wrong with the articles
	@$(TRIPTYCH) check $(wildcard content/*/)

claims: .venv/ready     ## Write the table of an article's claims, for an editor to sign off
	@$(TRIPTYCH) claims content/$(ARTICLE)

test: .venv/ready       ## Run every test
	@.venv/bin/pytest

properties: .venv/ready ## Try the promises of layout on 2,000 examples each, and all else that takes long
	@.venv/bin/pytest --hypothesis-profile=slow -m "slow or not slow" \
	  tests/test_spine.py tests/test_dates.py tests/test_poster.py tests/test_build.py tests/test_editions.py tests/test_press.py tests/test_preview.py \
	  tests/test_same_bytes.py tests/test_library.py tests/test_cluster.py

mutants: .venv/ready    ## List the small changes to the code that no test notices  (MODULES="timeline/spine content/dates")
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r mutants.lock
	@.venv/bin/python scripts/mutants.py $(MODULES)

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
	@.venv/bin/python scripts/picture.py build/$(ARTICLE) docs/documents.png

bench: .venv/ready      ## Measure how fast all is, into docs/benchmarks.md  (TABLES="cold growth" QUICK=yes LONG=yes)
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r bench.lock
	@.venv/bin/python -m bench $(if $(TABLES),--only $(TABLES)) $(if $(QUICK),--quick) $(if $(LONG),--long)

lock: .venv/ready       ## Pin the newest versions of all packages
	@.venv/bin/python -m pip install --quiet uv
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --extra dev --custom-compile-command "make lock" pyproject.toml --output-file requirements.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --custom-compile-command "make lock" tools.in --output-file tools.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --constraint tools.lock --custom-compile-command "make lock" bench.in --output-file bench.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --constraint tools.lock --custom-compile-command "make lock" mutants.in --output-file mutants.lock
	@.venv/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["cluster"], sep="\n")' | \
	  .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --custom-compile-command "make lock" - --output-file cluster.lock

clean:                  ## Remove the documents; content and snapshots stay
	@find build -mindepth 1 -not -name .gitkeep -delete

help:                   ## List all targets
	@awk -F ':.*## ' '/^## /{printf "\n%s\n", substr($$0,4)} /^[a-z-]+:.*## /{printf "  make %-10s %s\n",$$1,$$2}' $(MAKEFILE_LIST)
