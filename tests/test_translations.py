"""Translations of one article: texts of their own over all that the original has, kept true to it."""

import dataclasses
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import PROJECT, TEMPLATES, ArticleCopy, ProjectCopy, printed, read_aloud, written
from triptych.__main__ import main
from triptych.build import editions, library, pipeline
from triptych.build.pipeline import Order
from triptych.check import faithful, rules
from triptych.compose import foreign, views, words
from triptych.content import kin, read, uses
from triptych.content.errors import ContentError, Problem, UsageError
from triptych.content.files import PROSE
from triptych.content.model import FILES
from triptych.content.texts import FIELDS, Text
from triptych.imports import exchange
from triptych.pdf import carried
from triptych.review import since, verify

KIOSK = Path(__file__).parent / "articles" / "kiosk"
"""A short article in English, with translations in French and Arabic."""
SHIPPED = sorted(path.parent for path in (PROJECT / "content").glob("*/*/article.md"))
"""The translations of the articles in content/."""


@pytest.fixture
def kiosk(tmp_path: Path) -> ArticleCopy:
    return ArticleCopy(Path(shutil.copytree(KIOSK, tmp_path / "kiosk")))


def found(folder: Path) -> Sequence[Problem]:
    return rules.problems(folder)[1]


def told(folder: Path) -> list[tuple[str, int, str]]:
    """File, line and code of each problem of a translation."""
    return [(problem.path.relative_to(folder).as_posix(), problem.line, problem.code) for problem in found(folder)]


def test_a_translation_has_its_own_texts_and_all_else_of_the_original() -> None:
    original, french = (read.files(folder)[0].article for folder in (KIOSK, KIOSK / "fr"))
    assert french.front.title == "Le kiosque de lecture de la place du Moulin"
    assert french.front.language == "fr"
    assert french.events[0].headline == "Le kiosque a ouvert"
    assert "Il a fermé le 21 mars 2020" in french.prose
    assert [(one.date, one.weight, one.sources) for one in french.events] == [
        (one.date, one.weight, one.sources) for one in original.events
    ]
    assert french.front.date == original.front.date
    named = [one.model_copy(update={"language": "en-GB"}) for one in original.references]
    assert [*french.references] == named, "titles that stay as they are, in their own language"


NO_TEXTS = {
    "article.md language": "A translation says its own.",
    "article.md sheet": "A size of paper.",
    "article.md lead.image": "A file.",
    **dict.fromkeys(
        (f"article.md accept.*.{name}" for name in ("code", "at", "about", "by", "reason")), "Not printed."
    ),
    "timeline.yaml events.*.image": "A file.",
    **dict.fromkeys(
        ("timeline.yaml events.*.date", "timeline.yaml eras.*.date", "figures.yaml figures.*.date"), "EDTF."
    ),
    "charts.yaml charts.*.data": "A file.",
    "charts.yaml charts.*.rows.*.*": "Numbers; the names before them are texts as `names`.",
    **{f"charts.yaml charts.*.{name}.*": "They follow `columns`." for name in ("bars", "small-lines")},
    "charts.yaml charts.*.outlined.*": "They follow `names`.",
    "sources.yaml references.*.type": "A word of CSL.",
    **dict.fromkeys(
        (f"article.md place.{name}" for name in ("name", "address", "telephone")),
        "A place has one name and address, in whatever language it hands the article out.",
    ),
    "sources.yaml references.*.author.*.*": "A source keeps its people's names, as a library has them.",
}
"""The fields of words that no translation has of its own, each with the reason."""
NO_FIELDS = {
    "charts.yaml charts.*.names.*",
    *(f"sources.yaml references.*.{name}" for name in ("abstract", "annote", "genre", "issued.literal", "note")),
}
"""Texts that the model does not name: the first cells of rows, and fields of CSL."""


def words_in(node: Mapping[str, Any], known: Mapping[str, Any], path: str) -> Iterator[str]:
    """The paths to the values of a JSON schema that hold any words: no pattern, choice or address."""
    node = known[node["$ref"].rpartition("/")[2]] if "$ref" in node else node
    for name, inner in node.get("properties", {}).items():
        yield from words_in(inner, known, f"{path}.{name}".lstrip("."))
    for inner in node.get("anyOf", ()):
        yield from words_in(inner, known, path)
    for inner in (node.get("items"), node.get("additionalProperties")):
        if isinstance(inner, dict):
            yield from words_in(inner, known, f"{path}.*")
    if node.get("type") == "string" and not node.keys() & {"enum", "const", "format", "pattern"}:
        yield path


