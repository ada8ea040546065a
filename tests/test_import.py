"""Files that people have become articles that build at once; counts are compared with counts made another way."""

import csv
import json
import os
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
from tests.sheets import as_xlsx
from triptych.__main__ import main
from triptych.build import inspection
from triptych.content import prose, read
from triptych.content.model import Article
from triptych.imports import extract, found, origin, pandoc, phrases, proposals, readers, tree
from triptych.imports.found import BadImport

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
    tags = {
        **{"heading": "//h2", "table": "//table", "picture": "//img", "quotation": "//blockquote"},
        "link": "//a[starts-with(@href, 'http') or @href='#digging']",
    }
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
    "canal.md": of_marks(
        **{"heading": "^## ", "footnote": r"^\[\^", "picture": r"^!\[", "quotation": "^>", "table": r"^\|--"},
        link=r"(?<!!)\[[^\]^]+\]\(",
    ),
    "canal.wiki": of_marks(
        **{"heading": "^== .* ==$", "footnote": "<ref>", "picture": r"\[\[File:", "table": r"^\{\|"},
        **{"link": r"\[(?:https?:|\[#)", "quotation": "<blockquote>"},
    ),
    "canal.rst": of_marks(
        **{"heading": r"^(Digging|Decline)\n[-=]+$", "footnote": r"\]_", "picture": r"^\.\. (figure|image)::"},
        **{"link": r">`__", "table": r"^\.\. table::"},
    ),
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


TEXTS = (*COUNTS, "himtoo-movement.txt")
EVERY = (
    *("media.json", "eras.json", "times.json", "bce.csv", "groups.csv", "canal.mw", "canal.ics"),
    *("sources.bib", "sources.bibtex", "sources.ris", "sources.json", "sources.yaml"),
)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*TEXTS, *EVERY])
def test_a_file_of_each_kind_becomes_three_documents(tmp_path: Path, name: str) -> None:
    folder = imported(tmp_path, name, *(() if name in TEXTS else ("canal.md",)))
    proposals_file = folder / "proposals.md"
    proposals_file.write_text(proposals_file.read_text(encoding="utf-8").replace("- [ ]", "- [x]"), encoding="utf-8")
    assert main(["propose", str(folder)]) == 0
    assert main(["build", str(folder), "--output", str(tmp_path / "out")]) == 0
    documents = {path.name for path in (tmp_path / "out").glob("*.pdf")}
    assert documents == {"briefing.pdf", "factsheet.pdf", "poster.pdf"}


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
    said = capsys.readouterr().out
    assert "asks you to share what you make from it under the same licence" in said
    assert f"Tick what you accept of it, then run: triptych propose {folder}\n" in said


def test_an_extract_loses_signs_of_references_and_headings_with_nothing_below() -> None:
    text = (
        "Lit.[1][a] Yes [sic].\n== History ==\n=== Gas ===\nIt came.[citation needed]\n== References ==\n=== Notes ==="
    )
    _, blocks, notes = extract.read(text)
    assert [tree.text(block["c"][2] if block["t"] == "Header" else block["c"]) for block in blocks] == [
        *("Lit. Yes [sic].", "History", "Gas", "It came.")
    ]
    assert notes == [
        "signs of references, such as [1], left out: 3",
        "the heading `References` has nothing below it: it was left out",
        "the heading `Notes` has nothing below it: it was left out",
    ]


def test_what_leans_on_another_date_in_markwhen_is_named_and_groups_have_no_tags(tmp_path: Path) -> None:
    (tmp_path / "a.mw").write_text("group Old #blue\n1790: Survey\n3 weeks: Work\nend\nnow: Today\n1801: Peace @home\n")
    found = readers.read(tmp_path / "a.mw")
    assert [(event["id"], event.get("summary", "")) for event in found.events] == [
        ("survey", "*Old.*"),
        ("peace-home", ""),
    ]
    assert [note.partition(", has")[0] for note in found.notes] == ["line 3, `3 weeks: Work`", "line 5, `now: Today`"]


