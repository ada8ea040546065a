# make            List all targets
# make pdf        Make the three documents in build/
# make test       Run the tests

SHELL       := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS   += --warn-undefined-variables --no-builtin-rules
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# What to make, and on which sheets. An empty value means the value in article.md.
CHOSEN  := $(if $(filter undefined,$(origin ARTICLE)),,--article="$$ARTICLE")
ARTICLE ?= himtoo
PAPER   ?=
SHEET   ?=
LARGER  ?=
SINCE   ?=
TABLES  ?=
QUICK   ?=
LONG    ?=
MODULES ?=
KILLS   ?=
MINUTES ?=
SEED    ?=
EDITIONS ?=
LANGUAGE ?=
LANGUAGES ?=
SCHEDULER ?=
PORT    ?= 8765
FILE    ?=
ifeq ($(origin PROFILE),undefined)
PROFILE := $(wildcard /usr/share/color/icc/ghostscript/default_cmyk.icc)
endif

# A name can have any character: recipes get it from the environment, and Make never expands it in a recipe.
GIVEN := ARTICLE EDITIONS FILE LANGUAGE LANGUAGES PAPER SHEET LARGER SINCE TABLES QUICK LONG KILLS MODULES MINUTES SEED SCHEDULER PROFILE PORT
$(foreach name,$(GIVEN),$(eval override $(name) := $$(value $(name))))
export $(GIVEN)

TRIPTYCH := .venv/bin/triptych
REMAKE   := $(firstword $(wildcard .venv/bin/python) python3) -I -S scripts/remake.py
SHEETS   := $${PAPER:+"--paper=$$PAPER"} $${SHEET:+"--sheet=$$SHEET"}

## Documents  (ARTICLE=himtoo PAPER=a4|letter SHEET=a2|a1-landscape|24x36in|500x700mm|banner|… LARGER=yes SCHEDULER=tcp://host:8786)

.PHONY: new
new: .venv/ready        ## Start an article, ARTICLE=its-name, with spreadsheets: TABLES=yes
	@$(if $(CHOSEN),$(TRIPTYCH) new "content/$$ARTICLE" $${TABLES:+--tables},echo "Give the article a name: make new ARTICLE=opening" >&2; exit 2)

.PHONY: import
import: .venv/ready     ## Make an article of a file of another program, FILE=report.docx ARTICLE=its-name
	@$(PANDOC)
	@$(if $(CHOSEN),$(TRIPTYCH) import "$$FILE" --to "content/$$ARTICLE",echo "Give a file and a name: make import FILE=report.docx ARTICLE=opening" >&2; exit 2)

.PHONY: propose
propose: .venv/ready    ## Propose events and key figures from the prose, and add those that you ticked
	@$(TRIPTYCH) propose "content/$$ARTICLE"

.PHONY: fonts
fonts: .venv/ready      ## Fetch the faces of another script, LANGUAGE=hi
	@.venv/bin/python scripts/fonts.py "$$LANGUAGE"

.PHONY: pdf briefing factsheet poster all
pdf: .venv/ready        ## Make the briefing, the fact sheet and the poster, if they would change
briefing: .venv/ready   ## Make only the briefing
factsheet: .venv/ready  ## Make only the fact sheet
poster: .venv/ready     ## Make only the poster
all: .venv/ready        ## Make the documents of all articles, if they would change

pdf briefing factsheet poster all:
	@$(REMAKE) $@

# Any other name: a document that was added in scripts/triptych/content/kinds.py.
.DEFAULT:
	@$(MAKE) -s --no-print-directory setup
	@$(REMAKE) '$(subst ','\'',$@)'

.PHONY: preview
preview: .venv/ready    ## Show the documents in a browser and update them at each save
	@$(TRIPTYCH) preview "content/$$ARTICLE" $(SHEETS) "--port=$$PORT"

.PHONY: editions tiles booklet pair mono press epub docx text
EDITION := $(TRIPTYCH) editions "content/$$ARTICLE" $(SHEETS)
PANDOC  := .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r import.lock
editions: .venv/ready   ## Make the editions that the article lists, or all
	@$(PANDOC)
	@$(EDITION) $${PROFILE:+"--profile=$$PROFILE"}

