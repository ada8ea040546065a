"""The README and the pages of docs/ are true: their commands run, their examples hold, their links lead on."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
import yaml

import reference
import triptych
from tests.conftest import PROJECT, TEMPLATES, ArticleCopy, ProjectCopy, written
from triptych import options
from triptych.__main__ import ACCEPTED
from triptych.build import pipeline
from triptych.check import rules
from triptych.content.errors import FAULT, INTERRUPTED, NO_READER, TriptychError
from triptych.content.kinds import Paper
from triptych.content.model import Figures, Model, Positions, Sources, Style, Timeline

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
README = PAGES[0].read_text(encoding="utf-8")
GUIDES = [page for page in PAGES if page.parent in (PROJECT, PROJECT / "docs") and page.stem != "benchmarks"]
FIELDS = "reference.md is not as the program is: run `make docs`"
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))

NOT_RUN = {
    "git clone": "it needs the network",
    "source ": "it prepares a shell for what follows",
    "make setup": "it installs packages; every test needs it done",
    "make lock": "it pins the packages of today",
    "make docs": "it installs packages; a test below builds the site",
    "make test": "it would run this test",
    ".venv/bin/pytest": "it runs tests, which a copy of the project does not have",
    "make lint": "it checks the tests too, which a copy of the project does not have",
    "make snapshots": "it runs tests, which a copy of the project does not have",
    "triptych export content/opening --to timeline.ics": "it needs packages of imports; test_export.py tries it",
    "triptych export content/opening --to sources.bib": "it needs packages of imports; test_export.py tries it",
    "triptych redirects content/opening": "its article has no short address; test_back.py lists those of one",
    "make bench": "it takes many minutes",
    "make fuzz": "it takes an hour; test_fuzz.py tries what it found",
    "make fonts": "it installs packages; test_make.py fetches them, and test_scripts.py sets what is there",
    "make import": "it installs packages; test_import.py imports files of each kind",
    "make editions": "it installs packages; test_editions.py makes each edition",
    "make epub": "it installs packages; test_readers.py makes the edition",
    "make docx": "it installs packages; test_readers.py makes the edition",
    "make text": "it installs packages; test_readers.py makes the edition",
    "make places": "its article has no places; test_places.py makes copies",
    "triptych places": "its article has no places; test_places.py makes copies",
    "make pack": "it installs packages; test_pack.py makes a package",
    "make preview": "it ends when somebody stops it; test_preview.py runs it",
    "make press": "it needs the profile of a print shop; test_press.py makes the edition",
    ".venv/bin/dask": "it ends when somebody stops it; test_cluster.py runs it",
    "make all SCHEDULER": "it needs a cluster; test_cluster.py has one",
    "triptych build --all --scheduler": "it needs a cluster; test_cluster.py has one",
    "triptych build content/himtoo --theme blue": "it needs the theme that the test of its recipe adds",
    "pipx install": "it installs packages; test_install.py tries an installed program",
    ".venv/bin/python -m pip wheel": "test_install.py builds the wheel, and tries it",
    ".ci/run": "it runs everything, this test too",
}
"""Commands of the docs that no test here runs, by how they begin, each with the reason."""


def blocks(markdown: str, *languages: str) -> list[str]:
    """The fenced code blocks of some languages, without the indent of a list that they stand in."""
    found = re.findall(r"^( *)```(\w+)\n(.*?)^ *```$", markdown, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", text, flags=re.M) for indent, language, text in found if language in languages]


FRENCH = {
    "article.md": """\
---
title: Les bibliothèques de Harrowby ouvertes le dimanche
deck: Comment les bibliothèques d'une ville ont ouvert le dimanche.
in-brief:
  - Le conseil a approuvé l'ouverture le dimanche par 21 voix contre 19. [@minutes]
method: Chaque affirmation a été comparée au procès-verbal.
corrections: Pour signaler une erreur, écrivez à qui vous a donné cette feuille.
---

## L'essai

Le 9 octobre 2018, le conseil a décidé d'ouvrir le dimanche, par 21 voix contre 19. [@minutes] {#vote}
""",
    "figures.yaml": """\