def test_a_description_of_a_calendar_in_html_becomes_words(tmp_path: Path) -> None:
    text = (SAMPLES / "canal.ics").read_text(encoding="utf-8")
    html_text = "<b>Meet</b> at the <a href=''>lock</a>.<br>Bring water &amp\\; bread."
    (tmp_path / "a.ics").write_text(text.replace("Meet at the lock.\\nBring water.", html_text))
    event = readers.read(tmp_path / "a.ics").events[0]
    assert event["summary"] == "Netherby lock. Meet at the lock. Bring water & bread."


def test_a_source_is_no_double_of_itself_and_one_without_a_key_is_named_after_its_title(tmp_path: Path) -> None:
    one = "TY  - JOUR\nTI  - Lamps\nAU  - Keel, Ann\nPY  - 2019\nDO  - 10.1/a\nUR  - https://doi.org/10.1/a\nER  - \n"
    (tmp_path / "a.ris").write_text(f"{one}TY  - ELEC\nTI  - A lamp of gas\nUR  - https://example.org/\nER  - \n")
    found = readers.read(tmp_path / "a.ris")
    assert ([entry["id"] for entry in found.references], found.notes) == (["Keel_2019", "a-lamp-of-gas"], [])


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


def packed(path: Path, **parts: bytes) -> Path:
    """The sample of Word with other bytes for some of its parts, or with more; `_` stands for `/` in their names."""
    with zipfile.ZipFile(SAMPLES / "canal.docx") as good, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in {*good.namelist(), *(name.replace("_", "/", 1) for name in parts)}:
            given = parts.get(name.replace("/", "_", 1))
            bad.writestr(name, good.read(name) if given is None else given)
    return path


def lying(path: Path) -> Path:
    """A file of Word in which a picture says that it has a hundred bytes, and unpacks to three million."""
    data = bytearray(packed(path, **{"word_big.png": bytes(3_000_000)}).read_bytes())
    at = data.index(b"word/big.png", data.index(b"PK\x01\x02")) - 46
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    return path


def named(sample: str) -> Callable[[Path], object]:
    """A sample under the name of another kind."""
    return lambda path: shutil.copy(SAMPLES / sample, path)


def page(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8")


HOSTILE: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "lying.docx": (lying, "is damaged, or not a file of the kind that its name says"),
    "utf16.docx": (lambda path: packed(path, **{"word_document.xml": "<a/>".encode("utf-16")}), "cannot be read"),
    "odt.docx": (named("canal.odt"), "is not a file of Word: it has no part `[Content_Types].xml`"),
    "docx.odt": (named("canal.docx"), "is not a file of LibreOffice: it has no part `content.xml`"),
    "docx.xlsx": (named("canal.docx"), "is damaged, or is not a workbook"),
    "docx.md": (named("canal.docx"), "is not UTF-8 text"),
    "page.bib": (named("canal.html"), "has no sources in it"),
    "page.csv": (named("canal.html"), "has no events, figures or sources"),
    "json.ics": (named("media.json"), "is not a calendar"),
    "calendar.mw": (named("canal.ics"), "has no date and colon"),
    "large.docx": (lambda path: os.truncate(path.write_bytes(b"x") and path, 60_000_000), "60 MB: at most 50 MB"),
    "deep.html": (page("<div>" * 2_000 + "x"), "is nested too deep"),
    "secret.rst": (
        lambda path: path.write_text(f"A\n=\n\n.. csv-table:: B\n   :file: {path.parent}/secret.txt\n"),
        "/secret.txt not found in resource path",
    ),
    "year.json": (
        page('{"events": [{"start_date": {"year": "' + "9" * 5000 + '"}, "text": {"headline": "A"}}]}'),
        "it must be a number",
    ),
}


