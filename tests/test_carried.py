"""A PDF carries what it was made from: whether its pages hold, what has changed since, where each line comes from."""

import csv
import re
import shutil
import sysconfig
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import AttachedFileSpec, Name

from tests.conftest import HARROWBY, PROJECT, TEMPLATES, ArticleCopy, barriers, printed
from triptych.__main__ import main
from triptych.build import finish, pipeline
from triptych.check import rules
from triptych.content.errors import ContentError, UsageError
from triptych.content.packs import PACKS
from triptych.design import faces
from triptych.pdf import carried
from triptych.pdf.carried import CONTENT
from triptych.review import handouts, signoff, since, statements, tracing, verify

pytestmark = pytest.mark.xdist_group("sample")


ARTICLES = HARROWBY.parent
OTHERS = [PROJECT / "content" / "himtoo", ARTICLES / "sundays", ARTICLES / "kiosk" / "fr", ARTICLES / "kiosk" / "ar"]


@pytest.fixture
def handout(tmp_path: Path) -> Path:
    """The sample's fact sheet as a file."""
    path = tmp_path / "factsheet.pdf"
    path.write_bytes(printed(HARROWBY)["factsheet"].pdf)
    return path


def pages(handout: Path) -> handouts.Verdict:
    return verify.pages(handout, lambda found, folder: pipeline.remade(found, folder, TEMPLATES))


def test_a_handout_carries_its_content_and_what_made_it(handout: Path) -> None:
    found = carried.read(handout)
    assert found.content == {path.name: path.read_bytes() for path in HARROWBY.iterdir()}
    assert found.manifest.command == "triptych build content/harrowby --only factsheet --paper a4"
    assert found.manifest.libraries["weasyprint"]
    fonts = {faces.font(face).relative_to(sysconfig.get_path("purelib")).parts[0] for face in faces.FACES}
    fonts -= {pack.module for pack in PACKS}  # the sample needs none of them
    assert {name.replace("_", "-") for name in fonts} <= set(found.manifest.libraries)
    with pikepdf.open(handout) as pdf:
        assert {str(file.AFRelationship) for file in pdf.Root.AF} == {"/Source"}


@pytest.mark.slow
def test_a_handout_is_what_its_content_gives(handout: Path) -> None:
    verdict = pages(handout)
    assert verdict.holds
    assert verdict.lines == ("harrowby, factsheet: the handout is the same, byte for byte, as its content gives here",)


@pytest.mark.slow
def test_a_page_that_was_changed_by_hand_is_told(handout: Path) -> None:
    with pikepdf.open(handout, allow_overwriting_input=True) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        assert content.count(b"BT") > 50
        pdf.pages[0].Contents = pdf.make_stream(content.replace(b"BT", b"BT 3 Tr", 5))
        pdf.save()
    verdict = pages(handout)
    assert not verdict.holds
    assert "the pages differ from what its content gives here" in verdict.lines[0]
    assert any("page 1, " in line and "look different" in line for line in verdict.lines)


@pytest.mark.slow
def test_a_file_saved_anew_has_the_same_pages(handout: Path) -> None:
    with pikepdf.open(handout, allow_overwriting_input=True) as pdf:
        pdf.save(linearize=True)
    verdict = pages(handout)
    assert verdict.holds
    assert "saved by another program" in verdict.lines[0]


def test_content_that_was_changed_in_the_file_is_told(handout: Path) -> None:
    with pikepdf.open(handout, allow_overwriting_input=True) as pdf:
        other = carried.zipped({"article.md": b"Something else"})
        pdf.attachments[CONTENT] = AttachedFileSpec(pdf, other, relationship=Name.Source)
        pdf.save()
    with pytest.raises(UsageError, match="changed after it was made"):
        carried.read(handout)


def test_a_pdf_of_others_is_no_handout(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "other.pdf")
    (tmp_path / "no.pdf").write_text("no", encoding="utf-8")
    with pytest.raises(UsageError, match="Triptych did not make it"):
        carried.read(tmp_path / "other.pdf")
    with pytest.raises(UsageError, match="not a PDF"):
        carried.read(tmp_path / "no.pdf")


def changed_since(handout: Path, folder: Path) -> handouts.Verdict:
    return since.content(handout, folder, partial(pipeline.look, templates=TEMPLATES))


def test_what_changed_since_is_told_by_document(handout: Path, article_copy: ArticleCopy) -> None:
    assert changed_since(handout, article_copy.folder).lines == ("the content is the same as in the handout",)
    article_copy.replace("figures.yaml", "value: £412,000", "value: £421,000")
    article_copy.replace("timeline.yaml", "Public health rules close", "Rules of public health close")
    article_copy.replace("article.md", "Sunday hours were not part", "Sunday hours stayed out")
    verdict = changed_since(handout, article_copy.folder)
    assert not verdict.holds
    assert verdict.lines == (
        "this fact sheet: 1 change",
        "    figure `council-cost`, value changed: `£412,000` → `£421,000`",
        "other documents: 2 changes",
        "    briefing: passage `return` changed: `were not part` → `stayed out`",
        "    poster: event `closure`, summary changed: `Public` → `Rules of public`; without `rules`",
    )


@pytest.mark.slow
def test_a_poster_is_the_same_whatever_the_parties_say(article_copy: ArticleCopy, tmp_path: Path) -> None:
    """It carries nothing of what they say; what it carries still gives it."""
    article_copy.replace(
        "positions.yaml",
        "It did not object to voluntary staffing.",
        "It said that it would not object to voluntary staffing.",
    )
    article_copy.replace(
        "positions.yaml", "sources: [culture-minutes]", "sources: [hl-timetable-2021, culture-minutes]"
    )
    (document,) = pipeline.documents(article_copy.folder, pipeline.Order(("poster",)), TEMPLATES)
    assert document.pdf == printed(HARROWBY)["poster"].pdf
    poster = tmp_path / "poster.pdf"
    poster.write_bytes(document.pdf)
    assert pages(poster).lines == (
        "harrowby, poster: the handout is the same, byte for byte, as its content gives here",
    )
    assert changed_since(poster, article_copy.folder).lines == ("the content is the same as in the handout",)