figures:
  - id: votes
    label: Vote du conseil
    basis: Voix pour et contre
    attribution: Procès-verbal du conseil
""",
}
"""The README's whole article in French, but for its events, which the guide for authors shows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A command as a page shows it, and what it should print; empty where the page does not say."""

    command: str
    prints: str = ""

    def __str__(self) -> str:
        return self.command

    @property
    def runs(self) -> bool:
        return not self.command.startswith(tuple(NOT_RUN))


def commands() -> list[Shown]:
    """Every command in a block of the guides, once."""
    found = {}
    for page in GUIDES:
        text = page.read_text(encoding="utf-8")
        for block in blocks(text, "sh"):
            found.update({line: Shown(line) for line in block.splitlines()})
        for block in blocks(text, "console"):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, prints = part.partition("\n")
                found[command] = Shown(command, prints)
    return list(found.values())


COMMANDS = commands()
every_command = pytest.mark.parametrize("shown", COMMANDS, ids=str)
RUN = [shown for shown in COMMANDS if shown.runs]


def shortest(folder: Path) -> None:
    """Write the README's shortest article into a folder."""
    (text,) = blocks(README.partition("## The shortest article")[2].partition("\n## ")[0], "markdown")
    written(folder, {"article.md": text})


def whole(folder: Path) -> None:
    """Write the files of the README's whole article into a folder."""
    chapter = README.partition("## A whole article")[2]
    files = re.findall(r"`([a-z]+\.(?:md|yaml))`[^`\n]*:\n\n```\w+\n(.*?)^```$", chapter, re.M | re.S)
    written(folder, dict(files))


def run(project: Path, command: str) -> str:
    """What a command prints in a terminal that is prepared as the docs say; it must succeed, or find a difference."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    environment["PATH"] = f"{project / '.venv' / 'bin'}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(["bash", "-ec", command], cwd=project, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def is_as_shown(printed: str, shown: str) -> bool:
    """Whether a command prints what a page shows; `…` stands for anything, and sizes of files may differ."""
    pattern = re.sub(r"\d+\\ KiB", r"\\d+\\ KiB", re.escape(shown.rstrip("\n")))
    return re.fullmatch(pattern.replace("…", ".*"), printed.rstrip("\n"), re.DOTALL) is not None


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the first article and the shortest, which has been made."""
    folder = tmp_path_factory.mktemp("docs")
    ProjectCopy.at(folder)
    shutil.copytree(PROJECT / "content" / "himtoo", folder / "content" / "himtoo")
    accepted = ACCEPTED / "himtoo"
    shutil.copytree(PROJECT / accepted, folder / accepted)
    whole(folder / "content" / "opening")
    shortest(folder / "content" / "drop")
    run(folder, "triptych build content/opening -j 1")
    return folder


@every_command
def test_a_command_exists(shown: Shown) -> None:
    program, *arguments = shlex.split(shown.command)
    if program == "triptych" and "blue" not in arguments:
        assert options.parser().parse_args(arguments)
    if program == "make":
        words = [word.partition("=") for word in re.sub(r'"[^"]*"', "x", shown.command).split()[1:]]
        assert {name for name, equals, _ in words if not equals} <= targets()
        assert {name for name, equals, _ in words if equals} <= variables()


@pytest.mark.sampled(4)
@every_page
def test_a_command_within_a_sentence_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"`make ([a-z][a-z-]*)", text)) <= targets()
    assert set(re.findall(r"`triptych ([a-z]+)", text)) <= {command.name for command in reference.commands()}


def targets() -> set[str]:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    return {row.name for _, rows in reference.sections(makefile) for row in rows}