QUICK = ("lying.docx", "odt.docx", "large.docx", "deep.html", "secret.rst", "year.json")


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in HOSTILE]
)
def test_a_hostile_file_gets_one_sentence_and_nothing_is_written_or_read_beside_it(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make, said = HOSTILE[name]
    make(tmp_path / name)
    (tmp_path / "secret.txt").write_text("the secret")
    assert main(["import", str(tmp_path / name), "--to", str(tmp_path / "article")]) in (1, 3)
    complaint = capsys.readouterr().err
    assert said in complaint
    assert complaint.startswith(str(tmp_path / name))
    assert len(complaint.splitlines()) <= 2
    assert len(complaint) < 600
    assert "the secret" not in complaint
    assert not (tmp_path / "article").exists()


def test_a_file_that_a_text_includes_is_not_read_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    (tmp_path / "a.rst").write_text(f"A\n=\n\n.. include:: {tmp_path}/secret.txt\n\nHere.\n")
    assert main(["import", str(tmp_path / "a.rst"), "--to", str(tmp_path / "article")]) == 0
    assert "the secret" not in (tmp_path / "article" / "article.md").read_text()
    assert re.search(r"the reader of the file says: .*/secret\.txt", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [
        ("PATIENCE", 0.001, "takes longer than 0.001 seconds"),
        pytest.param("MEMORY", "-M1m", "takes too much memory", marks=pytest.mark.slow),
    ],
)
def test_what_takes_too_long_or_too_much_memory_is_refused(
    tmp_path: Path, limit: str, value: object, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_text("<p>A <b>word</b>.</p>" * 20_000)
    monkeypatch.setattr(pandoc, limit, value)
    with pytest.raises(BadImport, match=said):
        readers.read(tmp_path / "a.html")


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


def of_slides(path: Path) -> tuple[int, int, int]:
    given = json.loads(path.read_text(encoding="utf-8"))
    media = [slide for slide in given["events"] if slide.get("media", {}).get("url")]
    told = [slide for slide in given["events"] if any(slide.get("text", {}).values())]
    return len(told), len(given.get("eras", ())), len(media)


def of_rows(path: Path) -> tuple[int, int, int]:
    with path.open(encoding="utf-8", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row["Year"]]
    eras = [row for row in rows if row["Type"] == "era"]
    return len(rows) - len(eras), len(eras), sum(bool(row.get("Media")) for row in rows)


def of_lines(**patterns: str) -> Callable[[Path], tuple[int, int, int]]:
    counts = of_marks(**patterns)
    return lambda path: (counts(path)["event"] - counts(path).get("without", 0), 0, 0)


TIMELINES: Mapping[str, tuple[tuple[int, int, int], Callable[[Path], tuple[int, int, int]]]] = {
    "media.json": ((4, 0, 2), of_slides),
    "eras.json": ((3, 2, 0), of_slides),
    "bce.csv": ((4, 0, 1), of_rows),
    "groups.csv": ((3, 1, 0), of_rows),
    "times.json": ((3, 0, 0), of_slides),
    "canal.mw": ((6, 0, 0), of_lines(event=r"^(?:June )?[\d/ -]+(?:now)?:")),
    "canal.ics": ((3, 0, 0), of_lines(event="^BEGIN:VEVENT", without="^STATUS:CANCELLED")),
}
"""Events, eras and media of each sample, counted by hand and in its text."""


@pytest.mark.slow
@pytest.mark.parametrize("name", TIMELINES)
def test_a_timeline_keeps_its_events_eras_and_media(tmp_path: Path, name: str) -> None:
    by_hand, count = TIMELINES[name]
    article = read.files(imported(tmp_path, name))[0].article
    found = len(article.events), len(article.eras), len(article.references)
    assert found == by_hand == count(SAMPLES / name)


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
    assert figure == {"id": "tolls", "value": "12 €", "label": "Tolls", "sources": ["abel", "press"]}


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
    "sources.bibtex": ("abel2018", "tolls"),
    "sources.ris": ("abel2018", "tolls"),
    "sources.json": ("abel2018", "tolls", "press"),
    "sources.yaml": ("abel2018", "tolls"),
}


STARTS = {".bib": "^@(?!string)", ".bibtex": "^@(?!string)", ".ris": "^TY  -", ".json": '"id"', ".yaml": r"^ *- id:"}
"""What each entry starts with, by the end of the file's name."""


@pytest.mark.slow
@pytest.mark.parametrize("name", SOURCES)
def test_sources_keep_their_keys_and_come_with_a_text(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.md").write_text("It is short [@abel2018, p. 3].")
    assert main(["import", str(SAMPLES / name), str(tmp_path / "a.md"), "--to", str(tmp_path / "article")]) == 0
    files, problems = inspection.problems(tmp_path / "article", TEMPLATES)
    assert [problem for problem in problems if not problem.warning] == []
    assert tuple(one.id for one in files.article.references) == SOURCES[name]
    assert of_marks(source=STARTS[Path(name).suffix])(SAMPLES / name)["source"] == len(SOURCES[name])
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
        ("the night of 27–28 January 1910, from 3 to 5 May 1794", ["1910-01-27/1910-01-28", "1794-05-03/1794-05-05"]),
        ("January 27-28, 1910; on 3 and 5 May 1794", ["1910-01-27/1910-01-28", "1794-05-05"]),
        ("From 1902 the board paid", ["1902/.."]),
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
    assert all(event["headline"].removesuffix(" …")[1:] in sentence for sentence, event in events)
    assert (article.events, article.figures, article.front.deck, article.front.in_brief) == ((), (), None, ())


NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve twenty hundred thousand dozen half"


def test_every_number_of_the_text_is_a_figure_or_a_part_of_a_date(tmp_path: Path) -> None:
    article = read.files(imported(tmp_path, "himtoo-movement.txt"))[0].article
    written = re.findall(rf"\$?\d[\d,.]*\d%?|\d%?|\b(?:{NUMBER_WORDS.replace(' ', '|')})\b", article.prose)
    events, figures = proposals.events_and_figures(article)
    for figure in (figure["value"] for _, figure in figures):
        written.remove(figure)
    dated = {sentence: str(event["date"]) for sentence, event in events}
    years = [number for number in written if re.fullmatch("20[0-9]{2}", number)]
    assert len(years) == len(written) - len(left := ["17", "one"])
    assert sorted(set(written) - set(years)) == left  # 17 November 2018, and one of the leaders
    assert {year for year in years if not any(year in date or "[..2014]" in date for date in dated.values())} == set()


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("de", "Es waren 1.234.567 € und 3,5 % am 9.10.2018.", ["1.234.567 €", "3,5 %"]),
        ("fr", "Il y a 1 234 567 habitants et 3,5 % de plus.", ["1 234 567", "3,5 %"]),
        ("de", "Es kamen 40 Menschen um 6 Uhr, am 3 Mai.", ["40"]),
        ("en", "By 6 o’clock and 7 pm there were 2 boats.", ["2"]),
        ("en", "There were 1,234,567 boats at 12.5 km/h in version 1.2.3.", ["1,234,567", "12.5 km/h"]),
    ],
)
def test_numbers_are_read_as_their_language_writes_them(language: str, text: str, values: list[str]) -> None:
    assert [figure.value for figure in proposals.numbers(text, [], language)] == values