def test_each_printed_statement_leads_to_its_passage_and_sources(
    handout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trace", str(handout)]) == 0
    told = capsys.readouterr().out
    lines = (HARROWBY / "article.md").read_text(encoding="utf-8").splitlines()
    (number,) = (number for number, line in enumerate(lines, start=1) if "{#survey}" in line)
    statement = "page 1  figure visits-2019: 118,400 · Sunday visits in 2019 · Door counts, all trial branches"
    assert f"{statement} · Independent evaluation, 2020\n        passage survey, article.md:{number}\n        [" in told
    kinds = [text.split()[2] for text in told.splitlines() if re.match(r"pages? \d", text)]
    counts = {"deck": 1, "figure": 8, "event": 13, "agreed": 3, "disputed": 3, "not": 3, "declared": 5}
    assert Counter(kinds) == counts


def test_every_statement_of_a_document_is_found_on_its_pages_as_it_is_in_the_content() -> None:
    rows = statements.rows(rules.problems(HARROWBY)[0], TEMPLATES.file("sources.csl"))
    for name, one in printed(HARROWBY).items():
        told = list(tracing.traced(rows, name, one.pdf))
        assert [row.text for row in told if row.differing or not row.pages] == []
        assert len(told) == len([row for row in rows if name in row.documents])


@pytest.mark.slow
@pytest.mark.parametrize("folder", OTHERS, ids=lambda folder: folder.name)
def test_every_statement_of_other_articles_is_found_as_well(folder: Path) -> None:
    """With charts, a translation, and lines from right to left."""
    rows = statements.rows(rules.problems(folder)[0], TEMPLATES.file("sources.csl"))
    for name, one in printed(folder).items():
        told = list(tracing.traced(rows, name, one.pdf))
        assert [(row.text, row.differing) for row in told if row.differing or not row.pages] == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("document", "name", "old", "new", "told"),
    [
        ("factsheet", "figures.yaml", "value: £412,000", "value: £421,000", ("£421,000", "£412,000")),
        (
            *("briefing", "article.md", "Sunday hours were not part of", "Sunday hours were a part of"),
            (
                "Sunday hours were a part of the first reopening plan.",
                "Sunday hours were not part of the first reopening plan.",
            ),
        ),
        (
            *("poster", "timeline.yaml", "lists Monday to Saturday hours only", "lists no Sunday"),
            ("lists no Sunday", ""),
        ),
        ("briefing", "positions.yaml", "It did not object", "It did object", ("It did object", "It did not object")),
        ("briefing", "article.md", "It takes no position", "It takes a position", ("a position", "no position")),
    ],
    ids=["a figure", "a sentence", "a summary", "a party", "the method"],
)
def test_a_page_that_prints_something_else_than_its_content_is_told(
    article_copy: ArticleCopy, document: str, name: str, old: str, new: str, told: tuple[str, str]
) -> None:
    article_copy.replace(name, old, new)
    rows = statements.rows(rules.problems(article_copy.folder)[0], TEMPLATES.file("sources.csl"))
    found = list(tracing.traced(rows, document, printed(HARROWBY)[document].pdf))
    ((row, (content, page)),) = [(one, differing) for one in found for differing in one.differing]
    assert told[0] in content
    assert told[1] in page
    assert f"differs: the page prints “{page}”" in "\n".join(tracing.lines([row]))


def test_the_claims_are_a_table_for_an_editor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", str(HARROWBY), "--output", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.glob("[!.]*")) == ["claims.csv", "claims.html", "review.css"]
    with (tmp_path / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    (vote,) = [row for row in rows if (row["kind"], row["name"]) == ("figure", "vote")]
    assert vote["passages"].startswith(f"vote-and-dispute ({HARROWBY / 'article.md'}:")
    assert "[2] HCC minutes 2018 https://example.org/harrowby/minutes/2018-10-09" in vote["sources"]
    assert vote["documents"] == "briefing, factsheet"


def test_the_table_keeps_nobody_out(chromium: Any, tmp_path: Path) -> None:
    rows = statements.rows(rules.problems(HARROWBY)[0], TEMPLATES.file("sources.csl"))
    shutil.copy(TEMPLATES.file("review/review.css"), tmp_path)
    finish.write({tmp_path: signoff.table("harrowby", rows, TEMPLATES)})
    screen = chromium.new_page()
    screen.goto((tmp_path / "claims.html").as_uri())
    assert barriers(screen) == ""
    screen.close()


def test_an_article_may_bring_its_own_citation_style(article_copy: ArticleCopy) -> None:
    assert statements.citation_style(article_copy.folder, TEMPLATES) == TEMPLATES.file("sources.csl")
    shutil.copy(TEMPLATES.file("sources.csl"), article_copy.folder)
    assert statements.citation_style(article_copy.folder, TEMPLATES) == article_copy.folder / "sources.csl"
    assert "sources.csl" in carried.content(article_copy.folder)


@pytest.mark.parametrize(
    "text", ["<style", "<a/>", '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"/>']
)
def test_a_citation_style_that_is_none_is_told(article_copy: ArticleCopy, text: str) -> None:
    style = article_copy.folder / "sources.csl"
    style.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=f"{style}:1:1: bad-citation-style `sources.csl` is not a usable CSL style"):
        pipeline.workshop(article_copy.folder, pipeline.Order(("poster",)), TEMPLATES)
