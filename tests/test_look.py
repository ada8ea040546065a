"""Whoever edits words, tokens, styles or templates and slips is shown the file, the line and what to do."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import HARROWBY, PROJECT, TEMPLATES, ArticleCopy, Page, written
from triptych.build import pipeline
from triptych.check import rules
from triptych.compose import placed
from triptych.compose.html import Composer
from triptych.content.errors import StyleError
from triptych.design.where import Templates
from triptych.typeset.pages import Typesetter

TOKENS = "styles/tokens.css"
MONO = "styles/themes/mono.css"
MEASURE = "measure.html.jinja"
MASTHEAD = "parts/masthead.html.jinja"
DRAWING = "parts/drawing.svg.jinja"
BODY = "{% block body %}"
COLOURS = "    Write a name such as teal, #0F4C55, rgb(15 76 85), or device-cmyk(.9 .45 .5 .45) for a press."

SMALL = {
    "article.md": "---\ntitle: A book drop\nlanguage: en-GB\ndate: 2025-03-14\npublisher: Plain Record\n---\n",
    "timeline.yaml": "events:\n"
    "  - {date: 2024-12, headline: The council pays, sources: [minutes]}\n"
    "  - {date: 2025, headline: It opens, sources: [minutes]}\n",
    "figures.yaml": "figures:\n" + "  - {value: any, label: hour, sources: [minutes]}\n" * 4,
    "positions.yaml": "disputed: [{text: Whether jigsaw puzzles may be returned., sources: [minutes]}]\n",
    "sources.yaml": "references:\n  - {id: minutes, type: report, title: Minutes}\n",
}
"""An article with something of each kind."""

Look = ArticleCopy
"""A copy of the templates that a test may edit."""


@pytest.fixture
def look(tmp_path: Path) -> Look:
    return Look(Path(shutil.copytree(PROJECT / "templates", tmp_path / "templates")))


def of(look: Look) -> Templates:
    return Templates((look.folder,))


def said(look: Look, make: Callable[[], object]) -> str:
    """What the error of a style says, paths below the templates."""
    with pytest.raises(StyleError) as caught:
        make()
    assert caught.value.exit_code == 4
    return str(caught.value).replace(f"{look.folder}/", "")


def built(look: Look, document: str = "factsheet", theme: str = "") -> str:
    """What the error says when a document of a small article is built."""
    folder = written(look.folder.with_name("drop"), SMALL)
    order = pipeline.Order((document,), theme=theme)
    return said(look, lambda: pipeline.documents(folder, order, of(look)))


LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
"""Each line holds nine of the line before."""


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("timeline.yaml", LAUGHS, "9:1: endless-value a value grows through its aliases"),
        ("style.yaml", LAUGHS, "9:1: endless-value a value grows through its aliases"),
        ("timeline.yaml", "events: {{ events }}", "1:10: not-yaml not YAML that can be read: a field has no name"),
        (
            "timeline.yaml",
            "events: " + "[" * 900 + "]" * 900,
            "not-yaml not YAML that can be read: values are nested more than 50 deep",
        ),
    ],
)
def test_content_that_grows_without_end_is_refused_at_once(
    article_copy: ArticleCopy, file: str, text: str, code: str
) -> None:
    (article_copy.folder / file).write_text(text, encoding="utf-8")
    assert code in "\n".join(map(str, rules.problems(article_copy.folder)[1]))


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("file", "old", "new", "theme", "message"),
    [
        pytest.param(TOKENS, ": #0F4C55", ": blau", "", ":10:3: `--accent` is `blau`: it must be a colour", id="name"),
        pytest.param(TOKENS, ": #0F4C55", ": 3mm", "", ":10:3: `--accent` is `3mm`: it must be a colour", id="length"),
        pytest.param(TOKENS, ": #0F4C55", ":", "", ":10:3: `--accent` is ``: it must be a colour", id="empty"),
        pytest.param(TOKENS, ": #0F4C55", ": color()", "", "`color()`: it must be a colour", id="no values"),
        pytest.param(TOKENS, ": #0F4C55", ": currentcolor", "", "it must be a colour", id="of the text"),
        pytest.param(TOKENS, ": #0F4C55", ": var(--accent)", "", ":10:3: `--accent` refers to itself", id="itself"),
        pytest.param(
            TOKENS,
            ": #0F4C55",
            ": var(--inc)",
            "",
            "used in drawings, is missing: did you mean `--ink`?",
            id="of another",
        ),
        pytest.param(
            TOKENS,
            "--accent:",
            "--acent:",
            "",
            "the colour `--accent`, used in drawings, is missing: did you mean `--acent`?",
            id="missing",
        ),
        pytest.param(
            MONO,
            "--accent: #000000",
            "--accent: inky",
            "mono",
            "themes/mono.css:7:3: `--accent` is `inky`",
            id="of a theme",
        ),
    ],
)
def test_a_colour_that_drawings_cannot_have_is_named(
    look: Look, file: str, old: str, new: str, theme: str, message: str
) -> None:
    look.replace(file, old, new)
    found = built(look, "poster", theme)
    assert found.startswith(file)
    assert message in found
    assert found.endswith(COLOURS)


@pytest.mark.sampled(3)
@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "colour", ["teal", "rgb(15 76 85)", "hsl(188 70% 20%)", "var(--ink)", "var(--none, teal)", "RGB(15, 76, 85)"]
)
def test_a_colour_may_be_written_as_css_has_it(look: Look, colour: str) -> None:
    look.replace(TOKENS, ": #0F4C55", f": {colour}")
    shop = pipeline.workshop(HARROWBY, pipeline.Order(()), of(look))
    art = shop.composed(
        "poster", shop.view, shop.paper, {}, template="measure", drawings=placed.key_drawings(1.0), parts=()
    ).art
    painted = {"var(--ink)": "#1B1B1A", "var(--none, teal)": "teal"}.get(colour, colour)
    assert f".dot {{ fill: {painted}; }}" in art["key-dot.svg"]


@pytest.mark.sampled(3)
@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("styles/base.css", "color: var(--ink)", "colour: red", "styles/base.css:8:3: Ignored `colour: red`, unknown"),
        ("styles/base.css", "color: var(--ink)", "color: inky", "styles/base.css:8:3: Ignored `color: inky`, invalid"),
        (
            "styles/base.css",
            "color: var(--ink)",
            "color: var(--inc)",
            "base.css:8:10: `--inc` has no value: no stylesheet and no template sets it: did you mean `--ink`?",
        ),
        ("styles/base.css", "html {", "html % {", "styles/base.css:7:1: Invalid or unsupported selector"),
        (TOKENS, "row: .4pt solid var(--rule)", "row: .4pt solid var(--rul)", "css:{line}:26: `--rul` has no value"),
        (TOKENS, "  --space-2: 2mm;\n", "", "`--space-2` has no value: no stylesheet"),
        (
            "styles/factsheet.css",
            "styles/base.css",
            "styles/bse.css",
            "styles/factsheet.css:4:9: `styles/bse.css` may not be loaded: there is no such file",
        ),
        (
            TOKENS,
            "var(--rule);\n}",
            "var(--rule);\n",
            "tokens.css` may not be loaded: a bracket or quote on line 2 is not closed",
        ),
    ],
)
def test_a_slip_in_a_stylesheet_is_named(look: Look, file: str, old: str, new: str, message: str) -> None:
    line = (look.folder / file).read_text().partition(old)[0].count("\n") + 1
    look.replace(file, old, new)
    assert message.replace("{line}", str(line)) in built(look)


@pytest.mark.sampled(3)
@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (MEASURE, BODY, BODY + "{{ nope }}", ":3: there is no `nope` here"),
        (MEASURE, BODY, BODY + "{{ article.words.sorces }}", ":3: there is no `sorces` here: did you mean `sources`?"),
        (MEASURE, BODY, BODY + "{{ article.titel_html }}", "did you mean `title_html`?"),
        (MEASURE, BODY, BODY + "{{ article.date|dateformat }}", ":3: the template cannot be read: No filter named"),
        (MEASURE, BODY, BODY + "{% if article.date is foo %}{% endif %}", ":3: No test named 'foo' found"),
        (MEASURE, BODY, BODY + "{% if article.date %}", "the template cannot be read: Encountered unknown tag"),
        (MEASURE, BODY, BODY + "{{ article.date }", ":3: the template cannot be read: unexpected '}'"),
        (MEASURE, BODY, BODY + "{{ 1 + 'a' }}", ":3: TypeError"),
        (MEASURE, BODY, BODY + "{{ article.sources_of(3) }}", ":3: TypeError"),
        (MEASURE, BODY, BODY + "{% include 'parts/none.jinja' %}", ":3: there is no template `parts/none.jinja`"),
        (MEASURE, BODY, BODY + "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", ":3: the template calls itself"),
        (MEASURE, '"base.html.jinja"', '"bse.html.jinja"', "Did you mean `base.html.jinja`?"),
        (MASTHEAD, "macro masthead", "macro mast", "does not export the requested name 'masthead'"),
        (MASTHEAD, "(article, kind)", "(article)", "parts/factsheet.html.jinja:58: TypeError: macro 'masthead' takes"),
        (
            "parts/factsheet.html.jinja",
            "macro head(",
            "macro heed(",
            "parts/factsheet.html.jinja:1: the macro `head` is",
        ),
        (MEASURE, 'id="', 'data-id="', "no template gives an element the name `part-head`"),
        (DRAWING, ".dot { fill: {{ palette.accent", ".dot { fill: {{ palette.acent", "did you mean `--accent`?"),
        (DRAWING, "</svg>", "", "parts/drawing.svg.jinja: the output is not XML"),
    ],
)
def test_a_slip_in_a_template_is_named(look: Look, file: str, old: str, new: str, message: str) -> None:
    look.replace(file, old, new)
    assert message in built(look, "poster" if file == DRAWING else "factsheet")


@pytest.mark.sampled(3)
@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "file", [TOKENS, "styles/factsheet.css", MEASURE, "base.html.jinja", MASTHEAD, DRAWING, "sources.csl"]
)
def test_a_file_that_is_missing_or_no_text_is_named(look: Look, file: str) -> None:
    (look.folder / file).rename(look.folder / "away")
    assert file in built(look)
    (look.folder / file).write_bytes(b"\xff\xfe\x00")
    assert file in built(look)


CSL = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>t</title>{}</info>{}{}</style>"""
CITATION = "<citation><layout><text variable='title'/></layout></citation>"