def test_neither_a_power_nor_a_date_alone_is_proposed(tmp_path: Path) -> None:
    text = "---\ntitle: A\n---\n\n2024-05-01\n\nIt held 10^3^ cubic metres of H~2~O and 5 boats.[^1]\n\n[^1]: A.\n"
    (tmp_path / "article.md").write_text(text)
    events, figures = proposals.events_and_figures(read.files(tmp_path)[0].article)
    assert ([event["date"] for _, event in events], [figure["value"] for _, figure in figures]) == ([], ["5"])


def test_a_price_is_labelled_without_the_date_before_it() -> None:
    sentence = "The repair took until April 1911 and cost £1,240."
    dates = list(phrases.dates(sentence, "en"))
    assert [figure.label for figure in proposals.numbers(sentence, dates, "en")] == ["cost"]


def test_a_paragraph_that_starts_with_a_citation_is_one_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text("---\ntitle: A\n---\n\nIt rained in May 1901\n\n[@log] It snowed in 1902.\n")
    article = read.files(tmp_path)[0].article
    events, _ = proposals.events_and_figures(article)
    assert [event["headline"] for _, event in events] == ["It rained", "It snowed"]


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


PROSE = "In May 1901 it rained on 30 boats. The lock opened on 3 May 1902. In 1903 a pump was built."