def test_a_translation_can_say_every_text_of_the_model_but_those_with_a_reason() -> None:
    found = set()
    for file, model in FILES.items():
        schema = model.model_json_schema()
        found |= {f"{file} {path}" for path in words_in(schema, schema.get("$defs", {}), "")}
    listed = {f"{file} {path}" for file, paths in FIELDS.items() for path in paths}
    assert found - listed == set(NO_TEXTS), "list it in FIELDS of content/texts.py, or here with the reason"
    assert listed - found == NO_FIELDS


@pytest.mark.parametrize("language", ["", "fr", "ar"])
def test_an_accepted_translation_has_no_problem(language: str) -> None:
    assert found(KIOSK / language) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "places"),
    [
        ("article.md", "£41,500", "£43,500", ["article.md:12"]),
        ("timeline.yaml", "with 1,200 books", "with 1,300 books", ["timeline.yaml:4"]),
        ("figures.yaml", "value: 62.5%", "value: 64.5%", ["figures.yaml:3"]),
        ("positions.yaml", "first asked", "asked first", ["positions.yaml:2"]),
    ],
)
def test_a_change_of_the_original_makes_each_translation_stale_at_its_line(
    kiosk: ArticleCopy, name: str, old: str, new: str, places: list[str]
) -> None:
    kiosk.replace(name, old, new)
    for language in ("fr", "ar"):
        folder = kiosk.folder / language
        stale = [one for one in found(folder) if one.code == "stale-translation"]
        assert [f"{one.path.relative_to(folder)}:{one.line}" for one in stale] == places
        assert all(one.warning for one in stale)
        path = folder / "article.md"
        path.write_text(path.read_text(encoding="utf-8").replace("status: draft", "status: final"), encoding="utf-8")
        with pytest.raises(ContentError, match="stale-translation"):
            rules.checked(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("article.md", "1 200 livres.\nIl a", "1 300 livres.\nIl a", ("article.md", 12, "differing-translation")),
        ("article.md", "62,5 pour cent", "62 pour cent", ("article.md", 12, "differing-translation")),
        ("article.md", "21 mars 2020 et", "21 mai 2020 et", ("article.md", 15, "differing-translation")),
        ("article.md", "rouvert en juillet", "rouvert le 9 juillet", ("article.md", 15, "differing-translation")),
        ("article.md", "[@council; @times]", "[@council]", ("article.md", 15, "differing-translation")),
        ("article.md", " .reported", "", ("article.md", 15, "differing-translation")),
        ("article.md", "{#opening}", "{#openning}", ("article.md", 12, "no-original")),
        ("article.md", "deck: Comment un kiosque", "publisher: Un kiosque", ("article.md", 2, "not-translated")),
        ("timeline.yaml", "    headline: Le kiosque a fermé\n", "", ("timeline.yaml", 4, "not-translated")),
        ("timeline.yaml", "id: closure\n", "id: closure\n    date: 2020-03-22\n", ("timeline.yaml", 6, "not-a-text")),
        ("timeline.yaml", "id: closure", "id: closing", ("timeline.yaml", 6, "no-original")),
        ("figures.yaml", "    value: 62,5 %\n", "", ("figures.yaml", 1, "not-translated")),
        ("article.md", "deck:", "number: 4\ndeck:", ("article.md", 3, "no-original")),
    ],
)  # fmt: skip
def test_what_differs_from_the_original_is_told_where_it_stands(
    kiosk: ArticleCopy, name: str, old: str, new: str, expected: tuple[str, int, str]
) -> None:
    kiosk.replace(f"fr/{name}", old, new)
    assert expected in told(kiosk.folder / "fr")


@pytest.mark.parametrize(
    ("original", "french", "told"),
    [
        ("The mill is of the 18th century.", "Le moulin date du XVIIIe siècle.", []),
        ("Louis 14 built it.", "Louis XIV l’a construit.", []),
        ("It has 5 rooms.", "Voici ses salles.", ["the number `5` of the original is missing"]),
        ("It has 10 rooms.", "Xavier a plusieurs salles.", ["the number `10` of the original is missing"]),
    ],
)
def test_a_number_may_be_in_roman_figures_which_are_whole_words(original: str, french: str, told: list[str]) -> None:
    ours, theirs = (Text("title", "article.md", ("title",), (1, 1), words, needed=True) for words in (original, french))
    assert list(faithful.differences(ours, theirs, "en", "fr")) == told


