import html
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import tiny
from tests.conftest import TEMPLATES, ArticleCopy
from triptych.check import rules
from triptych.content import cite, typography
from triptych.content.cite import Source

FOLDER = Path(__file__).parent / "citation_styles"
STYLES = sorted(path.stem for path in FOLDER.glob("*.csl"))
SLOW, EVERYDAY = pytest.mark.slow, ("din-1505-2", "nature")
NUMERIC = ("american-medical-association", "ieee", "nature", "nlm-citation-sequence")


def loaded(name: str) -> Any:
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


SOURCES = loaded("sources.yaml")["references"]


def listed(style: str, *sources: dict[str, Any], language: str = "en-GB") -> tuple[Source, ...]:
    """The list of sources in a style; without a style, in that of the templates."""
    prose = " ".join(f"a [@{source['id']}]" for source in sources)
    article = tiny.article(prose, front={"language": language}, references=list(sources))
    path = FOLDER / f"{style}.csl" if style else TEMPLATES.file("sources.csl")
    return cite.sources(article, cite.numbers(article), path)


def printed(source: Source) -> str:
    """The text of a source as a page shows it, small capitals as capitals."""
    address = html.escape(source.address)
    text = f"{source.text_html}{address if source.address_within else ''}{source.rest_html}"
    text = re.sub(r'<span class="small-caps">(.*?)</span>', lambda found: html.unescape(found[1]).upper(), text)
    return typography.plain(html.unescape(re.sub(r"<[^>]+>", "", text)))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("style", [name if name in EVERYDAY else pytest.param(name, marks=SLOW) for name in STYLES])
def test_sources_of_all_kinds_print_as_another_program_prints_them(style: str) -> None:
    expected = loaded("pandoc.yaml")[style] | {
        key: text for key, text in loaded("ours.yaml").get(style, {}).items() if key != "why"
    }
    found = {source.key: printed(source) for source in listed(style, *SOURCES)}
    assert found == {key: text.replace(typography.NO_BREAK, " ") for key, text in expected.items()}


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("issued", "entry", "short"),
    [
        ({"date-parts": [["325"]]}, "325", "325"),
        ({"date-parts": [["-44"]]}, "44 BC", "44 BC"),
        ("-0043", "44 BC", "44 BC"),
        ({"date-parts": [["1850"]], "circa": "true"}, "c. 1850", "c. 1850"),
        ("1850~", "c. 1850", "c. 1850"),
        ({"date-parts": [["1901"], ["1903"]]}, "1901–1903", "1901–1903"),
        ([{"year": "2018", "month": "3"}, {"year": "2018", "month": "5"}], "March–May 2018", "2018"),
        ("1901/..", "1901–", "1901–"),
        ("185X", "1850–1859", "1850–1859"),
        ({"date-parts": [["1999"]], "season": "1"}, "Spring 1999", "1999"),
        ({"year": "1999", "season": "Autumn"}, "Autumn 1999", "1999"),
        ("1999-23", "Autumn 1999", "1999"),
        ("1999-24", "Winter 1999", "1999"),
        ("1999-33", "January–March 1999", "1999"),
        ("1985-XX-03", "1985", "1985"),
        ({"literal": "in press"}, "in press", "in press"),
        ({"raw": "before the flood"}, "before the flood", "before the flood"),
    ],
)
def test_a_date_of_any_form_prints_as_it_is_known(issued: Any, entry: str, short: str) -> None:
    (source,) = listed("", {"id": "a", "type": "book", "title": "Acts", "issued": issued})
    assert (printed(source), source.short) == (f"Acts, {entry}.", f"Acts {short}")


@pytest.mark.parametrize("style", ["", "apa", "nature", "nlm-citation-sequence"])
def test_a_doi_prints_once(style: str) -> None:
    """However it is exported, and with its address or without."""
    record = {"type": "article-journal", "title": "Acts", "DOI": "https://doi.org/10.1000/xyz-123"}
    addresses = {"a": "https://doi.org/10.1000/xyz-123", "b": "http://dx.doi.org/10.1000/XYZ-123"}
    urls = ({"id": name, "URL": url} for name, url in addresses.items())
    for source in listed(style, *(record | url for url in urls), record | {"id": "c"}):
        shown = f"{printed(source)} {'' if source.address_within else source.address}"
        assert shown.lower().count("10.1000/xyz-123") == 1
        assert source.url.lower().endswith("doi.org/10.1000/xyz-123")