def written_article(folder: Path, prose_text: str = PROSE, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "article.md").write_text(f"---\ntitle: A\n---\n\n{prose_text}\n", encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def proposed(folder: Path, *changes: tuple[str, str], code: int = 0) -> str:
    """What `proposals.md` says, after it is changed and everything is proposed again."""
    path = folder / "proposals.md"
    for before, after in changes:
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1
        path.write_text(text.replace(before, after), encoding="utf-8")
    assert main(["propose", str(folder)]) == code
    return path.read_text(encoding="utf-8")


TICKED = (
    ("- [ ] The lock opened on 3 May 1902.", "- [x] The lock opened on 3 May 1902."),
    ("headline: The lock opened\n", "headline: Boats go up\n    weight: 3\n"),
)


@pytest.mark.parametrize(
    ("there", "kept"),
    [
        pytest.param("", "", marks=pytest.mark.slow),
        ("# mine\nevents:\n  - {date: 1899, headline: Vote} # short\n", "# short\n"),
        ("events:\n- id: a\n  date: 1899\n  headline: Vote\n\neras:\n- {label: War, date: 1900}\n", "eras:\n"),
        pytest.param("events: []\n", "", marks=pytest.mark.slow),
    ],
)
def test_what_is_ticked_is_added_once_and_what_is_changed_stays(tmp_path: Path, there: str, kept: str) -> None:
    folder = written_article(tmp_path / "a", **({"timeline": there} if there else {}))
    proposed(folder)
    changed = proposed(folder, *TICKED, ("headline: It rained on 30 boats", "headline: Rain"))
    assert "- [x] The lock opened on 3 May 1902." in changed
    assert "headline: Rain\n" in changed
    assert proposed(folder) == changed
    article = read.files(folder)[0].article
    added = [(event.date.edtf, event.headline, event.weight) for event in article.events if event.headline != "Vote"]
    assert added == [("1902-05-03", "Boats go up", 3)]
    assert len(article.events) == 1 + ("Vote" in there)
    assert kept in (folder / "timeline.yaml").read_text(encoding="utf-8")


def test_proposals_follow_the_prose_but_for_those_of_the_author(tmp_path: Path) -> None:
    folder = written_article(tmp_path / "a")
    proposed(folder)
    proposed(folder, *TICKED)
    written_article(folder, "In May 1901 it snowed on 30 boats. In 1904 the lock was closed.")
    said = proposed(folder)
    assert re.findall(r"^- \[(.)\] (.*)$", said, re.MULTILINE) == [
        (" ", "In May 1901 it snowed on 30 boats."),
        (" ", "In 1904 the lock was closed."),
        ("x", "The lock opened on 3 May 1902."),
        (" ", "In May 1901 it snowed on 30 boats."),
    ]


def test_a_ticked_entry_that_is_wrong_is_named_with_its_line_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written_article(tmp_path / "a")
    proposed(folder)
    said = proposed(folder, TICKED[0], ("date: '1902-05-03'", "date: soon"), code=3)
    line = said.splitlines().index("    date: soon") + 1
    assert f"proposals.md:{line}:11: bad-date `soon`" in capsys.readouterr().err
    assert not (folder / "timeline.yaml").exists()


@pytest.mark.slow
def test_what_is_ticked_is_not_written_beside_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written_article(tmp_path / "a")
    (folder / "timeline.csv").write_text("date,headline\n1899,Vote\n")
    proposed(folder)
    proposed(folder, TICKED[0], code=2)
    assert "timeline.csv is a table: write what you ticked in proposals.md into it by hand" in capsys.readouterr().err


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
    assert "was imported from canal.md: give that too, to add the text canal.docx" in capsys.readouterr().err
    assert main(["import", str(SAMPLES / "canal.md"), str(SAMPLES / "times.json"), "--to", str(folder)]) == 2
    assert "was imported from canal.md: give all of these again, and no other" in capsys.readouterr().err


WORKBOOK: dict[str, list[tuple[str, ...]]] = {
    "Dates": [
        ("Our canal",),
        ("Date", "What happened", "Source"),
        ("3 May 1794", "First sod", "Mercury, 8 May 1794; Tolls"),
        ("27-28 June 1797", "It opens", "tolls"),
    ],
    "Figures": [("Figure", "What", "Where from"), ("£12", "Toll", "")],
    "Sources": [("Name", "Full reference"), ("Tolls", "Toll book, box 7")],
    "Read me": [("Ask Ann",)],
}


def test_a_spreadsheet_is_added_to_a_text_and_each_is_updated_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = imported(tmp_path, "canal.md")
    book = tmp_path / "events.xlsx"

    def brought() -> Article:
        assert main(["import", str(book), "--to", str(folder)]) == 0
        files, problems = inspection.problems(folder, TEMPLATES)
        assert [problem for problem in problems if not problem.warning] == []
        return files.article

    book.write_bytes(as_xlsx(WORKBOOK))
    article = brought()
    assert [(event.date.edtf, event.headline, event.sources) for event in article.events] == [
        ("1794-05-03", "First sod", ("mercury-8-may-1794", "Tolls")),
        ("1797-06-27/1797-06-28", "It opens", ("Tolls",)),
    ]
    assert [(figure.value, figure.label) for figure in article.figures] == [("£12", "Toll")]
    assert [(one.id, one.title, one.issued and str(one.issued)) for one in article.references] == [
        ("Tolls", "Toll book, box 7", None),
        ("mercury-8-may-1794", "Mercury", "1794-05-08"),
    ]
    assert "600 men" in article.prose
    assert "2 events, 1 key figure, 2 sources imported" in (said := capsys.readouterr().out)
    assert "the sheet `Read me` was left out" in said

    book.write_bytes(as_xlsx({"Dates": [*WORKBOOK["Dates"][1:3], ("1846", "Railway", "")]}))
    assert [event.headline for event in brought().events] == ["First sod", "Railway"]
    assert main(["import", str(SAMPLES / "canal.md"), "--to", str(folder)]) == 0
    assert [event.headline for event in read.files(folder)[0].article.events] == ["First sod", "Railway"]


def test_cells_that_cannot_be_read_are_all_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("Date", "Event"), ("9/8/1889", "Class"), ("soon", "Fair"), ("1890", "Vote")]
    (tmp_path / "events.xlsx").write_bytes(as_xlsx({"Events": rows}))
    assert main(["import", str(tmp_path / "events.xlsx"), "--to", str(tmp_path / "article")]) == 3
    said = capsys.readouterr().err
    assert "events.xlsx, Events!A2: bad-date `9/8/1889` is ambiguous" in said
    assert "events.xlsx, Events!A3: bad-date `soon` is not a date" in said
    assert not (tmp_path / "article").exists()
    (tmp_path / "events.xlsx").write_bytes(as_xlsx({"Events": [rows[0], rows[1]]}))
    (tmp_path / "house.yaml").write_text("dates: day-first\n")
    assert main(["import", str(tmp_path / "events.xlsx"), "--to", str(tmp_path / "article")]) == 0
    assert read.files(tmp_path / "article")[0].article.events[0].date.edtf == "1889-08-09"


