"""Each kind of problem has a page in docs/problems, whose examples are tried here word for word."""

import json
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import PROJECT, TEMPLATES, ArticleCopy, written
from tests.sheets import as_xlsx
from triptych.build import inspection
from triptych.check import messages
from triptych.content import kin
from triptych.content.errors import Problem

PAGES = sorted((PROJECT / "docs" / "problems").glob("*-*.md"))
BY_LAYOUT = ("does-not-fit", "wrong-style")
"""Those that depend on a layout; test_inspection.py shows them."""
ELSEWHERE = (*BY_LAYOUT, "changed-event")
"""Those that the sample article cannot have by itself; test_ties.py shows the last one."""
HOUSE_RULES = """\
avoid: {shut down: close}
attribute: [unfairly]
attributions: [says, said]
names: {Orme: [factsheet, poster]}
"""


@pytest.fixture
def sample(article_copy: ArticleCopy) -> ArticleCopy:
    """The sample article, with house rules and a picture of few dots."""
    (article_copy.folder / "style.yaml").write_text(HOUSE_RULES, encoding="utf-8")
    Image.new("L", (500, 80), 255).save(article_copy.folder / "small.png")
    return article_copy


def block(page: str, lead: str) -> str:
    found = re.search(rf"{lead}\n\n```\w+\n(.*?)\n```", page, re.DOTALL)
    assert found, lead
    return found.group(1)


def spoil(sample: ArticleCopy, page: str) -> None:
    """Put the page's wrong example in the place of its right one."""
    if found := re.search(r"^Wrong: the folder has no `(.*)`\.$", page, re.MULTILINE):
        (sample.folder / found.group(1)).unlink()
    elif found := re.search(r"^Wrong, as `(.*)` in the place of `(.*)`:$", page, re.MULTILINE):
        (sample.folder / found.group(2)).unlink()
        (sample.folder / found.group(1)).write_text(block(page, re.escape(found.group())) + "\n", encoding="utf-8")
    elif found := re.search(r"^Wrong, as `([^`]*)`:$", page, re.MULTILINE):
        (sample.folder / found.group(1)).parent.mkdir(exist_ok=True)
        (sample.folder / found.group(1)).write_text(block(page, re.escape(found.group())) + "\n", encoding="utf-8")
    elif "Wrong: the folder has only a head." in page:
        for path in sample.folder.glob("*.yaml"):
            path.unlink()
        head = (sample.folder / "article.md").read_text(encoding="utf-8").splitlines()[1]
        (sample.folder / "article.md").write_text(f"---\n{head}\n---\n", encoding="utf-8")
    elif found := re.search(r"^Wrong: `(.*)` with 12 MB of text\.$", page, re.MULTILINE):
        (sample.folder / found.group(1)).write_text("word " * 2_400_000, encoding="utf-8")
    elif found := re.search(r"^Wrong: `(.*)` is saved as Latin-1\.$", page, re.MULTILINE):
        (sample.folder / found.group(1)).write_bytes("order: détente\n".encode("latin-1"))
    else:
        found = re.search(r"^Wrong, in `(.*)`:$", page, re.MULTILINE)
        assert found
        sample.replace(found.group(1), block(page, "Right:"), block(page, re.escape(found.group())))


@pytest.mark.sampled(6)
@pytest.mark.parametrize("path", [path for path in PAGES if path.stem not in ELSEWHERE], ids=lambda path: path.stem)
def test_a_page_shows_what_triptych_says(sample: ArticleCopy, path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    assert inspection.problems(sample.folder, TEMPLATES)[1] == ()
    spoil(sample, page)
    (folder,) = kin.translations(sample.folder) or (sample.folder,)
    found = [problem for problem in inspection.problems(folder, TEMPLATES)[1] if problem.code == path.stem]
    assert messages.text(found[:1]).replace(f"{sample.folder}/", "") == block(page, "Triptych says:")


def test_every_problem_has_a_page() -> None:
    """Codes are the only texts in the modules that read and check that are words joined by hyphens."""
    modules = (
        *("content/read", "content/disk", "content/nodes", "content/typed", "content/files", "content/chart_files"),
        *("content/model", "content/dates", "content/tables", "content/grids", "content/typed_dates"),
        *("content/translated", "check/dated", "check/numbered", "check/reporting"),
        *("check/references", "check/tracing", "check/tracks", "check/language", "check/characters", "check/rules"),
        *("check/accepting", "check/changed", "check/contacts", "check/ties"),
        *("compose/words", "content/errors", "content/overlay", "content/texts", "check/translations"),
        "review/signatures",
    )
    texts = [(PROJECT / "scripts" / "triptych" / f"{name}.py").read_text(encoding="utf-8") for name in modules]
    told = {code for text in texts for code in re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', text)}
    others = {
        "arch-c",
        "day-first",
        "encryption-data",
        "month-first",
        "arch-d",
        "date-parts",
        "factsheet-deck",
        "grouped-bars",
        "small-multiples",
        "stand-alone",
        "in-brief",
        "not-known",
        "not-shown",
        "source-article",
        "title-short",
        "utf-16",
        "utf-16-be",
        "utf-16-le",
        "utf-8",
        "utf-8-sig",
    }
    assert told - others - {path.stem for path in PAGES} == set()


def test_the_index_names_every_page() -> None:
    index = (PROJECT / "docs" / "problems" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((.*?)\.md\)", index) == [path.stem for path in PAGES]


FOUND = (
    Problem(Path("a.yaml"), 3, 7, "bad-date", "100 % wrong", "Write\nit anew."),
    Problem(Path("a.yaml"), 9, 1, "unused-source", "spare", warning=True),
)


def test_machines_read_json() -> None:
    first, second = json.loads(messages.as_json(FOUND))
    assert first == {
        "path": "a.yaml",
        "line": 3,
        "column": 7,
        "cell": "",
        "code": "bad-date",
        "message": "100 % wrong",
        "hint": "Write\nit anew.",
        "warning": False,
        "draft": False,
    }
    assert second["warning"]


def test_github_notes_escape_what_would_end_them() -> None:
    first, second = messages.github(FOUND).split("\n")
    assert first == "::error file=a.yaml,line=3,col=7,title=bad-date::100 %25 wrong Write%0Ait anew."
    assert second.startswith("::warning ")


def test_warnings_stand_apart_after_errors() -> None:
    text = messages.text(FOUND[::-1])
    assert text.index("bad-date") < text.index("Warnings (the build continues):") < text.index("unused-source")


def test_a_long_line_is_shown_around_its_place(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_text(f"{'a' * 300}!{'b' * 300}", encoding="utf-8")
    _, line, mark = messages.text([Problem(path, 1, 301, "broken-link", "here")]).split("\n")
    assert line[mark.index("^")] == "!"
    assert len(line) < 120


def test_the_line_of_a_problem_is_as_the_file_is_now(tmp_path: Path) -> None:
    for name, bodies in {
        "a.md": (b"old", b"new"),
        "a.xlsx": [as_xlsx({"A": [(one,)]}) for one in ("old", "new")],
    }.items():
        for body, word in zip(bodies, ("old", "new"), strict=True):
            written(tmp_path, {name: body})
            found = messages.text([Problem(tmp_path / name, 1, 1, "bad-date", "here", cell="A!A1")])
            assert found.splitlines()[1].endswith(f"| {word}")
