"""The editions for other programs: a book, a file for Word, a text. Programs of others check them."""

import io
import re
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from tests import validators
from tests.conftest import HARROWBY, PROJECT, TEMPLATES
from tests.conftest import written as article_of
from triptych.__main__ import main
from triptych.build.pipeline import Order
from triptych.compose import spaces
from triptych.exports import editions
from triptych.pdf import prove

KIOSK = PROJECT / "tests/articles/kiosk/ar"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def slow(test: Any) -> Any:
    """A test that runs pandoc and perhaps a validator."""
    return pytest.mark.slow(pytest.mark.xdist_group("readers")(test))


@cache
def made(name: str, folder: Path = HARROWBY) -> bytes:
    """A file of an edition of an article, such as article.epub."""
    pytest.importorskip("pypandoc", reason="no pandoc: run `make epub`")
    maker = {"article.epub": editions.book, "article.docx": editions.for_word}.get(name, editions.text)
    return maker(folder, Order(()), TEMPLATES)[name]


def parts(packed: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as found:
        return {name: found.read(name) for name in found.namelist()}


def seeded(packed: bytes, name: str, change: Callable[[bytes], bytes], to: Path) -> Path:
    """A packed file with one of its parts changed."""
    with zipfile.ZipFile(to, "w") as target:
        for one, body in parts(packed).items():
            changed = change(body) if one == name else body
            assert one != name or changed != body
            target.writestr(one, changed)
    return to


def written(name: str, place: Path, folder: Path = HARROWBY) -> Path:
    path = place / name
    path.write_bytes(made(name, folder))
    return path


class TestBook:
    @slow
    def test_it_is_valid(self, tmp_path: Path) -> None:
        assert validators.epubcheck(written("article.epub", tmp_path)) == []

    @slow
    def test_a_link_to_nowhere_is_found(self, tmp_path: Path) -> None:
        broken = seeded(
            made("article.epub"),
            "EPUB/text/ch001.xhtml",
            lambda body: body.replace(b"ch010.xhtml#source-", b"ch010.xhtml#lost-"),
            tmp_path / "broken.epub",
        )
        assert any("RSC-012" in one for one in validators.epubcheck(broken))

    @slow
    def test_nobody_is_kept_out(self, tmp_path: Path) -> None:
        assert validators.ace(written("article.epub", tmp_path), tmp_path / "ace") == []

    @slow
    def test_a_picture_without_its_text_is_found(self, tmp_path: Path) -> None:
        name = next(name for name, body in parts(made("article.epub")).items() if b"<img" in body)
        broken = seeded(
            made("article.epub"), name, lambda body: re.sub(rb' alt="[^"]*"', b"", body), tmp_path / "broken.epub"
        )
        assert any("image-alt" in one for one in validators.ace(broken, tmp_path / "ace"))

    @slow
    def test_each_reference_leads_to_its_source_or_note_and_back(self) -> None:
        pages = {
            name.rpartition("/")[2]: etree.fromstring(body)
            for name, body in parts(made("article.epub")).items()
            if name.endswith(".xhtml")
        }
        names = {(file, one.get("id")) for file, page in pages.items() for one in page.iter() if one.get("id")}
        links = [
            (one.get("role"), one.get("href").partition("#")[0] or file, one.get("href").partition("#")[2])
            for file, page in pages.items()
            for one in page.iter(f"{XHTML}a")
            if "#" in one.get("href") and not one.get("href").startswith("http")
        ]
        assert [link for link in links if link[1:] not in names and link[2] and not link[1].startswith("text/")] == []
        roles = [link[0] for link in links]
        cited, noted, back = (roles.count(role) for role in ("doc-biblioref", "doc-noteref", "doc-backlink"))
        assert (noted, back) == (1, cited + noted)
        assert cited > 50

    @slow
    def test_it_says_how_it_can_be_read(self) -> None:
        facts = parts(made("article.epub"))["EPUB/content.opf"].decode()
        for fact in ('accessMode">textual', 'accessModeSufficient">textual', 'accessibilityHazard">none'):
            assert fact in facts
        assert "alternativeText" in facts
        assert '<meta property="schema:accessibilitySummary">All of it can be read as text' in facts
        assert "<dc:language>en-GB</dc:language>" in facts

    @slow
    def test_its_pages_turn_from_right_to_left_where_its_language_does(self) -> None:
        found = parts(made("article.epub", KIOSK))
        assert b'page-progression-direction="rtl"' in found["EPUB/content.opf"]
        assert b'dir="rtl"' in found["EPUB/text/ch001.xhtml"]

    @slow
    def test_what_is_copied_has_ordinary_spaces(self) -> None:
        texts = [body.decode() for name, body in parts(made("article.epub")).items() if name.endswith("html")]
        assert [text for text in texts if re.search("[\u00a0\u202f\u2060\u00ad]", text)] == []


class TestWord:
    @slow
    @pytest.mark.parametrize("folder", [HARROWBY, KIOSK], ids=["harrowby", "ar"])
    def test_it_keeps_to_the_standard(self, folder: Path, tmp_path: Path) -> None:
        assert validators.word(written("article.docx", tmp_path, folder)) == []

    @slow
    def test_an_element_in_the_wrong_place_is_found(self, tmp_path: Path) -> None:
        broken = seeded(
            made("article.docx"),
            "word/styles.xml",
            lambda body: body.replace(b"<w:rFonts", b'<w:szCs w:val="20"/><w:rFonts', 1),
            tmp_path / "broken.docx",
        )
        assert validators.word(broken)

    @slow
    def test_libreoffice_opens_it_with_all_its_words(self, tmp_path: Path) -> None:
        said = "".join(prove.page_texts(validators.office(written("article.docx", tmp_path), tmp_path)))
        for words in ("SundayopeningatHarrowby", "3,127visits", "Adoorcountercounts", "Workforcereturn"):
            assert words in said

    @slow
    def test_its_parts_are_what_word_knows(self) -> None:
        """Headings, footnotes, heads of tables that come again on each page, and texts of pictures."""
        found = parts(made("article.docx"))
        document = etree.fromstring(found["word/document.xml"])
        styles = [one.get(f"{W}val") for one in document.iter(f"{W}pStyle")]
        assert {"Title", "Subtitle", "Heading1", "Heading2"} <= set(styles)
        assert styles.count("Heading1") == 11
        assert len([*document.iter(f"{W}footnoteReference")]) == 1
        assert b"A door counter counts each passage" in found["word/footnotes.xml"]
        assert [len([*table.iter(f"{W}tblHeader")]) for table in document.iter(f"{W}tbl")] == [1, 1, 1]
        described = [one.get("descr") for one in document.iter() if etree.QName(one).localname == "docPr"]
        assert described == ["Twenty-two squares in two rows, one for each branch; fourteen of them are filled."]
        facts = found["docProps/core.xml"].decode()
        assert "<dc:language>en-GB</dc:language>" in facts
        assert "<dc:creator>Plain Record</dc:creator>" in facts

    @slow
    def test_it_has_the_paper_of_the_article(self) -> None:
        size = next(etree.fromstring(parts(made("article.docx"))["word/document.xml"]).iter(f"{W}pgSz"))
        assert [round(int(size.get(f"{W}{side}")) / 1440 * 25.4) for side in "wh"] == [210, 297]

    @slow
    @pytest.mark.parametrize(("across", "down", "highest"), [(300, 1500, 227), (60, 120, 43)], ids=["tall", "small"])
    def test_a_picture_fits_on_a_page(self, tmp_path: Path, across: int, down: int, highest: int) -> None:
        drawn = io.BytesIO()
        Image.new("RGB", (across, down), "#159").save(drawn, "PNG")
        text = "---\ntitle: The river\n---\n\nIt rose.\n\n![The river](river.png)\n"
        folder = article_of(tmp_path / "river", {"article.md": text, "river.png": drawn.getvalue()})
        document = etree.fromstring(parts(made("article.docx", folder))["word/document.xml"])
        (size,) = (one for one in document.iter() if etree.QName(one).localname == "extent")
        assert int(size.get("cy")) / 36_000 == pytest.approx(highest, abs=4)

    @slow
    def test_arabic_runs_from_the_right(self) -> None:
        found = parts(made("article.docx", KIOSK))
        assert b"<w:bidi" in found["word/styles.xml"]
        assert b"<w:bidiVisual" in found["word/styles.xml"]
        assert b"<w:rtl" in found["word/document.xml"]


class TestText:
    @slow
    def test_it_is_in_the_order_of_reading_with_one_line_for_each_paragraph(self) -> None:
        text = made("article.txt").decode()
        places = [
            text.index(words)
            for words in (
                *("Sunday opening at Harrowby", "\n\n\nIn brief\n", "\n\n\nTimeline\n", "\n\n\nBackground\n"),
                *("\n\n\nKey figures\n", "\n\n\nWhat the parties say\n", "\n\n\nSources\n"),
            )
        ]
        assert places == sorted(places)
        assert "\nHow one city’s libraries came to open, close and reopen on Sundays between 2015 and 2024" in text
        assert "[Picture: Twenty-two squares in two rows" in text
        assert "Period: November 2018 to March 2020\n" in text

    @slow
    def test_numbers_and_dates_are_as_they_were_and_spaces_ordinary(self) -> None:
        text = made("article.txt").decode()
        assert "recorded 3,127 visits across the 14 branches. *1 [13]" in text
        assert "\n*1 A door counter counts each passage" in text
        assert not re.search("[\u00a0\u202f\u2060\u00ad\ue000]", text)

    @slow
    def test_braille_has_pages_of_forty_cells_that_read_back(self, tmp_path: Path) -> None:
        validators.program("file2brl")
        pages = made("article.brf").decode("ascii").split("\f")
        lines = [line.rstrip("\r") for page in pages for line in page.split("\n")]
        assert max(map(len, lines)) <= 40
        assert max(page.count("\n") for page in pages) <= 25
        command = (
            f"head -3 '{written('article.brf', tmp_path)}' | {validators.program('lou_translate')} -b en-ueb-g2.ctb"
        )
        assert "Sunday opening at Harrowby’s public" in validators.run("sh", "-c", command)


@slow
@pytest.mark.parametrize("name", ["article.epub", "article.docx", "article.txt"])
def test_made_again_it_has_the_same_bytes(name: str) -> None:
    once = made(name)
    made.cache_clear()
    time.sleep(2.1)  # the times in a ZIP archive have steps of two seconds
    assert made(name) == once


def test_without_pandoc_a_sentence_says_what_brings_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    assert main(["editions", str(KIOSK), "--only", "epub", "--output", str(tmp_path)]) == 6
    assert "run `make import`, which installs it" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<p>on 9&nbsp;October\u00a02018 it</p>", '<p>on <span class="whole">9 October 2018</span> it</p>'),
        (
            "<p>2016–\u206017, 1\u202f234\u202f!</p>",
            '<p><span class="whole">2016–17,</span> <span class="whole">1 234 !</span></p>',
        ),
        ('<img alt="No.\u00a07">', '<img alt="No. 7">'),
        ("<title>No.\u00a07</title>", "<title>No. 7</title>"),
        (f"<p>{'a' * 30}\u00a0{'b' * 30}</p>", f"<p>{'a' * 30} {'b' * 30}</p>"),
        ("<pre>a\u00a0b</pre>", "<pre>a b</pre>"),
        ("<p>li\u00adbrary</p>", "<p>library</p>"),
    ],
    ids=["date", "narrow", "attribute", "title", "long", "code", "soft hyphen"],
)
def test_words_stay_together_without_characters_for_it(given: str, expected: str) -> None:
    assert spaces.kept(given) == expected


def test_no_link_on_a_screen_begins_with_a_space() -> None:
    assert spaces.out_of_links('see<a href="#a"> the report</a>.') == 'see <a href="#a">the report</a>.'