def brought(tmp_path: Path, page: str) -> Article:
    """The article that a page of HTML becomes."""
    (tmp_path / "a page.html").write_text(page, encoding="utf-8")
    assert main(["import", str(tmp_path / "a page.html"), "--to", str(tmp_path / "article")]) == 0
    return read.files(tmp_path / "article")[0].article


@pytest.mark.parametrize(
    ("page", "title", "headings"),
    [
        (
            "<p><b>The lock</b></p><p><b>By hand</b></p><p>It was dug.</p><p><b>Beware. It is deep.</b></p><p>Yes.</p>",
            "The lock",
            ["## By hand"],
        ),
        (
            "<h1>A lock</h1><h2>Digging</h2><p>It was dug.</p><p><strong>Why dig?</strong></p><p>To go up.</p>",
            "A lock",
            ["## Digging", "### Why dig?"],
        ),
        ("<p>It was dug.</p><p><b>Two</b></p><p><b>lines</b></p><p>Yes.</p><p><b>The end</b></p>", "a page", []),
    ],
)
def test_a_line_in_bold_alone_is_a_heading(tmp_path: Path, page: str, title: str, headings: list[str]) -> None:
    article = brought(tmp_path, page)
    assert article.front.title == title
    assert re.findall("^#.*", article.prose, re.MULTILINE) == [*headings, *(["## lines"] * (title == "a page"))]


