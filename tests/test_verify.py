"""When a handout's pages hold, and which statements have changed since it was made."""

import importlib.metadata
import inspect
import io
from functools import partial
from pathlib import Path

import pikepdf
import pytest

from tests.conftest import HARROWBY, TEMPLATES, ArticleCopy, Page
from triptych.build import pipeline
from triptych.pdf import carried
from triptych.pdf.carried import Carried, Making
from triptych.review import since, verify
from triptych.review.handouts import Verdict
from triptych.typeset.pages import Typesetter

TEXT = "<h1>Hours</h1><p>Nine branches open."
FILES = Making("harrowby", carried.content(HARROWBY), "0" * 64, {"paper": "a4"}, "2025-03-14T00:00:00+00:00")


@pytest.fixture(scope="module")
def given(typesetter: Typesetter) -> bytes:
    """A page that carries the content of the article by which everything is tested, as its fact sheet does."""
    return typesetter.pdf(typesetter.pages(Page()(TEXT)), FILES.files("factsheet"))


@pytest.fixture
def handout(given: bytes, tmp_path: Path) -> Path:
    return written(tmp_path / "handout.pdf", given)


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def saved_anew(pdf: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(target, linearize=True)
    return target.getvalue()


def verdict(handout: Path, made: bytes) -> Verdict:
    return verify.pages(handout, lambda found, folder: made)


def test_a_handout_is_made_anew_from_its_own_content(handout: Path, given: bytes) -> None:
    seen: list[tuple[str, str, list[str]]] = []

    def made(found: Carried, folder: Path) -> bytes:
        seen.append((found.document, folder.name, sorted(path.name for path in folder.iterdir())))
        return given

    assert verify.pages(handout, made).holds
    assert seen == [("factsheet", "harrowby", sorted(path.name for path in HARROWBY.iterdir()))]


def test_the_same_bytes_hold(handout: Path, given: bytes) -> None:
    assert verdict(handout, given) == Verdict(
        True, ("harrowby, factsheet: the handout is the same, byte for byte, as its content gives here",)
    )


def test_the_same_pages_in_another_file_hold(handout: Path, given: bytes) -> None:
    assert verdict(handout, saved_anew(given)) == Verdict(
        True, ("harrowby, factsheet: the handout is the same as its content gives here, saved by another program",)
    )


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            TEXT.replace("Nine", "Ten"),
            ["page 1: paragraph changed under “Hours”: `Nine branches open.`: `Nine` → `Ten`"],
        ),
        (TEXT.replace("<p>", "<p style='margin-left: 5mm'>"), ["now 5.0 mm to the right", "look different"]),
        (TEXT.replace("<p>", "<p style='color: #D00000'>"), ["look different"]),
        (
            TEXT.replace("h1>", "h2>"),
            ["tags: lost `Document › H1: Hours`", "tags: new `Document › H2: Hours`"],
        ),
    ],
    ids=["a word", "a place", "a colour", "a tag"],
)
def test_pages_that_differ_do_not_hold_and_it_is_told_how(
    handout: Path, typesetter: Typesetter, body: str, told: list[str]
) -> None:
    made = typesetter.pdf(typesetter.pages(Page()(body)))
    found = verdict(handout, made)
    assert found.holds is False
    assert found.lines[0] == "harrowby, factsheet: the pages differ from what its content gives here"
    assert [words for words in told if not any(words in line for line in found.lines[1:])] == []