def test_a_folder_in_that_of_a_translation_is_no_translation(kiosk: ArticleCopy) -> None:
    shutil.copytree(kiosk.folder / "ar", kiosk.folder / "fr" / "de")
    with pytest.raises(UsageError, match=r"move it to .*kiosk/de"):
        found(kiosk.folder / "fr" / "de")


def test_a_bar_is_drawn_from_the_value_of_the_original(kiosk: ArticleCopy) -> None:
    kiosk.replace("fr/figures.yaml", "62,5 %", "62,5 pour cent")
    original, french = (read.files(folder)[0].article.figures[0] for folder in (kiosk.folder, kiosk.folder / "fr"))
    assert french.value == "62,5 pour cent"
    assert french.track == original.track is not None


def test_the_name_of_a_lane_is_translated_once(kiosk: ArticleCopy) -> None:
    for headline in ("The kiosk opened", "The kiosk closed"):
        kiosk.replace("timeline.yaml", f"headline: {headline}", f"headline: {headline}\n    lane: Square")
    kiosk.replace(
        "fr/timeline.yaml", "    headline: Le kiosque a fermé", "    headline: Le kiosque a fermé\n    lane: Place"
    )
    assert {event.lane for event in read.files(kiosk.folder / "fr")[0].article.events} == {"Place"}
    assert {one.code for one in found(kiosk.folder / "fr")} == {"stale-translation"}


CHARTS = """\
charts:
  - id: chart-1
    title: La centrale a reçu deux visites du dimanche sur cinq
    columns: [Bibliothèque, Visites]
    names: [Centrale]
  - id: quarters
    title: Les visites du dimanche
    columns: ["", Visites]
  - id: chart-3
    kind: bars
    names: [a, b, c, d, e, f, g, h, i, j, k, l, m]
"""


def test_a_chart_has_the_words_and_the_numbers_of_its_language(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(KIOSK.parent / "sundays", tmp_path / "sundays"))
    (folder / "fr").mkdir()
    (folder / "fr" / "charts.yaml").write_text(CHARTS, encoding="utf-8")
    (folder / "fr" / "article.md").write_text("---\nstatus: draft\n---\n\nTexte. {#growth}\n", encoding="utf-8")
    charts = {one.chart.id: one for one in read.files(folder / "fr")[0].article.charts}
    original = {one.chart.id: one for one in read.files(folder)[0].article.charts}
    bars, lines = charts["chart-1"], charts["quarters"]
    assert (bars.chart.title[:10], bars.head) == ("La central", ("Bibliothèque", "Visites"))
    assert [(row.name, row.cells[0].text) for row in bars.rows[:2]] == [
        ("Centrale", "52\u202f400"),
        ("Eastgate", "19\u202f800"),
    ]
    assert lines.head[1] == "Visites"
    prose = read.files(folder / "fr")[0].article.prose
    assert prose.index("chart-1") < prose.index("Texte. {#growth}") < prose.index("chart-3")
    assert [row.date for row in lines.rows] == [row.date for row in original["quarters"].rows]
    wrong = [one for one in told(folder / "fr") if one[2] in ("not-a-text", "no-original")]
    assert wrong == [("charts.yaml", 10, "not-a-text"), ("charts.yaml", 11, "no-original")]


def test_passages_in_another_order_are_told(kiosk: ArticleCopy) -> None:
    path = kiosk.folder / "fr" / "article.md"
    head, first, second = path.read_text(encoding="utf-8").rsplit("\n\n", 2)
    path.write_text("\n\n".join([head, second.strip(), first]), encoding="utf-8")
    assert told(kiosk.folder / "fr") == [("article.md", 12, "differing-translation")]


def test_texts_that_nobody_accepted_are_told_once(kiosk: ArticleCopy) -> None:
    (kiosk.folder / "fr" / kin.RECORD).unlink()
    assert told(kiosk.folder / "fr") == [("article.md", 1, "stale-translation")]