def csl(layout: str, macros: str = "") -> str:
    return CSL.format("", macros + CITATION, f"<bibliography><layout>{layout}</layout></bibliography>")


DOUBLING = "".join(f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>' for n in range(40))
DOUBLING += '<macro name="m40"/>'


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("style", "reason"),
    [
        pytest.param("", "line 1: Document is empty", id="empty"),
        pytest.param("<html/>", "it is XML of another kind", id="web page"),
        pytest.param(CSL.format("", CITATION, ""), "it has no bibliography", id="notes alone"),
        pytest.param(
            CSL.format('<link rel="independent-parent" href="https://styles.example/apa"/>', "", ""),
            "it only refers to another style, its parent `apa` (https://styles.example/apa)",
            id="dependent",
        ),
        pytest.param(csl('<text macro="m"/>'), "it calls the macro `m`, which is missing", id="no such macro"),
        pytest.param(
            csl('<text macro="m"/>', '<macro name="m"><text macro="m"/></macro>'),
            "its macro `m` calls itself",
            id="circle",
        ),
        pytest.param(csl('<text macro="m0"/>', DOUBLING), "its macros take more than", id="doubling"),
        pytest.param(csl("<foo/>"), "the program that formats sources fails on it", id="unknown element"),
        pytest.param(
            csl("<text variable='nothing'/>"), "it prints nothing for the source `minutes`", id="prints nothing"
        ),
    ],
)
def test_a_citation_style_that_cannot_be_used_says_why(look: Look, style: str, reason: str) -> None:
    (look.folder / "sources.csl").write_text(style, encoding="utf-8")
    found = built(look)
    assert found.startswith("sources.csl is not a usable CSL style: ")
    assert reason in found