@pytest.mark.slow
def test_a_page_saved_by_a_browser_keeps_its_own_title_and_says_what_it_loses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = '<meta property="article:published_time" content="2023-04-05T10:00:00Z"><title>Lamps - Town Museum</title>'
    article = brought(
        tmp_path,
        f"<!DOCTYPE html><!-- saved from url=(0030)https://museum.example.org/lamps --><html><head>{head}</head><body>"
        '<nav><a href="/">Home</a></nav><h1>Lamps</h1><p>One.</p><iframe src="https://example.org/film"></iframe>'
        "<h2>Gas</h2><p>Two.</p></body></html>",
    )
    assert (article.front.title, article.prose.split()) == ("Lamps", ["One.", "##", "Gas", "Two."])
    origin_of = article.front.source_article
    assert origin_of is not None
    assert (origin_of.url, str(origin_of.date)) == ("https://museum.example.org/lamps", "2023-04-05")
    assert "films, sounds and other pages in the page, as `<iframe>`: 1" in capsys.readouterr().out


def test_the_line_below_a_link_is_no_loss_and_pictures_without_words_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(SAMPLES / "lock.png", tmp_path)
    brought(tmp_path, '<p><a href="https://example.org/"><u>Here</u></a> and <u>there</u>. <img src="lock.png"></p>')
    said = capsys.readouterr().out
    assert "words in underlining, printed plain: 1\n" in said
    assert "lock.png has no description: write what it shows in its brackets\n" in said


@pytest.mark.parametrize(
    ("usual", "of_runs", "said"),
    [
        ("en-US", "de-DE", "de-DE"),
        pytest.param("en-GB", "", "en-GB", marks=pytest.mark.slow),
        pytest.param("is-IS", "", "en", marks=pytest.mark.slow),
    ],
)
def test_a_text_of_word_is_in_the_language_in_which_most_of_it_is_marked(
    tmp_path: Path, usual: str, of_runs: str, said: str
) -> None:
    changes = {"word/styles.xml": ('w:val="en-GB"', f'w:val="{usual}"')}
    if of_runs:
        changes["word/document.xml"] = ("<w:r>", f'<w:r><w:rPr><w:lang w:val="{of_runs}"/></w:rPr>')
    with zipfile.ZipFile(SAMPLES / "canal.docx") as old, zipfile.ZipFile(tmp_path / "canal.docx", "w") as new:
        for name in old.namelist():
            before, after = changes.get(name, ("", ""))
            text = old.read(name)
            new.writestr(name, text.replace(before.encode(), after.encode()) if before else text)
    assert main(["import", str(tmp_path / "canal.docx"), "--to", str(tmp_path / "article")]) == 0
    assert read.files(tmp_path / "article")[0].article.front.language == said


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