def test_a_translation_lists_what_is_out_of_date_and_accepts_it(
    kiosk: ArticleCopy, capsys: pytest.CaptureFixture[str]
) -> None:
    kiosk.replace("article.md", "£41,500", "£43,500")
    assert main(["translations", str(kiosk.folder)]) == 0
    assert "fr  French: 14 up to date, 1 out of date\n" in (said := capsys.readouterr().out)
    assert "out of date:  prose.opening  fr/article.md:12  `£41,500,` → `£43,500,`" in said
    assert main(["translations", str(kiosk.folder), "--accept"]) == 2
    assert main(["translations", str(kiosk.folder / "fr"), "--accept", "closing"]) == 2
    assert main(["translations", str(kiosk.folder / "fr"), "--accept", "opening"]) == 0
    capsys.readouterr()
    assert main(["translations", str(kiosk.folder / "fr")]) == 0
    assert capsys.readouterr().out == "fr  French: 15 up to date\n"


@pytest.mark.parametrize(
    ("folder", "is_one"),
    [("a/fr", True), ("a/pt-BR", True), ("a/old", False), ("a/FR", False), ("fr", False), ("a/fr/de", False)],
)
def test_the_folder_of_a_translation_is_in_that_of_an_article_and_named_as_a_language(
    tmp_path: Path, folder: str, is_one: bool
) -> None:
    (tmp_path / "a").mkdir()
    for path in (tmp_path / "a", tmp_path / folder):
        path.mkdir(parents=True, exist_ok=True)
        (path / "article.md").write_text("---\ntitle: A\n---\n")
    assert ((tmp_path / folder) in kin.translations(tmp_path / "a")) == is_one
    assert kin.translations(tmp_path / folder) == ()


def test_the_texts_of_a_house_can_be_translated(kiosk: ArticleCopy) -> None:
    house = kiosk.folder.parent / "house.yaml"
    house.write_text("corrections: Write to us.\n")
    folder = kiosk.folder / "fr"
    assert told(folder) == [("article.md", 7, "not-translated")]
    kiosk.replace("fr/article.md", "method:", "corrections: Écrivez-nous.\nmethod:")
    assert read.files(folder)[0].article.front.corrections == "Écrivez-nous."
    assert carried.content(folder)["house.yaml"] == house.read_bytes()


FORMS = ("po", "xlf")


def exchanged(folder: Path, *words: str) -> int:
    return main(["translations", str(folder), *words])


@pytest.mark.parametrize("form", FORMS)
def test_what_a_translator_gets_comes_back_unchanged(kiosk: ArticleCopy, form: str) -> None:
    signs = r'*a* & <b>%</b> ~`x`~ "b" \\ \n. {#opening}'
    for name in ("article.md", "fr/article.md"):
        kiosk.replace(name, "{#opening}", signs)
    path = kiosk.folder.parent / f"kiosk.fr.{form}"
    folder = kiosk.folder / "fr"
    before, state = read.files(folder)[0], told(folder)
    assert exchanged(kiosk.folder, "--export", "fr", "--to", str(path)) == 0
    assert exchanged(kiosk.folder, "--import", str(path)) == 0
    after = read.files(folder)[0]
    assert after.article == before.article
    assert told(folder) == state == [("article.md", 12, "stale-translation")]


@pytest.mark.parametrize("form", FORMS)
def test_a_new_language_comes_whole_from_a_file(kiosk: ArticleCopy, form: str) -> None:
    path = kiosk.folder.parent / f"kiosk.pt-BR.{form}"
    assert exchanged(kiosk.folder, "--export", "pt-BR", "--to", str(path)) == 0
    found = exchange.received(path)
    units = tuple(replace(unit, translation=unit.original) for unit in found.units)
    path.write_bytes(exchange.written(replace(found, article="kiosk", units=units), path.suffix))
    assert exchanged(kiosk.folder, "--import", str(path)) == 0
    original, copied = (read.files(folder)[0] for folder in (kiosk.folder, kiosk.folder / "pt-BR"))
    front = original.article.front.model_copy(update={"language": "pt-BR"})
    same = dataclasses.replace(original.article, front=front, original_language="en-GB")
    references = tuple(one.model_copy(update={"language": "en-GB"}) for one in original.article.references)
    assert copied.article == dataclasses.replace(same, figures=copied.article.figures, references=references)
    assert [one.track for one in copied.article.figures] == [one.track for one in original.article.figures]
    assert {code for _, _, code in told(kiosk.folder / "pt-BR")} <= {"differing-translation"}