def svg(inside: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inside}</svg>'


NINEFOLD = "".join(f'<g id="u{n}">' + 9 * f'<use href="#u{n + 1}"/>' + "</g>" for n in range(9)) + '<g id="u9"/>'


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [
        pytest.param(svg(NINEFOLD), "more than 100000 shapes", id="use of use"),
        pytest.param(svg('<g id="a"><use href="#a"/></g>'), "its part `a` refers to itself", id="circle"),
        pytest.param(svg('<radialGradient spreadMethod="repeat"/>'), "a gradient in it repeats", id="gradient"),
        pytest.param(svg("<g>"), "it is not a whole drawing", id="cut off"),
        pytest.param("<!DOCTYPE svg>".encode("utf-16").decode("utf-16") + svg(""), "document type", id="document type"),
    ],
)
def test_a_drawing_that_makes_much_of_little_is_refused(
    article_copy: ArticleCopy, page: Page, drawing: str, reason: str
) -> None:
    (article_copy.folder / "a.svg").write_text(drawing, encoding="utf-8")
    typesetter = Typesetter(TEMPLATES, article_copy.folder)
    with pytest.raises(StyleError, match=f"a.svg` may not be loaded: .*{reason}"):
        typesetter.pages(page('<img src="asset://article/a.svg" alt="">'))


def test_a_report_with_a_slip_is_named_too(look: Look) -> None:
    look.replace("review/claims.html.jinja", "off: {{ title }}</h1>", "off: {{ titel }}</h1>")
    message = said(look, lambda: Composer(of(look)).report("review/claims.html.jinja", title="a", rows=()))
    assert message.startswith("review/claims.html.jinja:")
    assert "there is no `titel` here" in message