@pytest.mark.slow
def test_a_handout_of_other_versions_is_told_which(
    typesetter: Typesetter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        version = importlib.metadata.version
        patch.setattr(importlib.metadata, "version", lambda name: "1.0" if name == "weasyprint" else version(name))
        files = FILES.files("factsheet")
    pages = typesetter.pages(Page()(TEXT))
    given = typesetter.pdf(pages, files)
    handout = written(tmp_path / "handout.pdf", given)
    line = f"made with weasyprint 1.0; the version here is {importlib.metadata.version('weasyprint')}"
    same, other = verdict(handout, saved_anew(given)), verdict(handout, typesetter.pdf(typesetter.pages(Page()("x"))))
    assert same.lines[1:] == (line,)
    assert other.lines[1] == line
    assert verdict(handout, given).lines[1:] == ()


TRACE = "sources: [hl-counts]\n    passages: [survey]"
DECK = "factsheet-deck: Since a trial in 2018, nine branches open on Sundays. The cost is in dispute.\n"
CHANGES = [
    pytest.param(
        ("figures.yaml", "value: £412,000", "value: £421,000"),
        """
        this fact sheet: 1 change
            figure `council-cost`, value changed: `£412,000` → `£421,000`
        """,
        id="a figure",
    ),
    pytest.param(
        ("timeline.yaml", "lists Monday to Saturday hours only", "lists weekday hours only"),
        """
        this fact sheet prints nothing that has changed
        other documents: 1 change
            poster: event `sunday-closing`, summary changed: `Monday to Saturday` → `weekday`
        """,
        id="a summary is on the poster alone",
    ),
    pytest.param(
        ("timeline.yaml", "headline: All branches close", "headline: Most branches closed"),
        """
        this fact sheet: 1 change
            event `closure`, headline changed: `All` → `Most`; `close` → `closed`
        """,
        id="a headline",
    ),
    pytest.param(
        ("timeline.yaml", "date: 2020-03-21", "date: 2021-08-22"),
        """
        this fact sheet: 1 change
            event `closure`, date changed: `2020-03-21` → `2021-08-22`
        """,
        id="a date",
    ),
    pytest.param(
        ("timeline.yaml", "sources: [hcc-closure]", "sources: [hcc-closure, hl-counts]"),
        """
        this fact sheet: 1 change
            event `closure`, sources changed: `hcc-closure` → `hcc-closure, hl-counts`
        """,
        id="a source",
    ),
    pytest.param(
        ("article.md", "fell by one vote", "fell by a vote"),
        """
        this fact sheet prints nothing that has changed
        other documents: 1 change
            briefing: passage `vote-and-dispute` changed: `one` → `a`
        """,
        id="a passage is in the briefing alone",
    ),
    pytest.param(
        ("article.md", "19. [@hcc-minutes-2018]\nAn", "19.\nAn"),
        """
        this fact sheet prints nothing that has changed
        other documents: 1 change
            briefing: passage `vote-and-dispute` changed: without `[hcc-minutes-2018]`
        """,
        id="a citation in a passage",
    ),
    pytest.param(
        ("article.md", "On 16 May 2023", "Two more lines. {#extra}\n\nOn 16 May 2023"),
        """
        this fact sheet prints nothing that has changed
        other documents: 1 change
            briefing: passage `extra` is new: Two more lines.
        """,
        id="a new passage",
    ),
    pytest.param(
        ("positions.yaml", "  - text: How many", f"  - text: Who pays\n    {TRACE}\n  - text: How many"),
        """
        this fact sheet: 1 change
            not known `2` is new: Who pays · hl-counts
        """,
        id="a new statement",
    ),
    pytest.param(
        ("article.md", DECK, ""),
        """
        this fact sheet: 2 changes
            deck now stands here: How one city’s libraries came to open, close and reopen on Sundays between 2015 …
            factsheet-deck is gone: Since a trial in 2018, nine branches open on Sundays. The cost is in dispute.
        """,
        id="one that is gone, and the one that takes its place",
    ),
    pytest.param(
        ("figures.yaml", "passages: [posts]", "passages: [return]"),
        """
        this fact sheet prints nothing that has changed
        other documents: 1 change
            briefing: figure `posts`, passages changed: `posts` → `return`
        """,
        id="the place of a figure in the margin",
    ),
]


def told(handout: Path, folder: Path) -> str:
    return "\n".join(since.content(handout, folder, partial(pipeline.look, templates=TEMPLATES)).lines)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("edit", "lines"), CHANGES)
def test_each_change_is_told_with_the_documents_that_print_it(
    handout: Path, article_copy: ArticleCopy, edit: tuple[str, str, str], lines: str
) -> None:
    article_copy.replace(*edit)
    assert told(handout, article_copy.folder) == inspect.cleandoc(lines)


def test_content_that_is_the_same_to_the_byte_holds(handout: Path) -> None:
    assert told(handout, HARROWBY) == "the content is the same as in the handout"


def test_files_that_differ_in_no_printed_word_hold_and_are_named(handout: Path, article_copy: ArticleCopy) -> None:
    for name in ("timeline.yaml", "figures.yaml"):
        with (article_copy.folder / name).open("a", encoding="utf-8") as file:
            file.write("# read again\n")
    assert told(handout, article_copy.folder) == inspect.cleandoc(
        """
        this fact sheet prints nothing that has changed
        these files differ in no printed word: figures.yaml, timeline.yaml
        """
    )


def test_a_poster_is_asked_about_the_poster_alone(
    typesetter: Typesetter, article_copy: ArticleCopy, tmp_path: Path
) -> None:
    """It carries nothing of the parties, and nothing that they say may change it."""
    pdf = typesetter.pdf(typesetter.pages(Page()(TEXT)), FILES.files("poster"))
    handout = written(tmp_path / "poster.pdf", pdf)
    article_copy.replace("positions.yaml", "It did not object", "It objected")
    assert told(handout, article_copy.folder) == "the content is the same as in the handout"
    article_copy.replace("timeline.yaml", "headline: All branches close", "headline: Branches close")
    assert told(handout, article_copy.folder).splitlines()[1:] == [
        "    event `closure`, headline changed: `All branches` → `Branches`"
    ]