@pytest.mark.parametrize("style", NUMERIC)
def test_a_style_with_numbers_of_its_own_prints_ours_alone(style: str) -> None:
    second = listed(style, *SOURCES[3:5])[1]
    assert second.number == 2
    assert printed(second).startswith(("Jones", "A. Jones"))


def test_a_style_that_leaves_addresses_out_prints_none() -> None:
    """An article in print has its pages; the style that gives no address for it says so."""
    record = {**SOURCES[3], "URL": "https://example.org/bells"}
    (source,) = listed("nature", record)
    assert (source.url, source.address) == ("", "")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Abel, Ruth", "Abel, R. (2011)."),
        ({"family": "Abel", "given": "Ruth"}, "Abel, R. (2011)."),
        ([{"family": "Wang", "given": "小明"}], "Wang, 小明. (2011)."),
        ([{"family": "van Koppen", "given": "Peter"}], "van Koppen, P. (2011)."),
        (["Town Council"], "Town Council. (2011)."),
    ],
)
def test_a_name_of_any_form_prints_as_the_style_says(name: Any, shown: str) -> None:
    (source,) = listed("apa", {"id": "a", "type": "book", "title": "Acts", "author": name, "issued": "2011"})
    assert printed(source) == f"{shown} Acts."


def test_who_stands_in_for_an_author_is_named() -> None:
    found = listed("", *({"id": name, "title": "Acts", name: "Abel, Ruth"} for name in ("editor", "contributor")))
    assert [printed(source) for source in found] == [
        "Abel R (ed.), Acts, undated.",
        "Abel R (contrib.), Acts, undated.",
    ]


def test_dates_and_words_are_in_the_language_of_the_article() -> None:
    record = {"id": "a", "title": "Actes", "issued": "2018-10-09"}
    found = (listed("", source, language="fr")[0] for source in (record, {"id": "b", "title": "Actes"}))
    assert [printed(source) for source in found] == ["Actes, 9 octobre 2018.", "Actes, sans date."]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en-US", "October 9, 2018"),
        ("de-CH", "9. Oktober 2018"),
        ("no", "9. oktober 2018"),
        ("sr-Latn", "09. Oktobar 2018"),
        ("sr-Cyrl", "09. Октобар 2018"),
        ("zh-Hant", "2018年10月9日"),
        ("ga", "9 October 2018"),
    ],
)
def test_a_language_that_is_not_in_csl_takes_the_nearest_that_is(language: str, shown: str) -> None:
    (source,) = listed("", {"id": "a", "title": "T", "issued": "2018-10-09"}, language=language)
    assert shown in printed(source)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("translator: [{name: Abel}]", "`translator` has the name `{'name': 'Abel'}`"),
        ("editor: [[Abel]]", "`editor` has the name `['Abel']`"),
        ("accessed: yesterday", "`accessed` is `yesterday`: it must be a date, such as 2018-10-11"),
    ],
)
def test_a_name_or_a_date_that_cannot_be_read_is_a_problem(article_copy: ArticleCopy, line: str, fault: str) -> None:
    article_copy.replace("sources.yaml", "issued: 2018-11-17", line)
    (problem,) = (found for found in rules.problems(article_copy.folder)[1] if found.path.name == "sources.yaml")
    assert problem.message.startswith(fault)


DEPENDENT = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0">
  <info>
    <link href="http://www.zotero.org/styles/apa" rel="independent-parent"/>
  </info>
</style>
"""


def test_check_names_the_line_of_a_style_and_the_style_to_use(article_copy: ArticleCopy) -> None:
    style = article_copy.folder / "sources.csl"
    style.write_text(DEPENDENT, encoding="utf-8")
    (problem,) = rules.problems(article_copy.folder)[1]
    assert (problem.path, problem.line, problem.code) == (style, 3, "bad-citation-style")
    assert "its parent `apa`" in problem.message
    assert problem.hint.startswith("Put apa.csl from")


def test_a_style_that_is_no_text_is_a_problem(article_copy: ArticleCopy) -> None:
    style = article_copy.folder / "sources.csl"
    style.write_bytes(b"<style>\xe9\xff</style>")
    _, found = rules.problems(article_copy.folder)
    assert [problem.path for problem in found if problem.code == "bad-citation-style"] == [style]
