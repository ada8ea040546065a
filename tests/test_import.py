"""Files that people have become articles that build at once; counts are compared with counts made another way."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from html import escape as html_of
from pathlib import Path

import pytest
from lxml import etree, html

pytest.importorskip("pypandoc", reason="no pandoc to import with: run `make import`")

from tests.conftest import TEMPLATES
from triptych.__main__ import main
from triptych.build import inspection
from triptych.content import prose, read
from triptych.imports import extract, found, origin, phrases, proposals, readers, tree

SAMPLES = Path(__file__).parent / "imports"
CANAL = {"heading": 2, "list": 2, "footnote": 2, "link": 2, "quotation": 1, "table": 1, "picture": 1}


def imported(tmp_path: Path, *names: str, options: tuple[str, ...] = ()) -> Path:
    """The folder of the article that samples become; it must have no problem that prevents printing."""
    folder = tmp_path / "article"
    assert main(["import", *(str(SAMPLES / name) for name in names), "--to", str(folder), *options]) == 0
    _, problems = inspection.problems(folder, TEMPLATES)
    assert [problem for problem in problems if not problem.warning] == []
    return folder


def printed(folder: Path) -> Mapping[str, int]:
    """How many of each kind the prose of an article prints, counted in its HTML."""
    text = read.files(folder)[0].article.prose
    numbers = tuple((mention.name, 1) for mention in prose.citations(text))
    root = html.fromstring("<div>" + "".join(block.html for block in prose.renderer(numbers).blocks(text)) + "</div>")
    paths = {
        "heading": "//h2|//h3|//h4",
        "list": "//*[self::ul or self::ol][not(ancestor::*[contains(@class, 'footnote')])]",
        "footnote": "//*[contains(@class, 'footnote')]//li",
        "link": "//a[starts-with(@href, 'http') or (starts-with(@href, '#') and not(contains(@href, 'fn')))]",
        "quotation": "//blockquote",
        "table": "//table",
        "picture": "//img",
    }
    return {name: len(root.xpath(path)) for name, path in paths.items()}


def of_word(path: Path) -> Mapping[str, int]:
    with zipfile.ZipFile(path) as packed:
        root = etree.fromstring(packed.read("word/document.xml"))
    spaces = {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    }
    paths = {
        "heading": "//w:pStyle[starts-with(@w:val, 'Heading')]",
        "footnote": "//w:footnoteReference",
        "link": "//w:hyperlink",
        "table": "//w:tbl",
        "picture": "//a:blip",
    }
    return {name: len(root.xpath(path, namespaces=spaces)) for name, path in paths.items()}


def of_office(path: Path) -> Mapping[str, int]:
    with zipfile.ZipFile(path) as packed:
        text = packed.read("content.xml").decode()
    starts = {"heading": "<text:h ", "footnote": "<text:note ", "link": "<text:a ", "table": "<table:table "}
    return {name: text.count(start) for name, start in starts.items()} | {"picture": text.count("<draw:image ")}


def of_page(path: Path) -> Mapping[str, int]:
    root = html.parse(str(path)).getroot()
    tags = {"heading": "//h2", "table": "//table", "picture": "//img", "quotation": "//blockquote"}
    return {name: len(root.xpath(tag)) for name, tag in tags.items()} | {
        "footnote": len(root.xpath("//a[contains(@class, 'footnote-ref')]"))
    }


def of_marks(**patterns: str) -> Callable[[Path], Mapping[str, int]]:
    """A count of what matches each pattern in a text."""
    return lambda path: {
        name: len(re.findall(pattern, path.read_text(encoding="utf-8"), re.MULTILINE))
        for name, pattern in patterns.items()
    }


COUNTS: Mapping[str, Callable[[Path], Mapping[str, int]]] = {
    "canal.docx": of_word,
    "canal.odt": of_office,
    "canal.html": of_page,
    "canal.md": of_marks(heading="^## ", footnote=r"^\[\^", picture=r"^!\[", quotation="^>", table=r"^\|--"),
    "canal.wiki": of_marks(heading="^== .* ==$", footnote="<ref>", picture=r"\[\[File:", table=r"^\{\|"),
    "canal.rst": of_marks(heading=r"^(Digging|Decline)\n[-=]+$", footnote=r"\]_", picture=r"^\.\. (figure|image)::"),
}


@pytest.mark.parametrize(
    "name", [name if name == "canal.docx" else pytest.param(name, marks=pytest.mark.slow) for name in COUNTS]
)
def test_a_text_keeps_all_that_it_has(tmp_path: Path, name: str) -> None:
    counted = COUNTS[name](SAMPLES / name)
    shown = printed(imported(tmp_path, name))
    assert {kind: shown[kind] for kind in counted} == dict(counted) == {kind: CANAL[kind] for kind in counted}


@pytest.mark.slow
def test_a_text_in_six_forms_gives_one_prose(tmp_path: Path) -> None:
    words = {
        name: re.sub(r"\W+", " ", prose.plain("".join(read.files(imported(tmp_path / name, name))[0].article.prose)))
        for name in ("canal.md", "canal.docx", "canal.wiki")
    }
    for sentence in ("The work took 600 men", "No man could hear his neighbour", "The railway opened in June 1846"):
        assert all(sentence in text for text in words.values())


@pytest.mark.slow
def test_an_import_builds_at_once(tmp_path: Path) -> None:
    folder = imported(tmp_path, "canal.docx")
    assert main(["build", str(folder), "--output", str(tmp_path / "out")]) == 0
    assert {path.name for path in (tmp_path / "out").glob("*.pdf")} == {"briefing.pdf", "factsheet.pdf"}


def test_an_extract_of_wikipedia_gets_its_hashtags_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = "https://en.wikipedia.org/wiki/HimToo_movement"
    folder = imported(tmp_path, "himtoo-movement.txt", options=("--address", address, "--revision", "123"))
    article = read.files(folder)[0].article
    given = (SAMPLES / "himtoo-movement.txt").read_text(encoding="utf-8")
    assert (article.front.title, printed(folder)["heading"]) == (
        "HimToo movement",
        len(re.findall("^== ?[^=]", given, re.M)),
    )
    assert len(re.findall("^#HimToo", article.prose, re.MULTILINE)) == len(
        re.findall("^1. HimToo", given, re.MULTILINE)
    )
    assert article.front.source_article is not None
    assert article.front.source_article.model_dump(exclude_none=True) == {
        **{"title": "HimToo movement", "publisher": "Wikipedia", "url": address, "licence": "CC BY-SA 4.0"},
        "revision": "123",
    }
    assert "asks you to share what you make from it under the same licence" in capsys.readouterr().out


def test_a_numbered_list_is_no_hashtag() -> None:
    assert extract.repaired_tags("== A ==\n1. Bread is cheap.")[1] == []


@pytest.mark.slow
def test_origin_is_read_from_the_page_and_its_revision_kept(tmp_path: Path) -> None:
    head = read.files(imported(tmp_path, "canal.html"))[0].article.front.source_article
    assert head is not None
    assert (head.publisher, head.url, head.licence) == (
        "Harrowby Local History Group",
        "https://example.org/canal",
        "CC BY-SA 4.0",
    )


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/", ["changed version", "commercial"]),
        ("CC BY-SA 3.0", ["same licence"]),
        ("All rights reserved", ["without permission"]),
        ("CC BY 4.0", []),
        ("CC0 1.0", []),
    ],
)
def test_what_a_licence_asks_for_is_said(licence: str, said: list[str]) -> None:
    lines = list(origin.demands(origin.licence_name(licence)))
    assert len(lines) == len(said)
    assert all(word in line for word, line in zip(said, lines, strict=True))


def test_tracked_changes_are_accepted_and_comments_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = imported(tmp_path, "tracked.docx")
    text = read.files(folder)[0].article.prose
    assert "It opened in 1797." in text
    assert "1796" not in text
    assert "a comment of Ruth Abel: Is this right?" in capsys.readouterr().out


def test_a_template_that_cites_becomes_a_source(tmp_path: Path) -> None:
    article = read.files(imported(tmp_path, "cited.wiki"))[0].article
    assert [(one.id, one.title, str(one.issued)) for one in article.references] == [
        ("abel2018", "The canal at 220", "2018-10-11"),
        ("archive", "Toll books", "None"),
    ]
    assert [mention.name for mention in prose.citations(article.prose)] == ["abel2018", "abel2018", "archive"]


WRONG = {
    "empty.md": (b"  \n", "empty.md is empty"),
    "latin.md": ("Caf\xe9".encode("latin-1"), "latin.md:1: byte 3 is not UTF-8 text"),
    "broken.docx": (b"PK\x03\x04nothing", "broken.docx is damaged"),
    "note.xyz": (b"x", "note.xyz is of no kind that can be imported"),
    "list.json": (b'[{"id": "a",\n "title" "b"}]', "list.json:2:10 is not JSON"),
    "open.bib": (b"@book{a,\n title={A}}\n@book{b,\n title={B}", "open.bib"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_bad_file_gets_one_sentence_and_nothing_is_written(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given, said = WRONG[name]
    (tmp_path / name).write_bytes(given)
    assert main(["import", str(tmp_path / name), "--to", str(tmp_path / "article")]) in (1, 2)
    complaint = capsys.readouterr().err
    assert said in complaint
    assert complaint.count("\n") == 1
    assert not (tmp_path / "article").exists()


def test_entities_in_an_office_file_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(SAMPLES / "canal.docx") as good, zipfile.ZipFile(bomb, "w") as bad:
        for part in good.infolist():
            text = good.read(part)
            if part.filename == "word/document.xml":
                text = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + text
            bad.writestr(part, text)
    assert main(["import", str(bomb), "--to", str(tmp_path / "article")]) == 1
    assert "defines entities in its part `word/document.xml`" in capsys.readouterr().err


def test_a_packed_file_that_unpacks_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "UNPACKED", 1000)
    assert main(["import", str(SAMPLES / "canal.docx"), "--to", str(tmp_path / "article")]) == 1


def test_a_picture_outside_the_folder_of_the_file_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deep").mkdir()
    shutil.copy(SAMPLES / "lock.png", tmp_path / "secret.png")
    (tmp_path / "deep" / "a.html").write_text(
        f'<p>A <img src="../secret.png" alt="x"> <img src="{tmp_path}/secret.png" alt="x"> '
        '<img src="https://example.org/a.png" alt="x"></p>'
    )
    assert main(["import", str(tmp_path / "deep" / "a.html"), "--to", str(tmp_path / "article")]) == 0
    assert not list((tmp_path / "article").glob("*.png"))
    said = capsys.readouterr().out
    assert (said.count("it is not beside the file"), said.count("nothing is fetched from the network")) == (2, 1)


def test_a_first_import_never_writes_into_a_folder_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "article").mkdir()
    (tmp_path / "article" / "article.md").write_text("mine")
    assert main(["import", str(SAMPLES / "canal.md"), "--to", str(tmp_path / "article")]) == 2
    assert "is there already, and was not imported" in capsys.readouterr().err
    assert (tmp_path / "article" / "article.md").read_text() == "mine"


@pytest.mark.parametrize("key", ["doi:10.1/x y", "@a", "Straße2001", "a,b", "[x]"])
def test_every_key_becomes_one_that_is_allowed(key: str) -> None:
    from triptych.content.model import Reference

    assert Reference.model_validate({"id": tree.allowed_key(key), "title": "A"})


TIMELINES = {
    "media.json": (4, 0, 2),
    "eras.json": (3, 2, 0),
    "bce.csv": (4, 0, 1),
    "groups.csv": (3, 1, 0),
    "times.json": (3, 0, 0),
    "canal.mw": (6, 0, 0),
    "canal.ics": (3, 0, 0),
}
"""Events, eras and media of each sample, counted by hand."""


@pytest.mark.slow
@pytest.mark.parametrize("name", TIMELINES)
def test_a_timeline_keeps_its_events_eras_and_media(tmp_path: Path, name: str) -> None:
    article = read.files(imported(tmp_path, name))[0].article
    assert (len(article.events), len(article.eras), len(article.references)) == TIMELINES[name]


DATED = {
    "media.json": ["1794-05-03", "1850~", "1921-21", "1930/1935"],
    "bce.csv": ["-2299", "-0509/-0489", "-0043-03-15", "0605/0610"],
    "times.json": ["2018-10-09T18:30", "2018-10-09T19:05/2018-10-09T20:15", "2018-10-09T20:20"],
    "canal.mw": ["1794-05-03", "1794-05/1797-06", "1846-06", "1921-10-02/1921-10-04", "1990", "2001/.."],
    "canal.ics": ["2024-05-03", "2024-06-01/2024-06-03", "2024-09-10T18:30Z/2024-09-10T20:00Z"],
}


@pytest.mark.parametrize("name", DATED)
def test_dates_are_as_precise_as_those_of_the_file(tmp_path: Path, name: str) -> None:
    article = read.files(imported(tmp_path, name))[0].article
    assert [event.date.edtf for event in article.events] == DATED[name]


def test_media_keep_their_caption_and_credit_as_a_source(tmp_path: Path) -> None:
    article = read.files(imported(tmp_path, "media.json"))[0].article
    source = article.references[0]
    assert (source.title, source.author, source.URL) == (
        "Cutting the first sod",
        ({"literal": "Ruth Abel"},),
        "https://example.org/sod.jpg",
    )
    assert article.events[0].sources == (source.id,)


def test_groups_become_lanes(tmp_path: Path) -> None:
    events = read.files(imported(tmp_path, "groups.csv"))[0].article.events
    assert [(event.lane, event.summary) for event in events] == [
        ("Work", "The cut was dug by hand."),
        ("Feasts", "Bands played."),
        ("Work", None),
    ]


def test_a_table_saved_again_by_a_spreadsheet_program_is_still_one_of_figures(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_bytes('value;label;sources\r\n12 €;Tolls;"abel; press"\r\n'.encode("cp1252"))
    (figure,) = readers.read(tmp_path / "figures.csv", "").figures
    assert figure == {"value": "12 €", "label": "Tolls", "sources": ["abel", "press"]}


def test_a_long_text_goes_into_the_prose(tmp_path: Path) -> None:
    long = "It rained on the diggers. " * 20
    slide = {"start_date": {"year": 1794}, "text": {"headline": "Rain", "text": long}}
    (tmp_path / "a.json").write_text(json.dumps({"events": [slide]}))
    folder = tmp_path / "article"
    assert main(["import", str(tmp_path / "a.json"), "--to", str(folder)]) == 0
    article = read.files(folder)[0].article
    assert article.prose.split() == f"## Rain {long}".split()
    assert article.events[0].summary == ("It rained on the diggers. " * 12).strip()


SOURCES = {
    "sources.bib": ("abel2018", "tolls_1830", "again"),
    "sources.ris": ("abel2018", "tolls"),
    "sources.json": ("abel2018", "tolls", "press"),
    "sources.yaml": ("abel2018", "tolls"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SOURCES)
def test_sources_keep_their_keys_and_come_with_a_text(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.md").write_text("It is short [@abel2018, p. 3].")
    assert main(["import", str(SAMPLES / name), str(tmp_path / "a.md"), "--to", str(tmp_path / "article")]) == 0
    files, problems = inspection.problems(tmp_path / "article", TEMPLATES)
    assert [problem for problem in problems if not problem.warning] == []
    assert tuple(one.id for one in files.article.references) == SOURCES[name]
    assert files.article.references[0].title == "Harrowby and its canal"


@pytest.mark.slow
def test_two_sources_with_one_doi_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(SAMPLES / "sources.bib"), "--to", str(tmp_path / "article")])
    assert "`abel2018` and `again` seem to be one: both have the DOI 10.1000/xyz123" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("On 3 May 1794, and on May 4, 1794.", ["1794-05-03", "1794-05-04"]),
        ("between 1794 and 1797, or from 1939 to 1945", ["1794/1797", "1939/1945"]),
        ("before 2015, before May 1900, by 1830, after 1900", ["[..2014]", "[..1900-04]", "[..1830]", "[1901..]"]),
        ("c. 1850, around October 2018, the 1990s", ["1850~", "2018-10~", "199X"]),
        ("in the 19th century, 44 BC, AD 79, spring 1921", ["18XX", "-0043", "0079", "1921-21"]),
        ("2000 votes, a total of 1500, room 1984, 1200 pounds, $2000, 1,800", []),
        ("31 February 1900 is no day, but in 1900", ["1900"]),
    ],
)
def test_dates_in_english_words(text: str, dates: list[str]) -> None:
    assert [found.edtf for found in phrases.dates(text, "en-GB")] == dates


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("de", "Am 3. Mai 1794, im Juni 1846, vor 1850, um 1900", ["1794-05-03", "1846-06", "[..1849]", "1900~"]),
        ("fr", "le 1er mai 1794 et en juin 1846", ["1794-05-01", "1846-06"]),
        ("es", "el 3 de mayo de 1794", ["1794-05-03"]),
        ("nl", "op 3 mei 1794", ["1794-05-03"]),
    ],
)
def test_dates_in_words_of_other_languages(language: str, text: str, dates: list[str]) -> None:
    assert [found.edtf for found in phrases.dates(text, language)] == dates


ARTICLE_DATES = ["2018-10", "[..2014]", "2016", "2016", "2017", "2018-11-17", "2017", "2018", "2023", "2019", "2024"]
ARTICLE_FIGURES = ["$380,000", "40", "350", "six", "0.005%", "81%", "43%", "8%", "2%", "$150,000"]
"""What the extract says, read by hand."""


def test_proposals_are_what_the_text_says_and_nothing_else(tmp_path: Path) -> None:
    folder = imported(tmp_path, "himtoo-movement.txt")
    article = read.files(folder)[0].article
    events, figures = proposals.events_and_figures(article)
    assert [event["date"] for _, event in events] == ARTICLE_DATES
    assert [figure["value"] for _, figure in figures] == ARTICLE_FIGURES
    assert [figure["label"] for _, figure in figures][1:6] == ["others", "people", "arrests", "American men", "women"]
    assert all(sentence.startswith(event["headline"].removesuffix(" …")) for sentence, event in events)
    assert (article.events, article.figures, article.front.deck, article.front.in_brief) == ((), (), None, ())


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("de", "Es waren 1.234.567 € und 3,5 % am 9.10.2018.", ["1.234.567 €", "3,5 %"]),
        ("fr", "Il y a 1 234 567 habitants et 3,5 % de plus.", ["1 234 567", "3,5 %"]),
        ("en", "There were 1,234,567 boats at 12.5 km/h in version 1.2.3.", ["1,234,567", "12.5 km/h"]),
    ],
)
def test_numbers_are_read_as_their_language_writes_them(language: str, text: str, values: list[str]) -> None:
    assert [figure.value for figure in proposals.numbers(text, [], language)] == values


def test_a_paragraph_that_starts_with_a_citation_is_one_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text("---\ntitle: A\n---\n\nIt rained in May 1901\n\n[@log] It snowed in 1902.\n")
    article = read.files(tmp_path)[0].article
    events, _ = proposals.events_and_figures(article)
    assert [event["headline"] for _, event in events] == ["It rained in May 1901", "It snowed in 1902."]


def test_a_proposal_can_be_copied_as_it_is(tmp_path: Path) -> None:
    folder = imported(tmp_path, "canal.md")
    blocks = re.findall(r"```yaml\n(.*?)\n```", (folder / "proposals.md").read_text(encoding="utf-8"), re.DOTALL)
    events = [block for block in blocks if "headline:" in block]
    (folder / "timeline.yaml").write_text("events:\n" + "\n".join(events) + "\n", encoding="utf-8")
    article = read.files(folder)[0].article
    assert [event.date.edtf for event in article.events] == ["1794/1797", "1794-05-03", "1846-06", "1921"]


def test_propose_reads_the_prose_of_today(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "article.md").write_text("---\ntitle: A\n---\n\nIn May 1901 it rained on 30 boats.\n")
    assert main(["propose", str(tmp_path)]) == 0
    assert "1 event, 1 key figure proposed" in capsys.readouterr().out
    assert "1901-05" in (tmp_path / "proposals.md").read_text(encoding="utf-8")


def again(tmp_path: Path, name: str, old: str, new: str, *changes: tuple[str, str, str]) -> Path:
    """An article that is imported, changed by its author, and imported again from a newer file."""
    given = tmp_path / name
    shutil.copytree(SAMPLES, tmp_path, dirs_exist_ok=True)
    folder = tmp_path / "article"
    assert main(["import", str(given), "--to", str(folder)]) == 0
    for file, before, after in changes:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(before) == 1
        (folder / file).write_text(text.replace(before, after), encoding="utf-8")
    text = given.read_text(encoding="utf-8")
    assert old in text
    given.write_text(text.replace(old, new), encoding="utf-8")
    assert main(["import", str(given), "--to", str(folder)]) == 0
    return folder


def test_an_import_again_updates_the_text_and_keeps_the_authors(tmp_path: Path) -> None:
    mine = ("article.md", "The railway opened in June 1846.", "The railway came in June 1846.")
    deck = ("article.md", "status: draft", "status: draft\ndeck: My own words.")
    folder = again(tmp_path, "canal.md", "took 600 men", "took 700 men", mine, deck)
    article = read.files(folder)[0].article
    assert "took 700 men" in article.prose
    assert "The railway came in June 1846." in article.prose
    assert article.front.deck == "My own words."


def test_where_both_changed_the_same_the_authors_stays_and_both_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = again(
        tmp_path, "canal.md", "took 600 men", "took 700 men", ("article.md", "took 600 men", "took many men")
    )
    assert "took many men" in read.files(folder)[0].article.prose
    said = capsys.readouterr().out
    assert "you and the file both changed the prose" in said
    assert "took many men" in said
    assert "took 700 men" in said


def test_an_import_again_updates_events_by_their_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "a.json"
    slides = [{"start_date": {"year": year}, "text": {"headline": f"Event of {year}"}} for year in (1794, 1797, 1846)]
    given.write_text(json.dumps({"events": slides}))
    folder = tmp_path / "article"
    assert main(["import", str(given), "--to", str(folder)]) == 0
    path = folder / "timeline.yaml"
    path.write_text(path.read_text().replace("headline: Event of 1797", "headline: The opening # mine"))
    slides[1]["start_date"]["month"] = 6  # type: ignore[index]
    new = {"start_date": {"year": 1830}, "text": {"headline": "A pump"}}
    given.write_text(json.dumps({"events": [slides[1], new, slides[2]]}))
    assert main(["import", str(given), "--to", str(folder)]) == 0
    events = read.files(folder)[0].article.events
    assert [(event.date.edtf, event.headline) for event in events] == [
        ("1797-06", "The opening"),
        ("1830", "A pump"),
        ("1846", "Event of 1846"),
    ]
    assert "# mine" in path.read_text()
    assert "`events event-of-1794` is no longer in the file: it was removed" in capsys.readouterr().out


def test_a_folder_of_another_import_is_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = imported(tmp_path, "canal.md")
    assert main(["import", str(SAMPLES / "canal.docx"), "--to", str(folder)]) == 2
    assert "was imported from canal.md" in capsys.readouterr().err


def test_signs_print_as_they_were_typed(tmp_path: Path) -> None:
    signs = "5 < 6, @museum, C:*x, $5, a|b, 2 * 3, [x], #tag, {y}, ~z, ^up"
    (tmp_path / "a.html").write_text(f"<p>{html_of(signs)} <code>{html_of('a < @b')}</code></p>")
    assert main(["import", str(tmp_path / "a.html"), "--to", str(tmp_path / "article")]) == 0
    text = read.files(tmp_path / "article")[0].article.prose
    (block,) = prose.renderer(()).blocks(text)
    assert html.fromstring(str(block.html)).text_content().replace("\u00a0", " ") == f"{signs} a < @b"


def test_a_slide_without_a_date_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slides = [{"text": {"headline": "No date"}}, {"start_date": {"year": 1794}, "text": {"headline": "It opens"}}]
    (tmp_path / "a.json").write_text(json.dumps({"events": slides}))
    assert main(["import", str(tmp_path / "a.json"), "--to", str(tmp_path / "article")]) == 0
    assert "event 1 has no start date: it was left out" in capsys.readouterr().out