tiles: .venv/ready      ## Cut the poster into pages for an office printer
	@$(EDITION) --only tiles

booklet: .venv/ready    ## Make the briefing a booklet to fold
	@$(EDITION) --only booklet

pair: .venv/ready       ## Set two of an article's languages side by side, LANGUAGES=en,fr
	@$(EDITION) --only pair $${LANGUAGES:+"--languages=$$LANGUAGES"}

press: .venv/ready      ## Make files for a print shop, with PROFILE=its ICC profile
	@$(EDITION) --only press $${PROFILE:+"--profile=$$PROFILE"}

mono: .venv/ready       ## Make the documents in one ink
	@$(EDITION) --only mono

epub: .venv/ready       ## Make the article a book, for telephones and reading programs
	@$(PANDOC)
	@$(EDITION) --only epub

docx: .venv/ready       ## Make the article a file for Word or LibreOffice
	@$(PANDOC)
	@$(EDITION) --only docx

text: .venv/ready       ## Make the article a plain text, for speech and braille
	@$(PANDOC)
	@$(EDITION) --only text

.PHONY: places
places: .venv/ready     ## Make a fact sheet and a poster for each place in the article's places.csv
	@$(TRIPTYCH) places "content/$$ARTICLE" $(SHEETS) $${SCHEDULER:+"--scheduler=$$SCHEDULER"}

.PHONY: pack
pack: .venv/ready       ## Put the documents and editions into one zip, to hand on  (EDITIONS="large epub")
	@$(PANDOC)
	@$(TRIPTYCH) pack "content/$$ARTICLE" $(SHEETS) $${EDITIONS:+--only $$EDITIONS}

## Checks

.PHONY: check claims test properties faults mutants fuzz review snapshots lint
check: .venv/ready      ## List every problem in every article
	@$(TRIPTYCH) check content/*/

claims: .venv/ready     ## Write a table of an article's statements, for an editor to sign off
	@$(TRIPTYCH) claims "content/$$ARTICLE"

test: .venv/ready       ## Run the tests, or with ARTICLE=name compare only its pages with those that you accepted
	@.venv/bin/pytest $(if $(CHOSEN),-n0 -q --no-header --tb=no -rN $(CHOSEN) tests/test_snapshots.py)

properties: .venv/ready ## Run the slow tests, and try each property of the layout on 2,000 examples
	@.venv/bin/pytest -m slow
	@.venv/bin/pytest --hypothesis-profile=slow tests/test_spine.py tests/test_dates.py tests/test_galley.py tests/test_editions.py

faults: .venv/ready     ## Break the machine under builds and previews  (LONG=yes KILLS=500)
	@.venv/bin/pytest -m faults

mutants: .venv/ready    ## List small changes to the code that no test notices  (MODULES="timeline/spine content/dates")
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r mutants.lock
	@.venv/bin/python scripts/mutants.py $$MODULES

fuzz: .venv/ready       ## Try inputs by chance for an hour, or MINUTES=3, always the same with SEED=1
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r fuzz.lock 2>/dev/null || true
	@.venv/bin/python -m tests.fuzz $${MINUTES:+"--minutes=$$MINUTES"} $${SEED:+"--seed=$$SEED"}

review: .venv/ready     ## Show what has changed on paper since you accepted it, or SINCE=v1.2
	@$(TRIPTYCH) review "content/$$ARTICLE" $${SINCE:+"--since=$$SINCE"}

snapshots: .venv/ready  ## Accept the present output, or with ARTICLE=name only its pages
ifneq ($(CHOSEN),)
	@$(TRIPTYCH) review "content/$$ARTICLE" --accept
else
	@for article in content/*/; do $(TRIPTYCH) review "$$article" --accept || exit; done
	@.venv/bin/pytest -n0 -q -m "slow or not slow" --snapshot-update --snapshot-details tests/test_editions.py tests/test_press.py tests/test_web.py