def test_a_text_that_a_translator_is_not_sure_of_is_not_accepted(kiosk: ArticleCopy) -> None:
    path = kiosk.folder.parent / "kiosk.fr.po"
    exchanged(kiosk.folder, "--export", "fr", "--to", str(path))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgctxt "title"', '#, fuzzy\nmsgctxt "title"'), encoding="utf-8")
    (kiosk.folder / "fr" / kin.RECORD).unlink()
    exchanged(kiosk.folder, "--import", str(path))
    assert told(kiosk.folder / "fr") == [("article.md", 2, "stale-translation")]


PO = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n\nmsgctxt "title"\nmsgid "a"\nmsgstr "b"\n'
XLIFF = """<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file target-language="{}"><body>
<trans-unit id="title"><source>a</source><target>b</target></trans-unit></body></file></xliff>"""
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.po", PO.format("../../fr")),
        ("a.po", PO.format("en-GB")),
        ("a.po", PO.format("xx")),
        ("a.po", PO.format("fr").replace('"title"', '"other"')),
        ("a.po", PO.format("fr") + "nonsense\n"),
        ("a.po", "\udcff"),
        ("a.xlf", XLIFF.format("..")),
        ("a.xlf", XLIFF.format("fr").replace("</xliff>", "")),
        ("a.xlf", BOMB + XLIFF.format("fr").replace(">b<", ">&b;<")),
        ("a.xlf", "<html/>"),
        ("a.doc", "x"),
    ],
)
def test_a_broken_file_of_a_translator_ends_in_a_sentence(
    kiosk: ArticleCopy, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = kiosk.folder.parent / name
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    before = {one: one.read_bytes() for one in kiosk.folder.rglob("*") if one.is_file()}
    assert exchanged(kiosk.folder, "--import", str(path)) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert {one: one.read_bytes() for one in kiosk.folder.rglob("*") if one.is_file()} == before


def test_a_file_that_the_original_does_not_have_is_told(kiosk: ArticleCopy) -> None:
    (kiosk.folder / "positions.yaml").unlink()
    assert told(kiosk.folder / "fr") == [("positions.yaml", 1, "no-original")]


def test_a_broken_file_is_told_in_its_place(kiosk: ArticleCopy) -> None:
    (kiosk.folder / "fr" / "timeline.yaml").write_text("events: [\n")
    assert told(kiosk.folder / "fr") == [("timeline.yaml", 2, "not-yaml")]
    (kiosk.folder / "fr" / kin.RECORD).write_text("- a\n")
    assert (kin.RECORD, 1, "wrong-value") in told(kiosk.folder / "fr")


def test_the_words_in_place_of_a_date_can_be_translated(kiosk: ArticleCopy) -> None:
    kiosk.replace("sources.yaml", 'issued: "2021-09"', "issued: {literal: in press}")
    sources = "references:\n  - id: council\n    issued: {literal: sous presse}\n"
    (kiosk.folder / "fr" / "sources.yaml").write_text(sources, encoding="utf-8")
    assert str(read.files(kiosk.folder / "fr")[0].article.references[0].issued) == "sous presse"


def test_a_translation_carries_both_languages() -> None:
    assert set(uses.files(KIOSK / "fr")) == {
        *uses.files(KIOSK),
        *(f"fr/{name}" for name in ("article.md", "figures.yaml", "originals.yaml", "positions.yaml", "timeline.yaml")),
    }


def test_each_language_has_a_folder_of_its_own() -> None:
    articles = library.with_translations([KIOSK])
    assert [str(path) for path in library.folders(articles, Path("build")).values()] == [
        "build/kiosk",
        "build/kiosk/ar",
        "build/kiosk/fr",
    ]


def linked(folder: Path) -> dict[str, str]:
    """The languages that the web page of an article links, by their addresses."""
    html = editions.on_screen(folder, Order(), TEMPLATES)["index.html"].decode()
    assert 'rel="alternate"' not in html
    shown = re.findall(r'<a href="([^"]+)" hreflang="[^"]+" lang="[^"]+" dir="(?:ltr|rtl)">(.+?)</a>', html)
    return {address: re.sub("<.*?>", "", name) for address, name in shown}


@pytest.mark.slow
def test_with_an_address_search_engines_are_told_of_each_language(kiosk: ArticleCopy) -> None:
    kiosk.replace("article.md", "language:", "address: https://example.org/k\nlanguage:")
    html = editions.on_screen(kiosk.folder, Order(), TEMPLATES)["index.html"].decode()
    told = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html)
    assert dict(told) == {
        "en-GB": "https://example.org/k",
        "ar": "https://example.org/ar/html/index.html",
        "fr": "https://example.org/fr/html/index.html",
    }


