"""Which files of its folder an article uses: those that a handout carries, and no others."""

import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.conftest import HARROWBY, TEMPLATES, ArticleCopy
from triptych.build import pipeline
from triptych.content import uses
from triptych.content.errors import ContentError, StyleError
from triptych.documents import screen
from triptych.pdf import carried

CONTENT = ("article.md", "figures.yaml", "positions.yaml", "sources.yaml", "timeline.yaml")
PICTURE = HARROWBY / "branches.png"


def show(article: ArticleCopy, text: str, at: str = "") -> None:
    """Write a text into the prose, and put a picture at a path in the folder."""
    with (article.folder / "article.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")
    if at:
        (article.folder / at).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PICTURE, article.folder / at)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("![A map](maps/city.png)", "maps/city.png"),
        ("![A map](./maps//city.png)", "maps/city.png"),
        ("![A map](maps/old/city.png 'The city in 1900')", "maps/old/city.png"),
        ("Beside ![a map](city.jpeg) in a line", "city.jpeg"),
        ("![A map][city]\n\n[city]: city.png", "city.png"),
        ("![A map](My%20city.png)", "My city.png"),
        ("![A map](<My city.png>)", "My city.png"),
        ("![A map](50%25&more.png)", "50%&more.png"),
        ("- ![A map](Zürich.png)", "Zürich.png"),
    ],
)
def test_a_picture_that_the_prose_shows_is_used(article_copy: ArticleCopy, text: str, at: str) -> None:
    show(article_copy, text, at)
    assert uses.files(article_copy.folder) == tuple(sorted((*CONTENT, "branches.png", at)))


@pytest.mark.parametrize(
    "text",
    ["`![A map](city.png)`", "![A map](https://example.org/city.png)", "![A map](../city.png)", "See city.png."],
)
def test_a_picture_that_is_only_named_is_not_used(article_copy: ArticleCopy, text: str) -> None:
    show(article_copy, text, "city.png")
    shutil.copy(PICTURE, article_copy.folder.parent / "city.png")
    assert "city.png" not in uses.files(article_copy.folder)


def test_a_picture_in_any_text_is_used(article_copy: ArticleCopy) -> None:
    article_copy.replace("positions.yaml", "It did not object", "![](mark.svg) It did not object")
    (article_copy.folder / "mark.svg").write_text('<svg><image href="asset://article/in%20it.png"/></svg>')
    shutil.copy(PICTURE, article_copy.folder / "in it.png")
    assert uses.pictures(article_copy.folder) == ("branches.png", "in it.png", "mark.svg")


@pytest.mark.slow
def test_what_else_lies_in_the_folder_goes_nowhere(article_copy: ArticleCopy, tmp_path: Path) -> None:
    folder = article_copy.folder
    for name in ("interview-notes.docx", "article.md~", "#article.md#", "unused.png", "visitors.csv", "film.mp4"):
        (folder / name).write_bytes(b"private")
    (tmp_path / "private.png").write_bytes(b"private")
    (folder / "private.png").symlink_to(tmp_path / "private.png")
    shutil.copy(TEMPLATES.file("sources.csl"), folder)
    (folder / "style.yaml").write_text("avoid: {}\n")
    used = (*CONTENT, "branches.png", "sources.csl", "style.yaml")
    assert sorted(used) == list(carried.content(folder)) == list(uses.files(folder))
    shop = pipeline.workshop(folder, pipeline.Order(()), TEMPLATES)
    web = screen.page(shop, folder, TEMPLATES)
    assert set(web) == {"index.html", "page.css", "page.js", "card.png", "branches.png"}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("written", ["maps/my%20city.png", "<maps/my city.png>"])
def test_the_page_for_the_screen_keeps_pictures_in_their_folders(article_copy: ArticleCopy, written: str) -> None:
    show(article_copy, f"![A map]({written})", "maps/my city.png")
    shop = pipeline.workshop(article_copy.folder, pipeline.Order(()), TEMPLATES)
    page = screen.page(shop, article_copy.folder, TEMPLATES)
    assert page["maps/my city.png"] == PICTURE.read_bytes()
    assert 'src="maps/my city.png"' in unquote(page["index.html"].decode())


def test_a_broken_article_uses_what_is_left(article_copy: ArticleCopy) -> None:
    (article_copy.folder / "figures.yaml").write_text("figures: [")
    (article_copy.folder / "timeline.yaml").unlink()
    assert uses.files(article_copy.folder) == (
        "article.md",
        "branches.png",
        "figures.yaml",
        "positions.yaml",
        "sources.yaml",
    )


@pytest.mark.parametrize("name", ["sources.yaml", "article.md", "branches.png", "style.yaml", "sources.csl"])
def test_a_link_that_leads_out_is_refused_by_name(article_copy: ArticleCopy, tmp_path: Path, name: str) -> None:
    path = article_copy.folder / name
    if path.exists():
        path.rename(tmp_path / name)
    else:
        (tmp_path / name).write_text("avoid: {}\n")
    path.symlink_to(tmp_path / name)
    assert name not in uses.files(article_copy.folder)
    with pytest.raises((ContentError, StyleError)) as caught:
        pipeline.workshop(article_copy.folder, pipeline.Order(()), TEMPLATES)
    said = str(caught.value)
    assert f"{name}` is a link that leads out" in said or f"{name} is a link that leads out" in said


def test_a_link_within_the_folder_is_followed(article_copy: ArticleCopy) -> None:
    show(article_copy, "![A map](city.png)", "maps/1900.png")
    (article_copy.folder / "city.png").symlink_to("maps/1900.png")
    assert carried.content(article_copy.folder)["city.png"] == PICTURE.read_bytes()