endif

.PHONY: doctor
doctor: .venv/ready     ## Say what this machine has, what is missing, and which limits hold
	@$(TRIPTYCH) doctor

lint: .venv/ready       ## Check the style, types and imports of the code
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports

## Upkeep

.PHONY: setup tools cluster schema words picture bench lock licences bom audit clean help
setup: .venv/ready      ## Install everything needed, here and, as root, in the system

.venv/ready: requirements.lock pyproject.toml scripts/setup
	@scripts/setup

tools: .venv/ready      ## Install what some tests need: Chromium, Ghostscript, LibreOffice and validators
	@scripts/tools

cluster: .venv/ready    ## Install Dask, to build on many machines
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r cluster.lock

schema: .venv/ready     ## Write the JSON Schemas of the content files
	@$(TRIPTYCH) schema --output schema

words: .venv/ready      ## Bring the catalogues of fixed words up to date with the program
	@$(TRIPTYCH) words templates/words/*.po

picture: pdf            ## Make the picture of the documents for the README
	@.venv/bin/python scripts/picture.py "build/$$ARTICLE" docs/documents.png

bench: .venv/ready      ## Measure the speed and write docs/benchmarks.md  (TABLES="cold growth" QUICK=yes LONG=yes)
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r bench.lock
	@$(PANDOC)
	@.venv/bin/python -m bench $${TABLES:+--only $$TABLES} $${QUICK:+--quick} $${LONG:+--long}

.PHONY: docs
docs: .venv/ready       ## Write the reference, and build the documentation as a website
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r docs.lock
	@.venv/bin/python scripts/reference.py docs/reference.md
	@.venv/bin/zensical build --clean --strict
	@echo "Open it in a browser: build/.site/index.html"

lock: .venv/ready       ## Pin the newest versions of all packages
	@.venv/bin/python -m pip install --quiet uv
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --extra dev --custom-compile-command "make lock" pyproject.toml --output-file requirements.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --custom-compile-command "make lock" tools.in --output-file tools.lock
	@npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --silent --prefix tests/npm
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --constraint tools.lock --custom-compile-command "make lock" bench.in --output-file bench.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --constraint tools.lock --constraint bench.lock --custom-compile-command "make lock" \
	  docs.in --output-file docs.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --constraint tools.lock --custom-compile-command "make lock" mutants.in --output-file mutants.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --custom-compile-command "make lock" fuzz.in --output-file fuzz.lock
	@.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-package pip \
	  --constraint requirements.lock --constraint tools.lock --constraint bench.lock --constraint docs.lock --constraint mutants.lock \
	  --constraint cluster.lock --constraint import.lock --custom-compile-command "make lock" audit.in --output-file audit.lock
	@.venv/bin/python scripts/supply.py licences
	@.venv/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["cluster"], sep="\n")' | \
	  .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --custom-compile-command "make lock" - --output-file cluster.lock
	@.venv/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["fonts"], sep="\n")' | \
	  .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --custom-compile-command "make lock" - --output-file fonts.lock
	@.venv/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["import"], sep="\n")' | \
	  .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --constraint requirements.lock --constraint cluster.lock --custom-compile-command "make lock" - --output-file import.lock

SUPPLY := .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r audit.lock
licences: .venv/ready   ## Write docs/licences.md, and refuse a licence that nobody has allowed
	@.venv/bin/python scripts/supply.py licences

bom: .venv/ready        ## Write a bill of materials of all packages and faces, dist/triptych.cdx.json
	@$(SUPPLY)
	@.venv/bin/python scripts/supply.py bom

audit: .venv/ready      ## Compare all packages with the advisories that are known, where these can be reached
	@$(SUPPLY)
	@.venv/bin/python scripts/audit.py

clean:                  ## Remove what was made in build/
	@$(REMAKE) clean

help:                   ## List all targets
	@awk -F ':.*## ' '/^## /{printf "\n%s\n", substr($$0,4)} /^[a-z-]+:.*## /{printf "  make %-10s %s\n",$$1,$$2}' $(MAKEFILE_LIST)