def variables() -> set[str]:
    """The variables of make that the reference explains."""
    chapter = reference.reference().partition("### Variables")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([A-Z_]+)` \|", chapter, re.MULTILINE))


@pytest.mark.slow
@pytest.mark.xdist_group("docs")
@pytest.mark.parametrize("shown", RUN, ids=str)
def test_a_command_prints_what_the_docs_show(shown: Shown, project: Path) -> None:
    if shown.command.startswith("make pdf"):
        shutil.rmtree(project / "build" / "opening", ignore_errors=True)
    french = project / "content" / "opening" / "fr"
    if shown.command.startswith("make claims"):
        (project / "content" / "opening" / "signatures.csv").unlink(missing_ok=True)
    if "LANGUAGES=" in shown.command:
        events = blocks(several_languages(), "yaml")[0].partition("\neras:")[0]
        written(french, {**FRENCH, "timeline.yaml": events})
        run(project, "triptych translations content/opening/fr --accept")
    if shown.command.startswith("triptych translations"):
        written(french, {"timeline.yaml": blocks(several_languages(), "yaml")[0]})
        run(project, "triptych translations content/opening --export fr --to opening.fr.po")
    printed = run(project, shown.command)
    shutil.rmtree(french, ignore_errors=True)
    assert not shown.prints or is_as_shown(printed, shown.prints), printed


def test_what_is_not_run_is_still_in_the_docs() -> None:
    assert [start for start in NOT_RUN if not any(shown.command.startswith(start) for shown in COMMANDS)] == []


def test_another_output_is_noticed() -> None:
    assert is_as_shown("a.pdf  1 page, 52 KiB\n    two\n    three\n", "a.pdf  1 page, 50 KiB\n    …\n")
    assert not is_as_shown("a.pdf  2 pages, 50 KiB\n", "a.pdf  1 page, 50 KiB\n")


def test_nothing_can_be_left_out_of_the_shortest_article(tmp_path: Path) -> None:
    shortest(tmp_path / "opening")
    assert rules.problems(tmp_path / "opening")[1] == ()
    for path in sorted((tmp_path / "opening").iterdir()):
        text = path.read_text(encoding="utf-8")
        for field in re.findall(r"^ *(?:- )?[a-z-]+: .+\n", text, re.MULTILINE):
            path.write_text(text.replace(field, "  -\n" if "- " in field[:5] else "", 1), encoding="utf-8")
            assert rules.problems(tmp_path / "opening")[1], f"{path.name} is right without `{field.strip()}`"
        path.write_text(text, encoding="utf-8")


def test_the_shortest_article_gives_what_the_readme_says(tmp_path: Path) -> None:
    shortest(tmp_path / "drop")
    skipped: list[str] = []
    made = pipeline.documents(tmp_path / "drop", pipeline.Order(), TEMPLATES, skip=skipped.append)
    assert [document.name for document in made] == ["briefing", "factsheet"]
    assert skipped == ["no poster: the article has no events"]


def test_the_whole_article_has_no_problem(tmp_path: Path) -> None:
    whole(tmp_path / "opening")
    assert len([*(tmp_path / "opening").iterdir()]) == 4
    assert rules.problems(tmp_path / "opening")[1] == ()


def several_languages() -> str:
    """The chapter on translations, whose files are no articles."""
    text = (PROJECT / "docs" / "author.md").read_text(encoding="utf-8")
    return text.partition("## In several languages")[2].partition("\n## ")[0]


def examples() -> list[tuple[type[Model], str]]:
    """The whole files of YAML that the guide for authors shows, below its chapter on YAML, each with its model."""
    text = (PROJECT / "docs" / "author.md").read_text(encoding="utf-8").partition("## Start an article")[2]
    text = text.replace(several_languages(), "")
    models: dict[str, type[Model]] = {
        "events": Timeline,
        "figures": Figures,
        "order": Positions,
        "references": Sources,
        "avoid": Style,
    }
    return [(models[block.partition(":")[0]], block) for block in blocks(text, "yaml")]


@pytest.mark.slow
@pytest.mark.parametrize("paper", Paper)
def test_the_examples_of_the_guide_for_authors_are_an_article(tmp_path: Path, paper: Paper) -> None:
    """Below one head, and with its rules of style, they have no problem, and build; a second of a file has none."""
    names = {Timeline: "timeline", Figures: "figures", Positions: "positions", Sources: "sources", Style: "style"}
    for model, text in examples():
        file = tmp_path / f"{names[model]}.yaml"
        if file.exists():
            alone = written(tmp_path / "alone", {"article.md": "---\ntitle: Sundays\n---\n", file.name: text})
            assert rules.problems(alone)[1] == ()
        else:
            file.write_text(text, encoding="utf-8")
    guide = (PROJECT / "docs" / "author.md").read_text(encoding="utf-8").partition("## Start an article")[2]
    prose = "\n".join(blocks(guide, "markdown"))
    (tmp_path / "article.md").write_text(f"---\ntitle: Sunday opening\n---\n\n{prose}", encoding="utf-8")
    assert rules.problems(tmp_path)[1] == ()
    made = pipeline.documents(tmp_path, pipeline.Order(paper=paper), TEMPLATES)
    assert [document.name for document in made] == [*pipeline.DOCUMENTS]
    (translated,) = blocks(several_languages(), "yaml")
    french = written(tmp_path / "fr", {"timeline.yaml": translated})
    found = rules.problems(french)[1]
    assert {problem.code for problem in found} == {"not-translated", "stale-translation"}


@pytest.mark.slow
@pytest.mark.parametrize("paper", Paper)
def test_the_articles_of_the_readme_build(tmp_path: Path, paper: Paper) -> None:
    whole(tmp_path / "opening")
    assert len(pipeline.documents(tmp_path / "opening", pipeline.Order(paper=paper), TEMPLATES)) == 3
    shortest(tmp_path / "drop")
    assert len(pipeline.documents(tmp_path / "drop", pipeline.Order(paper=paper), TEMPLATES)) == 2


@pytest.mark.parametrize(("model", "example"), examples())
def test_an_example_of_a_file_is_as_its_model_asks(model: type[Model], example: str) -> None:
    assert model.model_validate(yaml.load(example, yaml.BaseLoader))


def messages() -> Iterator[tuple[str, str]]:
    """Each message about an article that a guide shows, with the name of its problem."""
    for page in GUIDES:
        for block in blocks(page.read_text(encoding="utf-8"), "text"):
            if found := re.match(r"\w+\.(?:md|yaml):\d+:\d+: ([a-z0-9-]+) ", block):
                yield found.group(1), block


@pytest.mark.parametrize(("code", "message"), list(messages()))
def test_a_message_is_one_that_its_own_page_shows(code: str, message: str) -> None:
    """And the page's is compared with the program in test_problems.py."""
    assert message in (PROJECT / "docs" / "problems" / f"{code}.md").read_text(encoding="utf-8")


def test_the_reference_is_what_the_program_is() -> None:
    assert (PROJECT / "docs" / "reference.md").read_text(encoding="utf-8") == reference.reference(), FIELDS


def test_every_field_and_option_of_the_reference_is_explained() -> None:
    rows = re.findall(r"^\| `(.*?)` \|(?:.* \|)? (.*?) \|$", reference.reference(), re.MULTILINE)
    assert len(rows) > 100
    assert [name for name, meaning in rows if len(meaning) < 2 or meaning == "."] == []


def test_every_meaning_in_the_script_is_of_a_field_that_exists() -> None:
    tables = [table for model in reference.MODELS for table in reference.tables(model)]
    named = {name for table in tables for row in table.rows for name in (row.name, f"{table.record}.{row.name}")}
    assert set(reference.MEANINGS) - named == set()


def test_the_reference_explains_every_variable_of_make() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+) *\?=", makefile, re.MULTILINE)) <= variables()


def test_the_reference_has_every_exit_code() -> None:
    chapter = reference.reference().partition("## Exit codes")[2]
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", chapter, re.MULTILINE)} == {
        *(0, 2, FAULT, NO_READER, INTERRUPTED),
        *exit_codes(TriptychError),
    }


def exit_codes(error: type[TriptychError]) -> set[int]:
    """Of an error and of all that are made from it; one takes its code from others."""
    own = {error.exit_code}
    return own.union(*(exit_codes(below) for below in error.__subclasses__()))


def test_the_rooms_of_the_readme_are_those_of_the_program() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \| (.*) \|$", README.partition("## How it works")[2], re.MULTILINE)
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["containers"] == ["triptych"])
    rooms = [room for room in reversed(layers) if (PROJECT / "scripts" / "triptych" / room).is_dir()]
    assert rows == [(room, import_module(f"triptych.{room}").__doc__) for room in rooms]
    listed = re.findall(
        r"^\d+\. `([a-z]+)`:", (PROJECT / "docs" / "maintainer.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert listed == rooms


def test_the_steps_of_the_readme_are_those_of_the_program() -> None:
    line = " ".join(README.partition("## How it works\n\n")[2].partition("\n\n")[0].split())
    steps = [step.lower() for step in re.findall(r"\*(.+?)\*", line)]
    assert len(steps) > 5
    assert steps == re.findall(rf"\b(?:{'|'.join(steps)})\b", str(triptych.__doc__))


def test_the_readme_is_short() -> None:
    assert README.count("\n") < 200


@every_page
def test_a_link_leads_on(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        if ":" in path:
            continue
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), target
        assert page == PAGES[0] or linked.is_relative_to(PROJECT / "docs"), f"{target} is not on the site"
        assert not anchor or anchor in anchors(linked), target


@every_page
def test_a_page_has_no_heading_twice(page: Path) -> None:
    found = anchors(page)
    assert sorted(set(found)) == sorted(found)


def anchors(page: Path) -> list[str]:
    """The names of a page's headings, as forges and the site make them."""
    headings = re.findall(
        r"^#+ (.*)$", re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S), re.M
    )
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def without_code(markdown: str) -> str:
    return re.sub(r"^ *```.*?^ *```$|`[^`\n]+`", "", markdown, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.slow
def test_a_language_is_added_as_the_docs_say(tmp_path: Path) -> None:
    project = ProjectCopy.at(tmp_path).folder
    article = ArticleCopy(project / "content" / "opening")
    whole(article.folder)
    words = project / "templates" / "words"
    text = (words / "en.po").read_text(encoding="utf-8")
    (words / "sv.po").write_text(text.replace('msgstr "Fact sheet"', 'msgstr "Faktablad"'), encoding="utf-8")
    article.replace("article.md", "language: en-GB", "language: sv")
    article.replace("article.md", "On 9 October 2018", "Den 9 oktober 2018")
    run(project, "triptych build content/opening --only factsheet")
    read = run(project, "triptych read build/opening/factsheet.pdf")
    assert "Faktablad" in read
    assert "9 oktober 2018" in read


@pytest.mark.slow
def test_a_theme_is_added_as_the_docs_say(tmp_path: Path) -> None:
    project = ProjectCopy.at(tmp_path).folder
    shutil.copytree(PROJECT / "content" / "himtoo", project / "content" / "himtoo")
    chapter = (PROJECT / "docs" / "maintainer.md").read_text(encoding="utf-8").partition("## Add a theme")[2]
    (project / "templates" / "themes" / "blue.yaml").write_text(blocks(chapter, "yaml")[0], encoding="utf-8")
    kinds = project / "scripts" / "triptych" / "content" / "kinds.py"
    text = kinds.read_text(encoding="utf-8")
    assert text.count('("almanac", "gazette")') == 1
    kinds.write_text(text.replace('("almanac", "gazette")', '("almanac", "gazette", "blue")'), encoding="utf-8")
    assert "build/himtoo/blue/factsheet.pdf" in run(project, blocks(chapter, "sh")[0])


@pytest.mark.slow
def test_the_site_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    zensical = Path(sys.executable).with_name("zensical")
    if not zensical.exists():
        pytest.skip("nothing to make the site with: run `make docs`")
    shutil.copytree(PROJECT / "docs", tmp_path / "docs")
    shutil.copy(PROJECT / "zensical.toml", tmp_path)
    subprocess.run([zensical, "build", "--strict"], cwd=tmp_path, check=True, capture_output=True)
    site = tmp_path / "build" / ".site"
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > len(PAGES) - 1
    assert [loaded for page in pages for loaded in elsewhere(page.read_text(encoding="utf-8"))] == []
    assert [
        path.name
        for path in site.rglob("*.css")
        if re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", path.read_text())
    ] == []


def elsewhere(html: str) -> Sequence[str]:
    """What a page loads from another place; what it only links to is left out."""
    return re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"?((?:https?:)?//[^\s\">]+)", html)