@pytest.mark.slow
def test_the_web_page_links_those_of_the_other_languages_that_can_be_made(kiosk: ArticleCopy) -> None:
    assert linked(kiosk.folder) == {"../ar/html/index.html": "العربية", "../fr/html/index.html": "français"}
    kiosk.replace("ar/timeline.yaml", "events:", "events: [")
    assert linked(kiosk.folder / "fr") == {"../../html/index.html": "English"}
    shutil.rmtree(kiosk.folder / "ar")
    shutil.rmtree(kiosk.folder / "fr")
    assert linked(kiosk.folder) == {}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_documents_of_a_translation_can_be_verified(tmp_path: Path, language: str) -> None:
    made = pipeline.documents(KIOSK / language, Order(), TEMPLATES)
    assert [one.pdf for one in made] == [one.pdf for one in pipeline.documents(KIOSK / language, Order(), TEMPLATES)]
    for document in made:
        handout = tmp_path / f"{document.name}.pdf"
        handout.write_bytes(document.pdf)
        verdict = verify.pages(handout, lambda one, folder: pipeline.remade(one, folder, TEMPLATES))
        assert "byte for byte" in verdict.lines[0]
        same = since.content(handout, KIOSK / language, partial(pipeline.look, templates=TEMPLATES))
        assert same.lines == ("the content is the same as in the handout",)
    title = {"fr": "Le kiosque de lecture de la place du Moulin", "ar": "كشك القراءة في ساحة الطاحونة"}[language]
    assert f"heading 1: {title}" in read_aloud(made[0].pdf)


@pytest.mark.slow
def test_make_makes_every_language_and_only_those_that_changed(tmp_path: Path) -> None:
    project = ProjectCopy.at(tmp_path)
    folder = Path(shutil.copytree(KIOSK, tmp_path / "content" / "kiosk"))
    languages = tmp_path / ".venv" / "lib" / "python3.11" / "site-packages" / "babel" / "locale-data"
    written(languages, {"ar.dat": b"", "fr.dat": b""})
    project.made("factsheet", "ARTICLE=kiosk")
    pdfs = [tmp_path / "build" / name / "factsheet.pdf" for name in ("kiosk", "kiosk/ar", "kiosk/fr")]
    before = [path.stat().st_mtime_ns for path in pdfs]
    assert "nothing has changed" in project.made("factsheet", "ARTICLE=kiosk/fr")
    (folder / "fr" / "figures.yaml").touch()
    project.made("factsheet", "ARTICLE=kiosk")
    assert [path.stat().st_mtime_ns > time for path, time in zip(pdfs, before, strict=True)] == [False, False, True]


def test_a_draft_prints_what_is_missing_in_the_words_and_the_language_of_the_original(kiosk: ArticleCopy) -> None:
    kiosk.replace("ar/timeline.yaml", "    headline: أغلق الكشك\n", "")
    kiosk.replace("ar/timeline.yaml", "    headline: افتتح الكشك\n", "")
    path = kiosk.folder / "ar" / "article.md"
    head, first, second = path.read_text(encoding="utf-8").rsplit("\n\n", 2)
    path.write_text(f"{head}\n\n{second}", encoding="utf-8")
    files = read.files(kiosk.folder / "ar")[0]
    view = views.printable(files.article, words.words("ar", TEMPLATES), TEMPLATES.file("sources.csl"))
    assert '<span lang="en-GB" dir="ltr">The kiosk opened</span>' in view.events[0].headline_html
    blocks = {block.name: block.html for block in view.blocks}
    assert list(blocks) == ["square", "opening", "closure"]
    assert blocks["opening"].startswith('<p lang="en-GB" dir="ltr" id="opening">The kiosk opened on')
    assert "lang" not in blocks["closure"]
    assert not any(sign in repr(view) for sign in (foreign.START, foreign.END))
    original = kiosk.folder / "article.md"
    assert files.written("article.md", PROSE, 5, 1)[:2] == (original, (16, 1))
    assert first


@pytest.mark.slow
@pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: path.relative_to(PROJECT / "content").as_posix())
def test_the_translations_of_our_articles_are_read_as_accepted(folder: Path, snapshot: SnapshotAssertion) -> None:
    """What a screen reader reads of each document, in its order."""
    assert {name: read_aloud(made.pdf) for name, made in printed(folder).items()} == snapshot
